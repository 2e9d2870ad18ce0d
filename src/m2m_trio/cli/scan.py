"""``m2m-trio scan``: what the security scan says about texts and requests."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from m2m_trio.cli.lazy import RefusedError
from m2m_trio.cli.message_io import PATH, read_stdin

if TYPE_CHECKING:
    from m2m_trio.scan.scanner import Scanner
    from m2m_trio.scan.verdict import Finding, Verdict

BLOCKED = 3
"""Exit code where something would be refused."""

TURNS = ("messages", "input", "prompt", "contents")
"""Members that make a JSON object a request."""


FILE_NAMES = (".txt", ".md", ".json", ".jsonl", ".ndjson")
"""How a word ends that is the name of a file and not a text, whether or not it is there."""


class Piece(NamedTuple):
    """One thing to scan."""

    name: str
    text: str
    is_body: bool


@click.command(
    epilog="""\b
    Examples:
      m2m-trio scan "Ignore all previous instructions"
      m2m-trio scan prompt.txt request.json prompts.jsonl
      curl -s https://example.com | m2m-trio scan -
      m2m-trio scan --json --threshold 0.5 request.json | jq .score

    INPUT is a file, - for standard input, or else the text itself. JSON objects with
    messages, input or prompt are read as requests, role by role; of other lines in JSONL
    the member "text" is read. Exit code 3: something would be refused.
    """,
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option(
    "--threshold",
    metavar="SCORE",
    type=click.FloatRange(0.0, 1.0),
    default=0.8,
    help="Score from which it would be refused; 0 refuses nothing [default: 0.8].",
)
@click.option("--rules", metavar="FILE", type=PATH, help="Rules of your own, in TOML.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each thing scanned.")
def scan(inputs: tuple[str, ...], threshold: float, rules: Path | None, as_json: bool) -> None:
    """Scan texts, files and requests for attacks, and explain every finding."""
    scanner = _scanner(rules)
    blocked = False
    for piece in _pieces(inputs):
        verdict, problem = _verdict(scanner, piece)
        refused = problem is not None or verdict.blocks(threshold)
        blocked = blocked or (refused and threshold > 0)
        word = "block" if refused else "flag" if verdict.flags(threshold) else "pass"
        if as_json:
            told = {"name": piece.name, "verdict": word, "malformed": problem}
            click.echo(json.dumps({**told, **verdict.as_dict()}, ensure_ascii=False))
        else:
            click.echo("\n".join(_lines(piece, word, verdict, problem)))
    sys.exit(BLOCKED if blocked else 0)


def _scanner(rules: Path | None) -> Scanner:
    from importlib.util import find_spec

    from m2m_trio.settings.model import SecuritySettings
    from m2m_trio.settings.rules import SCAN_MODULES

    if not all(find_spec(module) for module in SCAN_MODULES):
        raise RefusedError("the scanner is not installed: pip install 'm2m-trio[scan]'")
    from m2m_trio.proxy.scanning import make_scanner

    return make_scanner(SecuritySettings(enabled=True, rules=str(rules or "")))


def _pieces(inputs: tuple[str, ...]) -> Iterator[Piece]:
    for name in inputs:
        if name == "-":
            yield from _split("standard input", read_stdin())
        elif _is_file(name):
            yield from _split(name, Path(name).read_bytes())
        else:
            yield Piece("text", name, is_body=False)


def _is_file(name: str) -> bool:
    """Whether ``name`` names something to read.

    Raises:
        RefusedError: It names a directory, or no file and is hardly meant as a text: a slip
            in a name must not pass for a scan.
    """
    try:
        if name and Path(name).is_dir():
            raise RefusedError(f"{name} is a directory: name the files in it")
        is_there = bool(name) and Path(name).exists()
    except (OSError, ValueError):  # too long for a name, or with a NUL: it is a text
        return False
    if not is_there and name.endswith(FILE_NAMES) and not any(map(str.isspace, name)):
        raise RefusedError(f"there is no file {name}: correct the name, or pipe the text in")
    return is_there


def _split(name: str, data: bytes) -> Iterator[Piece]:
    text = data.decode("utf-8", "surrogateescape")
    value = _json(text)
    if isinstance(value, dict):
        yield Piece(name, text, is_body=True)
        return
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and all(isinstance(_json(line), dict) for line in lines):
        for number, line in enumerate(lines, 1):
            row = _json(line)
            if any(turns in row for turns in TURNS):
                yield Piece(f"{name}:{number}", line, is_body=True)
            else:
                yield Piece(f"{name}:{number}", str(row.get("text", line)), is_body=False)
        return
    yield Piece(name, text, is_body=False)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
    except RecursionError:
        return {}  # the scan of a body says what is wrong with it; as a text it would pass


def _verdict(scanner: Scanner, piece: Piece) -> tuple[Verdict, str | None]:
    """The verdict; and what is malformed, if anything is."""
    from m2m_trio.errors import ClientError
    from m2m_trio.scan.verdict import CLEAN

    if not piece.is_body:
        return scanner.scan_text(piece.text), None
    try:
        return scanner.scan_body(piece.text.encode("utf-8", "surrogateescape")), None
    except ClientError as error:
        return CLEAN, f"{error.status} {error.code}: {error.message}"


def _lines(piece: Piece, word: str, verdict: Verdict, problem: str | None) -> Iterator[str]:
    if problem is not None:
        yield f"{piece.name}: {word}, {problem}"
        return
    where = f" in {verdict.param}" if verdict.param else ""
    observed = ""
    if verdict.observed > verdict.score:
        observed = f" ({verdict.observed:.2f} with what is only observed)"
    yield f"{piece.name}: {word}, score {verdict.score:.2f}{observed}{where}"
    for finding in sorted(verdict.findings, key=lambda found: -found.weight):
        yield _explain(finding)


def _explain(finding: Finding) -> str:
    words = " ".join(finding.excerpt.split())
    shown = "".join(char if char.isprintable() else "?" for char in words)
    where = f"{finding.param} " if finding.param else ""
    span = f"{finding.start}-{finding.end}"
    return f"  {finding.weight:.2f}  {finding.rule}  {where}{finding.view} {span}: {shown}"
