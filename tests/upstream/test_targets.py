from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.errors import BadRequestError, ClientError, NotFoundError
from m2m_trio.upstream.targets import ENDPOINTS, endpoint_of, parse_target, route_of

AZURE = "https://name.openai.azure.com/openai/deployments/D?api-version=1"

raw_paths = st.lists(
    st.sampled_from(
        [b"/", b"v1", b"chat", b"models", b".", b"%2e", b"%2E", b"%2f", b"a", b"%C3"]
    )
).map(lambda parts: b"/" + b"".join(parts))
queries = st.text("ab=&%2E+", max_size=12).map(str.encode)


def resolve(url: str, path: bytes, query: bytes = b"", *, passthrough: bool = True) -> bytes:
    return parse_target(url, "").resolve(path, query, passthrough=passthrough)


@pytest.mark.parametrize(
    ("url", "path", "query", "expected"),
    [
        ("http://h/v1", b"/v1/chat/completions", b"", b"/v1/chat/completions"),
        ("http://h/v1", b"/chat/completions", b"", b"/v1/chat/completions"),
        ("http://h/v1/", b"/v1/models/a%2Fb", b"x=%7E", b"/v1/models/a%2Fb?x=%7E"),
        ("http://h", b"/v1/embeddings", b"", b"/embeddings"),
        ("http://h/api/v3", b"/v1/files/f/content", b"", b"/api/v3/files/f/content"),
        ("http://h/v1", b"/tokenize", b"", b"/v1/tokenize"),
        ("http://h/v1", b"/api/tags", b"a=1", b"/api/tags?a=1"),
        ("http://h/v1?k=1", b"/api/tags", b"", b"/api/tags"),
        ("http://h/base", b"/v1/unknown", b"", b"/v1/unknown"),
        ("http://h/base", b"/v1", b"", b"/v1"),
        ("http://h/base", b"/v1//chat", b"", b"/v1//chat"),
        ("http://h/base", b"/chatter", b"", b"/chatter"),
        ("http://h/base", b"/", b"", b"/"),
        (
            AZURE,
            b"/v1/chat/completions",
            b"",
            b"/openai/deployments/D/chat/completions?api-version=1",
        ),
        (AZURE, b"/embeddings", b"a=1", b"/openai/deployments/D/embeddings?a=1&api-version=1"),
        (AZURE, b"/v1/models", b"api-version=x", b"/openai/deployments/D/models?api-version=x"),
        (
            AZURE,
            b"/v1/models",
            b"api%2Dversion=x",
            b"/openai/deployments/D/models?api%2Dversion=x",
        ),
        (AZURE, b"/openai/models", b"b", b"/openai/models?b"),
        ("http://h/v1?a=1&&b=2", b"/v1/audio/speech", b"b", b"/v1/audio/speech?b&a=1"),
    ],
)
def test_paths_map_onto_the_base_url(
    url: str, path: bytes, query: bytes, expected: bytes
) -> None:
    assert resolve(url, path, query) == expected


@pytest.mark.parametrize(
    "path",
    [
        b"/v1/chat/../admin", b"/..", b"/.", b"/v1/./models", b"/v1/models/%2e%2E", b"/.%2e/x",
        b"/v1/files/..%2fx", b"/v1/files/x%5c..", b"/v1/files\\..\\x", b"/v1/files/..;/x",
        b"", b"v1/models", b"*", b"http://h/", b"/v1/models?x", b"/a b", b"/a\r\nx: y", b"/a#b",
        b"/a\x7f", b"/a\0",
    ],
)  # fmt: skip
def test_paths_that_no_upstream_should_see_are_refused(path: bytes) -> None:
    with pytest.raises(BadRequestError):
        resolve("http://h/v1", path)


@pytest.mark.parametrize(
    "path", [b"/v1/models/...", b"/v1/models/gpt-4.1", b"/.well-known/x", b"/a..b"]
)
def test_dots_in_names_are_no_dot_segments(path: bytes) -> None:
    assert resolve("http://h/v1", path) == path


@pytest.mark.parametrize("query", [b"a b", b"a\nb", b"a#b", b"a\0"])
def test_a_query_with_impossible_bytes_is_refused(query: bytes) -> None:
    with pytest.raises(BadRequestError):
        resolve("http://h/v1", b"/v1/models", query)


