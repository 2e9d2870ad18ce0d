"""The API as a Quart-Trio blueprint, for this package's own app and for anybody's.

::

    async with open_proxy(settings) as proxy:
        app.register_blueprint(make_blueprint(proxy), url_prefix="/llm")

Handlers call the same `open_exchange` as the fast lane. The path and the query that reach the
upstream are the raw bytes of the ASGI scope, less a prefix the blueprint is registered under.
The hooks of the app around it (``before_request``, ``after_request``) run as for any handler;
its ``MAX_CONTENT_LENGTH`` counts as well, its ``BODY_TIMEOUT`` and ``RESPONSE_TIMEOUT`` not.
"""

from __future__ import annotations

from functools import partial

import trio
from quart import Blueprint, request
from quart.blueprints import BlueprintSetupState
from quart_trio.wrappers import TrioResponse
from werkzeug.datastructures import Headers
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.routing import BaseConverter

from m2m_trio.errors import BodyTooLargeError, ClientGoneError, M2MError, RequestTimeoutError
from m2m_trio.proxy.assembly import Proxy
from m2m_trio.proxy.exchange import BodyReader, Request, open_exchange
from m2m_trio.upstream.targets import ENDPOINTS
from m2m_trio.web.dataplane import exchange_fields
from m2m_trio.web.gate import Gate
from m2m_trio.web.problems import Message, Send, problem_fields
from m2m_trio.web.request_scope import (
    CLIENT_LEFT,
    ReplyBody,
    RequestScope,
    RequestScopes,
    current_scope,
    put_before,
)
from m2m_trio.wire.fields import Fields


class AnyPath(BaseConverter):
    """The rest of a path, whatever it is: empty, with double slashes, with line breaks."""

    part_isolating = False
    regex = r"[\s\S]*"
    weight = 300  # behind every other converter of werkzeug's


CONVERTER = "m2m_any"


def make_blueprint(
    proxy: Proxy, *, name: str = "m2m_trio", catch_all: bool = False, guarded: bool = False
) -> Blueprint:
    """Everything the API has, under ``/v1`` and without it, for every method.

    Args:
        proxy: Open for as long as the app serves.
        name: Of the blueprint; two in one app need two names.
        catch_all: Whether every other path goes to the upstream's origin, as the proxy's
            ``passthrough`` says. Rules of the app come before it.
        guarded: Whether the whole app is behind a `Gate` of this proxy already. If not,
            access is checked here, for this blueprint's paths alone.
    """
    blueprint = Blueprint(name, __name__, static_folder=None)
    forwarding = _Forwarding(proxy, None if guarded else Gate(proxy))

    def add_rules(state: BlueprintSetupState) -> None:
        app = state.app
        if state.first_registration:
            put_before(app, RequestScopes)
        app.url_map.converters[CONVERTER] = AnyPath
        prefix = (state.url_prefix or "").rstrip("/")
        endpoint = f"{state.name_prefix}.{state.name}.forward".lstrip(".")
        app.view_functions[endpoint] = partial(forwarding.forward, prefix.encode())
        for path in _rules(catch_all=catch_all):
            # not by add_url_rule(), which insists on a list of methods
            app.url_map.add(
                app.url_rule_class(
                    prefix + path, endpoint=endpoint, strict_slashes=False, merge_slashes=False
                )
            )

    blueprint.record(add_rules)
    return blueprint


def _rules(*, catch_all: bool) -> list[str]:
    rest = f"<{CONVERTER}:rest>"
    rules = [f"/v1/{rest}"]
    if catch_all:
        return [*rules, f"/{rest}"]
    for endpoint in sorted(ENDPOINTS):
        path = f"/{endpoint.decode()}"
        rules += [path, f"{path}/{rest}"]
    return rules


class RawResponse(TrioResponse):
    """A response to which Quart adds nothing."""

    automatically_set_content_length = False
    default_mimetype = None  # type: ignore[assignment]


class _Forwarding:
    """The one handler."""

    def __init__(self, proxy: Proxy, gate: Gate | None) -> None:
        self._proxy = proxy
        self._gate = gate

    async def forward(self, prefix: bytes, **_path: str) -> RawResponse:
        """Answer with the upstream's reply, or with what is wrong in OpenAI's shape.

        ``prefix`` is what the blueprint is registered under. Quart's idea of the path is not
        used: it is decoded.
        """
        head = _HeldHead()
        send: Send | None = head.take
        if self._gate is not None:
            # no path of the upstream is open to clients without a key, whatever its name
            send = await self._gate.pass_in({**current_scope(), "path": ""}, head.take)
        if send is None:
            return head.response(head.body)
        exchange = open_exchange(self._proxy, self._request(prefix))
        held = RequestScope.of(current_scope())
        try:
            reply = await held.open(exchange)
        except M2MError as error:
            body = error.body()
            fields = problem_fields(error, len(body), exchange.request_id)
            await _start(send, error.status, fields)
            return head.response(body)
        await _start(send, reply.status, exchange_fields(exchange, reply))
        return head.response(ReplyBody(held, reply))

    def _request(self, prefix: bytes) -> Request:
        scope = current_scope()
        path: bytes = scope["raw_path"]
        return Request(
            scope["method"],
            path.removeprefix(prefix),
            scope["query_string"],
            list(scope["headers"]),
            body_reader(
                self._proxy.settings.timeouts.body, self._proxy.admission.limits.body_bytes
            ),
        )


async def _start(send: Send, status: int, fields: Fields) -> None:
    await send({"type": "http.response.start", "status": status, "headers": fields})


class _HeldHead:
    """Takes the head of a response, and makes Quart's response of it."""

    def __init__(self) -> None:
        self.body = b""
        self._start: Message = {}

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        else:
            self.body = message["body"]

    def response(self, body: bytes | ReplyBody) -> RawResponse:
        fields = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, value in self._start["headers"]
        ]
        response = RawResponse(body, self._start["status"], Headers(fields))
        response.timeout = None
        return response


def body_reader(timeout: float, limit: int) -> BodyReader:
    """The body of Quart's current request, part by part, ``timeout`` seconds for each.

    One that announces more than ``limit`` bytes is not waited for; whoever reads counts.

    Raises:
        RequestTimeoutError: From the reader: nothing came in time.
        BodyTooLargeError: From the reader: it is over ``limit``, or over the app's
            ``MAX_CONTENT_LENGTH``.
        ClientGoneError: From the reader: the client left before its end.
    """
    parts = aiter(request.body)
    announced = request.content_length or 0
    hosts_limit = request.max_content_length
    received = 0

    async def read() -> bytes:
        nonlocal received
        if announced > limit:
            raise BodyTooLargeError(f"the request body is over {limit} bytes")
        part = b""
        try:
            with trio.fail_after(timeout):
                while not part:  # Quart 0.23 gives empty parts that are no end
                    part = await anext(parts)
        except StopAsyncIteration:
            return b""
        except trio.TooSlowError:
            raise RequestTimeoutError(f"nothing of the body came for {timeout:g} s") from None
        except RequestEntityTooLarge as error:
            raise _over_hosts_limit() from error
        except CLIENT_LEFT as error:  # pragma: no cover  (Quart 0.23, in a race)
            raise ClientGoneError("the client left before its request was complete") from error
        received += len(part)
        if hosts_limit is not None and received > hosts_limit:
            raise _over_hosts_limit()  # Quart 0.23 does not count parts
        return part

    return read


def _over_hosts_limit() -> BodyTooLargeError:
    return BodyTooLargeError(
        "the request body is over MAX_CONTENT_LENGTH of the app that embeds this proxy"
    )
