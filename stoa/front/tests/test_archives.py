"""What is read of archives, and what is refused: nothing here knows our database."""

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest

from stoa.front.moving_in import archive, discourse, members, tokens, zulip
from stoa.front.moving_in.archive import Refused
from stoa.front.moving_in.discourse_addresses import addresses, short_key
from stoa.front.moving_in.discourse_rows import value_of
from stoa.front.moving_in.discourse_text import Texts as DiscourseTexts
from stoa.front.moving_in.van import Van
from stoa.front.moving_in.zulip_text import Texts as ZulipTexts
from stoa.front.tests.archives import Size, put
from stoa.front.tests.archives import discourse as discourse_archive

PEOPLE = {"ada": ("1", "Ada Abel"), "ada abel": ("1", "Ada Abel")}


@pytest.fixture
def van(tmp_path: Path) -> Van:
    return Van(tmp_path / "van")


def plainly(text: str) -> str:
    """Tokens as they can be read."""
    return tokens.resolved(text, lambda kind, key, words: f"<{kind} {key}{f'|{words}' if words else ''}>")


def tar_of(path: Path, *members_of: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz") as packed:
        for member in members_of:
            packed.addfile(member, io.BytesIO(b"x" * member.size))
    return path


def named(name: str, size: int = 1, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.type, member.linkname = size, kind, link
    return member


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "a\\..\\..\\b", "C:/windows", "a" * 1200]
)
def test_a_path_that_leads_out_of_the_archive_is_refused(tmp_path: Path, van: Van, name: str) -> None:
    made = tar_of(tmp_path / "bad.tar.gz", named("export/realm.json"), named(name))
    with pytest.raises(Refused, match="leads out of it"):
        zulip.load(made, van)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(tmp_path: Path, van: Van, kind: bytes) -> None:
    made = tar_of(tmp_path / "bad.tar.gz", named("uploads/x.png", 0, kind, "/etc/passwd"))
    with pytest.raises(Refused, match="a link or a device"):
        discourse.load(made, van)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, van: Van, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FREE_GROWTH", 1000)
    made = tmp_path / "bomb.tar.gz"
    with tarfile.open(made, "w:gz") as packed:
        put(packed, "export/realm.json", b" " * 5_000_000)
    with pytest.raises(Refused, match="far larger than it should be"):
        zulip.load(made, van)
    assert not (van.folder / "zulip" / "realm.json").exists()


def test_a_dump_that_grows_without_end_is_refused(tmp_path: Path, van: Van, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FREE_GROWTH", 1000)
    dump = tmp_path / "dump.sql.gz"
    dump.write_bytes(gzip.compress(b"COPY public.users (id, username) FROM stdin;\n" + b"1\tada\n" * 2_000_000))
    with pytest.raises(Refused, match="far larger"):
        discourse.load(dump, van)


def test_a_damaged_archive_is_refused(tmp_path: Path, van: Van) -> None:
    made = discourse_archive(tmp_path, Size(messages=60))
    whole = made.read_bytes()
    made.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(Refused):
        discourse.load(made, van)


def test_what_is_no_archive_of_theirs_is_refused(tmp_path: Path, van: Van) -> None:
    made = tar_of(tmp_path / "other.tar.gz", named("readme.txt"))
    with pytest.raises(Refused, match=r"no realm\.json"):
        zulip.load(made, van)
    with pytest.raises(Refused, match=r"no dump\.sql"):
        discourse.load(made, Van(tmp_path / "second"))
    with pytest.raises(Refused, match="There is no file"):
        zulip.load(tmp_path / "nowhere", Van(tmp_path / "third"))


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"[" * 200_000])
def test_json_that_is_none_is_refused(tmp_path: Path, van: Van, content: bytes) -> None:
    made = tmp_path / "bad.tar.gz"
    with tarfile.open(made, "w:gz") as packed:
        put(packed, "export/realm.json", content)
    with pytest.raises(Refused, match="is not the JSON"):
        zulip.load(made, van)


def test_a_dump_that_ends_too_early_is_refused(tmp_path: Path, van: Van) -> None:
    dump = tmp_path / "dump.sql"
    dump.write_bytes(b"COPY public.users (id, username) FROM stdin;\n1\tada\n")
    with pytest.raises(Refused, match="ends within the table users"):
        discourse.load(dump, van)


