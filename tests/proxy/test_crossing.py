from __future__ import annotations

import gzip
import json
import random
import re
import time
import zlib

import brotli
import pytest
import trio
from attrs import evolve
from pair_rig import KEY, ask, chat, hop_stats, open_raw_client, open_spoiled_pair, post

from m2m_trio.codecs import zstd, zstd_static
from m2m_trio.settings.model import (
    CompressionSettings,
    HopSettings,
    LimitSettings,
    Settings,
    StreamSettings,
)
from m2m_trio.testing import (
    chunked,
    gzipped,
    in_turn,
    lying_length,
    open_node,
    open_pair,
    open_upstream,
    reply,
    sse,
    unanswered,
)

ANSWER = json.dumps(
    {
        "choices": [{"message": {"role": "assistant", "content": ": answer 0 " * 20}}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7},
    }
).encode()
EVENTS = [
    *[
        b'data: {"id":"c1","choices":[{"index":0,"delta":{"content":"word %d "}}]}\n\n' % n
        for n in range(30)
    ],
    b": comment\r\n\r\n",
    b"event: odd\ndata: \xff\xfe\n\n",
    b"data: [DONE]\n\n",
]


def with_hop(**hop: object) -> Settings:
    return Settings(hop=HopSettings(**hop))  # type: ignore[arg-type]


ASKS_NOBODY = with_hop(edge=False)


async def test_a_growing_conversation_crosses_as_differences() -> None:
    async with open_upstream(reply(ANSWER)) as upstream, open_pair(upstream.url) as pair:
        for turn in range(5):
            answer = await ask(pair.edge, chat(turn + 1))
            assert answer.body == ANSWER
            assert (await upstream.request(turn)).body == chat(turn + 1)
        stats = hop_stats(pair.edge)
        requests = stats["codings"]["request"]["dcz"]
        assert requests["coded"] * 8 < requests["plain"]
        assert stats["bases"]["hit"] == 4
        assert stats["bases"]["kept"] == stats["bases"]["held"] == 5
        assert stats["bases"]["held_bytes"] > sum(len(chat(turn + 1)) for turn in range(5))
        assert stats["ratio"] < 0.35
        assert stats == hop_stats(pair.gateway)


async def test_nothing_of_the_hop_shows_at_either_end() -> None:
    fields = [(b"Content-Type", b"application/json"), (b"X-Request-Id", b"u1")]
    async with (
        open_upstream(reply(ANSWER, fields=fields)) as upstream,
        open_pair(upstream.url, gateway=ASKS_NOBODY) as pair,
    ):
        for turn in range(3):
            answer = await ask(pair.edge, chat(turn + 1), KEY, b"accept-encoding: br, gzip")
            names = [name for name, _ in answer.head.fields]
            assert {*names} == {b"content-length", b"content-type", b"date", b"x-request-id"}
            request = await upstream.request(turn)
            assert request.value(b"accept-encoding") == b"br, gzip"
            assert b"m2m" not in request.head.raw
            assert request.value(b"content-encoding") is None


async def test_a_stream_crosses_byte_for_byte() -> None:
    async with open_upstream(sse(EVENTS)) as upstream, open_pair(upstream.url) as pair:
        for turn in range(3):
            answer = await ask(pair.edge, chat(turn + 1))
            assert answer.complete
            assert answer.body == b"".join(EVENTS)
        stats = hop_stats(pair.edge)
        assert stats["bases"]["hit"] == 2
        stream = stats["codings"]["response"]["m2m-df1"]
        assert stream["plain"] == 3 * len(b"".join(EVENTS))
        assert stream["coded"] * 3 < stream["plain"]
        assert stream == hop_stats(pair.gateway)["codings"]["response"]["m2m-df1"]


@pytest.mark.parametrize("tick", [-1.0, 0.005])
async def test_each_event_arrives_before_the_next_is_there(tick: float) -> None:
    send, receive = trio.open_memory_channel[bytes](0)
    gateway = with_hop(tick=tick)
    async with (
        open_upstream(sse(receive)) as upstream,
        open_pair(upstream.url, gateway=gateway) as pair,
        open_raw_client(pair.edge.address) as client,
    ):
        await client.send(post(chat(1), KEY))
        await client.read_head(method=b"POST")
        for event in EVENTS:
            await send.send(event)
            assert (await client.read_body_until(event)).endswith(event)
        await send.aclose()
        assert (await client.read_response()).complete


