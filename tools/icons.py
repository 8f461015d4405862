"""Make the sprite of the pages from the icons of Lucide (ISC licence).

Get them with `npm pack lucide-static` and unpack the archive.

Args: the folder `package/icons` of the unpacked archive.
"""

import re
import sys
from pathlib import Path

NAMES = """
arrow-left arrow-right arrow-up-right bed-double bell book-open building-2 calculator
calendar calendar-check calendar-days chart-column chart-line check chevron-down chevron-
left chevron-right circle-alert circle-check circle-help circle-x clipboard-list clock
cloud-off copy door-closed door-open download euro eye file-check file-text file-up
fingerprint flag folder hand-coins handshake heart-handshake heart-pulse history home
hospital hourglass info key-round languages layers link list-checks lock log-in log-out
mail map-pin menu message-square-text moon pencil phone play plus printer refresh-cw
rotate-ccw scale search send settings shield shield-alert smartphone sprout square star
sun tag target timer trash-2 triangle-alert trending-up undo-2 upload user user-check
user-plus users wallet x
""".split()  # noqa: SIM905 - a list of words reads better as words
OUT = Path(__file__).parent.parent / "src/tugiplaan/web/static/web/icons.svg"


def main(folder: Path) -> None:
    """Write the sprite; names that the set does not have are told."""
    symbols = []
    for name in NAMES:
        file = folder / f"{name}.svg"
        if not file.exists():
            print(f"no icon {name}", file=sys.stderr)
            continue
        inside = re.search(r"<svg[^>]*>(.*)</svg>", file.read_text("utf-8"), re.DOTALL)
        shapes = re.sub(r"\s*\n\s*", "", inside.group(1)) if inside else ""
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    head = '<!-- Lucide icons, ISC licence, lucide.dev --><svg xmlns="http://www.w3.org/2000/svg">'
    OUT.write_text(head + "\n".join(symbols) + "</svg>\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
