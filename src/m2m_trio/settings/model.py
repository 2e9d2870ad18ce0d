"""What an operator may choose: frozen values, each with its unit, checked when built.

A class here is a TOML table: ``Settings`` is ``[proxy]``, its fields that are classes
are ``[proxy.limits]`` and so on. `m2m_trio.settings.load` fills them; classes elsewhere
take the values they need, not these objects. Sizes are bytes, durations are seconds.
"""

from __future__ import annotations

from attrs import field, frozen
from attrs.validators import and_, deep_iterable, ge, gt, le

from m2m_trio.settings.address import Address, parse_address
from m2m_trio.settings.checks import (
    is_key,
    is_key_or_empty,
    is_pair,
    is_sha256_start,
    is_store_or_empty,
    one_of,
)
from m2m_trio.settings.urls import check_upstream_url

KIB = 1024
MIB = 1024 * KIB

SECRET = "secret"  # noqa: S105  (a metadata key, no password)
"""Metadata key of fields whose value is masked wherever settings are shown."""

ENGINES = ("fast", "hypercorn")
TRANSPORTS = ("tcp", "quic", "both")
CONGESTION_CONTROLS = ("cubic", "reno", "bbr")
LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("auto", "console", "json")
SCAN_REPLIES = ("off", "monitor", "block")
ON_ERROR = ("closed", "open")
PADDING = ("auto", "always", "never")

PATH = "path"
"""Metadata key of fields that name a file: ``~`` is the home directory, and a relative
path in a settings file starts at that file's directory."""


PAIRS = "pairs"
"""Metadata key of lists of ``name=value`` that may be a table in the file."""


@frozen(kw_only=True)
class CompressionSettings:
    """``[proxy.compression]``: what may be coded on a hop whose far side can read it.

    Both are on, and a lone node still codes nothing: a provider cannot read it, and there
    is no hop to another node (``[proxy.hop]``).
    """

    requests: bool = True
    """Whether request bodies may be coded."""

    responses: bool = True
    """Whether response bodies may be coded."""


@frozen(kw_only=True)
class SecuritySettings:
    """``[proxy.security]``: the scan of requests. Needs the extra ``scan``."""

    enabled: bool = False
    """Whether requests are scanned."""

    blocking: bool = True
    """Whether a request over the threshold is refused; else it is only reported."""

    threshold: float = field(default=0.8, validator=and_(ge(0.0), le(1.0)))
    """Score from which a request is refused, 0 to 1; 0 reports and never refuses."""

    on_error: str = field(default="closed", validator=one_of(ON_ERROR))
    """Where requests can be refused: whether one that could not be scanned is refused with
    503 (``closed``) or let through (``open``)."""

    timeout: float = field(default=2.0, validator=gt(0))
    """Seconds for the scan of a body over 16 KB, which is done in a thread."""

    replies: str = field(default="monitor", validator=one_of(SCAN_REPLIES))
    """Whether streamed replies are watched for pictures that carry data away and for terminal
    controls: ``off``, ``monitor`` or ``block``, which ends such a reply before they are out."""

    verbose: bool = False
    """Whether a refused client is told score and rules; only on loopback."""

    rules: str = field(default="", metadata={PATH: True})
    """TOML file with rules of your own; empty for none."""

    model: str = field(default="", metadata={PATH: True})
    """File of a model of your own, which may raise what the rules found weak; empty for the
    project's. An empty file is a model that says nothing."""

    memo_messages: int = field(default=32_768, validator=ge(0))
    """Messages whose verdict is remembered, per worker."""


@frozen(kw_only=True)
class LimitSettings:
    """``[proxy.limits]``: how much of anything is held at once."""

    header_bytes: int = field(default=64 * KIB, validator=ge(1024))
    """Bytes of a request's or reply's header block; a request over it gets 431."""

    header_fields: int = field(default=100, validator=ge(8))
    """Fields in a request's header block; over it: 431."""

    target_bytes: int = field(default=16 * KIB, validator=ge(256))
    """Bytes of a request target (path and query); over it: 414."""

    body_bytes: int = field(default=64 * MIB, validator=ge(0))
    """Bytes of a request body; over it: 413, while it is still coming in."""

    buffered_bytes: int = field(default=1024 * MIB, validator=ge(MIB))
    """Bytes of all request bodies held at once, per worker; over it: 429."""

    connections: int = field(default=10_000, validator=ge(1))
    """Open client connections per worker; over it, new ones wait to be accepted."""

    exchanges: int = field(default=10_000, validator=ge(1))
    """Exchanges under way per worker; over it: 429."""


@frozen(kw_only=True)
class TimeoutSettings:
    """``[proxy.timeouts]``: how long a client may take, in seconds."""

    handshake: float = field(default=10.0, validator=gt(0))
    """For the TLS handshake."""

    header: float = field(default=15.0, validator=gt(0))
    """From a request's first byte to the end of its header block."""

    body: float = field(default=30.0, validator=gt(0))
    """Between two reads of a request body; over it: 408."""

    idle: float = field(default=75.0, validator=gt(0))
    """Between two requests on one connection."""

    send: float = field(default=30.0, validator=gt(0))
    """For a client to take what was written to it; over it, the connection is cut."""

    drain: float = field(default=600.0, validator=ge(0))
    """For exchanges under way to end after SIGTERM."""