@pytest.mark.parametrize("framing", ["length", "chunked"])
async def test_a_long_json_reply_crosses_as_it_comes(framing: str) -> None:
    body = json.dumps({"data": [{"embedding": [n / 7] * 9} for n in range(3000)]}).encode()
    halves = [body[:70_000], body[70_000:]]
    script = chunked(halves) if framing == "chunked" else reply(body)
    async with open_upstream(script) as upstream, open_pair(upstream.url) as pair:
        for turn in range(2):
            answer = await ask(pair.edge, chat(turn + 1))
            assert answer.body == body
            assert (answer.head.value(b"content-length") is None) == (framing == "chunked")
        stats = hop_stats(pair.edge)
        assert stats["codings"]["response"]["m2m-df1"]["plain"] == 2 * len(body)
        assert stats["bases"]["hit"] == 1


async def test_what_the_provider_coded_stays_as_it_is() -> None:
    async with open_upstream(gzipped(ANSWER)) as upstream, open_pair(upstream.url) as pair:
        for turn in range(2):
            answer = await ask(pair.edge, chat(turn + 1), KEY, b"accept-encoding: gzip")
            assert answer.head.value(b"content-encoding") == b"gzip"
        assert "response" not in hop_stats(pair.edge)["codings"]


async def test_a_gateway_that_lost_everything_gets_one_resend() -> None:
    async with open_upstream(reply(ANSWER)) as upstream, open_pair(upstream.url) as pair:
        await ask(pair.edge, chat(1))
        pair.gateway.proxy.hop.bases.forget_all()
        assert (await ask(pair.edge, chat(2))).body == ANSWER
        assert (await ask(pair.edge, chat(3))).body == ANSWER
        assert [request.body for request in upstream.requests] == [chat(1), chat(2), chat(3)]
        stats = hop_stats(pair.edge)
        assert (stats["resends"], stats["bases"]["miss"], stats["bases"]["hit"]) == (1, 1, 1)
        assert hop_stats(pair.gateway)["bases"]["miss"] == 1


async def test_a_gateway_that_is_replaced_by_a_plain_provider() -> None:
    refusal = reply(b'{"error": "what is m2m-zd1?"}', status=400)
    async with (
        open_upstream(reply(ANSWER)) as upstream,
        open_upstream(in_turn(refusal, reply(ANSWER))) as plain,
        open_pair(upstream.url) as pair,
    ):
        proxy = pair.edge.proxy
        await ask(pair.edge, chat(1))
        believing = proxy.hop.edge
        proxy.reload(evolve(proxy.settings, upstream=plain.url))
        proxy.hop.edge = believing
        assert (await ask(pair.edge, chat(2))).body == ANSWER
        assert plain.requests[0].body != chat(2)
        assert plain.requests[1].body == chat(2)


async def test_a_lone_node_asks_once_and_leaves_the_provider_in_peace() -> None:
    async with open_upstream(reply(ANSWER)) as upstream, open_node(upstream.url) as node:
        for turn in range(3):
            assert (await ask(node, chat(turn + 1))).body == ANSWER
        asked = [request.value(b"accept-encoding") for request in upstream.requests]
        assert asked == [b"m2m-df1, m2m-zd1", None, None]
        assert [request.body for request in upstream.requests] == [chat(1), chat(2), chat(3)]
        assert hop_stats(node)["ratio"] == 1.0


@pytest.mark.parametrize(
    ("edge", "gateway"),
    [
        (with_hop(edge=False), ASKS_NOBODY),
        (None, with_hop(edge=False, gateway=False)),
        (with_hop(secret="one"), with_hop(edge=False, secret="another")),
        (None, with_hop(edge=False, secret="another")),
        (
            Settings(compression=CompressionSettings(requests=False, responses=False)),
            ASKS_NOBODY,
        ),
    ],
)
async def test_nodes_that_are_not_to_talk_do_not(
    edge: Settings | None, gateway: Settings | None
) -> None:
    async with (
        open_upstream(reply(ANSWER)) as upstream,
        open_pair(upstream.url, edge=edge, gateway=gateway) as pair,
    ):
        for turn in range(3):
            assert (await ask(pair.edge, chat(turn + 1))).body == ANSWER
        assert all(b"m2m" not in request.head.raw for request in upstream.requests)
        assert hop_stats(pair.edge)["codings"] == {}


