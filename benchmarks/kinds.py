"""How many of the tests' variants come out right, by kind of input: benchmarks/kinds.py [--package DIR].

Runs the tests of real forms one by one. With --package, they judge another state of the package: the folder in which it
can be imported as `unsplice`. What that state cannot even import counts as not right.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

KINDS = {
    "reprints, merged": ["tests/reattach/test_reprints.py"],
    "reprints, kept; versions": ["tests/reattach/test_versions.py"],
    "lists": ["tests/reattach/test_lists.py::test_a_list_stays_whole"],
    "poems": ["tests/reattach/test_lists.py::test_a_poem_stays_whole"],
    "what heads a story": ["tests/reattach/test_headlines.py"],
    "notices and recurring lines": ["tests/passages/test_boilerplate.py"],
    "titles of web pages": ["tests/read/test_html_titles.py"],
    "account of web pages": ["tests/read/test_html_account.py"],
    "contents and endings": ["tests/read/test_plain.py"],
    "dates, names, credits": ["tests/write/test_metadata.py", "tests/read/test_microdata.py"],
    "typography": ["tests/tidy/test_tidy.py"],
}
ROOT = Path(__file__).parent.parent
RESULT = re.compile(r"^(PASSED|FAILED|ERROR) ", re.MULTILINE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", type=Path, help="folder with another state of the package, named unsplice")
    package = parser.parse_args().package
    there = {"PYTHONPATH": str(package.resolve())} if package else {}
    print("| kind | variants | right |\n|---|---|---|")
    for kind, tests in KINDS.items():
        command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-rA", "-p", "no:cacheprovider", *tests]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **there}, capture_output=True, text=True, check=False
        )
        counts = Counter(RESULT.findall(done.stdout))
        print(f"| {kind} | {counts.total()} | {counts['PASSED']} |", flush=True)


if __name__ == "__main__":
    main()
