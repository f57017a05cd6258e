"""A newsletter whose readers have mailboxes, for the journey of newsletters by mail: laid out from within `manage.py shell`."""

import io
import json

from PIL import Image

from stoa.base import actors
from stoa.base.options import set_option
from stoa.social.networks.newsletter.home.actions.issues import Draft, write_issue
from stoa.social.networks.newsletter.home.actions.newsletters import Said, make_newsletter
from stoa.social.networks.newsletter.home.actions.pictures import store_picture
from stoa.social.networks.newsletter.home.actions.subscribing import subscribe
from stoa.social.networks.newsletter.home.models import Issue, Mail, Newsletter, Subscriber
from stoa.spaces.tests.makers import make_staff

ALT = 'A "green" bench & <lamp>, 灯 – mended'


def lay_out(*addresses: str) -> None:
    said = Said(
        "The Bench Letter", "What we mended", "Gilde für Räder", "letter@example.org", "7 Quay Lane, Brackwater"
    )
    letter = make_newsletter("bench", said, by=actors.system("tests"))
    set_option("newsletter.mails_per_minute", 6000, by=make_staff("owner"))
    join(*addresses)
    print(json.dumps({"newsletter": letter.id}))


def join(*addresses: str) -> None:
    for address in addresses:
        subscribe(Newsletter.objects.get(), address, consent="confirmed", language="en")


def drawn() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 40), "teal").save(file, "PNG")
    return file.getvalue()


def send(title: str, *, with_picture: bool = False) -> None:
    letter = Newsletter.objects.get()
    pictures = [(store_picture(drawn(), by=letter), ALT)] if with_picture else []
    text = "Come on Saturday: https://stoa.test/l/abc\n\n.A line that begins with a dot."
    write_issue(Draft(title, text, "en", pictures), by=letter, key=title)


def let_the_lease_run_out() -> None:
    """Minutes pass."""
    Issue.objects.filter(state="sending").update(lease_until=None)


def told() -> None:
    states = list(Mail.objects.order_by("id").values_list("issue__title", "subscriber__address", "state"))
    readers = dict(Subscriber.objects.values_list("id", "state"))
    print(json.dumps({"mails": states, "readers": sorted(readers.values())}))