async def test_a_shared_secret_opens_the_hop() -> None:
    edge, gateway = with_hop(secret="open-sesame"), with_hop(secret="open-sesame", edge=False)
    async with (
        open_upstream(reply(ANSWER)) as upstream,
        open_pair(upstream.url, edge=edge, gateway=gateway) as pair,
    ):
        for turn in range(2, 4):
            await ask(pair.edge, chat(turn))
            assert b"m2m" not in upstream.requests[-1].head.raw
        assert hop_stats(pair.edge)["bases"]["hit"] == 1


@pytest.mark.parametrize("direction", ["requests", "responses"])
async def test_one_direction_can_be_switched_off(direction: str) -> None:
    compression = CompressionSettings(**{direction: False})
    for role in ("edge", "gateway"):
        async with (
            open_upstream(reply(ANSWER)) as upstream,
            open_pair(upstream.url, **{role: Settings(compression=compression)}) as pair,
        ):
            for turn in range(2):
                assert (await ask(pair.edge, chat(turn + 1))).body == ANSWER
            coded = set(hop_stats(pair.edge)["codings"])
            assert coded == {"request", "response"} - {direction.removesuffix("s")}


async def test_a_client_may_ask_for_no_coding_and_for_a_look() -> None:
    async with open_upstream(reply(ANSWER)) as upstream, open_pair(upstream.url) as pair:
        await ask(pair.edge, chat(2))
        plain = await ask(pair.edge, chat(2), KEY, b"x-m2m-hop: show, off")
        shown = await ask(pair.edge, chat(3), KEY, b"X-M2M-Hop: show")
        assert plain.head.value(b"x-m2m-request") == b"identity; plain=%d; coded=%d" % (
            len(chat(2)),
            len(chat(2)),
        )
        assert plain.head.value(b"x-m2m-reply") == b"identity"
        request = shown.head.value(b"x-m2m-request")
        assert request is not None
        assert request.startswith(b"dcz; plain=%d; coded=" % len(chat(3)))
        assert shown.head.value(b"x-m2m-reply") == b"m2m-zd1"
        node = pair.gateway.proxy.node_id.encode()
        assert shown.head.value(b"x-m2m-peer") == node
        assert all(request.value(b"x-m2m-hop") is None for request in upstream.requests)


async def test_clients_never_share_what_is_remembered() -> None:
    async with open_upstream(reply(ANSWER)) as upstream, open_pair(upstream.url) as pair:
        await ask(pair.edge, chat(1), b"authorization: Bearer alice")
        await ask(pair.edge, chat(2), b"authorization: Bearer bob")
        await ask(pair.edge, chat(2), b"api-key: carol")
        await ask(pair.edge, chat(2), b"x-nothing: 1")
        assert hop_stats(pair.edge)["bases"]["hit"] == 0
        await ask(pair.edge, chat(3), b"Authorization: bearer bob")
        assert hop_stats(pair.edge)["bases"]["hit"] == 1


async def test_users_behind_one_key_are_told_apart_where_asked() -> None:
    edge = with_hop(by_user=True)
    async with (
        open_upstream(reply(ANSWER)) as upstream,
        open_pair(upstream.url, edge=edge) as pair,
    ):
        for turn, user in ((3, "ann"), (4, "ben"), (4, "ann")):
            await ask(pair.edge, chat(turn, user=user))
        assert hop_stats(pair.edge)["bases"]["hit"] == 1
        await ask(pair.edge, chat(5, user="x", safety_identifier="ben"))
        assert hop_stats(pair.edge)["bases"]["hit"] == 2
        await ask(pair.edge, b"[" * 200)
        assert len(upstream.requests) == 5


