"""Count what a leak test counts."""

from __future__ import annotations

from pathlib import Path


def count_open_fds() -> int:
    """Open file descriptors of this process (Linux and macOS)."""
    directory = Path("/proc/self/fd")
    if not directory.is_dir():  # pragma: no cover  (macOS)
        directory = Path("/dev/fd")
    return len(list(directory.iterdir())) - 1  # the listing itself holds one
