"""The process that counts for a worker, and what happens when it ends."""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Iterator

import pytest

from m2m_trio.errors import TokenCountError
from m2m_trio.proxy import count_process
from m2m_trio.proxy.count_child import serve_jobs
from m2m_trio.proxy.count_process import Answer, CountProcess, Setup, receive, send
from m2m_trio.tokens.job import Job

BODY = b'{"model":"gpt-4o","messages":[{"role":"user","content":"hello world"}]}'
JOB = Job(route="chat", body=BODY, body_bytes=len(BODY), model="gpt-4o")
SETUP = Setup((), ())


def answers(*messages: object, idle: float = 5.0) -> list[Answer]:
    """What `serve_jobs` says to ``messages``."""
    asked, ask = map(os.fdopen, os.pipe(), ("rb", "wb"))
    said = io.BytesIO()
    with asked, ask:
        done = threading.Thread(target=serve_jobs, args=(asked, said), kwargs={"idle": idle})
        done.start()
        for message in messages:
            send(ask, message)
        if idle:
            ask.close()
        done.join()
    said.seek(0)
    return [*iter(lambda: receive(said, Answer), None)]


def test_jobs_are_counted_in_order() -> None:
    (answer,) = answers(SETUP, JOB)
    assert answer.counted is not None
    assert (answer.counted.input.tokens, answer.counted.input.grade) == (9, "exact")
    assert answer.warnings == ()


def test_it_ends_with_its_worker_and_when_nothing_comes() -> None:
    assert answers() == []
    assert answers(SETUP) == []
    assert len(answers(SETUP, JOB, idle=0.0)) == 1


def test_a_vocabulary_that_is_not_there_is_told() -> None:
    (answer,) = answers(Setup((), ("gpt-4o=/nowhere/at/all",)), JOB)
    assert answer.counted is not None
    assert answer.counted.input.grade == "estimate"
    assert "/nowhere/at/all" in answer.warnings[0]


def test_a_job_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("m2m_trio.proxy.count_child.count_job", fail)
    (answer,) = answers(SETUP, JOB)
    assert answer == Answer(None, "RuntimeError: broken")


def test_a_message_that_is_cut_off_is_none() -> None:
    whole = io.BytesIO()
    send(whole, JOB)
    data = whole.getvalue()
    for end in (0, 3, 4, len(data) - 1):
        assert receive(io.BytesIO(data[:end]), Job) is None
    assert receive(io.BytesIO(data), Job) == JOB


@pytest.fixture
def process() -> Iterator[CountProcess]:
    process = CountProcess(Setup((), ("gpt-4=/nowhere",)), warnings.append)
    warnings.clear()
    yield process
    process.close()


warnings: list[str] = []


def pid_of(process: CountProcess) -> int:
    assert process._child is not None
    return process._child.pid


@pytest.mark.slow  # it starts processes
def test_a_process_counts_and_is_started_again(process: CountProcess) -> None:
    assert process.count(JOB).input.tokens == 9
    first = pid_of(process)
    assert process.count(JOB).input.tokens == 9
    assert pid_of(process) == first
    os.kill(first, signal.SIGKILL)
    assert process.count(JOB).input.tokens == 9
    assert pid_of(process) != first
    assert warnings == []
    JOB_GPT4 = Job(route="chat", body=BODY, body_bytes=len(BODY), model="gpt-4")
    assert process.count(JOB_GPT4).input.grade == "estimate"
    assert "/nowhere" in warnings[0]
    process.close()
    with pytest.raises(TokenCountError, match="closing"):
        process.count(JOB)


@pytest.mark.slow  # it starts processes
def test_a_process_that_fails_is_an_error(
    process: CountProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Job(route="chat", body=BODY, body_bytes=9, model=3)  # type: ignore[arg-type]
    with pytest.raises(TokenCountError, match="ended"):
        process.count(wrong)
    monkeypatch.setattr(count_process, "DEADLINE", 0.0)
    with pytest.raises(TokenCountError, match="too long"):
        process.count(JOB)
    monkeypatch.setattr(count_process.sys, "executable", "/nowhere/python")
    with pytest.raises(TokenCountError):
        process.count(JOB)
