"""The counter with the operator's names and files. Light: a process of its own loads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from m2m_trio.errors import VocabularyError
from m2m_trio.tokens.catalog import Names, pair_of
from m2m_trio.tokens.counter import OfflineCounter
from m2m_trio.tokens.shelf import Loader, Shelf
from m2m_trio.tokens.vocabulary import Vocabulary


def make_counter(
    models: Sequence[str], files: Sequence[str], warn: Callable[[str], None]
) -> OfflineCounter:
    """A counter with ``name=model`` and ``name=file`` of `TokenSettings`.

    ``warn`` is told of each vocabulary that cannot be had.
    """
    loaders = {name: _loader(name, where) for name, where in map(pair_of, files)}
    names = Names(dict(map(pair_of, models)), frozenset(loaders))
    return OfflineCounter(Shelf(files=loaders, warn=warn), names)


def _loader(name: str, where: str) -> Loader:
    def load() -> Vocabulary:
        from m2m_trio.tokens.files import load_file

        path, _, pattern = where.partition("#")
        try:
            data = Path(path).expanduser().read_bytes()
        except (OSError, RuntimeError) as error:
            raise VocabularyError(f"vocabulary {name}: {error}") from error
        return load_file(name, data, pattern)

    return load
