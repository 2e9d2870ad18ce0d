"""Structured logs: JSON or console lines on standard error, one event a line.

``get_logger().warning("upstream is slow", seconds=3.2)``: the event is a constant, what
varies are fields. Every line passes the same chain (`m2m_trio.telemetry.masking`), also
those that other packages send through `logging`: no key, no body, no control character
gets out. Until `configure_logs` is called, as in somebody else's program, events go to the
standard logger ``m2m_trio``, and structlog is not even imported.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any, TextIO

from attrs import frozen

from m2m_trio.telemetry.lines import LINE_BYTES, LineWriter
from m2m_trio.telemetry.masking import clean, escape, mask_text, one_line

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40, "critical": 50}

MAX_TRACEBACK = 2000
"""Characters of a traceback in a JSON line: its end, where the reason stands."""

SHORTEST_SECRET = 6
"""Shorter keys are not looked for in texts: they would be found in ordinary words."""

QUIET = ("asyncio", "h2", "hpack", "httpcore", "httpx")
"""Loggers of other packages that tell header fields and URLs below ``warning``."""

COLOURS = {"debug": "2", "info": "32", "warning": "33", "error": "31", "critical": "1;31"}

EventDict = MutableMapping[str, Any]


@frozen(kw_only=True)
class _Output:
    """What `configure_logs` has set up."""

    threshold: int
    writer: LineWriter
    bridge: logging.Handler


_output: _Output | None = None


class Logger:
    """Writes events, with ``bound`` fields in each; cheap where the level is off."""

    __slots__ = ("_bound",)

    def __init__(self, bound: Mapping[str, Any]) -> None:
        self._bound = dict(bound)

    def bind(self, **fields: Any) -> Logger:
        """A logger with more fields bound."""
        return Logger({**self._bound, **fields})

    def debug(self, event: str, **fields: Any) -> None:
        """Something for whoever looks for a mistake."""
        self._log(10, event, fields)

    def info(self, event: str, **fields: Any) -> None:
        """Something that is as it should be."""
        self._log(20, event, fields)

    def warning(self, event: str, **fields: Any) -> None:
        """Something that the operator should look at, later."""
        self._log(30, event, fields)

    def error(self, event: str, **fields: Any) -> None:
        """Something that failed; with ``exc_info=True`` its traceback."""
        self._log(40, event, fields)

    def exception(self, event: str, **fields: Any) -> None:
        """An error with the traceback of the exception being handled."""
        self._log(40, event, {"exc_info": True, **fields})

    def _log(self, level: int, event: str, fields: Mapping[str, Any]) -> None:
        if _output is None:
            _log_to_host(level, event, {**self._bound, **fields})
        elif level >= _output.threshold:
            import structlog

            structlog.get_logger().log(level, event, **{**self._bound, **fields})


def get_logger(**bound: Any) -> Logger:
    """A logger with ``bound`` fields; may be made before `configure_logs` is called."""
    return Logger(bound)


def configure_logs(
    level: str = "info",
    style: str = "auto",
    stream: TextIO | None = None,
    *,
    secrets: Iterable[str] = (),
) -> None:
    """Send every event, and what other packages log, to ``stream``; may be called again.

    ``level`` is one of `LEVELS`; ``style`` is ``json``, ``console``, or ``auto``: console
    on a terminal. ``stream`` is standard error if None. ``secrets`` are keys to mask
    wherever they stand, besides all that looks like one.
    """
    global _output  # noqa: PLW0603  (a process has one standard error)
    import structlog

    if stream is None:
        stream = sys.stderr  # None again, where it was closed before we started
    terminal = _is_terminal(stream)
    if style == "auto":
        style = "console" if terminal else "json"
    writer = _take_writer(stream)
    threshold = LEVELS[level]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            Cleaner(secrets),
            render_json
            if style == "json"
            else ConsoleRenderer(colours=_wants_colours(terminal)),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=lambda *_names: _Sink(writer),
        cache_logger_on_first_use=False,  # so that a second call reaches every logger
    )
    _output = _Output(threshold=threshold, writer=writer, bridge=_bridge(threshold))


def reset_logs() -> None:
    """Undo `configure_logs`, for tests and for programs that embed the command line."""
    global _output  # noqa: PLW0603  (see configure_logs)
    if _output is not None:
        import structlog

        structlog.reset_defaults()
        logging.getLogger().removeHandler(_output.bridge)
        _output.writer.close()
        _output = None


class Cleaner:
    """Masks the values of an event, and puts its fields in order (a structlog processor)."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {secret for secret in secrets if len(secret) >= SHORTEST_SECRET}
        self._secrets = tuple(sorted(known, key=len, reverse=True))  # the longest match wins

    def __call__(self, _logger: Any, _method: str, event: EventDict) -> EventDict:
        cleaned: dict[str, Any] = {
            "timestamp": event.pop("timestamp", ""),
            "level": event.pop("level", ""),
            "event": clean("event", event.pop("event", ""), self._secrets),
        }
        trace = event.pop("exception", None)
        for name, value in event.items():
            cleaned[escape(name)] = clean(name, value, self._secrets)
        if trace is not None:
            cleaned["exception"] = mask_text(str(trace), self._secrets)
        return cleaned


