"""The zstd library: in the standard library from Python 3.14, the same code before."""

from __future__ import annotations

import sys
from typing import TypeAlias

if sys.version_info >= (3, 14):
    from compression.zstd import (
        CompressionParameter,
        DecompressionParameter,
        ZstdCompressor,
        ZstdDecompressor,
        ZstdDict,
        ZstdError,
    )
else:
    from backports.zstd import (
        CompressionParameter,
        DecompressionParameter,
        ZstdCompressor,
        ZstdDecompressor,
        ZstdDict,
        ZstdError,
    )

AnyDict: TypeAlias = "ZstdDict | tuple[ZstdDict, int]"
"""A dictionary, or one with the way it is to be used: ``as_prefix``, ``as_digested_dict``."""

LEVEL = 3
MAX_WINDOW_LOG = 23  # 8 MiB: what RFC 9659 lets a content coding use

DECODING: dict[int, int] = {DecompressionParameter.window_log_max: MAX_WINDOW_LOG}


def encoding(level: int, *, window_log: int | None = None) -> dict[int, int]:
    """Options of a compressor: always with a checksum, never with a dictionary's number."""
    options: dict[int, int] = {
        CompressionParameter.compression_level: level,
        CompressionParameter.checksum_flag: 1,
        CompressionParameter.dict_id_flag: 0,
    }
    if window_log is not None:
        options[CompressionParameter.window_log] = window_log
    return options


__all__ = [
    "DECODING",
    "LEVEL",
    "MAX_WINDOW_LOG",
    "AnyDict",
    "ZstdCompressor",
    "ZstdDecompressor",
    "ZstdDict",
    "ZstdError",
    "encoding",
]
