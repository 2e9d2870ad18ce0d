"""Which words are only shown: in quotes, in code, in a list of attacks, behind a ``>``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_OPENING = "\"'`\u201c\u2018\u00ab\u300c"
_CLOSING = "\"'`\u201d\u2019\u00bb\u300d"
_MARKS = (*_OPENING, *_CLOSING)
_FENCE = re.compile("```")
_QUOTED_TAG = re.compile(r"<(blockquote|q|code|kbd|samp|cite)\b[^<>]*>[^<]*$", re.IGNORECASE)
_TEST_NAME = re.compile(r"\btest_\w*$")
"""A test's name says what it is an example of."""

_VALUE = re.compile(r'"(\w*)"\s{0,4}:\s{0,4}"[^"]*[^"\w,-]\s*$')
"""The key of a JSON value, behind a sentence of it: most are what somebody says there."""

_FIELD = re.compile(r'(?:[,;\[{(=\t]|"\s{0,4}:|^[\s-]{0,20}[\w./-]{1,30}:)\s{0,4}$')
"""What stands before a quoted field of data."""

_EXAMPLE_KEY = re.compile(
    r"input|text|prompt|excerpt|examples?|sample|pattern|payload|query|attack|regex|content|"
    r"user_input|match|matched|title|name|snippet",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:    |\t|\s*(?:[-*\u2022|]|\d{1,3}[.)]) ).{0,80}")
"""What a line of a list, a table or indented code has before its words."""

_ABOUT = re.compile(
    r"\b(?:injections?|payloads?|jailbreak(?:s|ing)?|attack(?:s|ers?)?|red[ -]team\w*|benign|"
    r"blocked|refused|flagged|detect(?:or|s|ed|ion)|test cases?|malicious|adversarial)\b",
    re.IGNORECASE,
)
"""Words of one who tells of attacks."""

_ANSWER = re.compile(r"\n[ \t]*\n\s*[^>\s]")
"""Where what somebody writes of the lines he quoted begins."""

_SUCH_AS = re.compile(
    r"\b(?:attacks?|injections?|payloads?|prompts?|phrases?|strings?|patterns?|tricks?|"
    r"jailbreaks?|keywords?) (?:such as|like|as in|e\.g\.|including|is|was):? {0,2}$",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:wrote|said|typed|sent|posted|tried|contained|input|payload|prompt|query)\s?[:=] ?$",
    re.IGNORECASE,
)
_REGEX = re.compile(r"\)\?|\(\?|\\s|\.\*|\w\|\w")
"""Signs of an expression that looks for such words."""

_LONGEST_QUOTE = 240


def find_fences(text: str) -> list[int]:
    """Where the code fences of ``text`` are."""
    return [match.start() for match in _FENCE.finditer(text)]


def is_quoted(
    text: str, start: int, end: int, fences: Sequence[int], *, in_prose: bool = False
) -> bool:
    """Whether ``text[start:end]`` stands in quotation marks or a code fence, as an example.

    A text that is nothing but the quotation is no example of anything. ``fences`` are those
    of `find_fences`. ``in_prose``: a field of data, such as CSV, is no quotation either.
    """
    start += text[start:end][:1] in _MARKS
    before = text[max(start - _LONGEST_QUOTE, 0) : start]
    after = text[end : end + _LONGEST_QUOTE]
    if before[-1:] in _MARKS and after[:1] in _MARKS and len(before.split()) > 1:
        return True
    if before[-1:] == "_" and _TEST_NAME.search(before):
        return True
    if len(before) + len(after) < 2 * (end - start):
        return False
    line = before.rpartition("\n")[2]
    if _REGEX.search(text, max(start - 4, 0), end + 4) or _is_listed(line, before, after):
        return True
    shown = text[(start + end) // 2 : end] + after.partition("\n")[0]
    if (quoted := _is_in_marks(line, shown, in_prose=in_prose)) is not None:
        return quoted
    return bisect_right(fences, start - 3) % 2 == 1 and fences[-1] >= end


def _is_in_marks(line: str, shown: str, *, in_prose: bool) -> bool | None:
    """Whether a quotation opens in ``line``, closes in ``shown``; None: no marks are there."""
    value = _VALUE.search(line)
    if value and not _EXAMPLE_KEY.fullmatch(value[1]):
        return False
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        at = line.rfind(opening)
        if at < 0 or closing not in shown or (at and line[at - 1].isalnum()):
            continue
        if in_prose and _FIELD.search(line, 0, at):
            return False
        if opening != closing or line.count(opening) % 2:
            return True
    return None


def _is_listed(line: str, before: str, after: str) -> bool:
    """Whether words are quoted by a tag or a ``>``, or one of several attacks told of."""
    tag = _QUOTED_TAG.search(before)
    if tag and f"</{tag[1].lower()}>" in after.lower():
        return True
    if _SUCH_AS.search(before):
        return True
    if line.lstrip().startswith(">"):
        return _ANSWER.search(after) is not None
    if not _ITEM.match(line) and not _REPORTED.search(line):
        return False
    return _ABOUT.search(before) is not None or _ABOUT.search(after) is not None
