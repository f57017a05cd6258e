"""What a page of ours may load, said with every answer: django-csp's own, but that the one policy of the place is written once.

No page has a nonce, and none changes the policy; an answer that does (or that has said its own) is left to django-csp.
"""

from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

OWN = {
    "_csp_exempt",
    "_csp_exempt_ro",
    "_csp_config",
    "_csp_config_ro",
    "_csp_update",
    "_csp_update_ro",
    "_csp_replace",
    "_csp_replace_ro",
}


class SaysWhatMayLoad(CSPMiddleware):
    """The header of each answer."""

    _written: tuple[Any, str] = (None, "")

    def process_request(self, request: HttpRequest) -> None:
        """No nonce is prepared: there is none."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        policy = settings.CONTENT_SECURITY_POLICY
        if (
            settings.DEBUG
            or set(policy) != {"DIRECTIVES"}
            or hasattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY")
            or OWN & vars(response).keys()
        ):
            return super().process_response(request, response)
        if self._written[0] is not policy:
            self._written = (policy, build_policy())
        response.headers.setdefault(HEADER, self._written[1])
        return response
