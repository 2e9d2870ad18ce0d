"""The middleware around Quart: what it holds, and what it keeps back."""

from __future__ import annotations

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st
from trio.testing import wait_all_tasks_blocked

from m2m_trio.errors import UpstreamBrokenError
from m2m_trio.proxy.assembly import open_proxy
from m2m_trio.settings.model import Settings
from m2m_trio.stats.metrics import cell
from m2m_trio.testing import open_upstream, reply, sse
from m2m_trio.web.control import make_app
from m2m_trio.web.problems import Message, Receive, Scope, Send
from m2m_trio.web.request_scope import KEY, RequestScope, RequestScopes, as_came

HTTP = {"type": "http"}
START: Message = {"type": "http.response.start", "status": 200, "headers": []}


CHAT: Scope = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "POST",
    "scheme": "http",
    "path": "/v1/chat/completions",
    "raw_path": b"/v1/chat/completions",
    "query_string": b"",
    "root_path": "",
    "headers": [(b"host", b"localhost")],
    "client": None,
    "server": ("127.0.0.1", 8080),
}


class OneRequest:
    """An ASGI ``receive``: an empty body, and then nothing any more."""

    def __init__(self) -> None:
        self._given = False

    async def __call__(self) -> Message:
        if self._given:
            await trio.sleep_forever()
        self._given = True
        return {"type": "http.request", "body": b"", "more_body": False}


async def no_receive() -> Message:
    return {"type": "http.disconnect"}


async def no_send(_message: Message) -> None:
    await trio.lowlevel.checkpoint()


@given(st.binary())
def test_latin1_value_survives_quarts_utf8(value: bytes) -> None:
    assert as_came(value.decode("latin-1").encode()) == value


@given(st.text())
def test_text_that_is_no_latin1_stays_as_it_is(text: str) -> None:
    value = text.encode(errors="surrogatepass")
    if any(character > "\xff" for character in text):
        assert as_came(value) == value


async def test_only_requests_get_a_scope_and_only_one() -> None:
    seen: list[object] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope.get(KEY))

    await RequestScopes(app)({"type": "lifespan"}, no_receive, no_send)
    await RequestScopes(RequestScopes(app))(HTTP, no_receive, no_send)
    assert seen[0] is None
    assert isinstance(seen[1], RequestScope)


async def test_disconnect_of_a_finished_response_is_kept_back() -> None:
    got: list[str] = []

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        got.append((await receive())["type"])  # the client may leave before
        await send(START)
        await send({"type": "http.response.body", "body": b"", "more_body": True})
        got.append((await receive())["type"])  # and in the middle
        await send({"type": "http.response.body"})
        got.append((await receive())["type"])

    async with trio.open_nursery() as nursery:
        nursery.start_soon(RequestScopes(app), HTTP, no_receive, no_send)
        await wait_all_tasks_blocked()
        nursery.cancel_scope.cancel()
    assert got == ["http.disconnect", "http.disconnect"]


@pytest.mark.parametrize("first", [b"", b"{"])
async def test_empty_part_is_not_the_end_of_an_upload(first: bytes) -> None:
    parts = [first, b"", b"1", b"", b"}"]

    async def receive() -> Message:
        await trio.lowlevel.checkpoint()
        if parts:
            return {"type": "http.request", "body": parts.pop(0), "more_body": True}
        if not ended:
            ended.append(True)
            return {"type": "http.request"}
        await trio.sleep_forever()
        raise AssertionError

    ended: list[bool] = []
    async with (
        open_upstream(reply()) as upstream,
        open_proxy(Settings(upstream=upstream.url)) as proxy,
    ):
        await make_app(proxy)(CHAT, receive, no_send)  # type: ignore[arg-type]
        assert upstream.requests[0].body == first + b"1}"


async def test_server_that_cannot_send_means_a_client_gone() -> None:
    async def send(message: Message) -> None:
        if message.get("body"):
            raise BrokenPipeError("gone")

    async with (
        open_upstream(sse([b"data: 1\n\n"], ending="stall")) as upstream,
        open_proxy(Settings(upstream=upstream.url)) as proxy,
    ):
        with pytest.raises(BaseExceptionGroup):
            await make_app(proxy)(CHAT, OneRequest(), send)  # type: ignore[arg-type]
        await upstream.requests[0].closed.wait()
        assert proxy.row.cells[cell("errors_total", kind="client_gone")] == 1
        assert proxy.row.cells[cell("exchanges_open")] == 0


async def test_broken_reply_ends_in_silence_once_the_head_is_out() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(START)
        async with trio.open_nursery():
            raise UpstreamBrokenError("broke")

    await RequestScopes(app)(HTTP, no_receive, no_send)


async def test_error_before_the_head_is_the_servers_to_answer() -> None:
    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise UpstreamBrokenError("broke")

    with pytest.raises(BaseExceptionGroup):
        await RequestScopes(app)(HTTP, no_receive, no_send)


async def test_other_errors_pass() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(START)
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        await RequestScopes(app)(HTTP, no_receive, no_send)
