"""What the security scan catches, what it leaves alone, and what it costs.

    python benchmarks/scan.py                        # the tables
    python benchmarks/scan.py --out FAMILY           # which rows of a family are missed
    python benchmarks/scan.py --peer package:callable   # the same for somebody else's
    python benchmarks/scan.py --compare              # one table: us, and the peers that import

Data: ../shared/security (labelled prompts, evasions). No rule knows a source: rates are given
for each source, so that one the rules were not written with stands out. A peer is a callable
that takes a text and gives a score from 0 to 1, or true and false.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import random
import re
import string
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import scan_peers

from m2m_trio.errors import ClientError
from m2m_trio.scan.matcher import standard_matcher
from m2m_trio.scan.rules import RULES
from m2m_trio.scan.scanner import Scanner

TEXTS = Path(__file__).parents[1] / "tests" / "scan" / "texts"
SECURITY = Path(__file__).parents[2] / "shared" / "security"
AGENT = ("SWE-agent/trajectories", "AgentBench/os", "AgentBench/dbbench", "GPTeacher/codegen")
Score = Callable[[str], float]


def rows(name: str) -> list[dict[str, Any]]:
    with gzip.open(SECURITY / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def rates(data: list[dict[str, Any]], score: Score, threshold: float) -> None:
    hits: dict[tuple[int, str, str], list[bool]] = defaultdict(list)
    for row in data:
        hit = score(row["text"]) >= threshold
        hits[row["label"], row["category"], row["source"]].append(hit)
    print(f"\n{'flagged':>14}  {'rate':>6}  label, category, source")
    for key, found in sorted(hits.items()):
        share = sum(found) / len(found)
        print(f"{sum(found):6} of {len(found):5}  {share:6.3f}  {key[0]} {key[1]}, {key[2]}")
    for name, label, prefix in (
        ("hard negatives", 0, "hard_"),
        ("other negatives", 0, "benign_"),
        ("direct", 1, "injection_direct"),
        ("indirect", 1, "injection_indirect"),
        ("jailbreaks", 1, "jailbreak_"),
    ):
        every = [
            h for k, v in hits.items() if k[0] == label and k[1].startswith(prefix) for h in v
        ]
        print(f"{sum(every):6} of {len(every):5}  {sum(every) / len(every):6.4f}  = {name}")


def evasions(score: Score, threshold: float) -> None:
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in rows("evasions.jsonl.gz"):
        if "text" in row:
            hit = score(row["text"]) >= threshold
            found[row["expect"], row["family"]].append(hit)
    print("\nevasions (texts), flagged")
    for (expect, family), hits in sorted(found.items()):
        print(f"{sum(hits):6} of {len(hits):5}  expected to {expect}: {family}")


def bodies(data: list[dict[str, Any]], size: int) -> Iterator[bytes]:
    """Requests of coding agents: what tools and users said, resent in one body."""
    texts = [row["text"] for row in data if row["label"] == 0 and row["source"] in AGENT]
    random.Random(1).shuffle(texts)
    messages: list[dict[str, str]] = []
    held = 0
    for number, text in enumerate(texts):
        messages.append({"role": ("user", "tool")[number % 2], "content": text})
        held += len(text)
        if held >= size:
            yield json.dumps({"model": "m", "messages": messages}).encode()
            messages, held = [], 0


def whole_requests(data: list[dict[str, Any]], threshold: float) -> None:
    print("\nfalse blocks per whole request of a coding agent, and its cost")
    print(f"{'size':>8} {'requests':>9} {'blocked':>8} {'cold ms':>8} {'warm ms':>8}")
    for size in (2_000, 10_000, 50_000):
        scanner = Scanner(standard_matcher(), key=b"benchmark")
        blocked, count, cold, warm = 0, 0, [], []
        for body in bodies(data, size):
            started = time.perf_counter()
            verdict = scanner.scan_body(body)
            between = time.perf_counter()
            scanner.scan_body(body)
            warm.append(time.perf_counter() - between)
            cold.append(between - started)
            blocked += verdict.blocks(threshold)
            count += 1
        middle = count // 2
        print(
            f"{size:8} {count:9} {blocked:8} {sorted(cold)[middle] * 1e3:8.3f} "
            f"{sorted(warm)[middle] * 1e3:8.3f}"
        )


def costs(data: list[dict[str, Any]], score: Score) -> None:
    agent = "\n".join(row["text"] for row in data if row["source"] in AGENT)
    agent = agent.encode("ascii", "ignore").decode()
    mib = 1 << 20
    chance = random.Random(1)
    mixed = chance.sample(data, len(data))
    made = [f"instruct {chance.randrange(1 << 40):x} " for _ in range(mib // 16)]
    signs = string.ascii_letters + string.digits + "<> /"
    shape = next(rule for rule in RULES if rule.name == "data_exfiltration.secret_out")
    parts = [*re.findall(r"[a-z/.:@]{2,}", shape.shape), *shape.cues]
    cases = {
        "chat, 2.4 KB": agent[5000:7400],
        "agent text, 50 KB": agent[:51_200],
        "agent text, 1 MiB": (agent * 4)[:mib],
        "one word over and over, 1 MiB": ("ignore " * mib)[:mib],
        "mixed scripts over and over, 1 MiB": ("Привет hello 忽略之前 γειά " * mib)[: mib // 2],
        "base64, 1 MiB": "QWxhZGRpbjpvcGVuIHNlc2FtZQ" * (mib // 26),
        "all labelled texts, 1 MiB": "\n".join(row["text"] for row in mixed)[:mib],
        "letters and brackets at random, 1 MiB": "".join(chance.choices(signs, k=mib)),
        "gate words and new words, 1 MiB": "".join(made)[:mib],
        "parts of a shape, 1 MiB": "".join(chance.choices(parts, k=mib // 3))[:mib],
    }
    print("\nCPU, best of five: milliseconds, and times json.loads of the same text")
    for name, text in cases.items():
        written = json.dumps(text, ensure_ascii=False).encode()
        took, loading = cpu(score, text), cpu(json.loads, written)
        print(f"{took * 1e3:9.3f} {took / loading:6.1f}x  {name}")


def floods() -> None:
    """What each kind of flood costs: texts and requests made to keep a scanner busy."""
    sys.path.append(str(TEXTS.parent))
    made = importlib.import_module("scan_floods")

    def scan(flood: str | bytes) -> float:
        scanner = Scanner(standard_matcher(), key=b"benchmark")
        try:
            told = scanner.scan_text if isinstance(flood, str) else scanner.scan_body
            return told(flood).score
        except ClientError:
            return 1.0

    print("\nfloods of 1 MiB, CPU, best of two: milliseconds, score")
    costs = []
    for name, flood in made.floods(1 << 20):
        costs.append((cpu(scan, flood, times=2) * 1e3, scan(flood), name))
    cells = [f"{took:6.0f} {score:4.2f} {name:30}" for took, score, name in sorted(costs)[::-1]]
    for place in range(0, len(cells), 2):
        print(*cells[place : place + 2])


def cpu(call: Callable[[Any], object], argument: object, *, times: int = 5) -> float:
    """Seconds of this thread's CPU, the best of ``times``."""
    taken = []
    for _ in range(times):
        started = time.thread_time()
        call(argument)
        taken.append(time.thread_time() - started)
    return min(taken)


