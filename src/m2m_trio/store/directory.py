"""The directory in which the workers of one node share bases: private, in memory, short-lived.

It is made before the workers are, and removed when they are gone. What a node that was killed
left behind, the next one of the same user removes.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

logger = logging.getLogger(__name__)

IN_MEMORY = Path("/dev/shm")  # noqa: S108  (the directory made in it is private)
PREFIX = "m2m-bases-"


@contextmanager
def shared_directory(
    size_bytes: int, *, places: tuple[Path, ...] | None = None
) -> Iterator[Path | None]:
    """A new directory that only this user may enter, for as long as the block lasts.

    It lies on tmpfs where there is one with room for ``size_bytes``, else where temporary
    files do. Where none can be made the log says so, and each worker remembers for itself.
    """
    places = (IN_MEMORY, Path(tempfile.gettempdir())) if places is None else places
    place = next((each for each in places if has_room(each, size_bytes)), places[-1])
    remove_left_behind(place)
    try:
        directory = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place))
    except OSError as error:
        logger.warning("the workers cannot share what they remember of the hop: %s", error)
        yield None
        return
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def has_room(place: Path, size_bytes: int) -> bool:
    """Whether ``size_bytes`` fit into the file system at ``place``, and may be written."""
    try:
        found = os.statvfs(place)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize >= size_bytes and os.access(place, os.W_OK)


def remove_left_behind(place: Path) -> None:
    """Remove directories of nodes of this user that are no more."""
    for left in place.glob(f"{PREFIX}*-*"):
        pid = left.name.removeprefix(PREFIX).partition("-")[0]
        try:
            ours = left.stat().st_uid == os.getuid() and not left.is_symlink()
        except OSError:
            continue
        if ours and pid.isdigit() and not _lives(int(pid)):
            shutil.rmtree(left, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
