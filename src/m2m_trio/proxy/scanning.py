"""The scan of requests, as one step of an exchange: verdict, answer, numbers, log line."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import trio

from m2m_trio.codecs.codec import LIMITS, Limits
from m2m_trio.errors import (
    ClientError,
    ContentFilterError,
    DuplicateKeyError,
    InvalidJSONError,
    M2MError,
    ScanUnavailableError,
    SettingsError,
    UnsupportedCodingError,
)
from m2m_trio.proxy.hop import decoding_limits
from m2m_trio.proxy.offload import offload
from m2m_trio.settings.files import read_text
from m2m_trio.settings.model import SecuritySettings, Settings
from m2m_trio.stats import histogram
from m2m_trio.stats.board import Row
from m2m_trio.stats.metrics import SCAN_FAMILIES, SCAN_VERDICTS, cell
from m2m_trio.telemetry.logs import get_logger
from m2m_trio.wire.fields import Fields, field

if TYPE_CHECKING:
    from m2m_trio.proxy.exchange import Exchange
    from m2m_trio.scan.rules import Rule
    from m2m_trio.scan.scanner import Scanner
    from m2m_trio.scan.verdict import Verdict

INLINE_BYTES = 16 * 1024
"""A body over it is scanned in a thread."""

VERDICTS = {verdict: cell("scan_verdicts_total", verdict=verdict) for verdict in SCAN_VERDICTS}
FAMILIES = {family: cell("scan_findings_total", family=family) for family in SCAN_FAMILIES}
FAILURES = cell("scan_failures_total")
SECONDS = cell("scan_seconds")
MEMO = {result: cell("scan_memo_total", result=result) for result in ("hit", "miss")}

DETECTED = {"prompt_injection": "jailbreak"}
"""Families of rules that ``content_filter_result`` of Azure has another name for."""


class RequestScan:
    """Scans the requests of a proxy by its settings; `make_scan` makes it.

    ``limits`` are for undoing content codings.
    """

    def __init__(
        self, scanner: Scanner, settings: SecuritySettings, row: Row, limits: Limits = LIMITS
    ) -> None:
        self._limits = limits
        self.scanner = scanner
        self.settings = settings
        self._cells = row.cells
        self._limiter = trio.CapacityLimiter(max(2, os.cpu_count() or 1))
        self._seen = (0, 0)

    @property
    def blocks(self) -> bool:
        """Whether anything is ever refused for its score."""
        return self.settings.blocking and self.settings.threshold > 0

    async def check(self, exchange: Exchange, body: bytes, fields: Fields) -> str | None:
        """``pass`` or ``flag`` for a request that may go on; None for one not scanned.

        ``fields`` are those the body goes on with: a content coding that is still on it is
        undone for the scan alone.

        Raises:
            ClientError: It is malformed, in a coding that is not read, or refused
                (`ContentFilterError`).
            ScanUnavailableError: The scan failed, and blocks.
        """
        kind = field(fields, b"content-type") or b""
        if not body or kind.lower().startswith(b"multipart/"):
            self._cells[VERDICTS["skip"]] += 1
            return None
        started = time.perf_counter()
        observe = exchange.request.route == "embeddings"
        work = partial(self._scan, body, fields, observe=observe)
        try:
            verdict = await self._run(work, len(body))
        except (DuplicateKeyError, UnsupportedCodingError):
            self._cells[VERDICTS["malformed"]] += 1
            if self.blocks:
                raise
            return "flag"
        except ClientError:
            self._cells[VERDICTS["malformed"]] += 1
            raise
        except ScanUnavailableError as error:
            self._let_fail(exchange, error)
            return None
        histogram.record(self._cells, SECONDS, time.perf_counter() - started)
        return self._judge(exchange, verdict)

    def _scan(self, body: bytes, fields: Fields, *, observe: bool) -> Verdict:
        coded = [value for name, value in fields if name == b"content-encoding"]
        if coded:
            from m2m_trio.codecs import inbound

            body = inbound.decode(body, inbound.codings_of(coded), self._limits)
        kind = (field(fields, b"content-type") or b"/json").lower()
        if b"/json" in kind or b"+json" in kind:
            return self.scanner.scan_body(body, observe=observe)
        try:  # some upstreams read JSON whatever it is called
            return self.scanner.scan_body(body, observe=observe)
        except InvalidJSONError:
            return self.scanner.scan_text(body.decode("utf-8", "replace"))

    async def _run(self, work: Callable[[], Verdict], size: int) -> Verdict:
        guarded = partial(_guarded, work)
        if size <= INLINE_BYTES:
            return guarded()
        with trio.move_on_after(self.settings.timeout):
            return await offload(guarded, limiter=self._limiter)
        raise ScanUnavailableError(
            f"the security scan took over {self.settings.timeout} s: send less, or raise "
            "timeout in [proxy.security]"
        )

    def _judge(self, exchange: Exchange, verdict: Verdict) -> str:
        cells, settings = self._cells, self.settings
        self._count_memo()
        threshold = settings.threshold
        if not verdict.findings:
            cells[VERDICTS["pass"]] += 1
            return "pass"
        for family in verdict.families:
            cells[FAMILIES[family if family in FAMILIES else "own"]] += 1
        blocked = settings.blocking and verdict.blocks(threshold)
        word = "block" if blocked else "flag" if verdict.flags(threshold) else "pass"
        cells[VERDICTS[word]] += 1
        if word != "pass":
            self._log(exchange, verdict, word)
        if blocked:
            raise self._refusal(exchange.request_id, verdict)
        return word

    def _refusal(self, request_id: str, verdict: Verdict) -> ContentFilterError:
        where = f" in {verdict.param}" if verdict.param else ""
        families = [finding.family for finding in verdict.findings]
        error = ContentFilterError(
            f"Request blocked by the proxy's security scan: {verdict.families[0]}{where}. "
            f"Drop that part and send the rest. Request id {request_id}.",
            param=verdict.param,
            detected={DETECTED.get(family, family): True for family in dict.fromkeys(families)},
        )
        if self.settings.verbose:
            error.details = {
                "score": verdict.score,
                "findings": [
                    {
                        "rule": finding.rule,
                        "weight": finding.weight,
                        "view": finding.view,
                        "param": finding.param,
                        "excerpt": finding.excerpt,
                    }
                    for finding in verdict.findings[:20]
                ],
            }
        return error

    def _let_fail(self, exchange: Exchange, error: ScanUnavailableError) -> None:
        """Count a failure and go on, or raise it where unscanned requests may not pass."""
        self._cells[FAILURES] += 1
        closed = self.blocks and self.settings.on_error == "closed"
        get_logger().error(
            "scan failed",
            request_id=exchange.request_id,
            error=error.message,
            request="refused" if closed else "not scanned",
            exc_info=error.__cause__,
        )
        if closed:
            raise error

    def _log(self, exchange: Exchange, verdict: Verdict, word: str) -> None:
        get_logger().warning(
            "scan",
            verdict=word,
            request_id=exchange.request_id,
            score=verdict.score,
            observed=verdict.observed,
            param=verdict.param,
            rules=list(verdict.rules),
        )

    def _count_memo(self) -> None:
        memo = self.scanner.memo
        hits, misses = memo.hits, memo.misses
        seen_hits, seen_misses = self._seen
        self._cells[MEMO["hit"]] += hits - seen_hits
        self._cells[MEMO["miss"]] += misses - seen_misses
        self._seen = (hits, misses)


def _guarded(work: Callable[[], Verdict]) -> Verdict:
    """Run a scan; whatever breaks in it, a panic of an extension too, is one error.

    Raises:
        ClientError: The body is malformed.
        ScanUnavailableError: Something broke.
    """
    try:
        return work()
    except (M2MError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in Rust derives from it, and passes no nursery
        raise ScanUnavailableError(
            "the security scan of this node failed: its log says why; retry later"
        ) from error


def make_scan(
    settings: Settings, row: Row, before: RequestScan | None = None
) -> RequestScan | None:
    """The scan that ``settings`` ask for; None for none.

    ``before`` is the one in force: its scanner, with all it remembers, goes on where there
    are no files that may have changed.

    Raises:
        SettingsError: A file cannot be read, or is wrong.
    """
    security = settings.security
    if not security.enabled:
        return None
    files = {security.rules, security.model}
    if before is not None and not (files | {before.settings.rules, before.settings.model}) - {
        ""
    }:
        scanner = before.scanner
    else:
        scanner = make_scanner(security)
    return RequestScan(scanner, security, row, decoding_limits(settings.limits.body_bytes))


def make_scanner(settings: SecuritySettings) -> Scanner:
    """A scanner with the project's rules, and with the rules and model ``settings`` name.

    Raises:
        SettingsError: A file cannot be read, or is wrong.
    """
    from m2m_trio.scan.matcher import Matcher, standard_matcher
    from m2m_trio.scan.opinion import Opinion
    from m2m_trio.scan.own import parse_rules
    from m2m_trio.scan.rules import RULES
    from m2m_trio.scan.scanner import Scanner
    from m2m_trio.scan.weights import WEIGHTS

    own: tuple[Rule, ...] = ()
    words: dict[str, str] = {}
    try:
        model = Opinion(read_text(Path(settings.model)) if settings.model else WEIGHTS)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"proxy.security.model: {settings.model}: {error}: train it again"
        ) from error
    try:
        if settings.rules:
            own, words = parse_rules(read_text(Path(settings.rules)))
        named = settings.rules or settings.model
        matcher = Matcher((*RULES, *own), words, model) if named else standard_matcher()
    except (OSError, ValueError) as error:
        raise SettingsError(f"proxy.security.rules: {settings.rules}: {error}") from error
    key = secrets.token_bytes(32)
    return Scanner(matcher, key=key, memo_size=settings.memo_messages)
