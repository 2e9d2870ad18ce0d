"""The blueprint inside somebody else's Quart-Trio app, on stock hypercorn."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

import pytest
import trio
from hypercorn.config import Config
from hypercorn.trio import serve
from quart import Response, request
from quart_trio import QuartTrio
from rig import Rig, format_request

from m2m_trio import Settings, make_blueprint, open_proxy
from m2m_trio.settings.model import TimeoutSettings
from m2m_trio.testing import Script, format_chunk, open_upstream, reply, sse, unanswered

KEY = "sk-node-1234567890"
CHAT = "/llm/v1/chat/completions"


@asynccontextmanager
async def open_host(
    app: QuartTrio, script: Script, *, prefix: str | None = "/llm", catch_all: bool = False,
    **changes: object,
) -> AsyncGenerator[Rig]:  # fmt: skip
    """Serve ``app`` with the blueprint in it."""
    with trio.fail_after(20):
        async with open_upstream(script) as upstream, trio.open_nursery() as nursery:
            settings = Settings(upstream=upstream.url, **changes)  # type: ignore[arg-type]
            async with open_proxy(settings) as proxy:
                app.register_blueprint(
                    make_blueprint(proxy, catch_all=catch_all), url_prefix=prefix
                )
                config = Config()
                config.bind = ["127.0.0.1:0"]
                config.errorlog = None
                (url,) = await nursery.start(partial(serve, app, config))
                yield Rig(upstream, proxy, ("127.0.0.1", int(url.rsplit(":", 1)[1])), url)
                nursery.cancel_scope.cancel()


@pytest.fixture
def app() -> QuartTrio:
    """Somebody's app, with a page of its own and hooks."""
    app = QuartTrio(__name__)

    @app.get("/")
    async def home() -> str:
        return "their page"

    @app.get("/health")
    async def health() -> str:
        return "their health"

    @app.after_request
    async def sign(response: Response) -> Response:
        response.headers["x-host"] = "yes"
        return response

    return app


async def test_api_is_served_below_the_prefix(app: QuartTrio) -> None:
    async with open_host(app, reply(b'{"a":1,"a":2}')) as host:
        response = await host.post(f"{CHAT}?x=%2F", b"{ }")
        assert response.body == b'{"a":1,"a":2}'
        assert response.value(b"x-host") == b"yes"
        sent = host.upstream.requests[0]
        assert (sent.method, sent.target, sent.body) == (
            b"POST",
            b"/v1/chat/completions?x=%2F",
            b"{ }",
        )
        await host.get("/llm/models")
        await host.get("/llm/files/a%2Fb//c")
        targets = [sent.target for sent in host.upstream.requests[1:]]
        assert targets == [b"/v1/models", b"/v1/files/a%2Fb//c"]


async def test_everything_else_stays_the_hosts(app: QuartTrio) -> None:
    async with open_host(app, reply()) as host:
        assert (await host.get("/")).body == b"their page"
        assert (await host.get("/health")).body == b"their health"
        for path in ("/llm", "/llm/other", "/v1/models", "/llm/health"):
            assert (await host.get(path)).status == 404
        assert not host.upstream.connections


async def test_catch_all_leaves_the_hosts_own_rules_alone(app: QuartTrio) -> None:
    async with open_host(app, reply(b"upstream"), prefix=None, catch_all=True) as host:
        assert (await host.get("/")).body == b"their page"
        assert (await host.get("/anything//else")).body == b"upstream"


async def test_access_is_checked_for_the_blueprint_alone(app: QuartTrio) -> None:
    async with open_host(
        app, reply(), prefix=None, catch_all=True, client_keys=(KEY,), api_key="sk-up"
    ) as host:
        assert (await host.get("/")).status == 200
        response = await host.get("/v1/models")
        assert response.status == 401
        assert response.json()["error"]["code"] == "invalid_api_key"
        # no path of the upstream is open, though a node's own /ready would be
        assert (await host.get("/ready")).status == 401
        assert (await host.get("/v1/models", f"api-key: {KEY}")).status == 200
        assert host.upstream.requests[0].values(b"authorization") == [b"Bearer sk-up"]
        assert not host.upstream.requests[0].values(b"api-key")


async def test_cors_is_answered_for_the_blueprint(app: QuartTrio) -> None:
    page = "https://app.example"
    async with open_host(app, reply(), cors_origins=(page,)) as host:
        response = await host.get("/llm/v1/models", f"Origin: {page}")
        assert response.value(b"access-control-allow-origin") == page.encode()
        preflight = format_request(
            "OPTIONS", CHAT, f"Origin: {page}", "Access-Control-Request-Method: POST"
        )
        response = await host.ask(preflight)
        assert response.status == 204
        assert not host.upstream.requests[1:]
        refused = await host.get("/llm/v1/models", "Origin: https://evil.example")
        assert refused.status == 403


