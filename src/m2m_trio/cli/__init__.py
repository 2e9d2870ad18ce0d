"""The command line: ``m2m-trio`` and ``m2m``.

A command is a line in `COMMANDS`; its module loads when it runs, so that ``--help`` and
``--version`` import neither trio nor a web framework.
"""

from __future__ import annotations

import click

from m2m_trio._version import __version__
from m2m_trio.cli.lazy import Command, CommandLine

COMMANDS = {
    "serve": Command("m2m_trio.cli.serve:serve", "Run a node in front of an upstream."),
    "proxy": Command("m2m_trio.cli.serve:serve", "The same as serve."),
    "demo": Command("m2m_trio.cli.demo:demo", "See a node at work, with no model at hand."),
    "compress": Command("m2m_trio.cli.compress:compress", "Encode a message with a codec."),
    "decompress": Command("m2m_trio.cli.compress:decompress", "Decode a coded message."),
    "inspect": Command(
        "m2m_trio.cli.inspect:inspect", "Print what a coded message says of itself."
    ),
    "scan": Command("m2m_trio.cli.scan:scan", "Say what the security scan thinks of a text."),
    "count": Command("m2m_trio.cli.count:count", "Count tokens of a text or a request."),
    "tokens": Command(
        "m2m_trio.cli.count:tokens", "List and check what tokens are counted with."
    ),
    "stats": Command("m2m_trio.cli.stats:stats", "Print what a running node has counted."),
    "bench": Command("m2m_trio.cli.bench:bench", "Measure a node on this machine."),
    "config": Command("m2m_trio.cli.config:config", "Show and check the settings."),
    "cert": Command("m2m_trio.cli.cert:cert", "Write a certificate for development."),
    "completion": Command(
        "m2m_trio.cli.completion:completion", "Print the completion script of a shell."
    ),
}
"""Every command; one whose module is not installed is not listed."""


@click.group(
    cls=CommandLine,
    lazy=COMMANDS,
    epilog="""\b
    Examples:
      m2m-trio serve
      m2m-trio proxy --port 8080 --upstream http://localhost:11434/v1
      m2m-trio config show
      m2m-trio stats

    Every command explains itself: m2m-trio COMMAND --help. m2m is the same program.
    """,
)
@click.version_option(__version__, message="m2m-trio %(version)s")
def cli() -> None:
    """A transparent, fast, strict OpenAI-compatible reverse proxy.

    Run it near an application, or near a model server, and point the application's base
    URL at it: what was written arrives, byte for byte.
    """


def main() -> None:
    """Run the command line and end the process."""
    cli()
