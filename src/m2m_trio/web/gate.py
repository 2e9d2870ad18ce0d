"""The door of every way in: access checks first, then CORS where an origin is named."""

from __future__ import annotations

from m2m_trio.proxy.assembly import Proxy
from m2m_trio.proxy.record import request_id_of
from m2m_trio.stats.answers import count_error
from m2m_trio.web.problems import App, Message, Receive, Scope, Send, send_problem
from m2m_trio.wire.fields import Fields, field

PREFLIGHT_SECONDS = 600


class Gate:
    """Lets requests pass or answers them itself."""

    def __init__(self, proxy: Proxy) -> None:
        self._proxy = proxy

    def guard(self, app: App) -> App:
        """``app`` behind this gate."""

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            passed = send if scope["type"] != "http" else await self.pass_in(scope, send)
            if passed is not None:
                await app(scope, receive, passed)

        return guarded

    def is_open_for(self, scope: Scope) -> bool:
        """Whether a request passes with nothing for `pass_in` to do: most do."""
        access = self._proxy.access
        return not access.has_cors and access.check(scope["path"], scope["headers"]) is None

    async def pass_in(self, scope: Scope, send: Send) -> Send | None:
        """What the reply is to be sent with; None where the request is answered already."""
        access = self._proxy.access
        fields = scope["headers"]
        origin = field(fields, b"origin") if access.has_cors else None
        shares = origin is not None and access.allows_cors(origin)
        preflight = shares and _is_preflight(scope["method"], fields)
        refusal = access.check(scope["path"], fields, ask_key=not preflight)
        if refusal is None:
            if origin is None or not shares:
                return send
            if not preflight:
                return _with_cors(send, origin)
            await _answer_preflight(send, fields, origin)
            return None
        count_error(self._proxy.row.cells, type(refusal), refusal.status)
        await send_problem(send, refusal, request_id_of(fields))
        return None


def _is_preflight(method: str, fields: Fields) -> bool:
    return method == "OPTIONS" and field(fields, b"access-control-request-method") is not None


async def _answer_preflight(send: Send, fields: Fields, origin: bytes) -> None:
    asked = field(fields, b"access-control-request-headers")
    answer = [
        (b"access-control-allow-origin", origin),
        (b"access-control-allow-methods", b"GET, POST, DELETE, OPTIONS"),
        (b"access-control-max-age", b"%d" % PREFLIGHT_SECONDS),
        (b"vary", b"Origin"),
    ]
    if asked is not None:
        answer.append((b"access-control-allow-headers", asked))
    await send({"type": "http.response.start", "status": 204, "headers": answer})
    await send({"type": "http.response.body", "body": b""})


def _with_cors(send: Send, origin: bytes) -> Send:
    async def send_cors(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [
                pair
                for pair in message["headers"]
                if pair[0].lower() != b"access-control-allow-origin"
            ]
            message["headers"] = [
                *kept,
                (b"access-control-allow-origin", origin),
                (b"access-control-expose-headers", b"*"),
                (b"vary", b"Origin"),
            ]
        await send(message)

    return send_cors