async def test_a_client_may_be_excepted_from_being_remembered() -> None:
    sha = "2bd806c97f0e00af1a1fc3328fa763a9269723c8db8fac4f93af71db186d6e90"  # of "alice"
    for settings in (with_hop(without_sessions=[sha[:20]]), with_hop(sessions=False)):
        async with (
            open_upstream(reply(ANSWER)) as upstream,
            open_pair(upstream.url, edge=settings) as pair,
        ):
            for turn in range(3):
                await ask(pair.edge, chat(turn + 1))
            stats = hop_stats(pair.edge)
            assert stats["bases"]["held"] == stats["bases"]["hit"] == 0
            assert set(stats["codings"]["request"]) == {"m2m-zd1"}


async def test_other_endpoints_are_coded_but_not_remembered() -> None:
    async with open_upstream(reply(ANSWER)) as upstream, open_pair(upstream.url) as pair:
        async with open_raw_client(pair.edge.address) as client:
            for turn in range(3):
                await client.send(post(chat(turn + 1), KEY, path=b"/v1/embeddings"))
                assert (await client.read_response()).body == ANSWER
        stats = hop_stats(pair.edge)
        assert stats["bases"]["held"] == 0
        assert set(stats["codings"]["request"]) == {"m2m-zd1"}


async def test_a_client_that_leaves_reaches_the_provider_through_both() -> None:
    send, receive = trio.open_memory_channel[bytes](1)
    async with open_upstream(sse(receive)) as upstream, open_pair(upstream.url) as pair:
        await ask_and_leave(pair.edge.address, send)
        await (await upstream.request(0)).closed.wait()
        while hop_stats(pair.gateway)["bases"]["held"] == 0:
            await trio.lowlevel.checkpoint()
        upstream.script = reply(ANSWER)
        await ask(pair.edge, chat(2))
        stats = hop_stats(pair.edge)
        assert (stats["bases"]["hit"], stats["bases"]["miss"]) == (1, 0)


async def test_a_stream_is_remembered_whole_from_done_on() -> None:
    early, late = [await held_after_leaving_at(event) for event in (EVENTS[1], EVENTS[-1])]
    assert early[0] == early[1]
    assert late[0] == late[1] > early[0] + len("word 1 " * 30)


async def held_after_leaving_at(event: bytes) -> list[int]:
    """Bytes that gateway and edge hold after a client left as soon as it had ``event``."""
    held = []
    events = EVENTS[: EVENTS.index(event) + 1]
    async with (
        open_upstream(sse(events, ending="stall")) as upstream,
        open_pair(upstream.url) as pair,
    ):
        async with open_raw_client(pair.edge.address) as client:
            await client.send(post(chat(1), KEY))
            await client.read_head(method=b"POST")
            await client.read_body_until(event)
        await (await upstream.request(0)).closed.wait()
        for node in (pair.gateway, pair.edge):
            while hop_stats(node)["bases"]["held"] == 0:
                await trio.lowlevel.checkpoint()
            held.append(hop_stats(node)["bases"]["held_bytes"])
    return held


async def ask_and_leave(address: tuple[str, int], send: trio.MemorySendChannel[bytes]) -> None:
    async with open_raw_client(address) as client:
        await client.send(post(chat(1), KEY))
        await client.read_head(method=b"POST")
        await send.send(EVENTS[0])
        await client.read_body_until(EVENTS[0])


@pytest.mark.parametrize("ending", ["close", "reset"])
async def test_a_stream_that_breaks_is_never_an_end(ending: str) -> None:
    script = sse(EVENTS[:5], ending=ending)  # type: ignore[arg-type]
    async with open_upstream(script) as upstream, open_pair(upstream.url) as pair:
        answer = await ask(pair.edge, chat(1))
        assert not answer.complete
        assert answer.body.startswith(b"".join(EVENTS[:5]))
        assert b'data: {"error"' in answer.body


async def test_an_upstream_that_fails_is_told_as_always() -> None:
    async with open_upstream(unanswered()) as upstream, open_pair(upstream.url) as pair:
        answer = await ask(pair.edge, chat(1))
        assert answer.status == 502
        assert json.loads(answer.body)["error"]["code"] == "upstream_broken"
        assert pair.edge.proxy.hop.peer.is_known(time.monotonic())  # the gateway said it
        upstream.script = reply(b'{"error": {}}', status=429)
        for turn in range(2):
            assert (await ask(pair.edge, chat(turn + 2))).status == 429


