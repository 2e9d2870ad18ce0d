"""``m2m-trio completion``: what a shell needs to complete our commands and flags."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")
PROGRAMS = ("m2m-trio", "m2m")


@click.command(
    epilog="""\b
    Examples:
      eval "$(m2m-trio completion bash)"    # in ~/.bashrc
      eval "$(m2m-trio completion zsh)"     # in ~/.zshrc
      m2m-trio completion fish > ~/.config/fish/completions/m2m-trio.fish
    """,
)
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script of a shell, for m2m-trio and for m2m."""
    from click.shell_completion import get_completion_class

    from m2m_trio.cli import cli

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101  (click has all of SHELLS)
    for program in PROGRAMS:
        variable = f"_{program}_complete".replace("-", "_").upper()
        script = kind(cli, {}, program, variable)
        # .source() would ask bash for its version first, which takes a process
        click.echo(script.source_template % script.source_vars())
