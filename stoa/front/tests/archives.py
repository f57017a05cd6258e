"""Archives as Zulip and Discourse write them, made up: the same files, tables and columns, with as many messages as are asked for. For
tests, and for the proof of moving in."""

import gzip
import io
import json
import random
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image

BEGUN = datetime(2018, 3, 1, 9, tzinfo=UTC)
WORDS = [
    "kettle",
    "lamp",
    "zip",
    "fuse",
    "bench",
    "solder",
    "spring",
    "wire",
    "thread",
    "needle",
    "hinge",
    "varnish",
    "tape",
    "drill",
    "saw",
    "battery",
    "heater",
    "socket",
    "filter",
    "pump",
    "lever",
    "gear",
    "belt",
    "switch",
    "plug",
    "screw",
    "bolt",
    "washer",
    "cable",
    "clamp",
    "brush",
    "paint",
    "glue",
    "leather",
    "cotton",
    "wool",
    "button",
    "collar",
    "pocket",
    "seam",
    "hem",
    "lining",
    "we",
    "you",
    "they",
    "it",
    "this",
    "that",
    "looks",
    "works",
    "broke",
    "tried",
    "found",
    "need",
    "have",
    "can",
    "should",
    "maybe",
    "always",
    "never",
    "today",
    "again",
    "before",
    "after",
    "with",
    "without",
    "under",
    "over",
    "near",
    "old",
    "new",
    "small",
    "large",
    "slow",
    "quick",
    "quiet",
    "loud",
    "warm",
    "cold",
    "wet",
    "dry",
    "clean",
    "rusty",
]
FIRST = (
    "Ada",
    "Bo",
    "Cem",
    "Dalia",
    "Eero",
    "Farah",
    "Gita",
    "Hugo",
    "Ines",
    "Jun",
    "Kofi",
    "Lena",
    "Mara",
    "Nils",
    "Oya",
    "Pia",
)
LAST = (
    "Abel",
    "Brandt",
    "Costa",
    "Demir",
    "Egede",
    "Farrow",
    "Grünwald",
    "Haas",
    "Ito",
    "Jansen",
    "Kaya",
    "Lund",
    "Moreau",
)


@dataclass(frozen=True)
class Size:
    """How much an archive holds."""

    messages: int = 200
    people: int = 24
    places: int = 6
    pictures: int = 3
    seed: int = 7

    @property
    def topics(self) -> int:
        return max(self.messages // 12, 1)

    def dice(self, name: str) -> random.Random:
        return random.Random(f"{name} {self.seed}")


def picture(number: int) -> bytes:
    """A small picture that no other number has."""
    out = io.BytesIO()
    Image.new("RGB", (24, 16), (number * 37 % 256, number * 91 % 256, 90)).save(out, "PNG")
    return out.getvalue()


def name_of(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}" + (
        f" {number}" if number > 200 else ""
    )


def said(dice: random.Random) -> str:
    """A few sentences, about 300 bytes."""
    sentences = [" ".join(dice.choices(WORDS, k=dice.randint(6, 14))).capitalize() for _ in range(dice.randint(2, 6))]
    return ". ".join(sentences) + "."


def moments(size: Size) -> Iterator[datetime]:
    """When each message was written, over seven years."""
    dice, at = size.dice("moments"), BEGUN
    step = timedelta(days=7 * 365) / size.messages
    for _ in range(size.messages):
        at += step * dice.uniform(0.2, 1.8)
        yield at


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
    people = [
        {
            "id": 10 + n, "email": f"user{10 + n}@zulip.example.org", "delivery_email": f"person{n}@example.org", "full_name": name_of(n),
            "is_active": n != 3, "is_bot": n == 5, "date_joined": BEGUN.timestamp() - 86400 * n, "role": 100 if n == 0 else 400,
            "timezone": "Europe/Berlin", "default_language": "en", "is_mirror_dummy": False,
        }
        for n in range(size.people)
    ]  # fmt: skip
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
        "zerver_userprofile": people,
        "zerver_userprofile_crossrealm": [{"id": 1, "email": "notification-bot@zulip.com"}],
        "zerver_stream": channels,
        "zerver_recipient": recipients,
        "zerver_subscription": subscriptions,
        "zerver_reaction": reactions,
    }


