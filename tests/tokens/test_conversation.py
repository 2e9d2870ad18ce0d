"""Requests of every API as turns and tools."""

from __future__ import annotations

from typing import Any

import pytest

from m2m_trio.tokens.conversation import Call, Conversation, Tool, Turn, read_conversation
from m2m_trio.tokens.counter import OfflineCounter
from m2m_trio.tokens.functions_text import functions_text
from m2m_trio.tokens.images import image_size
from m2m_trio.tokens.shelf import Shelf

COUNTER = OfflineCounter(Shelf(kept=20))


def turns(**body: Any) -> list[Turn]:
    return read_conversation(body).turns


def test_calls_of_chat_completions_old_and_new() -> None:
    call = {"id": "1", "type": "function", "function": {"name": "f", "arguments": '{"a":1}'}}
    old = {"role": "assistant", "function_call": {"name": "g", "arguments": {"b": 2}}}
    result = {"role": "function", "name": "g", "content": "x"}
    first, second, third = turns(
        messages=[{"role": "assistant", "tool_calls": [call, 3, {"function": 4}]}, old, result]
    )
    assert first.calls == [Call("f", '{"a":1}')]
    assert second.calls == [Call("g", '{"b": 2}')]
    assert (third.role, third.name, third.text) == ("tool", "", "x")


def test_items_of_responses() -> None:
    found = turns(
        instructions="Be brief.",
        input=[
            {"type": "message", "role": "developer", "content": "a"},
            {"role": "user", "name": "ann", "content": [{"type": "input_text", "text": "b"}]},
            {"type": "function_call", "name": "f", "arguments": "{}"},
            {"type": "function_call", "name": "g", "arguments": "{}"},
            {"type": "function_call_output", "output": "c"},
        ],
    )
    assert [call.name for call in found[3].calls] == ["f", "g"]
    assert [turn.role for turn in found] == ["system", "system", "user", "assistant", "tool"]
    assert [turn.text for turn in found] == ["Be brief.", "a", "b", "", "c"]
    assert found[2].name == "ann"


def test_blocks_of_anthropic() -> None:
    (turn,) = turns(
        messages=[
            {
                "role": "user",
                "content": [
                    "plain ",
                    {"type": "text", "text": "words "},
                    {"type": "tool_use", "name": "f", "input": {"a": 1}},
                    {"type": "tool_result", "content": "done "},
                    {"type": "tool_result", "content": [{"type": "text", "text": "too"}]},
                    7,
                ],
            }
        ]
    )
    assert turn.text == "plain words done too"
    assert turn.calls == [Call("f", '{"a": 1}')]
    assert turn.results == 2


def test_blocks_of_bedrock() -> None:
    found = read_conversation(
        {
            "system": [{"text": "s"}, {"cachePoint": {"type": "default"}}],
            "messages": [
                {"role": "assistant", "content": [{"toolUse": {"name": "f", "input": {}}}]},
                {
                    "role": "user",
                    "content": [
                        {"toolResult": {"content": [{"json": {"a": 1}}]}},
                        {"image": {"format": "png", "source": {"bytes": ""}}},
                    ],
                },
            ],
            "toolConfig": {"tools": [{"cachePoint": {}}], "toolChoice": {"any": {}}},
        }
    )
    system, call, result = found.turns
    assert system.text == "s"
    assert call.calls == [Call("f", "{}")]
    assert (result.text, result.results, len(result.images)) == ('{"a": 1}', 1, 1)
    assert not found.hidden
    assert found.tools == []


@pytest.mark.parametrize(
    ("choice", "meant"),
    [
        ("auto", ""),
        ("none", "none"),
        ("required", "any"),
        ({"type": "function", "function": {"name": "f"}}, "f"),
        ({"type": "tool", "name": "f"}, "f"),
        ({"type": "any"}, "any"),
        ({"type": "auto"}, ""),
        ([], ""),
    ],
)
def test_the_choice_of_a_tool(choice: object, meant: str) -> None:
    assert read_conversation({"messages": [], "tool_choice": choice}).choice == meant


def test_thinking_and_other_things_that_are_billed_unseen() -> None:
    thinking = read_conversation({"messages": [], "thinking": {"type": "enabled"}})
    assert thinking.thinking
    for switch, wanted in (
        ({"additionalModelRequestFields": {"thinking": {"type": "enabled"}}}, True),
        ({"additionalModelRequestFields": {"reasoning_config": {"type": "enabled"}}}, True),
        ({"reasoning": {"effort": "low"}}, True),
        ({"reasoning": {"enabled": False}}, False),
        ({"reasoning": {"effort": "none"}}, False),
        ({"thinking": {"type": "disabled"}}, False),
        ({}, False),
    ):
        assert read_conversation({"messages": [], **switch}).thinking is wanted
    redacted = {"role": "assistant", "content": [{"type": "redacted_thinking", "data": "x"}]}
    assert read_conversation({"messages": [redacted]}).hidden
    asked = {"messages": [{"role": "user", "content": "Hi"}]}
    assert not read_conversation(asked).hidden
    assert read_conversation({**asked, "conversation": "conv_1"}).hidden
    assert read_conversation({**asked, "models": ["a", "b"]}).hidden


