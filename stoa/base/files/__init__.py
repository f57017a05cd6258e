"""Files: kept under their digest, made anew from their pixels, fetched through the sight of the thing that they belong to.

    file = keep_picture(upload, by=actor)                          POST /files/ does this for a page
    topic.set_text(take_pictures(written, ("talk.topic", topic.id), by=actor))   in the action that saves the text
    attach([file.id], ("people.person", person.id), by=actor)      where a file stands alone
    <img src="{{ file.address }}">                                 /files/ID asks `things.may_see`; unattached: the owner alone

A file that is attached to nothing for two days is forgotten.
"""

from stoa.base.files.actions import (
    attach,
    copy_file,
    detach,
    erase_files_of,
    forget,
    forget_unattached,
    hand_over,
    keep_bytes,
    keep_picture,
    keep_small,
)
from stoa.base.files.moving import change_poster, keep_fitted_video, keep_our_video, keep_video, store_poster
from stoa.base.files.ours import check_still, double, keep_made, keep_ours, lend
from stoa.base.files.policy import may_bring_files, may_see_file
from stoa.base.files.storing import open_file, path_of
from stoa.base.files.texts import check_pictures, take_pictures
from stoa.base.files.videos import is_video

__all__ = [
    "attach", "change_poster", "check_pictures", "check_still", "copy_file",
    "detach", "double", "erase_files_of", "forget", "forget_unattached", "hand_over", "is_video",
    "keep_bytes", "keep_fitted_video", "keep_made", "keep_our_video", "keep_ours", "keep_picture", "keep_small",
    "keep_video", "lend", "may_bring_files", "may_see_file", "open_file",
    "path_of", "store_poster", "take_pictures",
]  # fmt: skip