@frozen(kw_only=True)
class PoolSettings:
    """``[proxy.pool]``: connections to the upstream, per worker."""

    connections: int = field(default=1000, validator=ge(1))
    """Open connections to the upstream at once."""

    wait: float = field(default=5.0, validator=ge(0))
    """Seconds an exchange waits for a free connection before it is shed with 429."""

    keepalive: float = field(default=4.0, validator=ge(0))
    """Seconds an unused connection is kept; many upstreams close at 5."""

    connect: float = field(default=10.0, validator=gt(0))
    """Seconds for name resolution, TCP and TLS handshakes together; over it: 504."""

    head: float = field(default=600.0, validator=gt(0))
    """Seconds from the request sent to the reply's header block; over it: 504."""

    idle: float = field(default=600.0, validator=gt(0))
    """Seconds of silence inside a reply's body; over it the reply is cut."""

    total: float = field(default=0.0, validator=ge(0))
    """Seconds for a whole exchange with the upstream; 0 is no limit."""


@frozen(kw_only=True)
class StreamSettings:
    """``[proxy.stream]``: how a streamed reply (SSE) travels to the client."""

    queue: int = field(default=16, validator=ge(1))
    """Lists of events waiting between two stages; when full, upstream is not read."""

    event_bytes: int = field(default=16 * MIB, validator=ge(KIB))
    """Bytes of one event; a longer one breaks the stream."""

    heartbeat: float = field(default=0.0, validator=ge(0))
    """Seconds of upstream silence before an SSE comment keeps the line open; 0 is off."""

    error_event: bool = True
    """Whether a stream that breaks gets a last ``data: {"error": …}`` event before the cut."""


@frozen(kw_only=True)
class HopSettings:
    """``[proxy.hop]``: coding between this node and another one, before or behind it.

    With a plain client and a plain provider there is no hop, and all of this is idle.
    """

    edge: bool = True
    """Whether the upstream is asked, in ``Accept-Encoding``, if it is a node."""

    gateway: bool = True
    """Whether other nodes that send requests here are answered as such."""

    pass_coded: bool = False
    """Whether request bodies that clients sent with a ``Content-Encoding`` go on as they came,
    to an upstream that can read them; else ``gzip``, ``deflate``, ``br`` and ``zstd`` are
    decoded here."""

    plain_replies: bool = False
    """Whether a gateway asks its provider for replies without a coding of its own, where the
    edge before it reads ours: they cross in half the bytes of gzip, and the application gets
    them plain, whatever its ``Accept-Encoding``."""

    hello: bool = False
    """Whether the upstream is asked by ``GET /m2m/hello`` before the first request, so that
    this one is coded already."""

    sessions: bool = True
    """Whether requests are coded against the exchanges before them."""

    without_sessions: tuple[str, ...] = field(
        default=(), converter=tuple, validator=deep_iterable(is_sha256_start)
    )
    """Clients whose exchanges are never remembered: 16 hex digits or more of their key's
    SHA-256."""

    by_user: bool = False
    """Whether clients with one key are told apart by OpenAI's ``safety_identifier`` or
    ``user`` in the request, as an application for many users needs it."""

    tenant_bytes: int = field(default=32 * MIB, validator=ge(0))
    """Bytes of exchanges remembered for one client."""

    total_bytes: int = field(default=256 * MIB, validator=ge(0))
    """Bytes of exchanges remembered for all clients, over all workers."""

    base_bytes: int = field(default=4 * MIB, validator=ge(0))
    """Bytes of the longest exchange that is remembered."""

    lasting: float = field(default=3600.0, validator=gt(0))
    """Seconds after its last use that an exchange is remembered."""

    tick: float = field(default=-1.0, validator=ge(-1))
    """Seconds between two writes of a coded stream at least, so that events travel together;
    -1 is 0 on loopback and 0.01 elsewhere."""

    padding: str = field(default="auto", validator=one_of(PADDING))
    """``always``, ``never`` or ``auto``, not on loopback: whether lengths are rounded up, so
    that they tell less about the text."""

    insecure: bool = False
    """Whether there may be a hop off loopback without TLS; for a gateway behind a balancer
    that speaks TLS to the edge."""

    secret: str = field(
        default="", repr=False, validator=is_key_or_empty, metadata={SECRET: True}
    )
    """What both nodes know, so that a gateway takes nobody else for a node; empty for none."""

    store: str = field(
        default="", repr=False, validator=is_store_or_empty, metadata={SECRET: True}
    )
    """``redis://…`` of a Redis or Valkey through which gateways behind one balancer share
    what they remember; empty for none. Needs the extra ``redis``."""


