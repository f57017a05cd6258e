"""This room's options."""

from stoa.base.options import option

VIDEO_MEGABYTES = option(
    "library.video_megabytes", 50,
    "How large a video may be that somebody brings, in megabytes. The server takes no more at once than STOA_BODY_LIMIT says.",
    least=1, most=4000,
)  # fmt: skip


def most_bytes() -> int:
    return int(VIDEO_MEGABYTES.get()) * 1_000_000
