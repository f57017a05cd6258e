"""The words for what somebody helps with and looks for: each once, as they stand in the profile."""

from stoa.people.models import Person, PersonWord

WORDS = 20
LONGEST = 40


def words_in(text: str) -> list[str]:
    """Words between commas or lines, lower case, each once, at most twenty."""
    words = [" ".join(word.split()).lower()[:LONGEST].strip() for word in text.replace("\n", ",").split(",")]
    return list(dict.fromkeys(word for word in words if word))[:WORDS]


def words_of(person: Person) -> list[PersonWord]:
    """The rows that belong to what their profile says."""
    said = {"helps": person.helps_with, "seeks": person.looks_for}
    return [PersonWord(person=person, kind=kind, word=word) for kind, text in said.items() for word in words_in(text)]


def keep_words(person: Person) -> None:
    """Writes the words anew, for the directory."""
    PersonWord.objects.filter(person=person).delete()
    PersonWord.objects.bulk_create(words_of(person))
