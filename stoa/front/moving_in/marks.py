"""Which emoji becomes which of our signs, and the emoji behind a short name in a text."""

import re

SIGNS = {
    "love": "heart heart_eyes love blue_heart green_heart purple_heart yellow_heart orange_heart hugs hug smiling_face_with_hearts "
    "heart_kiss two_hearts sparkling_heart",
    "laugh": "laughing joy smile grinning rofl smiley grin satisfied rolling_on_the_floor_laughing big_smile slight_smile",
    "wow": "open_mouth astonished wow exploding_head mind_blown hushed scream eyes",
    "agree": "+1 thumbs_up thumbsup 100 check white_check_mark ok ok_hand point_up check_mark heavy_plus_sign",
    "celebrate": "tada confetti_ball partying_face party_popper clap raised_hands fire rocket star trophy applause",
    "sad": "cry sad sob disappointed frowning worried slight_frown broken_heart",
    "thanks": "pray thanks thank_you bow folded_hands",
}  # fmt: skip
BY_EMOJI = {name: sign for sign, names in SIGNS.items() for name in names.split()}

WRITTEN = {
    "smile": "😄", "slight_smile": "🙂", "grinning": "😀", "laughing": "😆", "joy": "😂", "wink": "😉", "heart": "❤️",
    "heart_eyes": "😍", "+1": "👍", "thumbs_up": "👍", "thumbsup": "👍", "-1": "👎", "tada": "🎉", "rocket": "🚀", "fire": "🔥",
    "eyes": "👀", "pray": "🙏", "clap": "👏", "wave": "👋", "cry": "😢", "sob": "😭", "thinking": "🤔", "sweat_smile": "😅",
    "open_mouth": "😮", "partying_face": "🥳", "100": "💯", "star": "⭐", "warning": "⚠️", "bulb": "💡", "check": "✅",
    "white_check_mark": "✅", "x": "❌", "sunglasses": "😎", "blush": "😊", "slightly_smiling_face": "🙂", "hugs": "🤗",
}  # fmt: skip
_short = re.compile(r"(?<![\w:]):([a-z0-9_+-]{1,40}):(?![\w:])")


def sign_of(emoji: str) -> str:
    """Our sign for the short name of an emoji; empty when there is none."""
    return BY_EMOJI.get(emoji.strip(":").split(":")[0].lower(), "")


def with_emoji(text: str) -> str:
    """Short names that everybody knows as the emoji itself; others stay as they are written."""
    return _short.sub(lambda match: WRITTEN.get(match[1], match[0]), text)