async def test_errors_keep_openais_shape_whatever_the_hosts_handlers(app: QuartTrio) -> None:
    @app.errorhandler(Exception)
    async def handle(_error: Exception) -> tuple[str, int]:
        return "their error page", 500

    async with open_host(app, unanswered("close")) as host:
        response = await host.post(CHAT)
        assert response.status == 502
        assert response.json()["error"]["code"] == "upstream_broken"
        assert response.value(b"x-host") == b"yes"


async def test_hosts_own_body_limit_counts(app: QuartTrio) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 100
    async with open_host(app, reply()) as host:
        assert (await host.post(CHAT, b"x" * 100)).status == 200
        response = await host.post(CHAT, b"x" * 101)
        assert response.status == 413
        assert "MAX_CONTENT_LENGTH" in response.json()["error"]["message"]
        async with host.connect() as client:
            await client.send(format_request("POST", CHAT, "Transfer-Encoding: chunked"))
            await client.send(format_chunk(b"x" * 101))
            assert (await client.read_response()).status == 413


async def test_hosts_timeouts_do_not_count(app: QuartTrio) -> None:
    app.config.update(RESPONSE_TIMEOUT=0.05, BODY_TIMEOUT=0.05)
    send_piece, pieces = trio.open_memory_channel[bytes](0)
    timeouts = TimeoutSettings(body=5)
    async with open_host(app, sse(pieces), timeouts=timeouts) as host, host.connect() as client:
        await client.send(format_request("POST", CHAT, "Content-Length: 2") + b"{")
        await trio.sleep(0.1)
        await client.send(b"}")
        await client.read_head()
        await trio.sleep(0.1)
        await send_piece.send(b"data: late\n\n")
        await send_piece.aclose()
        response = await client.read_response()
        assert (response.complete, response.body) == (True, b"data: late\n\n")


async def test_hook_of_the_host_may_answer_instead(app: QuartTrio) -> None:
    @app.before_request
    async def close_shop() -> tuple[str, int] | None:
        return ("closed", 403) if "closed" in request.headers else None

    async with open_host(app, reply()) as host:
        assert (await host.post(CHAT, b"{}", "Closed: 1")).body == b"closed"
        assert not host.upstream.connections


async def test_reply_that_a_hook_throws_away_is_released(app: QuartTrio) -> None:
    @app.after_request
    async def replace(_response: Response) -> Response:
        return Response("something else")

    async with open_host(app, sse([b"data: 1\n\n"], ending="stall")) as host:
        assert (await host.post(CHAT)).body == b"something else"
        await host.upstream.requests[0].closed.wait()
        assert host.count("exchanges_open") == 0
        assert host.count("cancelled_total", phase="first_chunk") == 1


async def test_host_that_fails_after_the_handler_releases_the_reply(app: QuartTrio) -> None:
    @app.after_request
    async def fail(_response: Response) -> Response:
        raise RuntimeError("a bug of the host")

    app.logger.disabled = True
    async with open_host(app, sse([b"data: 1\n\n"], ending="stall")) as host:
        await host.post(CHAT)
        await host.upstream.requests[0].closed.wait()
        assert host.count("exchanges_open") == 0


async def test_two_proxies_in_one_app() -> None:
    app = QuartTrio(__name__)
    async with (
        open_upstream(reply(b"other")) as other,
        open_proxy(Settings(upstream=other.url)) as proxy,
    ):
        app.register_blueprint(make_blueprint(proxy, name="other"), url_prefix="/other")
        async with open_host(app, reply(b"one")) as host:
            assert (await host.get("/llm/v1/models")).body == b"one"
            assert (await host.get("/other/v1/models")).body == b"other"


async def test_one_blueprint_under_two_prefixes(app: QuartTrio) -> None:
    async with open_host(app, reply()) as host:
        again = app.blueprints["m2m_trio"]
        app.register_blueprint(again, url_prefix="/again", name="again")
        assert (await host.get("/again/v1/models")).status == 200
        assert (await host.get("/llm/v1/models")).status == 200


async def test_client_that_leaves_the_host_reaches_the_upstream(app: QuartTrio) -> None:
    async with open_host(app, sse([b"data: 1\n\n"], ending="stall")) as host:
        async with host.connect() as client:
            await client.send(format_request("POST", CHAT, body=b"{}"))
            await client.read_head()
            await client.read_body_until(b"data: 1")
        await host.upstream.requests[0].closed.wait()
        while host.count("exchanges_open"):
            await trio.sleep(0.001)
        assert host.count("cancelled_total", phase="stream") == 1


async def test_hosts_own_header_text_is_left_alone() -> None:
    app = QuartTrio(__name__)

    @app.get("/theirs")
    async def theirs() -> Response:
        return Response("x", headers={"x-name": "中"})

    async with open_host(app, reply(fields=[(b"x-latin", b"\xe9")])) as host:
        assert (await host.get("/theirs")).value(b"x-name") == "中".encode()
        assert (await host.get("/llm/v1/models")).value(b"x-latin") == b"\xe9"
