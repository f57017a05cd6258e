"""One load on one server: what wrk counted, and the processor time that it cost the server."""

import json
import subprocess
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from proofs.speed.servers import Running

SCRIPT = """
local wishes = {}
for line in io.lines(os.getenv("WISHES")) do
  local method, path, cookie, body = line:match("^([^\\t]*)\\t([^\\t]*)\\t([^\\t]*)\\t(.*)$")
  wishes[#wishes + 1] = {method, path, cookie, body}
end
local unique, number = os.getenv("UNIQUE") == "1", tonumber(os.getenv("FIRST"))
request = function()
  number = number + 1
  local wish = wishes[number % #wishes + 1]
  local path = wish[2]
  if unique then path = path .. (path:find("?", 1, true) and "&" or "?") .. "n=" .. number end
  local headers = {["Host"] = os.getenv("HOST"), ["Accept-Language"] = "en"}
  if wish[3] ~= "" then headers["Cookie"] = wish[3] end
  local body = nil
  if wish[4] ~= "" then
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    body = wish[4] .. number
  end
  return wrk.format(wish[1], path, headers, body)
end
done = function(summary, latency, requests)
  io.write(string.format('\\nJSON{"requests":%d,"microseconds":%d,"bytes":%d,"p50":%d,"p95":%d,"p99":%d,"bad":%d,"lost":%d}\\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(95), latency:percentile(99),
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
"""


@dataclass(frozen=True)
class Wish:
    """One request."""

    path: str
    method: str = "GET"
    cookie: str = ""
    body: str = ""


@dataclass(frozen=True)
class Measured:
    """Rates per second, latencies in milliseconds, processor milliseconds a request, bytes an answer; what was refused or lost."""

    rate: float
    p50: float
    p95: float
    p99: float
    cpu: float
    bytes: float
    bad: int
    lost: int
    requests: int = 0

    def with_more(self, seconds: float) -> "Measured":
        """The same with processor time that was spent for these requests after they were answered."""
        return replace(self, cpu=self.cpu + seconds * 1000 / max(self.requests, 1))


class Load:
    """Asks a server again and again for the same wishes, in turn. `unique` makes every address a new one, so that no kept page answers."""

    counted = 0

    def __init__(self, wishes: list[Wish], *, unique: bool = False) -> None:
        self.wishes, self.unique = wishes, unique

    def press(self, server: Running, connections: int, seconds: int) -> Measured:
        with tempfile.TemporaryDirectory() as folder:
            script, wishes = Path(folder, "load.lua"), Path(folder, "wishes")
            script.write_text(SCRIPT)
            wishes.write_text("".join(f"{w.method}\t{w.path}\t{w.cookie}\t{w.body}\n" for w in self.wishes))
            Load.counted += 10_000_000
            environ = {
                "WISHES": str(wishes), "UNIQUE": "1" if self.unique else "0", "FIRST": str(Load.counted),
                "HOST": server.url.partition("//")[2], "PATH": "/usr/bin:/bin",
            }  # fmt: skip
            address = server.url.replace("localhost", "127.0.0.1")
            command = [
                "wrk",
                "-t1",
                f"-c{connections}",
                f"-d{seconds}s",
                "--timeout",
                "20s",
                "-s",
                str(script),
                address,
            ]
            before = server.cpu()
            said = subprocess.run(command, env=environ, check=True, capture_output=True, text=True).stdout
            used = server.cpu() - before
        return measured(json.loads(said.partition("JSON")[2]), used)


def measured(told: dict[str, int], cpu: float) -> Measured:
    answered = max(told["requests"], 1)
    return Measured(
        rate=told["requests"] / (told["microseconds"] / 1e6),
        p50=told["p50"] / 1000, p95=told["p95"] / 1000, p99=told["p99"] / 1000,
        cpu=cpu * 1000 / answered, bytes=told["bytes"] / answered, bad=told["bad"], lost=told["lost"],
        requests=told["requests"],
    )  # fmt: skip
