"""The kinds of threads that are put together, each a small plot: who opens, who answers, how it ends."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from stoa.demo_guild.grammar import Words, called, capital, fault_slots, faults, small, spoken, voice_of
from stoa.demo_guild.reading import table
from stoa.demo_guild.rows import Member

QUESTION = re.compile(r"[^.?!\n]*\?")
YES_OR_NO = {"is", "are", "was", "does", "do", "did", "has", "have", "can", "could", "will", "would"}
Chooser = Callable[[str], Member]
"""Gives somebody who was there and has not just spoken; a helper with that interest where one is named."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A thread without times: what is said and by whom."""

    space: str
    kind: str
    title: str
    body: str
    turns: tuple[tuple[Member, str], ...]
    answer: int = -1
    """Which turn was the answer."""


def broken(dice: random.Random, opener: Member, choose: Chooser, turns: int, space: str = "") -> Draft:
    """Something broke: asked, answered, mostly mended."""
    fault = dice.choice([one for one in faults() if one.interest in opener.wants] * 3 + list(faults()))
    words = Words(dice, fault_slots(dice, fault) | {"name": called(opener)})
    words.slots["quarter"] = opener.quarter
    roles = _roles(dice, turns)
    said: list[tuple[Member, str]] = []
    helper, answer = opener, -1
    for role in roles:
        speaker = opener if role in ("answer", "outcome", "half", "last") else choose(fault.interest)
        if role == "advice":
            helper, answer = speaker, len(said) if answer < 0 else answer
        asked = said[-1][1] if said else ""
        line = _line(words, role, speaker, fault.asks, fault.advises, called(helper), asked)
        said.append((speaker, spoken(speaker, line)))
    solved = answer if "outcome" in roles else -1
    title = words.say("titles")
    return Draft(space or fault.space, "question", capital(title), _opening(words, opener), tuple(said), solved)


def _roles(dice: random.Random, turns: int) -> list[str]:
    end = "outcome" if dice.random() < 0.84 else "half"
    fixed = {
        0: [],
        1: ["advice"],
        2: ["advice", end],
        3: dice.choice((["advice", end, "thanks"], ["ask", "answer", "advice"], ["advice", "advice", end])),
        4: dice.choice((["ask", "answer", "advice", end], ["advice", "metoo", end, "thanks"])),
    }
    if turns in fixed:
        return fixed[turns]
    tail = [end] if turns == 5 else [end, "thanks"]
    if turns >= 7:
        tail.append("last")
    middle = ["ask", "answer", "advice"]
    extra = turns - len(middle) - len(tail)
    more = [dice.choice(("advice", "joke", "metoo", "advice")) for _ in range(extra)]
    if end == "half":
        tail = [end, *("advice" if role == "thanks" else role for role in tail[1:] if role != "last")]
        more += ["joke"] * (turns - len(middle) - len(more) - len(tail))
    return middle + more + tail


def _line(
    words: Words, role: str, speaker: Member, asks: tuple[str, ...], advises: tuple[str, ...], by: str, asked: str
) -> str:
    terse = voice_of(speaker) == "terse"
    if role == "ask":
        ask, ask2 = words.fresh(asks), words.fresh(asks)
        more = {"ask": ask, "ask_l": small(ask), "ask2_l": small(ask2), "greet": words.say("greets")}
        return ask if terse else words.say("ask_frames", 999, **more)
    if role == "advice" and not set(advises) - words.used:
        role = "joke"
    if role == "advice":
        advice, other = words.fresh(advises), words.dice.choice(advises)
        if other == advice or other in words.used:
            other = "bring it on Thursday and we look together."
        if terse:
            return advice
        sure, greet = words.say("sure"), words.say("greets")
        more = {"advice": advice, "advice_l": small(advice), "advice2_l": small(other), "sure": sure, "greet": greet}
        return words.say("advice_frames", 999, **more)
    kinds = {"answer": _answer_to(asked), "joke": "jokes", "outcome": "outcomes", "last": "last_words"}
    return words.say(kinds.get(role, role), longest=60 if terse else 999, helper=by)


def _answer_to(asked: str) -> str:
    """Which answers fit: to a question with an *or*, to one that wants yes or no, or to any other (also to two at once)."""
    questions = QUESTION.findall("\n".join(line for line in asked.split("\n") if not line.startswith(">")))
    if len(questions) != 1:
        return "answers_open"
    words = questions[0].lower().rsplit(": ", 1)[-1].split()
    if "or" in words:
        return "answers_either"
    return "answers_yes" if words[:1] and words[0] in YES_OR_NO else "answers_open"


def _opening(words: Words, opener: Member) -> str:
    voice = voice_of(opener)
    state, trial = words.say("states"), words.say("trials")
    if voice == "terse":
        return f"{state} {words.say('trials', longest=40)}"
    if voice == "foreign":
        parts = [words.say("nonnative_starts"), state, trial, words.say("nonnative_closes")]
    elif voice == "chatty":
        parts = [words.say("starts"), state, words.slots["origin"], f"\n\n{trial}", f"\n\n{words.say('closes')}"]
    else:
        parts = [words.say("starts"), state, f"\n\n{trial}" if "\n" in trial else trial, words.say("closes")]
        if words.dice.random() < 0.5:
            parts.insert(2, words.slots["origin"])
    if "\n" in trial:
        parts = [f"\n\n{part.strip()}\n\n" if part.strip() == trial else part for part in parts]
    return spoken(opener, _joined(parts))


