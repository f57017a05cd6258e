"""Reads a Zulip export (its `zulip-export-….tar.gz`, or the folder): realm.json, messages-*.json, attachment.json, uploads/, avatars/.

A channel becomes a place, a topic's first message its topic, the others its replies. Direct messages stay behind, whoever exported
them. What is read of the format stands in Zulip's own documentation of the export and in the names of its tables.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stoa.front.moving_in import archive, marks
from stoa.front.moving_in.archive import Entry, Refused
from stoa.front.moving_in.shapes import VanMessage, VanPerson, VanPlace, VanSign, VanTopic
from stoa.front.moving_in.van import Van
from stoa.front.moving_in.zulip_text import Texts

PERSONAL, CHANNEL, GROUP = 1, 2, 3  # kinds of recipients
OWNER, ADMINISTRATOR, GUEST = 100, 200, 600  # roles
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
LARGEST = 600_000_000  # bytes of one JSON file, which is read as a whole
SYSTEM_BOTS = ("welcome-bot", "notification-bot", "emailgateway", "feedback")
RESOLVED = "✔ "
STARRED = 2  # a bit of `flags_mask`
USUAL = 0  # the policy for a topic that somebody neither follows nor mutes
_messages = re.compile(r"(?:^|/)messages-\d+\.json$")


def wanted(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    in_folder = "/uploads/" in f"/{path}" or "/avatars/" in f"/{path}"
    return name in ("realm.json", "attachment.json") or bool(_messages.search(path)) or in_folder


def load(brought: Path, van: Van) -> None:
    """Fills the van. Raises `Refused` for what is no export of Zulip."""
    files = van.folder / "zulip"
    with archive.reading():
        names = _spread(brought, van, files)
    if "realm.json" not in names:
        raise Refused("This is not an export of Zulip: there is no realm.json in it.")
    realm = _json(files / "realm.json")
    _about(realm, van)
    channels = _places(realm, van)
    people = _people(realm, van)
    _belongings(realm, channels, people, van)
    texts = Texts(van, {name.casefold(): (key, name) for key, name in _names(realm)}, str(van.told("address")))
    for name in sorted(name for name in names if name.startswith("messages-")):
        _read_messages(_json(files / name), channels, people, van)
    _signs(realm, van)
    _stay(realm, van)
    van.rewrite(texts.written)
    van.put_in_order()


def addresses(path: str) -> Iterator[tuple[str, str]]:
    """What an address of the old community may have meant, as kinds and old keys. Channels and topics stood behind the `#`, which no
    server sees: only what was uploaded has an address of its own."""
    if path.startswith("user_uploads/"):
        yield "upload", path.removeprefix("user_uploads/").removeprefix("thumbnail/")


def _spread(brought: Path, van: Van, files: Path) -> set[str]:
    """Lays the JSON files and the pictures out beside the van, under names of ours. Gives the names of the JSON files."""
    found: set[str] = set()
    for entry in archive.entries(brought, wanted):
        name = entry.path.rsplit("/", 1)[-1]
        inner = f"/{entry.path}"
        if "/uploads/" in inner:
            _keep_upload(entry, inner.split("/uploads/", 1)[1], van)
        elif "/avatars/" in inner:
            _keep_portrait(entry, inner.split("/avatars/", 1)[1], van)
        elif entry.size > LARGEST:
            raise Refused(f"{name} is larger than anything that Zulip writes.")
        else:
            archive.copied(entry, files / name)
            found.add(name)
    van.flush()
    return found


def _keep_upload(entry: Entry, path: str, van: Van) -> None:
    if path.endswith("records.json"):
        return
    if not path.lower().endswith(PICTURES):
        van.leave("files", path.rsplit("/", 1)[-1])
        return
    file = f"pictures/{van.count('uploads') + len(van._rows.get('IGNORE uploads', []))}"
    archive.copied(entry, van.folder / file)
    van.add_upload(path, file, path.rsplit("/", 1)[-1], entry.size)


def _keep_portrait(entry: Entry, path: str, van: Van) -> None:
    """Avatars come with a table that says whose they are: the last path of it is kept as it is named."""
    if path.endswith("records.json"):
        archive.copied(entry, van.folder / "zulip" / "avatars.json")
    elif path.endswith((".png", ".original")):
        file = f"portraits/{path.replace('/', '-')}"
        archive.copied(entry, van.folder / file)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes().decode("utf-8", "replace"))
    except (ValueError, RecursionError) as trouble:
        raise Refused(f"{path.name} is not the JSON that Zulip writes: {str(trouble)[:120]}.") from trouble


def _rows(told: Any, table: str) -> list[dict[str, Any]]:
    rows = told.get(table, []) if isinstance(told, dict) else []
    return [row for row in rows if isinstance(row, dict)]


def _about(realm: Any, van: Van) -> None:
    own = next(iter(_rows(realm, "zerver_realm")), {})
    van.say("system", "zulip")
    van.say("name", own.get("name") or own.get("string_id") or "Zulip")
    van.say("key", str(own.get("uuid") or own.get("string_id") or own.get("id") or "realm"))
    van.say("address", str(own.get("uri") or own.get("url") or ""))


def _places(realm: Any, van: Van) -> dict[int, dict[str, Any]]:
    """Channels by the id of their recipient."""
    by_id = {row["id"]: row for row in _rows(realm, "zerver_stream") if "id" in row}
    for number, row in by_id.items():
        most_open = "private" if row.get("invite_only") else "public" if row.get("is_web_public") else "members"
        state = "archived" if row.get("deactivated") else "active"
        name = re.sub(r"^!+DEACTIVATED:", "", str(row.get("name", "")))
        van.add_place(VanPlace(str(number), name, str(row.get("description") or ""), most_open, state))
    return {
        row["id"]: by_id[row["type_id"]]
        for row in _rows(realm, "zerver_recipient")
        if row.get("type") == CHANNEL and row.get("type_id") in by_id
    }


def _names(realm: Any) -> Iterator[tuple[str, str]]:
    for table in ("zerver_userprofile", "zerver_userprofile_mirrordummy"):
        for row in _rows(realm, table):
            yield str(row.get("id")), str(row.get("full_name") or "")


def _people(realm: Any, van: Van) -> dict[int, dict[str, Any]]:
    portraits = _portraits(van)
    people: dict[int, dict[str, Any]] = {}
    for table in ("zerver_userprofile", "zerver_userprofile_mirrordummy", "zerver_userprofile_crossrealm"):
        for row in _rows(realm, table):
            if "id" not in row:
                continue
            people[row["id"]] = row
            state = _state(row, table)
            if state == "away":
                van.note("people_away", str(row.get("full_name") or ""))
            email = str(row.get("delivery_email") or row.get("email") or "")
            name = str(row.get("full_name") or email.split("@")[0] or "—")
            key = str(row["id"])
            van.add_person(
                VanPerson(
                    key, name, email if state == "here" and "@" in email else "", float(row.get("date_joined") or 0), state,
                    zone=str(row.get("timezone") or ""), language=str(row.get("default_language") or ""),
                    portrait=portraits.get(key, ""),
                )
            )  # fmt: skip
    van.flush()
    return people


def _state(row: dict[str, Any], table: str) -> str:
    email = str(row.get("delivery_email") or row.get("email") or "")
    if table.endswith("crossrealm") or row.get("is_bot") or email.split("@")[0] in SYSTEM_BOTS:
        return "program"
    if int(row.get("role") or 400) >= GUEST:  # saw only their own channels there; as members they would see more
        return "away"
    return "here" if row.get("is_active", True) and not row.get("is_mirror_dummy") else "away"


def _portraits(van: Van) -> dict[str, str]:
    """Whose avatar lies in which file: the small one that Zulip had made, not the original."""
    path = van.folder / "zulip" / "avatars.json"
    found: dict[str, str] = {}
    for row in _json(path) if path.exists() else []:
        named = str(row.get("path") or row.get("s3_path") or "") if isinstance(row, dict) else ""
        file = f"portraits/{archive.safe_path(named).replace('/', '-')}" if named else ""
        if file.endswith(".png") and (van.folder / file).exists():
            found[str(row.get("user_profile_id"))] = file
    return found


def _belongings(realm: Any, channels: dict[int, dict[str, Any]], people: dict[int, dict[str, Any]], van: Van) -> None:
    for row in _rows(realm, "zerver_subscription"):
        channel, person = channels.get(row.get("recipient", 0)), people.get(row.get("user_profile", 0))
        if channel and person and row.get("active", True) and _state(person, "") == "here":
            is_steward = int(person.get("role") or 400) <= ADMINISTRATOR
            if channel.get("invite_only") and not channel.get("history_public_to_subscribers", True) and not is_steward:
                continue  # nobody read there what was said before they came: who belongs is for its stewards to say
            van.add_belonging(str(channel["id"]), str(person["id"]), is_steward)


def _read_messages(told: Any, channels: dict[int, dict[str, Any]], people: dict[int, dict[str, Any]], van: Van) -> None:
    _stay(told, van)
    for row in _rows(told, "zerver_message"):
        channel = channels.get(row.get("recipient", 0))
        if channel is None:
            van.leave("direct_messages")
            continue
        sender = row.get("sender")
        title = str(row.get("subject") or "").strip()
        name = title.removeprefix(RESOLVED).strip() or "General chat"
        topic = topic_key(str(channel["id"]), name)
        tags = ("resolved",) if title.startswith(RESOLVED) else ()
        van.add_topic(VanTopic(topic, str(channel["id"]), name, tags=tags))
        person = str(sender) if sender in people else ""
        if versions := _versions(row):
            van.leave("versions", str(row.get("id")), versions)
        van.add_message(
            VanMessage(
                str(row.get("id")), topic, person, float(row.get("date_sent") or 0), str(row.get("content") or ""),
                float(row.get("last_edit_time") or 0), float(row.get("id") or 0),
            )
        )  # fmt: skip
    _signs(told, van)


def _versions(row: dict[str, Any]) -> int:
    """How many former texts of a message are in its history."""
    try:
        history = json.loads(row.get("edit_history") or "[]")
    except (ValueError, TypeError, RecursionError):
        return 0
    return sum("prev_content" in each for each in history if isinstance(each, dict)) if isinstance(history, list) else 0


def _stay(told: Any, van: Van) -> None:
    """What each person had for themselves."""
    follows = sum(row.get("visibility_policy") not in (USUAL, None) for row in _rows(told, "zerver_usertopic"))
    starred = sum(bool(int(row.get("flags_mask") or 0) & STARRED) for row in _rows(told, "zerver_usermessage"))
    votes = sum('"vote"' in str(row.get("content")) for row in _rows(told, "zerver_submessage"))
    for what, count in (("follows", follows), ("bookmarks", starred), ("poll_votes", votes)):
        if count:
            van.leave(what, count=count)


def topic_key(channel: str, title: str) -> str:
    """Topics of Zulip have no number: a channel's topics are told apart by their names, whatever their case."""
    return f"{channel}/{title.casefold()}"


def _signs(told: Any, van: Van) -> None:
    for row in _rows(told, "zerver_reaction"):
        emoji = str(row.get("emoji_name") or "")
        sign = marks.sign_of(emoji) if row.get("reaction_type") != "realm_emoji" else ""
        if sign:
            van.add_sign(VanSign(str(row.get("message")), str(row.get("user_profile")), sign, 0.0))
        else:
            van.leave("signs", emoji)
