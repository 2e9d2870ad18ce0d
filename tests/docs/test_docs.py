"""What the docs say exists: pages, headings, commands, flags, settings, variables, files."""

from __future__ import annotations

import importlib.util
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import click
import pytest

from m2m_trio.cli import cli
from m2m_trio.errors import M2MError
from m2m_trio.settings.keys import KEYS
from m2m_trio.settings.sources import CONFIG_VARIABLE, read_toml
from m2m_trio.stats.board import Board
from m2m_trio.stats.snapshot import stats_document, take_snapshot
from m2m_trio.upstream.targets import ENDPOINTS
from m2m_trio.web.paths import OWN_PATHS

ROOT = Path(__file__).parents[2]
PAGES = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("[a-z]*/README.md")})

FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
ROOMS = sorted(path.parent.name for path in ROOT.glob("src/m2m_trio/*/__init__.py"))
SOURCE_FILE = re.compile(rf"^(?:{'|'.join(ROOMS)})/\w+\.py$")
PROGRAMS = ("m2m-trio", "m2m")
FOREIGN_FLAGS = {"--http2-prior-knowledge", "--quick"}

by_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def prose(page: Path) -> str:
    return FENCE.sub("", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    return {
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        for title in HEADING.findall(FENCE.sub("", page.read_text("utf-8")))
    }


@by_page
def test_links_inside_the_repository_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{page.name}: {link}"


def commands(page: Path) -> Iterator[list[str]]:
    """Command lines of ours in a page, from shell blocks and from inline code."""
    text = page.read_text("utf-8")
    for language, block in FENCE.findall(text):
        if language in {"bash", "console", "ini"}:
            joined = block.replace("\\\n", " ")
            for line in joined.splitlines():
                yield from split_commands(line.removeprefix("ExecStart="))
    for code in INLINE.findall(prose(page)):
        if code.startswith(tuple(f"{program} " for program in PROGRAMS)):
            yield from split_commands(code)


def split_commands(line: str) -> Iterator[list[str]]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;()")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in [*lexer, ";"]:
        if not set(word) <= set("|&;()"):
            words.append(word)
            continue
        while words and re.match(r"\w+=", words[0]):
            words.pop(0)
        if words and words[0].rpartition("/")[2] in PROGRAMS:
            yield words[1:]
        words = []


def parse(words: list[str]) -> None:
    """Parse a command line as click does, and run nothing."""
    command: click.Command = cli
    context = click.Context(cli, info_name=PROGRAMS[0])
    rest = list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name = rest.pop(0)
        inner = command.get_command(context, name)
        assert inner is not None, f"no command {name!r} in {words}"
        context = click.Context(inner, parent=context, info_name=name)
        command = inner
    try:
        command.make_context(command.name, rest, parent=context.parent)
    except click.exceptions.Exit:
        pass  # --help and --version
    except click.ClickException as error:
        pytest.fail(f"{' '.join(words)}: {error.format_message()}")


@by_page
def test_command_lines_are_ones_the_program_takes(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in commands(page):
        parse(words)


@cache
def flags(command: click.Command = cli) -> frozenset[str]:
    found = {"--help", *(flag for p in command.params for flag in (*p.opts, *p.secondary_opts))}
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            found |= flags(inner)
    return frozenset(found)


@by_page
def test_flags_named_in_the_text_exist(page: Path) -> None:
    named = {
        match
        for code in INLINE.findall(prose(page))
        for match in re.findall(r"(?:^|(?<= |/))--[a-z][a-z0-9-]+", code)
        if code.startswith(("-", *PROGRAMS))
    }
    assert named - flags() - FOREIGN_FLAGS == set()


@by_page
def test_settings_files_have_only_known_settings(page: Path) -> None:
    for language, block in FENCE.findall(page.read_text("utf-8")):
        if language == "toml":
            text = re.sub(r"^ {2}", "", block, flags=re.MULTILINE)
            tomllib.loads(text)
            read_toml(text, Path("docs.toml"))


@by_page
def test_settings_tables_and_variables_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    tables = {key.table for key in KEYS}
    assert set(re.findall(r"\[(proxy[a-z_.]*)\](?!\()", text)) <= tables
    variables = {key.environment for key in KEYS} | {CONFIG_VARIABLE}
    assert set(re.findall(r"\bM2M_[A-Z_]*[A-Z]\b", text)) <= variables
    for name, table in re.findall(r"`(\w+)` in `\[(proxy[a-z_.]*)\]`", text):
        assert f"{table}.{name}" in {str(key) for key in KEYS}, f"{name} in [{table}]"


@by_page
def test_source_files_named_in_the_text_exist(page: Path) -> None:
    for code in INLINE.findall(prose(page)):
        if SOURCE_FILE.match(code):
            places = (ROOT / "src" / "m2m_trio", page.parent)
            assert any((place / code).exists() for place in places), code
        elif re.match(r"^(benchmarks|docs|scripts|tests)/[\w/.]+$", code):
            assert (ROOT / code).exists(), code


def test_every_endpoint_is_described() -> None:
    page = (ROOT / "docs/reference/endpoints.md").read_text("utf-8")
    for name in [*OWN_PATHS, *(endpoint.decode() for endpoint in ENDPOINTS)]:
        assert f"`{name}`" in page


def test_every_field_of_the_statistics_is_described() -> None:
    page = (ROOT / "docs/reference/endpoints.md").read_text("utf-8")
    for name in stats_document(take_snapshot(Board.in_memory(), now=0.0)):
        assert f"`{name}`" in page or f"`{name}." in page, name


def test_every_page_is_reached_from_the_index() -> None:
    index = (ROOT / "docs/index.md").read_text("utf-8")
    listed = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    for page in ROOT.glob("docs/*/*.md"):
        where = listed if page.parent.name == "decisions" else index
        assert page.name == "README.md" or f"{page.name})" in where, page.name


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_fresh() -> None:
    assert load_generator().stale() == [], "run python docs/generate.py"


def test_the_error_page_has_every_code() -> None:
    def codes(error: type[M2MError]) -> set[str]:
        inner = (codes(kind) for kind in error.__subclasses__() if "m2m" in kind.__module__)
        return {error.code}.union(*inner)

    page = load_generator().errors_page()
    assert {code for code in codes(M2MError) if f"`{code}`" not in page} == set()


def test_benchmarks_have_a_place_to_put_their_tables() -> None:
    for name in ("README.md", "docs/explanation/performance.md"):
        text = (ROOT / name).read_text("utf-8")
        assert text.count("<!-- benchmark -->") == text.count("<!-- /benchmark -->") == 1
    text = (ROOT / "docs/explanation/what-the-hop-saves.md").read_text("utf-8")
    for table in ("bytes", "first-token", "latency"):
        assert text.count(f"<!-- hop-{table} -->") == text.count(f"<!-- /hop-{table} -->") == 1


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/explanation/floors.md"])
def test_every_room_has_its_floor(page: str) -> None:
    named = set(re.findall(r"\w+", (ROOT / page).read_text("utf-8")))
    assert len(ROOMS) > 10
    assert set(ROOMS) <= named
