"""What the proof does while the workers work: plants what is due, kills, stops, wakes, cuts off, and looks until nothing is open."""

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import connection, connections, transaction
from django.db.models import F, Min

from proofs.publish import kills
from proofs.publish.run import IDLE, LOOK, PATIENCE, PLACES, Run, until
from stoa.base import clock
from stoa.base.actors import system
from stoa.social.networks.actions.channels import keep_channel
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Granted
from stoa.social.publish.actions.links import new_code
from stoa.social.publish.actions.planning import new_delivery
from stoa.social.publish.models import Delivery
from stoa.social.publish.outgoing import freeze
from stoa.social.publish.times import LEASE

BEGINS = {"zones": datetime(2010, 1, 1, tzinfo=UTC)}
BEFORE = timedelta(minutes=2)  # of the product's time until the first is due
FAR = datetime(2090, 1, 1, tzinfo=UTC)
A_SECOND = 12  # deliveries that fall due in a second of ours
PATIENT = timedelta(hours=12)  # a busy machine shall not decide what is late
KILLED_EVERY = 2.0  # seconds
BY = system("publish")


def plant(run: Run) -> list[int]:
    """Channels, and deliveries spread over time: on each channel in the order of their numbers. The workers are there already."""
    channels = [channel_of(run, f"{kind}-{number}", number) for kind, many in PLACES for number in range(many)]
    step = timedelta(seconds=run.fault.rate / A_SECOND)
    made = []
    with transaction.atomic():
        for number in range(run.count):
            text = f"Number {number} of run {run.seed}."
            content, line = freeze(text), channels[number % len(channels)]
            made.append(new_delivery(line, content, at=FAR + number * step, by=BY, marker=new_code()).id)
        first = clock.now() + BEFORE
        at = F("planned_for") - (FAR - first)
        Delivery.objects.filter(id__in=made).update(planned_for=at, due_at=at, late_after=first + PATIENT)
    return made


def channel_of(run: Run, network: str, number: int) -> Channel:
    account = Account(
        id=f"account-{number}", handle=f"account-{number}", name=f"{network}", address="https://network.example/"
    )
    credentials = {"server": f"{run.server}/{network}/account-{number}", "token": "token-0", "refresh": "refresh-0"}
    fresh = clock.now() + timedelta(seconds=run.fault.fresh) if run.fault.fresh else None
    return keep_channel(network, account, Granted(credentials, fresh), by=BY)


def look(run: Run) -> tuple[int, bool, datetime | None]:
    """(how many are open, whether a lease is held, when the next is due)."""
    rows = Delivery.objects.filter(due_at__isnull=False)
    leased = list(rows.filter(lease_until__isnull=False).values_list("lease_until", flat=True))
    if leased:
        over = (clock.db_now() - min(leased)).total_seconds()
        run.worst_lease = max(run.worst_lease, over)
    return rows.count(), bool(leased), rows.aggregate(soonest=Min("due_at"))["soonest"]