def test_without_passthrough_only_known_endpoints_exist() -> None:
    assert resolve("http://h/v1", b"/rerank", passthrough=False) == b"/v1/rerank"
    assert resolve("http://h/v1", b"/models", passthrough=False) == b"/v1/models"
    with pytest.raises(NotFoundError):
        resolve("http://h/v1", b"/api/tags", passthrough=False)


@given(
    path=raw_paths,
    query=queries,
    base=st.sampled_from(["http://h/v1", "http://h/b/c?k=v", "http://h"]),
)
def test_what_is_sent_is_what_came_byte_for_byte(path: bytes, query: bytes, base: str) -> None:
    target = parse_target(base, "")
    try:
        sent = target.resolve(path, query, passthrough=True)
    except ClientError:
        assert b"." in path or b"%2e" in path.lower()
        return
    sent_path, mark, sent_query = sent.partition(b"?")
    below = endpoint_of(path)
    assert sent_path == (target.path + below if below else path)
    assert path.endswith(below)
    if query:
        assert mark
        assert sent_query == query or sent_query.startswith(query + b"&")
    assert b".." not in sent_path.split(b"/")


@given(
    endpoint=st.sampled_from(sorted(ENDPOINTS)),
    rest=st.sampled_from([b"", b"/", b"/a%2Fb", b"/%E2%82%AC/x"]),
)
def test_endpoints_are_the_same_with_and_without_v1(endpoint: bytes, rest: bytes) -> None:
    path = b"/" + endpoint + rest
    target = parse_target("http://h/base", "")
    with_v1 = target.resolve(b"/v1" + path, b"", passthrough=False)
    assert with_v1 == target.resolve(path, b"", passthrough=False) == b"/base" + path


@given(path=st.binary(max_size=30))
def test_any_path_resolves_or_is_refused_as_documented(path: bytes) -> None:
    route_of(path)
    try:
        sent = parse_target("http://h/v1", "").resolve(path, b"", passthrough=True)
    except BadRequestError:
        return
    assert not set(sent) & set(b" \r\n\0")


@pytest.mark.parametrize(
    ("path", "route"),
    [
        (b"/v1/chat/completions", "chat"),
        (b"/chat/completions", "chat"),
        (b"/v1/chat/x", "chat"),
        (b"/v1/completions", "completions"),
        (b"/v1/embeddings", "embeddings"),
        (b"/v1/responses/resp_1", "responses"),
        (b"/models", "models"),
        (b"/v1/messages", "messages"),
        (b"/v1/audio/speech", "other"),
        (b"/api/chat", "other"),
        (b"", "other"),
        (b"/", "other"),
    ],
)
def test_routes_are_counted_by_their_first_segment(path: bytes, route: str) -> None:
    assert route_of(path) == route


@pytest.mark.parametrize(
    ("url", "name", "host", "port", "authority"),
    [
        (
            "http://localhost:11434/v1",
            "http://localhost:11434",
            "localhost",
            11434,
            b"localhost:11434",
        ),
        (
            "https://api.openai.com/v1",
            "https://api.openai.com",
            "api.openai.com",
            443,
            b"api.openai.com",
        ),
        ("https://h:443", "https://h", "h", 443, b"h"),
        ("http://h:443", "http://h:443", "h", 443, b"h:443"),
        ("http://[::1]:8000/v1", "http://[::1]:8000", "::1", 8000, b"[::1]:8000"),
        ("http://[::1]/v1", "http://[::1]", "::1", 80, b"[::1]"),
    ],
)
def test_base_urls_are_read(
    url: str, name: str, host: str, port: int, authority: bytes
) -> None:
    target = parse_target(url, "")
    assert (target.name, target.host, target.port, target.authority) == (
        name,
        host,
        port,
        authority,
    )
    assert target.credential is None


def test_the_key_goes_where_the_provider_looks_for_it_and_nowhere_else() -> None:
    bearer = parse_target("https://api.openai.com/v1", "sk-1")
    assert bearer.credential == (b"authorization", b"Bearer sk-1")
    assert parse_target(AZURE, "sk-1").credential == (b"api-key", b"sk-1")
    assert "sk-1" not in repr(bearer)
    lookalike = parse_target("https://notazure.com.example/v1", "k").credential
    assert lookalike == (b"authorization", b"Bearer k")
