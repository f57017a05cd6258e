"""Tags and the words for them."""

from dataclasses import dataclass

from stoa.base.facts import Fact, fact


@fact("talk.topic_tagged", about=("talk.topic", "topic"))
@dataclass(frozen=True)
class TopicTagged(Fact):
    """A topic has other tags than before."""

    topic: int
    space: int


@fact("talk.tag_rule_set", about=("talk.tag_rule", "rule"))
@dataclass(frozen=True)
class TagRuleSet(Fact):
    """A tag is renamed, merged into another, or forbidden; in one space, or everywhere."""

    rule: int
    space: int | None
    is_forbidden: bool


@fact("talk.tag_rule_dropped", about=("talk.tag_rule", "rule"))
@dataclass(frozen=True)
class TagRuleDropped(Fact):
    rule: int
    space: int | None
