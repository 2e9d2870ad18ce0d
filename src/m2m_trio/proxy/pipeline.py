"""A streamed reply's way: source → stages → whoever calls `Pipeline.receive`.

What travels is the list of events of one read, never one event. Neighbouring stages that
only compute are fused into the task that pulls; a stage whose ``feed`` is a coroutine
function (it may wait, or go to a thread) gets a task of its own and a bounded channel, so
a slow reader stops the reads from the source. With none of those, and no heartbeat, there
is no task, no channel and no nursery at all.

Errors travel in the channels behind the events that came before them (`outcome`), so a
channel never just ends because something failed: that would look like a clean end.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any, Protocol, TypeAlias

import outcome
import trio

from m2m_trio.settings.model import StreamSettings
from m2m_trio.wire.sse import SSEEvent, SSESplitter

HEARTBEAT = SSEEvent(b": keep-alive\n\n")
"""A comment: clients ignore it, idle timers on the way do not (WHATWG HTML 9.2.7)."""


class Source(Protocol):
    """Where the bytes come from; an `UpstreamReply` is one."""

    async def receive(self) -> bytes:
        """The next bytes, as they came; empty at the end."""


class Stage(Protocol):
    """Looks at, holds back or rewrites events. A new object for every stream."""

    def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        """Take the events of one read; give those that may go on now."""

    def finish(self) -> list[SSEEvent]:
        """The source ended well: give what was held back."""


class WaitingStage(Protocol):
    """A stage that may wait, or hand work to a thread: it runs in a task of its own."""

    async def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        """As `Stage.feed`."""

    async def finish(self) -> list[SSEEvent]:
        """As `Stage.finish`."""


AnyStage: TypeAlias = Stage | WaitingStage
NO_EVENTS = "a stage's feed gave None: it returns the events that go on, perhaps none: []"

_Batch: TypeAlias = list[SSEEvent]  # empty: the end
_Pull: TypeAlias = Callable[[], Awaitable[_Batch]]


class Pipeline:
    """The consumer's end of an open pipeline."""

    __slots__ = ("_pull",)

    def __init__(self, pull: _Pull) -> None:
        self._pull = pull

    def receive(self) -> Awaitable[list[SSEEvent]]:
        """The next events that came through; empty at the clean end, and only there.

        Raises:
            M2MError: What the source or a stage raised, after the events before it.
        """
        return self._pull()


def open_pipeline(
    source: Source, stages: Sequence[AnyStage] = (), settings: StreamSettings | None = None
) -> AbstractAsyncContextManager[Pipeline]:
    """Run ``source`` through ``stages``, in order, for as long as the block lasts.

    Leaving the block cancels whatever still runs in it; closing the source is its owner's
    business.
    """
    settings = settings or StreamSettings()
    computing: list[_Computing] = [SSESplitter(settings.event_bytes)]
    pull: _Pull = _Fused(source.receive, computing).pull
    tasks: list[Callable[[], Awaitable[None]]] = []

    def hand_over(inner: _Pull) -> _Pull:
        sender, receiver = trio.open_memory_channel[outcome.Maybe[_Batch]](settings.queue)
        tasks.append(_Pump(inner, sender).run)
        return _Receiving(receiver).pull

    for stage in stages:
        if inspect.iscoroutinefunction(stage.feed):
            pull = hand_over(_Waiting(pull, stage).pull)  # type: ignore[arg-type]
            computing = []
        else:
            if not computing:
                pull = _Fused(pull, computing).pull
            computing.append(stage)  # type: ignore[arg-type]
    if not settings.heartbeat and not tasks:
        return nullcontext(Pipeline(pull))
    if settings.heartbeat:
        if not tasks:
            pull = hand_over(pull)  # it may give up waiting, a read may not be cut short
        pull = _Beating(pull, settings.heartbeat).pull
    return _run_beside(tasks, Pipeline(pull))


