"""``m2m-trio demo``: two nodes before the embedded upstream, a conversation through them."""

from __future__ import annotations

import json
import shutil
import signal
import sys
import textwrap
import unicodedata
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Never

import attrs
import click
import httpx
import trio

from m2m_trio.demo import DemoUpstream, open_demo_upstream
from m2m_trio.demo.turns import Meter, Turn, Watcher, run_turns
from m2m_trio.errors import M2MError
from m2m_trio.proxy.assembly import Proxy, open_proxy
from m2m_trio.server.node import serve
from m2m_trio.settings.address import Address
from m2m_trio.settings.model import HopSettings, Settings
from m2m_trio.stats.snapshot import take_snapshot

MAX_WIDTH = 96
REPLY_SECONDS = 60.0
"""For any one step of a reply; the embedded upstream needs a fraction of a second."""

_SEED_STATS = (
    "requests_total",
    "bytes_in",
    "bytes_out",
    "compression_ratio",
    "avg_latency_ms",
    "p99_latency_ms",
)


@click.command(
    epilog="""\b
    Examples:
      m2m-trio demo
      m2m-trio demo --keep --port 8080      # then point any client at it
      m2m-trio demo --json | jq .stats
    """
)
@click.option("--keep", is_flag=True, help="Stay up afterwards, until Ctrl-C.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port of the node on 127.0.0.1; 0 takes a free one.  [default: 0]",
)
@click.option(
    "--pace",
    type=click.FloatRange(0, 10),
    default=0.02,
    show_default=True,
    help="Seconds between two words of a streamed reply.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document at the end.")
def demo(*, keep: bool, port: int, pace: float, as_json: bool) -> None:
    """Show two nodes at work, with no model and no key at hand.

    Starts an OpenAI-compatible upstream of our own, a gateway in front of it and an edge in
    front of that, sends a scripted conversation through them (plain, streamed, with tool
    calls), and says what happened, and what of it crossed the hop between the two nodes. The
    exit code is 1 if a byte was changed on the way.
    """
    try:
        untouched = trio.run(partial(_run, port, pace, keep=keep, as_json=as_json))
    except* (M2MError, httpx.HTTPError) as group:
        _fail(group)
    if not untouched:
        raise click.ClickException("bytes were changed between the client and the upstream")


def _fail(error: BaseException) -> Never:
    """Raise what is at the bottom of the groups; the command line makes one line of it."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, M2MError):
        raise error
    raise click.ClickException(f"the conversation broke: {error}") from error


async def _run(port: int, pace: float, *, keep: bool, as_json: bool) -> bool:
    """Whether everything arrived untouched."""
    app = DemoUpstream(pace=pace)
    async with open_demo_upstream(app) as upstream_url, _open_pair(upstream_url, port) as pair:
        edge, origin, gateway_origin = pair
        if not as_json:
            click.echo(f"upstream  {upstream_url}   an OpenAI-compatible one of our own")
            click.echo(f"gateway   {gateway_origin}/v1   in front of it")
            click.echo(
                f"edge      {origin}/v1   in front of that: the application's base URL\n"
            )
        async with httpx.AsyncClient(timeout=REPLY_SECONDS, trust_env=False) as client:
            turns = await run_turns(
                client, f"{origin}/v1", app, _watcher(quiet=as_json), _meter(edge)
            )
            stats = (await client.get(f"{origin}/stats")).raise_for_status().json()
        if as_json:
            click.echo(_document(origin, gateway_origin, upstream_url, turns, stats))
        else:
            for line in summary(turns, stats):
                click.echo(line)
        if keep:
            if not as_json:
                click.echo(_invitation(origin))
            await _wait_for_signal()
    return all(turn.request_untouched and turn.reply_untouched for turn in turns)


@asynccontextmanager
async def _open_pair(upstream_url: str, port: int) -> AsyncIterator[tuple[Proxy, str, str]]:
    """A gateway and an edge: the edge, its origin and the gateway's."""
    near, anywhere = Address("127.0.0.1", port), Address("127.0.0.1", 0)
    behind = Settings(listen=anywhere, upstream=upstream_url)
    async with open_proxy(behind) as gateway, trio.open_nursery() as nursery:
        (address,) = await nursery.start(serve, gateway)
        settings = Settings(
            listen=near,
            upstream=f"http://{address}/v1",
            server_timing=True,
            hop=HopSettings(hello=True),
        )
        async with open_proxy(settings) as edge:
            (own,) = await nursery.start(serve, edge)
            yield edge, f"http://{own}", f"http://{address}"
            nursery.cancel_scope.cancel()


