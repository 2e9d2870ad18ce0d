"""A thousand conversations: what the pair holds in memory, and what grows for minutes on end.

`soak`: they take their turns at random under one key, streamed and not; a part of the clients
leave early. What the two nodes remember is limited to `TOTAL_BYTES`, which is less than the
conversations are long, so that bases are made and dropped all the time.
`measure_memory`: they take them one after the other, each under a key of its own, with the
limits as they are by default.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import trio
from measure import resident_bytes, tree
from pair import Node, Pair, open_node, open_pair
from provider import Provider
from traffic import Turn, plain_reply, reply_before

SESSIONS = 1000
FIRST_BYTES, MOST_BYTES = 50_000, 120_000
TOTAL_BYTES = 64 << 20
CLIENTS = 4
LEAVING = 0.05
"""How many of the clients leave before the end of a reply."""

PACE = 0.0002  # seconds between two events: a client that leaves leaves in the middle

SETTINGS = f"[proxy.hop]\ntotal_bytes = {TOTAL_BYTES}\ntenant_bytes = {TOTAL_BYTES}\n"
PATH = "/v1/chat/completions"

Rows = list[list[str]]


class Conversations:
    """The next request of each, and what was sent so far."""

    def __init__(self) -> None:
        self._chance = random.Random(7)
        self._words = [self._chance.randbytes(3).hex() for _ in range(4000)]
        self._texts: dict[int, str] = {}
        self.sent = self.left = 0

    def turn(self) -> Turn:
        number = self._chance.randrange(SESSIONS)
        text = self._texts.get(number, "")
        if not text or len(text) > MOST_BYTES:
            text = '{"role":"system","content":"' + self._said(FIRST_BYTES) + '"}'
        text += ',{"role":"user","content":"' + self._said(400) + '"}'
        request = '{"model":"m","messages":[' + text + "]}"
        answer = self._said(600)
        text += ',{"role":"assistant","content":"' + answer + '"}'
        self._texts[number] = text
        following = '{"model":"m","messages":[' + text + "]}"
        self.sent += 1
        if self._chance.random() < 0.5:
            return Turn(request.encode(), [reply_before(request, following)])
        return Turn(request.encode(), [*_events(answer), b"data: [DONE]\n\n"], streamed=True)

    def leaves(self) -> bool:
        return self._chance.random() < LEAVING

    def _said(self, size: int) -> str:
        return " ".join(self._chance.choices(self._words, k=size // 7))


def _events(answer: str) -> list[bytes]:
    words = answer.split(" ")
    pieces = [" ".join(words[start : start + 3]) + " " for start in range(0, len(words), 3)]
    chunk = {"id": "c1", "object": "chat.completion.chunk", "model": "m"}
    last = {**chunk, "choices": [], "usage": {"prompt_tokens": 9000, "completion_tokens": 90}}
    said = [
        {**chunk, "choices": [{"index": 0, "delta": {"content": piece}}]} for piece in pieces
    ]
    return [b"data: " + json.dumps(each).encode() + b"\n\n" for each in (*said, last)]


async def measure_memory(*, quick: bool) -> Rows:
    """A row for each turn that all of them have taken."""
    rows = [["turns", "exchanges", "edge holds", "edge, resident", "gateway holds"]]
    rows[0].append("gateway, resident")
    print(*rows[0], sep="  ", flush=True)
    words = "".join(random.Random(3).choices("etaoin shrdlu", k=FIRST_BYTES))
    sessions = SESSIONS // 50 if quick else SESSIONS
    async with open_pair(relayed=False) as pair:
        stream = await trio.open_tcp_stream("127.0.0.1", pair.edge.port)
        async with stream:
            for turns in range(7):
                for number in range(sessions if turns else 20):
                    said = json.dumps([f"{number}", words, *map(str, range(turns))])
                    turn = Turn(said.encode(), [plain_reply("Done.", b"")])
                    await _exchange(
                        stream, pair.provider, turn, "turn", key=f"{turns and number}"
                    )
                if turns in (0, 1, 2, 4, 6):
                    rows.append(_held(turns, turns * sessions, pair))
                    print(*rows[-1], sep="  ", flush=True)
        if pair.provider.wrong:
            raise SystemExit(f"requests arrived changed: {pair.provider.wrong[:5]}")
    return rows


def _held(turns: int, exchanges: int, pair: Pair) -> list[str]:
    found = [f"{turns}", f"{exchanges}"]
    for node in (pair.edge, pair.gateway):
        sizes = (node.hop()["bases"]["held_bytes"], resident_bytes(node.pid))
        found += [f"{size / 2**20:.0f} MiB" for size in sizes]
    return found


async def soak(
    *, minutes: float, workers: int, show: Callable[[list[str]], None]
) -> tuple[Rows, bool]:
    """A row for each twentieth of the time; and whether nothing grew in its second half."""
    head = ["minute", "exchanges", "left early", "edge", "gateway", "bases held", "resends"]
    rows = [[*head, "descriptors"]]
    show(rows[0])
    talk = Conversations()
    provider = Provider(pace=PACE)
    memory: list[int] = []
    with tempfile.TemporaryDirectory() as directory:
        config = Path(directory) / "m2m.toml"
        config.write_text(SETTINGS)
        options = ("--config", str(config), "--workers", str(workers))
        async with trio.open_nursery() as nursery:
            port = await nursery.start(provider.serve)
            with (
                open_node(f"http://127.0.0.1:{port}/v1", *options, core=0) as gateway,
                open_node(f"{gateway.origin}/v1", *options, core=1) as edge,
            ):
                for number in range(CLIENTS):
                    nursery.start_soon(_client, edge, provider, talk, number)
                for step in range(1, 21):
                    await trio.sleep(minutes * 3)
                    resident = [resident_bytes(node.pid) for node in (edge, gateway)]
                    memory.append(sum(resident))
                    rows.append(_row(step * minutes / 20, talk, (edge, gateway), resident))
                    show(rows[-1])
                nursery.cancel_scope.cancel()
    if provider.wrong:
        raise SystemExit(f"requests arrived changed: {provider.wrong[:5]}")
    earlier, later = max(memory[8:14]), max(memory[14:])
    return rows, later <= earlier * 1.03


def _row(
    minute: float, talk: Conversations, nodes: tuple[Node, Node], resident: list[int]
) -> list[str]:
    hops = [node.hop() for node in nodes]
    pids = [pid for node in nodes for pid in tree(node.pid)]
    files = sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in pids)
    held = " + ".join(f"{hop['bases']['held_bytes'] / 2**20:.0f}" for hop in hops)
    return [
        f"{minute:.1f}",
        f"{talk.sent}",
        f"{talk.left}",
        *(f"{each / 2**20:.0f} MiB" for each in resident),
        f"{held} MiB",
        f"{hops[0]['resends']}",
        f"{files}",
    ]


async def _client(edge: Node, provider: Provider, talk: Conversations, number: int) -> None:
    """Turn after turn, on a connection that lasts until a reply is left."""
    while True:
        stream = await trio.open_tcp_stream("127.0.0.1", edge.port)
        async with stream:
            leaves = False
            while not leaves:
                leaves = talk.leaves()
                talk.left += leaves
                await _exchange(stream, provider, talk.turn(), f"{number}", leaves=leaves)


async def _exchange(
    stream: trio.SocketStream,
    provider: Provider,
    turn: Turn,
    name: str,
    *,
    key: str = "key",
    leaves: bool = False,
) -> None:
    """One turn, or the start of one by somebody who ``leaves``."""
    provider.turns[name] = turn
    head = (
        f"POST {PATH} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\n"
        f"content-type: application/json\r\nx-replay: {name}\r\n"
        f"content-length: {len(turn.request)}\r\n\r\n"
    )
    await stream.send_all(head.encode() + turn.request)
    if leaves:
        await stream.receive_some(1 << 16)
        return
    plain = b"".join(turn.reply)
    got = bytearray()
    end = b"0\r\n\r\n" if turn.streamed else plain
    while not got.endswith(end):
        piece = await stream.receive_some(1 << 16)
        if not piece:
            raise SystemExit(f"a reply ended early: {bytes(got[-200:])!r}")
        got += piece
    if turn.streamed:
        body = bytes(got).partition(b"\r\n\r\n")[2]
        if _joined(body) != plain:
            raise SystemExit("a stream arrived changed")


def _joined(body: bytes) -> bytes:
    """A chunked body's bytes."""
    parts = []
    while True:
        size, _, body = body.partition(b"\r\n")
        if size == b"0":
            return b"".join(parts)
        length = int(size, 16)
        parts.append(body[:length])
        body = body[length + 2 :]
