"""Draw the pictures of the README from a real run: `poe screens`.

Makes the sample month in a folder of its own, settles it, and writes what the terminal shows
as SVG without any font or host from outside.
"""

import os
import re
import tempfile
from pathlib import Path

from rich.console import Console

from tugiplaan.cli.reading import law_for, open_folder
from tugiplaan.cli.settle import settle_folder
from tugiplaan.cli.show import with_absence
from tugiplaan.cli.telling import tell_month
from tugiplaan.rules.period import Month
from tugiplaan.rules.settlement import settle
from tugiplaan.sample import generate

_MONTH = Month(2026, 5)
_WIDTH = 96
_SCREENS = Path(__file__).parent.parent / "docs" / "screens"


def _console() -> Console:
    sink = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - lives as long as the console
    return Console(record=True, width=_WIDTH, file=sink)


def _write(console: Console, name: str) -> None:
    svg = console.export_svg(title="Tugiplaan", unique_id=name.split(".")[0])
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!-- .*? -->\s*", "", svg)
    svg = svg.replace("Fira Code, monospace", "monospace")
    (_SCREENS / f"{name}.svg").write_text(svg, "utf-8")


def main() -> None:
    """Draw the month and one person's month in both languages."""
    _SCREENS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "sample"
        generate(persons=42, seed=7, month=(_MONTH.year, _MONTH.month), out=folder)
        for language, ending in (("en", ""), ("et", ".et")):
            found = open_folder(folder, _MONTH, None, language)
            law = law_for("builtin", found.rates, language)
            summary = settle_folder(found, law, None, (None, None), language)
            month = _console()
            summary.print(month, found.contract.provider.name, _MONTH, language)
            _write(month, f"month{ending}")
            shown = with_absence(found, law)
            if shown is not None:
                facts, referral = shown
                person = _console()
                settled = settle(facts, law, found.contract)
                tell_month(person, facts.person, referral, settled, language)
                _write(person, f"person{ending}")


if __name__ == "__main__":
    main()
