"""Tools as OpenAI's models read them: a namespace of TypeScript types.

Found by fitting recorded usage; nothing of it is published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from m2m_trio.tokens.conversation import Tool

HEAD = "# Tools\n\n## functions\n\n"
DEEPEST = 12
"""Objects within objects that are followed: schemas may refer to themselves."""

SIMPLE = {
    "integer": "number",
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "null": "null",
}


def functions_text(tools: Sequence[Tool]) -> str:
    """The text that tells a model which functions there are."""
    return HEAD + "\n".join(_namespace(tools))


def _namespace(tools: Sequence[Tool]) -> Iterator[str]:
    yield "namespace functions {\n"
    for tool in tools:
        if tool.description:
            yield from _comment(tool.description)
        if _properties(tool.parameters):
            shape = _object(tool.parameters, 0, tool.parameters)
            yield f"type {tool.name} = (_: {shape}) => any;\n"
        else:
            yield f"type {tool.name} = () => any;\n"
    yield "} // namespace functions"


def _comment(text: str) -> list[str]:
    return [f"// {line.strip()}".rstrip() for line in text.strip().split("\n")]


def _properties(schema: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    properties = schema.get("properties")
    if not isinstance(properties, Mapping):
        return {}
    return {name: each for name, each in properties.items() if isinstance(each, Mapping)}


def _object(schema: Mapping[str, Any], indent: int, root: Mapping[str, Any]) -> str:
    """An object's type: on one line, unless a property has something to say."""
    properties = _properties(schema)
    if not properties:
        return "object"
    required = schema.get("required")
    required = required if isinstance(required, list) else []
    lines: list[str] = []
    fields: list[str] = []
    spoken = False
    for name, each in properties.items():
        comments = _comments(each)
        mark = "" if name in required else "?"
        line = f"{name}{mark}: {_type(each, indent, root)},"
        if "default" in each:
            line += f" // default: {json.dumps(each['default'], ensure_ascii=False)}"
        spoken = spoken or bool(comments) or "default" in each
        fields.append(line)
        lines += [*comments, line]
    if spoken:
        inside = "\n".join(" " * indent + line for line in lines)
        shape = "{\n" + inside + "\n" + " " * max(0, indent - 2) + "}"
    else:
        shape = "{ " + " ".join(fields)[:-1] + " }"
    title = schema.get("title")
    return f"// {title}\n{shape}" if title else shape


def _comments(schema: Mapping[str, Any]) -> list[str]:
    comments, text = [], schema.get("description")
    if schema.get("title"):
        comments.append(f"// {schema['title']}")
        comments += ["//"] if text else []
    return comments + (_comment(text) if isinstance(text, str) and text else [])


def _type(schema: Any, indent: int, root: Mapping[str, Any]) -> str:
    if not isinstance(schema, Mapping) or indent > 2 * DEEPEST:
        return "any"
    if "$ref" in schema:
        return _type(_resolve(schema["$ref"], root), indent + 1, root)
    for key in ("anyOf", "oneOf"):
        if isinstance(schema.get(key), list):
            return " | ".join(_type(each, indent, root) for each in schema[key])
    only = schema.get("allOf")
    if isinstance(only, list) and len(only) == 1:
        return _type(only[0], indent, root)
    return _plain_type(schema, indent, root)


def _plain_type(schema: Mapping[str, Any], indent: int, root: Mapping[str, Any]) -> str:
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, indent + 2, root)
    if isinstance(kind, list):
        return " | ".join(_type({**schema, "type": each}, indent, root) for each in kind)
    if isinstance(schema.get("enum"), list):
        return " | ".join(json.dumps(each, ensure_ascii=False) for each in schema["enum"])
    if kind == "array":
        return (_type(schema["items"], indent, root) if schema.get("items") else "any") + "[]"
    return SIMPLE.get(kind, "any") if isinstance(kind, str) else "any"


def _resolve(reference: Any, root: Mapping[str, Any]) -> Any:
    """What a local JSON pointer (RFC 6901) of a schema points to, or None."""
    found: Any = root
    for part in str(reference).lstrip("#/").split("/"):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found
