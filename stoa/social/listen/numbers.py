"""What networks say of a post's numbers, as its page shows them: the newest reading of each measure, channel by channel."""

from collections.abc import Mapping
from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.pages import piece
from stoa.base.requests import Request
from stoa.social.listen.paid import apart
from stoa.social.listen.reading import NOT_READ_YET, Number, numbers_of
from stoa.social.networks.protocol import NOT_OFFERED
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.models.delivery import PUBLISHED
from stoa.social.publish.words import piece_word


def table_of(post: Post, actor: Actor) -> tuple[list[str], list[list[str]]]:
    """(what the measures are called, a row for each channel where it is out; a second one for what came while it was boosted)."""
    out = Delivery.objects.visible_to(actor).filter(post=post, state=PUBLISHED)
    deliveries = list(out.select_related("channel").order_by("id"))
    told = numbers_of(deliveries)
    labels = {key: number.label for numbers in told.values() for key, number in numbers.items()}
    paid = apart(deliveries)
    rows: list[list[str]] = []
    for each in deliveries:
        cells = {key: said(told[each.id].get(key)) for key in labels}
        if each.id not in paid:
            rows.append([named(each), *cells.values()])
            continue
        organic, boosted = paid[each.id].organic, paid[each.id].boosted
        rows.append([named(each), *(shown(organic, key, cell) for key, cell in cells.items())])
        if boosted:
            name = _("%(name)s, while boosted") % {"name": named(each)}
            rows.append([name, *(shown(boosted, key, cell) for key, cell in cells.items())])
    return list(labels.values()), rows


def shown(values: Mapping[str, int | None], key: str, cell: str) -> str:
    """The number where one was read, else which of the two other things it is."""
    value = values.get(key)
    return cell if value is None else f"{value:,}"


def named(delivery: Delivery) -> str:
    """Its channel, and which part of the post it is."""
    piece = piece_word(delivery)
    return f"{delivery.channel.title}: {piece}" if piece else delivery.channel.title


def said(number: Number | None) -> str:
    """A number, or which of the two other things it is; neither is 0."""
    if number is None or number.value is NOT_OFFERED:
        return _("not offered")
    return _("not read yet") if number.value is NOT_READ_YET else f"{number.value:,}"


def draw_numbers(request: HttpRequest, post: Post) -> str:
    labels, rows = table_of(post, cast(Request, request).actor)
    if not labels:
        return ""
    heads = [_("Channel"), *({"label": label, "figure": True} for label in labels)]
    return piece(request, "listen/panel_numbers.html", {"heads": heads, "rows": rows})
