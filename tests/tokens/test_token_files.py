"""Vocabularies from files."""

from __future__ import annotations

import base64
import json
import sys

import pytest

from m2m_trio.errors import UnknownTokenError, VocabularyError
from m2m_trio.tokens.files import PATTERNS, HuggingFaceVocabulary, load_file
from m2m_trio.tokens.vocabulary import Tally

WORDS = [bytes([n]) for n in range(256)] + [b"he", b"ll", b"hell", b"hello"]
RANKS = b"".join(b"%b %d\n" % (base64.b64encode(word), n) for n, word in enumerate(WORDS))
JSON = json.dumps(
    {
        "version": "1.0",
        "added_tokens": [],
        "model": {"type": "WordLevel", "vocab": {"hello": 0, "[UNK]": 1}, "unk_token": "[UNK]"},
        "pre_tokenizer": {"type": "Whitespace"},
    }
).encode()


@pytest.mark.parametrize("pattern", ["", *PATTERNS])
def test_ranks(pattern: str) -> None:
    vocabulary = load_file("mine", RANKS, pattern)
    ids = vocabulary.encode("hello you")
    assert ids[0] == 259
    assert vocabulary.decode_bytes(ids) == b"hello you"
    assert vocabulary.count("hello you") == Tally(len(ids))
    assert not vocabulary.count("hello \ud83d").is_exact
    with pytest.raises(UnknownTokenError, match="mine"):
        vocabulary.decode_bytes([10**6])


def test_a_tokenizer_of_hugging_face() -> None:
    vocabulary = load_file("words", JSON)
    assert vocabulary.count("hello you hello") == Tally(3)
    tokenizers = pytest.importorskip("tokenizers")
    theirs = HuggingFaceVocabulary("words", tokenizers.Tokenizer.from_buffer(JSON))
    assert theirs.encode("hello you") == [0, 1]
    assert theirs.count("hello you hello") == Tally(3)
    assert theirs.decode_bytes([0]) == b"hello"


@pytest.mark.parametrize("data", [b"", b"{", b"{}", b"\x89PNG", b"hello world"])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(VocabularyError, match="odd"):
        load_file("odd", data)


def test_a_pattern_that_is_none() -> None:
    with pytest.raises(VocabularyError, match="no pattern 'p50k'"):
        load_file("mine", RANKS, "p50k")


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splintr", None)
    with pytest.raises(VocabularyError, match="install"):
        load_file("mine", RANKS)
