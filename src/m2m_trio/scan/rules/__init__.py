"""The rules, one file a family; a new family is its file and its line in `FAMILIES`."""

from __future__ import annotations

from m2m_trio.scan.rules import (
    exfiltration,
    extraction,
    hijack,
    indirect,
    jailbreak,
    multilingual,
    override,
    refusal,
    roles,
    spoken,
)
from m2m_trio.scan.rules.rule import Rule

FAMILIES = (
    override,
    hijack,
    indirect,
    extraction,
    roles,
    jailbreak,
    refusal,
    exfiltration,
    multilingual,
    spoken,
)

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.RULES)
"""Every rule of the project's own."""

__all__ = ["RULES", "Rule"]
