"""Where a reader answers a letter by mail: the address stands in its head (`Reply-To`), a sentence says so below its text.

The socket: a higher room says once, by `answered_at`, at which address of its own letters like this one are answered.
"""

from collections.abc import Callable

from stoa.base.models.letter import Letter

Answer = tuple[str, str]  # the address, and the sentence in the reader's language
_answers: list[Callable[[Letter], Answer | None]] = []


def answered_at(answer: Callable[[Letter], Answer | None]) -> Callable[[Letter], Answer | None]:
    """Registers who knows the address; None for letters that are not answered this way."""
    _answers.append(answer)
    return answer


def answer_to(letter: Letter) -> Answer | None:
    return next((found for answer in _answers if (found := answer(letter))), None)
