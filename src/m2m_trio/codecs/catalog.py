"""Every codec, one line each: by content-coding name, and by the prefix of its text.

A codec's module loads when it is asked for, and what it needs with it.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import cast

from attrs import frozen

from m2m_trio.codecs.codec import Codec
from m2m_trio.errors import UnknownCodecError


@frozen
class Entry:
    """Where a codec is, and how its messages are recognised."""

    name: str
    """Content-coding token, lower case."""

    target: str
    """``module:callable``, which takes nothing and gives the `Codec`."""

    summary: str
    """What it is, in a few words."""

    prefix: bytes = b""
    """What its messages begin with; empty for one that only its name tells."""

    aliases: tuple[str, ...] = ()
    """Other names it is known by."""

    is_text: bool = False
    """Whether its messages are text, for text."""

    is_exact: bool = True
    """Whether decoding gives back every byte."""


CODECS: tuple[Entry, ...] = (
    Entry(
        "m2m-t1",
        "m2m_trio.codecs.t1:T1Codec",
        "JSON with short words, exact",
        prefix=b"#T1|1|",
        is_text=True,
    ),
    Entry(
        "m2m-t1-compatible",
        "m2m_trio.codecs.t1_compatible:CompatibleT1Codec",
        "JSON with short words, as the reference has it: lossy",
        prefix=b"#T1|",
        is_text=True,
        is_exact=False,
    ),
    Entry(
        "m2m-tk",
        "m2m_trio.codecs.tk:text_codec",
        "token ids in base64",
        prefix=b"#TK|",
        is_text=True,
    ),
    Entry(
        "m2m-tk-binary",
        "m2m_trio.codecs.tk:binary_codec",
        "token ids",
    ),
    Entry(
        "m2m-frame",
        "m2m_trio.codecs.frame1:FrameCodec",
        "M2M/1 frame: JSON behind a routing header",
        prefix=b"#M2M|1|",
    ),
    Entry(
        "m2m-frame-text",
        "m2m_trio.codecs.frame1:text_codec",
        "the same as text",
        is_text=True,
    ),
    Entry(
        "m2m-br",
        "m2m_trio.codecs.brotli:BrotliCodec",
        "Brotli in base64",
        prefix=b"#M2M[v3.0]|",
        is_text=True,
    ),
    Entry(
        "zstd",
        "m2m_trio.codecs.zstd:Zstd",
        "Zstandard (RFC 8878)",
        prefix=b"\x28\xb5\x2f\xfd",
    ),
    Entry(
        "m2m-zd1",
        "m2m_trio.codecs.zstd_static:Zd1",
        "Zstandard with the built-in dictionary",
        aliases=("zd1",),
    ),
    Entry(
        "m2m-df1",
        "m2m_trio.codecs.df1:Df1",
        "event streams: one deflate stream with a dictionary",
        aliases=("df1",),
    ),
)
"""Every codec. The first prefix that fits decides."""

BY_NAME = {name: entry for entry in CODECS for name in (entry.name, *entry.aliases)}


def find_entry(name: str) -> Entry:
    """The codec called ``name``, in any case.

    Raises:
        UnknownCodecError: There is none; the message names those that exist.
    """
    entry = BY_NAME.get(name.strip().lower())
    if entry is None:
        known = ", ".join(each.name for each in CODECS)
        raise UnknownCodecError(f"there is no codec {name[:40]!r}: choose one of {known}")
    return entry


@cache
def load_codec(name: str) -> Codec:
    """The codec called ``name``, ready to use.

    Raises:
        UnknownCodecError: There is none.
        MissingExtraError: It needs an extra that is not installed.
    """
    module, _, attribute = find_entry(name).target.partition(":")
    return cast("Codec", getattr(importlib.import_module(module), attribute)())


NOT_READ = {
    b"#M2M[v2.0]|": "zlib, which the reference cannot read either",
    b"#M2M[v1.0]|": "the old dictionary format",
    b"#M2M|": "the old dictionary format",
    b"#M3|": "the old M3 format",
    b"#BR|": "a format that exists in documents only",
    b"#DI|": "a format that exists in documents only",
}
"""Texts of the M2M family that nobody should write any more."""


def recognise(coded: bytes) -> Entry:
    """The codec whose prefix ``coded`` begins with.

    Raises:
        UnknownCodecError: There is none; the message says what it is instead, if known.
    """
    entry = detect(coded)
    if entry is not None:
        return entry
    for prefix, what in NOT_READ.items():
        if coded.startswith(prefix):
            raise UnknownCodecError(f"{prefix.decode()} is {what}: it is not read here")
    raise UnknownCodecError("not a coded message: it begins with no prefix that is known here")


def detect(coded: bytes) -> Entry | None:
    """The codec whose prefix ``coded`` begins with; None for text without one."""
    for entry in CODECS:
        if entry.prefix and coded.startswith(entry.prefix):
            return entry
    return None
