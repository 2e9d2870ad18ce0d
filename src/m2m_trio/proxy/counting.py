"""Tokens of exchanges, by family and grade: as reported, else counted after the reply.

A report costs a look into a table. A count runs in a thread, one at a time, of a bounded
queue; its numbers come back to trio's thread, which alone writes the row.
"""

from __future__ import annotations

import json
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

import outcome
import trio
from attrs import define

from m2m_trio.errors import VocabularyError
from m2m_trio.proxy.usage import Usage, model_of
from m2m_trio.settings.model import TokenSettings
from m2m_trio.stats import histogram
from m2m_trio.stats.board import Row
from m2m_trio.stats.metrics import TOKEN_GRADES, cell
from m2m_trio.telemetry.logs import get_logger
from m2m_trio.tokens.catalog import FAMILY_NAMES, Names

if TYPE_CHECKING:
    from m2m_trio.proxy.exchange import Exchange
    from m2m_trio.tokens.counter import OfflineCounter
    from m2m_trio.tokens.sheet import Count
    from m2m_trio.tokens.shelf import Loader
    from m2m_trio.tokens.vocabulary import Vocabulary

CELLS = {
    (family, grade): (
        cell("tokens_total", type="input", family=family, grade=grade),
        cell("tokens_total", type="output", family=family, grade=grade),
    )
    for family in FAMILY_NAMES
    for grade in TOKEN_GRADES
}
TOKEN_SECONDS = cell("output_token_seconds")
ROUTES = ("chat", "completions", "embeddings", "responses", "messages")
"""Those whose requests go to a model."""

WAITING = 64
"""Exchanges that wait to be counted; more are estimated by their size at once."""

WAITING_BYTES = 16 * 1024 * 1024
"""What they may hold together."""

BYTES_PER_TOKEN = 4.5
"""Of a request's JSON, for those too long to be counted."""

MODELS = 1024
"""Names of models whose cells are remembered."""


@define(kw_only=True)
class Job:
    """What is to be counted of one exchange."""

    route: str
    body: bytes | None
    """Of the request; None for one too long."""

    body_bytes: int
    reply: bytes = b""
    """JSON, where it was no stream."""

    text: bytes = b""
    """Of a stream, as it stands in JSON."""

    text_bytes: int = 0
    """Of all its text, kept or not."""

    seconds: float = 0.0
    """From its first event to the last."""

    model: str = ""

    @property
    def size(self) -> int:
        """Bytes it holds."""
        return len(self.body or b"") + len(self.reply) + len(self.text)


@define
class Counted:
    """What a thread found."""

    input: Count
    output: Count
    seconds: float


class TokenLedger:
    """Books tokens into a worker's row."""

    def __init__(self, row: Row, settings: TokenSettings) -> None:
        self.settings = settings
        self.names = Names(dict(_pair(each) for each in settings.models), _file_names(settings))
        self._cells = row.cells
        self._aliases = frozenset(name.encode() for name in self.names.aliases)
        self._booked: dict[bytes, tuple[int, int]] = {}
        self._counter: OfflineCounter | None = None
        self._waiting: deque[Job] = deque()
        self._waiting_bytes = 0
        self._running = False
        self._idle: trio.Event | None = None

    def report(self, usage: Usage, exchange: Exchange) -> None:
        """Book what the upstream says was used."""
        reply = exchange.reply
        model = reply.model() if reply is not None else b""
        if self._aliases or not model:
            # A deployment's own name says nothing, unless the operator says what it is.
            asked = exchange.model or model_of(exchange.body)
            model = asked if asked in self._aliases or not model else model
        places = self._booked.get(model) or self._places(model)
        cells = self._cells
        output = usage.output or 0
        cells[places[0]] += usage.input or 0
        cells[places[1]] += output
        tap = reply.tap if reply is not None else None
        if tap is not None and output > 1:
            histogram.record(cells, TOKEN_SECONDS, (tap.last_at - tap.first_at) / (output - 1))

    def _places(self, model: bytes) -> tuple[int, int]:
        """The cells of a model's family, remembered."""
        if len(self._booked) >= MODELS:
            self._booked.clear()
        family = self.names.family(model.decode("utf-8", "replace"))
        places = self._booked[model] = CELLS[family.name, "reported"]
        return places

    def count_later(self, exchange: Exchange, told: Usage | None = None) -> None:
        """Count an exchange whose reply did not say, or told the request's tokens only."""
        reply = exchange.reply
        if reply is None or reply.status >= 400 or exchange.request.route not in ROUTES:
            return
        job = Job(route=exchange.request.route, body=None, body_bytes=0)
        if told is None:
            job.body, job.body_bytes = exchange.body, exchange.request_bytes
        model = exchange.model or model_of(exchange.body)
        job.model = model.decode("utf-8", "replace")
        if reply.tap is not None:
            tap = reply.tap
            job.text, job.text_bytes = bytes(tap.text), tap.text_bytes
            job.seconds = tap.last_at - tap.first_at
        elif reply.body is not None:
            job.reply = reply.body if len(reply.body) <= self.settings.request_bytes else b""
            job.text_bytes = 0 if job.reply else len(reply.body)
        else:
            job.text_bytes = reply.sent_bytes
        self._take(job)

    async def wait_idle(self) -> None:
        """Return once nothing waits to be counted."""
        if self._running:
            if self._idle is None:
                self._idle = trio.Event()
            await self._idle.wait()

    def counter(self) -> OfflineCounter:
        """The counter, made when it is first needed."""
        if self._counter is None:
            self._counter = make_counter(self.settings)
        return self._counter

    def _take(self, job: Job) -> None:
        full = self._waiting_bytes + job.size > WAITING_BYTES
        if full or len(self._waiting) >= WAITING:
            job.body, job.reply, job.text = None, b"", b""  # a few bytes, a few microseconds
        self._waiting.append(job)
        self._waiting_bytes += job.size
        if not self._running:
            self._running = True
            self._start()

    def _start(self) -> None:
        job = self._waiting.popleft()
        self._waiting_bytes -= job.size
        token = trio.lowlevel.current_trio_token()

        def deliver(found: outcome.Outcome[Counted]) -> None:
            try:
                token.run_sync_soon(self._done, found)
            except trio.RunFinishedError:
                pass  # the node has ended: nobody reads the row

        trio.lowlevel.start_thread_soon(lambda: count_job(self.counter(), job), deliver)

    def _done(self, found: outcome.Outcome[Counted]) -> None:
        if isinstance(found, outcome.Value):
            self._book(found.value)
        else:
            assert isinstance(found, outcome.Error)  # noqa: S101  (it is one of the two)
            get_logger().error("tokens were not counted", exc_info=found.error)
        if self._waiting:
            self._start()
            return
        self._running = False
        if self._idle is not None:
            self._idle.set()
            self._idle = None

    def _book(self, counted: Counted) -> None:
        cells, output = self._cells, counted.output.tokens
        cells[CELLS[counted.input.family, counted.input.grade.value][0]] += counted.input.tokens
        cells[CELLS[counted.output.family, counted.output.grade.value][1]] += output
        if counted.seconds and output > 1:
            histogram.record(cells, TOKEN_SECONDS, counted.seconds / (output - 1))


