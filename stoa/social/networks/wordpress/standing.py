"""What stands on a site: a post by its name, its pictures, and the evidence that it gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from stoa.social.networks.protocol import Gone, Line, Picture, Published, Refused, TryLater, Unknown
from stoa.social.networks.titles import bears
from stoa.social.networks.wordpress import texts, wire

PAGE = 100


def found(name: str, over: Line) -> Mapping[str, Any] | None:
    """The post of that name, whatever its state, but what lies in the trash."""
    rows = wire.rows(over, "posts", slug=name, status="any", context="edit")
    return next((each for each in rows if each.get("slug") == name), None)


def found_since(key: str, made_at: datetime, over: Line) -> Mapping[str, Any] | None:
    """The post that was made with this key, whatever its title is now: among ours since the day before, whatever zone the site is in."""
    since = (made_at - timedelta(days=1)).astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "")
    asked = {"author": over.credentials["id"], "after": since, "order": "asc", "per_page": PAGE}
    rows = wire.rows(over, "posts", status="any", context="edit", **asked)
    standing = next((each for each in rows if bears(str(each.get("slug") or ""), key)), None)
    if standing is None and len(rows) >= PAGE:
        raise TryLater("So much was posted there since that it could not be found out.", after=3600.0)
    return standing


def stored_picture(picture: Picture, post: str, over: Line) -> texts.Stored:
    """Stored once for this post, in whatever attempt."""
    name = texts.name_of_picture(post, picture)
    rows = wire.rows(over, "media", slug=name, context="edit")
    told = next((each for each in rows if each.get("slug") == name), None)
    made = told or wire.store(over, picture, name)
    if not isinstance(made, dict) or not wire.is_number(made.get("id")) or not made.get("source_url"):
        raise Refused(
            "The site did not name the picture that it stored.", mend="Try again, or look there at its media."
        )
    return texts.Stored(made["id"], str(made["source_url"]), picture.alt)


def shows_featured(over: Line) -> bool:
    """Whether the site's theme shows a post's featured picture: then the first one stands there and not in the text as well."""
    try:
        themes = wire.read(over, "themes", status="active")
    except (Refused, Gone):
        return False
    theme = themes[0] if isinstance(themes, list) and themes else None
    supports = theme.get("theme_supports") if isinstance(theme, dict) else None
    return bool(supports.get("post-thumbnails")) if isinstance(supports, dict) else False


def own_pictures(path: str, over: Line) -> list[int]:
    """The pictures that were stored for this post: they bear its name. What somebody added there is left alone."""
    try:
        post = wire.row(over, path, context="edit")
    except Gone:
        return []
    name = str(post.get("slug") or "").removesuffix("__trashed")
    shown = [int(each) for each in texts.PICTURE_ID.findall(wire.text_in(post, "content", "raw"))]
    featured = post.get("featured_media")
    wanted = sorted({*shown, *([int(featured)] if featured and wire.is_number(featured) else ())})
    rows = wire.rows(over, "media", include=",".join(map(str, wanted)), per_page=100) if wanted and name else []
    return [each["id"] for each in rows if each.get("id") in wanted and str(each.get("slug")).startswith(f"{name}-")]


def published(told: Any, kind: str = "") -> Published:
    if not isinstance(told, dict) or not wire.is_number(told.get("id")):
        raise Unknown("The site's answer does not name the post.")
    changed = str(told.get("modified_gmt") or told["id"])
    at = wire.instant_of(told.get("date_gmt"))
    return Published(f"{kind}{told['id']}", changed[:200], str(told.get("link") or ""), at)


def number_of(id: str, kind: str = "") -> int:
    """The number in an id of ours: posts are bare numbers, comments begin with c. 0 for what is none."""
    number = id.removeprefix(kind)
    fits = id.startswith(kind) and number.isascii() and number.isdigit() and len(number) < 19
    return int(number) if fits else 0
