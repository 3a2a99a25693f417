# Configuration of Sphinx: sphinx-build -W -b html docs build/docs
import os
import re
from pathlib import Path

project = "hht"
copyright = "The hht developers"  # noqa: A001  (Sphinx's name)
extensions = ["myst_parser", "sphinx.ext.mathjax"]
myst_enable_extensions = ["amsmath", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["examples"]
html_theme = "alabaster"
html_theme_options = {"description": "The Hamilton Hartree equation on phase-space grids", "page_width": "1100px"}

DOCS = Path(__file__).parent
# Pages that stand elsewhere in the repository, where people look for them; the files of these names only point there.
ELSEWHERE = {
    "benchmarks": "../benchmarks/README.md",
    "contributing": "../CONTRIBUTING.md",
    "library": "examples/c/README.md",
    "site": "../jobs/site/README.md",
    "slurm": "../jobs/README.md",
    "tests": "../tests/README.md",
}
PAGE_OF = {os.path.normpath(DOCS / path): page for page, path in ELSEWHERE.items()}


def resolve(match, folder):
    """A link between files of the repository as one between pages; what is no page keeps its text only."""
    image, text, target, anchor = match.groups()
    path = os.path.normpath(folder / target)
    if "://" in match[0] or image:
        return match[0]
    if path in PAGE_OF:
        return f"[{text}]({PAGE_OF[path]}.md{anchor or ''})"
    if Path(path).parent == DOCS and path.endswith(".md"):
        return f"[{text}]({Path(path).name}{anchor or ''})"
    return text


def read_source(_app, page, source):
    path = DOCS / ELSEWHERE.get(page, f"{page}.md")
    text = path.read_text()
    source[0] = re.sub(r"(!?)\[([^\]]*)\]\(([^)#\s]+)(#[^)]*)?\)", lambda match: resolve(match, path.parent), text)


def setup(app):
    app.connect("source-read", read_source)
