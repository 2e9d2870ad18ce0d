"""Train the model that gives the security scan a second opinion, on labelled texts.

    pip install scipy
    python benchmarks/train_opinion.py MODEL.txt LABELLED.jsonl[.gz]... [--innocent FOLDER]...

Rows of LABELLED have "text", "label" (1 or "attack": an attack) and, if there is one,
"source": with --hold, every fifth source is held out, and what the model makes of it is
printed. Of FOLDERs every text file is read as innocent. A model is weights of words and slots,
no text; `proxy.security.model` names it, and MODEL.py is a module as m2m_trio.scan has one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from m2m_trio.scan.matcher import standard_matcher
from m2m_trio.scan.opinion import BIAS, CERTAIN, LONGEST

SEEN, SOURCES = 6, 4
"""Windows, and sources, that a feature is in at least: no subject of one data set."""

STRONGEST, MILDEST = 2.5, 1.5
"""Bounds of weights for an attack, and against one: no single word decides, nor talks
anybody out of it."""

LEAST = 0.05
"""Of a weight that is kept."""

INNOCENT = 1.0
"""How much more than an attack an innocent window weighs."""

MARGIN = 3
"""Taken off for every window: what is not innocent here may be elsewhere."""

MODULE = '''"""What words and slots say of a window: made by benchmarks/train_opinion.py."""

WEIGHTS = """
{}
"""
'''

ROUNDS = 3
"""Of an attack's windows only those that look like one are kept, after each round."""

PIECE = 2000
"""Characters of a file that are one text."""

LARGEST = 200_000
"""Characters of a file that are read."""

SHORT = 600
"""Characters of a labelled text that stands beside others of its kind, too."""


Weights = np.ndarray


class Row(NamedTuple):
    text: str
    attack: bool
    source: str


def read(path: Path) -> Iterator[Row]:
    data = path.read_bytes()
    if path.suffix == ".txt":  # one a line, as tests/scan/texts has them
        for line in data.decode().splitlines():
            if not line.startswith("# "):
                attack = not path.stem.startswith("innocent")
                yield Row(line.replace("\\n", "\n"), attack, path.name)
        return
    text = gzip.decompress(data) if path.suffix == ".gz" else data
    for line in text.splitlines():
        row: dict[str, Any] = json.loads(line)
        yield Row(row["text"], row["label"] in (1, "attack"), row.get("source", path.name))


def read_folder(folder: Path) -> Iterator[Row]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            try:
                text = path.read_text(encoding="utf-8")[:LARGEST]
            except (OSError, ValueError):
                continue
            for start in range(0, len(text), PIECE):
                yield Row(text[start : start + PIECE], attack=False, source=str(folder))


def join(rows: list[Row]) -> Iterator[Row]:
    """Innocent texts in the midst of others: a document holds many."""
    innocent = [row for row in rows if not row.attack and len(row.text) < SHORT]
    for before, row, after in zip(innocent, innocent[1:], innocent[2:], strict=False):
        yield Row(
            f"{before.text}\n\n{row.text}\n\n{after.text}", attack=False, source=row.source
        )


