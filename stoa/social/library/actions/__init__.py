"""What happens to assets and folders: one file per noun."""

from stoa.social.library.actions.assets import About, bring_asset, delete_asset, describe_asset, keep_file
from stoa.social.library.actions.folders import delete_folder, make_folder, rename_folder
from stoa.social.library.actions.several import move_assets, tag_assets
from stoa.social.library.actions.versions import add_version, go_back
from stoa.social.library.actions.videos import add_video, bring_video, choose_poster

__all__ = [
    "About", "add_version", "add_video", "bring_asset", "bring_video", "choose_poster", "delete_asset",
    "delete_folder", "describe_asset", "go_back", "keep_file", "make_folder",
    "move_assets", "rename_folder", "tag_assets",
]  # fmt: skip
