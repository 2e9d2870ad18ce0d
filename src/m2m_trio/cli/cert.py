"""``m2m-trio cert``: write a certificate for development."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path

import click

from m2m_trio.server.certificate import DEFAULT_HOSTS, make_pair, write_pair


@click.command(
    epilog="""\b
    Examples:
      m2m-trio cert
      m2m-trio cert --host node.lan --host 192.168.1.20 --out ~/.m2m
      m2m-trio serve --cert cert.pem --key key.pem
    """,
)
@click.option(
    "--host",
    "hosts",
    metavar="NAME",
    multiple=True,
    help="Another host name or IP address clients use; may be repeated.",
)
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where to write cert.pem and key.pem. [default: here]",
)
@click.option(
    "--days", type=click.IntRange(1, 825), default=30, show_default=True, help="Validity."
)
@click.option("--force", is_flag=True, help="Replace files that are there already.")
def cert(hosts: tuple[str, ...], out: Path, days: int, force: bool) -> None:
    """Write cert.pem and key.pem, for TLS and HTTP/2 between your own machines.

    The certificate signs itself, so clients must be told to trust it. It is good for
    localhost, 127.0.0.1, ::1 and every --host.
    """
    names = (*DEFAULT_HOSTS, *hosts)
    pair = make_pair(names, days=days, now=dt.datetime.now(dt.UTC))
    cert_path, key_path = write_pair(pair, out, replace=force)
    cert_word, key_word = shlex.quote(str(cert_path)), shlex.quote(str(key_path))
    click.echo(f"Wrote {cert_path} and {key_path}, valid for {days} days for:")
    click.echo(f"  {', '.join(dict.fromkeys(names))}")
    click.echo("Serve with it:")
    click.echo(f"  m2m-trio serve --cert {cert_word} --key {key_word}")
    click.echo("Trust it:")
    click.echo(f"  curl --cacert {cert_word} https://localhost:8080/health")
    click.echo(f"  SSL_CERT_FILE={cert_word} for Python clients such as the OpenAI SDK")