class Windows:
    """The windows of all texts, as a matrix of features."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: list[Row] = []
        self.owners: list[int] = []
        found: list[set[str]] = []
        matcher = standard_matcher()
        for row in rows:
            for features in matcher.windows(row.text):
                self.owners.append(len(self.rows))
                found.append({name for name in features if len(name) <= LONGEST})
            self.rows.append(row)
        counts = Counter(name for features in found for name in features)
        sources: dict[str, set[str]] = {}
        for owner, features in zip(self.owners, found, strict=True):
            for name in features:
                sources.setdefault(name, set()).add(self.rows[owner].source)
        self.names = sorted(
            name
            for name, count in counts.items()
            if count >= SEEN and len(sources[name]) >= SOURCES
        )
        places = {name: place for place, name in enumerate(self.names)}
        columns = [[places[name] for name in features if name in places] for features in found]
        ends = np.cumsum([0, *map(len, columns)])
        inside = [place for column in columns for place in column]
        shape = (len(columns), len(places))
        self.matrix = csr_matrix((np.ones(len(inside)), inside, ends), shape=shape)

    def train(self, held: set[str], price: float) -> Weights:
        """Weights for the windows of all sources but those held out."""
        owners = np.array(self.owners)
        attack = np.array([row.attack for row in self.rows])[owners]
        open_ = np.array([row.source not in held for row in self.rows])[owners]
        used = open_
        weights = np.zeros(1)
        for _ in range(ROUNDS):
            weights = fit(self.matrix[used], attack[used], price)
            says = self.matrix @ weights[1:] + weights[0]
            best = np.full(len(self.rows), -np.inf)
            np.maximum.at(best, owners, says)
            used = open_ & (~attack | (says > 0) | (says == best[owners]))
        return weights

    def best(self, weights: Weights) -> Weights:
        """What the model says of the worst window of each text."""
        best = np.full(len(self.rows), -np.inf)
        np.maximum.at(best, self.owners, self.matrix @ weights[1:] + weights[0])
        return best


def fit(matrix: csr_matrix, attack: Weights, price: float) -> Weights:
    """Logistic regression: the bias, then weights within their bounds; ``price`` of each."""
    signs = np.where(attack, 1.0, -1.0)
    counts = np.where(attack, 1.0, INNOCENT)
    across = csr_matrix(matrix.T)
    size = matrix.shape[1]

    def loss(parts: Weights) -> tuple[float, Weights]:
        up, down, bias = parts[:size], parts[size:-1], parts[-1]
        margin = signs * (matrix @ (up - down) + bias)
        slope = -signs * counts / (1.0 + np.exp(np.clip(margin, -30.0, 30.0)))
        each = across @ slope
        total = (counts * np.logaddexp(0.0, -margin)).sum() + price * parts[:-1].sum()
        return total, np.concatenate([each + price, price - each, [slope.sum()]])

    bounds = [(0.0, STRONGEST)] * size + [(0.0, MILDEST)] * size + [(None, 0.0)]
    start = np.concatenate([np.zeros(2 * size), [-3.0]])
    parts = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    return np.concatenate([[parts[-1]], parts[:size] - parts[size:-1]])


def write(weights: Weights, names: list[str]) -> str:
    weights[0] -= MARGIN
    named = zip([BIAS, *names], weights, strict=True)
    kept = [f"{name} {weight:.2f}" for name, weight in named if abs(weight) >= LEAST]
    return textwrap.fill(" ".join(kept), 92, break_on_hyphens=False, break_long_words=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--innocent", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--price", type=float, default=0.5, help="less: more weights")
    parser.add_argument("--hold", action="store_true", help="hold every fifth source out")
    options = parser.parse_args()
    rows = [row for path in options.labelled for row in read(path)]
    rows += join(rows)
    rows += [row for folder in options.innocent for row in read_folder(folder)]
    windows = Windows(rows)
    sources = sorted({row.source for row in rows})
    held = set(sources[::5]) if options.hold else set()
    weights = windows.train(held, options.price)
    says = windows.best(weights)
    model = write(weights, windows.names)
    if options.model.suffix == ".py":
        model = MODULE.format(model)
    options.model.write_text(model, encoding="utf-8")
    for attack in (True, False):
        for seen in (True, False):
            sums = [
                total
                for row, total in zip(rows, says, strict=True)
                if row.attack == attack and (row.source not in held) == seen
            ]
            sure = sum(total >= CERTAIN for total in sums)
            kind = ("innocent", "attacks")[attack] + (", held out", "")[seen]
            if sums:
                print(f"{kind}: {sure} of {len(sums)} certain")


if __name__ == "__main__":
    main()
