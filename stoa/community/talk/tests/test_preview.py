"""What a preview shows is what stands there when it is kept: the same bytes, under the same rights; and nothing is written by looking."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from stoa.base import clock, files
from stoa.base.actors import Actor
from stoa.base.tests.hostile_files import picture
from stoa.community.talk.actions import open_topic, plan_topic, withdraw_reply
from stoa.community.talk.models import Outcome, Reply, Topic
from stoa.community.talk.planning import TopicPlan
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Account
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_insider, make_space
from tests.access.writes import nothing_written

pytestmark = pytest.mark.django_db

CORPUS = [
    "A **zip** that will not move.",
    "Ask @Ben Ito, or @nobody.\n\n> quoted\n\nand `@Ben Ito` as code",
    "| a | b |\n|--:|:-:|\n| 1 | 2 |\n\n- [x] done\n- [ ] to do",
    "```python\nprint('<b>')\n```\n\n    indented",
    "# Top\n\n1. one\n2. two\n\n---\n\n~~gone~~ https://a.example/b?c=d&e=f www.example.org",
    "![elsewhere](https://a.example/p.png) <script>alert(1)</script>",
    "שלום עולם\n\n日本語のテキスト",
    "line\r\nline\u202e",
]


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=actor.person_id))
    return client


def texts(page: bytes, within: str) -> list[str]:
    """The texts as shown, in their frames, that stand in this part of the page."""
    return [node.html or "" for node in LexborHTMLParser(page.decode()).css(f"{within} .prose")]


@pytest.mark.parametrize("source", CORPUS)
def test_a_preview_has_the_bytes_of_what_is_kept(source: str) -> None:
    make_actor("Ben Ito")
    writer = make_actor("Ada")
    topic = make_topic(by=make_actor("Cem"))
    client = signed_in(writer)
    with nothing_written():
        looked = client.post(f"/topics/{topic.shown_id}/replies/", {"source": source, "preview": "1"})
    client.post(f"/topics/{topic.shown_id}/replies/", {"source": source})
    kept = client.get(topic.get_absolute_url()).content
    assert looked.status_code == 200
    assert texts(looked.content, "#preview") == texts(kept, f"#reply-{Reply.objects.get().shown_id}")


def test_pictures_and_quotes_are_shown_as_they_will_be() -> None:
    ada = make_actor("Ada")
    topic = make_topic(by=make_actor("Cem"))
    file = files.keep_picture(io.BytesIO(picture()), by=ada, alt="A door")
    quoted = make_reply(topic, "Rub a pencil along the teeth.")
    gone = make_reply(topic, "Never mind.", by=(cem := make_actor("Cem")))
    withdraw_reply(gone, by=cem)
    source = f"> [quote:{quoted.shown_id}:0-12]\n\n![A door]({file.address})\n\n> [quote:{gone.shown_id}:0-4]"
    client = signed_in(ada)
    looked = client.post(f"/topics/{topic.shown_id}/replies/", {"source": source, "preview": "1"})
    client.post(f"/topics/{topic.shown_id}/replies/", {"source": source})
    kept = client.get(topic.get_absolute_url()).content
    reply = Reply.objects.latest("id")
    assert texts(looked.content, "#preview") == texts(kept, f"#reply-{reply.shown_id}")
    assert "Rub a pencil" in texts(looked.content, "#preview")[0]
    assert "no longer there" in texts(looked.content, "#preview")[0]


def test_a_quote_from_a_space_that_the_writer_does_not_read_shows_nothing() -> None:
    closed = make_space("Crew", "private")
    secret = make_reply(make_topic(closed, by=make_insider(closed)), "The code is 1234.", by=make_insider(closed))
    topic = make_topic()
    looked = signed_in(make_actor("Ada")).post(
        f"/topics/{topic.shown_id}/replies/", {"source": f"> [quote:{secret.shown_id}:0-17]", "preview": "1"}
    )
    assert b"1234" not in looked.content
    assert "no longer there" in texts(looked.content, "#preview")[0]


def test_a_picture_of_somebody_else_is_refused_before_it_is_sent() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    file = files.keep_picture(io.BytesIO(picture()), by=ada)
    topic = make_topic(source=f"![A door]({file.address})", by=ada)
    looked = signed_in(ben).post(
        f"/topics/{topic.shown_id}/replies/", {"source": f"![Mine]({file.address})", "preview": "1"}
    )
    assert "somebody else" in LexborHTMLParser(looked.content.decode()).css_first("#preview").text()
    assert texts(looked.content, "#preview") == []


def test_the_page_keeps_all_that_was_typed_and_judges_nothing_yet() -> None:
    space = make_space()
    typed = {
        "title": "",
        "kind": "poll",
        "options": "a\nb",
        "takes_several": "on",
        "source": "Which *one*?",
        "tags": "x, y",
    }
    client = signed_in(make_actor())
    with nothing_written():
        page = client.post(f"/spaces/{space.shown_id}/topics/new/", {**typed, "preview": "1", "once": "abcd"})
    tree = LexborHTMLParser(page.content.decode())
    assert (page.status_code, Topic.objects.count(), tree.css(".form-errors, .error")) == (200, 0, [])
    assert (tree.css_first("#id_source").text(), tree.css_first("#id_options").text().strip()) == (
        "Which *one*?",
        "a\nb",
    )
    assert tree.css_first("#id_takes_several[checked], [name=takes_several][checked]") is not None
    assert tree.css_first("[name=kind][value=poll][checked]") is not None
    assert "<em>one</em>" in texts(page.content, "#preview")[0]


def test_a_script_gets_the_preview_alone() -> None:
    topic = make_topic()
    looked = signed_in(make_actor()).post(
        f"/topics/{topic.shown_id}/replies/", {"source": "*x*", "preview": "1"}, headers={"HX-Request": "true"}
    )
    assert looked.content.strip().startswith(b'<section id="preview"')
    assert b"<html" not in looked.content


def test_who_may_not_write_previews_nothing() -> None:
    topic = make_topic(make_space(visibility="public"))
    looked = Client().post(f"/topics/{topic.shown_id}/replies/", {"source": "*x*", "preview": "1"})
    assert b"<em>x</em>" not in looked.content
    assert Reply.objects.count() == 0


def test_an_edited_text_is_previewed_with_its_own_pictures() -> None:
    ada = make_actor("Ada")
    file = files.keep_picture(io.BytesIO(picture()), by=ada)
    topic = make_topic(source=f"![A door]({file.address})", by=ada)
    client, address = signed_in(ada), f"/topics/{topic.shown_id}/edit/"
    with nothing_written():
        looked = client.post(
            address, {"title": topic.title, "source": f"![A red door]({file.address})", "preview": "1"}
        )
    assert f'src="{file.address}" alt="A red door"' in texts(looked.content, "#preview")[0]


def test_the_answer_to_an_idea_is_looked_at_before_it_is_published() -> None:
    space = make_space()
    moderator = make_insider(space, "space.moderator")
    idea = open_topic(space, title="A shelf", source="For parts.", kind="idea", by=make_insider(space))
    client, address = signed_in(moderator), f"/topics/{idea.shown_id}/outcome/"
    typed = {"status": "planned", "source": "In **May**."}
    with nothing_written():
        looked = client.post(address, {**typed, "preview": "source"})
    tree = LexborHTMLParser(looked.content.decode())
    assert (looked.status_code, tree.css_first("#id_source").text()) == (200, "In **May**.")
    assert tree.css_first("[name=status][value=planned][checked]") is not None
    client.post(address, typed)
    assert texts(looked.content, "#preview") == texts(client.get(idea.get_absolute_url()).content, "#piece")


def test_a_picture_that_an_answer_cannot_hold_is_refused_when_it_is_looked_at() -> None:
    space = make_space()
    moderator = make_insider(space, "space.moderator")
    idea = open_topic(space, title="A shelf", source="For parts.", kind="idea", by=make_insider(space))
    file = files.keep_picture(io.BytesIO(picture()), by=moderator)
    for more in ({"preview": "source"}, {}):
        typed = {"status": "planned", "source": f"![]({file.address})", **more}
        page = signed_in(moderator).post(f"/topics/{idea.shown_id}/outcome/", typed)
        said = LexborHTMLParser(page.content.decode()).css_first("#preview").text()
        assert "A picture cannot stand here" in said
        assert "Send it as it is" not in said
    assert not Outcome.objects.exists()


def test_what_opens_later_is_looked_at_before_it_is_kept() -> None:
    space = make_space()
    steward = make_insider(space, "space.steward")
    plan = TopicPlan("Button swap", "Bring tins.", (clock.now() + timedelta(days=9)).replace(tzinfo=None))
    planned = plan_topic(space, plan, by=steward)
    client = signed_in(steward)
    for address in (f"/topics/planned/{planned.shown_id}/", f"/spaces/{space.shown_id}/rituals/new/"):
        with nothing_written():
            looked = client.post(
                address, {"title": "Anew", "source": "Bring **tea**.", "preview": "source", "once": "abcd"}
            )
        tree = LexborHTMLParser(looked.content.decode())
        assert (looked.status_code, tree.css(".form-errors, .error")) == (200, [])
        assert [node.text() for node in tree.css("#preview strong")] == ["tea"]
        assert tree.css_first("#id_title").attributes["value"] == "Anew"
    planned.refresh_from_db()
    assert planned.title == "Button swap"


def test_a_ritual_says_when_it_is_looked_at_that_it_holds_no_pictures() -> None:
    space = make_space()
    steward = make_insider(space, "space.steward")
    file = files.keep_picture(io.BytesIO(picture()), by=steward)
    typed = {"title": "Week", "source": f"![A door]({file.address})", "preview": "source"}
    page = signed_in(steward).post(f"/spaces/{space.shown_id}/rituals/new/", typed)
    assert "each topic would need its own" in LexborHTMLParser(page.content.decode()).css_first("#preview").text()
