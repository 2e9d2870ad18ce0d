from __future__ import annotations

import base64
import json
import sys
from typing import Any

import pytest
from rig import Rig, RigOpener

from m2m_trio.codecs.catalog import CODECS
from m2m_trio.codecs.codec import LIMITS
from m2m_trio.codecs.frame1 import FrameCodec, Seal
from m2m_trio.codecs.tk import bundled_vocabulary
from m2m_trio.settings.model import LimitSettings, TokenSettings
from m2m_trio.testing import Response, reply
from m2m_trio.wire.frame import Security

REQUEST = (
    b'{"model":"gpt-4o","messages":[{"role":"system","content":"You are helpful."},'
    b'{"role":"user","content":"What is the capital of France, and since when?"}]}\n'
)
JSON = "Content-Type: application/json"
BYTES = "Accept: application/octet-stream"


async def compressed(node: Rig, name: str, body: bytes = REQUEST) -> dict[str, Any]:
    response = await node.post(f"/v1/compress?codec={name}", body, JSON)
    assert response.status == 200, response.body
    told: dict[str, Any] = response.json()
    return told


FAULTS = (
    ("compress?codec=nonsense", b"{}", "unknown_codec", "choose one of"),
    ("compress?codec=m2m-frame", b"no json", "bad_coding", "carries JSON"),
    ("compress?codec=m2m-br", b"\xff", "bad_coding", "not UTF-8"),
    ("decompress", b"hello", "unknown_codec", "begins with no prefix"),
    ("decompress", b"", "unknown_codec", "begins with no prefix"),
    ("decompress", b"{}", "bad_request", "nothing to decode"),
    ("decompress", b'{"compressed":1}', "bad_request", "nothing to decode"),
    ("decompress", b"#BR|G6kE", "unknown_codec", "documents only"),
    ("decompress", b"#M2M[v3.0]|DATA:AAA", "bad_coding", "bad base64"),
    ("decompress", b"#M2M[v3.0]|DATA:GwAA", "bad_coding", "cut short"),
    ("decompress", b"#M2M|1|IgABAAAA", "bad_coding", "fixed header"),
    ("decompress?codec=zstd", b"#T1|1|{}", "bad_coding", ""),
    ("decompress?codec=none", b"#T1|1|{}", "unknown_codec", "no codec 'none'"),
)
EXACT = [entry.name for entry in CODECS if entry.is_exact]


def error_of(response: Response) -> tuple[int, str, str]:
    error = response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    return response.status, error["code"], error["message"]