@pytest.mark.parametrize("messages", [3, {}, [], ["Hi"], [{"content": "Hi"}, None]])
def test_what_no_api_takes_is_an_estimate(messages: object) -> None:
    assert read_conversation({"messages": messages}).hidden
    count = COUNTER.count_request({"messages": messages}, model="gpt-4o")
    assert count.grade.value == "estimate"


def test_what_is_odd_is_left_out() -> None:
    body = {
        "messages": [3, {"role": 4, "content": {"type": "text", "text": 5}}],
        "tools": [None],
    }
    assert read_conversation(body) == Conversation(turns=[Turn("user")], hidden=True)


def test_functions_are_written_as_types() -> None:
    parameters = {
        "type": "object",
        "properties": {
            "a": {"type": "integer"},
            "b": {"type": "array", "items": {"type": "string"}},
            "c": {"type": "array"},
            "d": {"type": "object", "properties": {"e": {"enum": [1, "x"]}}, "title": "D"},
            "f": {"type": "object"},
            "g": {"allOf": [{"type": "number"}]},
            "h": {"$ref": "#/nowhere/at/all"},
            "i": {"oneOf": [{"type": "null"}, 3]},
        },
        "required": ["a"],
    }
    text = functions_text([Tool("f", "Do it.\n Well.", parameters), Tool("g", "", {})])
    assert text == (
        "# Tools\n\n## functions\n\nnamespace functions {\n\n// Do it.\n// Well.\n"
        "type f = (_: {\na: number,\nb?: string[],\nc?: any[],\n// D\nd?: // D\n"
        '{ e?: 1 | "x" },\nf?: object,\ng?: number,\nh?: any,\ni?: null | any,\n}) => any;\n\n'
        "type g = () => any;\n\n} // namespace functions"
    )
    plain = {"properties": {"a": {"type": "string"}, "b": {"type": "boolean"}}}
    assert "(_: { a?: string, b?: boolean }) => any" in functions_text([Tool("f", "", plain)])
    odd = {"properties": {"a": {"description": "Say\nit."}, "b": {"default": 1}}}
    assert "// Say\n// it.\na?: any,\nb?: any, // default: 1\n" in functions_text(
        [Tool("f", "", odd)]
    )
    assert "type f = () => any" in functions_text([Tool("f", "", {"properties": 3})])


@pytest.mark.slow  # it loads eight vocabularies
@pytest.mark.parametrize(
    ("model", "tokens", "body"),
    [  # one token of text each, and what is around it
        ("gpt-4o", 4 + 1 + 3, {"messages": [{"role": "user", "content": "x"}]}),
        ("gpt-4o", 8 + 1, {"messages": [{"role": "user", "name": "user", "content": "x"}]}),
        ("gpt-4o", 8 + 2, {"messages": [{"role": "user", "name": "ann", "content": "x"}]}),
        ("gpt-5", 4 + 1 + 2, {"input": "x"}),
        ("gpt-oss", 63 + 5, {"messages": [{"content": "x"}]}),
        ("magistral-small", 1 + 2 + 1, {"messages": [{"content": "x"}]}),
        ("mistral-small-latest", 13 + 2 + 1, {"messages": [{"content": "x"}]}),
        ("deepseek-v3.1", 3 + 1 + 1, {"messages": [{"content": "x"}]}),
        ("deepseek-r1", 2 + 1 + 1, {"messages": [{"content": "x"}]}),
        ("deepseek-v4", 3 + 2 + 79, {"input": [{"role": "user", "content": "x"}]}),
        ("glm-4.6", 3 + 2 + 1, {"messages": [{"content": "x"}]}),
        ("glm-5", 10 + 2 + 1, {"messages": [{"content": "x"}]}),
        ("qwen3", 3 + 5 + 1, {"messages": [{"content": "x"}]}),
        ("llama3", 5 + 5 + 1, {"messages": [{"content": "x"}]}),
        ("llama3.1", 5 + 25 + 5 + 1, {"messages": [{"content": "x"}]}),
        ("gemma3", 5 + 4 + 1, {"messages": [{"content": "x"}]}),
        ("gemini-2.5-flash", 1 + 1, {"messages": [{"content": "x"}]}),
        ("claude-3-7-sonnet", 7 + 1, {"messages": [{"content": "x"}]}),
        (
            "claude-3-7-sonnet",
            7 + 1 + 28,
            {"messages": [{"content": "x"}], "thinking": {"type": "enabled"}},
        ),
    ],
)
def test_what_each_layout_puts_around(model: str, tokens: int, body: dict[str, Any]) -> None:
    assert COUNTER.count_request(body, model=model).tokens == tokens


def test_pictures_of_ollama() -> None:
    body = {"messages": [{"role": "user", "content": "x", "images": ["AAAA"]}]}
    assert COUNTER.count_request(body, model="llama3.1").grade.value == "estimate"
    assert image_size("AAAA") is None
