from __future__ import annotations

import random
from pathlib import Path

from m2m_trio.hop.negotiate import DCZ, ZD1, Peer, parse_accept
from m2m_trio.hop.sessions import BaseLimits
from m2m_trio.store.shared import FileTexts, SharedBases

ALICE = b"a" * 16


def words(count: int, seed: int) -> bytes:
    return random.Random(seed).randbytes(count)


def workers(directory: Path, count: int = 2, **limits: float) -> list[SharedBases]:
    rules = BaseLimits(**limits)  # type: ignore[arg-type]
    return [SharedBases(rules, directory) for _ in range(count)]


def test_what_one_worker_keeps_another_finds(tmp_path: Path) -> None:
    one, two = workers(tmp_path)
    text = words(3000, 1)
    digest = one.put(ALICE, text, 0, search=True)
    assert digest is not None
    base = two.find(ALICE, text + b"more", 1)
    assert base is not None
    assert (base.digest, base.text, base.common_bytes) == (digest, text, 3000)
    assert two.get(ALICE, digest, 1) == text
    late = workers(tmp_path, 1)[0]
    assert late.find(ALICE, text, 2) is not None
    assert (len(one), one.own_count) == (1, 1)
    assert (len(two), two.own_count, two.own_bytes) == (1, 0, 0)
    two.drop(ALICE, digest)
    one.catch_up(3)
    assert (len(one), one.own_bytes) == (0, 0)
    assert [path.name for path in tmp_path.iterdir()] == ["ring"]
    for each in (one, two, late):
        each.close()


def test_all_forget_the_same_ones_and_files_are_bounded(tmp_path: Path) -> None:
    group = workers(tmp_path, 3, tenant_bytes=60_000, total_bytes=100_000)
    chance = random.Random(5)
    for step in range(300):
        worker = chance.choice(group)
        tenant = bytes([chance.randrange(3)]) * 16
        if step % 3:
            worker.put(tenant, words(chance.randrange(300, 9000), step), step, search=True)
        else:
            worker.find(tenant, words(500, chance.randrange(step + 1)), step)
        held = sum(path.stat().st_size for path in tmp_path.glob("*-*"))
        assert held <= 100_000
    for worker in group:
        worker.catch_up(300)
    assert len({tuple(worker._order) for worker in group}) == 1
    assert sum(worker.own_count for worker in group) == len(group[0])
    assert sum(worker.own_bytes for worker in group) == group[0].held_bytes
    for worker in group:
        worker.close()


def test_a_directory_that_is_full_or_gone_loses_bases_and_nothing_else(tmp_path: Path) -> None:
    gone = FileTexts(tmp_path / "gone")
    gone.put(ALICE, b"d" * 32, b"text")
    assert gone.get(ALICE, b"d" * 32) is None
    gone.drop(ALICE, b"d" * 32)


def test_a_peer_is_met_once_for_all(tmp_path: Path) -> None:
    one, two = workers(tmp_path)
    ours, theirs = Peer(), Peer()
    one.introduce(ours)  # nothing to tell yet
    two.catch_up(0, theirs)
    assert not theirs.is_known(0)
    ours.learn(parse_accept(b"dcz, m2m-zd1"), 0, node="0123456789abcdef")
    one.introduce(ours)
    one.introduce(ours)
    two.catch_up(1)
    two.catch_up(1, theirs)
    assert theirs.node == "0123456789abcdef"
    assert theirs.reads(DCZ, 1)
    assert theirs.reads(ZD1, 1)
    assert not theirs.reads("zstd", 1)
    two.introduce(theirs)
    one.catch_up(2, ours)
    assert ours.is_known(2)
    one.close()
    two.close()
