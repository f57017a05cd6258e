"""What is hard to draw, put into a filled folder: long words and names, other scripts, pictures, tables, what was hidden.

`manage.py shell -c "from tests.journeys.hard import tell; tell()"` makes it in the folder of STOA_DATA and prints the addresses.
"""

import io
import json
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from PIL import Image

from stoa.base import actors, clock, files
from stoa.base.actors import Actor
from stoa.bridge.actions.rights import Terms, ask_use
from stoa.community.gather.actions.events import plan_event
from stoa.community.gather.planning import EventPlan
from stoa.community.talk.actions import add_reply, hide_reply, hide_topic, open_topic
from stoa.moderation.actions.decision import Verdict, decide_case
from stoa.moderation.actions.report import report
from stoa.moderation.facts import Outcome
from stoa.moderation.models import Clause, GuidelineVersion
from stoa.moderation.subjects import subject_of
from stoa.people.models import Person
from stoa.spaces.actions.entry import apply_to_space, join_space
from stoa.spaces.actions.invitation import invite
from stoa.spaces.actions.space import Settings, make_space
from stoa.spaces.models import Application, Space
from tests.journeys.hard_kept import kept
from tests.journeys.pages import pages

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ADDRESS = "https://example.org/" + "a-very-long-way-to-a-spare-part/" * 5
RICH = """A table, code and a picture:

| part | fits | price | where it was last seen on a shelf |
| --- | --- | --- | --- |
| carbon brush 6.5 × 7.5 × 13.5 mm | most drills with a two-speed gear | 4.20 | the drawer beside the lathe, second from above |
| switch | drills | 11.00 | nobody knows |

```
def resistance(volts, amperes): return volts / amperes  # a line that is far too long for any narrow screen, and then some
```

%s

> Said once, and quoted: measure twice.

1. unplug it
2. wait
   - for the capacitor
   - for your tea

`inline code` and **bold** and ~~not~~ and %s"""
ARABIC = "كيف أصلح **راديو** قديم من طراز Grundig 3028؟ لا يصدر أي صوت، لكن المصباح يضيء عند التشغيل (220V)."
HEBREW = "נסה קודם את הנתיך, ואחר כך את המתג. אם עדיין אין צליל: הרמקול."
NEWCOMER = "amara"
CHINESE = "这台收音机打开后只有交流声。电容器已经换过了，可是变压器还是很热。请问应该先检查哪里？" * 3


def who(key: str) -> Actor:
    return actors.of_person(Person.objects.get(account__email=f"{key}@brackwater.example").id)


def picture(by: Actor) -> str:
    """The Markdown of a picture that nobody has seen before."""
    drawn = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 900)).convert("RGB").save(drawn, "JPEG")
    drawn.seek(0)
    kept = files.keep_picture(drawn, by=by, alt="A grey slope from dark to light, as wide as a bench")
    return f"![{kept.alt}]({kept.address})"


def topics(space: Space, tomasz: Actor, ines: Actor) -> Iterator[tuple[str, str]]:
    rich = open_topic(space, title="A table, code and a picture", source=RICH % (picture(tomasz), ADDRESS), by=tomasz)
    arabic = open_topic(space, title="راديو قديم لا يصدر أي صوت", source=ARABIC, by=tomasz)
    add_reply(arabic, source=HEBREW, by=ines)
    add_reply(arabic, source=f"In English, with {LONG} and {ADDRESS}", by=ines)
    chinese = open_topic(space, title="打开后只有交流声的收音机" * 6, source=CHINESE, by=tomasz)
    long = open_topic(space, title=f"{LONG} {LONG[:70]}", source=f"{LONG * 3} {ADDRESS}", by=tomasz)
    hide_reply(add_reply(long, source="What a decision hid.", by=tomasz), by=who("bashir"))
    hidden = open_topic(space, title="A topic that a decision hid", source="Out of sight.", by=tomasz)
    hide_topic(hidden, by=who("bashir"))
    empty = open_topic(space, title="?", source="?", by=tomasz)
    named = {"rich": rich, "arabic": arabic, "chinese": chinese, "long": long, "hidden": hidden, "short": empty}
    yield "topic, edit", reverse("talk:edit_topic", args=[rich.id])
    for name, topic in named.items():
        yield f"topic, {name}", topic.get_absolute_url()


