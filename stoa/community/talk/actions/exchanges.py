"""Exchanges: beginning one, answering a request, adding people to a group, its name, leaving it, who may write to oneself."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from stoa.base import clock, files, limits
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible, TooMany
from stoa.base.facts import announce
from stoa.community.talk import options, policy
from stoa.community.talk.actions.direct_messages import put_message, send_message
from stoa.community.talk.facts import DirectAccepted, DirectBegun, DirectJoined, DirectLeft, DirectRenamed
from stoa.community.talk.models import DirectMessage, DirectWish, Exchange, Participant
from stoa.community.talk.models.exchange import LONGEST_NAME, MOST_PEOPLE, pair_of
from stoa.community.talk.reaching import Reach, closed_sentence, reach_of, wish_of
from stoa.people.actions.notice import read_about
from stoa.people.models import Follow, Person

State = Participant.State


def begin_exchange(people: Sequence[Person], *, source: str, by: Actor, name: str = "") -> Exchange:
    """Writes to one person, where the two have an exchange already in that one, or to several as a new group. Strangers are asked: they
    read this one message and say whether they want more."""
    others = [each for each in dict.fromkeys(people) if each.id != by.person_id]
    if not others:
        raise Invalid(_("Choose to whom you write."), field="people")
    _check_size(len(others) + 1)
    if not policy.may_write_directly(by):
        raise NotAllowed(_("You cannot write direct messages."), _("Only members can who are not suspended."))
    pair = pair_of(by.own_id, others[0].id) if len(others) == 1 else ""
    with transaction.atomic():
        if pair and (known := Exchange.objects.filter(pair=pair).first()):
            return _go_on(known, source, by)
        asked = _asked_among(others, by)
        values = {"name": "" if pair else _named(name), "begun_by_id": by.own_id}
        if pair:
            exchange, is_new = Exchange.objects.get_or_create(pair=pair, defaults=values)
            if not is_new:  # the other wrote at the same moment
                return _go_on(exchange, source, by)
        else:
            exchange = Exchange.objects.create(**values)
        Participant.objects.create(exchange=exchange, person_id=by.own_id)
        announce(DirectBegun(exchange.id), by=by)
        message = put_message(exchange, source, by, is_request=bool(asked))
        for each in others:
            _place(exchange, each, message, is_asked=each in asked).save(force_insert=True)
    return exchange


def _go_on(exchange: Exchange, source: str, by: Actor) -> Exchange:
    """Who writes to somebody whose request waits, or was declined once, accepts it by that."""
    mine = Participant.objects.visible_to(by).select_for_update().get(exchange=exchange)
    if not mine.takes_part:
        _accepted(mine, by)
    send_message(exchange, source=source, by=by)
    return exchange


def _accepted(mine: Participant, by: Actor) -> None:
    mine.state = State.ACCEPTED
    mine.save(update_fields=["state"])
    announce(DirectAccepted(mine.exchange_id), by=by)


def _asked_among(others: Sequence[Person], by: Actor) -> list[Person]:
    """Those who have to be asked first; each of them uses up one of the day's requests. Raises where one cannot be written to."""
    if wish_of(by) == DirectWish.Who.NOBODY:
        raise NotPossible(
            _("You chose that nobody may write to you, so nobody could answer."), _("Choose otherwise first.")
        )
    reach = reach_of(others, by)
    for each in others:
        if reach[each.id] is Reach.CLOSED:
            raise NotPossible(closed_sentence(each), _("Write to them in a topic, or to somebody else."))
    asked = [each for each in others if reach[each.id] is Reach.ASKING]
    allowed = (options.REQUESTS_A_DAY if by.level else options.REQUESTS_OF_NEWCOMERS).get()
    if asked and not allowed:
        raise NotPossible(_("You cannot write to people here who do not know you yet."), _("Talk in topics first."))
    _check_not_asked_before(asked, by)
    _take_requests(len(asked), allowed, by)
    return asked


def _check_not_asked_before(asked: Sequence[Person], by: Actor) -> None:
    """Who has not answered one request, or declined it, is not asked again by another way: which of the two it is, is not told."""
    open_ = (State.INVITED, State.DECLINED)
    places = Participant.objects.filter(person__in=asked, state__in=open_, exchange__begun_by_id=by.own_id)
    if waiting := places.select_related("person").order_by("id").first():
        raise NotPossible(
            _("%(name)s has not answered your request yet.") % {"name": waiting.person.name},
            _("Leave them out, or wait for their answer."),
        )


def _take_requests(count: int, allowed: int, by: Actor) -> None:
    """Uses up that many of the day's requests."""
    try:
        for _each in range(count):
            limits.take(f"direct requests {by.own_id}", per=timedelta(days=1), allowed=allowed)
    except TooMany as refusal:
        raise TooMany(
            _("You have asked as many people who do not know you as you may in a day."),
            _("Talk with them in topics, or try again tomorrow."),
        ) from refusal


def _place(exchange: Exchange, person: Person, request: DirectMessage | None, *, is_asked: bool) -> Participant:
    return Participant(
        exchange=exchange, person=person, state=State.INVITED if is_asked else State.ACCEPTED,
        request_id=request.id if request and is_asked else None,
    )  # fmt: skip