def test_a_row_with_other_fields_than_its_table_is_refused(tmp_path: Path, van: Van) -> None:
    dump = tmp_path / "dump.sql"
    dump.write_bytes(b"COPY public.users (id, username) FROM stdin;\n1\tada\tlovelace\n\\.\n")
    with pytest.raises(Refused, match="3 fields in place of 2"):
        discourse.load(dump, van)


def test_a_row_without_end_is_refused(tmp_path: Path, van: Van, monkeypatch: pytest.MonkeyPatch) -> None:
    from stoa.front.moving_in import discourse_rows

    monkeypatch.setattr(discourse_rows, "LONGEST_ROW", 1_000_000)
    dump = tmp_path / "dump.sql.gz"
    dump.write_bytes(gzip.compress(b"COPY public.users (id, username) FROM stdin;\n1\t" + b"a" * 5_000_000))
    with pytest.raises(Refused, match="longer than any"):
        discourse.load(dump, van)


def test_broken_utf8_in_a_text_is_replaced_and_refused_in_a_list(tmp_path: Path) -> None:
    assert value_of(b"caf\xe9") == "caf\ufffd"
    made = tmp_path / "members.csv"
    made.write_bytes(b"name,email\nAda,ada@example.org\nCaf\xe9,cafe@example.org\n")
    with pytest.raises(Refused, match="Line 3 is not UTF-8"):
        members.load(made, Van(tmp_path / "van"))


def test_copy_fields_read_as_postgresql_writes_them() -> None:
    assert value_of(b"\\N") is None
    assert value_of(rb"a\tb\nc\\d\101\x41\q") == "a\tb\nc\\dAAq"


def test_tables_as_json_lines_are_read_like_a_dump(tmp_path: Path, van: Van) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "users.jsonl").write_text(json.dumps({"id": 1, "username": "ada", "active": True, "name": None}) + "\n")
    (folder / "categories.json").write_text(json.dumps([{"id": 5, "name": "Tea", "read_restricted": False}]))
    (folder / "topics.jsonl").write_text(
        json.dumps({"id": 7, "title": "Kettles", "category_id": 5, "archetype": "regular"})
    )
    post = {"id": 9, "topic_id": 7, "post_number": 1, "user_id": 1, "raw": "Which one?", "post_type": 1}
    (folder / "posts.jsonl").write_text(json.dumps({**post, "created_at": "2019-01-01 10:00:00"}))
    discourse.load(folder, van)
    assert [(message.key, message.text) for message in van.messages()] == [("7/1", "Which one?")]
    assert [place.most_open for place in van.places()] == ["public"]


def test_a_forum_that_needs_a_sign_in_is_open_to_members_at_most(tmp_path: Path, van: Van) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "categories.jsonl").write_text(json.dumps({"id": 5, "name": "Tea", "read_restricted": False}))
    (folder / "site_settings.jsonl").write_text(json.dumps({"name": "login_required", "value": "t"}))
    discourse.load(folder, van)
    assert [place.most_open for place in van.places()] == ["members"]


def test_private_messages_do_not_even_stay_in_the_van(tmp_path: Path, van: Van) -> None:
    discourse.load(discourse_archive(tmp_path, Size(messages=400)), van)
    kept = {row[0] for row in van.base.execute("SELECT DISTINCT topic FROM messages")}
    assert kept == {row[0] for row in van.base.execute("SELECT key FROM topics")}
    assert {each.what for each in van.noted()} >= {"direct_messages", "whispers", "deleted", "hidden", "deleted_topics"}


def test_no_text_can_pass_for_a_token(van: Van) -> None:
    forged = tokens.person("1", "Ada")
    assert tokens.named(ZulipTexts(van, PEOPLE, "").written(forged), tokens.PERSON) == []
    assert tokens.named(DiscourseTexts(van, PEOPLE, "").written(forged), tokens.PERSON) == []