@frozen(kw_only=True)
class LogSettings:
    """``[proxy.log]``: what is written to standard error."""

    level: str = field(default="info", validator=one_of(LOG_LEVELS))
    """``debug``, ``info``, ``warning`` or ``error``."""

    format: str = field(default="auto", validator=one_of(LOG_FORMATS))
    """``console``, ``json``, or ``auto``: console on a terminal, else JSON."""

    access: bool = False
    """Whether every exchange gets a line, not only those that failed."""


@frozen(kw_only=True)
class TokenSettings:
    """``[proxy.tokens]``, or ``[tokens]``: counting the tokens that replies do not tell."""

    count: bool = True
    """Whether requests and replies without ``usage`` are counted here, after the reply."""

    process: bool = True
    """Whether that is done in a process of its own, one for each worker that has something to
    count; else in a thread, where a vocabulary that loads stops the worker for 0.1 s."""

    include_usage: bool = False
    """Whether streams are asked for ``usage``; who did not ask does not see it."""

    request_bytes: int = field(default=512 * KIB, validator=ge(0))
    """Bytes of a request that is kept until its reply ends, to be counted if that does not
    tell; of a longer one the size is, as an estimate."""

    answer_bytes: int = field(default=64 * KIB, validator=ge(0))
    """Bytes of a streamed reply's text kept to count; of more the size is, as an estimate."""

    models: tuple[str, ...] = field(
        default=(), converter=tuple, validator=deep_iterable(is_pair), metadata={PAIRS: True}
    )
    """What deployments really are: ``deployment=model``, or a table of them."""

    files: tuple[str, ...] = field(
        default=(), converter=tuple, validator=deep_iterable(is_pair), metadata={PAIRS: True}
    )
    """Vocabularies: ``family=/path/tokenizer.json``, or ranks and how they are cut, as
    ``llama4=/path/tokenizer.model#o200k``; or a table of them."""


@frozen(kw_only=True)
class Settings:
    """``[proxy]``: a node."""

    listen: Address = field(
        default=Address(host="127.0.0.1", port=8080), converter=parse_address
    )
    """Address and port to listen on, ``host:port``; port 0 takes a free one."""

    upstream: str = field(
        default="http://localhost:11434/v1",
        validator=lambda _instance, _attribute, value: check_upstream_url(value),
    )
    """Base URL of the upstream, with its path and query; ``demo:`` is the built-in one."""

    api_key: str = field(
        default="", repr=False, validator=is_key_or_empty, metadata={SECRET: True}
    )
    """Key sent to the upstream where the client sent none; empty for none."""

    client_keys: tuple[str, ...] = field(
        default=(),
        converter=tuple,
        validator=deep_iterable(is_key),
        repr=False,
        metadata={SECRET: True},
    )
    """Keys a client must show one of; none lets everybody in."""

    client_keys_file: str = field(default="", metadata={PATH: True})
    """File with more client keys, one a line, ``#`` for comments; empty for none."""

    allowed_hosts: tuple[str, ...] = field(default=(), converter=tuple)
    """Host names (no port) to answer to besides loopback names; ``*`` for any."""

    cors_origins: tuple[str, ...] = field(default=(), converter=tuple)
    """Origins whose pages may call this node, as ``https://app.example``; ``*`` for any."""

    passthrough: bool = True
    """Whether paths that are neither ours nor known go to the upstream's origin; else 404."""

    server_timing: bool = False
    """Whether replies carry a ``Server-Timing`` field."""

    transport: str = field(default="tcp", validator=one_of(TRANSPORTS))
    """``tcp``, ``quic`` (HTTP/3) or ``both``; QUIC needs the extra ``quic``."""

    quic_port: int = field(default=0, validator=and_(ge(0), le(65535)))
    """UDP port for QUIC; 0 takes the TCP port's number."""

    quic_congestion: str = field(default="cubic", validator=one_of(CONGESTION_CONTROLS))
    """How QUIC reacts to loss: ``cubic``, ``reno``, or ``bbr``, which does not slow down."""

    quic_0rtt: bool = True
    """Whether returning clients may send safe requests (GET) in their first packet."""

    cert: str = field(default="", metadata={PATH: True})
    """PEM file with the certificate chain; with ``key``, clients must speak TLS."""

    key: str = field(default="", metadata={PATH: True})
    """PEM file with the certificate's private key."""

    engine: str = field(default="fast", validator=one_of(ENGINES))
    """``fast``, our own server, or ``hypercorn``."""

    workers: int = field(default=1, validator=and_(ge(1), le(256)))
    """Processes that share the port."""

    compression: CompressionSettings = field(factory=CompressionSettings)
    security: SecuritySettings = field(factory=SecuritySettings)
    limits: LimitSettings = field(factory=LimitSettings)
    timeouts: TimeoutSettings = field(factory=TimeoutSettings)
    pool: PoolSettings = field(factory=PoolSettings)
    stream: StreamSettings = field(factory=StreamSettings)
    hop: HopSettings = field(factory=HopSettings)
    log: LogSettings = field(factory=LogSettings)
    tokens: TokenSettings = field(factory=TokenSettings)

    @property
    def speaks_tls(self) -> bool:
        """Whether every connection to clients is encrypted."""
        return bool(self.cert) or self.transport == "quic"
