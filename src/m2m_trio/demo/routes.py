"""What the demo upstream answers to one request. Pure: ids and times are arguments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from attrs import field, frozen

from m2m_trio.demo.answer import Answer, make_answer
from m2m_trio.demo.behaviour import (
    MODELS,
    Behaviour,
    error_body,
    error_fields,
    parse_behaviour,
)
from m2m_trio.demo.chat import (
    chat_completion,
    chat_events,
    completion,
    completion_events,
    format_json,
)
from m2m_trio.demo.conversation import (
    Conversation,
    Json,
    is_object,
    parse_chat,
    parse_completion,
    parse_object,
    parse_responses,
)
from m2m_trio.demo.embeddings import embeddings
from m2m_trio.demo.responses import response, response_events
from m2m_trio.errors import (
    BadRequestError,
    M2MError,
    MethodNotAllowedError,
    NotFoundError,
    UnsupportedCodingError,
)

MODELS_CREATED = 1_750_000_000  # what /v1/models says of every model

_PREFIX = re.compile(r"/v1|/openai/v1|/openai/deployments/[^/]+")


@frozen(kw_only=True)
class DemoRequest:
    """One request, read to its end."""

    method: str
    path: str
    coded: bool = False
    """Whether a content coding is on the body."""

    body: bytes = b""
    key: str
    """Makes the ids of the reply."""

    created: int
    """Unix time of the reply, in seconds."""


@frozen(kw_only=True)
class DemoReply:
    """One reply: whole, or as the events of a stream."""

    status: int = 200
    body: bytes = b""
    events: Iterator[bytes] | None = None
    fields: list[tuple[bytes, bytes]] = field(factory=list)
    behaviour: Behaviour = field(factory=Behaviour)


def make_reply(request: DemoRequest) -> DemoReply:
    """The reply to ``request``; an error is a reply too, in OpenAI's shape."""
    try:
        return _dispatch(request)
    except M2MError as error:
        return DemoReply(status=error.status, body=error.body())


def _dispatch(request: DemoRequest) -> DemoReply:
    prefix = _PREFIX.match(request.path)
    endpoint = request.path[prefix.end() :] if prefix else ""
    if endpoint == "/models" or endpoint.startswith("/models/"):
        _check_method(request, "GET")
        return _models(endpoint.removeprefix("/models").removeprefix("/"))
    maker = _ENDPOINTS.get(endpoint)
    if maker is None:
        raise NotFoundError(f"there is no {request.path}")
    _check_method(request, "POST")
    if request.coded:
        raise UnsupportedCodingError("this upstream reads plain bodies only")
    body = parse_object(request.body)
    model = body.get("model")
    if not isinstance(model, str) or not model:
        raise BadRequestError("'model' is missing or not a text", param="model")
    behaviour = parse_behaviour(model)
    if (status := behaviour.error) is not None:
        return DemoReply(
            status=status, body=format_json(error_body(status)), fields=error_fields(status)
        )
    made = maker(body, model, request)
    if isinstance(made, Iterator):
        return DemoReply(events=made, behaviour=behaviour)
    return DemoReply(body=format_json(made), behaviour=behaviour)


def _check_method(request: DemoRequest, method: str) -> None:
    if request.method != method:
        raise MethodNotAllowedError(f"{request.path} takes {method}, not {request.method}")


_Made = Mapping[str, Json] | Iterator[bytes]
_Maker = Callable[[Mapping[str, Json], str, DemoRequest], _Made]


def _chat(body: Mapping[str, Json], model: str, request: DemoRequest) -> _Made:
    answers = _answers(parse_chat(body))
    ids = {"model": model, "key": request.key}
    if not body.get("stream"):
        return chat_completion(answers, **ids, created=request.created)
    wanted = _wants_usage(body)
    return chat_events(answers, **ids, created=request.created, include_usage=wanted)


def _completion(body: Mapping[str, Json], model: str, request: DemoRequest) -> _Made:
    answers = _answers(parse_completion(body))
    ids = {"model": model, "key": request.key}
    if not body.get("stream"):
        return completion(answers, **ids, created=request.created)
    wanted = _wants_usage(body)
    return completion_events(answers, **ids, created=request.created, include_usage=wanted)


def _response(body: Mapping[str, Json], model: str, request: DemoRequest) -> _Made:
    answer = make_answer(parse_responses(body))
    make = response_events if body.get("stream") else response
    return make(answer, model=model, key=request.key, created=request.created)


def _embeddings(body: Mapping[str, Json], _model: str, _request: DemoRequest) -> _Made:
    return embeddings(body)


_ENDPOINTS: Mapping[str, _Maker] = {
    "/chat/completions": _chat,
    "/completions": _completion,
    "/embeddings": _embeddings,
    "/responses": _response,
}


def _answers(conversation: Conversation) -> list[Answer]:
    return [make_answer(conversation, choice=n) for n in range(conversation.choices)]


def _wants_usage(body: Mapping[str, Json]) -> bool:
    options = body.get("stream_options")
    return is_object(options) and options.get("include_usage") is True


def _models(name: str) -> DemoReply:
    if not name:
        listed: list[Json] = [_model(known) for known in MODELS]
        return DemoReply(body=format_json({"object": "list", "data": listed}))
    if name not in MODELS:
        raise NotFoundError(f"the model {name!r} does not exist", param="model")
    return DemoReply(body=format_json(_model(name)))


def _model(name: str) -> dict[str, Json]:
    return {
        "id": name,
        "object": "model",
        "created": MODELS_CREATED,
        "owned_by": "m2m-trio-demo",
    }
