"""Whether what a connector gave is an answer of the protocol: each value of its own kind, words that can be kept, instants with a zone."""

from __future__ import annotations

from datetime import datetime

from stoa.social.networks.protocol import NOT_OFFERED, Account, Granted, Hearing, Measured, Pending, Presence, Published


def words(*values: object) -> bool:
    """Words that can be kept."""
    return all(isinstance(each, str) and is_text(each) for each in values)


def is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_instant(value: object) -> bool:
    return isinstance(value, datetime) and value.utcoffset() is not None


def is_account(account: Account) -> bool:
    return words(account.id, account.handle, account.name, account.avatar, account.address)


def is_published(made: object) -> bool:
    if isinstance(made, Pending):
        return words(made.handle) and float(made.after) >= 0
    return (
        isinstance(made, Published)
        and words(made.id, made.version, made.address)
        and bool(made.id)
        and is_instant(made.at)
    )


def is_hearing(heard: Hearing) -> bool:
    return words(heard.cursor) and all(
        words(each.id, each.version, each.text, each.address, each.in_reply_to, each.root, each.about, each.language)
        and each.kind in ("mention", "reply", "quote")
        and bool(each.id)
        and is_account(each.author)
        and is_instant(each.at)
        for each in heard.items
    )


def is_count(value: object) -> bool:
    return value is NOT_OFFERED or (type(value) is int and value >= 0)


def is_measured(told: Measured) -> bool:
    return all(is_count(each.value) for each in told.readings) and words(*told.missing)


def is_presence(told: Presence) -> bool:
    posts = all(
        words(each.id, each.text, each.address) and is_instant(each.at) and is_count(each.replies)
        for each in told.posts
    )
    said = words(told.bio or "", told.pinned or "", *told.links)
    return posts and said and is_account(told.account) and is_count(told.followers)


def is_granted(granted: object) -> bool:
    return isinstance(granted, Granted) and words(*granted.credentials, *granted.credentials.values())
