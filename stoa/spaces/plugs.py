"""What this room brings: the space as a thing, grants for the Actor, its rights, kinds of notices, the placing at the door."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import sights, text, things
from stoa.base.actors import Actor
from stoa.base.live import may_hear
from stoa.base.pages import piece
from stoa.base.panels import panel
from stoa.people import directory, door, keeping, notices, rights, vouching
from stoa.people.models import Person
from stoa.people.notices import NoticeKind, who_holds
from stoa.spaces import options  # noqa: F401  (registers this room's settings)
from stoa.spaces.actions.invitation import is_made_out_to, vouches_for
from stoa.spaces.actions.leaving import KEEPING
from stoa.spaces.calling import names
from stoa.spaces.inviting import came_through
from stoa.spaces.models import Space
from stoa.spaces.narrowing import NARROWING
from stoa.spaces.placing import STEP
from stoa.spaces.seeing import sees_as, words_for
from stoa.spaces.shipped import grants_of

rights.plug_grants(grants_of)
text.plug_groups(names)
vouching.plug(vouches_for, is_made_out_to)
sights.plug(sees_as)
keeping.register(KEEPING)
door.register(STEP)
directory.register(NARROWING)


def visible_spaces(actor: Actor, numbers: Collection[int]) -> QuerySet[Space]:
    return Space.objects.visible_to(actor).filter(id__in=numbers)


def space_card(space: Space) -> things.Card:
    return things.Card(
        title=space.name, address=space.address, label=_("Space"), excerpt=space.description,
        is_open=space.is_open_to_bystanders,
    )  # fmt: skip


things.register(things.Thing("spaces.space", visible_spaces, space_card, "spaces"))


@may_hear("spaces.space")
def reads_space(actor: Actor, number: int) -> bool:
    """What happens in a space is for those who read it; its card alone tells nothing of that."""
    return Space.objects.readable_by(actor).filter(id=number).exists()


@panel("people.person.content", queries=1, order=90)
def came_by_whom(request: HttpRequest, person: Person) -> str:
    """By whose invitation somebody came, for those who look after people."""
    by = came_through(person, request.actor)  # type: ignore[attr-defined]
    return piece(request, "spaces/came_by.html", {"by": by}) if by else ""


@panel("base.top", queries=1, order=10)
def sight_bar(request: HttpRequest, actor: Actor) -> str:
    """As whom one sees the place, until when, and how to end it."""
    sight = getattr(request, "sight", None)
    return piece(request, "spaces/sight_bar.html", {"sight": sight, "seen": words_for(sight)}) if sight else ""


def asking(count: int, name: str, card: things.Card) -> str:
    words = ngettext("%(name)s asks to join %(space)s", "%(count)s people ask to join %(space)s", count)
    return words % {"name": name, "space": card.title, "count": count}


EVERYONE = ("space.steward", "space.moderator", "space.member")
STEWARD, MANAGER = "space.steward", "community_manager"
rights.register(
    "spaces.read", lambda: _("Read the space"), *EVERYONE, "space.guest", "space.witness", only_in_spaces=True
)
rights.register(
    "spaces.see_all_questions",
    lambda: _("See everybody's topics where members see only their own"),
    STEWARD, "space.moderator", "space.witness", only_in_spaces=True,
)  # fmt: skip
rights.register("spaces.take_part", lambda: _("Write in spaces"), *EVERYONE, "member")
rights.register("spaces.make", lambda: _("Make spaces"), MANAGER)
rights.register("spaces.manage", lambda: _("Change a space's settings"), STEWARD, MANAGER)
rights.register("spaces.arrange", lambda: _("Make the headings under which spaces stand"), MANAGER)
rights.register("spaces.grant", lambda: _("Give roles in a space"), STEWARD, MANAGER)
rights.register(
    "spaces.restrict",
    lambda: _("Decide that somebody may not write in a space, or is taken out of it, for a while"),
    "space.moderator", "moderator", MANAGER,
)  # fmt: skip
rights.register("spaces.invite", lambda: _("Invite people into a space"), STEWARD, "space.moderator", MANAGER)
rights.register("spaces.decide_applications", lambda: _("Decide applications"), STEWARD, "space.moderator", MANAGER)
rights.register(
    "spaces.see_as", lambda: _("See the place as a visitor, a newcomer or a member would"), STEWARD, MANAGER
)
rights.register(
    "spaces.call_groups", lambda: _("call the moderators, the stewards or the team in a text"),
    "moderator", MANAGER, "social_media_manager", "lead", "operator", "space.moderator", from_level=1,
)  # fmt: skip
rights.register("spaces.call_everyone", lambda: _("Call all members of a space in a text"), STEWARD, MANAGER)
rights.register("spaces.invite_to_site", lambda: _("Invite people to the community"), MANAGER)
rights.register("spaces.invite_few", lambda: _("invite a few people by links of their own"), MANAGER, from_level=2)
rights.register("spaces.grant_on_site", lambda: _("Give roles in the whole site"), MANAGER)
rights.register("spaces.edit_roles", lambda: _("Change what roles may do"))
rights.register("spaces.break_glass", lambda: _("Look into a closed space for a reason"))

notices.register(
    NoticeKind(
        "spaces.application",
        label=lambda: _("Applications to your spaces"),
        sentence=asking,
        what_to_do=lambda: _("Read the answer and decide."),
        mail="at_once",
        push="at_once",
        gets=who_holds("spaces.decide_applications"),
    )
)
notices.register(
    NoticeKind(
        "spaces.decided",
        label=lambda: _("Answers to your applications"),
        sentence=lambda count, name, card: _("Your application to %(space)s was answered") % {"space": card.title},
        what_to_do=lambda: _("Read the answer."),
        mail="at_once",
        always_told=True,
    )
)
notices.register(
    NoticeKind(
        "spaces.names_listed",
        label=lambda: _("An owner listed the names of closed spaces"),
        sentence=lambda count, name, card: (
            _("%(name)s, an owner, saw the name of %(space)s") % {"name": name, "space": card.title}
        ),
        what_to_do=lambda: _("The reason stands on the space's page."),
        mail="at_once",
        always_told=True,
    )
)
notices.register(
    NoticeKind(
        "spaces.glass_broken",
        label=lambda: _("An owner looked into a closed space"),
        sentence=lambda count, name, card: (
            _("%(name)s, an owner, can read %(space)s for a day") % {"name": name, "space": card.title}
        ),
        what_to_do=lambda: _("The reason stands on the space's page."),
        mail="at_once",
        always_told=True,
    )
)
