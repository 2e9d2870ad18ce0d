"""Claude, whose tokenizer nobody has: fitted on recorded usage, always an estimate."""

from __future__ import annotations

import json
import re

from m2m_trio.tokens.conversation import Conversation, compact
from m2m_trio.tokens.images import claude_image
from m2m_trio.tokens.sheet import Sheet

TOOL_PROMPTS = (
    (r"4[-.][56]", 500, 597),
    (r"3[-.]5|3-(opus|haiku|sonnet)", 265, 365),
    (r"3[-.]7|(sonnet|opus)-4($|-0|-1|-2|@)", 322, 296),
    (r"4[-.][789]|-5|fable", 300, 400),
    (r"", 500, 597),
)
"""Tokens of the instructions for tools, by pattern of the name: free to choose, or forced."""


def add_claude(talk: Conversation, sheet: Sheet) -> None:
    """Anthropic's Messages, and its models behind other APIs."""
    sheet.estimate()
    sheet.add(3)
    for turn in talk.turns:
        sheet.add({"user": 4, "tool": 26, "system": 0}.get(turn.role, 2))
        sheet.text(turn.text)
        sheet.add(22 * turn.results)
        for call in turn.calls:
            sheet.add(30)
            sheet.text(call.name)
            sheet.text(call.arguments)
        for image in turn.images:
            sheet.picture(claude_image(image.size))
    if talk.tools:
        _, free, forced = next(row for row in TOOL_PROMPTS if re.search(row[0], sheet.model))
        sheet.add(forced if talk.choice not in ("", "none") else free)
    for tool in talk.tools:
        sheet.add(2)
        written = {
            "name": tool.name,
            "description": tool.description,
            "parameters": tool.parameters,
        }
        sheet.text(compact(written))
    if talk.schema is not None and (shape := talk.schema.get("schema")):
        sheet.add(88)
        sheet.text(json.dumps(shape, ensure_ascii=False, indent=2))
    if talk.thinking or sheet.model.endswith(":thinking"):
        sheet.add(28)
