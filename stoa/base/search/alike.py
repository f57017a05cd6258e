"""What is about the same as a few words: documents that share their rare words, the rarer the word the more it weighs.

How rare a word is, is counted among what this reader may find, so that nothing of what others write shows in it.
"""

from collections import Counter, defaultdict
from math import log

from django.db.models import QuerySet

from stoa.base.models.search import SearchDocument, SearchWord
from stoa.base.search import folding, tables
from stoa.base.search.asked import Asked
from stoa.base.search.query import EVERYTHING, Readable, Within

MOST_WORDS = 8  # of what was typed: the rarest
TOO_MANY = 2000  # documents: a word that so many hold says nothing, and is not looked for
SHORTEST = 3  # letters
SHARE = 8  # a word that more than one in so many documents holds is not rare
FEW = 3  # and one that so few hold always is
LOOKED_AT = 20
LONGEST = 1000  # characters
TITLE_WEIGHT = 2.0


def alike(text: str, *, to: Readable, within: Within = EVERYTHING, limit: int = 5) -> list[int]:
    """The ids of things whose documents share at least two rare words with the text (one, where it has no more than two), the nearest
    first. `within` has to name one kind of thing. Four statements, and a cost that does not grow with common words."""
    words = [word for word in folding.wanted(text[:LONGEST]) if len(word) >= SHORTEST or not folding.is_spaced(word)]
    counted = _counted(words)
    asked = sorted((word for word in counted if counted[word] <= TOO_MANY), key=lambda word: (counted[word], word))
    if not asked:
        return []
    rows = within.rows(to.rows())
    holding = _holding(asked[:MOST_WORDS], rows)
    known = rows.count() if holding else 0
    rare = {word: found for word, found in holding.items() if len(found) <= max(FEW, known // SHARE)}
    shared = Counter(number for found in rare.values() for number in found)
    common = len(holding) - len(rare) + len(counted) - len(asked)
    least = 1 if len(words) - common <= 2 else 2
    weights = {word: log(TOO_MANY / min(len(found), TOO_MANY - 1)) for word, found in rare.items()}
    scores: dict[int, float] = defaultdict(float)
    for word, found in rare.items():
        for number in found:
            if shared[number] >= least:
                scores[number] += weights[word]
    nearest = sorted(scores, key=lambda number: (-scores[number], -number))[:LOOKED_AT]
    return _by_title(nearest, scores, weights)[:limit]


def _counted(words: list[str]) -> dict[str, int]:
    """Those of the words that some document may hold, with how many did when they were last counted. Numbers and scripts without
    blanks are not counted: few are taken to hold them."""
    held = dict(SearchWord.objects.filter(word__in=words).values_list("word", "held")) if words else {}
    uncounted = [word for word in words if not word.isalpha() or not folding.is_spaced(word)]
    return {**dict.fromkeys(uncounted, FEW), **held}


def _holding(words: list[str], rows: "QuerySet[SearchDocument]") -> dict[str, set[int]]:
    """Which of these documents hold each word."""
    each = [
        tables.matching(rows, Asked((word,)))
        .extra(select={"word": "%s"}, select_params=[word])
        .values_list("id", "word")
        for word in words
    ]
    found: dict[str, set[int]] = defaultdict(set)
    for number, word in each[0].union(*each[1:], all=True) if len(each) > 1 else each[0]:
        found[word].add(number)
    return found


def _by_title(nearest: list[int], scores: dict[int, float], weights: dict[str, float]) -> list[int]:
    """Those whose title has the words before those that have them only in their text; then the latest."""
    rows = SearchDocument.objects.filter(id__in=nearest) if nearest else []
    ranked = []
    for row in rows:
        titled = sum(weights.get(word, 0.0) for word in set(folding.words(row.title)))
        ranked.append((-(scores[row.id] + (TITLE_WEIGHT - 1) * titled), -row.id, row.thing_id))
    return [thing_id for _, _, thing_id in sorted(ranked)]