@pytest.mark.slow
@pytest.mark.parametrize("way", ["request", "reply"])
@pytest.mark.parametrize("stream", [False, True])
async def test_a_hostile_middle_gives_errors_and_never_wrong_bytes(
    way: str, stream: bool
) -> None:
    armed = coded = False
    flipped = 0

    def spoil(piece: bytes, direction: str) -> bytes:
        nonlocal coded, flipped
        if not armed or direction != way:
            return piece
        body = piece.find(b"\r\n\r\n") + 4
        if body >= 4:  # what is plain nobody can check
            coded = piece.find(b"content-encoding: ", 0, body) > 0
        start = (body if body >= 4 else 0) + 12
        room = len(piece) - start - 12  # the framing at both ends is left alone
        if not coded or room <= 0:
            return piece
        place = start + flipped * 7 % room
        flipped += 1
        return piece[:place] + bytes([piece[place] ^ 0x04]) + piece[place + 1 :]

    script = sse([b"".join(EVENTS)]) if stream else reply(ANSWER)
    wanted = b"".join(EVENTS) if stream else ANSWER
    async with (
        open_upstream(script) as upstream,
        open_spoiled_pair(upstream.url, spoil) as pair,
    ):
        await ask(pair.edge, chat(1))
        for turn in range(1, 8):
            armed = True
            answer = await ask(pair.edge, chat(turn + 1))
            armed = False
            if answer.status == 200 and answer.complete:
                assert answer.body == wanted
        assert flipped
        sent = {chat(turn + 1) for turn in range(8)}
        assert {request.body for request in upstream.requests} <= sent


async def test_a_middle_that_strips_fields_leaves_plain_bytes() -> None:
    def strip(piece: bytes, _direction: str) -> bytes:
        for token in (b"m2m-df1, m2m-zd1", b"dcz, m2m-zd1, zstd"):
            piece = piece.replace(token, b"*" + b" " * (len(token) - 1))
        return piece

    async with (
        open_upstream(reply(ANSWER)) as upstream,
        open_spoiled_pair(upstream.url, strip) as pair,
    ):
        for turn in range(3):
            assert (await ask(pair.edge, chat(turn + 1))).body == ANSWER
            assert (await upstream.request(turn)).body == chat(turn + 1)
        assert hop_stats(pair.edge)["codings"] == {}


async def test_clients_of_their_own_may_send_zstd_and_no_private_coding() -> None:
    async with open_upstream(reply(ANSWER)) as upstream, open_node(upstream.url) as node:
        answer = await ask(node, zstd.encode(chat(1)), b"content-encoding: zstd")
        assert answer.body == ANSWER
        assert upstream.requests[0].body == chat(1)
        assert upstream.requests[0].value(b"content-encoding") is None
        for coding in (b"m2m-zd1", b"dcz"):
            coded = zstd_static.encode(chat(1))
            answer = await ask(node, coded, b"content-encoding: " + coding)
            assert answer.status == 415
        assert len(upstream.requests) == 1


@pytest.mark.slow
async def test_a_long_body_is_coded_in_a_thread() -> None:
    filler = random.Random(4).randbytes(350_000).hex()  # so that only a base is of use
    async with open_upstream(reply(ANSWER)) as upstream, open_pair(upstream.url) as pair:
        for turn in range(3):
            body = chat(turn + 1, filler=filler)
            assert (await ask(pair.edge, body)).body == ANSWER
            assert (await upstream.request(turn)).body == body
        assert hop_stats(pair.edge)["bases"]["hit"] == 2


async def test_stages_and_heartbeats_do_not_wait_for_ticks() -> None:
    gateway = Settings(hop=HopSettings(tick=30.0), stream=StreamSettings(heartbeat=20.0))
    async with (
        open_upstream(sse(EVENTS)) as upstream,
        open_pair(upstream.url, gateway=gateway) as pair,
    ):
        assert (await ask(pair.edge, chat(1))).body == b"".join(EVENTS)


