"""A stranger in a Matrix room, by the network's own Python SDK (matrix-nio), for the tests of the connector.

It runs with the Python of the throw-away environment that the server runs in. Each line of its input is a request
`{"do": ..., ...}`, each line of its output the answer. It reads the room as any other program would.
"""

import asyncio
import json
import sys

import nio


async def main(server: str, user: str, token: str) -> None:
    client = nio.AsyncClient(server, user)
    client.restore_login(user, "READER", token)
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            asked = json.loads(line)
            said = await getattr(Acts(client), asked.pop("do"))(**asked)
            sys.stdout.write(json.dumps(said) + "\n")
            sys.stdout.flush()
    finally:
        await client.close()


class Acts:
    """What the tests ask of the stranger."""

    def __init__(self, client: nio.AsyncClient) -> None:
        self.client = client

    async def join(self, room: str) -> str:
        return (await self.client.join(room)).room_id

    async def say(self, room: str, content: dict, kind: str = "m.room.message") -> str:
        return (await self.client.room_send(room, kind, content)).event_id

    async def event(self, room: str, id: str) -> dict:
        """One message: what class the SDK made of it, and what it holds."""
        found = (await self.client.room_get_event(room, id)).event
        return {"is": type(found).__name__, "body": getattr(found, "body", ""), "source": found.source}

    async def messages(self, room: str) -> list:
        """The room's messages, the newest first."""
        found = await self.client.room_messages(room, start="", direction=nio.MessageDirection.back, limit=50)
        return [
            {"is": type(each).__name__, "id": each.event_id, "body": getattr(each, "body", "")} for each in found.chunk
        ]

    async def bytes_of(self, mxc: str) -> str:
        return (await self.client.download(mxc)).body.hex()


asyncio.run(main(*sys.argv[1:]))
