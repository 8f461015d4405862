"""`tugiplaan serve`: open the pages on this computer."""

import os
import secrets
import sys
from pathlib import Path

import click
from rich.console import Console

_HTTP_PORT = 8000


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=_HTTP_PORT, show_default=True, help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Processes that answer.")
@click.option("--demo", is_flag=True, help="With invented people and log-ins without a password.")
def serve(*, host: str, port: int, workers: int, demo: bool) -> None:
    """Bring the database up to date and open the pages in a browser's reach."""
    data = Path(os.environ.get("TUGIPLAAN_DATA", ".")).absolute()
    data.mkdir(parents=True, exist_ok=True)
    _prepare_settings(data, demo=demo)
    from tugiplaan.cli.database import set_up

    set_up()
    from django.core.management import call_command

    with Console(stderr=True).status("Seon valmis: tabelid ja failid"):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
    if demo:
        _lay_demo()
    else:
        _make_first_code()
    _say_where(host, port, demo=demo)
    _close_database()
    os.execv(  # noqa: S606 - the server takes this process's place, so that signals reach it
        sys.executable,
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host,
            "--port", str(port), "--workers", str(workers), "--blocking-threads", "4",
            "--no-ws", "--log-level", "warning", "tugiplaan.config.wsgi:application",
        ],
    )  # fmt: skip


def _prepare_settings(data: Path, *, demo: bool) -> None:
    """Tell the settings where the data is, and make the key that signs cookies."""
    secret = data / "secret-key"
    if "SECRET_KEY" not in os.environ and not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(50), "ascii")
    os.environ["TUGIPLAAN_DATA"] = str(data)
    os.environ["TUGIPLAAN_COLLECTED"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tugiplaan.config.settings"
    if demo:
        os.environ["TUGIPLAAN_DEMO"] = "1"
    else:
        os.environ.pop("TUGIPLAAN_DEMO", None)


def _lay_demo() -> None:
    """Fill an empty database with the demo; end the command where it holds something else."""
    from tugiplaan.cli import demo
    from tugiplaan.providers.queries import provider_ids
    from tugiplaan.sample.demo.laying import is_demo
    from tugiplaan.web.desk import today

    if is_demo():
        return
    if provider_ids():
        demo.refuse_real_data()
    demo.lay_with_progress(demo.stage_on(today()))


def _make_first_code() -> None:
    """Make the code with which the first user of an empty database begins."""
    from django.conf import settings

    from tugiplaan.accounts.queries import has_somebody_with_a_password

    if has_somebody_with_a_password():
        return
    settings.FIRST_CODE_FILE.touch(mode=0o600)
    settings.FIRST_CODE_FILE.write_text(secrets.token_hex(4), "ascii")


def _say_where(host: str, port: int, *, demo: bool) -> None:
    """Print the address, and one log-in for each role of a demo."""
    from tugiplaan.cli.doors import print_doors

    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104 - compared only
    print_doors(f"http://{shown}:{port}/", demo=demo)


def _close_database() -> None:
    from django.db import connections

    connections.close_all()