async def test_a_stream_that_tells_its_length_may_get_longer() -> None:
    events = [(b"Content-Type", b"text/event-stream")]
    sent = b"".join(EVENTS)
    broken = lying_length(sent, len(sent) + 1, fields=events)
    async with (
        open_upstream(in_turn(reply(sent, fields=events), broken)) as upstream,
        open_pair(upstream.url) as pair,
    ):
        answer = await ask(pair.edge, chat(1))
        assert answer.complete
        assert answer.body == sent
        answer = await ask(pair.edge, chat(2))
        assert not answer.complete
        assert answer.body.startswith(sent + b'data: {"error":')
        assert b"closed the connection before its reply was complete" in answer.body


async def test_a_hello_before_the_first_request_codes_it() -> None:
    edge = Settings(hop=HopSettings(hello=True), api_key="provider-key")
    async with (
        open_upstream(reply(ANSWER)) as upstream,
        open_pair(upstream.url, edge=edge, gateway=ASKS_NOBODY) as pair,
    ):
        for turn in range(2):
            assert (await ask(pair.edge, chat(turn + 3))).body == ANSWER
        assert set(hop_stats(pair.edge)["codings"]["request"]) == {"m2m-zd1", "dcz"}
        assert len(upstream.requests) == 2


async def test_a_provider_that_knows_no_hello_is_left_in_peace() -> None:
    hellos = in_turn(reply(b"{}", status=404), reply(ANSWER))
    async with (
        open_upstream(hellos) as upstream,
        open_node(upstream.url, with_hop(hello=True)) as node,
    ):
        for turn in range(2):
            assert (await ask(node, chat(turn + 1))).body == ANSWER
        targets = [request.target for request in upstream.requests]
        assert targets == [b"/m2m/hello", *[b"/v1/chat/completions"] * 2]
        assert upstream.requests[0].value(b"authorization") == b"Bearer alice"
        assert all(b"m2m-" not in each.head.raw for each in upstream.requests[1:])


BODY = chat(4)


@pytest.mark.parametrize(
    ("coding", "coded"),
    [
        (b"gzip", gzip.compress(BODY)),
        (b"x-gzip", gzip.compress(BODY)),
        (b"deflate", zlib.compress(BODY)),
        (b"br", brotli.compress(BODY)),
        (b"zstd", zstd.encode(BODY)),
        (b"identity", BODY),
        (b"gzip, zstd", zstd.encode(gzip.compress(BODY))),
    ],
)
async def test_clients_may_code_their_requests(coding: bytes, coded: bytes) -> None:
    async with open_upstream(reply(ANSWER)) as upstream, open_pair(upstream.url) as pair:
        for turn in range(2):
            answer = await ask(pair.edge, coded, KEY, b"content-encoding: " + coding)
            assert answer.body == ANSWER
            request = await upstream.request(turn)
            assert request.body == BODY
            assert request.value(b"content-encoding") is None
        assert hop_stats(pair.edge)["bases"]["hit"] == 1


async def test_two_coding_fields_are_one_list() -> None:
    lines = (b"content-encoding: gzip", b"content-encoding: zstd")
    async with open_upstream(reply(ANSWER)) as upstream, open_node(upstream.url) as node:
        await ask(node, zstd.encode(gzip.compress(BODY)), *lines)
        assert upstream.requests[0].body == BODY


@pytest.mark.parametrize(
    ("coding", "coded", "status"),
    [
        (b"compress", BODY, 415),
        (b"gzip", BODY, 400),
        (b"gzip", gzip.compress(BODY)[:-4], 400),
        (b"zstd", zstd.encode(BODY)[:-1], 400),
        (b"gzip", gzip.compress(bytes(3_000_000)), 413),
        (b"br", brotli.compress(bytes(3_000_000)), 413),
    ],
)
async def test_a_coded_request_that_is_no_good_reaches_nobody(
    coding: bytes, coded: bytes, status: int
) -> None:
    settings = Settings(limits=LimitSettings(body_bytes=1_000_000))
    async with (
        open_upstream(reply(ANSWER)) as upstream,
        open_node(upstream.url, settings) as node,
    ):
        answer = await ask(node, coded, b"content-encoding: " + coding)
        assert answer.status == status
        accepted = answer.head.value(b"accept-encoding")
        assert accepted == (b"zstd, br, gzip, deflate" if status == 415 else None)
        assert upstream.requests == []


