"""The scanner: a text, a message or a request in, a verdict out.

Every message is scanned for itself and remembered; what spans two messages of the user is
looked for where they meet. What counts is who speaks: users, tools and descriptions of
tools do, the model's own words and the operator's system prompt are only observed.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any

from attrs import evolve, frozen

from m2m_trio.scan import jsonbody
from m2m_trio.scan.matcher import Matcher
from m2m_trio.scan.memo import Memo
from m2m_trio.scan.ngrams import NgramModel
from m2m_trio.scan.score import score
from m2m_trio.scan.text import TextScanner
from m2m_trio.scan.verdict import CLEAN, Finding, Verdict

OBSERVED = frozenset({"assistant", "system", "developer", "model"})
"""Roles whose words never block: the model's, and the operator's."""

_OBSERVED_ITEMS = frozenset({"function_call", "reasoning", "custom_tool_call"})
_LABELS = frozenset({"role", "type", "id", "tool_call_id", "status"})
_OBSERVED_MEMBERS = frozenset({"instructions", "system", "metadata", "prediction"})
_TURNS = ("messages", "input")
_SEAM = 160
"""Characters of a message that are read together with its neighbour's."""

_SHORT_PART = 200
"""Characters: parts shorter than this on average are read joined without a space too."""

MEMO_SIZE = 32_768


@frozen
class Record:
    """What is remembered of one message."""

    findings: tuple[Finding, ...] = ()
    score: float = 0.0
    counts: bool = True
    """Whether it blocks, by its role."""

    head: str = ""
    tail: str = ""
    """Beginning and end of a user's message."""

    half: bool = False
    """Whether it has a word of the gate, so that a neighbour may complete a pattern."""


_Noted = tuple[str, Record]
_Named = list[tuple[str, str]]
"""Texts, and which part of a request each is."""


@frozen
class _Turn:
    """A turn as it is read."""

    named: _Named
    counts: bool
    opening: bool
    """Whether it may go on with what the user's last message began."""


@frozen
class _History:
    """A conversation as it was last sent: the next request begins with the same bytes."""

    name: str
    count: int
    digest: bytes
    noted: tuple[_Noted, ...]
    tail: str
    half: bool


_START = _History("", 0, b"", (), "", half=False)
_LONG = 6
"""Turns from which a conversation is remembered as a whole."""

_HINT = 256
"""Bytes of the first turns by which a conversation is looked up; all of it is compared."""

HISTORIES = 1024

_NOTHING = Record()
_NOTHING_OBSERVED = Record(counts=False)


