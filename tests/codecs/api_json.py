"""JSON texts like those of the API, and unlike them: keys that collide, odd blanks."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from m2m_trio.codecs.t1_words import KEYS, MODELS, ROLES

WORDS = [*KEYS, *KEYS.values(), *ROLES, *ROLES.values(), *MODELS, *MODELS.values()]
NAMES = st.sampled_from(
    [*WORDS, "messages", "role", "tools", "parameters", "properties", "x y"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(1 << 70), 1 << 70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(WORDS)
    | st.text(max_size=12)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)


def text_of(value: Any, separators: tuple[str, str], indent: int | None) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=separators, indent=indent)
    return text.encode("utf-8", "replace")


TEXTS = st.builds(
    text_of,
    VALUES,
    st.sampled_from([(",", ":"), (", ", ": "), (" , ", " : ")]),
    st.sampled_from([None, None, 2]),
)
"""Texts that every JSON codec accepts."""

CHAT = (
    b'{"model": "gpt-4o", "messages": [{"role": "system", "content": "Be brief."}, '
    b'{"role":"user","content":"What is \\"c\\": 2+2?\\n"}], "temperature": 1.0, '
    b'"tools":[{"type":"function","function":{"name":"f","parameters":{"properties":'
    b'{"x":{"type":"number"},"content":{"type":"string"},"model":{"default":"gpt-4o"}}}}}],'
    b' "stream":true, "temperature":1e0}'
)
