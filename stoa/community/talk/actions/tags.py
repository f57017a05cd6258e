"""Tagging topics, and tending the words: renaming, merging, forbidding."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.community.talk import finding, policy
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.facts import TagRuleDropped, TagRuleSet, TopicTagged
from stoa.community.talk.models import TagRule, Topic, TopicTag
from stoa.community.talk.models.tag import MOST_TAGS, normalised
from stoa.spaces.models import Space


def tag_topic(topic: Topic, names: Iterable[str], *, by: Actor) -> Topic:
    """Gives a topic these tags in place of those that it had."""
    with transaction.atomic():
        if not policy.may_tag(by, as_it_stands(topic)):
            raise NotAllowed(_("You cannot tag this topic."), _("Its author and the space's moderators can."))
        if put_tags(topic, names):
            finding.keep_topic(topic)
            announce(TopicTagged(topic.id, topic.space_id), by=by)
    return topic


def put_tags(topic: Topic, names: Iterable[str]) -> bool:
    """Writes the tags of a saved topic as the vocabulary spells them; says whether that changed any. Raises `Invalid`."""
    wanted = as_spelled(names, topic.space)
    if len(wanted) > MOST_TAGS:
        raise Invalid(_("A topic has at most five tags."), field="tags")
    if wanted == topic.tag_names:
        return False
    TopicTag.objects.filter(topic=topic).exclude(name__in=wanted).delete()
    kept = set(TopicTag.objects.filter(topic=topic).values_list("name", flat=True))
    TopicTag.objects.bulk_create([TopicTag(topic=topic, name=name) for name in wanted if name not in kept])
    topic.tagged = " ".join(wanted)
    topic.save(update_fields=["tagged"])
    return True


def as_spelled(names: Iterable[str], space: Space) -> list[str]:
    """The tags as the vocabulary of this space, and then the site's, spells them. Raises `Invalid` for a forbidden one."""
    typed = list(dict.fromkeys(name for each in names if (name := normalised(each))))
    if not typed:
        return []
    rules: dict[str, str] = {}
    for rule in TagRule.objects.for_space(space).filter(name__in=typed):
        rules.setdefault(rule.name, rule.becomes)
    for name in typed:
        if rules.get(name) == "":
            raise Invalid(_("“%(tag)s” is not used as a tag here.") % {"tag": name}, field="tags")
    return list(dict.fromkeys(rules.get(name, name) for name in typed))


def set_tag_rule(space: Space | None, name: str, becomes: str = "", *, by: Actor) -> TagRule:
    """From now on `name` is written `becomes` (or, without one, not used), on all topics of the space, or everywhere."""
    name, becomes = normalised(name), normalised(becomes)
    if not name or name == becomes:
        raise Invalid(_("Give the tag, and another word for it."), field="name")
    with transaction.atomic():
        if not policy.may_tend_tags(by, space):
            raise NotAllowed(_("You cannot tend these tags."), _("The moderators can."))
        same = TagRule.objects.filter(space=space)
        becomes = same.filter(name=becomes).values_list("becomes", flat=True).first() or becomes
        if becomes == name:
            raise Invalid(_("These two would become each other."), _("Drop the other rule first."), field="name")
        same.filter(becomes=name).exclude(name=becomes).update(becomes=becomes)
        rule, _new = TagRule.objects.update_or_create(space=space, name=name, defaults={"becomes": becomes})
        _respell(space, name, becomes)
        announce(TagRuleSet(rule.id, space.id if space else None, is_forbidden=not becomes), by=by)
    return rule


def drop_tag_rule(rule: TagRule, *, by: Actor) -> None:
    """The word may be used again; what was respelled stays."""
    with transaction.atomic():
        if not policy.may_tend_tags(by, rule.space):
            raise NotAllowed(_("You cannot tend these tags."), _("The moderators can."))
        announce(TagRuleDropped(rule.id, rule.space_id), by=by)
        rule.delete()


def _respell(space: Space | None, name: str, becomes: str) -> None:
    topics = Topic.objects.filter(tags__name=name).select_related("space")
    for topic in (topics.filter(space=space) if space else topics).iterator():
        names = [becomes if each == name else each for each in topic.tag_names]
        put_tags(topic, [each for each in names if each])
        if topic.is_here:
            finding.keep_topic(topic)
