"""Law 6: nothing secret leaves: no key in a log line, a number or an error."""

from __future__ import annotations

import io
import logging
import socket
from collections.abc import Iterator

import pytest
import trio
from law_lines import CHAT, Answer
from law_rig import Rig, RigOpener

from m2m_trio.settings.model import LimitSettings, LogSettings, PoolSettings
from m2m_trio.telemetry.logs import configure_logs, reset_logs
from m2m_trio.testing import (
    Script,
    chunked,
    endless_head,
    garbage,
    gzipped,
    lying_length,
    open_node,
    open_upstream,
    reply,
    sse,
    unanswered,
)

OURS = "sk-ours-5f0c3cb1d1d94d0a"
CLIENTS = ("client-key-one-77aa88", "client-key-two-99bb00")
THEIRS = "sk-theirs-0123456789abcdef"
PROMPT = "the prompt is private"
SECRETS = (OURS, *CLIENTS, THEIRS, PROMPT)
BODY = b'{"messages":[{"role":"user","content":"%b"}]}' % PROMPT.encode()
BEARER = b"authorization"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, at the most talkative level, with no key told to the log."""
    stream = io.StringIO()
    configure_logs("debug", "json", stream)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        yield stream
    finally:
        reset_logs()
        logging.getLogger().setLevel(level)


SCRIPTS: list[Script] = [
    reply(b'{"ok":true}'),
    reply(b'{"error":{"message":"no"}}', status=401),
    reply(b'{"error":{"message":"slow down"}}', status=429),
    gzipped(b"{}"),
    chunked([b"{", b"}"]),
    sse([b"data: 1\n\n", b"data: [DONE]\n\n"]),
    sse([b"data: 1\n\n"], ending="close"),
    sse([b"data: 1\n\n"], ending="reset"),
    sse([b"data: 1\n\n"], ending="stall"),
    unanswered("close"),
    unanswered("reset"),
    unanswered("stall"),
    garbage(),
    endless_head(),
    lying_length(b"{}", 5),
]


async def talk(node: Rig) -> list[Answer]:
    """Exchanges that succeed, fail, are refused, are left; the answers to them."""
    answers = []
    shown = [(BEARER, b"Bearer " + CLIENTS[0].encode())]
    for script in SCRIPTS:
        node.upstream.script = script
        answers.append(await node.chat(BODY, shown))
        answers.append(await node.chat(BODY, [(b"x-api-key", CLIENTS[1].encode())]))
    wrong = [(BEARER, b"Bearer " + THEIRS.encode())]
    node.upstream.script = reply()
    for target in (CHAT, f"{CHAT}?key={THEIRS}", "/v1/../x", "/nowhere", "/stats", "/metrics"):
        answers.append(await node.ask("GET", target, wrong))
        answers.append(await node.ask("GET", target, shown))
    large = [(BEARER, THEIRS.encode()), (b"x-long", b"x" * 5000)]
    answers.append(await node.ask("GET", CHAT, large))
    answers.append(await node.ask("GET", CHAT, [(b"origin", b"x")]))
    answers.append(await node.chat(b"x" * 70_000, shown))
    node.upstream.script = unanswered("stall")
    async with node.connect() as line:
        await line.start("POST", CHAT, shown, BODY)
        await node.upstream.request(len(node.upstream.requests) - 1)
        await line.leave("close")
    await node.settle(but=("upstream_connections_open",))
    return answers


async def test_no_key_and_no_prompt_is_said_anywhere(rig: RigOpener, log: io.StringIO) -> None:
    async with rig(
        reply(),
        api_key=OURS,
        client_keys=CLIENTS,
        limits=LimitSettings(header_bytes=4000, body_bytes=60_000),
        pool=PoolSettings(head=0.1, idle=0.1),
        log=LogSettings(access=True),
    ) as node:
        answers = await talk(node)
        shown = [(BEARER, b"Bearer " + CLIENTS[0].encode())]
        numbers = [await node.ask("GET", path, shown) for path in ("/stats", "/metrics")]
        assert [answer.status for answer in numbers] == [200, 200]
        upstream_saw = [request.head.raw for request in node.upstream.requests]
    assert {200, 401, 413, 431, 429, 502, 504} <= {answer.status for answer in answers}
    said = [repr(answer).encode() + answer.body for answer in [*answers, *numbers]]
    said.append(log.getvalue().encode())
    assert log.getvalue().count('"exchange"') > 30
    for secret in SECRETS:
        assert not [text for text in said if secret.encode() in text], secret
    for head in upstream_saw:
        assert head.count(OURS.encode()) == 1
        assert not [key for key in CLIENTS if key.encode() in head]


async def test_client_key_or_ours_never_both(rig: RigOpener) -> None:
    async with rig(reply(), api_key=OURS) as node:
        await node.chat(BODY, [(BEARER, b"Bearer " + THEIRS.encode())])
        await node.chat(BODY)
        await node.chat(BODY, [(b"api-key", THEIRS.encode())])
        heads = [request.head.raw for request in node.upstream.requests]
    assert [OURS.encode() in head for head in heads] == [False, True, False]
    assert [THEIRS.encode() in head for head in heads] == [True, False, True]


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
@pytest.mark.parametrize("protocol", ["h1", "h2"], indirect=True)
async def test_redirects_are_the_clients_to_follow(rig: RigOpener, status: int) -> None:
    async with open_upstream(reply(b"trap")) as elsewhere:
        place = f"{elsewhere.origin}/v1/chat/completions".encode()
        fields = [(b"location", place)]
        async with rig(reply(b"moved", status=status, fields=fields), api_key=OURS) as node:
            for method in ("GET", "POST"):
                answer = await node.ask(method, CHAT, (), BODY if method == "POST" else None)
                assert (answer.status, answer.body) == (status, b"moved")
                assert answer.value(b"location") == place
        assert not elsewhere.connections


@pytest.mark.parametrize("protocol", ["h1", "h2"], indirect=True)
async def test_upstream_is_the_configured_one_whatever_the_client_says(rig: RigOpener) -> None:
    async with open_upstream(reply(b"trap")) as elsewhere:
        other = f"127.0.0.1:{elsewhere.port}"
        fields = [
            (b"x-forwarded-host", other.encode()),
            (b"forwarded", f"host={other}".encode()),
            (b"x-upstream", elsewhere.url.encode()),
        ]
        async with rig(reply(b"right")) as node:
            for target in (CHAT, f"//{other}/v1/models", f"/{elsewhere.url}", f"/@{other}/x"):
                assert (await node.ask("GET", target, fields)).body == b"right"
        assert not elsewhere.connections


async def test_error_about_an_unreachable_upstream_has_no_secret_of_its_url(
    log: io.StringIO,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    url = f"http://127.0.0.1:{port}/v1?api-version=1&code={THEIRS}"
    async with open_node(url) as other:
        node = Rig(
            upstream=None,  # type: ignore[arg-type]
            proxy=other.proxy,
            address=other.address,
            protocol="h1",
            authority=None,
        )
        with trio.fail_after(10):
            said = [
                await node.chat(),
                *[await node.ask("GET", p) for p in ("/stats", "/metrics")],
            ]
    assert said[0].status == 502
    assert f"127.0.0.1:{port}".encode() in said[0].body
    for text in (*[answer.body for answer in said], log.getvalue().encode()):
        assert THEIRS.encode() not in text
