"""Train the optional n-gram model of the security scan on labelled texts.

    python benchmarks/train_ngrams.py DATA.jsonl[.gz] MODEL.bin

Rows of DATA have "text", "label" (1: an attack) and, if there is one, "source": every fifth
source is held out, and what the model makes of it is printed. The model has weights of hashed
letters, no text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
from pathlib import Path
from typing import Any

from m2m_trio.scan.fold import LATIN, latin_part, others
from m2m_trio.scan.ngrams import LIKELY, WINDOW, NgramModel, buckets, sigmoid, write_model

POWER = 16
EPOCHS = 3
RATE = 0.5
Sample = tuple[list[int], int]


def read(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    text = gzip.decompress(data) if path.suffix == ".gz" else data
    return [json.loads(line) for line in text.splitlines()]


def stream_of(text: str) -> bytes:
    return latin_part(text, "" if text.isascii() else others(text)).translate(LATIN)


def samples(rows: list[dict[str, Any]]) -> list[Sample]:
    found = []
    for row in rows:
        text = row["text"]
        for start in {0, max(len(text) - WINDOW, 0)}:
            grams = buckets(stream_of(text[start : start + WINDOW]), 1 << POWER)
            if grams:
                found.append((sorted(grams), int(row["label"])))
    return found


def train(found: list[Sample]) -> bytes:
    weights, bias = [0.0] * (1 << POWER), 0.0
    positive = sum(label for _, label in found)
    balance = (len(found) - positive) / max(positive, 1)
    order = random.Random(1)
    for epoch in range(EPOCHS):
        order.shuffle(found)
        for grams, label in found:
            norm = math.sqrt(len(grams))
            guess = sigmoid(sum(weights[gram] for gram in grams) / norm + bias)
            step = RATE / (1 + epoch) * (label - guess) * (balance if label else 1.0)
            bias += 0.1 * step
            for gram in grams:
                weights[gram] += step / norm
    return write_model(weights, bias)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    rows = read(options.data)
    sources = sorted({row.get("source", "") for row in rows})
    held = set(sources[::5]) if len(sources) > 5 else set()
    data = train(samples([row for row in rows if row.get("source", "") not in held]))
    options.model.write_bytes(data)
    model = NgramModel(data)
    for label in (1, 0):
        texts = [r["text"] for r in rows if r.get("source", "") in held and r["label"] == label]
        likely = sum(model.probability(stream_of(text[:WINDOW])) >= LIKELY for text in texts)
        print(f"held out, label {label}: {likely} of {len(texts)} called likely")


if __name__ == "__main__":
    main()