def render_json(_logger: Any, _method: str, event: EventDict) -> str:
    """One JSON object in ASCII, short enough for one write (a structlog processor)."""
    if "exception" in event:
        event["exception"] = event["exception"][-MAX_TRACEBACK:]
    line = _to_json(event)
    if len(line) >= LINE_BYTES:
        first = {name: event[name] for name in ("timestamp", "level")}
        line = _to_json({**first, "event": event["event"][:256], "cut": len(line)})
    return line


def _to_json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":")).replace("\x7f", r"\u007f")


class ConsoleRenderer:
    """A line for people: time, level, event, fields; a traceback below (a processor)."""

    def __init__(self, *, colours: bool) -> None:
        self._colours = colours

    def __call__(self, _logger: Any, _method: str, event: EventDict) -> str:
        trace = event.pop("exception", None)
        level = event.pop("level")
        parts = [
            self._paint("2", event.pop("timestamp")),
            self._paint(COLOURS.get(level, "0"), f"{level:<7}"),
            escape(event.pop("event")),
        ]
        parts += [f"{self._paint('36', name)}={_value(of)}" for name, of in event.items()]
        lines = [" ".join(parts)]
        if trace is not None:
            lines += ["  " + escape(line) for line in trace.splitlines()]
        return "\n".join(lines)

    def _paint(self, colour: str, text: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colours else text


def _value(value: Any) -> str:
    if isinstance(value, str) and value and not any(c in ' "=' for c in value):
        return escape(value)
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return escape(text)


class _Sink:
    """What structlog calls with a rendered event."""

    def __init__(self, writer: LineWriter) -> None:
        self._writer = writer

    def msg(self, text: str) -> None:
        for line in text.splitlines():  # only a console traceback has more than one
            self._writer.write(line)

    debug = info = warning = error = critical = exception = msg


class _Bridge(logging.Handler):
    """Takes what other packages log into the same chain."""

    def emit(self, record: logging.LogRecord) -> None:
        import structlog

        try:
            structlog.get_logger().log(
                record.levelno,
                record.getMessage(),
                logger=record.name,
                exc_info=record.exc_info,
            )
        except Exception:  # somebody's wrong arguments: logging never raises
            structlog.get_logger().error("a log record could not be shown", logger=record.name)


def _bridge(threshold: int) -> logging.Handler:
    root = logging.getLogger()
    if _output is not None:
        root.removeHandler(_output.bridge)
    bridge = _Bridge()
    root.addHandler(bridge)
    # Below info, other packages tell header fields: nothing a node may pass on.
    root.setLevel(max(threshold, logging.INFO))
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    return bridge


def _log_to_host(level: int, event: str, fields: dict[str, Any]) -> None:
    host = logging.getLogger("m2m_trio")
    if not host.isEnabledFor(level):
        return
    error = fields.pop("exc_info", None)
    if error is not None and not isinstance(error, BaseException):
        error = sys.exception()  # True, as in logging, means the one being handled
    lines = "".join(traceback.format_exception(error)).splitlines() if error else []
    shown = [f"{escape(name)}={_value(clean(name, of))}" for name, of in fields.items()]
    text = " ".join([one_line(event), *shown])
    host.log(level, "%s", "\n  ".join([text, *map(one_line, lines)]))


def _take_writer(stream: TextIO | None) -> LineWriter:
    if _output is None:
        return LineWriter(stream)
    if _output.writer.stream is not stream:
        _output.writer.close()
        return LineWriter(stream)
    return _output.writer


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def _wants_colours(terminal: bool) -> bool:  # noqa: FBT001  (the one thing it depends on)
    return terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
