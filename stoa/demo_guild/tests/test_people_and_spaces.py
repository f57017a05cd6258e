"""The Guild's members and spaces hold together."""

from collections import Counter

from stoa.demo_guild.people import by_key, people, staff
from stoa.demo_guild.reading import interests, spaces, written_threads


def test_there_are_four_hundred_members_and_nobody_twice() -> None:
    members = people()
    assert len(members) == 400
    for part in ("key", "name", "email"):
        assert len({getattr(member, part) for member in members}) == 400


def test_ten_times_the_town_is_still_nobody_twice() -> None:
    members = people(scale=10)
    assert len(members) == len({member.name for member in members}) == len({member.key for member in members}) == 4000


def test_the_same_seed_gives_the_same_people() -> None:
    people.cache_clear()
    first = people(5)
    people.cache_clear()
    assert people(5) == first
    assert people(6) != first


def test_every_member_says_something_and_has_an_address_that_cannot_exist() -> None:
    for member in people():
        assert all((member.bio, member.hopes, member.helps, member.quarter))
        assert member.email.endswith("@brackwater.example")
        assert set(member.interests) <= set(interests())
        assert -372 <= member.joined_day <= -1


def test_about_thirty_five_joined_in_the_last_thirty_days() -> None:
    assert sum(1 for member in people() if member.joined_day > -30) == 35


def test_the_staff_have_the_six_roles() -> None:
    roles = Counter(role for member in staff() for role in member.roles)
    assert roles == {
        "owner": 1,
        "community manager": 1,
        "moderator": 2,
        "social media manager": 1,
        "lead": 1,
        "operator": 1,
    }


def test_some_names_are_written_from_right_to_left_and_some_are_long() -> None:
    names = [member.name for member in people()]
    assert any("\u0590" <= name[0] <= "\u06ff" for name in names)
    assert any("\u4e00" <= name[0] <= "\u9fff" for name in names)
    assert max(len(name) for name in names) > 50
    assert any(" " not in name for name in names)


def test_the_twelve_spaces_have_the_four_visibilities() -> None:
    seen = Counter(space.visibility for space in spaces())
    assert seen == {"public": 5, "members": 4, "private": 2, "secret": 1}
    for space in spaces():
        assert all((space.description, space.standard, space.norm, space.example))
        assert set(space.stewards) <= set(by_key())
        assert set(space.interests) <= set(interests())


def test_every_interest_leads_to_a_space() -> None:
    assert {interest for space in spaces() for interest in space.interests} == set(interests())


def test_hand_written_threads_answer_each_other_in_order() -> None:
    written = written_threads()
    assert len(written) >= 70
    assert len({thread.key for thread in written}) == len(written)
    members, places = by_key(), {space.key for space in spaces()}
    for thread in written:
        assert all((thread.title, thread.body, thread.space in places))
        assert thread.kind in ("discussion", "question")
        assert {thread.author, *(reply.author for reply in thread.replies)} <= set(members), thread.key
        times = [thread.offset, *(reply.offset for reply in thread.replies)]
        assert times == sorted(times), thread.key
        assert times[-1].total_seconds() < 0, thread.key
        assert all(reply.body for reply in thread.replies)


def test_nobody_writes_before_joining() -> None:
    members = by_key()
    for thread in written_threads():
        for author, offset in [(thread.author, thread.offset), *((r.author, r.offset) for r in thread.replies)]:
            assert offset.total_seconds() / 86400 >= members[author].joined_day, (thread.key, author)
