from __future__ import annotations

import pytest

from m2m_trio.codecs.catalog import CODECS, Entry, detect, find_entry, load_codec
from m2m_trio.errors import UnknownCodecError


@pytest.mark.parametrize("entry", CODECS, ids=lambda entry: entry.name)
def test_every_codec_loads_and_knows_its_name(entry: Entry) -> None:
    assert load_codec(entry.name).name == entry.name


@pytest.mark.parametrize("name", ["", "gzip", "M2M", "x" * 1000])
def test_an_unknown_name_is_refused_with_those_that_exist(name: str) -> None:
    with pytest.raises(UnknownCodecError, match="choose one of"):
        find_entry(name)


@pytest.mark.parametrize("text", [b"", b"{}", b"#T1", b"hello"])
def test_text_without_a_prefix_is_no_codecs(text: bytes) -> None:
    assert detect(text) is None
