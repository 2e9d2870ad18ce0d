"""Vocabularies: known answers, control tokens that are only text, hostile input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from splintr import Tokenizer

from m2m_trio.errors import UnknownTokenError, VocabularyError
from m2m_trio.tokens import vocabulary as vocabulary_module
from m2m_trio.tokens.bundled import BUNDLED, Bundled
from m2m_trio.tokens.shelf import Shelf
from m2m_trio.tokens.vocabulary import (
    HELD,
    PIECE,
    SplintrVocabulary,
    Tally,
    Traits,
    mended,
    no_panic,
    word_pieces,
)

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "tokens" / "vectors.json"
SHELF = Shelf(kept=8)
BYTE_LEVEL = ("cl100k_base", "deepseek_v3", "mistral_v3")
HOSTILE = ("o200k_base", "llama3", "mistral_v1", "gemma3")
ENGINES = {name: Tokenizer.from_pretrained(name) for name in BYTE_LEVEL}

CONTROL = (
    "<|endoftext|>",
    "<think>",
    "</think>",
    "[INST]",
    "<\uff5cUser\uff5c>",
    "<|im_start|>",
    "<s>",
)
mixed = st.lists(
    st.sampled_from(
        [*CONTROL, "it's ", "ABCdef", " 12345", "  \n", "你好", "'", "`", "é", "<", "|"]
    )
    | st.text(max_size=8),
    max_size=12,
).map("".join)


@pytest.mark.slow
@pytest.mark.skipif(not VECTORS.exists(), reason="no shared known answers beside the project")
def test_shared_known_answers() -> None:
    for vector in json.loads(VECTORS.read_text(encoding="utf-8")):
        vocabulary = SHELF.get(vector["encoding"])
        assert vocabulary.encode(vector["text"]) == vector["ids"]
        assert vocabulary.count(vector["text"]).tokens == len(vector["ids"])


def test_tiktokens_own_known_answers() -> None:
    vocabulary = SHELF.get("cl100k_base")
    assert vocabulary.encode("hello world") == [15339, 1917]
    assert vocabulary.decode_bytes([15339, 1917]) == b"hello world"


@settings(max_examples=20, deadline=None)
@given(text=mixed)
def test_user_text_never_becomes_a_control_token(text: str) -> None:
    for name in BYTE_LEVEL:
        vocabulary = SHELF.get(name)
        expected = ENGINES[name].encode_ordinary(text)  # its own slow call, no cut of ours
        assert vocabulary.encode(text) == expected
        assert vocabulary.count(text) == Tally(len(expected))
        assert vocabulary.decode_bytes(expected) == text.encode()


def test_a_long_text_is_counted_in_pieces_with_the_same_result() -> None:
    text = ("All happy families are alike; each unhappy one <s>differs</s>. " * 2500)[
        : PIECE * 2
    ]
    pieces = list(word_pieces(text))
    assert len(pieces) == 2
    assert "".join(pieces) == text
    whole = len(ENGINES["mistral_v3"].encode_ordinary(text))
    assert SHELF.get("mistral_v3").count(text) == Tally(whole)


@pytest.mark.parametrize("name", ["mistral_v1", pytest.param("gemma2", marks=pytest.mark.slow)])
def test_long_sentencepiece_text_is_cut_without_a_difference(name: str) -> None:
    text = "All happy families are alike; each unhappy one differs. " * 1300
    engine = Tokenizer.from_pretrained(name)
    assert len(text) > PIECE
    assert SHELF.get(name).count(text) == Tally(len(engine.encode_raw(text)))


def test_a_long_run_is_cut_by_force_and_said_not_to_be_exact() -> None:
    newlines = SHELF.get("mistral_v1").count("\n" * 3 * PIECE)
    assert newlines.tokens == pytest.approx(3 * PIECE, rel=0.01)
    assert not newlines.is_exact


def test_a_text_without_words_stays_in_one_piece() -> None:
    spaces = " " * (PIECE + 10)
    assert list(word_pieces(spaces)) == [spaces]
    assert list(word_pieces("")) == [""]


def test_sentencepiece_text_with_control_tokens_is_exact_where_short() -> None:
    vocabulary = SHELF.get("mistral_v1")
    short = "turn <s> [INST] it </s> off"
    assert vocabulary.count(short) == Tally(len(vocabulary.encode(short)))
    long = short * (HELD // 10)
    near = vocabulary.count(long)
    assert not near.is_exact
    assert near.tokens == pytest.approx(len(vocabulary.encode(long)), rel=0.2)
    assert vocabulary.count("a b " * HELD).is_exact  # long, and no control token in it


@pytest.mark.slow
def test_html_tags_are_tokens_of_gemma() -> None:
    vocabulary = SHELF.get("gemma2")
    assert len(vocabulary.encode("<table>")) == 1
    assert vocabulary.count("<table>") == Tally(1)
    assert vocabulary.decode_bytes(vocabulary.encode("a table")) == b"a table"
    assert vocabulary.count("<eos>").tokens > 1


def test_qwen_text_is_counted_in_its_normal_form() -> None:
    vocabulary = SHELF.get("qwen3")
    assert vocabulary.encode("e\u0301") == vocabulary.encode("\u00e9")
    assert vocabulary.count("e\u0301") == Tally(1)


@pytest.mark.parametrize("name", BYTE_LEVEL)
def test_half_a_surrogate_pair_is_counted_and_said_not_to_be_exact(name: str) -> None:
    vocabulary = SHELF.get(name)
    assert vocabulary.count("a\ud83d b") == Tally(
        vocabulary.count("a? b").tokens, is_exact=False
    )
    with pytest.raises(VocabularyError, match="surrogate"):
        vocabulary.encode("a\ud83d b")


@given(text=st.text(st.characters(), max_size=20))
def test_mended_text_can_be_encoded(text: str) -> None:
    whole, was_whole = mended(text)
    whole.encode()
    assert was_whole == (whole == text)


@pytest.mark.parametrize("ids", [[10**9], [-1], [2**70], ["a"]])
def test_ids_of_no_vocabulary_are_refused(ids: list[int]) -> None:
    for name in ("o200k_base", "mistral_v1"):
        with pytest.raises(UnknownTokenError, match=name):
            SHELF.get(name).decode_bytes(ids)


def test_a_panic_of_the_engine_is_an_error_of_ours() -> None:
    class PanicException(BaseException):
        pass

    with (
        pytest.raises(VocabularyError, match="o200k panicked: StackOverflow"),
        no_panic("o200k"),
    ):
        raise PanicException("StackOverflow")
    with pytest.raises(KeyboardInterrupt), no_panic("o200k"):
        raise KeyboardInterrupt


def test_words_are_not_remembered_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary_module, "KEPT_CHUNKS", 50)
    engine = ENGINES["deepseek_v3"]
    vocabulary = SplintrVocabulary("deepseek_v3", engine, Traits())
    engine.clear_cache()
    vocabulary.count(" ".join(f"unlikely{chr(97 + n)}words" for n in range(20)))
    assert engine.cache_len > 0
    vocabulary.count(" ".join(f"unlikely{chr(97 + n % 26) * n}words" for n in range(99)))
    assert engine.cache_len == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "bundled", [each for each in BUNDLED if each.name in HOSTILE], ids=lambda each: each.name
)
@pytest.mark.parametrize(
    "unit", ["a", " ", "\n", "0", "^", "e\u0301", "中", "'s", "\0", "<|im_start|>", '{"a":']
)
def test_a_million_of_anything_is_counted(bundled: Bundled, unit: str) -> None:
    vocabulary = SHELF.get(bundled.name)
    assert vocabulary.count(unit * (10**6 // len(unit))).tokens > 1000
