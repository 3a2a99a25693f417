"""The documentation builds without a warning, and every link between files of the repository leads somewhere.

usage: t970-docs.py SOURCE
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def check_links(source):
    pages = [*source.glob("*.md"), *(page for folder in ("docs", "jobs", "tests", "benchmarks") for page in (source / folder).rglob("*.md"))]
    assert len(pages) > 10, pages
    links = [(page, link) for page in pages for link in LINK.findall(page.read_text()) if "://" not in link]
    broken = [f"{page.relative_to(source)}: {link}" for page, link in links if not (page.parent / link).exists()]
    assert not broken, broken


def check_build(source, out):
    command = ["sphinx-build", "-W", "--keep-going", "-q", "-b", "html", source / "docs", out]
    result = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert result.returncode == 0, result.stdout + result.stderr
    for page in "index", "quickstart", "parameters", "slurm", "contributing":
        text = (out / f"{page}.html").read_text()
        assert len(text) > 4000, f"{page}.html has only {len(text)} characters"
    assert "sbatch" in (out / "slurm.html").read_text() and "class=\"math" in (out / "theory.html").read_text()


def main():
    source = Path(sys.argv[1])
    check_links(source)
    if not shutil.which("sphinx-build"):
        print("no sphinx-build (Debian: python3-sphinx python3-myst-parser)")
        sys.exit(1 if os.environ.get("CI") else 77)
    with tempfile.TemporaryDirectory() as folder:
        check_build(source, Path(folder))


main()
