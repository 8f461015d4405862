import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.conftest import Run

_RESULTS = ["explanations.json", "findings.csv", "lines.csv", "totals.csv"]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_month_is_settled_into_four_files_that_agree(run: Run, sample: Path) -> None:
    out = sample / "out"
    done = run("settle", sample, "--month", "2026-05", "--out", out)
    assert done.exit_code == 1, done.output  # the sample holds findings that block
    assert sorted(path.name for path in out.iterdir()) == _RESULTS
    lines = _rows(out / "lines.csv")
    total = sum(Decimal(line["amount"]) for line in lines)
    totals = _rows(out / "totals.csv")
    assert totals[-1]["funder"] == "TOTAL"
    assert Decimal(totals[-1]["amount"]) == total
    assert sum(Decimal(row["amount"]) for row in totals[:-1]) == total
    assert int(totals[-1]["persons"]) == len({line["person"] for line in lines if line["person"]})
    explained = json.loads((out / "explanations.json").read_text("utf-8"))
    assert set(explained) == {line["line"] for line in lines}
    for line in lines:
        told = explained[line["line"]]
        assert any(line["amount"] == str(step["numbers"].get("amount")) for step in told), line


def test_the_same_folder_gives_the_same_files(run: Run, sample: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("settle", sample, "--month", "2026-05", "--out", tmp_path / name)
    for name in _RESULTS:
        one, two = (tmp_path / side / name for side in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_the_order_of_rows_does_not_matter(run: Run, sample: Path, tmp_path: Path) -> None:
    run("settle", sample, "--month", "2026-05", "--out", tmp_path / "one")
    for path in sample.glob("*.csv"):
        head, *rows = path.read_text("utf-8").splitlines()
        path.write_text("\n".join([head, *reversed(rows)]) + "\n", "utf-8")
    run("settle", sample, "--month", "2026-05", "--out", tmp_path / "two")
    for name in _RESULTS:
        assert (tmp_path / "one" / name).read_text("utf-8") == (tmp_path / "two" / name).read_text(
            "utf-8"
        )


def test_a_folder_without_blocks_ends_with_zero(run: Run, kodu: Path, tmp_path: Path) -> None:
    done = run("settle", kodu, "--month", "2021-05", "--out", tmp_path / "out", "--lang", "en")
    assert done.exit_code == 0, done.output
    (line,) = _rows(tmp_path / "out" / "lines.csv")
    assert (line["rate_code"], line["kind"], line["amount"]) == ("KE", "full", "477.00")
    assert "Payable €477.00" in done.output


def test_a_year_without_a_sourced_rate_is_refused_kindly(
    run: Run, kodu: Path, tmp_path: Path
) -> None:
    done = run("settle", kodu, "--month", "2025-05", "--out", tmp_path / "out", "--lang", "en")
    assert done.exit_code == 1
    (finding,) = _rows(tmp_path / "out" / "findings.csv")
    assert finding["code"] == "RATE_MISSING"
    assert "rates.csv" in finding["message_en"]
    assert _rows(tmp_path / "out" / "lines.csv") == []


def test_a_rate_of_the_users_own_fills_the_gap_and_says_so(
    run: Run, kodu: Path, tmp_path: Path
) -> None:
    (kodu / "rates.csv").write_text(
        "code,valid_from,valid_to,unit,amount,source\n"
        'KE,2025-01-01,2025-12-31,kalendrikuu,650.00,"RT I, 28.12.2024, 3"\n',
        "utf-8",
    )
    done = run("settle", kodu, "--month", "2025-05", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    told = json.loads((tmp_path / "out" / "explanations.json").read_text("utf-8"))
    ((first, *_),) = told.values()
    (value,) = first["values"]
    assert (value["value"], value["pack"], value["certainty"]) == ("650", "rates.csv", "user")
    assert value["source"] == "RT I, 28.12.2024, 3"


def test_rates_can_be_those_that_were_known_on_a_day(run: Run, kodu: Path, tmp_path: Path) -> None:
    run(
        "settle",
        kodu,
        "--month",
        "2021-05",
        "--rates",
        "builtin@2021-09-30",
        "--out",
        tmp_path / "o",
    )
    (line,) = _rows(tmp_path / "o" / "lines.csv")
    assert line["amount"] == "454.00"


def test_a_csv_of_rates_goes_before_everything(run: Run, kodu: Path, tmp_path: Path) -> None:
    pack = tmp_path / "what-if.csv"
    pack.write_text(
        "code,valid_from,unit,amount,source\nKE,2021-01-01,month,500.00,what if\n", "utf-8"
    )
    run("settle", kodu, "--month", "2021-05", "--rates", pack, "--out", tmp_path / "out")
    (line,) = _rows(tmp_path / "out" / "lines.csv")
    assert line["amount"] == "500.00"


@pytest.mark.parametrize("rates", ["builtin@soon", "nowhere.csv"])
def test_rates_that_do_not_exist_are_named(run: Run, kodu: Path, rates: str) -> None:
    done = run("settle", kodu, "--month", "2021-05", "--rates", rates)
    assert done.exit_code == 2
    assert rates in done.output


def test_bad_input_names_every_row_and_writes_nothing(run: Run, sample: Path) -> None:
    referrals = sample / "referrals.csv"
    text = referrals.read_text("utf-8").replace(",KE,", ",XX,")
    referrals.write_text(text, "utf-8")
    bad = sum(",XX," in line for line in text.splitlines())
    done = run("settle", sample, "--month", "2026-05", "--out", sample / "out", "--lang", "en")
    assert done.exit_code == 2
    assert done.output.count("referrals.csv, line ") == bad
    assert "Nothing was written" in done.output
    assert not (sample / "out").exists()


def test_bad_persons_can_be_left_out_and_are_listed(run: Run, sample: Path, tmp_path: Path) -> None:
    referrals = sample / "referrals.csv"
    rows = referrals.read_text("utf-8").splitlines()
    person = rows[1].split(",")[1]
    referrals.write_text("\n".join([rows[0], rows[1] + "x,y", *rows[2:]]) + "\n", "utf-8")
    done = run("settle", sample, "--month", "2026-05", "--skip-bad", "--out", tmp_path / "out")
    assert done.exit_code in (0, 1), done.output
    assert person in done.output
    assert person not in {line["person"] for line in _rows(tmp_path / "out" / "lines.csv")}


def test_one_persons_month_is_told_in_two_languages(run: Run, kodu: Path) -> None:
    estonian = run("settle", kodu, "--month", "2021-05", "--explain", "S1")
    english = run("settle", kodu, "--month", "2021-05", "--explain", "S1", "--lang", "en")
    assert "Mari Maasikas" in estonian.output
    assert "477,00\xa0€" in estonian.output
    assert "kogukonnas elamise teenus" in estonian.output
    assert "€477.00" in english.output
    assert "community living" in english.output


def test_a_referral_that_is_not_there_is_named(run: Run, kodu: Path) -> None:
    done = run("settle", kodu, "--month", "2021-05", "--explain", "S9", "--lang", "en")
    assert done.exit_code == 2
    assert "S9" in done.output


@pytest.mark.parametrize("month", ["2026-13", "2026", "may", "2026-5"])
def test_a_month_that_is_none_is_refused(run: Run, kodu: Path, month: str) -> None:
    done = run("settle", kodu, "--month", month)
    assert done.exit_code == 2
    assert "2026-05" in done.output


def test_a_folder_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    done = run("settle", tmp_path / "none", "--month", "2026-05")
    assert done.exit_code == 2
    assert "none" in done.output
