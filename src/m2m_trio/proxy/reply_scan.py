"""The scan of streamed replies, as a stage of the pipeline."""

from __future__ import annotations

from functools import partial

from m2m_trio.errors import ContentFilterError
from m2m_trio.proxy.reply import StageMaker
from m2m_trio.scan.output import ReplyWatch, text_of
from m2m_trio.settings.model import SecuritySettings
from m2m_trio.stats.board import Row
from m2m_trio.stats.metrics import SCAN_REPLY_KINDS, cell
from m2m_trio.telemetry.logs import get_logger
from m2m_trio.wire.sse import SSEEvent

REPLIES = {kind: cell("scan_replies_total", kind=kind) for kind in SCAN_REPLY_KINDS}


class ReplyScan:
    """Counts what it sees; with ``block`` it ends the reply before it is out.

    Only then, and only where the last characters may begin a picture, events are held back:
    at most `m2m_trio.scan.output.HELD` characters of text.
    """

    def __init__(self, row: Row, *, block: bool) -> None:
        self._cells = row.cells
        self._block = block
        self._watch = ReplyWatch()
        self._held: list[SSEEvent] = []

    def feed(self, events: list[SSEEvent]) -> list[SSEEvent]:
        """The events that may go on.

        Raises:
            ContentFilterError: The reply shows what it may not, and blocks.
        """
        for event in events:
            text = text_of(event)
            if text:
                for kind in self._watch.feed(text):
                    self._report(kind)
        if not self._block:
            return events
        self._held += events
        return [] if self._watch.is_open else self.finish()

    def finish(self) -> list[SSEEvent]:
        """What was held back."""
        held, self._held = self._held, []
        return held

    def _report(self, kind: str) -> None:
        self._cells[REPLIES[kind]] += 1
        get_logger().warning(
            "reply scan", kind=kind, reply="cut" if self._block else "passed on"
        )
        if self._block:
            raise ContentFilterError(
                f"Reply cut by the proxy's security scan: it holds {WHAT[kind]}",
                detected={"data_exfiltration": True},
            )


WHAT = {
    "image": "a picture whose address carries data away",
    "terminal": "controls for a terminal",
}


def make_reply_scan(settings: SecuritySettings, row: Row) -> StageMaker | None:
    """What makes the stage for each streamed reply; None for no stage."""
    if not settings.enabled or settings.replies == "off":
        return None
    return partial(ReplyScan, row, block=settings.replies == "block")