def count_job(counter: OfflineCounter, job: Job) -> Counted:
    """Count a request and its answer."""
    from m2m_trio.tokens.counter import parse_body

    body = parse_body(job.body) if job.body is not None else None
    if body is None:
        unread = job.body_bytes if job.body is None else 0  # what is no JSON, no model reads
        asked = counter.estimate(unread / BYTES_PER_TOKEN, job.model)
    else:
        asked = counter.count_request(body, model=job.model)
    if job.route == "embeddings":
        return Counted(asked, counter.estimate(0, job.model), 0.0)
    text = job.text.decode("utf-8", "replace")
    try:
        text = json.loads(f'"{text}"', strict=False)
    except ValueError:
        pass  # counted as it stands
    if job.reply:
        text = answer_text(parse_body(job.reply) or {})
    told = counter.count_answer(text, job.model, is_responses=job.route == "responses")
    unseen = job.text_bytes - len(job.text)
    if unseen > 0:
        share = job.text_bytes / len(job.text) if job.text else 0.0
        whole = told.tokens * share if share else unseen / BYTES_PER_TOKEN
        told = counter.estimate(whole, job.model)
    return Counted(asked, told, job.seconds)


def answer_text(reply: Any) -> str:
    """All text that a model wrote in a reply, whichever API's."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, list):
            for each in value:
                walk(each)
        elif isinstance(value, dict):
            for key, each in value.items():
                if isinstance(each, str) and key in ("content", "text", "refusal", "arguments"):
                    found.append(each)
                elif key in (
                    "choices",
                    "message",
                    "output",
                    "content",
                    "tool_calls",
                    "function",
                ):
                    walk(each)

    walk(reply)
    return "".join(found)


def make_counter(settings: TokenSettings) -> OfflineCounter:
    """A counter with the operator's names and files."""
    from m2m_trio.tokens.counter import OfflineCounter
    from m2m_trio.tokens.shelf import Shelf

    files = {name: _loader(name, where) for name, where in map(_pair, settings.files)}
    shelf = Shelf(files=files, warn=lambda message: get_logger().warning(message))
    return OfflineCounter(
        shelf, Names(dict(_pair(each) for each in settings.models), _file_names(settings))
    )


def _loader(name: str, where: str) -> Loader:
    def load() -> Vocabulary:
        from m2m_trio.tokens.files import load_file

        path, _, pattern = where.partition("#")
        try:
            data = Path(path).expanduser().read_bytes()
        except (OSError, RuntimeError) as error:
            raise VocabularyError(f"vocabulary {name}: {error}") from error
        return load_file(name, data, pattern)

    return load


def _pair(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip(), value.strip()


def _file_names(settings: TokenSettings) -> frozenset[str]:
    return frozenset(_pair(each)[0] for each in settings.files)
