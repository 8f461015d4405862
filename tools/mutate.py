"""Plant a fixed sample of errors in the law, run its tests on each, and count who noticed.

    python tools/mutate.py [--sample 1000] [--seed 7]

Prints the score and every error that no test noticed, with its difference.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

_MUTANTS = Path("mutants")
_KILLED = {1, 3}
_SURVIVED = 0
_NO_TESTS = 33
_TIMEOUTS = {24, 36, 152, 255, -24, -9}


def _mutmut(*arguments: str, **options: bool) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("mutmut")), *arguments]
    capture = options.get("quiet", False)
    return subprocess.run(command, check=False, text=True, capture_output=capture)


def _results() -> dict[str, int | None]:
    """Read what mutmut wrote: each planted error, and how its tests ended."""
    found: dict[str, int | None] = {}
    for meta in sorted(_MUTANTS.rglob("*.meta")):
        found.update(json.loads(meta.read_text("utf-8"))["exit_code_by_key"])
    return found


def main() -> int:
    """Run the sample and print the score; exit 1 if it is below 90 %."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--aim", type=float, default=90.0)
    chosen = parser.parse_args()

    shutil.rmtree(_MUTANTS, ignore_errors=True)
    # A name that does not exist: mutmut writes all mutants and times the tests, then stops.
    _mutmut("run", "no.such.mutant", quiet=True)
    names = sorted(_results())
    if not names:
        print("mutmut wrote no mutants; run `mutmut run` to see why", file=sys.stderr)
        return 1
    sample = sorted(random.Random(chosen.seed).sample(names, min(chosen.sample, len(names))))  # noqa: S311
    _mutmut("run", *sample, quiet=True)

    codes = {name: code for name, code in _results().items() if name in set(sample)}
    survivors = sorted(name for name, code in codes.items() if code in (_SURVIVED, _NO_TESTS))
    killed = sum(code in _KILLED for code in codes.values())
    timed_out = sum(code in _TIMEOUTS for code in codes.values())
    for name in survivors:
        print(f"\n== {name}")
        print(_mutmut("show", name, quiet=True).stdout)
    score = 100 * (killed + timed_out) / len(sample)
    print(f"mutants in all {len(names)}, sample {len(sample)} (seed {chosen.seed})")
    print(f"noticed {killed}, by time-out {timed_out}, not noticed {len(survivors)}")
    other = Counter(code for code in codes.values() if code not in _KILLED | _TIMEOUTS)
    print(f"other exit codes {dict(other)}")
    print(f"score {score:.1f} % (aim {chosen.aim:.0f} %)")
    return int(score < chosen.aim)


if __name__ == "__main__":
    sys.exit(main())