def agent_requests(data: list[dict[str, Any]], size: int) -> list[list[str]]:
    """The texts of each request that `bodies` makes."""
    requests = map(json.loads, bodies(data, size))
    return [[turn["content"] for turn in body["messages"]] for body in requests]


def share(score: Score, texts: list[str], threshold: float) -> str:
    flagged = sum(score(text) >= threshold for text in texts)
    return f"{flagged / max(len(texts), 1):.3f}"


def compare(data: list[dict[str, Any]], threshold: float) -> None:
    """A line for each scanner, in Markdown."""

    def labelled(label: int, prefix: str) -> list[str]:
        found = [r for r in data if r["label"] == label and r["category"].startswith(prefix)]
        return [row["text"] for row in found]

    def own(name: str) -> list[str]:
        written = (TEXTS / name).read_text(encoding="utf-8").splitlines()
        return [line.replace("\\n", "\n") for line in written if not line.startswith("# ")]

    disguised = [row for row in rows("evasions.jsonl.gz") if "text" in row]
    columns = {
        "direct": labelled(1, "injection_direct"),
        "indirect": labelled(1, "injection_indirect"),
        "jailbreaks": labelled(1, "jailbreak_"),
        "evasions": [row["text"] for row in disguised if row["expect"] == "flag"],
        "their twins": [row["text"] for row in disguised if row["expect"] == "pass"],
        "hard negatives": labelled(0, "hard_"),
        "our attacks": [*own("direct.txt"), *own("indirect.txt"), *own("languages.txt")],
        "our innocents": own("innocent.txt"),
    }
    requests = {f"{size // 1000} KB": agent_requests(data, size) for size in (2000, 50_000)}
    timed = "\n".join(text for texts in requests["50 KB"][:1] for text in texts)
    print("| scanner |", " | ".join((*columns, *requests)), "| 50 KB, ms |")
    print("|---" * (len(columns) + len(requests) + 2) + "|")
    for name, score in {"m2m-trio": ours(), **scan_peers.load()}.items():
        cells = [share(score, texts, threshold) for texts in columns.values()]
        for asked in requests.values():
            blocked = sum(any(score(t) >= threshold for t in texts) for texts in asked)
            cells.append(f"{blocked} of {len(asked)}")
        started = time.perf_counter()
        score(timed)
        cells.append(f"{(time.perf_counter() - started) * 1e3:.1f}")
        print(f"| {name} |", " | ".join(cells), "|", flush=True)


def ours() -> Score:
    scanner = Scanner(standard_matcher(), key=b"benchmark", memo_size=0)

    def score(text: str) -> float:
        try:
            return scanner.scan_text(text).score
        except ClientError:
            return 1.0

    return score


def load_peer(name: str) -> Score:
    module, _, attribute = name.partition(":")
    call = getattr(importlib.import_module(module), attribute)
    return lambda text: float(call(text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--threshold", type=float, default=0.8)
    parser.add_argument("--peer", metavar="MODULE:CALLABLE", help="somebody else's scanner")
    parser.add_argument("--compare", action="store_true", help="one table with the peers")
    parser.add_argument("--out", metavar="FAMILY", help="print the rows of a family missed")
    options = parser.parse_args()
    score = load_peer(options.peer) if options.peer else ours()
    data = rows("dev.jsonl.gz")
    if options.compare:
        compare(data, options.threshold)
        return
    if options.out:
        for row in data:
            missed = row["label"] == 1 and score(row["text"]) < options.threshold
            if missed and options.out in row["category"]:
                print(json.dumps(row["text"][:400], ensure_ascii=False))
        return
    rates(data, score, options.threshold)
    evasions(score, options.threshold)
    if not options.peer:
        whole_requests(data, options.threshold)
    costs(data, score)
    if not options.peer:
        floods()


if __name__ == "__main__":
    main()
