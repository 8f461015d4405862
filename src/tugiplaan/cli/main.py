"""The root of the command: which subcommands there are, loaded only when called."""

import importlib

import click

_COMMANDS = {
    "settle": (
        "tugiplaan.cli.settle",
        "settle",
        "Settle a month folder: lines, findings, totals, explanations.",
    ),
    "check": ("tugiplaan.cli.check", "check", "Check a month folder without settling it."),
    "compare": ("tugiplaan.cli.compare", "compare", "Compare months under two sets of rates."),
    "law": (
        "tugiplaan.cli.law",
        "law",
        "List the dated law, follow a rate, compare two days, check a pack.",
    ),
    "prices": (
        "tugiplaan.cli.prices",
        "prices",
        "Fill component_prices.csv from a price list template.",
    ),
    "sample": ("tugiplaan.cli.sample", "sample", "Make a month folder of people who do not exist."),
    "migrate": (
        "tugiplaan.cli.migrate",
        "migrate",
        "Make the tables of the database, or bring them up to date.",
    ),
    "import": ("tugiplaan.cli.transfer", "import_", "Bring a month folder into the database."),
    "export": ("tugiplaan.cli.transfer", "export", "Write a provider's records to a folder."),
    "month": (
        "tugiplaan.cli.month",
        "month",
        "Prepare, close, reopen, issue and correct months in the database.",
    ),
    "verify": ("tugiplaan.cli.verify", "verify", "See whether anything was changed unseen."),
    "remind": (
        "tugiplaan.cli.remind",
        "remind",
        "Send letters of what is due to who asked for them.",
    ),
    "demo": (
        "tugiplaan.cli.demo",
        "demo",
        "Fill an empty database with invented providers, people and months.",
    ),
    "serve": ("tugiplaan.cli.serve", "serve", "Open the pages on this computer."),
    "show": ("tugiplaan.cli.show", "show", "Make a sample month, settle it and show the result."),
}


class _Lazy(click.Group):
    """A group whose commands are imported when they are called: a short command stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - a slip in the table above
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tugiplaan", prog_name="tugiplaan")
def main() -> None:
    """Estonian special care: facts of a month in, payable lines with their explanation out."""
