"""What OpenAI's models add to a conversation's text. Fitted on recorded usage."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from m2m_trio.tokens.conversation import Conversation, Turn
from m2m_trio.tokens.functions_text import functions_text
from m2m_trio.tokens.images import openai_image
from m2m_trio.tokens.sheet import Sheet


@frozen(kw_only=True)
class OpenAILayout:
    """Chat Completions and Responses of one generation of models."""

    begin: int = 3
    """For the answer that the prompt ends with."""

    past_answer: int = 0
    """For each earlier answer of the model."""

    past_call: int = 0
    """For each earlier turn with calls, in Chat Completions, beyond the calls."""

    chat_tools: int = 0
    responses_tools: int = -2
    responses_tools_alone: int = -6
    """For tools: in Chat Completions; in Responses with a system message, and without."""

    def add(self, talk: Conversation, sheet: Sheet) -> None:
        """Count ``talk`` on ``sheet``."""
        sheet.add(3 if sheet.model.startswith("o1-mini") else self.begin)
        if re.search(r"audio|search|realtime", sheet.model):
            sheet.estimate()
        tools = functions_text(talk.tools) if talk.tools else ""
        for turn in talk.turns:
            if tools and turn.role == "system":
                sheet.add(-1)
                self._add_turn(turn, f"{turn.text}\n\n{tools}", talk, sheet)
                tools = ""
            else:
                self._add_turn(turn, turn.text, talk, sheet)
        if tools:
            sheet.add(4 - 1)
            sheet.text(tools)
        if talk.tools:
            self._add_tools(talk, sheet)
        if talk.schema is not None:
            sheet.near()
            sheet.text(_schema_text(talk.schema))
            sheet.add(-4 if talk.is_responses else 0)

    def _add_turn(self, turn: Turn, text: str, talk: Conversation, sheet: Sheet) -> None:
        sheet.add(4)
        sheet.text(text)
        if turn.name and turn.name == turn.role:
            sheet.add(1)
        elif turn.name:
            sheet.add(1)
            sheet.text(turn.name)
        for image in turn.images:
            sheet.picture(openai_image(sheet.model, image.size, coarse=image.is_coarse))
        if turn.calls:
            sheet.near()
            count = len(turn.calls)
            sheet.add(7 if count == 1 else 23 + 3 * count)
            for call in turn.calls:
                sheet.text(call.name)
                sheet.text(call.arguments)
                sheet.add(call.arguments == "{}")
        if turn.role == "assistant":
            sheet.add(self.past_answer)
            sheet.add(self.past_call if turn.calls and not talk.is_responses else 0)

    def _add_tools(self, talk: Conversation, sheet: Sheet) -> None:
        sheet.near()
        if talk.choice == "none":
            sheet.add(1)
        elif talk.choice not in ("", "any"):
            sheet.add(7)
            sheet.text(talk.choice)
        if not talk.is_responses:
            sheet.add(self.chat_tools)
        elif talk.has_system:
            sheet.add(self.responses_tools)
        else:
            sheet.add(self.responses_tools_alone)


def _schema_text(schema: Mapping[str, Any]) -> str:
    comment = f"// {schema['description']}\n" if schema.get("description") else ""
    shape = _without_closing(schema.get("schema"), is_names=False)
    written = json.dumps(shape, ensure_ascii=False, separators=(",", ":"))
    return f"# Response Formats\n\n## {schema.get('name')}\n\n{comment}{written}"


def _without_closing(value: Any, *, is_names: bool) -> Any:
    """``value`` without ``additionalProperties``; a property of that name stays."""
    if isinstance(value, dict):
        return {
            key: _without_closing(each, is_names=key in ("properties", "$defs"))
            for key, each in value.items()
            if is_names or key != "additionalProperties"
        }
    if isinstance(value, list):
        return [_without_closing(each, is_names=False) for each in value]
    return value