def _meter(edge: Proxy) -> Meter:
    """Reads what crossed the hop from the edge's counters."""

    async def read(exchanges: int) -> tuple[int, int]:
        while True:
            total = take_snapshot(edge.board, now=0.0).total
            if total.total("requests_total") >= exchanges:
                coded = total.by_label("coded_bytes_total")
                return coded["request"], coded["response"]
            await trio.sleep(0.001)  # the last byte is here before it is counted

    return read


async def _wait_for_signal() -> None:
    with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        async for _ in signals:
            return


# -- progress -------------------------------------------------------------------------------


def _watcher(*, quiet: bool) -> Watcher:
    if quiet:
        return Silence()
    if sys.stdout.isatty():
        return LiveLines(width=min(MAX_WIDTH, shutil.get_terminal_size().columns))
    return PlainLines()


class Silence:
    """Shows nothing."""

    def begin(self, number: int, asked: str) -> None:
        pass

    def hear(self, text: str) -> None:
        pass

    def end(self, turn: Turn) -> None:
        pass


class PlainLines:
    """One line after the other, each complete: for logs and pipes."""

    def begin(self, number: int, asked: str) -> None:
        click.echo(f"{number}. {asked}")

    def hear(self, text: str) -> None:
        pass

    def end(self, turn: Turn) -> None:
        click.echo(f"   {turn.said}")
        click.echo(f"   [{measures(turn)}]\n")


class LiveLines:
    """On a terminal: the text as it streams in, in one line that redraws itself."""

    def __init__(self, *, width: int) -> None:
        self._width = width
        self._heard = ""
        self._pieces = 0

    def begin(self, number: int, asked: str) -> None:
        self._heard = ""
        self._pieces = 0
        click.secho(f"{number}. {asked}", bold=True)
        self._draw("   …")

    def hear(self, text: str) -> None:
        self._heard += text
        self._pieces += 1
        self._draw(f"   {self._pieces:3} ▸ " + tail(self._heard, self._width - 12))

    def end(self, turn: Turn) -> None:
        self._draw("")
        for line in textwrap.wrap(turn.said, self._width - 4):
            click.echo(f"   {line}")
        for line in folded(measures(turn), self._width - 4):
            click.secho(f"   {line}", dim=True)
        click.echo()

    def _draw(self, line: str) -> None:
        click.echo(f"\r\x1b[K{line}", nl=False, color=True)


def tail(text: str, columns: int) -> str:
    """The end of ``text`` that fits into so many columns of a terminal."""
    taken = 0
    for index in range(len(text) - 1, -1, -1):
        taken += 2 if unicodedata.east_asian_width(text[index]) in "WF" else 1
        if taken > columns:
            return text[index + 1 :]
    return text


# -- the result -----------------------------------------------------------------------------


def measures(turn: Turn) -> str:
    """What was measured of one turn, in one line."""
    parts = [str(turn.status), "streamed" if turn.stream else "plain"]
    parts.append(f"first token {turn.first_token * 1e3:.1f} ms")
    if turn.added is not None:
        parts.append(f"edge added {turn.added * 1e3:.2f} ms")
    if turn.stream:
        parts.append(f"{turn.events} events in {turn.seconds:.2f} s")
    if turn.request_wire is not None and turn.reply_wire is not None:
        parts.append(f"on the hop {turn.request_bytes} → {turn.request_wire} B up")
        parts.append(f"{turn.reply_bytes} → {turn.reply_wire} B down")
    return " · ".join(parts)


