"""Reads a Discourse backup (`….tar.gz` with dump.sql.gz and uploads/; the dump alone; or a folder with a file of JSON lines for each
table). A category becomes a place, a topic's first post its topic, the others its replies. Private messages, whispers, what was
deleted and what was hidden stay behind. What is read of the format are the names of tables and columns."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stoa.front.moving_in import archive, marks
from stoa.front.moving_in.archive import Entry, Refused
from stoa.front.moving_in.discourse_addresses import addresses, upload_key
from stoa.front.moving_in.discourse_polls import Polls
from stoa.front.moving_in.discourse_rows import Row, of_dump, of_json
from stoa.front.moving_in.discourse_tables import STAY, TABLES, USUAL
from stoa.front.moving_in.discourse_text import Texts
from stoa.front.moving_in.shapes import VanMessage, VanPerson, VanPlace, VanSign, VanTopic
from stoa.front.moving_in.van import Van

EVERYONE, ALL_MEMBERS = "0", ("10", "11", "12", "13", "14")  # groups that Discourse keeps by itself
LIKE = "2"
REGULAR = "1"
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
DUMPS = ("dump.sql", "dump.sql.gz")


def wanted(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    is_table = name.split(".")[0] in TABLES and name.endswith((".json", ".jsonl", ".ndjson"))
    return name in DUMPS or is_table or ("uploads/" in path and "/optimized/" not in f"/{path}")


def load(brought: Path, van: Van) -> None:
    """Fills the van. Raises `Refused` for what is no backup of Discourse."""
    reading = Reading(van)
    with archive.reading():
        for entry in archive.entries(brought, wanted):
            _read(entry, reading)
    if not reading.seen:
        raise Refused(
            "This is not a backup of Discourse: there is no dump.sql in it, and no file named after one of its tables."
        )
    reading.finish()


def _read(entry: Entry, reading: "Reading") -> None:
    """One file: the dump, the rows of one table, or something that was uploaded."""
    name = entry.path.rsplit("/", 1)[-1]
    if name in DUMPS or name.endswith((".sql", ".sql.gz")):
        for table, row in of_dump(archive.unpacked(entry.stream, name, archive.most_of(entry.size)), TABLES):
            reading.take(table, row)
    elif name.endswith((".json", ".jsonl", ".ndjson")):
        for table, row in of_json(entry.stream, name.split(".")[0], TABLES):
            reading.take(table, row)
    else:
        reading.keep_upload(entry)


def moment(text: str | None) -> float:
    """PostgreSQL's way to write an instant; without a zone it is UTC. 0 for nothing."""
    if not text:
        return 0.0
    try:
        read = datetime.fromisoformat(text.strip().replace(" ", "T", 1))
    except ValueError:
        return 0.0
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()


def is_true(value: str | None) -> bool:
    return value in ("t", "true", "True", "1")


