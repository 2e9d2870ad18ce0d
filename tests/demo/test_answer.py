from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.demo.answer import count_tokens, make_answer
from m2m_trio.demo.conversation import (
    Conversation,
    Tool,
    Turn,
    parse_chat,
    parse_completion,
    parse_object,
    parse_responses,
)
from m2m_trio.errors import BadRequestError

TEXT = {"type": "string"}


def talk(*texts: str, **changes: object) -> Conversation:
    turns = tuple(Turn(*text.split(": ", 1)) for text in texts)
    return Conversation(model="demo", turns=turns, **changes)  # type: ignore[arg-type]


def weather(properties: dict[str, object], **more: object) -> Tool:
    parameters = {"type": "object", "properties": properties, **more}
    return Tool("get_weather", "The forecast", parameters)  # type: ignore[arg-type]


def test_the_same_conversation_gets_the_same_answer_and_another_a_different_one() -> None:
    first = make_answer(talk("user: Why is caching hard?"))
    assert make_answer(talk("user: Why is caching hard?")) == first
    assert make_answer(talk("user: Why is caching hard, again?")).text != first.text
    assert make_answer(talk("user: Why is caching hard?"), choice=1).text != first.text
    assert "caching" in first.text
    assert "".join(first.pieces) == first.text
    assert first.finish_reason == "stop"
    assert first.input_tokens == 3 + 4 + 5
    assert first.output_tokens == count_tokens(first.text)


def test_an_answer_looks_back_to_the_question_before() -> None:
    answer = make_answer(
        talk("user: Tell me about dolphins", "assistant: Yes.", "user: And penguins?")
    )
    assert "dolphins" in answer.text


def test_the_token_limit_cuts_the_answer() -> None:
    answer = make_answer(talk("user: Hi", max_tokens=3))
    assert answer.finish_reason == "length"
    assert answer.output_tokens == 3
    assert make_answer(talk("user: Hi", max_tokens=10_000)).finish_reason == "stop"


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_text_is_answered(question: str, result: str) -> None:
    assert make_answer(Conversation(model="m", turns=(Turn("user", question),))).text
    turns = (Turn("user", question), Turn("tool", result))
    tools = (weather({"place": TEXT}),)
    assert make_answer(Conversation(model="m", turns=turns, tools=tools)).text
    forced = Conversation(model="m", turns=turns[:1], tools=tools, tool_choice="required")
    assert list(json.loads(make_answer(forced).calls[0].arguments)) == ["place"]


def test_a_tool_is_called_for_each_name_in_the_question() -> None:
    question = "user: How is the weather in Lisbon and New York?"
    tools = (Tool("search"), weather({"place": TEXT}))
    answer = make_answer(talk(question, tools=tools))
    assert [json.loads(call.arguments) for call in answer.calls] == [
        {"place": "Lisbon"},
        {"place": "New York"},
    ]
    assert {call.name for call in answer.calls} == {"get_weather"}
    assert answer.finish_reason == "tool_calls"
    assert answer.output_tokens > 0
    assert len(make_answer(talk(question, tools=tools, parallel_calls=False)).calls) == 1


def test_no_tool_is_called_where_none_fits_or_none_is_wanted() -> None:
    tools = (weather({"place": TEXT}),)
    assert not make_answer(talk("user: Tell me a joke", tools=tools)).calls
    asked = "user: The weather in Paris?"
    assert not make_answer(talk(asked, tools=tools, tool_choice="none")).calls
    assert make_answer(talk("user: Joke", tools=tools, tool_choice="get_weather")).calls
    answered = make_answer(talk(asked, 'tool: {"sky": "blue"}', "tool: warm", tools=tools))
    assert answered.text.startswith("The tool says: sky blue. The tool says: warm.")


