"""Make up an answer: always the same one to the same conversation, and a fitting one.

There is no model here. Words of the question are put into canned sentences that the
conversation's hash chooses; a tool is called when the question mentions it. Token counts
are made up as well: a token is a word or a punctuation mark (`count_tokens`).
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Mapping, Sequence

from attrs import frozen

from m2m_trio.demo.conversation import Conversation, Json, Tool, is_object

MAX_PARALLEL_CALLS = 4

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NAME = re.compile(r"(?<=[\w,] )[^\W\d_a-z]\w+(?:[ -][^\W\d_a-z]\w+)*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COMMON_WORDS = (
    "about after again all also and any are because been brief but can could did does "
    "everything explain few for from give good had has have hello her here him his how "
    "into its just let like make many may moment more morning most much must need needed "
    "not now one only our out over please say sentence sentences she should some sum tell "
    "than thank thanks that the their them then there these they this those today was want "
    "were what when where which who why will with would write you your"
)
_COMMON = frozenset(_COMMON_WORDS.split())

_OPENERS = (
    "Gladly: {topic} first.",
    "Let us take {topic} step by step.",
    "In short, {topic} is less mysterious than it looks.",
    "A fair question, and {topic} is the right place to begin.",
    "There are two ways to see {topic}; here is the practical one.",
)
_RETURNS = (
    "Coming back from {earlier} to {topic}:",
    "With {earlier} settled, {topic} follows naturally.",
    "{Topic} fits well with what was said about {earlier}.",
)
_SENTENCES = (
    "Most people meet {topic} through {other}, and only later on its own.",
    "What matters is the order: {other} before {topic}, never the reverse.",
    "Measure {topic} once, change one thing, and measure it again.",
    "The naïve approach works until {other} grows; after that, {topic} decides.",
    "Keep {topic} small enough to explain over a cup of coffee at a café.",
    "Nothing about {other} is free: it is paid for in time, space or patience.",
    "If {topic} surprises you, look at its edges first → they are where it breaks.",
    "Three careful steps with {other} are worth more than ten quick ones.",
    "An example helps: take the smallest {topic} you can think of, and write it down.",
    "Whoever maintains {other} later will be grateful for a plain name. 🙂",
)
_CLOSERS = (
    "That is all there is to {topic}, for a start.",
    "Ask on if {other} should be looked at more closely.",
    "From here, {topic} is mostly practice.",
)


@frozen
class Call:
    """One call of a tool; ``arguments`` is JSON text, as OpenAI has it."""

    name: str
    arguments: str


@frozen(kw_only=True)
class Answer:
    """What the assistant says, or the tools it calls."""

    text: str = ""
    calls: tuple[Call, ...] = ()
    finish_reason: str = "stop"
    input_tokens: int
    output_tokens: int

    @property
    def pieces(self) -> list[str]:
        """The text word by word, each with the space before it."""
        return re.findall(r"\s*\S+", self.text)


def count_tokens(text: str) -> int:
    """A made-up count: words and punctuation marks."""
    return len(_TOKEN.findall(text))


def make_answer(conversation: Conversation, *, choice: int = 0) -> Answer:
    """The answer to ``conversation``; ``choice`` numbers the alternatives where n > 1."""
    input_tokens = 3 + sum(4 + count_tokens(turn.text) for turn in conversation.turns)
    if calls := _choose_calls(conversation):
        spent = sum(5 + count_tokens(call.arguments) for call in calls)
        return Answer(
            calls=calls,
            finish_reason="tool_calls",
            input_tokens=input_tokens,
            output_tokens=spent,
        )
    text = _speak(conversation, choice)
    finish_reason = "stop"
    limit = conversation.max_tokens
    if limit is not None and count_tokens(text) > limit:
        text = text[: list(_TOKEN.finditer(text))[limit - 1].end()]
        finish_reason = "length"
    return Answer(
        text=text,
        finish_reason=finish_reason,
        input_tokens=input_tokens,
        output_tokens=count_tokens(text),
    )


def _speak(conversation: Conversation, choice: int) -> str:
    said = "\n".join(f"{turn.role}: {turn.text}" for turn in conversation.turns)
    seed = hashlib.sha256(f"{choice} {conversation.model} {said}".encode()).digest()
    chance = random.Random(seed)  # noqa: S311  (variety, no secret)
    topics = _topics(conversation.question) or ["silence"]
    earlier = _topics(conversation.earlier_question)
    words = {
        "topic": topics[0],
        "Topic": topics[0][:1].upper() + topics[0][1:],
        "other": topics[1] if len(topics) > 1 else "practice",
        "earlier": earlier[0] if earlier else "",
    }
    sentences = [
        chance.choice(_RETURNS if earlier else _OPENERS),
        *chance.sample(_SENTENCES, chance.randint(2, 4)),
        chance.choice(_CLOSERS),
    ]
    if conversation.tool_results:
        sentences[1:-1] = [chance.choice(_SENTENCES)]
        return " ".join(
            [*map(_report, conversation.tool_results), *(s.format(**words) for s in sentences)]
        )
    return " ".join(sentence.format(**words) for sentence in sentences)


def _topics(text: str) -> list[str]:
    """The longest telling words of ``text``, in the order they came."""
    words = dict.fromkeys(
        word for word in _WORD.findall(text[:10_000]) if word.lower() not in _COMMON
    )
    longest = sorted(words, key=len, reverse=True)[:2]
    return [word for word in words if word in longest]


def _report(result: str) -> str:
    """A tool's result in a sentence."""
    try:
        value: Json = json.loads(result)
    except (ValueError, RecursionError):
        value = None
    if is_object(value):
        result = ", ".join(f"{key} {item}" for key, item in value.items())
    return f"The tool says: {result}."


