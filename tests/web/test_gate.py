"""Who may come in, as clients see it: keys, Host, Origin, CORS; on both engines."""

from __future__ import annotations

import pytest
from rig import RigOpener, format_request

from m2m_trio.testing import Response, reply

KEY = "sk-node-1234567890"
OURS = "sk-upstream-0987654321"
PAGE = "https://app.example"


def error_of(response: Response) -> tuple[int, str]:
    error = response.json()["error"]
    assert list(error) == ["message", "type", "param", "code"]
    assert KEY not in error["message"]
    return response.status, error["code"]


@pytest.mark.parametrize(
    "field",
    [f"Authorization: Bearer {KEY}", f"authorization: bEARER {KEY}", f"api-key: {KEY}",
     f"X-Api-Key: {KEY}"],
)  # fmt: skip
async def test_client_key_lets_in_in_every_field(rig: RigOpener, field: str) -> None:
    async with rig(reply(), client_keys=("sk-other", KEY)) as node:
        assert (await node.get("/v1/models", field)).status == 200
        assert (await node.get("/stats", field)).status == 200


@pytest.mark.parametrize(
    "fields",
    [[], ["Authorization: Bearer sk-wrong"], [f"Authorization: Basic {KEY}"],
     ["Authorization: Bearer "], [f"Cookie: {KEY}"]],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/v1/models", "/stats", "/metrics", "/v1/compress", "/x"])
async def test_without_a_client_key_it_is_a_401(
    rig: RigOpener, path: str, fields: list[str]
) -> None:
    async with rig(reply(), client_keys=(KEY,)) as node:
        response = await node.get(path, *fields)
        assert error_of(response) == (401, "invalid_api_key")
        assert response.value(b"www-authenticate") == b"Bearer"
        assert response.json()["error"]["type"] == "invalid_request_error"
        assert not node.upstream.connections
        assert node.count("errors_total", kind="invalid_api_key") == 1  # judged once
        assert node.count("responses_total", status="4xx") == 1


@pytest.mark.parametrize("path", ["/health", "/ready", "/%68ealth"])
async def test_probes_need_no_key(rig: RigOpener, path: str) -> None:
    async with rig(reply(), client_keys=(KEY,)) as node:
        assert (await node.get(path)).status == 200
        assert not node.upstream.connections


async def test_our_key_is_sent_only_where_the_client_sent_none(rig: RigOpener) -> None:
    async with rig(reply(), api_key=OURS) as node:
        await node.get("/v1/models")
        await node.get("/v1/models", "Authorization: Bearer sk-mine")
        await node.get("/v1/models", "X-Api-Key: sk-mine")
        sent = [request.values(b"authorization") for request in node.upstream.requests]
        assert sent == [[f"Bearer {OURS}".encode()], [b"Bearer sk-mine"], []]


async def test_client_key_of_this_node_never_reaches_the_upstream(rig: RigOpener) -> None:
    async with rig(reply(), api_key=OURS, client_keys=(KEY,)) as node:
        await node.get("/v1/models", f"Authorization: Bearer {KEY}", f"api-key: {KEY}")
        raw = bytes(node.upstream.requests[0].head.raw)
        assert KEY.encode() not in raw
        assert raw.count(OURS.encode()) == 1


async def test_keys_are_never_shown(rig: RigOpener) -> None:
    async with rig(reply(status=401), api_key=OURS, client_keys=(KEY,)) as node:
        shown = b""
        for path in ("/v1/models", "/stats", "/metrics", "/health", "/ready", "/m2m/hello"):
            shown += (await node.get(path, f"Authorization: Bearer {KEY}")).head.raw
            shown += (await node.get(path, f"Authorization: Bearer {KEY}")).body
        assert OURS.encode() not in shown
        assert KEY.encode() not in shown


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil"])
@pytest.mark.parametrize("path", ["/v1/models", "/stats", "/health"])
async def test_foreign_host_is_refused(rig: RigOpener, host: str, path: str) -> None:
    async with rig(reply()) as node:
        response = await node.ask(format_request("GET", path, host=host))
        assert error_of(response) == (403, "host_not_allowed")
        assert not node.upstream.connections


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:9", "my.box"]
)
async def test_own_host_names_are_answered(rig: RigOpener, host: str) -> None:
    async with rig(reply(), allowed_hosts=("My.Box",)) as node:
        for _ in range(2):
            response = await node.ask(format_request("GET", "/v1/models", host=host))
            assert response.status == 200


