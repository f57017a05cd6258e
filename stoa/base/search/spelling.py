"""Words that somebody may have meant: known words that are spelled almost like one that is not found.

`learn` runs in the transaction that indexes a text and writes only words that are new. Who may know a word is not asked here:
`corrected` (in `query`) suggests only what gives this very reader something to read.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import Count
from django.db.models.functions import Length

from stoa.base import clock, ids
from stoa.base.models.search import SearchTrigram, SearchWord
from stoa.base.search import tables
from stoa.base.search.folding import is_spaced

SHORTEST, LONGEST = 3, 24  # letters of words that are learned and mended
AT_ONCE = 500
LOOKED_AT = 300  # of the words that share most with one that was typed
FRESH = timedelta(hours=1)  # words so young may stand in a transaction that nobody sees yet
_letters = re.compile(r"[^\W\d_]+")


def learn(words: Iterable[str]) -> None:
    """Keeps those of these words that are new: one question for each 500, and nothing written when all are known."""
    for some in _parts({word for word in words if _is_learned(word)}):
        known = set(SearchWord.objects.filter(word__in=some).values_list("word", flat=True))
        if fresh := [SearchWord(word=word) for word in some if word not in known]:
            _keep(fresh)


def forget(words: Iterable[str]) -> None:
    """Drops those of these words that no document holds any more."""
    for some in _parts({word for word in words if _is_learned(word)}):
        known = SearchWord.objects.filter(word__in=some, held__lte=5)
        SearchWord.objects.filter(word__in=[row.word for row in known if not tables.holds(row.word)]).delete()


def recount() -> None:
    """Says of each word how many documents hold it, and drops those that none does. Reads the whole index: for the clock."""
    held = {word: count for word, count in tables.counted() if _is_learned(word)}
    learn(held)
    gone, changed = [], []
    for row in SearchWord.objects.iterator(chunk_size=2000):
        if row.word not in held and row.id < ids.at(clock.now() - FRESH):
            gone.append(row.id)
        elif row.held != (count := held.get(row.word, row.held)):
            row.held = count
            changed.append(row)
    SearchWord.objects.bulk_update(changed, ["held"], batch_size=AT_ONCE)
    for start in range(0, len(gone), AT_ONCE):
        SearchWord.objects.filter(id__in=gone[start : start + AT_ONCE]).delete()


def near(word: str, most: int = 4) -> list[tuple[int, str]]:
    """Known words at distance 1 (of up to four letters) or at most 2, the nearest and most frequent first, with their distances."""
    if not _is_learned(word):
        return []
    far = 1 if len(word) <= 4 else 2
    rows = SearchWord.objects.annotate(length=Length("word")).filter(
        length__gte=len(word) - far, length__lte=len(word) + far, trigrams__trigram__in=trigrams(word)
    )
    alike = rows.annotate(shared=Count("trigrams")).order_by("-shared", "-held", "word")[:LOOKED_AT]
    found = [(distance(word, row.word), -row.held, row.word) for row in alike]
    return [(steps, other) for steps, _, other in sorted(found) if 0 < steps <= far][:most]


def trigrams(word: str) -> set[str]:
    """Two blanks stand before a word and one after it, so that its beginning weighs most."""
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def distance(one: str, other: str) -> int:
    """How many letters to add, leave out, change or swap with their neighbour (Damerau and Levenshtein, unrestricted)."""
    far = len(one) + len(other)
    table = [[far] * (len(other) + 2) for _ in range(len(one) + 2)]
    for row in range(len(one) + 1):
        table[row + 1][1] = row
    for column in range(len(other) + 1):
        table[1][column + 1] = column
    last: dict[str, int] = {}
    for row, letter in enumerate(one, 1):
        match = 0
        for column, against in enumerate(other, 1):
            above, beside = last.get(against, 0), match
            same = letter == against
            match = column if same else match
            swapped = table[above][beside] + (row - above - 1) + 1 + (column - beside - 1)
            changed = table[row][column] + (not same)
            table[row + 1][column + 1] = min(swapped, changed, table[row][column + 1] + 1, table[row + 1][column] + 1)
        last[letter] = row
    return table[-1][-1]


def _keep(fresh: list[SearchWord]) -> None:
    """Another transaction may write the same word at this moment: its row stands then, and its trigrams."""
    SearchWord.objects.bulk_create(fresh, ignore_conflicts=True)
    ours = set(SearchWord.objects.filter(id__in=[row.id for row in fresh]).values_list("id", flat=True))
    pieces = [
        SearchTrigram(trigram=trigram, word_id=row.id)
        for row in fresh
        if row.id in ours
        for trigram in sorted(trigrams(row.word))
    ]
    SearchTrigram.objects.bulk_create(pieces, batch_size=2000)


def _is_learned(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and bool(_letters.fullmatch(word)) and is_spaced(word)


def _parts(words: set[str]) -> Iterator[list[str]]:
    """In one order everywhere, so that no two transactions wait for each other."""
    every = sorted(words)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