@pytest.mark.parametrize(
    ("typed", "ours"),
    [
        ("Hi @**Ada Abel** and @_**Ada Abel|1**", "Hi <person 1|Ada Abel> and <person 1|Ada Abel>"),
        ("@**all** @*menders* @**Nobody**", "@all @menders @Nobody"),
        ("```quote\nSo it is\n```\nYes", "> So it is\n\nYes"),
        ("````quote\n```python\n@**Ada Abel**\n```\n````", "> ```python\n> @**Ada Abel**\n> ```"),
        ("`@**Ada Abel**` :tada:", "`@**Ada Abel**` 🎉"),
        ("[plan](/user_uploads/2/ab/plan.pdf)", "plan"),
        ("[me](/user_uploads/2/ab/me.png)", "<picture 2/ab/me.png|me>"),
        ("[there](#narrow/stream/5-x/topic/a.20b/near/77)", "[there](<link message/77>)"),
        ("https://chat.example.org/#narrow/channel/5-x/topic/A.20b", "[A b](<link topic/5/a b>)"),
        ("https://other.example.org/#narrow/stream/5-x", "https://other.example.org/#narrow/stream/5-x"),
        ("/poll Tea?\nYes\nNo", "**Tea?**\n\n- Yes\n- No"),
        ("```spoiler The end\nShe did it\n```", "**The end**\nShe did it"),
        ("<time:2026-01-01T10:00:00Z>", "2026-01-01T10:00:00Z"),
    ],
)
def test_texts_of_zulip_become_ours(van: Van, typed: str, ours: str) -> None:
    assert plainly(ZulipTexts(van, PEOPLE, "https://chat.example.org").written(typed)) == ours


@pytest.mark.parametrize(
    ("typed", "ours"),
    [
        ("Hi @Ada, and @nobody.", "Hi <person 1|Ada Abel>, and @nobody."),
        ("mail ada@example.org", "mail ada@example.org"),
        (
            '[quote="ada, post:3, topic:12"]\nSo it is\n[/quote]\n\nYes',
            "> <person 1|Ada Abel> [↪](<link message/12/3>):\n>\n> So it is\n\n\nYes",
        ),
        (
            "![me|690x388](upload://r3AYqESanERjladb4vBB7VsMBm6.png)",
            "<picture bda2c513e1da04f7b4e99230851ea2aafeb8cc4e|me>",
        ),
        ("[plan.pdf|attachment](upload://r3AYqESanERjladb4vBB7VsMBm6.pdf) (1 MB)", "plan.pdf (1 MB)"),
        ("See https://forum.example.org/t/kettles/12/3.", "See [kettles](<link message/12/3>)"),
        ("[this](/t/12)", "[this](<link topic/12>)"),
        ("https://elsewhere.example.org/t/x/12", "https://elsewhere.example.org/t/x/12"),
        ('[details="More"]\nInside\n[/details]', "**More**\n\nInside"),
        ("<b>bold</b><br>next :+1:", "**bold**\nnext 👍"),
        ("```\n@ada [quote]\n```", "```\n@ada [quote]\n```"),
    ],
)
def test_texts_of_discourse_become_ours(van: Van, typed: str, ours: str) -> None:
    assert plainly(DiscourseTexts(van, PEOPLE, "https://forum.example.org").written(typed)) == ours


def test_addresses_of_discourse_say_what_they_meant() -> None:
    assert list(addresses("t/kettles/12/3")) == [("message", "12/3"), ("topic", "12")]
    assert list(addresses("t/12")) == [("topic", "12")]
    assert list(addresses("c/tea/green/7/l/latest")) == [("place", "7")]
    assert list(addresses("u/Ada/summary")) == [("person", "@ada")]
    assert list(addresses("p/99")) == [("message", "p99")]
    assert short_key("r3AYqESanERjladb4vBB7VsMBm6") == "bda2c513e1da04f7b4e99230851ea2aafeb8cc4e"
    assert short_key("Z" * 40) == ""


def test_columns_of_a_list_are_guessed_and_can_be_said(tmp_path: Path, van: Van) -> None:
    made = tmp_path / "members.csv"
    made.write_text(
        "First name;Last name;E-Mail;Shoe size;Where\nAda;Abel;ada@example.org;38;Tea, Tools\n;;no address;1;\nBo;;ADA@example.org;2;\n"
    )
    members.load(made, van, {"Where": "spaces"})
    assert [(person.name, person.email) for _, person in van.people()] == [("Ada Abel", "ada@example.org")]
    assert [place.name for place in van.places()] == ["Tea", "Tools"]
    assert {each.what: each.example for each in van.noted()} == {
        "columns": "Shoe size", "no_email": "line 3: no address", "twice": "line 4: ADA@example.org",
    }  # fmt: skip


def test_a_list_without_addresses_is_refused(tmp_path: Path, van: Van) -> None:
    made = tmp_path / "members.csv"
    made.write_text("name,phone\nAda,1\n")
    with pytest.raises(Refused, match="No column is an e-mail address"):
        members.load(made, van)
    with pytest.raises(Refused, match="There is no field colour"):
        members.load(made, van, {"phone": "colour"})
