"""Validators of single settings: what attrs has not, with messages an operator can use."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from typing import Any

import attrs

STORES = ("redis://", "rediss://", "unix://")
"""How URLs of stores begin."""

Validator = Callable[[Any, "attrs.Attribute[Any]", Any], None]


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """``": did you mean …?"`` for the known word nearest to ``word``, or nothing."""
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return f": did you mean {near[0]}?" if near else ""


def one_of(words: Sequence[str]) -> Validator:
    """A validator that takes one of ``words`` and names them all where it does not."""
    listed = f"{', '.join(words[:-1])} or {words[-1]}"

    def check(_instance: Any, _attribute: attrs.Attribute[Any], value: Any) -> None:
        if value not in words:
            raise ValueError(f"must be {listed}, not {value!r}{did_you_mean(value, words)}")

    return check


def is_key(_instance: Any, _attribute: attrs.Attribute[Any], value: str) -> None:
    """Accept what can stand in a header field; the message never shows the key.

    Raises:
        ValueError: It is empty, or has something else than visible ASCII characters.
    """
    if not value:
        raise ValueError("a key is empty")
    if not is_key_text(value):
        raise ValueError(
            "a key has a space, a line end or another character that a header cannot carry: "
            "copy it again"
        )


def is_key_text(text: str) -> bool:
    """Whether ``text`` is visible ASCII throughout, as a key in a header field is."""
    return bool(text) and all("!" <= character <= "~" for character in text)


def is_key_or_empty(instance: Any, attribute: attrs.Attribute[Any], value: str) -> None:
    """`is_key`, where an empty one means "none"."""
    if value:
        is_key(instance, attribute, value)


def is_sha256_start(_instance: Any, _attribute: attrs.Attribute[Any], value: str) -> None:
    """Accept the first 16 to 64 hexadecimal digits of a SHA-256, in lower case.

    Raises:
        ValueError: It is something else; the message does not show it: it may be a key.
    """
    if not 16 <= len(value) <= 64 or value.strip("0123456789abcdef"):
        raise ValueError("must be 16 to 64 hexadecimal digits, as sha256sum prints them")


def is_store_or_empty(_instance: Any, _attribute: attrs.Attribute[Any], value: str) -> None:
    """Accept the URL of a Redis; the message does not show it: it may hold a password.

    Raises:
        ValueError: It is something else.
    """
    if value and not value.startswith(STORES):
        raise ValueError(f"must begin with {', '.join(STORES)}: write redis://host:6379/0")


def is_pair(_instance: Any, _attribute: attrs.Attribute[Any], value: str) -> None:
    """Accept ``name=value``.

    Raises:
        ValueError: One of the two is missing.
    """
    name, _, rest = value.partition("=")
    if not name.strip() or not rest.strip():
        raise ValueError(f"{value!r} is no pair: write name=value")
