"""JSON as the reference reads and writes it (serde_json without order), for compatible T1.

Object keys sorted by their UTF-8, duplicates overwritten, numbers rewritten. Its parser is
inexact: about one double in eight comes back one unit off, and so it must here, where bytes
are compared. None of it is used for our own traffic.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any, NoReturn

from m2m_trio.errors import CodecError
from m2m_trio.wire.jsontext import check_depth

MAX_DEPTH = 127
U64_MAX = (1 << 64) - 1
I64_MIN = -(1 << 63)
MAX_EXPONENT = 1 << 31
_POWERS = [float(f"1e{exponent}") for exponent in range(309)]


def parse(text: bytes, *, depth: int = MAX_DEPTH) -> Any:
    """What ``text`` says, with the numbers that the reference would read.

    Raises:
        CodecError: It is no JSON to the reference.
        CodecLimitError: It is nested deeper than ``depth``.
    """
    check_depth(text, min(depth, MAX_DEPTH))
    try:
        return _DECODER.decode(text.decode())
    except UnicodeDecodeError as error:
        raise CodecError(f"the message is not UTF-8: byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise CodecError(f"not JSON: {error}") from error


def parse_number(text: str) -> int | float:
    """The number that the reference reads: inexact where it is no 64-bit integer.

    Raises:
        CodecError: It is out of a double's range.
    """
    negative = text[0] == "-"
    mantissa, _, power = text.lstrip("-").lower().partition("e")
    whole, point, fraction = mantissa.partition(".")
    significand, left_out = _significand(whole)
    if not (point or power or left_out):
        if not negative:
            return significand
        if significand and -significand >= I64_MIN:
            return -significand
        return -float(significand)
    exponent = left_out
    for digit in fraction:
        grown = significand * 10 + int(digit)
        if grown > U64_MAX:
            break
        significand = grown
        exponent -= 1
    exponent += _exponent(power, significand)
    value = _scaled(float(significand), exponent)
    return -value if negative else value


def _significand(whole: str) -> tuple[int, int]:
    """As many digits as fit 64 bits, and how many are left out."""
    significand = int(whole[:20])
    if significand <= U64_MAX:
        kept = min(len(whole), 20)
    else:
        significand, kept = int(whole[:19]), 19
    return significand, len(whole) - kept


def _exponent(power: str, significand: int) -> int:
    if not power:
        return 0
    digits = power.lstrip("+-").lstrip("0")[:11]
    exponent = int(digits or "0")
    if exponent < MAX_EXPONENT:
        return -exponent if power[0] == "-" else exponent
    if significand and power[0] != "-":
        _refuse_number()
    return -MAX_EXPONENT


def _scaled(value: float, exponent: int) -> float:
    while exponent < -308 and value:
        value /= 1e308
        exponent += 308
    if not value:
        return value
    if exponent < 0:
        return value / _POWERS[-exponent]
    if exponent > 308 or (value := value * _POWERS[exponent]) == float("inf"):
        _refuse_number()
    return value


def _refuse_number(_text: str = "") -> NoReturn:
    raise CodecError("not JSON: a number is out of range")


_DECODER = json.JSONDecoder(
    parse_int=parse_number, parse_float=parse_number, parse_constant=_refuse_number
)


def format_number(value: float) -> str:
    """An int as it is; a double with the fewest digits, as the reference writes it."""
    if isinstance(value, int):
        return str(value)
    text = repr(value)
    mantissa, mark, power = text.partition("e")
    if not mark:
        return text
    exponent = int(power)
    if exponent < -5:
        return f"{mantissa}e{exponent}"
    if exponent > 0:
        return f"{mantissa}e+{exponent}"
    sign = "-" if mantissa[0] == "-" else ""
    digits = mantissa.lstrip("-").replace(".", "")
    return f"{sign}0.{'0' * (-exponent - 1)}{digits}"


def dump(value: Any) -> bytes:
    """The text of a parsed value: compact, keys sorted.

    Raises:
        CodecError: A string holds half of a surrogate pair.
    """
    try:
        return _format(value).encode()
    except UnicodeEncodeError as error:
        raise CodecError("not JSON to the reference: half of a surrogate pair") from error


def _format(value: Any) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        members = (f"{encode_basestring(key)}:{_format(value[key])}" for key in sorted(value))
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_format, value)) + "]"
    return format_number(value)