def zulip_messages(size: Size) -> Iterator[dict[str, object]]:
    dice = size.dice("messages")
    for n, at in enumerate(moments(size)):
        topic = dice.randrange(min(n // 12 + 1, size.topics))
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


def discourse(folder: Path, size: Size) -> Path:
    """A backup of Discourse; gives the path of its tar.gz."""
    path, dump = folder / "menders-2026-01-01.tar.gz", folder / "dump.sql.gz"
    with gzip.open(dump, "wb", compresslevel=1) as out:
        out.write(b"--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n\n")
        for table, columns, rows in discourse_tables(size):
            out.write(f"COPY public.{table} ({', '.join(columns)}) FROM stdin;\n".encode())
            for row in rows:
                out.write(("\t".join(copied(value) for value in row) + "\n").encode())
            out.write(b"\\.\n\n\n")
        out.write(b"--\n-- PostgreSQL database dump complete\n--\n")
    with tarfile.open(path, "w:gz", compresslevel=1) as packed:
        packed.add(dump, "dump.sql.gz")
        for n in range(size.pictures):
            put(packed, f"uploads/default/original/1X/{digest(n)}.png", picture(n))
        put(packed, f"uploads/default/original/1X/{digest(900)}.png", b"no picture at all")
        put(packed, f"uploads/default/original/1X/{digest(901)}.pdf", b"%PDF-1.4")
        put(packed, f"uploads/default/optimized/1X/{digest(0)}_2_100x100.png", picture(0))
    dump.unlink()
    return path


def digest(number: int) -> str:
    return f"{zlib.crc32(str(number).encode()):08x}{number:032x}"


def short(number: int) -> str:
    """How Discourse shortens the digest of an upload."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    left, written = int(digest(number), 16), ""
    while left:
        left, one = divmod(left, 62)
        written = digits[one] + written
    return written


Table = tuple[str, tuple[str, ...], Iterator[tuple[object, ...]]]


def discourse_tables(size: Size) -> Iterator[Table]:
    """In the order of a dump: by the names of the tables."""
    people, places = range(1, size.people + 1), range(1, size.places + 1)
    categories = ((n, f"{WORDS[n]} corner", "0088CC", n == 2, "About it", None, stamp(BEGUN)) for n in places)
    yield (
        "categories",
        ("id", "name", "color", "read_restricted", "description", "parent_category_id", "created_at"),
        categories,
    )
    yield "category_groups", ("id", "category_id", "group_id", "permission_type"), iter([(1, 2, 41, 1), (2, 1, 0, 1)])
    yield "group_users", ("id", "group_id", "user_id"), iter([(1, 41, 1), (2, 41, 3)])
    yield "post_actions", ("id", "post_id", "user_id", "post_action_type_id", "deleted_at", "created_at"), likes(size)
    columns = (
        "id", "user_id", "topic_id", "post_number", "raw", "cooked", "created_at", "updated_at", "deleted_at", "post_type", "hidden",
        "user_deleted", "version", "last_version_at",
    )  # fmt: skip
    yield "posts", columns, posts(size)
    settings = [
        (1, "title", 1, "The Menders' Forum"),
        (2, "force_hostname", 1, "forum.example.org"),
        (3, "login_required", 5, "f"),
    ]
    yield "site_settings", ("id", "name", "data_type", "value"), iter(settings)
    yield "tags", ("id", "name"), iter([(1, "how-to"), (2, "tools")])
    yield "topic_custom_fields", ("id", "topic_id", "name", "value"), iter([(1, 3, "accepted_answer_post_id", "34")])
    yield "topic_tags", ("id", "topic_id", "tag_id"), iter((n, n, 1 + n % 2) for n in range(1, size.topics + 1, 5))
    yield "topics", TOPIC_COLUMNS, topics(size)
    yield (
        "uploads",
        ("id", "user_id", "original_filename", "filesize", "url", "sha1"),
        (
            (n, 1, f"photo{n}.png", 99, f"/uploads/default/original/1X/{digest(n)}.png", digest(n))
            for n in range(size.pictures)
        ),
    )
    yield (
        "user_emails",
        ("id", "user_id", "email", '"primary"'),
        ((n, n, f"person{n}@example.org", True) for n in people),
    )
    yield "user_profiles", ("user_id", "bio_raw"), iter([(1, "I mend.\tAnd teach.\nGladly.")])
    columns = (
        "id",
        "username",
        "name",
        "created_at",
        "active",
        "admin",
        "trust_level",
        "suspended_till",
        "uploaded_avatar_id",
        "staged",
    )
    yield (
        "users",
        columns,
        (
            (
                n,
                f"user{n}",
                name_of(n),
                stamp(BEGUN),
                True,
                n == 1,
                n % 5,
                stamp(BEGUN + timedelta(days=36500)) if n == 4 else None,
                0,
                False,
            )
            for n in people
        ),
    )


TOPIC_COLUMNS = (
    "id", "title", "category_id", "user_id", "created_at", "bumped_at", "deleted_at", "visible", "closed", "archived", "archetype",
    "pinned_at", "pinned_until",
)  # fmt: skip


def topics(size: Size) -> Iterator[tuple[object, ...]]:
    for n in range(1, size.topics + 1):
        archetype = "private_message" if n % 15 == 14 else "regular"
        deleted = stamp(BEGUN) if n % 17 == 16 else None
        place = 1 + n % size.places if archetype == "regular" else None
        at = stamp(BEGUN + timedelta(days=n))
        yield (
            n,
            f"The {WORDS[n % 40]} number {n}",
            place,
            1,
            at,
            at,
            deleted,
            True,
            n % 9 == 0,
            False,
            archetype,
            None,
            None,
        )


def posts(size: Size) -> Iterator[tuple[object, ...]]:
    """Twelve posts a topic, one after the other."""
    dice = size.dice("posts")
    for n, at in enumerate(moments(size)):
        topic, number = (
            min(n // 12 + 1, size.topics),
            n % 12 + 1 if n // 12 < size.topics else n - 12 * (size.topics - 1) + 1,
        )
        raw = said(dice)
        if n < size.pictures:
            raw += f"\n\n![a photo|24x16](upload://{short(n)}.png)"
        if number > 2 and n % 5 == 0:
            raw = f'[quote="user2, post:1, topic:{topic}"]\n{raw}\n[/quote]\n\nYes @user3, see https://forum.example.org/t/x/{topic}/2 \\o/'
        if n == 20:
            raw += f"\n\n![gone](upload://{short(900)}.png)"
        kind = 4 if n % 90 == 44 else 1
        deleted = stamp(at) if n % 70 == 33 else None
        written = stamp(at)
        yield (
            n + 1, 1 + dice.randrange(size.people), topic, number, raw, f"<p>{raw}</p>", written, written, deleted, kind, n % 80 == 55,
            False, 2 if n % 30 == 1 else 1, written,
        )  # fmt: skip


def likes(size: Size) -> Iterator[tuple[object, ...]]:
    dice = size.dice("likes")
    for n in range(size.messages // 3):
        yield (
            n,
            1 + dice.randrange(size.messages),
            1 + dice.randrange(size.people),
            2,
            None,
            stamp(BEGUN + timedelta(days=n % 2000)),
        )


def stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def copied(value: object) -> str:
    """A value as COPY writes it."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def put(packed: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    packed.addfile(member, io.BytesIO(content))


def put_json(packed: tarfile.TarFile, name: str, told: object) -> None:
    put(packed, name, json.dumps(told).encode())


def in_parts(rows: Iterator[dict[str, object]], size: int) -> Iterator[list[dict[str, object]]]:
    part: list[dict[str, object]] = []
    for row in rows:
        part.append(row)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