def _joined(parts: list[str]) -> str:
    text = " ".join(part for part in parts if part.strip())
    paragraphs = (paragraph.strip() for paragraph in text.split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def finished(dice: random.Random, opener: Member, choose: Chooser, turns: int) -> Draft:
    """Something is mended and shown."""
    fault = dice.choice([one for one in faults() if one.interest in opener.helps] * 3 + list(faults()))
    words = Words(dice, fault_slots(dice, fault) | {"name": called(opener), "helper": called(choose(fault.interest))})
    title, body = words.say("finished_titles"), words.say("finished_bodies")
    own = ("About two hours", "One evening, since")
    said = []
    for _ in range(turns):
        line = words.say("praise")
        speaker = opener if line.startswith(own) else choose(fault.interest)
        said.append((speaker, spoken(speaker, line)))
    return Draft("mended", "discussion", capital(title), spoken(opener, body), tuple(said))


def part(dice: random.Random, opener: Member, choose: Chooser, turns: int) -> Draft:
    """A part is wanted or offered."""
    pieces = table("voices")["parts"]
    fault = dice.choice([one for one in faults() if one.interest in pieces])
    words = Words(dice, fault_slots(dice, fault) | {"name": called(opener)})
    words.slots["part"] = words.fill(dice.choice(pieces[fault.interest]))
    way = dice.choice(("wanted", "offer"))
    title, body = words.say(f"{way}_titles"), words.say(f"{way}_bodies")
    said = []
    for _ in range(turns):
        line = words.say("part_replies")
        thanks = line.startswith(("It fits", "I measured", "Toward"))
        speaker = opener if thanks and way == "wanted" else choose("3D-printed spares")
        said.append((speaker, spoken(speaker, line)))
    kind = "question" if way == "wanted" else "discussion"
    return Draft("spares", kind, capital(title), spoken(opener, body), tuple(said))


def hello(dice: random.Random, opener: Member, choose: Chooser, turns: int) -> Draft:
    """Somebody new says hello and is welcomed."""
    fault = dice.choice([one for one in faults() if one.interest in opener.interests] or list(faults()))
    helps = " and ".join(opener.helps)
    slots = fault_slots(dice, fault) | {"name": called(opener), "quarter": opener.quarter, "helps": helps}
    slots |= {"found": dice.choice(table("voices")["found"]), "hope": opener.hopes, "hope_l": small(opener.hopes)}
    words = Words(dice, slots | {"helper": called(choose(fault.interest))})
    title, body = words.say("intro_titles"), words.say("intro_bodies")
    own = ("Thank you all", "I'll come on", "Happy to be", "I met")
    welcomes = [line for line in table("voices")["intro_replies"] if not line.startswith(own)]
    thanks = [line for line in table("voices")["intro_replies"] if line.startswith(own)]
    lines = dice.sample(welcomes, min(turns, len(welcomes)))
    for at in range(1, len(lines), 3):
        lines[at] = thanks[at // 3 % len(thanks)]
    said = []
    for line in lines:
        speaker = opener if line in thanks else choose(fault.interest)
        said.append((speaker, spoken(speaker, words.fill(line))))
    return Draft("porch", "discussion", capital(title), spoken(opener, body), tuple(said))


def bench(dice: random.Random, week: int, choose: Chooser, turns: int) -> Draft:
    """The weekly thread: a prompt and many short answers."""
    prompts = table("voices")["bench_prompts"]
    prompt = prompts[week % len(prompts)]
    closed = prompt if prompt.endswith("?") else f"{prompt}."
    opening = Words(dice, {"prompt": closed, "prompt_c": capital(closed)})
    said = []
    for _ in range(turns):
        fault = dice.choice(faults())
        speaker = choose("")
        words = Words(dice, fault_slots(dice, fault), opening.used)
        line = words.say("bench_lines", greet=words.dice.choice(("Hm.", "Oh.", "So.", "Evening.", "Mine?")))
        said.append((speaker, spoken(speaker, line)))
    title = f"Thursday thread {week + 1}: {prompt}"
    return Draft("porch", "discussion", title, opening.say("bench_intros"), tuple(said))


def closing(dice: random.Random, choose: Chooser, turns: int) -> Draft:
    """Who closed the Hall writes down what there was."""
    brought = dice.randint(38, 96)
    mended = round(brought * dice.uniform(0.55, 0.78))
    voices = table("voices")
    slots = {"doors": str(round(brought * 1.2)), "brought": str(brought), "mended": str(mended)}
    slots |= {"stock": dice.choice(voices["stock"]), "incident": dice.choice(voices["incidents"])}
    words = Words(dice, slots | {"mood": dice.choice(voices["moods"])})
    title, body = words.say("closing_titles"), words.say("closing_bodies")
    said = tuple((choose(""), words.say("closing_replies")) for _ in range(turns))
    return Draft("crew", "discussion", title, body, said)
