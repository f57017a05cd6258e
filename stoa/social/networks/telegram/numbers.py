"""What a message is called here: its chat and its number, "-1001234/55"; of an album all numbers, "-1001234/55+56"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stoa.social.networks.protocol import Gone


def name_of(chat: object, *numbers: object) -> str:
    return f"{chat}/{'+'.join(str(each) for each in numbers)}"


def read(id: str) -> tuple[int, tuple[int, ...]]:
    """(the chat, the numbers of its messages)."""
    chat, _slash, numbers = id.partition("/")
    try:
        return int(chat), tuple(int(each) for each in numbers.split("+"))
    except ValueError as wrong:
        raise Gone("This is not a message of Telegram.") from wrong


def first(id: str) -> tuple[int, int]:
    """The message that stands for the whole: an album's first carries the words and takes the answers."""
    chat, numbers = read(id)
    return chat, numbers[0]


def address_of(chat: object, number: object, username: str = "") -> str:
    """Public where the chat has a name; else the address that opens for its members."""
    return f"https://t.me/{username or 'c/' + str(chat).removeprefix('-100')}/{number}"


def usernames(credentials: Mapping[str, str]) -> Mapping[str, str]:
    """The names of the two chats that a channel of ours may have: its own, and the group where its posts are discussed."""
    return {credentials["chat"]: credentials["name"], credentials.get("group", ""): credentials.get("group_name", "")}


def all_of(messages: Sequence[Mapping[str, object]]) -> list[object]:
    return [each["message_id"] for each in messages]
