"""What this room keeps of a person: what they brought for the organisation. When they leave, the pictures stay and their name goes."""

from typing import Any

from stoa.people.keeping import Keeping
from stoa.people.models import Person
from stoa.social.library.models import Asset, AssetVersion


def export(person: Person) -> dict[str, Any]:
    """The assets that they brought, with what is said of each, and the versions."""
    return {
        "assets": [
            {
                "id": each.shown_id, "title": each.title, "alt": each.alt, "credit": each.credit, "licence": each.licence,
                "at": each.at.isoformat(),
            }
            for each in Asset.objects.filter(by=person).order_by("id")
        ],
        "versions": [
            {"asset": each.asset.shown_id, "number": each.number, "why": each.why, "at": each.at.isoformat()}
            for each in AssetVersion.objects.filter(by=person).select_related("asset").order_by("id")
        ],
    }  # fmt: skip


def erase(person: Person) -> None:
    """Nothing says any more who brought it. A credit stays: it is owed to whoever made the picture."""
    Asset.objects.filter(by=person).update(by=None)
    AssetVersion.objects.filter(by=person).update(by=None)


KEEPING = Keeping("library", export, erase)
