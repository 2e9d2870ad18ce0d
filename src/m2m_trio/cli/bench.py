"""``m2m-trio bench``: what a node costs, measured on the spot with nothing else installed.

The demo upstream and the node run in processes of their own, so that the node's CPU time is
the node's alone. The load is our own upstream pool, in this process.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import click
import trio
from attrs import field, frozen

from m2m_trio.errors import M2MError
from m2m_trio.settings.address import Address
from m2m_trio.settings.model import PoolSettings, Settings
from m2m_trio.settings.urls import check_upstream_url
from m2m_trio.stats.board import Board
from m2m_trio.upstream.connection import UpstreamReply
from m2m_trio.upstream.pool import Pool
from m2m_trio.upstream.targets import parse_target
from m2m_trio.wire.fields import Fields

IN_TURNS = 500
"""Exchanges at most for the latency at low load."""

STREAMS_IN_TURNS = 10
"""Streams at most for the same: each lasts a while."""

START_SECONDS = 20.0
"""For a child process to say where it listens."""


@frozen(kw_only=True)
class Load:
    """What is asked, how often, and how many at once."""

    requests: int
    concurrency: int
    stream: bool
    model: str
    api_key: str = field(default="", repr=False)

    @property
    def body(self) -> bytes:
        """A chat request of about 1 KB."""
        prompt = "Explain how a reverse proxy forwards a request, in detail. " * 16
        messages = [{"role": "user", "content": prompt}]
        asked: dict[str, object] = {"model": self.model, "messages": messages}
        if self.stream:
            asked["stream"] = True
        return json.dumps(asked).encode()


@frozen
class Timing:
    """One exchange, in seconds from its start."""

    first: float
    """Until the first bytes of the body."""

    whole: float
    events: int


class BenchError(click.ClickException):
    """The measurement cannot be made; says why."""


# -- the load -------------------------------------------------------------------------------


class Client:
    """Sends one kind of request to one base URL."""

    def __init__(self, url: str, load: Load) -> None:
        target = parse_target(url, load.api_key)
        self._target = target.resolve(b"/v1/chat/completions", b"", passthrough=False)
        self._body = load.body
        self._fields: Fields = [(b"content-type", b"application/json")]
        if target.credential:
            self._fields.append(target.credential)
        self._pool = Pool(
            target,
            PoolSettings(connections=load.concurrency, head=60, idle=60),
            header_bytes=64 * 1024,
            row=Board.in_memory().row(0),
            environment={},
        )

    async def exchange(self) -> Timing:
        """One exchange, to its end."""
        start = time.perf_counter()
        reply = await self._pool.send(b"POST", self._target, self._fields, self._body)
        try:
            return await _take(reply, start)
        finally:
            reply.release()

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()


async def _take(reply: UpstreamReply, start: float) -> Timing:
    first, events, body = 0.0, 0, b""
    while part := reply.body or await reply.receive():
        first = first or time.perf_counter()
        events += part.count(b"data: ")
        body = body or part
        if reply.body:
            break
    if reply.status != 200:
        shown = body[:300].decode("utf-8", "replace")
        raise BenchError(f"the answer was {reply.status}, not 200: {shown}")
    now = time.perf_counter()
    return Timing((first or now) - start, now - start, events)


async def take_turns(clients: Sequence[Client], rounds: int) -> list[list[Timing]]:
    """One exchange at a time, each client in turn, so that all see the same machine."""
    for client in clients:
        for _ in range(1 + rounds // 20):  # connections open, code is warm
            await client.exchange()
    timings: list[list[Timing]] = [[] for _ in clients]
    for _ in range(rounds):
        for client, kept in zip(clients, timings, strict=True):
            kept.append(await client.exchange())
    return timings


async def crowd(client: Client, requests: int, concurrency: int) -> list[Timing]:
    """``requests`` exchanges, ``concurrency`` of them at a time."""
    timings: list[Timing] = []
    left = requests

    async def ask_on() -> None:
        nonlocal left
        while left > 0:
            left -= 1
            timings.append(await client.exchange())

    async with trio.open_nursery() as nursery:
        for _ in range(concurrency):
            nursery.start_soon(ask_on)
    return timings


# -- the processes; what runs in a child is not seen by coverage ------------------------------


async def _upstream(tell: Callable[[str], None]) -> None:  # pragma: no cover
    from m2m_trio.demo import open_demo_upstream

    async with open_demo_upstream() as url:
        tell(url)
        await trio.sleep_forever()


async def _node(tell: Callable[[str], None], upstream: str) -> None:  # pragma: no cover
    from m2m_trio.proxy.assembly import open_proxy
    from m2m_trio.server.node import serve

    settings = Settings(listen=Address("127.0.0.1", 0), upstream=upstream)
    async with open_proxy(settings) as proxy, trio.open_nursery() as nursery:
        addresses: list[Address] = await nursery.start(serve, proxy)
        tell(f"http://{addresses[0]}/v1")


def _run_child(pipe: Connection, upstream: str | None) -> None:  # pragma: no cover
    """In the child: the node before ``upstream``, or the upstream itself if that is None."""
    if upstream is None:
        trio.run(_upstream, pipe.send)
    else:
        trio.run(_node, pipe.send, upstream)


@contextmanager
def _process(upstream: str | None) -> Iterator[tuple[str, int]]:
    """A child process: its base URL and its process id."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_run_child, args=(theirs, upstream), daemon=True
    )
    process.start()
    theirs.close()
    try:
        if not ours.poll(START_SECONDS):
            raise BenchError(f"a process did not start within {START_SECONDS:g} s")
        yield str(ours.recv()), process.pid or 0
    except EOFError as error:
        raise BenchError("a process ended before it listened") from error
    finally:
        process.terminate()
        process.join(5)
        ours.close()


