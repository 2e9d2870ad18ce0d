from __future__ import annotations

import pytest

from m2m_trio.errors import SettingsError
from m2m_trio.settings.model import Settings
from m2m_trio.testing import open_node, open_upstream, parse_response, raw_exchange, reply


async def test_a_node_forwards_to_its_upstream() -> None:
    async with open_upstream(reply(b"[1]")) as upstream, open_node(upstream.url) as node:
        assert node.url == f"http://127.0.0.1:{node.address[1]}/v1"
        request = b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"
        answer = parse_response(await raw_exchange(node.address, request))
    assert answer.body == b"[1]"
    assert upstream.requests[0].target == b"/v1/models"


async def test_settings_are_taken() -> None:
    settings = Settings(server_timing=True)
    async with open_node("http://localhost:1/v1", settings) as node:
        assert node.proxy.settings.server_timing
        assert node.proxy.settings.upstream == "http://localhost:1/v1"


async def test_settings_that_cannot_be_taken_are_refused() -> None:
    with pytest.raises(SettingsError, match="demo:"):
        async with open_node("demo:"):
            pass


async def test_one_error_comes_alone() -> None:
    with pytest.raises(KeyError, match="mine"):
        async with open_node("http://localhost:1"):
            raise KeyError("mine")
