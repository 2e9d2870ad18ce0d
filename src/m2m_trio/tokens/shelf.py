"""Which vocabularies are in memory: loaded on first use, the least used put away."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from types import MappingProxyType

from m2m_trio.errors import VocabularyError
from m2m_trio.tokens.bundled import load_bundled
from m2m_trio.tokens.vocabulary import Vocabulary

KEPT = 4
"""Vocabularies in memory at once, 10 to 45 MB each."""

Loader = Callable[[], Vocabulary]
"""Loads a vocabulary; raises `VocabularyError` where it cannot be had."""


def _say_nothing(_message: str) -> None:
    """For those who look at the error instead."""


class Shelf:
    """Vocabularies by name. Safe to share between threads; each loads once.

    ``files`` are loaders of vocabularies that the user names, which go before those built
    in. One that cannot be had stays so until the process ends: ``warn`` is told once why.
    """

    def __init__(
        self,
        *,
        files: Mapping[str, Loader] = MappingProxyType({}),
        kept: int = KEPT,
        warn: Callable[[str], None] = _say_nothing,
    ) -> None:
        self._files = files
        self._kept = kept
        self._warn = warn
        self._loaded: OrderedDict[str, Vocabulary] = OrderedDict()
        self._missing: dict[str, str] = {}
        self._lock = threading.Lock()

    def get(self, name: str) -> Vocabulary:
        """The vocabulary ``name``; its first call may take half a second.

        Raises:
            VocabularyError: It cannot be had: unknown, not installed, or found wrong.
        """
        with self._lock:
            if name in self._missing:
                raise VocabularyError(self._missing[name])
            vocabulary = self._loaded.get(name)
            if vocabulary is None:
                vocabulary = self._loaded[name] = self._load(name)
                if len(self._loaded) > self._kept:
                    self._loaded.popitem(last=False)
            self._loaded.move_to_end(name)
            return vocabulary

    def find(self, name: str) -> Vocabulary | None:
        """As `get`, or None where it cannot be had."""
        try:
            return self.get(name)
        except VocabularyError:
            return None

    def _load(self, name: str) -> Vocabulary:
        try:
            loader = self._files.get(name)
            return loader() if loader else load_bundled(name)
        except VocabularyError as error:
            self._missing[name] = error.message
            self._warn(error.message)
            raise
