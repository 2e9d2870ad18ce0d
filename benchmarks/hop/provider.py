"""The provider: HTTP/1.1 by hand, so that every write of a stream is a write on the socket."""

from __future__ import annotations

import gzip

import trio
from traffic import Turn


class Provider:
    """Answers a request with the reply of the turn its ``x-replay`` field names."""

    def __init__(self, *, pace: float = 0.0) -> None:
        self.turns: dict[str, Turn] = {}
        self.wrong: list[str] = []
        """Turns whose request arrived other than it was sent."""

        self.origin = ""
        self.pace = pace
        """Seconds between two events of a stream."""

    async def serve(self, *, task_status: trio.TaskStatus[int]) -> None:
        listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
        port = listeners[0].socket.getsockname()[1]
        self.origin = f"http://127.0.0.1:{port}"
        task_status.started(port)
        await trio.serve_listeners(self._connection, listeners)

    async def _connection(self, stream: trio.SocketStream) -> None:
        pending = b""
        try:
            while True:
                while b"\r\n\r\n" not in pending:
                    piece = await stream.receive_some(1 << 16)
                    if not piece:
                        return
                    pending += piece
                head, _, pending = pending.partition(b"\r\n\r\n")
                fields = dict(_fields(head))
                size = int(fields.get("content-length", "0"))
                parts, got = [pending], len(pending)
                while got < size:
                    piece = await stream.receive_some(1 << 18)
                    if not piece:
                        return
                    parts.append(piece)
                    got += len(piece)
                body = b"".join(parts)
                pending = body[size:]
                body = body[:size]
                if fields.get("content-encoding") == "gzip":
                    body = gzip.decompress(body)
                await self._answer(stream, fields.get("x-replay", ""), body)
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            return

    async def _answer(self, stream: trio.SocketStream, key: str, body: bytes) -> None:
        turn = self.turns.get(key)
        if turn is None:
            await stream.send_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
            return
        if turn.request != body:
            self.wrong.append(key)
        if not turn.streamed:
            reply = b"".join(turn.reply)
            await stream.send_all(
                b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                b"content-length: %d\r\n\r\n%s" % (len(reply), reply)
            )
            return
        await stream.send_all(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
            b"transfer-encoding: chunked\r\n\r\n"
        )
        for event in turn.reply:
            if self.pace:
                await trio.sleep(self.pace)
            await stream.send_all(b"%x\r\n%s\r\n" % (len(event), event))
        await stream.send_all(b"0\r\n\r\n")


def _fields(head: bytes) -> list[tuple[str, str]]:
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return [(name.lower(), value.strip()) for name, _, value in pairs]
