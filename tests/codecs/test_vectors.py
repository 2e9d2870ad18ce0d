"""Golden vectors, made by running the reference, and its defects, which must not be ours.

The vectors are not part of the repository: without them these tests are skipped.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from m2m_trio.codecs.brotli import BrotliCodec
from m2m_trio.codecs.codec import LIMITS
from m2m_trio.codecs.frame1 import FrameCodec, Seal, inspect_frame
from m2m_trio.codecs.frame_cost import cost, read_cost
from m2m_trio.codecs.serde_json import dump, parse
from m2m_trio.codecs.t1 import T1Codec
from m2m_trio.codecs.t1_compatible import CompatibleT1Codec, decode_event, encode_event
from m2m_trio.errors import CodecError
from m2m_trio.wire.frame import Security, to_text
from m2m_trio.wire.seal import KeyTree, derive_key
from m2m_trio.wire.sse import SSEEvent, SSESplitter

VECTORS = Path(__file__).parents[3] / "shared" / "vectors"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not VECTORS.is_dir(), reason="no golden vectors in ../shared/vectors"),
]


def load(name: str) -> Any:
    path = VECTORS / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {"cases": []}


MESSAGES = load("codec_old")["cases"]
FRAMES = load("frame_v1")["cases"]
STREAMS = load("sse")["cases"]
EDGES = load("json_edges")
CRYPTO = load("crypto_and_frames_negative")

GARBLED = {
    "req_legacy_function_role": "F05",
    "req_five_msgs_one_unknown_role": "F05",
    "req_nulls": "F06",
    "req_max_tokens_odd": "F06",
    "req_long_model_name": "F07",
    "req_max_tokens_huge": "F08",
}
"""Frames whose routing header shows a defect of the reference."""

OTHER_SCHEMA = ("resp_error", "resp_embeddings")
"""Frames that the reference takes for requests (F10)."""

LOSSY_STREAMS = {
    "split_mid_json": "P03",
    "cr_only": "P06",
    "no_space_after_colon": "P05",
    "event_id_retry": "P07",
    "comments": "P07",
    "multi_line_data": "P06",
    "plain_text_data": "P03",
    "bom": "P06",
}
"""Streams that the reference changes beyond repair; what an event says stays, in ours."""


def named(cases: list[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case["id"] for case in cases])


@named(MESSAGES)
def test_compatible_t1_is_the_references(case: dict[str, Any]) -> None:
    codec = CompatibleT1Codec()
    plain = case["input"].encode()
    told = case["t1"]
    if "error" in told:
        with pytest.raises(CodecError):
            codec.encode(plain)
        return
    assert codec.encode(plain).decode() == told["wire"]
    assert codec.decode(told["wire"].encode(), LIMITS).decode() == told["decoded"]
    if "wire_with_patterns" in told:
        wire = told["wire_with_patterns"].encode()
        assert codec.decode(wire, LIMITS).decode() == told["decoded"]


@named(MESSAGES)
def test_safe_t1_loses_nothing_of_it(case: dict[str, Any]) -> None:
    plain = case["input"].encode()
    coded = T1Codec().encode(plain)
    assert T1Codec().decode(coded, LIMITS) == plain


@named(MESSAGES)
def test_brotli_is_the_references(case: dict[str, Any]) -> None:
    plain, wire = case["input"].encode(), case["brotli_q11"]["wire"].encode()
    assert BrotliCodec().decode(wire, LIMITS) == plain
    assert BrotliCodec().decode(BrotliCodec().encode(plain), LIMITS) == plain


@pytest.mark.parametrize("edge", EDGES.get("decode", []), ids=lambda edge: edge["wire"][:30])
def test_odd_t1_texts_are_read_as_the_reference_does(edge: dict[str, Any]) -> None:
    wire, told = edge["wire"].encode(), edge["old"]
    if not wire.startswith(b"#T1|") or isinstance(told, dict):
        with pytest.raises(CodecError):
            CompatibleT1Codec().decode(wire, LIMITS)
    else:
        assert CompatibleT1Codec().decode(wire, LIMITS).decode() == told


@pytest.mark.parametrize("edge", EDGES.get("t1_compress", []), ids=lambda edge: edge["input"])
def test_defaults_are_dropped_as_the_reference_does(edge: dict[str, Any]) -> None:
    assert CompatibleT1Codec().encode(edge["input"].encode()).decode() == edge["wire"]
    assert CompatibleT1Codec().decode(edge["wire"].encode(), LIMITS).decode() == edge["decoded"]


@pytest.mark.parametrize(
    "edge", EDGES.get("parse_and_reserialise", []), ids=lambda edge: edge["input"][:30]
)
def test_json_is_rewritten_as_the_reference_does(edge: dict[str, Any]) -> None:
    if isinstance(edge["result"], dict):
        with pytest.raises(CodecError):
            dump(parse(edge["input"].encode()))
    else:
        assert dump(parse(edge["input"].encode())).decode() == edge["result"]


@named(STREAMS)
def test_events_are_the_references(case: dict[str, Any]) -> None:
    if not all(isinstance(chunk, str) for chunk in case["chunks"]):
        return  # cut inside a character: the reference gives up (P04)
    splitter = SSESplitter(1 << 20)
    events = [event for chunk in case["chunks"] for event in splitter.feed(chunk.encode())]
    coded = [encode_event(event).decode() for event in events + splitter.finish()]
    mode = case["modes"]["abbreviation"]
    told = [text for output in mode["outputs"] for text in output.get("ok", [])]
    if case["id"] in LOSSY_STREAMS:
        assert coded != told
        return
    assert coded == told
    for text, output in zip(told, mode["decompressed"]["outputs"], strict=True):
        decoded = decode_event(SSEEvent(text.encode())).decode()
        assert decoded.rstrip("\n") == output["ok"].rstrip("\n")


@named([case for case in STREAMS if case["id"] not in LOSSY_STREAMS])
def test_even_what_passes_through_is_rewritten_by_the_reference(case: dict[str, Any]) -> None:
    told = [o["ok"] for o in case["modes"]["passthrough"]["outputs"] if o.get("ok")]
    plain = "".join(chunk for chunk in case["chunks"] if isinstance(chunk, str)).encode()
    events = SSESplitter(1 << 20).feed(plain.replace(b"\r\n", b"\n"))
    written = [
        b"data: " + dump(parse(event.data)) + b"\n\n" if event.data[:1] == b"{" else event
        for event in events
    ]
    assert b"".join(written).decode() == "".join(text for texts in told for text in texts)


@named(FRAMES)
def test_frames_are_the_references(case: dict[str, Any]) -> None:
    plain, codec = case["input"].encode(), FrameCodec()
    if "frame" in case:
        with pytest.raises(CodecError):
            codec.encode(plain)
        return
    told = base64.b64decode(case["frame_b64_full"])
    ours = codec.encode(plain)
    assert codec.decode(ours, LIMITS) == plain
    for form in (told, case["text_wire"].encode()):
        assert FrameCodec(checks_header=False).decode(form, LIMITS) == plain
    if case["id"] in GARBLED:
        with pytest.raises(CodecError, match="routing header"):
            codec.decode(told, LIMITS)
        inspect_frame(ours)
        return
    assert codec.decode(told, LIMITS) == plain
    assert codec.decode(case["text_wire"].encode(), LIMITS) == plain
    if case["id"] not in OTHER_SCHEMA:
        assert ours == told
        assert FrameCodec(text=True).encode(plain) == case["text_wire"].encode()


@named([case for case in FRAMES if "hmac" in case])
@pytest.mark.parametrize("mode", [Security.HMAC, Security.AEAD])
def test_sealed_frames_are_the_references(case: dict[str, Any], mode: Security) -> None:
    told = case[mode.name.lower()]
    nonce = bytes.fromhex(told.get("nonce_hex", ""))
    seal = Seal(security=mode, key=bytes.fromhex(told["key_hex"]), nonces=lambda _: nonce)
    data = base64.b64decode(told["frame_b64_full"])
    codec = FrameCodec(seal=seal)
    assert codec.encode(case["input"].encode()) == data
    assert codec.decode(data, LIMITS) == case["input"].encode()
    assert codec.decode(to_text(data), LIMITS) == case["input"].encode()


@named(CRYPTO.get("frame_security", []))
def test_tampered_frames_are_refused(case: dict[str, Any]) -> None:
    """Unlike the reference, which takes eleven of them (F01, F02, F04, F09, B01)."""
    data, key = bytes.fromhex(case["frame_hex"]), bytes.fromhex(case.get("key_hex", ""))
    taken = []
    for mode in Security:
        try:
            FrameCodec(seal=Seal(security=mode, key=key)).decode(data, LIMITS)
        except CodecError:
            continue
        taken.append(mode)
    honest = {
        "hmac_ok": [Security.HMAC],
        "hmac_read_without_verification": [Security.HMAC],
        "aead_ok": [Security.AEAD],
        "aead_plain_decode": [Security.AEAD],
        "downgrade_and_strip": [Security.NONE],  # nothing tells it from an unsealed frame
    }
    assert taken == honest.get(case["id"], [])


@named(CRYPTO.get("kdf_and_primitives", []))
def test_keys_are_the_references(case: dict[str, Any]) -> None:
    if case["op"].startswith("hkdf"):
        key = derive_key(bytes.fromhex(case["ikm_hex"]), case["info"], case["len"])
        assert key.hex() == case["okm_hex"]
    elif case["op"] == "hierarchy":
        tree, told = KeyTree(bytes.fromhex(case["master_hex"]), case["org"]), case["result"]
        assert tree.organisation().hex() == told["org_key"]
        assert tree.shared().hex() == told["shared"]
        session = tree.session(case["a"], case["b"], case["session_id"])
        assert session.hex() == told["session_hierarchy"]
        if case["a"] == "shared":  # C02
            with pytest.raises(CodecError, match="another's"):
                tree.agent("shared")
            return
        assert tree.agent(case["a"]).hex() == told["agent_key"]
        assert tree.agent(case["a"], "identity").hex() == told["agent_identity"]
        assert tree.agent(case["a"], "encryption").hex() == told["agent_encryption"]


@pytest.mark.parametrize("case", load("stats").get("frame_cost", []), ids=lambda c: c["model"])
def test_costs_are_the_references(case: dict[str, Any]) -> None:
    dollars = cost(case["model"], case["prompt_tokens"], case["completion_tokens"])
    assert read_cost(dollars, 0) == case["usd_f32"]