async def test_by_default_words_are_shortened(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        response = await node.post("/v1/compress", b'{"model":"gpt-4o","messages":[]}')
        told = response.json()
        assert told.pop("elapsed_ms") >= 0
        del told["tokens"]
        assert told == {
            "codec": "m2m-t1",
            "compressed": '#T1|1|{"M":"g4o","messages":[]}',
            "encoding": "utf-8",
            "original_bytes": 32,
            "compressed_bytes": 31,
            "compression_ratio": 0.9688,
        }
        assert not node.upstream.connections


@pytest.mark.parametrize("name", [*EXACT, "auto"])
async def test_what_compress_answers_decompress_takes(rig: RigOpener, name: str) -> None:
    if name.startswith("m2m-tk"):
        pytest.importorskip("splintr", reason="the tokens extra is not installed")
    async with rig(reply()) as node:
        told = await compressed(node, name)
        assert told["original_bytes"] == len(REQUEST)
        response = await node.post("/v1/decompress", json.dumps(told).encode(), JSON)
        back = response.json()
        assert back["content"] == REQUEST.decode()
        assert back["codec"] == told["codec"]
        assert back["compressed_bytes"] == told["compressed_bytes"]
        assert back["compression_ratio"] == told["compression_ratio"]


@pytest.mark.parametrize("name", ["m2m-t1", "m2m-frame", "zstd"])
async def test_messages_travel_bare_too(rig: RigOpener, name: str) -> None:
    async with rig(reply()) as node:
        coded = await node.post(f"/v1/compress?codec={name}", REQUEST, BYTES)
        assert coded.value(b"content-type") == b"application/octet-stream"
        assert coded.value(b"x-m2m-codec") == name.encode()
        plain = await node.post("/v1/decompress", coded.body, "Accept: text/plain")
        assert plain.body == REQUEST
        assert plain.value(b"content-type") == b"text/plain"


async def test_bytes_that_are_no_text_come_as_base64(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        told = await compressed(node, "m2m-frame")
        assert told["encoding"] == "base64"
        assert FrameCodec().decode(base64.b64decode(told["compressed"]), LIMITS) == REQUEST
        told = await compressed(node, "zstd", b"\xff\xfe")
        back = (await node.post("/v1/decompress", json.dumps(told).encode())).json()
        assert (back["content"], back["encoding"]) == ("//4=", "base64")


async def test_tokens_are_told_where_they_can_be_counted(
    rig: RigOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("splintr", reason="the tokens extra is not installed")
    async with rig(reply()) as node:
        told = await compressed(node, "m2m-t1", b'{"model":"gpt-4o"}')
        assert told["tokens"] == {"vocabulary": "o200k_base", "original": 9, "compressed": 13}
        assert (await compressed(node, "m2m-frame"))["tokens"] is None
    monkeypatch.setitem(sys.modules, "splintr", None)
    bundled_vocabulary.cache_clear()
    async with rig(reply(), tokens=TokenSettings(process=False)) as node:
        assert (await compressed(node, "m2m-t1"))["tokens"] is None
        response = await node.post("/v1/compress?codec=m2m-tk", REQUEST)
        assert error_of(response)[:2] == (501, "missing_extra")


async def test_auto_takes_the_shortest_or_nothing(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        assert (await compressed(node, "auto"))["compressed_bytes"] < len(REQUEST)
        told = await compressed(node, "auto", b"{}")
        assert (told["codec"], told["compressed"]) == ("identity", "{}")
        response = await node.post("/v1/decompress", json.dumps(told).encode())
        assert response.json()["content"] == "{}"
        assert (await compressed(node, "identity", b""))["compression_ratio"] == 1.0


async def test_a_text_may_come_in_a_json_object(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        body = json.dumps({"content": "{}", "codec": "m2m-br"}).encode()
        told = (await node.post("/v1/compress", body, JSON)).json()
        assert (told["codec"], told["original_bytes"]) == ("m2m-br", 2)
        data = json.dumps({"compressed": told["compressed"]}).encode()
        assert (await node.post("/v1/decompress", data, JSON)).json()["content"] == "{}"


async def test_each_fault_has_its_message(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        for target, body, code, why in FAULTS:
            told = error_of(await node.post(f"/v1/{target}", body))
            assert told[:2] == (400, code), target
            assert why in told[2]
        assert not node.upstream.connections


async def test_a_sealed_frame_is_not_opened_here(rig: RigOpener) -> None:
    seal = Seal(security=Security.HMAC, key=bytes(32))
    frame = FrameCodec(text=True, seal=seal).encode(REQUEST)
    async with rig(reply()) as node:
        status, code, message = error_of(await node.post("/v1/decompress", frame))
        assert (status, code) == (400, "bad_seal")
        assert "sealed with HMAC" in message


async def test_a_bomb_is_a_413(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        told = await compressed(node, "zstd", b"x" * (3 << 20))
        assert told["compressed_bytes"] < 1000
        response = await node.post("/v1/decompress", json.dumps(told).encode())
        assert error_of(response)[:2] == (413, "coding_limit")


async def test_a_body_over_the_limit_is_a_413(rig: RigOpener) -> None:
    limits = LimitSettings(body_bytes=1000)
    async with rig(reply(), limits=limits) as node:
        response = await node.post("/v1/compress", b"x" * 1001)
        assert error_of(response)[:2] == (413, "body_too_large")
        chunks = b"3e8\r\n" + b"x" * 1000 + b"\r\n1\r\nx\r\n0\r\n\r\n"
        request = b"POST /v1/compress HTTP/1.1\r\nHost: localhost\r\n"
        response = await node.ask(request + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
        assert error_of(response)[:2] == (413, "body_too_large")


async def test_other_methods_are_a_405(rig: RigOpener) -> None:
    async with rig(reply()) as node:
        response = await node.get("/v1/compress")
        assert error_of(response)[:2] == (405, "method_not_allowed")
        assert response.value(b"allow") == b"POST, OPTIONS"