def cpu_seconds(pid: int) -> float | None:
    """User and system time of a process, in ticks of 10 ms; None where /proc is not Linux's."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


# -- the table ------------------------------------------------------------------------------


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of ``values`` do not exceed; nan if there are none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _turns_table(timings: Sequence[Sequence[Timing]], what: str) -> Iterator[str]:
    """Latency at low load; the last of ``timings`` is the node's, a first one is direct."""
    yield f"One at a time, {len(timings[-1])} exchanges: {what}, in ms"
    direct, node = timings[0], timings[-1]
    if len(timings) > 1:
        yield f"  {'':4} {'direct':>10} {'node':>10} {'added':>10}"
    for share in (0.5, 0.9, 0.99):
        row = [percentile([t.first for t in lane], share) * 1e3 for lane in (direct, node)]
        cells = row[1:] if len(timings) == 1 else [*row, row[1] - row[0]]
        yield f"  p{share * 100:<3.0f} " + " ".join(f"{cell:10.3f}" for cell in cells)


def _crowd_table(
    timings: Sequence[Timing], load: Load, seconds: float, cpu: float | None
) -> Iterator[str]:
    yield f"{load.concurrency} at once, {len(timings)} exchanges"
    whole = [t.whole for t in timings]
    p50, p99 = percentile(whole, 0.5) * 1e3, percentile(whole, 0.99) * 1e3
    yield f"  whole exchange   p50 {p50:.2f} ms, p99 {p99:.2f} ms"
    yield f"  exchanges/s      {len(timings) / seconds:,.0f}"
    events = sum(t.events for t in timings)
    if load.stream:
        yield f"  events/s         {events / seconds:,.0f}"
    if cpu is None:
        yield "  CPU of the node  unknown: it is read from Linux's /proc, of our own process"
        return
    each = cpu / len(timings)
    yield f"  CPU of the node  {each * 1e6:,.0f} µs an exchange: {1 / each:,.0f}/s on one core"
    if load.stream and events:
        yield f"                   {cpu / events * 1e6:,.0f} µs an event"


async def _measure(load: Load, node: str, direct: str | None, pid: int | None) -> None:
    client = Client(node, load)
    clients = [Client(direct, load), client] if direct else [client]
    try:
        most = STREAMS_IN_TURNS if load.stream else IN_TURNS
        turns = await take_turns(clients, min(load.requests, most))
        what = "until the first event" if load.stream else "until the answer"
        for line in _turns_table(turns, what):
            click.echo(line)
        before = cpu_seconds(pid) if pid else None
        start = time.perf_counter()
        timings = await crowd(client, load.requests, load.concurrency)
        seconds = time.perf_counter() - start
        after = cpu_seconds(pid) if pid else None
        cpu = None if before is None or after is None else max(after - before, 0.01)
        for line in _crowd_table(timings, load, seconds, cpu):
            click.echo(line)
    finally:
        for each in clients:
            each.close()


def _checked_url(_context: click.Context, _parameter: object, value: str | None) -> str | None:
    try:
        if value is not None:
            check_upstream_url(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error
    return value


@click.command(
    epilog="Example: m2m-trio bench --stream --concurrency 100; m2m-trio bench --url "
    "http://127.0.0.1:8080/v1 --model llama3.2 --requests 20 --concurrency 2"
)
@click.option(
    "--url",
    callback=_checked_url,
    help="Base URL of a node that runs already, as http://127.0.0.1:8080/v1; by default a "
    "node and the demo upstream are started.",
)
@click.option(
    "--direct",
    callback=_checked_url,
    help="Base URL of the upstream behind --url, to compare with.",
)
@click.option(
    "--requests", type=click.IntRange(1, 1_000_000), help="Default 3000; streams 300."
)
@click.option("--concurrency", type=click.IntRange(1, 1000), default=32, show_default=True)
@click.option("--stream", is_flag=True, help="Ask for streamed answers (SSE).")
@click.option("--model", help="Model to ask for; needed with --url.")
@click.option("--api-key", default="", help="Key to send with --url.")
def bench(  # noqa: PLR0913  (one parameter per flag)
    *,
    url: str | None,
    direct: str | None,
    requests: int | None,
    concurrency: int,
    stream: bool,
    model: str | None,
    api_key: str,
) -> None:
    """Measure what a node adds: latency direct and through it, throughput, CPU."""
    if url and not model:
        raise click.UsageError("--url needs --model: the name of a model its upstream has")
    if direct and not url:
        raise click.UsageError("--direct goes with --url")
    load = Load(
        requests=requests or (300 if stream else 3000),
        concurrency=concurrency,
        stream=stream,
        model=model or ("pace-0.01" if stream else "demo"),
        api_key=api_key,
    )
    with ExitStack() as stack:
        pid = None
        if url is None:
            direct, _ = stack.enter_context(_process(None))
            url, pid = stack.enter_context(_process(direct))
        try:
            trio.run(_measure, load, url, direct, pid)
        except* M2MError as group:
            raise BenchError(str(group.exceptions[0])) from group
        except* click.ClickException as group:
            raise group.exceptions[0] from None
