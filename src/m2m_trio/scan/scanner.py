"""The scanner: a text, a message or a request in, a verdict out.

Every message is scanned for itself and remembered; what spans two messages of the user is
looked for where they meet. What counts is who speaks: users, tools and descriptions of
tools do, the model's own words and the operator's system prompt are only observed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from attrs import evolve, frozen

from m2m_trio.scan import jsonbody
from m2m_trio.scan.allowance import Account
from m2m_trio.scan.conversations import Conversations, Resent
from m2m_trio.scan.matcher import Matcher
from m2m_trio.scan.memo import Memo
from m2m_trio.scan.score import score
from m2m_trio.scan.text import TextScanner, too_dense
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

_TOGETHER = 256
"""Turns that are read together."""

_TURN, _TEXT, _SEAM_READ = 10.0, 15.0, 25.0
"""Effort of a turn, of a text that is read by itself, of the seam of two turns."""

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

    effort: float = 0.0
    """What reading it takes, remembered or not."""


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
class _Said:
    """What is to be said of a conversation, and what its next turn may go on with."""

    noted: tuple[_Noted, ...] = ()
    tail: str = ""
    since: int = _SEAM
    """Characters of the tail after the last message with a word of the gate."""

    gained: float = 0.0
    lowest: float = 0.0
    """What these turns leave more of an `Account` than there was, and the least between."""


HISTORIES = 1024
"""Conversations that are remembered as a whole."""

_NOTHING = Record()
_NOTHING_OBSERVED = Record(counts=False)


def _dense(*, counts: bool) -> Record:
    """What is said where a request is read no further."""
    return Record((too_dense(0),), 1.0, counts)


class Scanner:
    """Scans requests; thread-safe. ``key`` is random bytes, for the memo."""

    def __init__(
        self,
        matcher: Matcher,
        *,
        key: bytes,
        memo_size: int = MEMO_SIZE,
    ) -> None:
        self._texts = TextScanner(matcher)
        self.memo: Memo[Record] = Memo(memo_size, key)
        self._sent: Conversations[_Said] = Conversations(min(memo_size, HISTORIES), key)

    def scan_text(self, text: str) -> Verdict:
        """The verdict on ``text`` as something a user says."""
        return _verdict([("", self._record([("", text)], counts=True))])

    def scan_body(self, body: bytes, *, observe: bool = False) -> Verdict:
        """The verdict on a request body, which is JSON; ``observe``: nothing in it counts.

        Raises:
            ClientError: It is malformed, whatever it says; the client's fault.
        """
        jsonbody.check_coding(body)
        resent = self._sent.recall(body, _TURNS, b"observed" if observe else b"sent")
        values = resent.values if resent else jsonbody.members(body)
        if values is None:
            return _verdict(self._scan_parsed(jsonbody.parse(body), observe=observe))
        records: list[tuple[str, Record]] = []
        account = Account()
        for name, value in values.items():
            if name in _TURNS and value[:1] == b"[":
                known = resent if resent and resent.sent.name == name else None
                records.extend(self._scan_turns(name, value, account, known, observe=observe))
            elif value[:1] in (b'"', b"[", b"{"):
                counts = not observe and name not in _OBSERVED_MEMBERS
                record = self._remembered(name, value, counts=counts)
                records.append((name, record))
                if not account.add(len(value), record.effort):
                    records.append((name, _dense(counts=not observe)))
            else:
                jsonbody.parse(value)
            if account.left < 0:
                break
        return _verdict(records)

    def _scan_turns(
        self,
        name: str,
        value: bytes,
        account: Account,
        resent: Resent[_Said] | None,
        *,
        observe: bool,
    ) -> Sequence[_Noted]:
        """What is to be said of each turn of the list ``value``, and of their seams."""
        if resent and account.left + resent.sent.said.lowest < 0:
            value, resent = resent.whole(value), None
        fresh = jsonbody.items(value)
        if fresh is None:  # to be told what is wrong with it
            return [(name, self._remembered(name, value, counts=not observe))]
        said, before = _Said(), 0
        if resent:
            said, before, fresh = resent.sent.said, resent.sent.count, fresh[1:]
            self.memo.hits += before
        noted = list(said.noted)
        tail, since = said.tail, said.since
        begun, lowest = account.left, said.lowest
        account.left += said.gained
        records = self._remembered_turns(fresh, observe=observe)
        for index, (record, turn) in enumerate(zip(records, fresh, strict=True), before):
            if record.findings:
                noted.append((f"{name}[{index}]", record))
            effort = record.effort + _TURN
            if record.head:
                if tail and (since < _SEAM or record.half):
                    seam = self._scan_seam(tail, record)
                    noted.append((f"{name}[{index}].content", seam))
                    effort += seam.effort
                since = 0 if record.half else since + len(record.tail)
                tail = (tail + " " + record.tail)[-2 * _SEAM :]
            if not account.add(len(turn), effort):
                return [*noted, (f"{name}[{index}]", _dense(counts=not observe))]
            lowest = min(lowest, account.left - begun)
        if fresh:
            now = _Said(tuple(noted), tail, since, account.left - begun, lowest)
            kind = b"observed" if observe else b"sent"
            self._sent.note(
                name, value, now, kind=kind, count=before + len(fresh), resent=resent
            )
        return noted

    def _remembered_turns(self, turns: list[bytes], *, observe: bool) -> Iterator[Record]:
        """What is to be said of each turn; of those not seen before, their texts together."""
        kind = b"observed" if observe else b"turn"
        for start in range(0, len(turns), _TOGETHER):
            some = turns[start : start + _TOGETHER]
            digests = [self.memo.digest(kind, turn) for turn in some]
            known = [self.memo.get(digest) for digest in digests]
            fresh = [index for index, record in enumerate(known) if record is None]
            parsed = jsonbody.parse_each([some[index] for index in fresh])
            read = {
                index: _read_turn(turn, observe=observe)
                for index, turn in zip(fresh, parsed, strict=True)
            }
            texts = [text for turn in read.values() for _, text in turn.named]
            quiet = self._texts.quiet(texts)
            for index, found in enumerate(known):
                record = found or self._record_turn(read[index], quiet)
                if found is None:
                    self.memo.put(digests[index], record)
                yield record

    def _scan_parsed(self, value: Any, *, observe: bool) -> Iterable[tuple[str, Record]]:
        """The slow way, for bodies that `jsonbody.members` cannot take apart."""
        if not isinstance(value, dict):
            yield "", self._record(_named("", value), counts=not observe)
            return
        account = Account()
        for name, inner in value.items():
            if name in _TURNS and isinstance(inner, list):
                read = [
                    (f"{name}[{index}]", _read_turn(turn, observe=observe))
                    for index, turn in enumerate(inner)
                ]
            else:
                counts = not observe and name not in _OBSERVED_MEMBERS
                read = [(name, _Turn(_named("", inner), counts, opening=False))]
            for where, turn in read:
                record = self._record_turn(turn)
                yield where, record
                size = sum(len(text) for _, text in turn.named)
                if not account.add(size, record.effort + _TURN):
                    yield where, _dense(counts=not observe)
                    return

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
            return Record(
                record.findings,
                record.score,
                record.counts,
                content[:_SEAM],
                content[-_SEAM:],
                record.half,
                record.effort,
            )
        return record

    def _record(
        self, named: _Named, *, counts: bool, quiet: AbstractSet[str] = frozenset()
    ) -> Record:
        """What is found in texts; nothing in those that are ``quiet``."""
        named = [one for one in named if one[1] not in quiet]
        if not named:
            return _NOTHING if counts else _NOTHING_OBSERVED
        findings: list[Finding] = []
        best, half, effort = 0.0, False, 0.0
        account = Account()
        for param, text in named:
            read, allowance = self._texts.read(text, account.left)
            half = half or allowance.opened
            effort += allowance.spent + _TEXT
            fits = account.add(allowance.size, allowance.spent + _TEXT)
            found = [*_odd_characters(text), *read]
            if not fits and not allowance.is_over:
                found.append(too_dense(allowance.size))
            if found:
                best = max(best, score(found))
                findings.extend(evolve(finding, param=param) for finding in found)
            if not fits or allowance.is_over:
                break
        return Record(tuple(findings), best, counts, half=half, effort=effort)

    def _scan_seam(self, tail: str, record: Record) -> Record:
        """What stands across the end of one message and the beginning of the next."""
        joined = f"{tail} {record.head}"
        digest = self.memo.digest(b"seam", joined.encode("utf-8", "surrogatepass"))
        seam = self.memo.get(digest)
        if seam is None:
            found, effort = self._texts.read_seam(joined, len(tail))
            seam = Record(tuple(found), score(found), effort=_SEAM_READ + effort)
            self.memo.put(digest, seam)
        return seam


def _read_turn(turn: Any, *, observe: bool) -> _Turn:
    if not isinstance(turn, dict):
        return _Turn(_named("", turn), not observe, opening=False)
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
    surrogate = -1
    try:
        coded = text.encode("utf-8")
    except UnicodeEncodeError as error:
        coded, surrogate = text.encode("utf-8", "ignore"), error.start
    if b"\0" in coded:  # found there ten times sooner
        yield _malformed("malformed.nul", 0.95, text.index("\0"))
    if surrogate >= 0:
        yield _malformed("malformed.surrogate", 0.85, surrogate)


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
