"""Who may speak to the node: decided on raw fields, by keys, Host and Origin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m2m_trio.errors import AuthenticationError, HostNotAllowedError, OriginNotAllowedError
from m2m_trio.proxy.access import CREDENTIALS, KNOWN_HOSTS, OPEN_PATHS, Access, host_name
from m2m_trio.wire.fields import Fields

KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60)
PATH = "/v1/models"


def bearer(key: str) -> Fields:
    return [(b"host", b"localhost"), (b"authorization", b"Bearer " + key.encode())]


@given(
    keys=st.lists(KEYS, min_size=1, max_size=5),
    other=KEYS,
    field=st.sampled_from([*CREDENTIALS]),
)
def test_exactly_the_keys_let_in(keys: list[str], other: str, field: bytes) -> None:
    access = Access(client_keys=keys)
    for key in [*keys, other]:
        refusal = access.check(PATH, [(field, key.encode())])
        assert (refusal is None) == (key in keys)


@given(key=KEYS, cut=st.integers(1, 60))
def test_part_of_a_key_is_no_key(key: str, cut: int) -> None:
    access = Access(client_keys=[key])
    for shown in (key[:-cut], key[cut:], key + "x"):
        if shown not in (key, ""):
            assert isinstance(access.check(PATH, bearer(shown)), AuthenticationError)


def test_key_may_stand_in_any_of_several_fields() -> None:
    access = Access(client_keys=["right"])
    fields = [(b"authorization", b"Bearer sk-upstream"), (b"x-api-key", b"right")]
    assert access.check(PATH, fields) is None


def test_key_is_asked_for_but_on_open_paths_and_preflights() -> None:
    access = Access(client_keys=["key"])
    assert access.needs_key
    for path in OPEN_PATHS:
        assert access.check(path, []) is None
    assert access.check(PATH, [], ask_key=False) is None
    assert isinstance(access.check("/stats", []), AuthenticationError)
    assert isinstance(access.check("/health/", []), AuthenticationError)


def test_nobody_is_asked_without_keys() -> None:
    access = Access()
    assert not access.needs_key
    assert access.check(PATH, []) is None


@given(key=KEYS)
def test_refusal_shows_no_key(key: str) -> None:
    access = Access(client_keys=["K" * 30])
    refusal = access.check(PATH, bearer(f"{key}-shown"))
    assert refusal is not None
    assert f"{key}-shown" not in refusal.message
    assert "K" * 30 not in refusal.message


@pytest.mark.parametrize(
    "host",
    [b"localhost", b"localhost:8080", b"LocalHost.", b"app.localhost", b"127.0.0.1",
     b"127.9.9.9:1", b"[::1]", b"[::1]:8080"],
)  # fmt: skip
def test_loopback_names_are_answered(host: bytes) -> None:
    access = Access()
    for _ in range(2):  # the second time it is known
        assert access.check(PATH, [(b"host", host)]) is None


@pytest.mark.parametrize(
    "host",
    [b"", b"evil.example", b"localhost.evil.example", b"127.0.0.1.nip.io:8080", b"0.0.0.0",
     b"[::2]:80", b"::1", b"10.0.0.1", b"\xff\xfe", b"localhost@evil.example", b"x" * 10_000],
)  # fmt: skip
def test_other_names_are_refused(host: bytes) -> None:
    refusal = Access().check(PATH, [(b"host", host)])
    assert isinstance(refusal, HostNotAllowedError)
    assert len(refusal.message) < 1000


def test_named_hosts_are_answered_in_any_case() -> None:
    access = Access(allowed_hosts=["Node.Example"])
    for host in (b"node.example", b"NODE.example:443", b"localhost"):
        assert access.check(PATH, [(b"host", host)]) is None
    assert access.check(PATH, [(b"host", b"other.example")]) is not None


@pytest.mark.parametrize(
    "access", [Access(allowed_hosts=["*"]), Access(loopback=False)], ids=["star", "open bind"]
)
def test_every_host_is_answered_where_that_is_meant(access: Access) -> None:
    assert access.check(PATH, [(b"host", b"whatever.example")]) is None


def test_named_hosts_bind_an_open_node_too() -> None:
    access = Access(loopback=False, allowed_hosts=["node.example"])
    assert access.check(PATH, [(b"host", b"node.example")]) is None
    assert isinstance(access.check(PATH, [(b"host", b"x.example")]), HostNotAllowedError)


def test_memory_of_hosts_is_bounded() -> None:
    access = Access()
    for port in range(1, 2 * KNOWN_HOSTS):
        assert access.check(PATH, [(b"host", b"localhost:%d" % port)]) is None
    assert len(access._known_hosts) == KNOWN_HOSTS


def test_request_without_host_passes() -> None:
    assert Access().check(PATH, []) is None  # HTTP/1.0: no browser sends that


@pytest.mark.parametrize(
    ("origin", "host", "passes"),
    [
        (b"http://localhost:8080", b"localhost:8080", True),
        (b"HTTP://LOCALHOST:8080", b"localhost:8080", True),
        (b"http://localhost:3000", b"localhost:8080", False),
        (b"https://evil.example", b"localhost", False),
        (b"null", b"localhost", False),
        (b"", b"localhost", False),
        (b"localhost", b"localhost", False),
    ],
)
def test_pages_of_the_node_alone_pass(origin: bytes, host: bytes, passes: bool) -> None:
    refusal = Access().check(PATH, [(b"host", host), (b"origin", origin)])
    assert (refusal is None) == passes
    assert passes or isinstance(refusal, OriginNotAllowedError)


@pytest.mark.parametrize("origin", [b"null", b"", b"http://", b"evil"])
def test_empty_host_is_no_pages_own(origin: bytes) -> None:
    access = Access(loopback=False)
    assert access.check(PATH, [(b"host", b""), (b"origin", origin)]) is not None
    assert access.check(PATH, [(b"origin", origin)]) is not None


def test_named_origins_pass_and_are_shared_with() -> None:
    access = Access(cors_origins=["https://App.example"])
    assert access.has_cors
    assert access.allows_cors(b"https://app.EXAMPLE")
    assert not access.allows_cors(b"https://app.example.evil")
    fields = [(b"host", b"localhost"), (b"origin", b"https://app.example")]
    assert access.check(PATH, fields) is None
    assert not Access().has_cors


def test_any_origin_is_a_choice() -> None:
    access = Access(cors_origins=["*"])
    assert access.check(PATH, [(b"host", b"localhost"), (b"origin", b"null")]) is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("a.b:80", "a.b"),
        ("a.b", "a.b"),
        ("[::1]:80", "::1"),
        ("[::1]", "::1"),
        ("[::1", "::1"),
        ("", ""),
    ],
)
def test_host_name(value: str, name: str) -> None:
    assert host_name(value) == name


@given(st.lists(st.tuples(st.sampled_from([b"host", b"origin", *CREDENTIALS]), st.binary())))
def test_no_fields_break_it(fields: Fields) -> None:
    for access in (Access(), Access(client_keys=["k"], loopback=False, cors_origins=["x"])):
        access.check(PATH, fields)
