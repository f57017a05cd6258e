"""What was found, as a table: on the screen in letters, in docs/proofs/networks.md with their words."""

from proofs.networks.against import STRONGEST, WORDS
from proofs.networks.judge import NAMES, Row
from proofs.networks.running import Seen

LETTERS = dict(zip(STRONGEST, "RCAHMP", strict=True))


def cell(row: Row, ability: str) -> str:
    if ability not in row.cells:
        return "–" if ability in row.lacks else ""
    found = row.strongest(ability)
    return f"{LETTERS[found[0]]} {found[1]}" if found else "!"


def on_screen(rows: list[Row]) -> str:
    wide = max(len(row.key) for row in rows)
    lines = [" " * wide + "  " + "  ".join(f"{name[:6]:6}" for name in NAMES)]
    lines += [f"{row.key:{wide}}  " + "  ".join(f"{cell(row, name):6}" for name in NAMES) for row in rows]
    return "\n".join([*lines, *(f"{letter} = {WORDS[how]}" for how, letter in LETTERS.items())])


def on_paper(rows: list[Row], seen: list[Seen], cases: dict[str, int], short: list[str], day: str) -> str:
    """The whole page."""
    parts = [HEAD, f"## Figures, {day}", figures(seen), table(rows), meanings(), descriptions(rows), counting(cases)]
    parts += ["## What fell short\n\n" + ("\n".join(f"- {each}" for each in short) if short else "Nothing.")]
    return "\n\n".join(parts) + "\n"


def figures(seen: list[Seen]) -> str:
    lines = ["| run | tests passed | left out | failed | seconds |", "|---|---|---|---|---|"]
    return "\n".join(
        lines
        + [f"| {each.name} | {each.passed} | {each.skipped} | {len(each.failed)} | {each.seconds} |" for each in seen]
    )


def table(rows: list[Row]) -> str:
    lines = [f"| network | {' | '.join(NAMES)} |", "|---" * (len(NAMES) + 1) + "|"]
    return "\n".join(lines + [f"| {row.name} | {' | '.join(cell(row, name) for name in NAMES)} |" for row in rows])


def meanings() -> str:
    told = [f"- **{letter}**: {WORDS[how]}" for how, letter in LETTERS.items()]
    return "\n".join(
        [
            "A letter is the strongest thing that the ability was held against, the number how many passed tests called it there.",
            "",
            *told,
            "- **–**: the network does not offer it, and its connector says why · **!**: nothing called it",
        ]
    )


def descriptions(rows: list[Row]) -> str:
    """Whether the words of a picture's description stand there as they were sent."""
    lines = [
        "## Descriptions of pictures: bytes sent = bytes stored",
        "",
        "Read past the connector, from the small network in memory, or from the home of a network that lives here.",
        "",
        "| network | kept to the byte | not kept, and why |",
        "|---|---|---|",
    ]
    for row in (each for each in rows if each.takes_descriptions):
        whole = [case for case, why in row.descriptions.items() if not why]
        others = "; ".join(f"{case}: {why}" for case, why in row.descriptions.items() if why)
        lines.append(f"| {row.name} | {', '.join(whole) or 'none was read back'} | {others} |")
    return "\n".join(lines)


def counting(cases: dict[str, int]) -> str:
    if not cases:
        told = "Not available in this run: no package brings them. `TWITTER_TEXT` names a checkout of twitter/twitter-text."
    else:
        told = (
            f"{sum(cases.values())} cases, all as expected: "
            + ", ".join(f"{name} {count}" for name, count in cases.items())
            + "."
        )
    return f"## The public cases of twitter-text\n\n{told}"


HEAD = """# `bin/prove networks`

Which ability of which network was really exercised, and against what. This page is written by the proof itself.

    bin/prove networks                       # all, real servers too: they are built the first time, which takes minutes
    bin/prove networks --quick               # without real servers; writes nothing
    bin/prove networks --only discord        # one network (again for more); writes nothing
    TWITTER_TEXT=FOLDER bin/prove networks   # with the public cases of how X counts, of a checkout of twitter/twitter-text

The tests of `stoa/social/networks` are run under a plugin (`proofs/networks/watching.py`) that sees each call of an ability and what
stood at the other end of its line. Counted is what a test called that passed, and what came back without trouble; a method that another one
calls is not. All rows and columns come from the registry and the protocol. Non-zero when a test fails, an ability was called by nothing,
a description was not read back, or a connector says *a real server* and nothing was published on one."""
