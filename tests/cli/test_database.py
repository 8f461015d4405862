"""The commands of the database, as somebody types them."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.billing.home import make_home
from tugiplaan.accounts.actions import operator
from tugiplaan.audit.recorder import acting
from tugiplaan.cli.main import main
from tugiplaan.pricelists.models import OwnPrice
from tugiplaan.providers.models import Provider
from tugiplaan.sample import generate

pytestmark = pytest.mark.django_db


def run(*command: str) -> Result:
    return CliRunner().invoke(main, list(command), env={"COLUMNS": "200"})


def good(*command: str) -> str:
    found = run(*command)
    assert found.exit_code == 0, found.output
    return found.output


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    generate(persons=42, seed=7, month=(2026, 5), out=tmp_path / "in")
    return tmp_path / "in"


def test_a_folder_goes_in_and_out_again(folder: Path, tmp_path: Path) -> None:
    dry = good("import", str(folder), "--month", "2026-05", "--dry-run")
    assert "midagi ei muudetud" in dry
    assert not Provider.objects.exists()
    assert "isikud" in good("import", str(folder), "--month", "2026-05")
    assert "Kõik oli juba olemas" in good("import", str(folder), "--month", "2026-05")
    assert "13 faili" in good("export", str(tmp_path / "out"), "--month", "2026-05")
    refused = run("export", str(tmp_path / "out"), "--month", "2026-05")
    assert (refused.exit_code, "ei ole tühi" in refused.output) == (2, True)


def test_a_bad_folder_is_refused_with_every_row(folder: Path) -> None:
    (folder / "absences.csv").write_text("absence,referral\nA1,\n", "utf-8")
    refused = run("import", str(folder), "--month", "2026-05")
    assert refused.exit_code == 2
    assert "absences.csv" in refused.output
    assert not Provider.objects.exists()


def test_a_month_from_preparing_to_correcting() -> None:
    home = make_home("Kodu OÜ")
    home.resident("P1")
    may = ("--month", "2026-05")
    assert run("month", "close", *may).exit_code == 2
    assert "676,00" in good("month", "prepare", *may, "--workers", "1")
    assert "KE" in good("month", "explain", "S-P1", *may)
    assert run("month", "explain", "S-P2", *may).exit_code == 2
    assert "suletud, 676,00" in good("month", "close", *may)
    assert good("month", "close", *may) == ""
    assert "avatud" in good("month", "reopen", *may, "--why", "kontroll")
    good("month", "close", *may)
    assert "1 arvet" in good("month", "issue", *may, "--dated", "2026-06-05")
    assert good("month", "issue", *may) == ""
    assert "ei ole midagi" in good("month", "corrections")
    with acting(by=operator(), name="test.price", provider_id=home.provider.pk):
        OwnPrice.objects.create(
            provider=home.provider, code="KE", amount=600, valid_from=date(2026, 1, 1)
        )
    assert "-76,00" in good("month", "corrections")
    assert run("month", "corrections", "--bill").exit_code == 2
    assert "-76,00" in good("month", "corrections", "--bill", "--why", "hind lepiti kokku")
    assert "ei ole midagi" in good("month", "corrections", "--provider", "Kodu OÜ")
    assert "terved" in good("verify")


def test_a_provider_that_is_not_there_is_named_with_those_that_are() -> None:
    make_home("Kodu OÜ")
    refused = run("month", "prepare", "--month", "2026-05", "--provider", "Maja OÜ")
    assert refused.exit_code == 2
    assert "Kodu OÜ" in refused.output


def test_tables_are_brought_up_to_date() -> None:
    assert good("migrate", "--quiet") == ""
