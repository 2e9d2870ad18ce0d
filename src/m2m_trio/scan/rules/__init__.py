"""The rules, one file a family; a new family is its file and its line in `FAMILIES`."""

from __future__ import annotations

from m2m_trio.scan.rules import (
    exfiltration,
    extraction,
    indirect,
    jailbreak,
    multilingual,
    override,
    roles,
)
from m2m_trio.scan.rules.rule import Rule

FAMILIES = (override, indirect, extraction, roles, jailbreak, exfiltration, multilingual)

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.RULES)
"""Every rule of the project's own."""

__all__ = ["RULES", "Rule"]