def accept_request(exchange: Exchange, *, by: Actor) -> None:
    """Takes part from now on, and reads what was sent meanwhile."""
    with transaction.atomic():
        mine = _asked_of(exchange, by)
        if not policy.may_write_directly(by):
            raise NotAllowed(_("You cannot answer this now."), _("While you are suspended you only read."))
        _accepted(mine, by)
        read_about("talk.direct", [exchange.id], by=by)


def decline_request(exchange: Exchange, *, by: Actor) -> None:
    """It leaves one's list. No fact: who asked goes on seeing that nobody has answered."""
    with transaction.atomic():
        mine = _asked_of(exchange, by)
        mine.state = State.DECLINED
        mine.save(update_fields=["state"])
        read_about("talk.direct", [exchange.id], by=by)


def _asked_of(exchange: Exchange, by: Actor) -> Participant:
    mine = Participant.objects.visible_to(by).select_for_update().filter(exchange=exchange).first()
    if mine is None or not mine.is_asked:
        raise NotPossible(_("There is nothing to accept or decline here any more."))
    return mine


def add_people(exchange: Exchange, people: Sequence[Person], *, by: Actor) -> int:
    """Adds people to a group: they see what is written from then on. Who does not know the one who adds them is asked first. Says how
    many are new."""
    with transaction.atomic():
        Exchange.objects.select_for_update().get(id=exchange.id)
        there = {each.person_id: each for each in Participant.objects.filter(exchange=exchange)}
        _check_may_tend(exchange, there, by)
        fresh = [each for each in people if each.id not in there or there[each.id].state == State.LEFT]
        _check_size(sum(each.state != State.LEFT for each in there.values()) + len(fresh))
        asked = _asked_among(fresh, by)
        last = DirectMessage.objects.filter(exchange=exchange).aggregate(last=Max("id"))["last"] or 0
        for each in fresh:
            place = _place(exchange, each, None, is_asked=each in asked)
            kept = {
                "state": place.state, "since_id": last, "read_to": last, "request_id": None, "left_at": None,
                "joined_at": clock.now(),
            }  # fmt: skip
            Participant.objects.update_or_create(exchange=exchange, person=each, defaults=kept)
            announce(DirectJoined(exchange.id, each.id, each in asked), by=by)
    return len(fresh)


def rename_exchange(exchange: Exchange, name: str, *, by: Actor) -> None:
    """Whoever takes part names the group, or takes its name away."""
    with transaction.atomic():
        _check_may_tend(exchange, {each.person_id: each for each in exchange.participants.all()}, by)
        Exchange.objects.filter(id=exchange.id).update(name=_named(name))
        announce(DirectRenamed(exchange.id), by=by)


def leave_exchange(exchange: Exchange, *, by: Actor) -> None:
    """Leaves a group. What one wrote stays with the others; with the last who takes part, all of it goes."""
    with transaction.atomic():
        Exchange.objects.select_for_update().get(id=exchange.id)
        mine = Participant.objects.visible_to(by).taking_part().filter(exchange=exchange).first()
        if exchange.is_pair or mine is None:
            raise NotPossible(_("Only a group can be left."), _("You can mute this, or block the other person."))
        mine.state, mine.left_at = State.LEFT, clock.now()
        mine.save(update_fields=["state", "left_at"])
        read_about("talk.direct", [exchange.id], by=by)
        announce(DirectLeft(exchange.id), by=by)
        end_if_empty([exchange.id])


def end_if_empty(numbers: Iterable[int]) -> None:
    """Of these exchanges those go in which nobody takes part any more."""
    for exchange in Exchange.objects.filter(id__in=list(numbers)):
        if not exchange.participants.taking_part().exists():
            for message_id in exchange.messages.values_list("id", flat=True):
                files.detach(("talk.direct_message", message_id))
            Follow.objects.filter(thing_key="talk.direct", thing_id=exchange.id).delete()
            exchange.delete()


def choose_who_writes(who: str, *, by: Actor) -> None:
    """Who may write to oneself: anyone, people whom one knows, nobody."""
    if not by.is_member:
        raise NotAllowed(_("Members choose who may write to them."))
    if who not in DirectWish.Who.values:
        raise Invalid(_("Choose one of the three."), field="who")
    DirectWish.objects.update_or_create(person_id=by.own_id, defaults={"who": who})


def _check_may_tend(exchange: Exchange, there: dict[int, Participant], by: Actor) -> None:
    mine = there.get(by.own_id)
    if exchange.is_pair:
        raise NotPossible(_("This is between the two of you."), _("Begin a group to write with more people."))
    if mine is None or not mine.takes_part or not policy.may_write_directly(by):
        raise NotAllowed(_("Only those can change this who take part in it."))


def _check_size(count: int) -> None:
    if count > MOST_PEOPLE:
        raise Invalid(
            _("A group has at most %(most)s people.") % {"most": MOST_PEOPLE}, _("Leave somebody out."), field="people"
        )


def _named(name: str) -> str:
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise Invalid(_("The name is too long."), _("Keep it to 60 characters."), field="name")
    return name
