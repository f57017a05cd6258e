"""Accounts, posts and what becomes of them on Plaza."""

from stoa.social.networks.plaza.home.models.account import Account
from stoa.social.networks.plaza.home.models.notice import Notice
from stoa.social.networks.plaza.home.models.picture import Picture
from stoa.social.networks.plaza.home.models.post import Post
from stoa.social.networks.plaza.home.models.reaction import Reaction, Sighting

__all__ = ["Account", "Notice", "Picture", "Post", "Reaction", "Sighting"]