@asynccontextmanager
async def _run_beside(
    tasks: Sequence[Callable[[], Awaitable[None]]], pipeline: Pipeline
) -> AsyncIterator[Pipeline]:
    failure: Exception | None = None
    async with trio.open_nursery() as nursery:
        for task in tasks:
            nursery.start_soon(task)
        try:
            yield pipeline
        except Exception as error:  # raised below: a nursery would wrap it in a group
            failure = error
        nursery.cancel_scope.cancel()
    if failure is not None:
        raise failure


class _Computing(Protocol):
    """The splitter, which takes bytes, or a `Stage`."""

    def feed(self, batch: Any, /) -> _Batch: ...

    def finish(self) -> _Batch: ...


class _Fused:
    """Neighbouring stages that only compute, run one after the other by whoever pulls."""

    __slots__ = ("_ended", "_pull", "_stages")

    def __init__(
        self, pull: Callable[[], Awaitable[bytes | _Batch]], stages: list[_Computing]
    ) -> None:
        self._pull = pull
        self._stages = stages
        """Those that may still give something."""
        self._ended = False

    async def pull(self) -> _Batch:
        while not self._ended:
            batch = await self._pull()
            if not batch:
                self._ended = True
            elif events := self._feed(batch):
                return events
        while self._stages:
            held_back = self._stages.pop(0).finish()
            if held_back and (events := self._feed(held_back)):
                return events
        return []

    def _feed(self, batch: Any) -> _Batch:
        for stage in self._stages:
            if not batch:
                break
            batch = stage.feed(batch)
        if batch is None:
            raise TypeError(NO_EVENTS)
        return batch  # type: ignore[no-any-return]


class _Beating:
    """Gives a comment where nothing else came for ``heartbeat`` seconds."""

    def __init__(self, pull: _Pull, heartbeat: float) -> None:
        self._pull = pull
        self._heartbeat = heartbeat

    async def pull(self) -> _Batch:
        with trio.move_on_after(self._heartbeat):
            return await self._pull()
        return [HEARTBEAT]


class _Waiting:
    """A stage that may wait; `_Pump` runs it in its own task."""

    def __init__(self, pull: _Pull, stage: WaitingStage) -> None:
        self._pull = pull
        self._stage = stage
        self._ended = False

    async def pull(self) -> _Batch:
        if self._ended:
            return []
        while batch := await self._pull():
            events: _Batch | None = await self._stage.feed(batch)
            if events is None:
                raise TypeError(NO_EVENTS)
            if events:
                return events
        self._ended = True
        return await self._stage.finish()


class _Pump:
    """Pulls until the end and puts what it gets, the end or an error last, on a channel."""

    def __init__(
        self, pull: _Pull, sender: trio.MemorySendChannel[outcome.Maybe[_Batch]]
    ) -> None:
        self._pull = pull
        self._sender = sender

    async def run(self) -> None:
        while True:
            result: outcome.Maybe[_Batch]
            try:
                result = outcome.Value(await self._pull())
            except Exception as error:  # travels on, and is raised at the end
                result = outcome.Error(error)
            await self._sender.send(result)
            if _is_last(result):
                return


class _Receiving:
    """The other end of a `_Pump`'s channel."""

    def __init__(self, receiver: trio.MemoryReceiveChannel[outcome.Maybe[_Batch]]) -> None:
        self._receiver = receiver
        self._last: outcome.Maybe[_Batch] | None = None

    async def pull(self) -> _Batch:
        result = self._last or await self._receiver.receive()
        if _is_last(result):
            self._last = result
        return _unwrap(result)


def _is_last(result: outcome.Maybe[_Batch]) -> bool:
    return isinstance(result, outcome.Error) or not result.value


def _unwrap(result: outcome.Maybe[_Batch]) -> _Batch:
    """Unwrap a result that may be asked for more than once (`outcome` allows it once)."""
    if isinstance(result, outcome.Error):
        raise result.error
    return result.value