def until_settled(run: Run, meanwhile: Callable[[], object] = lambda: None, *, open_ones: int = 0) -> None:
    """Looks until no more than so many are open. When nothing is due for a while, the clock is set ahead."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        time.sleep(LOOK)
        meanwhile()
        left, leased, soonest = look(run)
        if left <= open_ones:
            return
        gap = soonest - clock.now() if soonest else timedelta(0)
        if gap > IDLE and not leased:
            run.clockwork.skip((gap - IDLE / 3).total_seconds())


def every(seconds: float, act: Callable[[], object]) -> Callable[[], None]:
    last = time.monotonic()

    def perhaps() -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            act()

    return perhaps


def watch(run: Run) -> None:
    run.start_workers()
    plant(run)
    until_settled(run)


def kill(run: Run) -> None:
    run.start_workers()
    plant(run)
    chance = random.Random(run.seed)
    run.told["kills"] = 0

    def one() -> None:
        with contextlib.suppress(ProcessLookupError, IndexError):
            os.kill(chance.choice(run.alive()), signal.SIGKILL)
            run.told["kills"] += 1

    until_settled(run, every(KILLED_EVERY, one))


def kill_exactly(run: Run) -> None:
    each = max(1, run.count // 40)
    kills.lay_out(run.folder / "lives", each)
    run.start_workers()
    plant(run)
    until_settled(run)
    left = kills.left(run.folder / "lives")
    run.told |= {"kills": each * len(left) - sum(left.values()), "kills_left_at": {k: v for k, v in left.items() if v}}


def stop(run: Run) -> None:
    """A worker at a time is stopped for two and a half leases, and woken."""
    run.start_workers()
    plant(run)
    chance = random.Random(run.seed)
    asleep: dict[int, float] = {}
    run.told["stops"] = 0
    long = 2.5 * LEASE.total_seconds() / run.fault.rate

    def turn() -> None:
        for number, since in list(asleep.items()):
            if time.monotonic() - since > long:
                os.kill(number, signal.SIGCONT)
                del asleep[number]
        awake = [number for number in run.alive() if number not in asleep]
        if len(asleep) < 3 and len(awake) > 1:
            number = chance.choice(awake)
            os.kill(number, signal.SIGSTOP)
            asleep[number] = time.monotonic()
            run.told["stops"] += 1

    try:
        until_settled(run, every(0.7, turn))
    finally:
        for number in asleep:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGCONT)
        time.sleep(1.5)  # who was woken last may still try something


def reads_down(run: Run) -> None:
    run.ask("plan", reads="503")
    run.start_workers()
    plant(run)
    back = clock.now() + BEFORE + timedelta(hours=2)
    state = {"is_down": True}

    def mend() -> None:
        if state["is_down"] and clock.now() > back:
            run.ask("plan", reads="ok")
            state["is_down"] = False

    until_settled(run, mend)


def cut_off(run: Run) -> None:
    """The networks answer nothing for a minute of the product's time, then the database for a second of ours at a time."""
    run.start_workers()
    plant(run)
    until(lambda: Delivery.objects.filter(state="published").count() > run.count // 5, "the first", PATIENCE)
    run.ask("plan", dark=True)
    time.sleep(60 / run.fault.rate)
    run.ask("plan", dark=False)
    run.told["cut_off_from_database_seconds"] = no_database(10)
    back = time.monotonic()
    before = Delivery.objects.filter(state="published").count()
    until(lambda: Delivery.objects.filter(state="published").count() > before or not look(run)[0], "recovery", 60)
    run.told["seconds_until_it_went_on"] = round(time.monotonic() - back, 1)
    until_settled(run)


def no_database(seconds: float) -> float:
    """Nobody else can write meanwhile: the file's lock is held, or every table of deliveries is locked."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "LOCK TABLE publish_delivery, networks_channel, publish_attempt IN ACCESS EXCLUSIVE MODE"
                )
        time.sleep(seconds)
    return seconds


def revoke(run: Run) -> None:
    run.start_workers()
    plant(run)
    until(lambda: Delivery.objects.filter(state="published").count() > run.count // 4, "the first", PATIENCE)
    run.ask("read-3/account-3/revoke")
    until_settled(run)


def poison(run: Run) -> None:
    """Every twentieth delivery names a picture that is not there: it can never be made ready, and is late in the end."""
    run.start_workers()
    made = plant(run)
    for number in made[::20]:
        row = Delivery.objects.get(id=number)
        row.content = {**row.content, "pictures": [{"file": 1, "alt": "gone"}]}
        row.late_after = row.planned_for + timedelta(minutes=15)
        row.save(update_fields=["content", "late_after"])
    run.told["poisoned"] = len(made[::20])
    until_settled(run)


def restore(run: Run) -> None:
    from proofs.publish import restoring

    restoring.lose_a_quarter(run)
    connections.close_all()
    run.start_workers()
    restoring.go_on_after(run)
    until_settled(run)


def zones(run: Run) -> None:
    from proofs.publish import zoned

    zoned.plan(run)
    run.start_workers()
    until(zoned.are_resolved, "the zones to be resolved again")
    until_settled(run)
