"""A backup of Discourse, made up."""

import gzip
import tarfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from stoa.front.tests.archives.made_up import BEGUN, WORDS, Size, moments, name_of, picture, put, said


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
    places = range(1, size.places + 1)
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
    yield from later_tables(size)
    yield from tables_of_people(size)


def later_tables(size: Size) -> Iterator[Table]:
    """From the settings to the uploads."""
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


def tables_of_people(size: Size) -> Iterator[Table]:
    """Who was there."""
    people = range(1, size.people + 1)
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
        if n > 12 and size.in_the_longest(n):
            topic, number = 1, n + 1
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
