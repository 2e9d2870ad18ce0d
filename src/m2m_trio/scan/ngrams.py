"""An optional second opinion: a linear model of hashed 4-grams, trained elsewhere.

It is asked only about texts in which a rule has found something weak, and may raise such a
text over the threshold; alone it blocks nothing, because on whole requests of agents no such
model is quiet enough. None comes with the project: ``benchmarks/train_ngrams.py`` trains one
on data named by its path.

The file: ``M2MN``, a version byte, the number of buckets as a power of two, then scale and
bias as big-endian floats, then a signed byte a bucket.
"""

from __future__ import annotations

import math
import struct

_HEAD = struct.Struct(">4sBBff")
MAGIC, VERSION = b"M2MN", 1
MAX_POWER = 22

GRAM = 4
WINDOW = 700
"""Characters around a finding that are judged."""

MOST = 0.79
"""Weight of its finding where the model is certain: below any sensible threshold."""

LIKELY = 0.9
"""Probability from which it is listened to."""

WEAK = 0.3
"""Score of the rules from which the model is asked."""


class NgramModel:
    """A trained model, read from the bytes of its file.

    Raises:
        ValueError: It is no such file.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEAD.size:
            raise ValueError("it is too short for a model")
        magic, version, power, self._scale, self._bias = _HEAD.unpack_from(data)
        if magic != MAGIC or version != VERSION or not 0 < power <= MAX_POWER:
            raise ValueError("it is no model of this version")
        self._weights = memoryview(data)[_HEAD.size :].cast("b")
        if len(self._weights) != 1 << power:
            raise ValueError("it is cut short, or too long")
        if not (math.isfinite(self._scale) and math.isfinite(self._bias)):
            raise ValueError("its numbers are none")

    def probability(self, stream: bytes) -> float:
        """How much like an attack a window of a Latin stream reads, 0 to 1."""
        grams = buckets(stream, len(self._weights))
        if not grams:
            return 0.0
        weights = self._weights
        total = sum(weights[bucket] for bucket in grams) * self._scale
        return sigmoid(total / math.sqrt(len(grams)) + self._bias)


def write_model(weights: list[float], bias: float) -> bytes:
    """The file of a model; ``weights`` are a power of two in number."""
    power = len(weights).bit_length() - 1
    scale = max(max(map(abs, weights)) / 127, 1e-9)
    rounded = bytes(round(weight / scale) & 0xFF for weight in weights)
    return _HEAD.pack(MAGIC, VERSION, power, scale, bias) + rounded


def buckets(stream: bytes, count: int) -> set[int]:
    """The buckets of all grams of a stream, each once; the same on every machine."""
    mask = count - 1
    value = 0
    found = set()
    for place, code in enumerate(stream):
        value = ((value << 8) | code) & 0xFFFFFFFF
        if place >= GRAM - 1:
            found.add((value * 2654435761 >> 10) & mask)
    return found


def sigmoid(value: float) -> float:
    """The logistic function, for any number."""
    if value < -60.0:
        return 0.0
    return 1.0 / (1.0 + math.exp(-value))
