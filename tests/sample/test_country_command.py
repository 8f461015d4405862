"""`tugiplaan sample`: a folder or a country, never both and never neither."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.apps import apps

from tests.cast import make_provider
from tugiplaan.cli.sample import sample

pytestmark = pytest.mark.django_db


def test_a_folder_and_a_country_at_once_are_refused(tmp_path: Path) -> None:
    for arguments in ([], [str(tmp_path / "out"), "--country"]):
        done = CliRunner().invoke(sample, arguments)
        assert (done.exit_code, "OUT" in done.stderr) == (2, True)


def test_a_country_is_laid_and_told() -> None:
    arguments = ["--country", "--persons", "20", "--records", "100", "--months", "2026-01..2026-02"]
    done = CliRunner().invoke(sample, arguments)
    assert done.exit_code == 0, done.output
    assert "4 providers, 20 persons" in done.stdout
    assert "100 records" in done.stdout
    assert apps.get_model("people.Person")._base_manager.count() == 20


def test_what_cannot_be_laid_is_told_in_a_sentence() -> None:
    done = CliRunner().invoke(sample, ["--country", "--persons", "9"])
    assert (done.exit_code, "at least 10" in done.stderr) == (2, True)
    make_provider()
    done = CliRunner().invoke(sample, ["--country", "--persons", "20", "--records", "1000"])
    assert (done.exit_code, "holds providers already" in done.stderr) == (2, True)
