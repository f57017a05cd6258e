"""Licences: whose a picture is, and what that allows. Sources: creativecommons.org/licenses, read 2026-11-30.

A licence that asks for credit has its credit in every post that shows the picture. One that forbids changes (ND) lets a picture be made
smaller or be written in another format, and never be cut. Where nothing is known a person is warned; what is somebody else's without
their leave does not go out.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Licence:
    """`mark`: how it is named in a line of credit, in every language. `credited`: the credit must be shown. `noted`: what was agreed must
    be written down. `cuts`: a part of the picture may be shown. `goes`: it may go out at all."""

    key: str
    label: Callable[[], str]
    mark: str = ""
    credited: bool = False
    noted: bool = False
    cuts: bool = True
    goes: bool = True


ALL = (
    Licence("own", lambda: _("Our own work")),
    Licence("permission", lambda: _("With permission"), noted=True),
    Licence("cc0", lambda: _("CC0, public domain"), mark="CC0"),
    Licence("cc_by", lambda: _("CC BY: with credit"), mark="CC BY", credited=True),
    Licence("cc_by_sa", lambda: _("CC BY-SA: with credit, shared alike"), mark="CC BY-SA", credited=True),
    Licence("cc_by_nd", lambda: _("CC BY-ND: with credit, unchanged"), mark="CC BY-ND", credited=True, cuts=False),
    Licence("cc_by_nc", lambda: _("CC BY-NC: with credit, not for business"), mark="CC BY-NC", credited=True),
    Licence(
        "cc_by_nc_sa", lambda: _("CC BY-NC-SA: the same, shared alike"), mark="CC BY-NC-SA", credited=True,
    ),
    Licence(
        "cc_by_nc_nd", lambda: _("CC BY-NC-ND: the same, unchanged"), mark="CC BY-NC-ND", credited=True, cuts=False,
    ),
    Licence("unknown", lambda: _("Not known yet")),
    Licence("reserved", lambda: _("All rights reserved, not ours"), goes=False),
)  # fmt: skip
KEYS = tuple(each.key for each in ALL)
_by_key = {each.key: each for each in ALL}


def licence_of(key: str) -> Licence:
    return _by_key.get(key) or _by_key["unknown"]


def choices() -> list[tuple[str, str]]:
    return [(each.key, each.label()) for each in ALL]
