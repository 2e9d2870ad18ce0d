"""Pictures: their size from the first bytes of the file, and what they cost.

Formats: PNG (RFC 2083), GIF89a, JPEG (ITU T.81 B.2.2), WebP (RFC 9649).
"""

from __future__ import annotations

import base64
import binascii
import math
import re

from attrs import frozen

HEAD = 64 * 1024
"""Characters of base64 that are looked at: a JPEG may have long metadata first."""


@frozen
class Size:
    """In pixels."""

    width: int
    height: int


def image_size(source: str) -> Size | None:
    """The size of a picture given as base64 or as a ``data:`` URL, if its head tells."""
    if source.startswith("data:"):
        source = source[: HEAD + 200].partition(",")[2]
    head = source[:HEAD]
    try:
        data = base64.b64decode(head[: len(head) // 4 * 4])
    except (binascii.Error, ValueError):
        return None
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        return _size(data[16:20], data[20:24])
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return _size(data[7:5:-1], data[9:7:-1])
    if data[:2] == b"\xff\xd8":
        return _jpeg_size(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return _webp_size(data)
    return None


def _size(width: bytes, height: bytes) -> Size | None:
    size = Size(int.from_bytes(width), int.from_bytes(height))
    return size if size.width and size.height else None


def _jpeg_size(data: bytes) -> Size | None:
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return _size(data[place + 7 : place + 9], data[place + 5 : place + 7])
        place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return None


def _webp_size(data: bytes) -> Size | None:
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = data[24:27], data[27:30]
        one = 1
    elif kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    else:
        width, height = data[26:28], data[28:30]
        one = 0
    mask = 0xFFFFFF if one else 0x3FFF
    return Size(
        (int.from_bytes(width, "little") & mask) + one,
        (int.from_bytes(height, "little") & mask) + one,
    )


UNKNOWN_SIZE = Size(1024, 1024)
"""What a picture is taken for whose size cannot be seen."""


@frozen
class Tiles:
    """So much for a picture, and so much for each square of 512 pixels of it.

    It is scaled into 2048 x 2048 first, and then down to 768 on its short side.
    """

    whole: int
    each: int

    def cost(self, size: Size, *, coarse: bool) -> float:
        """Tokens of a picture."""
        if coarse:
            return self.whole
        scale = min(1.0, 2048 / max(size.width, size.height))
        width, height = size.width * scale, size.height * scale
        scale = min(1.0, 768 / min(width, height))
        tiles = math.ceil(width * scale / 512) * math.ceil(height * scale / 512)
        return self.whole + self.each * tiles


@frozen
class Patches:
    """So much for each square of 32 pixels, at most 1536 of them."""

    each: float

    def cost(self, size: Size, *, coarse: bool) -> float:
        """Tokens of a picture; ``coarse`` changes nothing."""
        del coarse
        width, height = size.width, size.height
        if math.ceil(width / 32) * math.ceil(height / 32) > 1536:
            shrink = math.sqrt(32 * 32 * 1536 / (width * height))
            across, down = width * shrink / 32, height * shrink / 32
            shrink *= min(math.floor(across) / across, math.floor(down) / down)
            width, height = int(width * shrink), int(height * shrink)
        return min(1536, math.ceil(width / 32) * math.ceil(height / 32)) * self.each


OPENAI: tuple[tuple[str, Tiles | Patches], ...] = (
    (r"4\.1-mini", Patches(1.62)),
    (r"4\.1-nano", Patches(2.46)),
    (r"o4-mini", Patches(1.72)),
    (r"gpt-5.*nano", Patches(1.5)),
    (r"gpt-5.*mini", Patches(1.2)),
    (r"gpt-5\.[2-9]", Patches(1.2)),
    (r"gpt-5", Tiles(70, 140)),
    (r"4o-mini", Tiles(2833, 5667)),
    (r"^o\d", Tiles(75, 150)),
    (r"", Tiles(85, 170)),
)
"""What OpenAI's models charge; the first pattern found in the model's name decides."""


def openai_image(model: str, size: Size | None, *, coarse: bool) -> float:
    """Tokens of a picture for a model of OpenAI's."""
    price = next(price for pattern, price in OPENAI if re.search(pattern, model))
    return price.cost(size or UNKNOWN_SIZE, coarse=coarse)


def claude_image(size: Size | None) -> float:
    """Tokens of a picture for Claude: 750 pixels each, its long side 1568 at most."""
    size = size or UNKNOWN_SIZE
    scale = min(1.0, 1568 / max(size.width, size.height))
    return min(1600.0, size.width * scale * size.height * scale / 750) + 6


def gemini_image(model: str, size: Size | None) -> float:
    """Tokens of a picture for Gemini: 258 and 258 a tile, from version 3 a fixed price."""
    if re.search(r"gemini-[3-9]", model):
        return 1092
    if size is None or max(size.width, size.height) <= 768:
        return 258
    return 258 * (1 + math.ceil(size.width / 768) * math.ceil(size.height / 768))


@frozen(kw_only=True)
class Grid:
    """So much for each square of ``side`` pixels, cut ones too, and for each row of them."""

    side: int
    each: float = 1
    row: float = 0
    whole: float = 0
    longest: int = 4096
    """Pixels on the long side; larger pictures are scaled down."""

    most: int = 16_384
    """Tokens."""

    def cost(self, size: Size) -> float:
        """Tokens of a picture."""
        scale = min(1.0, self.longest / max(size.width, size.height))
        across = math.ceil(size.width * scale / self.side)
        down = math.ceil(size.height * scale / self.side)
        return min(self.most, self.whole + down * (self.row + across * self.each))


OTHERS = (
    (r"pixtral-(large|12b-)", Grid(side=16, row=1, longest=1024)),
    (r"mi(ni)?stral|pixtral|magistral", Grid(side=28, row=1, longest=1540)),
    (r"llama-?4", Grid(side=336, each=145, whole=171, longest=1344)),
    (r"grok-([23]|4($|-))", Grid(side=448, each=256)),
    (r"nova-(lite|pro|premier)", Grid(side=4096, each=1800)),
    (r"", Grid(side=28, most=1024)),
)
"""What other models charge; the first pattern found in the model's name decides."""


def other_image(model: str, size: Size | None) -> float:
    """Tokens of a picture for a model of none of the three."""
    price = next(price for pattern, price in OTHERS if re.search(pattern, model))
    return price.cost(size or UNKNOWN_SIZE)
