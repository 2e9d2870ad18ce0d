"""``m2m-trio serve``: a node in this process, or one in each of several workers."""

from __future__ import annotations

import gc
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import attrs
import trio

from m2m_trio import __version__
from m2m_trio.errors import SettingsError
from m2m_trio.proxy.assembly import Proxy, open_proxy
from m2m_trio.server.node import serve
from m2m_trio.settings.address import Address
from m2m_trio.settings.load import Loaded, reload
from m2m_trio.settings.model import Settings
from m2m_trio.settings.urls import DEMO_UPSTREAM
from m2m_trio.stats.board import Board
from m2m_trio.telemetry.logs import configure_logs, get_logger

DRAINED, CUT = 0, 1
"""Exit codes: it drained, if need be up to the time limit; a second signal cut it short."""

log = get_logger()


def run_node(loaded: Loaded) -> int:
    """Serve until a signal says stop; the process's exit code.

    Raises:
        SettingsError: What was asked for cannot be served.
    """
    settings = loaded.settings
    _configure_logs(settings)
    if settings.workers == 1:
        return trio.run(_run_worker, loaded, None, 0, settings.listen)
    from m2m_trio.server.restarts import WorkerRules
    from m2m_trio.server.supervisor import supervise
    from m2m_trio.store.directory import shared_directory

    with shared_directory(settings.hop.total_bytes) as directory:

        def run_worker(index: int, board: Board, address: Address) -> int:
            return trio.run(_run_worker, _newest(loaded), board, index, address, directory)

        return supervise(
            run_worker,
            workers=settings.workers,
            address=settings.listen,
            log=log.info,
            rules=WorkerRules(drain=settings.timeouts.drain),
        )


async def _run_worker(
    loaded: Loaded,
    board: Board | None,
    worker: int,
    address: Address,
    directory: Path | None = None,
) -> int:
    async with AsyncExitStack() as stack:
        demo_url = ""
        if loaded.settings.upstream == DEMO_UPSTREAM:
            from m2m_trio.demo import open_demo_upstream

            demo_url = await stack.enter_async_context(open_demo_upstream())
        settings = _with_demo(loaded.settings, demo_url)
        proxy = await stack.enter_async_context(
            open_proxy(settings, board=board, worker=worker, directory=directory)
        )
        obedience = _Obedience(proxy, loaded, demo_url, supervised=board is not None)
        failure: SettingsError | None = None
        async with trio.open_nursery() as nursery:
            await nursery.start(obedience.obey, nursery.cancel_scope)
            gc.collect()
            gc.freeze()  # what is loaded stays: walking all of it would stop streams for 80 ms
            try:
                await serve(
                    proxy,
                    address=address,
                    reuse_port=board is not None,
                    task_status=_Announcement(proxy, loaded),
                )
            except SettingsError as error:  # raised below: a nursery would wrap it in a group
                failure = error
            nursery.cancel_scope.cancel()
    if failure is not None:
        raise failure
    return CUT if obedience.cut else DRAINED


class _Announcement(trio.TaskStatus[list[Address]]):
    """Tells the operator where the node listens, once it does."""

    def __init__(self, proxy: Proxy, loaded: Loaded) -> None:
        self._proxy = proxy
        self._loaded = loaded

    def started(self, value: list[Address] | None = None) -> None:
        settings = self._proxy.settings
        scheme = "https" if settings.speaks_tls else "http"
        log.info(
            "serving",
            version=__version__,
            url=" ".join(f"{scheme}://{address}/v1" for address in value or ()),
            upstream=self._loaded.settings.upstream.partition("?")[0],
            worker=self._proxy.worker,
            engine=settings.engine,
        )


class _Obedience:
    """Does what signals say: SIGTERM and SIGINT drain, then cut; SIGHUP reloads.

    A supervised worker drains on SIGTERM, however often, and is cut by SIGINT: which
    signal is the second is the supervisor's to know.
    """

    def __init__(
        self, proxy: Proxy, loaded: Loaded, demo_url: str, *, supervised: bool
    ) -> None:
        self._supervised = supervised
        self._proxy = proxy
        self._loaded = loaded
        self._demo_url = demo_url
        self.cut = False

    async def obey(
        self,
        whole: trio.CancelScope,
        *,
        task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED,
    ) -> None:
        """Follow the process's signals; cancels ``whole`` at the second that says stop."""
        with trio.open_signal_receiver(signal.SIGTERM, signal.SIGINT, signal.SIGHUP) as signals:
            task_status.started()
            await self._follow(signals, whole)

    async def _follow(self, signals: AsyncIterator[int], whole: trio.CancelScope) -> None:
        async for number in signals:
            if number == signal.SIGHUP:
                self._reload()
            elif self._says_cut(number):
                log.warning("cut", signal=signal.Signals(number).name)
                self.cut = True
                whole.cancel()
            elif self._proxy.admission.ready:
                log.info("draining", seconds=self._proxy.settings.timeouts.drain)
                self._proxy.drain()

    def _says_cut(self, number: int) -> bool:
        if self._supervised:
            return number == signal.SIGINT
        return not self._proxy.admission.ready

    def _reload(self) -> None:
        try:
            loaded = reload(self._loaded)
            self._proxy.reload(_with_demo(loaded.settings, self._demo_url))
        except SettingsError as error:
            log.error("the settings stay as they were", error=error.message)
            return
        _configure_logs(loaded.settings)
        for warning in loaded.warnings:
            log.warning(warning)
        self._loaded = loaded
        log.info("reloaded", after_a_restart=", ".join(loaded.waiting) or None)


def _with_demo(settings: Settings, demo_url: str) -> Settings:
    """``settings`` with the built-in upstream's URL for ``demo:``, if it runs."""
    if settings.upstream == DEMO_UPSTREAM and demo_url:
        return attrs.evolve(settings, upstream=demo_url)
    return settings


def _configure_logs(settings: Settings) -> None:
    configure_logs(
        settings.log.level,
        settings.log.format,
        secrets=(settings.api_key, *settings.client_keys),
    )


def _newest(loaded: Loaded) -> Loaded:
    """The settings as they are now, for a worker that is started late; else as they were."""
    try:
        return reload(loaded)
    except SettingsError as error:
        log.error("a new worker takes the settings as they were", error=error.message)
        return loaded
