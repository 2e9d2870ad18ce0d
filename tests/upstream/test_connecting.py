from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest
import trio
import trustme
from pool_client import MakeClient, read_all

from m2m_trio.errors import UpstreamBrokenError, UpstreamConnectError
from m2m_trio.testing import Connection, Request, open_upstream, reply, sse, until_close
from m2m_trio.upstream.connect import Connector
from m2m_trio.upstream.targets import parse_target


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that `SSL_CERT_FILE` names."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return authority


def server_tls(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.set_alpn_protocols(["http/1.1"])
    authority.issue_cert(*names).configure_cert(context)
    return context


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_refused_connection_names_the_upstream(
    make_client: MakeClient, host: str
) -> None:
    client = make_client(f"http://{host}:{closed_port()}/v1")
    with pytest.raises(UpstreamConnectError) as caught:
        await client.send()
    assert str(caught.value) == (
        f"cannot reach the upstream {client.target.name}: connection refused;"
        " is a server running on that port?"
    )
    assert client.count("connects_total") == client.count("connections_open") == 0


@pytest.mark.parametrize(
    ("port", "words"),
    [(11434, "ollama serve"), (8000, "vllm serve"), (8080, "llama-server"), (9, "a server")],
)
def test_the_advice_fits_the_port(port: int, words: str) -> None:
    connector = Connector(parse_target(f"http://h:{port}/v1", ""), None, send_timeout=1)
    error = OSError("all attempts failed")
    error.__cause__ = ExceptionGroup("", [ConnectionRefusedError(111, "Connection refused")])
    assert words in connector._explain(error)


@pytest.mark.parametrize(
    "error", [TimeoutError(110, "Connection timed out"), OSError("no addresses")]
)
def test_other_failures_advise_otherwise(error: OSError) -> None:
    connector = Connector(parse_target("http://h:11434/v1", ""), None, send_timeout=1)
    assert "firewalls" in connector._explain(error)


async def test_a_name_that_does_not_resolve_is_said(make_client: MakeClient) -> None:
    for host in ("no-such-host.invalid", "a" * 64 + ".invalid"):
        client = make_client(f"http://{host}/v1")
        with pytest.raises(UpstreamConnectError, match=f"{host} does not resolve"):
            await client.send()


async def test_requests_go_over_tls(make_client: MakeClient, authority: trustme.CA) -> None:
    tls = server_tls(authority, "localhost")
    seen: list[object] = []
    tls.sni_callback = lambda sock, name, context: seen.append(name)
    async with open_upstream(reply(b"{}"), tls=tls) as upstream:
        client = make_client(f"https://localhost:{upstream.port}/v1")
        for _ in range(3):
            assert (await client.send()).body == b"{}"
        assert (await client.send(body=b"x" * 300_000)).status == 200
        assert len(upstream.connections) == 1
        stream = upstream.connections[0]._stream
        assert isinstance(stream, trio.SSLStream)
        assert stream.selected_alpn_protocol() == "http/1.1"
    assert seen == ["localhost"]


async def test_surplus_in_a_record_of_its_own_ends_reuse(
    make_client: MakeClient, authority: trustme.CA
) -> None:
    async def script(_request: Request, connection: Connection) -> None:
        stream = connection._stream
        assert isinstance(stream, trio.SSLStream)
        good = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
        stream._ssl_object.write(good)
        await connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")

    async with open_upstream(script, tls=server_tls(authority, "127.0.0.1")) as upstream:
        client = make_client(upstream.url)
        for _ in range(3):
            assert (await client.send()).body == b"{}"
        assert len(upstream.connections) == 3


async def test_an_upstream_that_leaves_over_tls(
    make_client: MakeClient, authority: trustme.CA
) -> None:
    tls = server_tls(authority, "127.0.0.1")

    async def say_goodbye(_request: Request, connection: Connection) -> None:
        await connection.send(b"HTTP/1.0 200 OK\r\n\r\nabc")
        connection._stream._https_compatible = False  # type: ignore[union-attr]
        await connection.close()

    async with open_upstream(say_goodbye, tls=tls) as upstream:
        got = await make_client(upstream.url).send()
        assert await read_all(got) == b"abc"
    async with open_upstream(until_close(b"abc"), tls=tls) as upstream:  # without goodbye
        got = await make_client(upstream.url).send()
        with pytest.raises(UpstreamBrokenError):
            await read_all(got)
        got.release()
    async with open_upstream(sse([b"x"], ending="stall"), tls=tls) as upstream:
        client = make_client(upstream.url)
        (await client.send()).release()
        await upstream.all_closed()


async def test_a_kept_tls_connection_that_breaks_in_the_send_is_not_trusted(
    make_client: MakeClient, authority: trustme.CA
) -> None:
    async with open_upstream(reply(), tls=server_tls(authority, "127.0.0.1")) as upstream:
        client = make_client(upstream.url)
        await client.send()
        client.pool._idle[-1].wire._sock.shutdown(1)  # type: ignore[attr-defined]
        with pytest.raises(UpstreamBrokenError):
            await client.send()
        assert client.count("retries_total") == 0


async def test_an_untrusted_certificate_is_explained(make_client: MakeClient) -> None:
    tls = server_tls(trustme.CA(), "127.0.0.1")
    async with open_upstream(reply(), tls=tls) as upstream:
        with pytest.raises(UpstreamConnectError, match="SSL_CERT_FILE") as caught:
            await make_client(upstream.url).send()
        assert "not trusted: " in str(caught.value)


async def test_a_certificate_for_another_name_is_explained(
    make_client: MakeClient, authority: trustme.CA
) -> None:
    async with open_upstream(reply(), tls=server_tls(authority, "other.example")) as upstream:
        with pytest.raises(UpstreamConnectError, match="IP address mismatch"):
            await make_client(upstream.url).send()


async def test_tls_where_none_is_spoken_is_explained(make_client: MakeClient) -> None:
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    answers = {b"HTTP/1.1 400 Bad\r\n\r\n": "does it speak https", b"": "TLS handshake"}

    async def answer(data: bytes) -> None:
        async with await listener.accept() as stream:
            await stream.receive_some()
            await stream.send_all(data)

    async with listener:
        port = listener.socket.getsockname()[1]
        for data, words in answers.items():
            async with trio.open_nursery() as nursery:
                nursery.start_soon(answer, data)
                with pytest.raises(UpstreamConnectError, match=words):
                    await make_client(f"https://127.0.0.1:{port}/v1").send()


async def test_an_http_upstream_goes_through_the_proxy_by_its_absolute_url(
    make_client: MakeClient,
) -> None:
    async with open_upstream(reply(b"{}")) as proxy:
        environment = {"http_proxy": f"http://user:pass@127.0.0.1:{proxy.port}"}
        client = make_client("http://up.example:8000/v1", environment=environment)
        assert (await client.send()).body == b"{}"
        request = await proxy.request(0)
    assert request.target == b"http://up.example:8000/v1/chat/completions"
    assert request.value(b"host") == b"up.example:8000"
    assert request.value(b"proxy-authorization") == b"Basic dXNlcjpwYXNz"


async def test_no_proxy_reaches_the_upstream_directly(make_client: MakeClient) -> None:
    environment = {"ALL_PROXY": f"http://127.0.0.1:{closed_port()}", "NO_PROXY": "127.0.0.1"}
    async with open_upstream(reply()) as upstream:
        client = make_client(upstream.url, environment=environment)
        await client.send()
        assert (await upstream.request(0)).target == b"/v1/chat/completions"


async def tunnel(client: trio.SocketStream, upstream_port: int, seen: list[bytes]) -> None:
    """What an outbound proxy does about one CONNECT."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += await client.receive_some()
    seen.append(head)
    await client.send_all(b"HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n")

    async def pump(source: trio.SocketStream, sink: trio.SocketStream) -> None:
        async for data in source:
            await sink.send_all(data)
        await sink.send_eof()

    async with (
        client,
        await trio.open_tcp_stream("127.0.0.1", upstream_port) as upstream,
        trio.open_nursery() as nursery,
    ):
        nursery.start_soon(pump, client, upstream)
        nursery.start_soon(pump, upstream, client)


async def test_an_https_upstream_goes_through_a_tunnel(
    make_client: MakeClient, authority: trustme.CA
) -> None:
    seen: list[bytes] = []
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with (
        open_upstream(reply(b"{}"), tls=server_tls(authority, "up.example")) as upstream,
        trio.open_nursery() as nursery,
    ):
        nursery.start_soon(
            trio.serve_listeners, lambda s: tunnel(s, upstream.port, seen), [listener]
        )
        port = listener.socket.getsockname()[1]
        environment = {"HTTPS_PROXY": f"http://u:p@127.0.0.1:{port}"}
        client = make_client("https://up.example/v1", environment=environment)
        assert (await client.send()).body == b"{}"
        request = await upstream.request(0)
        client.pool.close()
        nursery.cancel_scope.cancel()
    assert request.target == b"/v1/chat/completions"
    assert request.value(b"proxy-authorization") is None
    connect = (
        b"CONNECT up.example:443 HTTP/1.1\r\nhost: up.example:443"
        b"\r\nproxy-authorization: Basic dTpw\r\n\r\n"
    )
    assert seen == [connect]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 407 Proxy Authentication\r\n\r\n", "407; it wants user:pass"),
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "refused the way to https://up.example"),
        (b"SSH-2.0\r\n\r\n", "did not answer CONNECT in HTTP"),
        (b"", "did not answer CONNECT in HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000, "did not answer CONNECT in HTTP"),
    ],
)  # fmt: skip
async def test_a_proxy_that_refuses_is_named_without_its_password(
    make_client: MakeClient, answer: bytes, words: str
) -> None:
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")

    async def refuse() -> None:
        async with await listener.accept() as stream:
            await stream.receive_some()
            await stream.send_all(answer)

    async with trio.open_nursery() as nursery, listener:
        nursery.start_soon(refuse)
        port = listener.socket.getsockname()[1]
        environment = {"HTTPS_PROXY": f"http://u:secret@127.0.0.1:{port}"}
        client = make_client("https://up.example/v1", environment=environment)
        with pytest.raises(UpstreamConnectError, match=words) as caught:
            await client.send()
    assert "secret" not in str(caught.value)
    assert f"http://127.0.0.1:{port} (HTTPS_PROXY)" in str(caught.value)


async def test_a_proxy_that_breaks_off_is_named(make_client: MakeClient) -> None:
    (listener,) = await trio.open_tcp_listeners(0, host="127.0.0.1")

    async def reset() -> None:
        stream = await listener.accept()
        await stream.socket.recv(1)  # the rest unread: closing resets
        await trio.aclose_forcefully(stream)

    async with trio.open_nursery() as nursery, listener:
        nursery.start_soon(reset)
        port = listener.socket.getsockname()[1]
        environment = {"HTTPS_PROXY": f"http://127.0.0.1:{port}"}
        client = make_client("https://[2001:db8::1]/v1", environment=environment)
        with pytest.raises(UpstreamConnectError, match="broke off"):
            await client.send()


async def test_a_proxy_that_is_down_is_named(make_client: MakeClient) -> None:
    environment = {"HTTP_PROXY": f"http://127.0.0.1:{closed_port()}"}
    client = make_client("http://localhost:11434/v1", environment=environment)
    with pytest.raises(UpstreamConnectError, match="outbound proxy") as caught:
        await client.send()
    assert "is the proxy running? NO_PROXY names hosts" in str(caught.value)
