"""A pair of nodes with several workers each: what one worker remembers, all of them do."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import trio

from m2m_trio.testing import open_upstream, parse_response, raw_exchange, reply, sse

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
pytestmark = pytest.mark.slow

ANSWER = json.dumps(
    {"choices": [{"message": {"role": "assistant", "content": "as I said " * 20}}]}
).encode()
Address = tuple[str, int]


@contextmanager
def open_process(
    upstream: str, workers: int, *, port: int = 0
) -> Iterator[tuple[Address, int]]:
    """``m2m-trio serve`` with so many workers: where it listens, and its process id."""
    flags = ["--upstream", upstream, "--port", str(port), "--workers", str(workers)]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "m2m_trio", "serve", *flags, "--log-format", "json"],
            stderr=log,
        )
        try:
            yield _listening(log.fileno(), workers), process.pid
            process.send_signal(signal.SIGINT)
            process.wait(30)
        finally:
            process.kill()
            process.wait()


def _listening(log: int, workers: int) -> Address:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        lines = os.pread(log, 1 << 20, 0).decode().splitlines()
        serving = [json.loads(line) for line in lines if '"serving"' in line]
        if len(serving) == workers:
            host, _, port = serving[0]["url"].split("/")[2].partition(":")
            return host, int(port)
        time.sleep(0.02)
    raise AssertionError("the node does not come up")


async def post(address: Address, body: bytes) -> bytes:
    head = b"POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n"
    head += b"authorization: Bearer k\r\nconnection: close\r\n"
    raw = await raw_exchange(address, head + b"content-length: %d\r\n\r\n" % len(body) + body)
    response = parse_response(raw)
    assert response.status == 200, response.body
    assert response.complete
    return response.body


async def stats(address: Address) -> dict[str, Any]:
    ask = b"GET /stats HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
    document: dict[str, Any] = parse_response(await raw_exchange(address, ask)).json()
    return document


def conversation(name: int, turns: int) -> Iterator[bytes]:
    chance = random.Random(name)
    messages = [{"role": "system", "content": "Be brief. " * 40}]
    for _ in range(turns):
        asked = " ".join(f"{chance.getrandbits(40):x}" for _ in range(60))
        messages.append({"role": "user", "content": asked})
        yield json.dumps({"model": "m", "messages": messages}).encode()
        messages.append({"role": "assistant", "content": "as I said " * 20})


async def test_four_workers_hit_as_often_as_one() -> None:
    counted = []
    for workers in (1, 4):
        async with open_upstream(reply(ANSWER)) as upstream:
            with (
                open_process(upstream.url, workers) as (far, _),
                open_process(f"http://{far[0]}:{far[1]}/v1", workers) as (near, _),
            ):
                talks = [conversation(name, 5) for name in range(8)]
                for bodies in zip(*talks, strict=True):
                    for body in bodies:
                        assert await post(near, body) == ANSWER
                        assert upstream.requests[-1].body == body
                edge, gateway = await stats(near), await stats(far)
                # The kernel chooses for each of the clients' 40 connections. The edge's own
                # to the gateway are few, and may all land on one worker.
                used = [each["requests_total"] for each in edge["workers"]]
                assert sum(count > 0 for count in used) > workers // 4
                counted.append((edge["hop"]["bases"], edge["hop"]["resends"]))
                assert gateway["hop"]["bases"]["miss"] == 0
                assert edge["compression_ratio"] < 0.4
    assert counted[0] == counted[1]
    assert counted[0][0]["hit"] >= 32


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no recorded traffic in ../shared/corpus")
async def test_recorded_traffic_through_two_nodes_of_two_workers() -> None:
    def records(family: str) -> list[dict[str, Any]]:
        with gzip.open(CORPUS / f"{family}.jsonl.gz", "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]

    async with open_upstream(reply(ANSWER)) as upstream:
        with (
            open_process(upstream.url, 2) as (far, _),
            open_process(f"http://{far[0]}:{far[1]}/v1", 2) as (near, _),
        ):
            for record in records("sessions-agent")[::6] + records("sessions-chat")[::6]:
                body = record["body0"]
                for prefix, insert, suffix in [(0, "", 0), *record["edits"]]:
                    if insert:
                        rest = body[len(body) - suffix :] if suffix else ""
                        body = body[:prefix] + insert + rest
                    sent = body.encode("utf-8", "surrogatepass")
                    assert await post(near, sent) == ANSWER
                    assert upstream.requests.pop().body == sent
            for record in records("sse-chat")[::8] + records("sse-responses-api")[::8]:
                pieces = [piece.encode("utf-8", "surrogatepass") for piece in stream(record)]
                upstream.script = sse([piece for piece in pieces if piece])
                assert await post(near, b'{"stream": true}') == b"".join(pieces)
            requests = (await stats(near))["hop"]["codings"]["request"]
            assert requests["dcz"]["coded"] < 0.08 * requests["dcz"]["plain"]


def stream(record: dict[str, Any]) -> list[str]:
    body = record["body"]
    return [piece + "\n\n" for piece in body.split("\n\n")[:-1]] + [body.split("\n\n")[-1]]


async def test_a_gateway_that_is_killed_and_started_again_loses_no_request() -> None:
    bodies = list(conversation(1, 9))
    async with open_upstream(reply(ANSWER)) as upstream:
        with ExitStack() as nodes:
            far, pid = nodes.enter_context(open_process(upstream.url, 2))
            url = f"http://{far[0]}:{far[1]}/v1"
            near, _ = nodes.enter_context(open_process(url, 2))
            for body in bodies[:3]:
                await post(near, body)
            os.kill(pid, signal.SIGINT)
            while listens(far):
                await trio.sleep(0.02)
            nodes.enter_context(open_process(upstream.url, 2, port=far[1]))
            for body in bodies[3:]:
                assert await post(near, body) == ANSWER
            assert (await stats(near))["hop"]["resends"] >= 1
        assert [request.body for request in upstream.requests] == bodies


def listens(address: Address) -> bool:
    with suppress(OSError), socket.create_connection(address, timeout=1):
        return True
    return False
