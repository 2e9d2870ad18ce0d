from __future__ import annotations

from pathlib import Path

import pytest

from m2m_trio.settings import reference
from m2m_trio.settings.keys import KEYS
from m2m_trio.settings.load import load

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"


def test_the_page_is_as_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.page(), (
        "stale: run python -m m2m_trio.settings.reference docs/reference/settings.md"
    )


def test_every_setting_is_on_the_page_and_documented() -> None:
    page = reference.page()

    for key in KEYS:
        assert f"| `{key.environment}` |" in page
    assert all(doc.endswith(".") for doc in reference.field_docs().values())


def test_the_example_on_the_page_loads(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(reference.page().split("```toml\n")[1].partition("```")[0])

    assert load(config=str(file), environ={}).settings.log.format == "json"


def test_the_page_is_written_where_one_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reference.main([str(tmp_path / "page.md")])
    reference.main([])

    assert (tmp_path / "page.md").read_text(encoding="utf-8") == capsys.readouterr().out
