"""The cost that a frame's header carries, as the reference reckons it: a guess, in dollars.

The prices are the reference's and stay as they are, because both ends of a frame must reckon
alike. They know bare model names only. Nothing of ours decides by them.
"""

from __future__ import annotations

import struct
from functools import lru_cache

CENTS_PER_1000 = (
    ("gpt-4o-mini", 0.015, 0.06),
    ("gpt-4o", 0.25, 1.0),
    ("gpt-4-turbo", 1.0, 3.0),
    ("gpt-4", 3.0, 6.0),
    ("gpt-3.5-turbo", 0.05, 0.15),
    ("o1-preview", 1.5, 6.0),
    ("o1-mini", 0.3, 1.2),
    ("o3-mini", 0.11, 0.44),
    ("o3", 2.0, 8.0),
    ("claude-3-opus", 1.5, 7.5),
    ("claude-3.5-sonnet", 0.3, 1.5),
    ("claude-3-5-sonnet", 0.3, 1.5),
    ("claude-3-sonnet", 0.3, 1.5),
    ("claude-3.5-haiku", 0.08, 0.4),
    ("claude-3-5-haiku", 0.08, 0.4),
    ("claude-3-haiku", 0.025, 0.125),
    ("gemini-1.5-pro", 0.125, 0.5),
    ("gemini-1.5-flash", 0.0075, 0.03),
    ("gemini-2.0-flash", 0.01, 0.04),
    ("", 0.1, 0.3),
)
"""Prefix of the model's name, cents for 1000 tokens in, and out. The first that fits."""

ASSUMED_TOKENS = 500
"""What a request without a limit is taken to answer."""

_SINGLE = struct.Struct("<f")
_PAIR = struct.Struct("<ff")


def cost(model: str, prompt_tokens: int, completion_tokens: int) -> bytes:
    """The cost in dollars as the header has it: a single, each step rounded to one."""
    return _reckon(model[:64], prompt_tokens, completion_tokens)


@lru_cache(maxsize=64)  # the events of a stream all cost the same
def _reckon(model: str, prompt_tokens: int, completion_tokens: int) -> bytes:
    prices = _prices(model)
    thousands = _PAIR.unpack(_PAIR.pack(prompt_tokens / 1000, completion_tokens / 1000))
    part_in, part_out = _PAIR.unpack(
        _PAIR.pack(thousands[0] * prices[0], thousands[1] * prices[1])
    )
    (cents,) = _SINGLE.unpack(_SINGLE.pack(part_in + part_out))
    return _SINGLE.pack(cents / 100)


@lru_cache(maxsize=64)
def _prices(model: str) -> tuple[float, float]:
    """Cents for 1000 tokens in and out, rounded to singles."""
    name = model.lower()
    found = next(prices for prefix, *prices in CENTS_PER_1000 if name.startswith(prefix))
    prices: tuple[float, float] = _PAIR.unpack(_PAIR.pack(*found))
    return prices


def read_cost(data: bytes, start: int) -> float:
    """Dollars, from a header; the four bytes are there."""
    return float(_SINGLE.unpack_from(data, start)[0])
