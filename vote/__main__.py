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
    "office": "vote.office.command",
    "account": "vote.web.sign_in.command",
    "db": "vote.operation.command",
    "log": "vote.operation.log_command",
    "witness": "vote.witness.command",
}
"""Command groups: each module holds a typer application `app`."""
COMMANDS = {
    "demo": ("vote.demo.command", "演示：从一张乱表到任何人都能核验的结果，每个角色一个进程。"),
    "verify": ("vote.verifier.command", "核验：只凭公开的文件，从头核对一次选举。"),
    "serve": ("vote.web.command", "启动网页和接口。"),
    "worker": ("vote.web.command", "按时开始、结束投票并加总选票。"),
    "bench": ("vote.bench.command", "测速：在这台机器上核验、投票、计票各有多快。"),
}
"""Single commands, with their help: each module holds a function of that name."""


def build(arguments: Sequence[str]) -> typer.Typer:
    """Return the application for `arguments`: the one part they name, or all of it."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    asked = arguments[0] if arguments else ""
    known = {*GROUPS, *COMMANDS}

    @app.callback(help="善治：业主大会从清册到任何人都能核验的结果。")
    def vote() -> None:
        """Group the commands."""

    for name, module in GROUPS.items():
        if asked == name or asked not in known:
            app.add_typer(import_module(module).app, name=name)
    for name, (module, help_) in COMMANDS.items():
        if asked == name or asked not in known:
            app.command(name, help=help_)(getattr(import_module(module), name))
    return app


def main() -> None:
    """Run the command."""
    build(sys.argv[1:])()


if __name__ == "__main__":
    main()
