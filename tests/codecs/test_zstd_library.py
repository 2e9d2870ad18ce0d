"""Which zstd library is used, also where no 3.14 is at hand to ask."""

from __future__ import annotations

import subprocess
import sys

import pytest

FROM_3_14 = """
import sys, types
version = sys.version_info
if sys.version_info < (3, 14):
    import backports.zstd as library  # the same library, for those before
    sys.modules["compression"] = types.ModuleType("compression")
    sys.modules["compression.zstd"] = library
    sys.version_info = (3, 14, 0, "final", 0)
sys.modules["backports.zstd"] = None  # to import it would be an error
from m2m_trio.codecs import zstd_library
sys.version_info = version
from m2m_trio.codecs import dcz, zstd, zstd_static
from m2m_trio.codecs.codec import LIMITS
plain = b'{"messages":[{"role":"user","content":"Owls?"}]}' * 9
for codec in (zstd, zstd_static):
    assert codec.decode(codec.encode(plain), LIMITS) == plain
assert dcz.decode(dcz.encode(plain, plain[:99]), plain[:99], LIMITS) == plain
assert zstd_library.ZstdDict is sys.modules["compression.zstd"].ZstdDict
"""


def test_from_3_14_on_the_standard_library_is_used() -> None:
    run = subprocess.run(
        [sys.executable, "-c", FROM_3_14], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="there is no backport of it")
def test_before_it_the_backport_is_used() -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, m2m_trio.codecs.zstd; assert 'backports.zstd' in sys.modules",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