def judged(space: Space, tomasz: Actor, ines: Actor) -> Iterator[tuple[str, str]]:
    """A decision about Tomasz's reply that he can appeal against, and a report of Ines that waits."""
    topic = open_topic(space, title="Where to oil a hinge", source="And with what?", by=ines)
    reply = add_reply(topic, source="Nowhere near me, you fool.", by=tomasz)
    version = GuidelineVersion.objects.exclude(published_at=None).latest("number")
    clause = Clause.objects.filter(version=version).first()
    subject = subject_of("talk.reply")
    assert subject is not None
    assert clause is not None
    case = report(subject, reply.id, clause=clause, words=f"Unkind. {LONG}", by=ines).case
    verdict = Verdict(Outcome.WARN, clause, "The words are aimed at a person.", hides=True)
    decision = decide_case(case, verdict, by=who("bashir"))
    yield "statement", reverse("moderation:statement", args=[decision.id])
    yield "case, decided", reverse("moderation:case", args=[case.id])
    other = add_reply(topic, source=f"Sorry. {LONG}", by=tomasz)
    waiting = report(subject, other.id, clause=clause, words="Still?", by=ines).case
    yield "case, open", reverse("moderation:case", args=[waiting.id])
    yield "report", reverse("moderation:report", args=["talk.reply", other.id])
    until = clock.now() + timedelta(days=90)
    wanted = Terms("Nowhere near me, you fool.", LONG[:60], until)
    answer = add_reply(topic, source="Nowhere near me, you fool.", by=tomasz)
    right = ask_use(answer, wanted, purpose=f"For the week of hinges. {LONG}", by=ines)
    yield "story, asked", reverse("bridge:story", args=[right.id])


def places(tomasz: Actor, ines: Actor) -> Iterator[tuple[str, str]]:
    settings = Settings(LONG[:60], f"{LONG} {ADDRESS}", "private", "apply", question=f"Why {LONG}?", standards=LONG)
    space = make_space(settings, by=ines)
    apply_to_space(space, f"Because {LONG}", by=tomasz)
    ines = who("ines")
    invite(space, by=ines, email=f"{'long' * 12}@example.org")
    for name in ("space", "manage", "members"):
        kwargs = {"space_id": space.id} | ({"slug": space.slug} if name == "space" else {})
        yield f"{name}, long", reverse(f"spaces:{name}", kwargs=kwargs)
    code = invite(None, by=ines).code
    yield "invitation", reverse("spaces:invitation", args=[code])
    empty = make_space(Settings("Nobody's corner", visibility="public"), by=ines)
    yield "space, empty", reverse("spaces:space", args=[empty.id, empty.slug])
    yield "topics, empty", reverse("talk:space_topics", args=[empty.id])
    join_space(empty, by=tomasz)
    ines = who("ines")
    day = (clock.now() + timedelta(days=9)).replace(hour=19, minute=0, second=0, microsecond=0, tzinfo=None)
    plan = EventPlan(
        LONG, f"{LONG} {ADDRESS}", day, day + timedelta(hours=2), "Europe/Berlin", LONG, "https://example.org", seats=1
    )
    event = plan_event(empty, plan, by=ines)
    yield "event, long", event.get_absolute_url()


@transaction.atomic
def fill() -> dict[str, str]:
    """Makes everything; addresses by name."""
    tomasz, ines = who("tomasz"), who("ines")
    Person.objects.filter(account__email="sade@brackwater.example").update(name=LONG)
    space = Space.objects.get(slug="ask-the-bench")
    made = dict(topics(space, tomasz, ines)) | dict(judged(space, tomasz, ines)) | dict(places(tomasz, ines))
    made |= dict(kept(space, who("marta"), tomasz, ines))
    assert Application.objects.exists()
    return made


def tell() -> None:
    """Prints the addresses of what was made, of every page that the access rules know, and of what only a newcomer sees."""
    topic = open_topic(Space.objects.get(slug="ask-the-bench"), title=LONG, source="I am new.", by=who(NEWCOMER))
    alone = {"who would like to meet you": reverse("talk:meeting", args=[topic.id])}
    print(json.dumps({"hard": fill(), "pages": pages(who("marta")), NEWCOMER: alone}))
