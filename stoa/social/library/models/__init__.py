"""This room's tables, one noun per file."""

from stoa.social.library.models.asset import Asset, AssetTag
from stoa.social.library.models.folder import Folder
from stoa.social.library.models.version import AssetVersion, Band

__all__ = ["Asset", "AssetTag", "AssetVersion", "Band", "Folder"]
