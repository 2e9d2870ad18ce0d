"""Sizes of pictures from their first bytes."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.tokens.images import (
    Patches,
    Size,
    Tiles,
    claude_image,
    gemini_image,
    image_size,
    openai_image,
    other_image,
)

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480)
GIF = b"GIF89a" + struct.pack("<HH", 640, 480) + b"\0\0"
JPEG = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08" + struct.pack(">HH", 480, 640) + b"\x03"
LOSSY = b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + struct.pack("<HH", 640, 480) + b"\0\0"
BITS = struct.pack("<I", 639 | 479 << 14)
LOSSLESS = b"RIFF\0\0\0\0WEBPVP8L" + bytes(4) + b"\x2f" + BITS + bytes(9)
EXTENDED = b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x7f\x02\0" + b"\xdf\x01\0"
HEADS = [b"", PNG[:16], GIF[:6], JPEG[:4], b"RIFFabcdWEBP"]


@pytest.mark.parametrize("data", [PNG, GIF, JPEG, LOSSY, LOSSLESS, EXTENDED])
def test_the_size_is_in_the_first_bytes(data: bytes) -> None:
    text = base64.b64encode(data).decode()
    assert image_size(text) == Size(640, 480)
    assert image_size(f"data:image/x;base64,{text}") == Size(640, 480)


@given(
    data=st.binary(max_size=60),
    head=st.sampled_from(HEADS),
)
def test_any_bytes_have_a_size_or_none(data: bytes, head: bytes) -> None:
    image_size(base64.b64encode(head + data).decode())


@given(text=st.text(max_size=30))
def test_text_that_is_no_picture(text: str) -> None:
    assert image_size(text) is None


def test_what_pictures_cost() -> None:
    assert Tiles(85, 170).cost(Size(2048, 4096), coarse=False) == 1105
    assert Patches(1.0).cost(Size(1024, 1024), coarse=False) == 1024
    assert Patches(1.0).cost(Size(1800, 2400), coarse=False) == 1452
    assert openai_image("gpt-5-nano", None, coarse=False) == 1536
    assert claude_image(None) == pytest.approx(1404, abs=1)
    assert gemini_image("gemini-2.0-flash", Size(3008, 2000)) == 258 * 13
    assert gemini_image("gemini-2.5-flash", None) == 258


@pytest.mark.parametrize(
    ("model", "size", "tokens"),
    [
        ("mistral-medium-latest", Size(597, 566), (22 + 1) * 21),
        ("pixtral-large-2502-v1:0", Size(597, 566), (38 + 1) * 36),
        ("pixtral-large-2502-v1:0", Size(4096, 4096), (64 + 1) * 64),
        ("llama-4-maverick", Size(400, 301), 2 * 145 + 171),
        ("llama-4-maverick", Size(597, 566), 4 * 145 + 171),
        ("grok-4-1-fast", Size(128, 128), 256),
        ("nova-pro-v1:0", Size(540, 360), 1800),
        ("nova-2-lite-v1:0", Size(597, 566), 22 * 21),
        ("who-knows", Size(3000, 3000), 1024),
        ("who-knows", None, 1024),
    ],
)
def test_what_pictures_cost_others(model: str, size: Size | None, tokens: int) -> None:
    assert other_image(model, size) == tokens
