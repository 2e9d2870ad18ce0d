"""The node as an ASGI app under stock hypercorn, started as from a shell.

    hypercorn --worker-class trio --config file:hypercorn.py m2m_trio.asgi:app

Settings come from ``~/.m2m/config.toml`` and the environment, here ``M2M_UPSTREAM``. The
two header settings leave ``Date`` and ``Server`` of the upstream's replies alone.

python examples/stock_hypercorn.py [UPSTREAM]
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import AsyncExitStack
from tempfile import TemporaryDirectory

import httpx
import trio

from m2m_trio.demo import open_demo_upstream

CONFIG = """\
bind = "127.0.0.1:0"
include_date_header = False
include_server_header = False
"""


async def main(upstream: str | None = None) -> None:
    """Start hypercorn on the node, ask it, stop it."""
    async with AsyncExitStack() as stack:
        if upstream is None:
            upstream = await stack.enter_async_context(open_demo_upstream())
        config = trio.Path(stack.enter_context(TemporaryDirectory()), "hypercorn.py")
        await config.write_text(CONFIG)
        command = [sys.executable, "-m", "hypercorn", "--worker-class", "trio"]
        server = await trio.lowlevel.open_process(
            [*command, "--config", f"file:{config}", "m2m_trio.asgi:app"],
            stderr=subprocess.PIPE,
            env={**os.environ, "M2M_UPSTREAM": upstream},
        )
        try:
            origin = await wait_for_origin(server)
            async with httpx.AsyncClient(base_url=origin, trust_env=False) as client:
                print("health:", (await client.get("/health")).json()["status"])
                models = (await client.get("/v1/models")).json()["data"]
            print("models:", ", ".join(model["id"] for model in models))
            server.send_signal(signal.SIGTERM)
        except BaseException:
            server.kill()
            raise
        print("exit code:", await server.wait())


async def wait_for_origin(server: trio.Process) -> str:
    """The URL that hypercorn says it runs on."""
    said = b""
    assert server.stderr is not None
    async for piece in server.stderr:
        said += piece
        if found := re.search(rb"Running on (http://[\d.:]+)", said):
            return found[1].decode()
    raise RuntimeError(f"hypercorn did not start: {said.decode()}")


if __name__ == "__main__":
    trio.run(main, sys.argv[1] if sys.argv[1:] else None)
