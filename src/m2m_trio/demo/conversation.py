"""What a request says, whichever of OpenAI's formats it says it in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeGuard

from attrs import field, frozen

from m2m_trio.errors import BadRequestError

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


@frozen
class Turn:
    """One message: its role (``user``, ``assistant``, ``tool`` …) and its text."""

    role: str
    text: str


@frozen
class Tool:
    """A function the client offers."""

    name: str
    description: str = ""
    parameters: Mapping[str, Json] = field(factory=dict)


@frozen(kw_only=True)
class Conversation:
    """What the client asks to be continued."""

    model: str
    turns: tuple[Turn, ...]
    tools: tuple[Tool, ...] = ()
    tool_choice: str = "auto"
    """``auto``, ``none``, ``required`` or the name of one tool."""

    parallel_calls: bool = True
    max_tokens: int | None = None
    choices: int = 1

    @property
    def question(self) -> str:
        """The text of the last user message."""
        return next((turn.text for turn in reversed(self.turns) if turn.role == "user"), "")

    @property
    def earlier_question(self) -> str:
        """The text of the user message before that."""
        asked = [turn.text for turn in self.turns if turn.role == "user"]
        return asked[-2] if len(asked) > 1 else ""

    @property
    def tool_results(self) -> tuple[str, ...]:
        """What tools have answered since the last user message."""
        results: list[str] = []
        for turn in reversed(self.turns):
            if turn.role == "user":
                break
            if turn.role == "tool":
                results.insert(0, turn.text)
        return tuple(results)


def parse_object(body: bytes) -> Mapping[str, Json]:
    """``body`` as a JSON object.

    Raises:
        BadRequestError: It is none.
    """
    try:
        value = json.loads(body)
    except ValueError as error:  # also undecodable bytes
        raise BadRequestError(f"the body is not JSON: {error}") from error
    except RecursionError as error:
        raise BadRequestError("the body is nested too deeply") from error
    if not isinstance(value, dict):
        raise BadRequestError("the body is not a JSON object")
    return value


def parse_chat(request: Mapping[str, Json]) -> Conversation:
    """A ``/v1/chat/completions`` request.

    Raises:
        BadRequestError: A part that is read here is missing or of the wrong type.
    """
    messages = _list(request, "messages")
    if not messages:
        raise BadRequestError("'messages' is missing or empty", param="messages")
    choices = _int(request, "n", at_most=8)
    return Conversation(
        model=_text(request, "model"),
        turns=tuple(_chat_turn(message) for message in messages),
        tools=tuple(_tool(tool, nested=True) for tool in _list(request, "tools")),
        tool_choice=_tool_choice(request.get("tool_choice"), nested=True),
        parallel_calls=request.get("parallel_tool_calls") is not False,
        max_tokens=_int(request, "max_completion_tokens") or _int(request, "max_tokens"),
        choices=choices or 1,
    )


def parse_responses(request: Mapping[str, Json]) -> Conversation:
    """A ``/v1/responses`` request.

    Raises:
        BadRequestError: A part that is read here is missing or of the wrong type.
    """
    given = request.get("input")
    items: Sequence[Json] = (
        [{"role": "user", "content": given}]
        if isinstance(given, str)
        else _list(request, "input")
    )
    if not items:
        raise BadRequestError("'input' is missing or empty", param="input")
    turns = [turn for item in items if (turn := _responses_turn(item)) is not None]
    if isinstance(instructions := request.get("instructions"), str):
        turns.insert(0, Turn("system", instructions))
    functions = [
        tool
        for tool in _list(request, "tools")
        if is_object(tool) and tool.get("type") == "function"
    ]
    return Conversation(
        model=_text(request, "model"),
        turns=tuple(turns),
        tools=tuple(_tool(tool, nested=False) for tool in functions),
        tool_choice=_tool_choice(request.get("tool_choice"), nested=False),
        parallel_calls=request.get("parallel_tool_calls") is not False,
        max_tokens=_int(request, "max_output_tokens"),
    )


def parse_completion(request: Mapping[str, Json]) -> Conversation:
    """A ``/v1/completions`` request; its prompt becomes one user message.

    Raises:
        BadRequestError: A part that is read here is missing or of the wrong type.
    """
    prompt = request.get("prompt")
    if not isinstance(prompt, str) or not prompt:
        raise BadRequestError("'prompt' is not a text with something in it", param="prompt")
    return Conversation(
        model=_text(request, "model"),
        turns=(Turn("user", prompt),),
        max_tokens=_int(request, "max_tokens"),
        choices=_int(request, "n", at_most=8) or 1,
    )


def is_object(value: Json) -> TypeGuard[Mapping[str, Json]]:
    """Whether ``value`` is a JSON object."""
    return isinstance(value, dict)


def _text(request: Mapping[str, Json], key: str) -> str:
    value = request.get(key)
    if not isinstance(value, str) or not value:
        raise BadRequestError(f"{key!r} is missing or not a text", param=key)
    return value


def _list(request: Mapping[str, Json], key: str) -> Sequence[Json]:
    value = request.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise BadRequestError(f"{key!r} is not a list", param=key)
    return value


def _int(request: Mapping[str, Json], key: str, *, at_most: int = 1_000_000) -> int | None:
    value = request.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= at_most:
        raise BadRequestError(f"{key!r} is not a whole number from 1 to {at_most}", param=key)
    return value


def _chat_turn(message: Json) -> Turn:
    if not is_object(message) or not isinstance(role := message.get("role"), str):
        raise BadRequestError("a message is no object with a 'role'", param="messages")
    return Turn(role, _content_text(message.get("content")))


def _responses_turn(item: Json) -> Turn | None:
    """The turn that an input item holds; None where it has no text to answer."""
    if not is_object(item):
        raise BadRequestError("an input item is no object", param="input")
    if item.get("type") == "function_call_output":
        return Turn("tool", _content_text(item.get("output")))
    if isinstance(role := item.get("role"), str):
        return Turn(role, _content_text(item.get("content")))
    return None


def _content_text(content: Json) -> str:
    """A text, or the texts of a list of content parts."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    texts = [part.get("text") for part in content if is_object(part)]
    return " ".join(text for text in texts if isinstance(text, str))


def _tool(tool: Json, *, nested: bool) -> Tool:
    function = tool.get("function") if nested and is_object(tool) else tool
    if not is_object(function) or not isinstance(name := function.get("name"), str):
        raise BadRequestError("a tool has no function with a 'name'", param="tools")
    description = function.get("description")
    parameters = function.get("parameters")
    return Tool(
        name,
        description if isinstance(description, str) else "",
        parameters if is_object(parameters) else {},
    )


def _tool_choice(choice: Json, *, nested: bool) -> str:
    if isinstance(choice, str):
        return choice
    function = choice.get("function") if nested and is_object(choice) else choice
    name = function.get("name") if is_object(function) else None
    return name if isinstance(name, str) else "auto"
