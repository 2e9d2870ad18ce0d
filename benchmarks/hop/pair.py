"""An edge and a gateway with a relay between them, and a provider behind."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import trio
from provider import Provider
from relay import Relay

sys.path.append(str(Path(__file__).parents[1]))
from measure import cpu_seconds, free_port, running, wait_until_served

HEALTH = b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n"


class Node:
    """One running node."""

    def __init__(self, port: int, pid: int) -> None:
        self.port = port
        self.pid = pid

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of CPU used so far."""
        return cpu_seconds(self.pid)

    def hop(self) -> dict[str, Any]:
        """The part of ``/stats`` that tells of the hop."""
        with urlopen(f"{self.origin}/stats", timeout=10) as reply:
            return dict(json.load(reply)["hop"])


@contextmanager
def open_node(upstream: str, *options: str, core: int) -> Iterator[Node]:
    port = free_port()
    serve = [sys.executable, "-m", "m2m_trio", "serve", "--port", str(port)]
    command = [*serve, "--upstream", upstream, "--log-level", "error", *options]
    with running(command, core=core) as process:
        wait_until_served(port, HEALTH, within=20)
        yield Node(port, process.pid)


@dataclass
class Pair:
    """What is running."""

    edge: Node
    gateway: Node
    relay: Relay
    provider: Provider


@asynccontextmanager
async def open_pair(
    *, rate: float = math.inf, delay: float = 0.0, pace: float = 0.0, relayed: bool = True
) -> AsyncIterator[Pair]:
    """The pair for as long as the block lasts; ``pace`` is the provider's, see `Provider`."""
    provider = Provider(pace=pace)
    async with trio.open_nursery() as nursery:
        port = await nursery.start(provider.serve)
        with open_node(f"http://127.0.0.1:{port}/v1", core=0) as gateway:
            relay = Relay(gateway.port, rate=rate, delay=delay)
            port = await nursery.start(relay.serve) if relayed else gateway.port
            with open_node(f"http://127.0.0.1:{port}/v1", core=1) as edge:
                yield Pair(edge, gateway, relay, provider)
        nursery.cancel_scope.cancel()
