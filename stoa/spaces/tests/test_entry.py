"""Coming in and going."""

import re
from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow, Letter
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.actions.entry import apply_to_space, decide_application, join_space, leave_space
from stoa.spaces.actions.invitation import invite, revoke_invitation, use_invitation, vouches_for
from stoa.spaces.actions.roles import role
from stoa.spaces.actions.space import Settings, change_space, set_state
from stoa.spaces.actions.space import make_space as make
from stoa.spaces.models import Grant, Space
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def roles_in(space: Space) -> list[str]:
    return sorted(Grant.objects.within(space.scope).values_list("role__key", flat=True))


def test_who_makes_a_space_is_its_steward() -> None:
    manager = make_staff("community_manager")
    space = make(Settings("Zips & seams", visibility="private"), by=manager)
    assert (space.slug, space.visibility) == ("zips-seams", "private")
    assert roles_in(space) == ["space.steward"]
    with pytest.raises(NotAllowed):
        make(Settings("Mine"), by=make_actor())
    assert Space.objects.count() == 1


def test_a_secret_space_is_joined_by_invitation_only() -> None:
    space = make_space()
    steward = make_insider(space, "space.steward")
    change_space(space, Settings("Quiet", visibility="secret", joining="open"), by=steward)
    assert space.joining == "invite"
    assert FactRow.objects.get(name="spaces.space_changed").content == {"space": space.id, "sight_changed": True}


def test_an_open_space_is_joined_and_left() -> None:
    space, ada = make_space(), make_actor()
    join_space(space, by=ada)
    join_space(space, by=ada)
    assert roles_in(space) == ["space.member"]
    assert FactRow.objects.filter(name="spaces.space_joined").count() == 1
    leave_space(space, by=ada)
    assert roles_in(space) == []


def test_nobody_pending_or_suspended_joins() -> None:
    space = make_space(visibility="public")
    for standing in ("pending", "suspended"):
        with pytest.raises(NotAllowed):
            join_space(space, by=make_actor(standing, standing))
    assert roles_in(space) == []


def test_an_application_is_decided_once_with_reasons() -> None:
    space = make_space(joining="apply", question="What do you mend?")
    ada, steward = make_actor(), make_insider(space, "space.steward")
    with pytest.raises(NotAllowed):
        join_space(space, by=ada)
    with pytest.raises(Invalid):
        apply_to_space(space, " ", by=ada)
    application = apply_to_space(space, "Clocks", by=ada)
    with pytest.raises(NotPossible):
        apply_to_space(space, "Clocks again", by=ada)
    with pytest.raises(Invalid):
        decide_application(application, accept=False, reason="", by=steward)
    decide_application(application, accept=True, reason="Welcome", by=steward)
    assert (application.state, application.reason) == ("accepted", "Welcome")
    assert roles_in(space) == ["space.member", "space.steward"]
    with pytest.raises(NotPossible):
        decide_application(application, accept=False, reason="No", by=steward)


def test_nobody_decides_their_own_application() -> None:
    space = make_space(joining="apply")
    manager = make_staff("community_manager")
    application = apply_to_space(space, "", by=manager)
    with pytest.raises(NotAllowed):
        decide_application(application, accept=True, reason="Me", by=manager)


def test_an_invitation_is_used_up_and_gives_its_role() -> None:
    space = make_space("Den", "secret")
    steward = make_insider(space, "space.steward")
    invitation = invite(space, by=steward, uses=2, role=role("space.guest"))
    for name in ("Bo", "Cy"):
        person = make_person(name)
        use_invitation(invitation, person, by=actor_of(person))
        use_invitation(invitation, person, by=actor_of(person))
    late = make_person("Di")
    with pytest.raises(NotPossible):
        use_invitation(invitation, late, by=actor_of(late))
    assert roles_in(space) == ["space.guest", "space.guest", "space.steward"]
    assert invitation.used == 2


def test_an_invitation_over_revoked_or_for_another_opens_nothing() -> None:
    space = make_space("Den", "private")
    steward, ada = make_insider(space, "space.steward"), make_person("Ada")
    other = invite(space, by=steward, person=make_person("Bo"))
    with pytest.raises(NotPossible):
        use_invitation(other, ada, by=actor_of(ada))
    gone = invite(space, by=steward)
    revoke_invitation(gone, by=steward)
    over = invite(space, by=steward, lasts=timedelta(hours=1))
    with clock.moved(by=timedelta(hours=2)):
        for invitation in (gone, over):
            with pytest.raises(NotPossible):
                use_invitation(invitation, ada, by=actor_of(ada))
    assert roles_in(space) == ["space.steward"]


def test_an_invitation_carries_no_more_than_its_maker_holds() -> None:
    space = make_space("Den", "private")
    moderator = make_insider(space, "space.moderator")
    with pytest.raises(NotAllowed):
        invite(space, by=moderator, role=role("space.steward"))
    with pytest.raises(NotAllowed):
        invite(space, by=make_staff("owner"))


def test_an_invitation_vouches_for_the_address_it_names() -> None:
    manager = make_staff("community_manager")
    named = invite(None, by=manager, email="Bo@example.org")
    link = invite(None, by=manager)
    assert vouches_for(named.code, "bo@example.org")
    assert not vouches_for(named.code, "eve@example.org")
    assert vouches_for(link.code, "eve@example.org")
    assert not vouches_for("", "eve@example.org")


def test_with_a_mail_server_only_what_was_mailed_vouches(settings: object) -> None:
    settings.STOA_MAIL_URL = "smtp://localhost:25"
    manager = make_staff("community_manager")
    named = invite(None, by=manager, email="bo@example.org")
    link = invite(None, by=manager)
    letter = Letter.objects.get()
    code = re.findall("/invitations/([^/]+)/", letter.text)[0]
    assert (letter.address, named.code) == ("bo@example.org", "")
    assert vouches_for(code, "bo@example.org")
    assert not vouches_for(code, "eve@example.org")
    assert not vouches_for(link.code, "eve@example.org")


def test_an_archived_space_takes_nobody_in() -> None:
    space = make_space()
    set_state(space, "archived", by=make_insider(space, "space.steward"))
    with pytest.raises(NotPossible):
        join_space(space, by=make_actor())