def test_arguments_follow_the_schema() -> None:
    properties = {
        "days": {"type": "integer"},
        "limit": {"type": "number"},
        "unit": {"enum": ["celsius", "fahrenheit"]},
        "exact": {"type": "boolean"},
        "tags": {"type": "array"},
        "where": {"type": "object"},
        "odd": True,
    }
    tool = weather(properties)
    told = make_answer(talk("user: weather for 3 days in fahrenheit", tools=(tool,)))
    assert json.loads(told.calls[0].arguments) == {
        "days": 3,
        "limit": 3.0,
        "unit": "fahrenheit",
        "exact": True,
        "tags": [],
        "where": {},
        "odd": "fahrenheit",
    }
    required = weather(properties, required=["days", "unit", "gone"])
    guessed = make_answer(talk("user: weather, please", tools=(required,)))
    assert json.loads(guessed.calls[0].arguments) == {"days": 1, "unit": "celsius"}
    numbers = weather({"limit": {"type": "number"}})
    assert make_answer(talk("user: weather", tools=(numbers,))).calls[0].arguments == (
        '{"limit": 1.0}'
    )
    assert (
        make_answer(talk("user: weather", tools=(Tool("weather"),))).calls[0].arguments == "{}"
    )


def test_chat_requests_are_read() -> None:
    conversation = parse_chat(
        {
            "model": "m",
            "messages": [
                {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "x"}]},
                {"role": "assistant", "content": None},
            ],
            "tools": [
                {"type": "function", "function": {"name": "f", "description": "d"}},
                {"type": "function", "function": {"name": "g", "parameters": {"x": 1}}},
            ],
            "tool_choice": {"type": "function", "function": {"name": "g"}},
            "parallel_tool_calls": False,
            "max_tokens": 5,
            "n": 2,
        }
    )
    assert conversation == Conversation(
        model="m",
        turns=(Turn("user", "a"), Turn("assistant", "")),
        tools=(Tool("f", "d"), Tool("g", "", {"x": 1})),
        tool_choice="g",
        parallel_calls=False,
        max_tokens=5,
        choices=2,
    )
    assert conversation.question == "a"
    assert conversation.earlier_question == ""


def test_a_conversation_may_hold_no_question() -> None:
    conversation = Conversation(model="m", turns=(Turn("tool", "x"),))
    assert conversation.tool_results == ("x",)
    assert conversation.question == ""


def test_responses_requests_are_read() -> None:
    conversation = parse_responses(
        {
            "model": "m",
            "instructions": "Be brief.",
            "input": [
                {"role": "user", "content": [{"type": "input_text", "text": "q"}]},
                {"type": "function_call", "name": "f", "arguments": "{}"},
                {"type": "function_call_output", "output": "done"},
            ],
            "tools": [{"type": "web_search"}, {"type": "function", "name": "f"}],
            "tool_choice": {"type": "function", "name": "f"},
        }
    )
    assert conversation.turns == (
        Turn("system", "Be brief."),
        Turn("user", "q"),
        Turn("tool", "done"),
    )
    assert conversation.tools == (Tool("f"),)
    assert conversation.tool_choice == "f"
    assert conversation.tool_results == ("done",)
    named = parse_responses({"model": "m", "input": "q", "tool_choice": "required"})
    assert named.tool_choice == "required"
    odd_choice = parse_responses({"model": "m", "input": "q", "tool_choice": {"type": "x"}})
    assert odd_choice.tool_choice == "auto"


@pytest.mark.parametrize(
    ("parse", "request_", "param"),
    [
        (parse_chat, {"messages": [{"role": "user"}]}, "model"),
        (parse_chat, {"model": "m"}, "messages"),
        (parse_chat, {"model": "m", "messages": {}}, "messages"),
        (parse_chat, {"model": "m", "messages": [1]}, "messages"),
        (parse_chat, {"model": "m", "messages": [{"role": "user"}], "tools": [{}]}, "tools"),
        (parse_chat, {"model": "m", "messages": [{"role": "user"}], "n": 9}, "n"),
        (
            parse_chat,
            {"model": "m", "messages": [{"role": "u"}], "max_tokens": True},
            "max_tokens",
        ),
        (parse_responses, {"model": "m", "input": []}, "input"),
        (parse_responses, {"model": "m", "input": ["a"]}, "input"),
        (parse_responses, {"model": "m", "input": [{"type": "odd"}], "tools": 1}, "tools"),
        (parse_completion, {"model": "m"}, "prompt"),
    ],
)
def test_wrong_requests_are_told_what_is_wrong(
    parse: object, request_: object, param: str
) -> None:
    with pytest.raises(BadRequestError) as caught:
        parse(request_)  # type: ignore[operator]
    assert caught.value.param == param


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_only_json_objects_are_requests(body: bytes) -> None:
    with pytest.raises(BadRequestError):
        parse_object(body)
