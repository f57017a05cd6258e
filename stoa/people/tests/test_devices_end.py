"""A device ends with the session in which it was added: signing out, a new password, a suspension, a session that ran out."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from stoa.base.errors import NotAllowed
from stoa.base.work.drain import drain
from stoa.people.actions.standing import reinstate_person, suspend_person
from stoa.people.models import Device, Person, Push
from stoa.people.sessions import SessionStore
from stoa.people.tasks import forget_sessions
from stoa.people.tests.makers import actor_of, make_person, make_session
from stoa.people.tests.test_devices import FORM, Service, device_of, kind, meet, service  # noqa: F401
from stoa.people.tests.test_people import with_right

pytestmark = pytest.mark.django_db
OLD, NEW = "a word that nobody knows", "another word that nobody knows"


def with_password(name: str) -> Person:
    person = make_person(name)
    assert person.account is not None
    person.account.set_password(OLD)
    person.account.save()
    return person


def told_in(person: Person, number: int) -> Client:
    """A browser in which they signed in and pressed the button."""
    client = Client()
    assert person.account is not None
    client.force_login(person.account)
    told = client.post("/notices/devices/", {**FORM, "endpoint": f"https://push.example/{number}"})
    assert told.status_code == 303
    return client


def told() -> list[str]:
    return sorted(Device.objects.values_list("endpoint", flat=True))


def test_signing_out_ends_what_that_browser_is_told_and_no_other() -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    here, _there, _his = told_in(ada, 1), told_in(ada, 2), told_in(bo, 3)
    assert here.post("/sign-out/").status_code == 302
    assert told() == ["https://push.example/2", "https://push.example/3"]


def test_the_page_of_signing_out_and_that_of_signing_in_let_the_browser_forget_too() -> None:
    here = told_in(make_person("Ada"), 1)
    assert (
        '<form class="stack" method="post" action="/sign-out/" data-behaviour="untold">'
        in here.get("/sign-out/").content.decode()
    )
    assert told() == ["https://push.example/1"]
    assert 'data-behaviour="untold"' in Client().get("/sign-in/").content.decode()


def test_a_new_password_ends_every_device_but_the_one_at_which_it_was_chosen(service: Service) -> None:  # noqa: F811
    ada = with_password("Ada")
    here, there = told_in(ada, 1), told_in(ada, 2)
    key = here.session.session_key
    sent = {"oldpassword": OLD, "password1": NEW, "password2": NEW}
    assert here.post("/security/password/", {**sent, "oldpassword": "a wrong one"}).status_code == 200
    assert len(told()) == 2
    assert here.post("/security/password/", sent).status_code == 302
    assert told() == ["https://push.example/1"]
    assert here.session.session_key != key
    assert Device.objects.get().session_id == here.session.session_key
    assert there.get("/notices/wishes/").status_code in (302, 403)
    meet(ada, make_person("Bo"))
    drain()
    assert [to for to, _words, _wish in service.sent] == ["https://push.example/1"]


def test_a_forgotten_password_that_is_chosen_anew_ends_every_device() -> None:
    ada = with_password("Ada")
    told_in(ada, 1), told_in(ada, 2)
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    browser = Client()
    link = f"/sign-in/forgotten/{user_pk_to_url_str(ada.account)}-{default_token_generator.make_token(ada.account)}/"
    page = browser.get(link, follow=True)
    assert browser.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW}).status_code == 302
    assert told() == []


def test_signing_in_again_in_the_same_browser_keeps_it_and_somebody_else_there_ends_it() -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    here = told_in(ada, 1)
    here.force_login(ada.account)
    assert Device.objects.get().session_id == here.session.session_key
    here.force_login(bo.account)
    assert told() == []


def test_a_suspension_ends_them_and_its_end_brings_none_back() -> None:
    ada, guard = make_person("Ada"), with_right("people.suspend")
    told_in(ada, 1)
    with pytest.raises(NotAllowed):
        suspend_person(ada, None, by=actor_of(make_person("Eve")))
    assert len(told()) == 1
    suspend_person(ada, None, by=guard)
    assert told() == []
    reinstate_person(ada, by=guard)
    assert told() == []


def test_a_device_whose_session_ran_out_is_told_nothing_and_forgotten(service: Service) -> None:  # noqa: F811
    ada = make_person("Ada")
    device = device_of(ada)
    Session.objects.filter(session_key=device.session_id).update(expire_date=timezone.now() - timedelta(seconds=1))
    meet(ada, make_person("Bo"))
    drain()
    assert (service.sent, Push.objects.count()) == ([], 0)
    forget_sessions()
    assert (told(), Session.objects.filter(session_key=device.session_id).count()) == ([], 0)


def test_a_password_that_was_changed_in_another_way_is_noticed_before_a_word_goes_out(service: Service) -> None:  # noqa: F811
    ada = with_password("Ada")
    device_of(ada)
    assert ada.account is not None
    ada.account.set_password(NEW)
    ada.account.save()
    meet(ada, make_person("Bo"))
    drain()
    assert (service.sent, Push.objects.count()) == ([], 0)


def test_nothing_is_added_for_a_session_that_has_ended() -> None:
    ada = make_person("Ada")
    key = make_session(ada)
    SessionStore(key).flush()
    with pytest.raises(NotAllowed):
        device_of(ada, session=key)
    assert told() == []


@pytest.mark.parametrize(("days", "is_kept_anew"), [(13, False), (6, True)])
def test_who_comes_while_half_of_the_time_is_left_is_not_signed_out(days: int, is_kept_anew: bool) -> None:
    client = told_in(make_person("Ada"), 1)
    ends = timezone.now() + timedelta(days=days)
    Session.objects.update(expire_date=ends)
    client.get("/notices/")
    assert (Session.objects.get().expire_date > ends) is is_kept_anew
    assert len(told()) == 1
