"""Which codec suits a message: try them, and keep the fewest bytes.

Rules of thumb fail here: whether Brotli in base64 or a frame is smaller depends on what the
text says. So what may be used is tried; `compare` shows every codec, and what all the world
has already.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import brotli
from attrs import frozen

from m2m_trio.codecs import inbound
from m2m_trio.codecs.catalog import CODECS, load_codec
from m2m_trio.codecs.codec import Limits
from m2m_trio.errors import CodecError, MissingExtraError

MIN_BYTES = 100
"""A shorter message is not worth a codec: what it saves is less than naming it costs."""

SELF_EXPLAINING = tuple(entry.name for entry in CODECS if entry.prefix and entry.is_exact)
"""Codecs whose messages say what they are, and come back as they were."""


def choose(plain: bytes, names: Iterable[str] = SELF_EXPLAINING) -> tuple[str, bytes] | None:
    """The codec of those in ``names`` that makes ``plain`` shortest, and what it makes.

    None where nothing is saved, or where ``plain`` has under `MIN_BYTES` bytes. Codecs that
    cannot carry it, or need an extra that is not installed, are passed over.
    """
    if len(plain) < MIN_BYTES:
        return None
    best = None
    shortest = len(plain)
    for name in names:
        try:
            coded = load_codec(name).encode(plain)
        except (CodecError, MissingExtraError):
            continue
        if len(coded) < shortest:
            best, shortest = (name, coded), len(coded)
    return best


@frozen(kw_only=True)
class Trial:
    """What a codec did to one message."""

    name: str
    coded_bytes: int = 0
    encoding: float = 0.0
    """Seconds."""

    decoding: float = 0.0
    """Seconds."""

    is_exact: bool = False
    """Whether decoding gave back every byte."""

    problem: str = ""
    """Why it could not be tried; empty where it was."""


Both = tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]


def compare(plain: bytes, limits: Limits, clock: Callable[[], float]) -> Iterator[Trial]:
    """Try every codec on ``plain``, and then gzip and Brotli as content codings.

    ``clock`` gives seconds: ``time.perf_counter``.
    """
    for entry in CODECS:
        try:
            codec = load_codec(entry.name)
            decode = partial(codec.decode, limits=limits)
            yield _try(entry.name, (codec.encode, decode), plain, clock)
        except (CodecError, MissingExtraError) as error:
            yield Trial(name=entry.name, problem=error.message)
    for name, encode in WORLD.items():
        decode = partial(inbound.decode, codings=(name.split()[0],), limits=limits)
        yield _try(name, (encode, decode), plain, clock)


def _try(name: str, both: Both, plain: bytes, clock: Callable[[], float]) -> Trial:
    encode, decode = both
    start = clock()
    coded = encode(plain)
    encoded = clock()
    decoded = decode(coded)
    return Trial(
        name=name,
        coded_bytes=len(coded),
        encoding=encoded - start,
        decoding=clock() - encoded,
        is_exact=decoded == plain,
    )


def _gzip(plain: bytes) -> bytes:
    return zlib.compress(plain, level=6, wbits=31)


WORLD: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gzip,
    "br 5": partial(brotli.compress, quality=5),
    "br 11": partial(brotli.compress, quality=11),
}
"""Content codings that everybody has, beside zstd, which is in the catalogue."""
