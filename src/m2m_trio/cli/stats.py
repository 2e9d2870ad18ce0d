"""``m2m-trio stats``: what a running node has counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from m2m_trio.cli.config import table
from m2m_trio.cli.lazy import FailedError, RefusedError
from m2m_trio.cli.options import config_option, load_settings, refuse_flag

if TYPE_CHECKING:
    import httpx

    from m2m_trio.settings.model import Settings

TIMEOUT = 5.0
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  (where such a node answers)


@click.command(
    epilog="""\b
    Examples:
      m2m-trio stats
      m2m-trio stats http://gateway:8080
      m2m-trio stats --json | jq .requests_total
    """,
)
@click.argument("url", required=False)
@config_option
@click.option(
    "--client-key",
    metavar="KEY",
    callback=refuse_flag,
    help="Client key of the node, if it wants one.",
)
@click.option("--json", "as_json", is_flag=True, help="As the node sends it.")
def stats(url: str | None, config: str | None, client_key: str | None, as_json: bool) -> None:
    """Print what the node at URL has counted since it started.

    Without URL it is the node that the settings on this machine describe.
    """
    settings = load_settings(config, {}).settings
    is_ours = url is None
    base = node_url(settings) if url is None else clean_url(url)
    if client_key is None and is_ours and settings.client_keys:
        client_key = settings.client_keys[0]
    numbers = fetch(f"{base}/stats", client_key, settings.cert if is_ours else "")
    if as_json:
        click.echo(json.dumps(numbers, indent=2))
    else:
        click.echo(table([*flatten(numbers)]))


def node_url(settings: Settings) -> str:
    """The URL of the node that ``settings`` describe.

    Raises:
        RefusedError: It takes any free port, or no TCP.
    """
    if settings.transport == "quic":
        raise RefusedError("the node speaks QUIC only, and this command TCP: transport both")
    address = settings.listen
    if not address.port:
        raise RefusedError("the settings let the node take any free port: name its URL")
    host = ANYWHERE.get(address.host, address.host)
    scheme = "https" if settings.speaks_tls else "http"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{address.port}"


def clean_url(url: str) -> str:
    """Read ``host:port`` and the URLs a node is known by: its root, ``/v1``, ``/stats``.

    Raises:
        RefusedError: It is no URL.
    """
    full = url if "://" in url else f"http://{url}"
    try:
        parts = urlsplit(full)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https"):
        raise RefusedError(f"{url!r} is no URL of a node: write http://127.0.0.1:8080")
    base = full.partition("?")[0].rstrip("/")
    return base.removesuffix("/stats").removesuffix("/v1")


def fetch(url: str, client_key: str | None, trusted: str) -> dict[str, Any]:
    """The JSON object at ``url``.

    Raises:
        RefusedError: ``client_key`` cannot be sent.
        FailedError: Nobody answers, or not with one.
    """
    import ssl

    import httpx

    from m2m_trio.settings.checks import is_key_text

    if client_key and not is_key_text(client_key):
        raise RefusedError("--client-key has a character that a header cannot carry")
    headers = {"authorization": f"Bearer {client_key}"} if client_key else {}
    # the node's own certificate, which may be a development one; else the system's trust
    # store and SSL_CERT_FILE, as for upstreams
    verify = ssl.create_default_context(cafile=trusted or None)
    try:
        answer = httpx.get(
            url, headers=headers, timeout=TIMEOUT, verify=verify, trust_env=False
        )
    except httpx.ConnectError as error:
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            raise FailedError(
                f"the certificate of {url} is not trusted: for one of your own set "
                "SSL_CERT_FILE to its PEM file"
            ) from error
        raise FailedError(
            f"no node answers at {url} ({error}): start one, or name its URL"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = str(error) or type(error).__name__
        raise FailedError(f"{url} does not answer as a node does: {reason}") from error
    return _object(answer)


def _object(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code == 401:
        raise FailedError(f"{answer.url} wants a client key: --client-key KEY")
    try:
        numbers = answer.json()
    except ValueError:
        numbers = None
    if isinstance(numbers, dict) and isinstance(numbers.get("error"), dict):
        raise FailedError(
            f"{answer.url} answers {answer.status_code}: {numbers['error'].get('message')}"
        )
    if answer.status_code != 200 or not (
        isinstance(numbers, dict) and "requests_total" in numbers
    ):
        raise FailedError(
            f"{answer.url} answers {answer.status_code} and no statistics: is this a node?"
        )
    return numbers


def flatten(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Rows of dotted names and values."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from flatten(inner, f"{name}.{index}")
    else:
        yield name, value if isinstance(value, str) else json.dumps(value)
