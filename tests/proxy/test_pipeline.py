from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from m2m_trio import SSEEvent
from m2m_trio.errors import UpstreamBrokenError
from m2m_trio.proxy.pipeline import HEARTBEAT, AnyStage, Pipeline, open_pipeline
from m2m_trio.settings.model import StreamSettings

EVENTS = [SSEEvent(b"data: %d\n\n" % number) for number in range(6)]
STREAM = b"".join(EVENTS)


class Script:
    """A source of bytes, pauses (seconds) and errors."""

    def __init__(self, steps: Sequence[bytes | float | Exception]) -> None:
        self.steps = list(steps)
        self.reads = 0

    async def receive(self) -> bytes:
        await trio.lowlevel.checkpoint()
        while self.steps:
            step = self.steps.pop(0)
            if isinstance(step, bytes):
                self.reads += 1
                return step
            if isinstance(step, Exception):
                self.steps.append(step)  # as a broken connection stays broken
                raise step
            await trio.sleep(step)
        return b""


class Upper:
    def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        return [SSEEvent(event.upper()) for event in events]

    def finish(self) -> list[SSEEvent]:
        return [SSEEvent(b": UPPER\n\n")]


class Hold:
    """Holds one event back, as a scanner does."""

    def __init__(self) -> None:
        self.held: list[SSEEvent] = []

    def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        ready, self.held = self.held + events[:-1], events[-1:]
        return ready

    def finish(self) -> list[SSEEvent]:
        return self.held


class Wait:
    """A stage that may wait."""

    async def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        await trio.sleep(1)
        return events

    async def finish(self) -> list[SSEEvent]:
        await trio.lowlevel.checkpoint()
        return [SSEEvent(b": waited\n\n")]


async def drain(pipeline: Pipeline) -> list[SSEEvent]:
    out = []
    while events := await pipeline.receive():
        out += events
    return out


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ([], STREAM),
        ([Upper()], STREAM.upper() + b": UPPER\n\n"),
        ([Hold()], STREAM),
        ([Wait()], STREAM + b": waited\n\n"),
        ([Hold(), Wait(), Upper()], (STREAM + b": waited\n\n").upper() + b": UPPER\n\n"),
        ([Wait(), Hold(), Wait()], STREAM + b": waited\n\n: waited\n\n"),
    ],
)
async def test_everything_comes_through_every_mixture_of_stages(
    stages: list[AnyStage], expected: bytes, autojump_clock: MockClock
) -> None:
    source = Script([STREAM[:11], 2.0, STREAM[11:30], STREAM[30:]])
    async with open_pipeline(source, stages) as pipeline:
        assert b"".join(await drain(pipeline)) == expected
        assert await pipeline.receive() == []  # the end stays the end


async def test_an_unfinished_last_event_comes_through() -> None:
    async with open_pipeline(Script([b"data: 1\n\ndata: un"])) as pipeline:
        assert await drain(pipeline) == [b"data: 1\n\n", b"data: un"]


@pytest.mark.parametrize("stages", [[], [Upper()], [Wait()], [Wait(), Upper(), Wait()]])
async def test_an_error_comes_after_the_events_before_it_and_never_looks_like_an_end(
    stages: list[AnyStage], autojump_clock: MockClock
) -> None:
    source = Script([EVENTS[0], UpstreamBrokenError("gone")])
    with pytest.raises(UpstreamBrokenError, match="gone"):
        async with open_pipeline(source, stages) as pipeline:
            assert [event.lower() for event in await pipeline.receive()] == [EVENTS[0]]
            with pytest.raises(UpstreamBrokenError):
                await pipeline.receive()
            await pipeline.receive()  # asked again, it fails again


async def test_a_stage_that_fails_fails_the_stream() -> None:
    class Broken(Wait):
        async def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with open_pipeline(Script([STREAM]), [Broken()]) as pipeline:
            await pipeline.receive()


class Forgetful:
    """A stage without its ``return events``."""

    def feed(self, events: list[SSEEvent]) -> None:
        pass

    def finish(self) -> None:
        pass


class ForgetfulWait:
    async def feed(self, events: list[SSEEvent]) -> None:
        pass

    async def finish(self) -> None:
        pass


@pytest.mark.parametrize("stages", [[Forgetful()], [ForgetfulWait()], [Forgetful(), Upper()]])
async def test_a_stage_that_gives_none_does_not_empty_the_stream(stages: list[Any]) -> None:
    async with open_pipeline(Script([STREAM]), stages) as pipeline:
        with pytest.raises(TypeError, match="a stage's feed gave None"):
            await drain(pipeline)


@pytest.mark.parametrize("stage", [Forgetful(), ForgetfulWait()])
async def test_a_stage_may_hold_nothing_back_without_saying_so(stage: Any) -> None:
    async with open_pipeline(Script([]), [stage]) as pipeline:
        assert await drain(pipeline) == []


async def test_slow_reader_stops_the_reads_from_the_source(autojump_clock: MockClock) -> None:
    source = Script([EVENTS[0]] * 100)
    settings = StreamSettings(queue=4)
    async with open_pipeline(source, [Wait()], settings) as pipeline:
        await pipeline.receive()
        await trio.sleep(50)
        await wait_all_tasks_blocked()
        assert source.reads == 1 + 4 + 1  # taken, queued, in the pump's hand


async def test_heartbeat_fills_the_silence_and_loses_nothing(autojump_clock: MockClock) -> None:
    source = Script([EVENTS[0], 25.0, EVENTS[1], 5.0])
    async with open_pipeline(source, [], StreamSettings(heartbeat=10)) as pipeline:
        assert await drain(pipeline) == [EVENTS[0], HEARTBEAT, HEARTBEAT, EVENTS[1]]


async def test_leaving_the_block_cancels_what_still_runs(autojump_clock: MockClock) -> None:
    async with open_pipeline(Script([EVENTS[0], 1e9]), [Wait()]) as pipeline:
        await pipeline.receive()
    assert trio.current_time() < 10
