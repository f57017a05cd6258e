"""X's own Python package judges what our connector sends and what our small network answers, for the tests of the connector.

It runs with the Python of a throw-away environment. Each line of its input is a request `{"do": ..., ...}`, each line of its output the
answer. Nothing is sent anywhere.
"""

import json
import sys
from itertools import islice

import requests
from pydantic import BaseModel, ValidationError
from xdk import Client, schemas


def unknown(value: object, where: str = "") -> list[str]:
    """Names that X's models do not have, wherever they stand."""
    if isinstance(value, BaseModel):
        found = [f"{where}.{name}" for name in value.model_extra or {}]
        return found + [
            each for name in type(value).model_fields for each in unknown(getattr(value, name), f"{where}.{name}")
        ]
    if isinstance(value, list):
        return [each for number, one in enumerate(value) for each in unknown(one, f"{where}[{number}]")]
    return []


class Kept(requests.adapters.HTTPAdapter):
    """Keeps the request that would have gone out, and answers it with nothing."""

    def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:
        self.request = request
        answer = requests.Response()
        answer.status_code, answer._content, answer.request, answer.url = 200, b'{"data": {}}', request, request.url
        return answer


class Acts:
    """What the tests ask."""

    def model(self, name: str, value: object) -> list[str]:
        """What is wrong with a value, as X's model of that name sees it."""
        try:
            return unknown(getattr(schemas, name).model_validate(value, strict=True))
        except ValidationError as wrong:
            return [f"{each['loc']}: {each['msg']}" for each in wrong.errors()]

    def call(self, at: str, args: dict) -> list[str]:
        """The request that X's client makes of such a call: its method and its address."""
        client, kept = Client(access_token="any"), Kept()  # noqa: S106
        client.session.mount("https://", kept)
        room, _, verb = at.partition(".")
        try:
            made = getattr(getattr(client, room), verb)(**args)
            if hasattr(made, "__next__") or hasattr(made, "__iter__"):
                list(islice(made, 1))
        except ValidationError:
            pass  # of our empty answer
        return [kept.request.method, kept.request.url]


if __name__ == "__main__":
    while line := sys.stdin.readline():
        asked = json.loads(line)
        sys.stdout.write(json.dumps(getattr(Acts(), asked.pop("do"))(**asked)) + "\n")
        sys.stdout.flush()
