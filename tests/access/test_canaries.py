"""What a kind of person may not know stands in nothing that they get."""

from tests.access.sweep import Swept


def test_no_canary_is_found_where_it_may_not_be(swept: Swept) -> None:
    wrong = swept.leaks.wrong
    assert not wrong, f"{len(wrong)} leaks in {swept.leaks.asked} outputs:\n" + "\n".join(wrong)
