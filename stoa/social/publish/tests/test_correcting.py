"""Correcting what is out: asked of the network, read back where the outcome is unknown, said by hand where nobody can be asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor, system
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.people.models import Person
from stoa.social.networks import registry
from stoa.social.networks.actions import mark_for_reconnecting, place_hold
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Absent, Line, Outgoing, Published, Unknown
from stoa.social.networks.rehearsing import Reply
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish import check, gates
from stoa.social.publish.actions import correct_delivery, corrected_by_hand, erase_words, withdraw_delivery
from stoa.social.publish.actions.resuming import resume_channel
from stoa.social.publish.corrections import corrections_of
from stoa.social.publish.models import Correction, Delivery
from stoa.social.publish.tests.hostile import Choose, HostileConnector, HostileNetwork, answer, plugged
from stoa.social.publish.tests.makers import START, fresh, make_delivery, run
from stoa.social.publish.words import takedown_note
from stoa.spaces.tests.makers import make_staff


class EditingConnector(HostileConnector):
    """The hostile network's, with editing; what stands there has a version that grows with each edit."""

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        got = over.http.request(
            "PUT", f"https://plaza.example/api/posts/{id}", json={"text": outgoing.text}, timeout=20
        )
        if got.status >= 500:
            raise Unknown("The network did not answer.")
        return self.shown(id, over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Absent:
        found = super().settle(outgoing, over=over, handle=handle)
        return self.shown(found.id, over) if isinstance(found, Published) else found

    def shown(self, id: str, over: Line) -> Published:
        seen = over.http.request("GET", f"https://plaza.example/api/versions/{id}", timeout=20).json()
        return Published(id, seen["version"], f"https://plaza.example/posts/{id}", START)


@dataclass
class EditingNetwork(HostileNetwork):
    edits: Choose = lambda n: "ok"
    words: dict[str, list[str]] = field(default_factory=dict)
    edited: int = 0

    def request(self, method: str, url: str, *, headers: Mapping[str, str] | None = None, content: bytes | None = None,
                json: Any = None, timeout: float | None = None) -> Reply:  # fmt: skip
        number = urlsplit(url).path.rsplit("/", 1)[-1]
        if "/versions/" in url:
            return answer(200, {"version": f"v{len(self.words.get(number, []))}"})
        if method != "PUT":
            return super().request(method, url, headers=headers, content=content, json=json, timeout=timeout)
        self.edited += 1
        self.calls.append(f"PUT {number}")
        self.during(f"PUT {number}")
        fault = self.edits(self.edited)
        if fault == "ok" or fault.endswith("after"):
            self.words.setdefault(number, []).append(json["text"])
        return answer(500 if fault.startswith("500") else 200, {})


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[EditingNetwork]:
    with plugged(EditingNetwork(), monkeypatch) as hostile:
        known = {**registry.connectors(), "hostile": EditingConnector()}
        monkeypatch.setattr(registry, "connectors", lambda: known)
        yield hostile  # type: ignore[misc]


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def out(network: EditingNetwork, channel: Channel, staff: Actor) -> Delivery:
    delivery = make_delivery(channel, "Zips can be savd.", by=staff)
    run(hours=1)
    row = fresh(delivery)
    Delivery.objects.filter(id=row.id).update(remote_version="v0")
    network.calls.clear()
    return fresh(row)


def test_other_words_stand_there_and_what_stood_before_is_kept(
    network: EditingNetwork, out: Delivery, staff: Actor
) -> None:
    before = out.content
    made = correct_delivery(out, "Zips can be saved.", by=staff)
    assert (fresh(out).content, made.state) == (before, "asked")
    run(hours=1)
    row, made = fresh(out), Correction.objects.get()
    assert network.words == {"r1": [row.text]}
    assert (row.text.startswith("Zips can be saved."), row.marker in row.text) == (True, True)
    assert (row.state, row.remote_id, row.remote_version, row.address) == ("published", "r1", "v1", out.address)
    assert (made.state, made.before, made.content) == ("done", before, row.content)
    tried = row.attempts.get(kind="edit")
    assert (tried.outcome, tried.request_hash, tried.key) == ("edited", row.request_hash, row.key)
    told = [(each.sort, each.words) for each in corrections_of(row)[0].passages if each.sort != "same"]
    assert told == [("out", "savd"), ("in", "saved")]
    names = FactRow.objects.filter(name__startswith="publish.correction").order_by("id").values_list("name", flat=True)
    assert sorted(names) == ["publish.correction_answered", "publish.correction_asked"]
    assert list(check.check()) == []


@pytest.mark.parametrize(("fault", "edited"), [("500 after", 1), ("500 before", 2)])
def test_an_edit_whose_outcome_is_unknown_is_read_back_before_it_is_done_again(
    fault: str, edited: int, network: EditingNetwork, out: Delivery, staff: Actor
) -> None:
    network.edits = lambda n: fault if n == 1 else "ok"
    correct_delivery(out, "Zips can be saved.", by=staff)
    run(hours=2)
    assert (Correction.objects.get().state, network.edited, len(network.words["r1"])) == ("done", edited, 1)
    kinds = list(fresh(out).attempts.filter(number__gt=1).values_list("kind", flat=True))
    assert kinds == (["edit", "look"] if edited == 1 else ["edit", "look", "edit"])


def test_what_cannot_be_read_back_asks_a_person_who_says_so(
    network: EditingNetwork, out: Delivery, staff: Actor
) -> None:
    network.edits, network.looks = (lambda n: "500 before"), (lambda n: "500")
    correct_delivery(out, "Zips can be saved.", by=staff)
    run(hours=24)
    made = Correction.objects.get()
    assert (made.state, made.mend, network.edited) == ("unclear", "Look there, and say so here.", 1)
    assert fresh(out).text == out.text
    network.edits, later = (lambda n: "ok"), START + timedelta(hours=25)
    with clock.pinned(later):
        correct_delivery(fresh(out), "Zips can be saved.", by=staff)
    run(later, hours=2)
    assert fresh(out).text.startswith("Zips can be saved.")


def test_a_worker_that_was_killed_while_editing_reads_back(
    network: EditingNetwork, out: Delivery, staff: Actor
) -> None:
    from stoa.social.publish.tests.makers import Killed

    def kill(what: str) -> None:
        if what.startswith("PUT") and network.edited == 1:
            network.words.setdefault("r1", []).append("taken")
            raise Killed

    network.during = kill
    correct_delivery(out, "Zips can be saved.", by=staff)
    run(hours=2)
    assert (Correction.objects.get().state, network.edited) == ("done", 1)


def test_what_a_gate_or_the_network_refuses_is_not_asked(
    network: EditingNetwork, out: Delivery, staff: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Invalid):
        correct_delivery(out, "x" * 600, by=staff)
    with pytest.raises(Invalid):
        correct_delivery(out, "  ", by=staff)
    with pytest.raises(Invalid):
        correct_delivery(out, "Zips can be savd.", by=staff)
    with pytest.raises(NotAllowed):
        correct_delivery(out, "Zips can be saved.", by=make_staff("lead"))
    monkeypatch.setattr(gates, "_gates", {"t": lambda row: "" if "savd" in row.text else "Not their words."})
    with pytest.raises(NotPossible, match="Not their words"):
        correct_delivery(out, "Zips can be saved.", by=staff)
    assert not Correction.objects.exists()
    assert fresh(out).content == out.content


def test_a_switch_stops_corrections_too_and_nothing_is_done_later_by_itself(
    network: EditingNetwork, out: Delivery, staff: Actor
) -> None:
    correct_delivery(out, "Zips can be saved.", by=staff)
    hold = place_hold(None, reason="A crisis", by=staff)
    run(hours=1)
    made = Correction.objects.get()
    assert (made.state, made.answer, network.edited) == ("refused", "A crisis", 0)
    with pytest.raises(NotPossible, match="A crisis"):
        correct_delivery(fresh(out), "Zips can be saved.", by=staff)
    hold.delete()
    run(hours=1)
    assert network.edited == 0


def test_a_lost_channel_goes_on_when_it_is_connected_again(
    network: EditingNetwork, out: Delivery, channel: Channel, staff: Actor
) -> None:
    correct_delivery(out, "Zips can be saved.", by=staff)
    mark_for_reconnecting(channel.id, "Over.")
    run(hours=1)
    assert (Correction.objects.get().state, network.edited) == ("asked", 0)
    Channel.objects.filter(id=channel.id).update(state="connected")
    with clock.pinned(START):
        resume_channel(channel.id)
    run(hours=1)
    assert (Correction.objects.get().state, network.edited) == ("done", 1)


def test_taking_it_down_ends_a_correction(network: EditingNetwork, out: Delivery, staff: Actor) -> None:
    correct_delivery(out, "Zips can be saved.", by=staff)
    withdraw_delivery(fresh(out), "Wrong.", by=staff)
    run(hours=1)
    assert (Correction.objects.get().state, network.edited, fresh(out).state) == ("refused", 0, "withdrawn")


def test_a_network_without_editing_says_why_and_a_person_says_what_stands_there(
    network: EditingNetwork, out: Delivery, staff: Actor, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(registry, "connectors", lambda: {"hostile": HostileConnector()})
    with pytest.raises(NotPossible, match="Plaza has no editing of posts"):
        correct_delivery(out, "Zips can be saved.", by=staff)
    client.force_login(Person.objects.get(id=staff.person_id).account)
    form = f"/desk/deliveries/{out.shown_id}/correction/"
    page = client.get(form).content.decode()
    assert "Plaza has no editing of posts." in page
    assert "I have corrected it there" in page
    sent = client.post(form, {"text": "Zips can be saved.", "channels": out.channel.shown_id})
    assert sent.status_code == 303
    made = Correction.objects.get()
    assert (made.state, made.is_by_hand, fresh(out).text) == ("done", True, made.content["text"])
    assert [each.kind for each in fresh(out).attempts.all()][-1] == "person"
    shown = client.get(f"/desk/deliveries/{out.shown_id}/").content.decode()
    assert "<del>savd</del><ins>saved</ins>" in shown


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(
    network: EditingNetwork, out: Delivery, staff: Actor, client: Client
) -> None:
    client.force_login(Person.objects.get(id=staff.person_id).account)
    form = f"/desk/deliveries/{out.shown_id}/correction/"
    assert "Zips can be savd.</textarea>" in client.get(form).content.decode()
    wrong = client.post(form, {"text": "y" * 700, "channels": out.channel.shown_id})
    assert wrong.status_code == 422
    assert "y" * 700 in wrong.content.decode()
    with pytest.raises(NotPossible):
        corrected_by_hand(out, "Zips can be saved.", by=staff)
    assert client.post(form, {"text": "Zips can be saved.", "channels": out.channel.shown_id}).status_code == 303
    assert "A correction is on its way already." in client.get(form).content.decode()


def test_an_erased_authors_words_leave_the_corrections_too(
    network: EditingNetwork, out: Delivery, staff: Actor
) -> None:
    Delivery.objects.filter(id=out.id).update(about_key="t", about_id=1)
    correct_delivery(fresh(out), "Zips can be saved.", by=staff)
    run(hours=1)
    withdraw_delivery(fresh(out), "Left.", by=system("bridge"))
    run(hours=1)
    erase_words(("t", 1), by=system("bridge"))
    made = Correction.objects.get()
    assert (made.words, made.before, made.content, fresh(out).text) == ("", {}, {}, "")
    assert list(check.check()) == []


def test_only_what_is_out_is_corrected(network: EditingNetwork, channel: Channel, staff: Actor) -> None:
    planned = make_delivery(make_channel(channel.network, "bench"), by=staff, minutes=60)
    with pytest.raises(NotPossible, match="it is not out"):
        correct_delivery(planned, "Zips can be saved.", by=staff)


def test_what_taking_down_will_do_is_said_as_the_network_can(
    network: EditingNetwork, out: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert takedown_note(out).startswith("The network is asked to delete it")

    by_hand = {"hostile": next(each for each in registry.connectors().values() if "deletes" in each.lacks)}
    monkeypatch.setattr(registry, "connectors", lambda: by_hand)
    assert takedown_note(out).endswith("Take it down there by hand; Stoa asks you until you say that it is gone.")
    assert takedown_note(out).startswith(by_hand["hostile"].lacks["deletes"])


def test_a_correction_waits_while_the_network_asks_for_patience(
    network: EditingNetwork, out: Delivery, staff: Actor
) -> None:
    quiet = START + timedelta(hours=2)
    correct_delivery(out, "Zips can be saved.", by=staff)
    Channel.objects.filter(id=out.channel_id).update(quiet_until=quiet)
    run(hours=1)
    assert (network.edited, fresh(out).due_at) == (0, quiet)
    run(quiet, hours=1)
    assert (network.edited, Correction.objects.get().state) == (1, "done")
