import csv
import io
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_the_retroactive_act_of_2021_is_worth_138_euros(run: Run, kodu: Path) -> None:
    done = run(
        "compare", kodu, "--month", "2021-04..2021-09", "--rates", "builtin@2021-09-30",
        "--rates", "builtin", "--lang", "en",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "€2,724.00" in done.output
    assert "€2,862.00" in done.output
    assert "€138.00" in done.output


def test_a_comparison_wants_two_sets_of_rates(run: Run, kodu: Path) -> None:
    done = run("compare", kodu, "--month", "2021-04", "--rates", "builtin")
    assert done.exit_code == 2
    assert "twice" in done.output


def test_months_from_late_to_early_are_refused(run: Run, kodu: Path) -> None:
    done = run(
        "compare", kodu, "--month", "2021-09..2021-04", "--rates", "builtin", "--rates", "builtin"
    )
    assert done.exit_code == 2


def test_a_good_folder_is_said_to_be_good(run: Run, sample: Path) -> None:
    done = run("check", sample, "--lang", "en")
    assert done.exit_code == 0
    assert "42 persons" in done.output


def test_a_bad_folder_is_said_to_be_bad(run: Run, sample: Path) -> None:
    (sample / "hours.csv").write_bytes(b"\xff\xfe\x00")
    done = run("check", sample)
    assert done.exit_code == 2
    assert "hours.csv" in done.output


def test_the_law_of_a_day_is_listed(run: Run) -> None:
    done = run("law", "list", "--day", "2026-05-01", "--lang", "en")
    assert done.exit_code == 0
    for text in ("OEH_AUT_UUS", "11667", "contribution_kept_share", "0.15", "446"):
        assert text in done.output


def test_a_rate_is_followed_over_time(run: Run) -> None:
    done = run("law", "show", "KE", "--lang", "en")
    assert done.exit_code == 0
    for amount in ("369", "415", "432", "454", "477", "556", "634", "676"):
        assert amount in done.output


def test_an_unknown_name_lists_the_known_ones(run: Run) -> None:
    done = run("law", "show", "XX")
    assert done.exit_code == 2
    assert "OEH_GT12" in done.output


def test_two_days_are_compared(run: Run) -> None:
    done = run("law", "diff", "2021-03-31", "2021-04-01", "--lang", "en")
    assert done.exit_code == 0
    assert "454" in done.output
    assert "477" in done.output
    assert "IET_AUT" in done.output
    assert "TTT" not in done.output


def test_a_pack_is_checked(run: Run, tmp_path: Path) -> None:
    pack = tmp_path / "minu.csv"
    pack.write_text("code,valid_from,unit,amount,source\nKE,2026-01-01,month,700,act\n", "utf-8")
    done = run("law", "check", pack, "--lang", "en")
    assert done.exit_code == 0
    assert "676" in done.output
    assert "700" in done.output
    pack.write_text("code,valid_from,unit,amount,source\nXX,soon,month,many,\n", "utf-8")
    done = run("law", "check", pack, "--lang", "en")
    assert done.exit_code == 2
    assert done.output.count("minu.csv, line 2") == 4


def test_the_price_lists_are_named(run: Run) -> None:
    done = run("prices")
    assert [line.split(":")[0] for line in done.output.splitlines()] == ["P2", "P3", "P4"]


def test_a_price_list_fills_a_folder_that_settles(run: Run, kodu: Path) -> None:
    out = kodu / "component_prices.csv"
    done = run("prices", "P4", "--funder", "75000000", "--out", out)
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))
    assert {row["confirmed"] for row in rows if row["component"] == "C6"} == {"no"}
    assert {row["confirmed"] for row in rows if row["component"] != "C6"} == {"yes"}
    assert {row["ceiling"] for row in rows if row["component"] == "C4"} == {"2280"}
    assert run("check", kodu).exit_code == 0
    again = run("prices", "P4", "--funder", "75000000", "--out", out)
    assert again.exit_code == 2
    assert "exists already" in again.output


def test_doubtful_dates_are_asked_for(run: Run) -> None:
    assert run("prices", "P3", "--funder", "75000000").exit_code == 2
    done = run("prices", "P3", "--funder", "75000000", "--valid-from", "2024-01-01")
    assert done.exit_code == 0
    rows = [line for line in done.output.splitlines() if line.startswith("75000000")]
    assert len(rows) == 3
    assert all(row.endswith(",no") for row in rows)
    assert all("2024-01-01" in row for row in rows)


def test_a_price_list_wants_a_funder(run: Run) -> None:
    done = run("prices", "P4")
    assert done.exit_code == 2
    assert "--funder" in done.output


def test_a_sample_is_made_once_only(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "made"
    assert run("sample", out, "--persons", "42").exit_code == 0
    assert len((out / "persons.csv").read_text("utf-8").splitlines()) == 43
    again = run("sample", out)
    assert again.exit_code == 2
    assert "made" in again.output


def test_the_first_look_makes_settles_and_shows(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):  # the second time the sample is there already
        done = run("show")
        assert done.exit_code == 0, done.output
        assert "Tasutakse" in done.output
        assert "--explain" in done.output
    assert sorted(os.listdir(tmp_path)) == ["sample-2026-05"]


def test_help_names_every_command(run: Run) -> None:
    done = run("--help")
    for name in ("settle", "check", "compare", "law", "prices", "sample", "show"):
        assert name in done.output
    assert run("nonsense").exit_code == 2
