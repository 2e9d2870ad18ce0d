from __future__ import annotations

import httpx
import pytest

from m2m_trio.demo import DemoUpstream, open_demo_upstream
from m2m_trio.testing import open_raw_client, parse_response, raw_exchange

ASK = {"model": "demo", "messages": [{"role": "user", "content": "Hello"}], "stream": True}


async def test_it_answers_over_the_wire() -> None:
    async with open_demo_upstream(DemoUpstream(pace=0)) as url, httpx.AsyncClient() as client:
        assert (await client.get(f"{url}/models")).json()["object"] == "list"
        reply = await client.post(f"{url}/chat/completions", json=ASK)
        assert reply.text.endswith("data: [DONE]\n\n")


async def test_a_break_on_request_is_no_clean_end() -> None:
    async with open_demo_upstream(DemoUpstream(pace=0)) as url:
        request = httpx.Request(
            "POST", f"{url}/chat/completions", json=ASK | {"model": "break-2"}
        )
        head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
        raw = f"POST /v1/chat/completions HTTP/1.1\r\n{head}\r\n".encode() + request.content
        port = httpx.URL(url).port
        assert port is not None
        response = parse_response(await raw_exchange(("127.0.0.1", port), raw))
    assert not response.complete
    assert response.body.count(b"\n\n") == 2


@pytest.mark.parametrize("model", ["slow-60", "stall-0", "stall-2"])
async def test_it_notices_a_client_that_leaves(model: str) -> None:
    app = DemoUpstream(pace=0)
    async with open_demo_upstream(app) as url:
        request = httpx.Request("POST", f"{url}/chat/completions", json=ASK | {"model": model})
        head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
        port = httpx.URL(url).port
        assert port is not None
        async with open_raw_client(("127.0.0.1", port)) as client:
            await client.send(f"POST /v1/chat/completions HTTP/1.1\r\n{head}\r\n".encode())
            await client.send(request.content)
            if model != "slow-60":
                await client.read_head()
            if model == "stall-2":
                await client.read_body_until(b"delta")
            else:
                delivery = app.deliveries[-1] if app.deliveries else await app.next_delivery()
        delivery = app.deliveries[-1]
        await delivery.over.wait()
        assert delivery.ended == "cancelled"
