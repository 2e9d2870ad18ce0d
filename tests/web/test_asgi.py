"""The standalone ASGI app: started and stopped by the server that runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import trio
from hypercorn.config import Config
from hypercorn.trio import serve
from hypercorn.utils import LifespanFailureError

from m2m_trio.asgi import make_standalone_app
from m2m_trio.testing import open_upstream, raw_exchange, reply

GET = b"GET %b HTTP/1.1\r\nHost: localhost\r\n\r\n"


@asynccontextmanager
async def open_server(**environ: str) -> AsyncGenerator[tuple[str, int]]:
    """The app on stock hypercorn, as its command line would run it."""
    app = make_standalone_app(environ)
    config = Config()
    config.bind = ["127.0.0.1:0"]
    config.errorlog = None
    stop = trio.Event()
    with trio.fail_after(20):
        async with trio.open_nursery() as nursery:
            served = partial(serve, app, config, shutdown_trigger=stop.wait)  # type: ignore[arg-type]
            (url,) = await nursery.start(served)
            yield "127.0.0.1", int(url.rsplit(":", 1)[1])
            stop.set()


async def test_settings_come_from_environment_and_file(tmp_path: Path) -> None:
    async with open_upstream(reply(b"{}")) as upstream:
        file = tmp_path / "config.toml"
        file.write_text(f'[proxy]\nupstream = "{upstream.url}"\n')
        async with open_server(M2M_CONFIG=str(file), M2M_API_KEY="sk-env") as address:
            assert b"200" in await raw_exchange(address, GET % b"/v1/models")
            stats = await raw_exchange(address, GET % b"/stats")
            assert upstream.origin.encode() in stats
        assert upstream.requests[0].values(b"authorization") == [b"Bearer sk-env"]
        await upstream.all_closed()  # the proxy was closed with the app


async def test_wrong_setting_stops_the_start_with_one_line(tmp_path: Path) -> None:
    with pytest.raises(BaseExceptionGroup) as raised:
        async with open_server(HOME=str(tmp_path), M2M_UPSTREAM="ftp://x"):
            pass
    failure = raised.value.subgroup(LifespanFailureError)
    while isinstance(failure, BaseExceptionGroup):
        failure = failure.exceptions[0]
    assert "proxy.upstream (environment M2M_UPSTREAM)" in str(failure)


async def status_for(app: Any, client: tuple[str, int] | None) -> int:
    """The status of a GET from ``client``, straight from the app."""
    statuses: list[int] = []
    received = False

    async def receive() -> dict[str, object]:
        nonlocal received
        if received:
            await trio.sleep_forever()
        received = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/stats",
        "raw_path": b"/stats",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"api-key", b"sk-client")],
        "client": client,
        "server": ("0.0.0.0", 8080),
    }
    await app(scope, receive, send)
    return statuses[0]


@pytest.mark.parametrize(
    ("environ", "status"),
    [
        ({"M2M_API_KEY": "sk-ours"}, 401),
        ({"M2M_API_KEY": "sk-ours", "M2M_CLIENT_KEYS": "sk-client"}, 200),
        ({}, 200),
    ],
)
async def test_operators_key_stays_home(
    environ: dict[str, str], status: int, tmp_path: Path
) -> None:
    app = make_standalone_app({"HOME": str(tmp_path), **environ})
    async with app.test_app():
        assert await status_for(app, ("10.0.0.7", 5)) == status
        assert await status_for(app, ("127.0.0.1", 5)) == 200
        assert await status_for(app, None) == 200  # a Unix socket


def test_import_reads_no_settings(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import m2m_trio.asgi; print(m2m_trio.asgi.app.name)"],
        env={**os.environ, "M2M_UPSTREAM": "nonsense", "M2M_CONFIG": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (run.returncode, run.stdout) == (0, "m2m_trio\n"), run.stderr
