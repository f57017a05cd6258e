"""What breaks, and how: `facts` 3.3 of the project, by their numbers. Times are the product's, which run sixty times as fast here
(or as `rate` says)."""

from dataclasses import dataclass, field

HOUR = 3600.0
ACCEPTED_UNCLEAR = [
    ("reset after", 0.08), ("500 after", 0.08), ("502 after", 0.08), ("noise after", 0.08), ("cut after", 0.08), ("500 before", 0.04),
    ("empty after", 0.04),
]  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """`posts`: what sendings meet (`network.Plan`). `wrong_by`: how wrong the product's clock of a worker may be, in seconds.
    `lag`: until a post can be read there, and what the connector says of it. `calls`, `fresh`: how often and how
    long a token opens (0: for ever). `drive`: what the proof itself does (`driving`)."""

    key: str
    what: str
    posts: list[tuple[str, float]] = field(default_factory=list)
    drive: str = "watch"
    lag: tuple[float, float] = (0.0, 0.0)
    calls: int = 0
    fresh: float = 0.0
    wrong_by: tuple[float, ...] = ()
    nurseries: int = 1
    fails_after: bool = False
    rate: float = 60.0


FAULTS = {
    each.key: each
    for each in (
        Fault("F1", "a random worker is killed every 2 s", drive="kill"),
        Fault("F2", "workers are killed exactly at 12 named points", drive="kill_exactly"),
        Fault("F3", "accepted, then silence, for 30 %", [("silence after", 0.3)]),
        Fault("F4", "accepted, then reset, 500, 502, noise or half an answer", ACCEPTED_UNCLEAR),
        Fault("F5", "refused with a body that looks accepted, or 200 with an error inside",
              [("4xx", 0.15), ("odd", 0.15), ("error", 0.15), ("empty", 0.05)]),
        Fault("F6", "429 with Retry-After in seconds, as a date, missing, negative, ten years, nonsense", [("429", 0.08)]),
        Fault("F7", "answers without end: slow, huge, packed, round and round",
              [("slow after", 0.05), ("huge after", 0.03), ("bomb after", 0.03), ("round after", 0.05)], rate=12.0),
        Fault("F8", "reading is 1 to 15 minutes behind", ACCEPTED_UNCLEAR, lag=(60, 900)),
        Fault("F9", "reading is down for 2 hours", ACCEPTED_UNCLEAR, drive="reads_down"),
        Fault("F10", "a worker is stopped past its lease, and woken when another has taken over", drive="stop"),
        Fault("F11", "two schedulers and two publishers", nurseries=2),
        Fault("F12", "the clocks of workers jump by an hour, a day, ten minutes back; the database's is right",
              [("500 after", 0.1)], wrong_by=(0, HOUR, -HOUR, 24 * HOUR, -24 * HOUR, -600, 300, -300)),
        Fault("F13", "40 wall times around changes of clocks, and new zone data meanwhile", drive="zones", rate=12.0),
        Fault("F16", "cut off from the networks, then from the database, for a minute each", drive="cut_off"),
        Fault("F18", "tokens run out under all workers at once; one account is revoked", drive="revoke", calls=12,
              fresh=150.0, rate=12.0),
        Fault("F21", "a backup older than the last quarter of the publications is restored", drive="restore"),
        Fault("F22", "poisoned deliveries, and a step after publishing that never works", drive="poison", fails_after=True),
    )
}  # fmt: skip
QUICK = {"sqlite": ("F1", "F3", "F4", "F5", "F10", "F18"), "postgres": ("F1", "F10")}