def folded(text: str, columns: int) -> list[str]:
    """``text`` in lines of at most so many columns, broken behind its dots only."""
    lines = [""]
    for part in text.split(" · "):
        longer = f"{lines[-1]} · {part}" if lines[-1] else part
        if len(longer) > columns and lines[-1]:
            lines.append(part)
        else:
            lines[-1] = longer
    return lines


def summary(turns: Sequence[Turn], stats: Mapping[str, Any]) -> list[str]:
    """What happened, for a reader; a terminal of 80 columns shows it unbroken."""
    heads = f"{'first token':>12}{'events':>7}{'added':>10}{'request → hop':>14}"
    lines = [f"  # {'kind':7}{'code':>5}{heads}{'reply → hop':>13}"]
    for turn in turns:
        kind = "stream" if turn.stream else "plain"
        added = "-" if turn.added is None else f"{turn.added * 1e3:.2f} ms"
        untouched = turn.request_untouched and turn.reply_untouched
        lines.append(
            f"{turn.number:3} {kind:7}{turn.status:5}{turn.first_token * 1e3:9.1f} ms"
            f"{turn.events or '-':>7}{added:>10}"
            f"{_crossed(turn.request_bytes, turn.request_wire):>14}"
            f"{_crossed(turn.reply_bytes, turn.reply_wire):>13}  "
            + ("intact" if untouched else "CHANGED")
        )
    totals = " · ".join(f"{name} {stats[name]}" for name in _SEED_STATS if name in stats)
    lines += ["", *_bars(turns), *folded(f"GET /stats of the edge: {totals}", 80)]
    changed = sum(not (turn.request_untouched and turn.reply_untouched) for turn in turns)
    verdict = (
        f"{changed} of {len(turns)} exchanges were changed on the way"
        if changed
        else f"all {len(turns)} exchanges arrived byte for byte, both ways (by SHA-256)"
    )
    return [*lines, f"Transparency: {verdict}"]


def _crossed(plain: int, wire: int | None) -> str:
    return str(plain) if wire is None else f"{plain} → {wire}"


def _bars(turns: Sequence[Turn]) -> list[str]:
    """Plain bytes and bytes on the hop of all turns, as bars to scale."""
    sums = []
    for direction in ("request", "reply"):
        plain = sum(getattr(turn, f"{direction}_bytes") for turn in turns)
        wire = sum(getattr(turn, f"{direction}_wire") or 0 for turn in turns)
        if wire:
            sums.append((direction, plain, wire))
    longest = max((plain for _, plain, _ in sums), default=1)
    lines = []
    for direction, plain, wire in sums:
        for form, size in (("plain", plain), ("hop", wire)):
            bar = "█" * max(1, round(40 * size / longest))
            share = "" if form == "plain" else f"  {wire / plain:.1%}"
            lines.append(f"{direction:8}{form:6}{bar} {size} B{share}")
    return [*lines, ""] if lines else []


def _document(
    origin: str,
    gateway_origin: str,
    upstream_url: str,
    turns: Sequence[Turn],
    stats: Mapping[str, Any],
) -> str:
    document = {
        "node": f"{origin}/v1",
        "gateway": f"{gateway_origin}/v1",
        "upstream": upstream_url,
        "untouched": all(turn.request_untouched and turn.reply_untouched for turn in turns),
        "turns": [attrs.asdict(turn) for turn in turns],
        "stats": stats,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _invitation(origin: str) -> str:
    request = {
        "model": "demo",
        "stream": True,
        "messages": [{"role": "user", "content": "Tell me about lighthouses"}],
    }
    return f"""
The node stays up at {origin}/v1 until Ctrl-C. Try:

curl -N {origin}/v1/chat/completions -H 'Content-Type: application/json' \\
  -d '{json.dumps(request)}'

Models that make trouble on request: curl {origin}/v1/models
"""