async def test_what_is_decoded_counts_against_what_may_be_held() -> None:
    settings = Settings(limits=LimitSettings(buffered_bytes=1024 * 1024))
    async with (
        open_upstream(reply(ANSWER)) as upstream,
        open_node(upstream.url, settings) as node,
    ):
        body = zstd.encode(random.Random(1).randbytes(600_000).hex().encode())
        assert (await ask(node, body, b"content-encoding: zstd")).status == 429
        assert upstream.requests == []


@pytest.mark.slow
@pytest.mark.parametrize("role", ["edge", "gateway"])
async def test_nodes_on_hypercorn_have_a_hop_too(role: str) -> None:
    engine = Settings(engine="hypercorn")
    async with (
        open_upstream(sse(EVENTS)) as upstream,
        open_pair(upstream.url, **{role: engine}) as pair,
    ):
        for turn in range(3):
            answer = await ask(pair.edge, chat(turn + 2))
            assert answer.complete
            assert answer.body == b"".join(EVENTS)
            assert upstream.requests[-1].body == chat(turn + 2)
        assert hop_stats(pair.edge)["bases"]["hit"] == 2


@pytest.mark.slow
async def test_nodes_with_different_limits_remember_the_same() -> None:
    small = with_hop(base_bytes=70_000)
    answer = json.dumps({"text": [n * n for n in range(20_000)]}).encode()
    for settings in ({"edge": small}, {"gateway": small}, {}):
        async with (
            open_upstream(reply(answer)) as upstream,
            open_pair(upstream.url, **settings) as pair,
        ):
            for turn in range(1, 5):
                assert (await ask(pair.edge, chat(turn))).body == answer
            assert hop_stats(pair.edge)["bases"]["hit"] == 3
            for turn in range(1, 3):
                long = chat(turn, filler="x" * 5000)
                assert (await ask(pair.edge, long)).body == answer
            assert hop_stats(pair.edge)["bases"]["miss"] == 0


@pytest.mark.parametrize("lie", [b"length=7", b"length=99999"])
@pytest.mark.parametrize("stream", [False, True])
async def test_a_gateway_that_lies_of_a_length_gives_an_error(lie: bytes, stream: bool) -> None:
    def spoil(piece: bytes, _direction: str) -> bytes:
        return re.sub(rb"length=\d+(?=\r|,)", lie, piece)

    body = json.dumps({"text": [n * n for n in range(20_000 if stream else 200)]}).encode()
    async with (
        open_upstream(reply(body)) as upstream,
        open_spoiled_pair(upstream.url, spoil) as pair,
    ):
        answer = await ask(pair.edge, chat(1))
        assert answer.status == 502 or not answer.complete
        assert answer.status == 200 or b"damaged" in answer.body


@pytest.mark.slow
async def test_an_event_that_shrinks_a_lot_crosses() -> None:
    events = [b"data: " + b"a" * 3_000_000 + b"\n\n", b"data: [DONE]\n\n"]
    async with open_upstream(sse(events)) as upstream, open_pair(upstream.url) as pair:
        answer = await ask(pair.edge, chat(1))
        assert answer.complete
        assert answer.body == b"".join(events)


@pytest.mark.slow
async def test_three_nodes_in_a_row_are_two_hops() -> None:
    for script, wanted in ((reply(ANSWER), ANSWER), (sse(EVENTS), b"".join(EVENTS))):
        async with (
            open_upstream(script) as upstream,
            open_pair(upstream.url) as pair,
            open_node(pair.url) as first,
        ):
            for turn in range(2, 6):
                answer = await ask(first, chat(turn), KEY, b"accept-encoding: br")
                assert answer.complete
                assert answer.body == wanted
                assert upstream.requests[-1].body == chat(turn)
            assert upstream.requests[-1].value(b"accept-encoding") == b"br"
            assert b"m2m" not in upstream.requests[-1].head.raw
            assert hop_stats(first)["bases"]["hit"] == 3
            assert hop_stats(pair.edge)["bases"]["hit"] == 6  # three on each of its sides
            assert hop_stats(pair.gateway)["bases"]["hit"] == 3
