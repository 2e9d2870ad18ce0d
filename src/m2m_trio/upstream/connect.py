"""Opening a connection to the upstream: name, TCP, an outbound proxy, TLS.

What fails here is told in a sentence that names the upstream and the likely cause.
"""

from __future__ import annotations

import errno
import os
import re
import socket
import ssl
from collections.abc import Iterator

import trio

from m2m_trio.errors import UpstreamConnectError
from m2m_trio.net.wire import PlainWire, TlsWire, Wire
from m2m_trio.upstream.proxies import OutboundProxy
from m2m_trio.upstream.targets import Target

MAX_CONNECT_REPLY_BYTES = 16 * 1024
"""Header block of an outbound proxy's answer to CONNECT."""

_CONNECT_REPLY = re.compile(rb"HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?\r\n")

_SERVERS = {
    11434: "is Ollama running? start it with: ollama serve",
    8000: "is vLLM running? start it with: vllm serve MODEL",
    8080: "is llama.cpp running? start it with: llama-server -m MODEL.gguf",
    1234: "is LM Studio running? start it with: lms server start",
    30000: "is SGLang running? start it with: python -m sglang.launch_server",
}
"""Who usually listens on a port, and how to make them."""


class Connector:
    """Opens connections to one target.

    Args:
        target: Where to.
        proxy: The outbound proxy in between, if any.
        send_timeout: Seconds in which the far side must take each slice of what is sent.
    """

    def __init__(
        self, target: Target, proxy: OutboundProxy | None, *, send_timeout: float
    ) -> None:
        self._target = target
        self._proxy = proxy
        self._send_timeout = send_timeout
        self._tls: ssl.SSLContext | None = None

    async def connect(self) -> Wire:
        """Open a connection, ready for a request. The caller sets the deadline.

        Raises:
            UpstreamConnectError: It did not come about.
        """
        target = self._target
        if target.scheme == "http":
            stream = await self._connect_tcp()
            return PlainWire(_take_socket(stream), send_timeout=self._send_timeout)
        context = self._tls
        if context is None:  # the trust store takes ten milliseconds or more to read
            context = self._tls = await trio.to_thread.run_sync(_tls_context)
        stream = await self._connect_tcp()
        try:
            if self._proxy is not None:
                await self._open_tunnel(stream, self._proxy)
            secure = trio.SSLStream(stream, context, server_hostname=target.host)
            await self._shake_hands(secure)
        except BaseException:  # of whatever kind: the socket must not stay
            stream.socket.close()
            raise
        return TlsWire(secure, send_timeout=self._send_timeout)

    async def _connect_tcp(self) -> trio.SocketStream:
        proxy = self._proxy
        host, port = (self._target.host, self._target.port)
        if proxy is not None:
            host, port = proxy.host, proxy.port
        try:
            return await trio.open_tcp_stream(host, port)
        except (OSError, UnicodeError) as error:
            raise UpstreamConnectError(self._explain(error)) from error

    def _explain(self, error: Exception) -> str:
        """One sentence on why there is no TCP connection."""
        target, proxy = self._target, self._proxy
        where = f"the upstream {target.name}"
        host = target.host
        if proxy is not None:
            where = f"the outbound proxy {proxy.name} on the way to {target.name}"
            host = proxy.host
        if isinstance(error, (socket.gaierror, UnicodeError)):
            return (
                f"cannot reach {where}: the name {host} does not resolve;"
                " is it spelled right, and is there a network?"
            )
        reasons = sorted({_reason(leaf) for leaf in _leaves(error)})
        return f"cannot reach {where}: {', '.join(reasons)}; {self._advice(error)}"

    def _advice(self, error: Exception) -> str:
        if self._proxy is not None:
            return "is the proxy running? NO_PROXY names hosts to reach without it"
        if all(
            isinstance(leaf, OSError) and leaf.errno == errno.ECONNREFUSED
            for leaf in _leaves(error)
        ):
            return _SERVERS.get(self._target.port, "is a server running on that port?")
        return "check the address, the network and firewalls"

    async def _open_tunnel(self, stream: trio.SocketStream, proxy: OutboundProxy) -> None:
        target = self._target
        host = f"[{target.host}]" if ":" in target.host else target.host
        authority = f"{host}:{target.port}".encode()
        request = b"CONNECT %b HTTP/1.1\r\nhost: %b\r\n" % (authority, authority)
        if proxy.authorization:
            request += b"proxy-authorization: %b\r\n" % proxy.authorization
        reply = b""
        try:
            await stream.send_all(request + b"\r\n")
            while not reply.endswith(b"\r\n\r\n") and len(reply) < MAX_CONNECT_REPLY_BYTES:
                data = await stream.receive_some(MAX_CONNECT_REPLY_BYTES)
                if not data:
                    break
                reply += data
        except trio.BrokenResourceError as error:
            raise UpstreamConnectError(
                f"the outbound proxy {proxy.name} broke off the way to {target.name}"
            ) from error
        answer = _CONNECT_REPLY.match(reply)
        if answer is None or not reply.endswith(b"\r\n\r\n"):
            raise UpstreamConnectError(
                f"the outbound proxy {proxy.name} did not answer CONNECT in HTTP"
            )
        if not answer[1].startswith(b"2"):
            raise UpstreamConnectError(
                f"the outbound proxy {proxy.name} refused the way to {target.name}"
                f" with status {answer[1].decode()}"
                + ("; it wants user:password@ in its URL" if answer[1] == b"407" else "")
            )

    async def _shake_hands(self, secure: trio.SSLStream[trio.SocketStream]) -> None:
        name = self._target.name
        try:
            await secure.do_handshake()
        except trio.BrokenResourceError as error:
            cause = error.__cause__
            if isinstance(cause, ssl.SSLCertVerificationError):
                message = (
                    f"the certificate of the upstream {name} is not trusted:"
                    f" {cause.verify_message.rstrip('.')}; for an authority of your own set"
                    " SSL_CERT_FILE to its PEM file"
                )
            elif isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
                reason = str(cause.reason).lower().replace("_", " ")
                message = f"no TLS with the upstream {name}: {reason}; does it speak https?"
            else:
                message = f"the upstream {name} closed the connection in the TLS handshake"
            raise UpstreamConnectError(message) from error


def _tls_context() -> ssl.SSLContext:
    context = ssl.create_default_context()  # the system's trust store, and SSL_CERT_FILE
    context.set_alpn_protocols(["http/1.1"])
    return context


def _take_socket(stream: trio.SocketStream) -> socket.socket:
    return socket.socket(fileno=stream.socket.detach())


def _leaves(error: BaseException) -> Iterator[BaseException]:
    """The errors of the single connection attempts."""
    cause = error.__cause__
    if isinstance(cause, BaseExceptionGroup):
        yield from cause.exceptions
    else:
        yield error


def _reason(error: BaseException) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return os.strerror(error.errno).lower()  # trio's strerror repeats the address
    return str(error)