async def test_page_of_a_stranger_is_refused(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        for path in ("/v1/models", "/stats"):
            response = await node.get(path, f"Origin: {PAGE}")
            assert error_of(response) == (403, "origin_not_allowed")
        preflight = format_request(
            "OPTIONS", "/v1/models", f"Origin: {PAGE}", "Access-Control-Request-Method: POST"
        )
        assert (await node.ask(preflight)).status == 403
        assert not node.upstream.connections


async def test_page_of_the_node_itself_passes_without_cors(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        response = await node.get("/v1/models", "Origin: http://localhost")
        assert response.status == 200
        assert response.value(b"access-control-allow-origin") is None


@pytest.mark.parametrize("allowed", [PAGE, "*"])
async def test_named_origin_gets_cors(rig: RigOpener, allowed: str) -> None:
    fields = [(b"access-control-allow-origin", b"https://other.example"), (b"x-a", b"1")]
    async with rig(reply(fields=fields), cors_origins=(allowed,), client_keys=(KEY,)) as node:
        key = f"Authorization: Bearer {KEY}"
        for path in ("/v1/models", "/stats"):
            response = await node.get(path, f"Origin: {PAGE}", key)
            assert response.status == 200
            assert response.value(b"access-control-allow-origin") == PAGE.encode()
            assert response.value(b"access-control-expose-headers") == b"*"
            assert b"Origin" in response.values(b"vary")
        assert (await node.get("/v1/models", f"Origin: {PAGE}")).status == 401
        assert (await node.get("/v1/models", key)).value(b"vary") is None


async def test_preflight_of_a_named_origin_needs_no_key(rig: RigOpener) -> None:
    async with rig(reply(), cors_origins=(PAGE,), client_keys=(KEY,)) as node:
        response = await node.ask(
            format_request(
                "OPTIONS",
                "/v1/chat/completions",
                f"Origin: {PAGE}",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization, content-type",
            )
        )
        assert response.status == 204
        assert response.value(b"access-control-allow-origin") == PAGE.encode()
        assert b"POST" in (response.value(b"access-control-allow-methods") or b"")
        allowed = response.value(b"access-control-allow-headers")
        assert allowed == b"authorization, content-type"
        assert not node.upstream.connections
        bare = format_request(
            "OPTIONS", "/v1/x", f"Origin: {PAGE}", "Access-Control-Request-Method: GET"
        )
        assert (await node.ask(bare)).value(b"access-control-allow-headers") is None


async def test_other_options_request_of_a_named_origin_needs_a_key(rig: RigOpener) -> None:
    async with rig(reply(), cors_origins=(PAGE,), client_keys=(KEY,)) as node:
        response = await node.ask(format_request("OPTIONS", "/v1/models", f"Origin: {PAGE}"))
        assert error_of(response) == (401, "invalid_api_key")


async def test_hello_is_for_those_with_a_key(rig: RigOpener) -> None:
    async with rig(reply(), client_keys=(KEY,)) as node:
        refused = await node.get("/m2m/hello")
        assert error_of(refused) == (401, "invalid_api_key")
        hello = (await node.get("/m2m/hello", f"Authorization: Bearer {KEY}")).json()
        assert hello["m2m"] == 1
        assert hello["codings"]["requests"][:3] == ["dcz", "m2m-zd1", "zstd"]
        assert hello["node"] == node.proxy.node_id
        assert len(hello["dictionaries"][0]["sha256"]) == 64
