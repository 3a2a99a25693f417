"""docs/verification.md is docs/verification.md.in with numbers in it, each place is filled by what a test prints, and the table of
`hht check` has the lines that the program prints.

usage: t972-verification.py HHT SOURCE
"""
import re
import sys
from pathlib import Path

import alone

NUMBER = r"-?[\d.]+(?:e-?\d+)?"
FORMAT = re.compile(r'TestMeasured\(\s*"([^"]+)"')    # in C
PRINTED = re.compile(r'print\(f"measured ([^"]+)"')   # in Python
VARIABLE = re.compile(r"%[-.\d]*[a-z]+|\{[^{}]*\}")


def check_page(source, placeholder):
    """Between the numbers the page says what the template says: an edit of one alone is lost."""
    template, page = ((source / "docs" / name).read_text() for name in ("verification.md.in", "verification.md"))
    places = [re.escape(text) for text in placeholder.sub("\0", template).split("\0")]
    kinds = [NUMBER if match[2] else ".*?" for match in placeholder.finditer(template)]
    pattern = places[0] + "".join(kind + text for kind, text in zip(kinds, places[1:]))
    assert re.fullmatch(pattern, page, re.S), "docs/verification.md is not its template with numbers; run tools/docs-verification"
    return page


def keys(source, test):
    """Patterns of the keys that the test prints, itself or by a header; the value is the last word."""
    texts = [path.read_text() for path in (source / "tests").glob(f"{test}-*")]
    assert texts, f"there is no test {test}"
    headers = {name for text in texts for name in re.findall(r'#include "(\w+\.h)"', text)} - {"test.h"}
    texts += [(source / "tests" / name).read_text() for name in sorted(headers)]
    formats = [VARIABLE.sub("\0", found) for text in texts for found in FORMAT.findall(text) + PRINTED.findall(text)]
    return [".+".join(map(re.escape, text.rpartition(" ")[0].split("\0"))) for text in formats]


def check_keys(source, wanted):
    for test, key in wanted:
        patterns = keys(source, test)
        assert any(re.fullmatch(pattern, key) for pattern in patterns), f"{test} prints no {key!r}, but {patterns}"


def lines_of(table):
    """What is checked and how much is allowed."""
    return [(line[2:54].rstrip(), line.split()[-2]) for line in table.splitlines() if line.endswith("  pass")]


def main():
    program, source = sys.argv[1], Path(sys.argv[2])
    sys.path.insert(0, str(source / "tools"))
    from docs_verification import PLACEHOLDER, TEMPLATE, placeholders

    page = check_page(source, PLACEHOLDER)
    wanted = placeholders(TEMPLATE.read_text())
    assert len(wanted) > 100, wanted
    check_keys(source, wanted)
    result = alone.run([program, "check"])
    assert result.returncode == 0 and lines_of(result.stdout) == lines_of(page), "hht check has other lines; run tools/docs-verification"


main()