def _choose_calls(conversation: Conversation) -> tuple[Call, ...]:
    """The calls that the last user message asks for; none once a tool has answered."""
    wish = conversation.tool_choice
    if not conversation.tools or wish == "none" or conversation.tool_results:
        return ()
    question = conversation.question
    chosen = next((tool for tool in conversation.tools if tool.name == wish), None)
    if chosen is None:
        asked = set(map(str.lower, _WORD.findall(question))) - _COMMON
        best = max(conversation.tools, key=lambda tool: _mentions(tool, asked))
        if not _mentions(best, asked) and wish != "required":
            return ()
        chosen = best
    names: Sequence[str] = list(dict.fromkeys(_NAME.findall(question)))
    names = names[: MAX_PARALLEL_CALLS if conversation.parallel_calls else 1] or [""]
    if not any(_takes_text(schema) for schema in _properties(chosen).values()):
        names = names[:1]
    calls = [_arguments(chosen, name, question) for name in names]
    return tuple(
        Call(chosen.name, json.dumps(arguments, ensure_ascii=False)) for arguments in calls
    )


def _mentions(tool: Tool, asked: set[str]) -> int:
    """How many of the words ``asked`` name ``tool``; those of its name count twice."""
    name = set(map(str.lower, _WORD.findall(tool.name)))
    described = set(map(str.lower, _WORD.findall(tool.description)))
    return 2 * len(name & asked) + len(described & asked)


def _properties(tool: Tool) -> Mapping[str, Json]:
    properties = tool.parameters.get("properties")
    return properties if is_object(properties) else {}


def _takes_text(schema: Json) -> bool:
    return is_object(schema) and schema.get("type") == "string" and "enum" not in schema


def _arguments(tool: Tool, name: str, question: str) -> dict[str, Json]:
    """Arguments by the tool's schema: its required properties, all of them if none is."""
    properties = _properties(tool)
    required = tool.parameters.get("required")
    wanted = required if isinstance(required, list) and required else list(properties)
    return {
        key: _value(properties[key], name, question)
        for key in wanted
        if isinstance(key, str) and key in properties
    }


def _value(schema: Json, name: str, question: str) -> Json:
    """A value that the schema of one property allows, taken from the question."""
    kind = schema.get("type") if is_object(schema) else None
    options = schema.get("enum") if is_object(schema) else None
    if isinstance(options, list) and options:
        said = [one for one in options if isinstance(one, str) and one in question]
        return said[0] if said else options[0]
    numbers = _NUMBER.findall(question)
    match kind:
        case "integer":
            return int(float(numbers[0])) if numbers else 1
        case "number":
            return float(numbers[0]) if numbers else 1.0
        case "boolean":
            return True
        case "array":
            return []
        case "object":
            return {}
    return name or (_topics(question) or [question])[-1]
