"""The command `vote`. Only the part that was asked for is loaded, so a small question gets a quick answer."""

import sys
from collections.abc import Sequence
from importlib import import_module

import typer

GROUPS = {
    "law": "vote.law.command",
    "roll": "vote.roll.command",
    "registrar": "vote.credential.command",
    "trustee": "vote.trustee.command",
}
"""Command groups: each module holds a typer application `app`."""
COMMANDS = {
    "demo": "vote.demo.command",
    "verify": "vote.verifier.command",
    "serve": "vote.web.command",
    "worker": "vote.web.command",
}
"""Single commands: each module holds a function of that name."""


def build(arguments: Sequence[str]) -> typer.Typer:
    """Return the application for `arguments`: the one part they name, or all of it."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="善治：业主大会从清册到任何人都能核验的结果。",
    )
    asked = arguments[0] if arguments else ""
    known = {*GROUPS, *COMMANDS, "db"}

    @app.callback()
    def vote() -> None:
        """善治。"""

    for name, module in GROUPS.items():
        if asked == name or asked not in known:
            app.add_typer(import_module(module).app, name=name)
    for name, module in COMMANDS.items():
        if asked == name or asked not in known:
            app.command(name)(getattr(import_module(module), name))
    if asked == "db" or asked not in known:
        app.add_typer(import_module("vote.web.command").db, name="db")
    return app


def main() -> None:
    """Run the command."""
    build(sys.argv[1:])()


if __name__ == "__main__":
    main()
