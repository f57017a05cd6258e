"""A newsletter through real servers: Stoa hands each mail to Postfix, Dovecot lays it into a mailbox, IMAP reads it back; one click in a
mail program ends it; a worker that is killed half-way sends nobody a second one."""

import json
import signal
import urllib.request
from collections import Counter
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from tests.journeys.letter_writers import ALT, drawn
from tests.journeys.mail_house import ADA, House, living
from tests.journeys.post_office import PostOffice, missing, post_office, until

pytestmark = pytest.mark.realnet
BO = "bo@members.example"
OF_MANY = """from newsletter_mail m join newsletter_issue i on i.id = m.issue_id
    join newsletter_subscriber s on s.id = m.subscriber_id where i.title = 'To many'"""
MANY = [f"reader{number:02d}@members.example" for number in range(40)]


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    if reason := missing():
        pytest.skip(reason)
    with post_office() as office:
        yield office


@pytest.fixture(scope="module")
def house(office: PostOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with living(office, tmp_path_factory.mktemp("house")) as house:
        do(house, f"lay_out({ADA!r}, {BO!r})")
        yield house


def do(house: House, act: str) -> str:
    code = f"from tests.journeys import letter_writers; letter_writers.{act}"
    return house.manage("shell", "-v", "0", "-c", code)


def told(house: House) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(do(house, "told()").splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def mail(house: House) -> EmailMessage:
    do(house, "send('What we mended', with_picture=True)")
    return house.office.letter(ADA, "What we mended")


def test_a_mail_lies_in_the_mailbox_with_heads_words_and_pictures(house: House, mail: EmailMessage) -> None:
    assert (str(mail["Subject"]), mail["From"].addresses[0].display_name) == ("What we mended", "Gilde für Räder")
    assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert str(mail["Reply-To"].addresses[0].addr_spec) == "letter@example.org"
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "\n.A line that begins with a dot." in plain.get_content().replace("\r\n", "\n")
    assert f"[Picture: {ALT}]" in plain.get_content()
    assert 'alt="A &quot;green&quot; bench &amp; &lt;lamp&gt;, 灯 – mended"' in html.get_content()
    (picture,) = [part for part in mail.walk() if part.get_content_maintype() == "image"]
    assert picture.get_content() == drawn()
    assert f'src="cid:{str(picture["Content-ID"]).strip("<>")}"' in html.get_content()
    assert len([each for each in house.office.letters(BO) if str(each["Subject"]) == "What we mended"]) == 1


def test_one_click_in_a_mail_program_ends_it(house: House, mail: EmailMessage) -> None:
    address = str(mail["List-Unsubscribe"]).strip("<>")
    assert address.startswith(house.origin)
    with urllib.request.urlopen(address, timeout=60) as page:
        assert "Stop this newsletter?" in page.read().decode()
    assert told(house)["readers"] == ["subscribed", "subscribed"]
    asked = urllib.request.Request(address, b"List-Unsubscribe=One-Click", method="POST")
    for _time in range(2):
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert answer.status == 200
    assert told(house)["readers"] == ["ended", "subscribed"]
    do(house, "send('The second issue')")
    house.office.letter(BO, "The second issue")
    assert [str(each["Subject"]) for each in house.office.letters(ADA)] == ["What we mended"]


def states(house: House) -> Counter[str]:
    """Of the mails of the issue to many, as they stand in the house's own rows."""
    return Counter(state for (state,) in house.rows(f"select m.state {OF_MANY}"))


def test_a_worker_that_is_killed_half_way_sends_nobody_a_second_mail(house: House) -> None:
    do(house, f"join(*{MANY!r})")
    do(house, "send('To many')")
    until(lambda: states(house)["taken"] > 3, "some mails to be out")
    killed = house.processes.pop("worker")
    killed.send_signal(signal.SIGKILL)
    killed.wait(30)
    left = states(house)
    assert left["waiting"] > 0, "it was killed too late to prove anything"
    do(house, "let_the_lease_run_out()")
    house.start("worker", "worker")
    until(lambda: not (states(house)["waiting"] or states(house)["on its way"]), "the rest to go out")
    assert states(house)["unclear"] == left["on its way"] <= 1
    assert states(house)["taken"] == sum(left.values()) - left["on its way"]
    sql = f"select s.address {OF_MANY} and m.state = 'taken'"
    taken = {address for (address,) in house.rows(sql)} & set(MANY)
    until(lambda: all(arrived(house, each) for each in taken), "Postfix to deliver the last")
    assert {each: number for each in MANY if (number := arrived(house, each)) != 1 and each in taken} == {}
    assert max(arrived(house, each) for each in MANY) == 1


def arrived(house: House, address: str) -> int:
    return len([1 for mail in house.office.letters(address) if str(mail["Subject"]) == "To many"])