class Scanner:
    """Scans requests; thread-safe. ``key`` is random bytes, for the memo.

    ``model`` may raise what the rules found weak; None for none.
    """

    def __init__(
        self,
        matcher: Matcher,
        *,
        key: bytes,
        memo_size: int = MEMO_SIZE,
        model: NgramModel | None = None,
    ) -> None:
        self._texts = TextScanner(matcher, model)
        self.memo: Memo[Record] = Memo(memo_size, key)
        self._histories: Memo[_History] = Memo(min(memo_size, HISTORIES), key)

    def scan_text(self, text: str) -> Verdict:
        """The verdict on ``text`` as something a user says."""
        return _verdict([("", self._record([("", text)], counts=True))])

    def scan_body(self, body: bytes, *, observe: bool = False) -> Verdict:
        """The verdict on a request body, which is JSON; ``observe``: nothing in it counts.

        Raises:
            ClientError: It is malformed, whatever it says; the client's fault.
        """
        jsonbody.check_coding(body)
        values = jsonbody.members(body)
        if values is None:
            return _verdict(self._scan_parsed(jsonbody.parse(body), observe=observe))
        records: list[tuple[str, Record]] = []
        for name, value in values.items():
            turns = jsonbody.items(value) if name in _TURNS else None
            if turns is not None:
                records.extend(self._scan_turns(name, turns, observe=observe))
            elif value[:1] in (b'"', b"[", b"{"):
                counts = not observe and name not in _OBSERVED_MEMBERS
                records.append((name, self._remembered(name, value, counts=counts)))
            else:
                jsonbody.parse(value)
        return _verdict(records)

    def _scan_turns(self, name: str, turns: list[bytes], *, observe: bool) -> list[_Noted]:
        """What is to be said of each turn, and of the seams between them."""
        known, hint = _START, b""
        history = self.memo.hasher(b"observed" if observe else b"history")
        if len(turns) >= _LONG:
            hint = self.memo.digest(b"hint", turns[0][:_HINT] + turns[1][:_HINT])
            found = self._histories.get(hint)
            if found is not None and found.name == name and found.count <= len(turns):
                history.update(b",".join(turns[: found.count]))
                if history.digest() == found.digest:
                    known = found
                    self.memo.hits += found.count
                else:
                    history = self.memo.hasher(b"observed" if observe else b"history")
        noted = list(known.noted)
        tail, half = known.tail, known.half
        records = self._remembered_turns(turns[known.count :], observe=observe)
        for index, record in enumerate(records, known.count):
            if record.findings:
                noted.append((f"{name}[{index}]", record))
            if record.head:
                if tail and (half or record.half):
                    noted.append((f"{name}[{index}].content", self._scan_seam(tail, record)))
                half = record.half or (half and len(record.tail) < _SEAM)
                tail = (tail + " " + record.tail)[-2 * _SEAM :]
        if hint and known.count < len(turns):
            history.update(
                b",".join(((b"",) if known.count else ()) + (*turns[known.count :],))
            )
            now = _History(name, len(turns), history.digest(), tuple(noted), tail, half)
            self._histories.put(hint, now)
        return noted

    def _remembered_turns(self, turns: list[bytes], *, observe: bool) -> list[Record]:
        """What is to be said of each turn; of those not seen before, their texts together."""
        kind = b"observed" if observe else b"turn"
        digests = [self.memo.digest(kind, turn) for turn in turns]
        records = [self.memo.get(digest) for digest in digests]
        fresh = [index for index, record in enumerate(records) if record is None]
        parsed = jsonbody.parse_each([turns[index] for index in fresh])
        read = {
            index: _read_turn(turn, observe=observe)
            for index, turn in zip(fresh, parsed, strict=True)
        }
        quiet = self._texts.quiet([text for turn in read.values() for _, text in turn.named])
        for index, turn in read.items():
            records[index] = record = self._record_turn(turn, quiet)
            self.memo.put(digests[index], record)
        return [record for record in records if record is not None]

    def _scan_parsed(self, value: Any, *, observe: bool) -> Iterable[tuple[str, Record]]:
        """The slow way, for bodies that `jsonbody.members` cannot take apart."""
        if not isinstance(value, dict):
            yield "", self._record(_named("", value), counts=not observe)
            return
        for name, inner in value.items():
            if name in _TURNS and isinstance(inner, list):
                for index, turn in enumerate(inner):
                    yield (
                        f"{name}[{index}]",
                        self._record_turn(_read_turn(turn, observe=observe)),
                    )
            else:
                counts = not observe and name not in _OBSERVED_MEMBERS
                yield name, self._record(_named("", inner), counts=counts)

    def _remembered(self, name: str, value: bytes, *, counts: bool) -> Record:
        digest = self.memo.digest(b"member" if counts else b"observed", value)
        record = self.memo.get(digest)
        if record is None:
            record = self._record(_named("", jsonbody.parse(value)), counts=counts)
            self.memo.put(digest, record)
        return record

    def _record_turn(self, turn: _Turn, quiet: AbstractSet[str] = frozenset()) -> Record:
        record = self._record(turn.named, counts=turn.counts, quiet=quiet)
        if turn.opening and turn.named:
            content = turn.named[0][1]
            record = Record(
                record.findings,
                record.score,
                record.counts,
                content[:_SEAM],
                content[-_SEAM:],
                record.half,
            )
        return record

    def _record(
        self, named: _Named, *, counts: bool, quiet: AbstractSet[str] = frozenset()
    ) -> Record:
        """What is found in texts; nothing in those that are ``quiet``."""
        findings: list[Finding] = []
        best, half = 0.0, False
        for param, text in named:
            if text in quiet:
                continue
            read, opened = self._texts.read(text)
            half = half or opened
            found = [*_odd_characters(text), *read]
            if found:
                best = max(best, score(found))
                findings.extend(evolve(finding, param=param) for finding in found)
        if not findings and not half:
            return _NOTHING if counts else _NOTHING_OBSERVED
        return Record(tuple(findings), best, counts, half=half)

    def _scan_seam(self, tail: str, record: Record) -> Record:
        """What stands across the end of one message and the beginning of the next."""
        joined = f"{tail} {record.head}"
        digest = self.memo.digest(b"seam", joined.encode("utf-8", "surrogatepass"))
        seam = self.memo.get(digest)
        if seam is None:
            found = self._texts.read_seam(joined, len(tail))
            seam = Record(tuple(found), score(found)) if found else _NOTHING
            self.memo.put(digest, seam)
        return seam


def _read_turn(turn: Any, *, observe: bool) -> _Turn:
    if not isinstance(turn, dict):
        return _Turn(_named("", turn), not observe, False)
    role = turn.get("role", "user")
    counts = not (observe or role in OBSERVED or turn.get("type") in _OBSERVED_ITEMS)
    content = turn.get("content")
    if len(turn) == 2 and "role" in turn and isinstance(content, str):
        return _Turn(_named(".content", content), counts, counts and role == "user")
    named: _Named = []
    for key, value in turn.items():
        if key not in _LABELS:
            named.extend(_named(f".{key}", value))
    return _Turn(named, counts, counts and role == "user")


def _named(param: str, value: Any) -> _Named:
    """The texts of ``value`` as one or two: joined with a space, and without."""
    if isinstance(value, str) and jsonbody.is_plain(value):
        return [(param, value)]
    found = list(jsonbody.texts(value))
    if len(found) < 2:
        return [(param, text) for text in found]
    joined = [(param, "\n".join(found))]
    if sum(map(len, found)) < _SHORT_PART * len(found):
        joined.append((param, "".join(found)))
    return joined


def _odd_characters(text: str) -> Iterable[Finding]:
    """NULs and lone surrogates: no one types them, and back ends trip over them."""
    if "\0" in text:
        yield _malformed("malformed.nul", 0.95, text.index("\0"))
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            yield _malformed("malformed.surrogate", 0.85, error.start)


def _malformed(rule: str, weight: float, place: int) -> Finding:
    return Finding(
        rule=rule, weight=weight, view="text", start=place, end=place + 1, excerpt=""
    )


def _verdict(records: Iterable[tuple[str, Record]]) -> Verdict:
    best, counted, param = 0.0, 0.0, None
    findings: list[Finding] = []
    for name, record in records:
        if not record.findings:
            continue
        named = [evolve(finding, param=name + finding.param) for finding in record.findings]
        findings.extend(named)
        if record.counts and record.score > counted:
            counted = record.score
            param = max(named, key=lambda finding: finding.weight).param
        best = max(best, record.score)
        if param is None:
            param = named[0].param
    if not findings:
        return CLEAN
    return Verdict(score=counted, observed=best, param=param or None, findings=tuple(findings))
