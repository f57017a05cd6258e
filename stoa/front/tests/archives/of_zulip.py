"""An export of Zulip, made up."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

from stoa.front.tests.archives.made_up import (
    BEGUN,
    WORDS,
    Size,
    in_parts,
    moments,
    name_of,
    picture,
    put,
    put_json,
    said,
)


def zulip(folder: Path, size: Size) -> Path:
    """An export of Zulip; gives the path of its tar.gz."""
    path = folder / "zulip-export.tar.gz"
    with tarfile.open(path, "w:gz", compresslevel=1) as packed:
        put_json(packed, "zulip-export/realm.json", zulip_realm(size))
        attachments = [
            {"id": n, "file_name": f"photo{n}.png", "path_id": upload_path(n), "size": 99, "messages": [n + 1]}
            for n in range(size.pictures)
        ]
        put_json(packed, "zulip-export/attachment.json", {"zerver_attachment": attachments})
        for n in range(size.pictures):
            put(packed, f"zulip-export/uploads/{upload_path(n)}", picture(n))
        put(packed, "zulip-export/uploads/2/aa/broken/broken.png", b"no picture at all")
        put(packed, "zulip-export/uploads/2/aa/plan/plan.pdf", b"%PDF-1.4 a plan")
        put_json(packed, "zulip-export/avatars/records.json", [{"user_profile_id": 11, "path": "2/abc.png"}])
        put(packed, "zulip-export/avatars/2/abc.png", picture(200))
        for number, rows in enumerate(in_parts(zulip_messages(size), 1000), 1):
            put_json(
                packed, f"zulip-export/messages-{number:06}.json", {"zerver_message": rows, "zerver_usermessage": []}
            )
    return path


def upload_path(number: int) -> str:
    return f"2/{number:02x}/k3y{number}/photo{number}.png"


def zulip_realm(size: Size) -> dict[str, object]:
    dice = size.dice("realm")
    channels = [
        {
            "id": 1 + n, "name": f"{WORDS[n]} corner", "description": f"All about the {WORDS[n]}.", "invite_only": n == 1,
            "is_web_public": n == 2, "deactivated": n == 3, "date_created": BEGUN.timestamp(),
        }
        for n in range(size.places)
    ]  # fmt: skip
    recipients = [{"id": 100 + n, "type_id": 1 + n, "type": 2} for n in range(size.places)]
    recipients += [{"id": 900, "type_id": 10, "type": 1}, {"id": 901, "type_id": 1, "type": 3}]
    subscriptions = [
        {"id": 1, "user_profile": 10 + person, "recipient": 100 + n, "active": True}
        for n in range(size.places)
        for person in range(size.people)
        if n != 1 or person in (0, 2)
    ]
    reactions = [
        {
            "id": n, "user_profile": 10 + dice.randrange(size.people), "message": 1 + dice.randrange(size.messages),
            "emoji_name": dice.choice(("+1", "heart", "tada", "octopus", "joy")), "reaction_type": "unicode_emoji",
        }
        for n in range(size.messages // 3)
    ]  # fmt: skip
    return {
        "zerver_realm": [{"id": 2, "string_id": "menders", "name": "The Menders", "uuid": f"realm-{size.seed}"}],
        "zerver_userprofile": people_of(size),
        "zerver_userprofile_crossrealm": [{"id": 1, "email": "notification-bot@zulip.com"}],
        "zerver_stream": channels,
        "zerver_recipient": recipients,
        "zerver_subscription": subscriptions,
        "zerver_reaction": reactions,
    }


def people_of(size: Size) -> list[dict[str, object]]:
    return [
        {
            "id": 10 + n, "email": f"user{10 + n}@zulip.example.org", "delivery_email": f"person{n}@example.org", "full_name": name_of(n),
            "is_active": n != 3, "is_bot": n == 5, "date_joined": BEGUN.timestamp() - 86400 * n, "role": 100 if n == 0 else 400,
            "timezone": "Europe/Berlin", "default_language": "en", "is_mirror_dummy": False,
        }
        for n in range(size.people)
    ]  # fmt: skip


def zulip_messages(size: Size) -> Iterator[dict[str, object]]:
    dice = size.dice("messages")
    for n, at in enumerate(moments(size)):
        topic = dice.randrange(min(n // 12 + 1, size.topics))
        topic = 0 if size.in_the_longest(n) else topic
        place, sender = topic % size.places, 10 + dice.randrange(size.people)
        content, recipient = said(dice), 100 + place
        if n < size.pictures:
            content += f"\n\n[a photo](/user_uploads/{upload_path(n)})"
        if n % 7 == 3:
            other = dice.randrange(size.people)
            link = f"[said](#narrow/stream/1-x/topic/y/near/{max(n - 2, 1)})"
            content = f"@**{name_of(other)}|{10 + other}** {link}:\n```quote\n{content}\n```\nYes."
        if n % 40 == 21:
            recipient = 900
        if n == 9:
            content += "\n[gone](/user_uploads/2/aa/broken/broken.png)"
        yield {
            "id": 1 + n, "sender": sender, "recipient": recipient, "subject": f"The {WORDS[topic % 40]} number {topic}", "content": content,
            "date_sent": at.timestamp(), "last_edit_time": at.timestamp() + 60 if n % 30 == 1 else None, "has_attachment": False,
        }  # fmt: skip
