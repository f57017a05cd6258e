"""`{% shell %}TITLE{% part %}BODY{% endshell %}`: draws both in the community face's own page."""

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from stoa.base.words import sentence

register = template.Library()


class Shell(Node):
    """A page of the sign-in library inside ours."""

    child_nodelists = ("title", "body")

    def __init__(self, title: NodeList, body: NodeList) -> None:
        self.title = title
        self.body = body

    def render(self, context: Context) -> SafeString:
        title, body = self.title.render(context), self.body.render(context)
        parts = {"page_title": mark_safe(sentence(title.strip())), "page_body": mark_safe(body)}
        return mark_safe(render_to_string("people/shell.html", parts, request=context["request"]))


@register.tag
def shell(parser: Parser, token: Token) -> Shell:
    """Both parts were rendered, and escaped, by the engine that made them."""
    title = parser.parse(("part",))
    parser.delete_first_token()
    body = parser.parse(("endshell",))
    parser.delete_first_token()
    return Shell(title, body)
