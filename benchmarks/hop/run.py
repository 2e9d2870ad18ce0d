"""What crosses the hop, what it costs, and how soon the first token comes.

python benchmarks/hop/run.py bytes [--quick] [--write]
python benchmarks/hop/run.py first-token [--quick] [--write]
python benchmarks/hop/run.py latency [--quick] [--write]
python benchmarks/hop/run.py memory [--quick] [--write]
python benchmarks/hop/run.py soak [--minutes 10] [--workers 1] [--write]

``--write`` puts the table into the docs.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import brotli
import httpx
import trio
from pair import Pair, open_node, open_pair
from provider import Provider
from relay import Relay
from report import replace_block
from soak import measure_memory, soak
from traffic import NO_REPLY, Session, Turn, classes, growing_turns, large_turns, plain_reply

from m2m_trio.codecs import zstd

PACKET_BYTES = 40  # IPv4 and TCP heads without options
RATES = (1, 5, 20)  # Mbit/s
ONE_WAY = 0.025  # seconds: 50 ms there and back
PATH = "/v1/chat/completions"
WITHOUT_HOP = Path(__file__).with_name("without_hop.toml")
PAGE = Path(__file__).parents[2] / "docs/explanation/what-the-hop-saves.md"


# -- bytes ----------------------------------------------------------------------------------


@dataclass
class Alone:
    """What each codec alone makes of a class."""

    plain: int = 0
    gzip: int = 0
    brotli: int = 0
    zstd: int = 0

    def add(self, turn: Turn, *, streams: bool) -> None:
        if streams:
            self.plain += sum(map(len, turn.reply))
            deflater = zlib.compressobj(6, zlib.DEFLATED, 31)
            self.gzip += _streamed(turn.reply, deflater.compress, _sync(deflater))
            compressor = brotli.Compressor(quality=5)
            self.brotli += _streamed(turn.reply, compressor.process, compressor.flush)
            encoder = zstd.Zstd().encoder()
            self.zstd += _streamed(turn.reply, encoder.feed, encoder.flush)
            encoder.finish()
            return
        for body in turn.bodies:
            self.plain += len(body)
            self.gzip += min(len(body), len(gzip.compress(body, 6)))
            self.brotli += min(len(body), len(brotli.compress(body, quality=5)))
            self.zstd += min(len(body), len(zstd.encode(body)))


def _sync(deflater: zlib._Compress) -> Callable[[], bytes]:
    return lambda: deflater.flush(zlib.Z_SYNC_FLUSH)


def _streamed(
    events: Sequence[bytes], feed: Callable[[bytes], bytes], flush: Callable[[], bytes]
) -> int:
    return sum(len(feed(event)) + len(flush()) for event in events)


async def measure_bytes(*, quick: bool) -> Rows:
    rows: Rows = [
        [
            "class", "messages", "plain", "gzip", "brotli", "zstd", "**request**",
            "**reply**", "+ HTTP", "+ TCP/IP", "edge", "gateway",
        ]
    ]  # fmt: skip
    show(rows[0])
    for name, sessions in classes(quick=quick).items():
        streams = name.startswith("streams")
        for pace in (0.0, 0.002) if streams else (0.0,):
            shown = f"{name}, paced" if pace else name
            async with open_pair(pace=pace) as pair:
                rows.append(await _measure_class(shown, sessions[:: 6 if pace else 1], pair))
            show(rows[-1])
    return rows


async def _measure_class(name: str, sessions: list[Session], pair: Pair) -> list[str]:
    streams = name.startswith("streams")
    alone = Alone()
    turns = [turn for session in sessions for turn in session]
    async with httpx.AsyncClient(base_url=pair.edge.origin, trust_env=False) as client:
        await client.post(PATH, content=b"{}" * 60)  # the two nodes meet
        for passed in (pair.relay.up, pair.relay.down):
            passed.clear()
        cpu = pair.edge.cpu(), pair.gateway.cpu()
        before = pair.edge.hop()["codings"]
        for number, turn in enumerate(turns):
            await _exchange(client, pair.provider, turn, str(number))
            alone.add(turn, streams=streams)
        used = pair.edge.cpu() - cpu[0], pair.gateway.cpu() - cpu[1]
    if pair.provider.wrong:
        raise SystemExit(f"{name}: requests arrived changed: {pair.provider.wrong[:5]}")
    requests = sum(len(turn.request) for turn in turns)
    replies = sum(len(part) for turn in turns for part in turn.reply if part != NO_REPLY)
    after = pair.edge.hop()["codings"]
    sent = _crossed(before, after, "request", requests)
    got = _crossed(before, after, "response", replies)
    directions = (pair.relay.down,) if streams else (pair.relay.up, pair.relay.down)
    wire = sum(each.size_bytes for each in directions)
    packets = sum(each.pieces for each in directions)
    count = sum(len(turn.reply) for turn in turns) if streams else len(turns)
    plain = alone.plain
    return [
        name,
        f"{len(turns)}",
        f"{plain / 1e6:.2f} MB",
        *(percent(each, plain) for each in (alone.gzip, alone.brotli, alone.zstd)),
        percent(sent, requests) if requests > 2 * len(turns) else "",
        percent(got, replies) if replies else "",
        percent(wire, plain),
        percent(wire + PACKET_BYTES * packets, plain),
        *(f"{each / count * 1e6:.0f} µs" for each in used),
    ]


async def _exchange(
    client: httpx.AsyncClient, provider: Provider, turn: Turn, key: str
) -> None:
    provider.turns[key] = turn
    tenant = "one" if turn.in_session else key  # what comes alone finds nothing to lean on
    headers = {"x-replay": key, "authorization": f"Bearer {tenant}"}
    reply = await client.post(PATH, content=turn.request, headers=headers, timeout=60)
    if reply.content != b"".join(turn.reply):
        raise SystemExit(f"a reply arrived changed: {turn.reply[0][:80]!r} ...")


def _crossed(before: dict[str, Any], after: dict[str, Any], direction: str, plain: int) -> int:
    """Bytes of bodies that crossed the hop: coded ones, and those that went as they were."""

    def total(codings: dict[str, Any], form: str) -> int:
        return sum(int(each[form]) for each in codings.get(direction, {}).values())

    coded = total(after, "coded") - total(before, "coded")
    return coded + max(0, plain - (total(after, "plain") - total(before, "plain")))


# -- first token ----------------------------------------------------------------------------


FIRST = [b'data: {"choices":[{"delta":{"content":"word"}}]}\n\n'] * 3


async def measure_first_token(*, quick: bool) -> Rows:
    rows = [["turn", "uplink", "direct", "gzip", "the pair", "direct / pair"]]
    show(rows[0])
    for size in (1_000_000,) if quick else (500_000, 1_000_000):
        bodies = large_turns(size, 4 if quick else 6)
        for rate in RATES[1:2] if quick else RATES:
            line = {"rate": rate * 125_000, "delay": ONE_WAY}
            direct = await _lone(bodies, line, code=None)
            packed = await _lone(bodies, line, code=lambda body: gzip.compress(body, 6))
            async with open_pair(**line) as pair:
                paired = await _times(pair.edge.origin, pair.provider, bodies, None)
            seconds = [f"{each:.2f} s" for each in (direct, packed, paired)]
            turn = f"{len(bodies[-1]) / 1000:.0f} KB"
            rows.append([turn, f"{rate} Mbit/s", *seconds, f"{direct / paired:.1f}"])
            show(rows[-1])
    return rows


async def _lone(
    bodies: list[bytes], line: dict[str, float], code: Callable[[bytes], bytes] | None
) -> float:
    """Without an edge: plain, or as a client that compresses by itself."""
    provider = Provider()
    async with trio.open_nursery() as nursery:
        port = await nursery.start(provider.serve)
        with open_node(f"http://127.0.0.1:{port}/v1", core=0) as node:
            relay = Relay(node.port, rate=line["rate"], delay=line["delay"])
            port = await nursery.start(relay.serve)
            taken = await _times(f"http://127.0.0.1:{port}", provider, bodies, code)
        nursery.cancel_scope.cancel()
    return taken


async def _times(
    origin: str,
    provider: Provider,
    bodies: list[bytes],
    code: Callable[[bytes], bytes] | None,
) -> float:
    """The median of all turns but the first two: of those one is plain, one alone."""
    taken = []
    async with httpx.AsyncClient(base_url=origin, trust_env=False, timeout=120) as client:
        for number, body in enumerate(bodies):
            provider.turns[f"{number}"] = Turn(body, FIRST, streamed=True)
            headers = {"x-replay": f"{number}", "authorization": "Bearer key"}
            sent = body
            start = time.perf_counter()
            if code is not None:
                sent = code(body)
                headers["content-encoding"] = "gzip"
            async with client.stream("POST", PATH, content=sent, headers=headers) as reply:
                pieces = reply.aiter_raw()
                first = await anext(pieces)
                taken.append(time.perf_counter() - start)
                got = first + b"".join([piece async for piece in pieces])
            if got != b"".join(FIRST) or provider.wrong:
                raise SystemExit("a request or a reply arrived changed")
    return statistics.median(taken[2:])


# -- latency --------------------------------------------------------------------------------


async def measure_latency(*, quick: bool) -> Rows:
    """Requests of a conversation on loopback, straight and through two nodes in turns.

    Only the two nodes that are measured run: others would leave them cold caches.
    """
    rows = [["request", "direct, p50", "two nodes add", "**the pair adds**", "of it, coding"]]
    show(rows[0])
    for kilobytes in (10,) if quick else (1, 10, 50):
        bodies = growing_turns(kilobytes * 1000, 60 if quick else 300)
        direct, quiet = await _compare(bodies, "--config", str(WITHOUT_HOP))
        also_direct, pair = await _compare(bodies)
        size = f"{len(bodies[len(bodies) // 2]) / 1000:.0f} KB"
        added = (quiet - direct, pair - also_direct, pair - also_direct - quiet + direct)
        rows.append([size, *(f"{each * 1e3:.2f} ms" for each in (also_direct, *added))])
        show(rows[-1])
    return rows


async def _compare(bodies: list[bytes], *options: str) -> list[float]:
    """The median seconds straight to the provider, and through two nodes with ``options``."""
    provider = Provider()
    async with trio.open_nursery() as nursery:
        port = await nursery.start(provider.serve)
        with (
            open_node(f"http://127.0.0.1:{port}/v1", *options, core=0) as last,
            open_node(f"{last.origin}/v1", *options, core=1) as first,
        ):
            taken = await _timed(provider, (port, first.port), bodies)
        nursery.cancel_scope.cancel()
    return taken


async def _timed(provider: Provider, ports: Sequence[int], bodies: list[bytes]) -> list[float]:
    """The median seconds on each of ``ports``.

    The client is a bare socket: a heavier one would leave the nodes' caches cold, and be
    what is measured. The reply names its usage, as every provider's does: otherwise both
    nodes count the tokens of every request while the next one comes.
    """
    reply = plain_reply({"role": "assistant", "content": "owls " * 50}, b"")
    taken: list[list[float]] = [[] for _ in ports]
    lines = [await trio.open_tcp_stream("127.0.0.1", port) for port in ports]
    for number, body in enumerate(bodies):
        provider.turns[f"{number}"] = Turn(body, [reply])
        head = (
            f"POST {PATH} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer key\r\n"
            f"content-type: application/json\r\nx-replay: {number}\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        )
        message = head.encode() + body
        for stream, times in zip(lines, taken, strict=True):
            start = time.perf_counter()
            await stream.send_all(message)
            got = b""
            while not got.endswith(reply):
                piece = await stream.receive_some(1 << 16)
                if not piece:
                    raise SystemExit(f"a reply ended early: {got[-200:]!r}")
                got += piece
            times.append(time.perf_counter() - start)
    if provider.wrong:
        raise SystemExit(f"requests arrived changed: {provider.wrong[:5]}")
    return [statistics.median(times[20:]) for times in taken]


# -- tables ---------------------------------------------------------------------------------


Rows = list[list[str]]


def percent(part: float, whole: float) -> str:
    share = part / whole * 100
    return f"{share:.1f} %" if share >= 1 else f"{share:.2f} %"


def show(row: list[str]) -> None:
    print("  ".join(f"{cell:>12}" for cell in row), flush=True)


def as_table(rows: Rows) -> str:
    head, *body = rows
    lines = [head, ["---", *("--:" for _ in head[1:])], *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


MEASURES = {
    "bytes": measure_bytes,
    "first-token": measure_first_token,
    "latency": measure_latency,
    "memory": measure_memory,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=[*MEASURES, "soak"])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    steady = True
    if options.what == "soak":
        run = partial(soak, minutes=options.minutes, workers=options.workers, show=show)
        rows, steady = trio.run(run)
        rows = [*rows[:3], *rows[4::4]]  # the start, then every fifth of the time
    else:
        rows = trio.run(partial(MEASURES[options.what], quick=options.quick))
    if options.write:
        replace_block(PAGE, f"hop-{options.what}", as_table(rows))
    if not steady:
        raise SystemExit("memory grew in the second half")


if __name__ == "__main__":
    main()
