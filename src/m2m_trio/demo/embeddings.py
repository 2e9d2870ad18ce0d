"""Embeddings of made-up meaning: texts that share words lie close together."""

from __future__ import annotations

import base64
import hashlib
import math
import re
import struct
from collections.abc import Mapping

from m2m_trio.demo.answer import count_tokens
from m2m_trio.demo.conversation import Json
from m2m_trio.errors import BadRequestError

DIMENSIONS = 256
MAX_DIMENSIONS = 4096
MAX_TEXTS = 2048
MAX_WORDS = 1000  # of one text; what comes after adds nothing


def embed(text: str, dimensions: int = DIMENSIONS) -> list[float]:
    """A vector of length one: the sum of a fixed random vector for each word."""
    total = [0.0] * dimensions
    for word in re.findall(r"\w+", text.lower())[:MAX_WORDS] or [""]:
        noise = hashlib.shake_256(word.encode()).digest(2 * dimensions)
        for index, value in enumerate(struct.unpack(f"<{dimensions}h", noise)):
            total[index] += value
    length = math.hypot(*total) or 1.0
    return [value / length for value in total]


def embeddings(request: Mapping[str, Json]) -> dict[str, Json]:
    """The body of a ``/v1/embeddings`` reply.

    Raises:
        BadRequestError: ``input`` is not a text or a list of texts, or a parameter is out
            of range.
    """
    given = request.get("input")
    texts = given if isinstance(given, list) else [given]
    if not 1 <= len(texts) <= MAX_TEXTS or not all(isinstance(text, str) for text in texts):
        message = f"'input' is not a text, or a list of 1 to {MAX_TEXTS} texts"
        raise BadRequestError(message, param="input")
    dimensions = request.get("dimensions", DIMENSIONS)
    if not isinstance(dimensions, int) or not 1 <= dimensions <= MAX_DIMENSIONS:
        message = f"'dimensions' is not a whole number from 1 to {MAX_DIMENSIONS}"
        raise BadRequestError(message, param="dimensions")
    coding = request.get("encoding_format", "float")
    if coding not in {"float", "base64"}:
        raise BadRequestError("'encoding_format' is float or base64", param="encoding_format")
    used = sum(count_tokens(str(text)) for text in texts)
    data: list[Json] = []
    for index, text in enumerate(texts):
        vector = embed(str(text), dimensions)
        coded: Json = _base64(vector) if coding == "base64" else vector
        data.append({"object": "embedding", "index": index, "embedding": coded})
    return {
        "object": "list",
        "data": data,
        "model": str(request.get("model")),
        "usage": {"prompt_tokens": used, "total_tokens": used},
    }


def _base64(vector: list[float]) -> str:
    """Little-endian 32-bit floats, as OpenAI codes them."""
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode()