class Reading:
    """What is known while the tables come by, in the order in which they lie in the dump. Posts go straight into the van; only what is
    small and needed for them is kept."""

    def __init__(self, van: Van) -> None:
        self.van = van
        self.seen = 0
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.post_keys: dict[str, str] = {}
        self.polls = Polls()
        self.takes: Mapping[str, Callable[[Row], None]] = {
            "posts": self._post, "post_actions": self._like, "topic_users": self._followed, **self.polls.takes,
        }  # fmt: skip
        self.pictures = 0

    def take(self, table: str, row: Row) -> None:
        self.seen += 1
        take = self.takes.get(table)
        if take:
            take(row)
        elif table in STAY:
            self.van.leave(STAY[table])
        elif table in TABLES:
            self.rows[table].append(row)

    def keep_upload(self, entry: Entry) -> None:
        """A picture's bytes, under its digest; other files stay behind."""
        key = upload_key(entry.path)
        if not entry.path.lower().endswith(PICTURES) or not key:
            self.van.leave("files", entry.path.rsplit("/", 1)[-1])
            return
        file = f"pictures/{self.pictures}"
        self.pictures += 1
        archive.copied(entry, self.van.folder / file)
        self.van.add_upload(key, file, entry.path.rsplit("/", 1)[-1], entry.size)

    def _post(self, row: Row) -> None:
        if row.get("post_type") not in (None, REGULAR):
            self.van.leave("whispers" if row.get("post_type") == "4" else "small_actions")
        elif row.get("deleted_at") or is_true(row.get("user_deleted")):
            self.van.leave("deleted")
        elif is_true(row.get("hidden")):
            self.van.leave("hidden")
        else:
            key = f"{row.get('topic_id')}/{row.get('post_number')}"
            self.post_keys[str(row.get("id"))] = key
            edited = moment(row.get("last_version_at")) if (row.get("version") or "1") != "1" else 0.0
            self.van.add_message(
                VanMessage(
                    key, str(row.get("topic_id")), str(row.get("user_id") or ""), moment(row.get("created_at")),
                    str(row.get("raw") or ""), edited, float(row.get("post_number") or 0), f"p{row.get('id')}",
                )
            )  # fmt: skip

    def _like(self, row: Row) -> None:
        if row.get("post_action_type_id") == LIKE and not row.get("deleted_at"):
            self._sign(row, "love")

    def _followed(self, row: Row) -> None:
        if str(row.get("notification_level") or "") not in USUAL:
            self.van.leave("follows")

    def _sign(self, row: Row, sign: str) -> None:
        self.van.add_sign(
            VanSign(f"p{row.get('post_id')}", str(row.get("user_id")), sign, moment(row.get("created_at")))
        )

    def finish(self) -> None:
        """Once all tables are known: people, places and topics, and the texts in our way of writing."""
        settings = {row.get("name"): row.get("value") for row in self.rows["site_settings"]}
        title = settings.get("title") or "Discourse"
        self.van.say("system", "discourse")
        self.van.say("name", title)
        self.van.say("key", settings.get("force_hostname") or title)
        if settings.get("force_hostname") and not self.van.told("address"):
            self.van.say("address", f"https://{settings['force_hostname']}")
        names = self._people()
        self._places(is_true(settings.get("login_required")))
        self._belongings()
        self._topics()
        self._reactions()
        self.van.flush()
        texts = Texts(self.van, names, str(self.van.told("address")), self.polls.told(self.van, self.post_keys))
        self.van.rewrite(texts.written)
        self.van.put_in_order()

    def _people(self) -> dict[str, tuple[str, str]]:
        emails = {
            row.get("user_id"): row.get("email") for row in self.rows["user_emails"] if is_true(row.get("primary"))
        }
        bios = {row.get("user_id"): row.get("bio_raw") for row in self.rows["user_profiles"]}
        zones = {row.get("user_id"): row.get("timezone") for row in self.rows["user_options"]}
        digests = {row.get("id"): upload_key(str(row.get("url") or "")) for row in self.rows["uploads"]}
        names: dict[str, tuple[str, str]] = {}
        for row in self.rows["users"]:
            number, called = str(row.get("id")), str(row.get("username") or "")
            state = self._state(row)
            name = str(row.get("name") or called)
            names[called.casefold()] = (number, name)
            if state == "away":
                self.van.note("people_away", name)
            email = str(emails.get(row.get("id")) or "")
            self.van.add_person(
                VanPerson(
                    number, name, email if state == "here" else "", moment(row.get("created_at")), state,
                    str(bios.get(row.get("id")) or ""), str(zones.get(row.get("id")) or ""), str(row.get("locale") or ""),
                    min(int(row.get("trust_level") or 0), 4), portrait=digests.get(row.get("uploaded_avatar_id") or "", ""),
                    called=called,
                )
            )  # fmt: skip
        return names

    def _state(self, row: Row) -> str:
        if str(row.get("id")).startswith("-"):
            return "program"
        held = any(moment(row.get(each)) > self.van.now for each in ("suspended_till", "silenced_till"))
        active = row.get("active") is None or is_true(row.get("active"))
        return "here" if active and not held and not is_true(row.get("staged")) else "away"

    def _places(self, needs_sign_in: bool) -> None:
        groups: dict[str | None, set[str]] = defaultdict(set)
        for row in self.rows["category_groups"]:
            groups[row.get("category_id")].add(str(row.get("group_id")))
        names = {row.get("id"): str(row.get("name") or "") for row in self.rows["categories"]}
        for row in self.rows["categories"]:
            most_open = self._most_open(row, groups[row.get("id")], needs_sign_in)
            above = names.get(row.get("parent_category_id"))
            name = f"{above} · {row.get('name')}" if above else str(row.get("name") or "")
            about = re.sub(r"<[^>]*>", "", str(row.get("description") or ""))
            self.van.add_place(VanPlace(str(row.get("id")), name, about, most_open))

    def _most_open(self, row: Row, groups: set[str], needs_sign_in: bool) -> str:
        if not is_true(row.get("read_restricted")):
            return "members" if needs_sign_in else "public"
        return "members" if EVERYONE in groups or "10" in groups else "private"

    def _belongings(self) -> None:
        """Who reads a closed category: the members of its groups. Into open ones people come by themselves."""
        closed = {place.key for place in self.van_places() if place.most_open == "private"}
        people = defaultdict(set)
        for row in self.rows["group_users"]:
            people[row.get("group_id")].add(str(row.get("user_id")))
        known = {str(row.get("id")): row for row in self.rows["users"]}
        for row in self.rows["category_groups"]:
            if str(row.get("category_id")) not in closed or row.get("group_id") in ALL_MEMBERS:
                continue
            for person in sorted(people[row.get("group_id")]):
                if person in known and self._state(known[person]) == "here":
                    is_steward = is_true(known[person].get("admin"))
                    self.van.add_belonging(str(row.get("category_id")), person, is_steward)

    def van_places(self) -> list[VanPlace]:
        self.van.flush()
        return self.van.places()

    def _topics(self) -> None:
        tags = {row.get("id"): str(row.get("name") or "") for row in self.rows["tags"]}
        tagged: dict[str | None, list[str]] = defaultdict(list)
        for row in self.rows["topic_tags"]:
            tagged[row.get("topic_id")].append(tags.get(row.get("tag_id"), ""))
        accepted = self._accepted()
        places = {place.key for place in self.van_places()}
        for row in self.rows["topics"]:
            place = str(row.get("category_id") or "")
            if row.get("archetype") == "private_message":
                self.van.leave("direct_messages")
            elif row.get("deleted_at") or row.get("visible") == "f":
                self.van.leave("deleted_topics", f"topic {row.get('id')}")
            elif place not in places:
                self.van.leave("placeless", f"topic {row.get('id')}")
            else:
                self.van.add_topic(self._topic(row, place, tagged[row.get("id")], accepted))

    def _topic(self, row: Row, place: str, tags: list[str], accepted: dict[str, str]) -> VanTopic:
        key = str(row.get("id"))
        is_closed = is_true(row.get("closed")) or is_true(row.get("archived"))
        closed = moment(row.get("bumped_at") or row.get("created_at")) if is_closed else 0.0
        pinned = moment(row.get("pinned_until")) if row.get("pinned_at") else 0.0
        answer = self.post_keys.get(accepted.get(key, ""), "")
        kind = "question" if key in accepted else "discussion"
        return VanTopic(key, place, str(row.get("title") or ""), kind, closed, pinned, tags, answer)

    def _accepted(self) -> dict[str, str]:
        """The post that solved a topic: in its own table, or as a field of the topic."""
        found = {
            str(row.get("topic_id")): str(row.get("value"))
            for row in self.rows["topic_custom_fields"]
            if row.get("name") == "accepted_answer_post_id"
        }
        for row in self.rows["discourse_solved_solved_topics"]:
            found[str(row.get("topic_id"))] = str(row.get("answer_post_id"))
        return found

    def _reactions(self) -> None:
        emoji: dict[str | None, Any] = {
            row.get("id"): row.get("reaction_value") for row in self.rows["discourse_reactions_reactions"]
        }
        for row in self.rows["discourse_reactions_reaction_users"]:
            named = str(emoji.get(row.get("reaction_id")) or "")
            if sign := marks.sign_of(named):
                self._sign(row, sign)
            else:
                self.van.leave("signs", named)


__all__ = ["addresses", "load"]
