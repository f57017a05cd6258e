"""Archives as Zulip and Discourse write them, made up: the same files, tables and columns, with as many messages as are asked for. For
tests, and for the proof of moving in."""

from stoa.front.tests.archives.made_up import Size, name_of, picture, put, put_json
from stoa.front.tests.archives.of_discourse import discourse
from stoa.front.tests.archives.of_zulip import zulip, zulip_messages, zulip_realm

__all__ = ["Size", "discourse", "name_of", "picture", "put", "put_json", "zulip", "zulip_messages", "zulip_realm"]
