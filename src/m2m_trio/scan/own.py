"""Operators' own rules: TOML text in, rules and words out.

::

    [words]
    codename = "bluebird bluebirds project_bluebird"

    [[rule]]
    name = "own.codename"
    weight = 0.9
    patterns = ["reveal ..4 codename", "codename ..6 'roadmap'"]
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import re2

from m2m_trio.scan.lexicon import ENGLISH
from m2m_trio.scan.rules.rule import Rule

_KEYS = {"name", "weight", "patterns", "shape", "cues", "gate", "damped"}


def parse_rules(text: str) -> tuple[tuple[Rule, ...], dict[str, str]]:
    """The rules and the slots' words that ``text`` lays down.

    Raises:
        ValueError: It is no TOML, or has something else than ``[words]`` and ``[[rule]]``.
    """
    tables = tomllib.loads(text)
    words = tables.pop("words", {})
    rules = tables.pop("rule", [])
    if tables or not isinstance(words, dict) or not isinstance(rules, list):
        raise ValueError("it has [words] and [[rule]] tables, and nothing else")
    for slot, listed in words.items():
        if slot in ENGLISH:
            raise ValueError(f"the slot {slot!r} is taken: call yours otherwise")
        if not isinstance(listed, str):
            raise ValueError(  # noqa: TRY004  (it is the file that is wrong)
                f"the words of {slot!r} are one string, with spaces between"
            )
    return tuple(_rule(table) for table in rules), words


def _rule(table: Mapping[str, Any]) -> Rule:
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise ValueError(f"a rule has no {unknown[0]!r}: it has {', '.join(sorted(_KEYS))}")
    if "name" not in table or "weight" not in table:
        raise ValueError("a rule has a name and a weight")
    try:
        rule = Rule(
            table["name"],
            float(table["weight"]),
            tuple(table.get("patterns", ())),
            shape=table.get("shape", ""),
            cues=tuple(table.get("cues", ())),
            gate=tuple(table.get("gate", ())),
            damped=bool(table.get("damped", True)),
        )
    except TypeError as error:
        raise ValueError(f"rule {table['name']}: {error}") from error
    if rule.shape and not (rule.gate or rule.cues):
        raise ValueError(f"rule {rule.name}: a shape needs gate words, or cues")
    if rule.shape:
        _check_shape(rule)
    return rule


def _check_shape(rule: Rule) -> None:
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(rule.shape, options)
    except re2.error as error:
        raise ValueError(f"rule {rule.name}: RE2 says {error}") from error
