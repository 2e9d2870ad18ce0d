"""The rules, one file a family; a new family is its file and its line in `FAMILIES`."""

from __future__ import annotations

from m2m_trio.scan.rules import (
    claims,
    exfiltration,
    extraction,
    hidden,
    hijack,
    indirect,
    jailbreak,
    multilingual,
    override,
    readers,
    refusal,
    roles,
    secrets,
    spoken,
    stories,
    turned,
)
from m2m_trio.scan.rules.rule import Rule

FAMILIES = (
    override,
    hijack,
    indirect,
    readers,
    extraction,
    hidden,
    secrets,
    claims,
    turned,
    roles,
    jailbreak,
    stories,
    refusal,
    exfiltration,
    multilingual,
    spoken,
)

RULES: tuple[Rule, ...] = tuple(rule for family in FAMILIES for rule in family.RULES)
"""Every rule of the project's own."""

__all__ = ["RULES", "Rule"]
