"""docs/gallery.md is what tools/docs-images writes, has every case that ships and small pictures, and its commands are accepted.

usage: t971-gallery.py HHT SOURCE
"""
import re
import shlex
import sys
import tempfile
from pathlib import Path

import alone

MAX_BYTES = 1.5e6  # of all pictures, which everybody who clones the repository fetches
LAUNCHER = ["mpiexec", "-n", "2"]


def check_complete(source, page):
    for case in (source / "docs/examples").glob("*.yaml"):
        assert f"docs/examples/{case.name}" in page, f"{case.name} is not in docs/gallery.md; add it to tools/docs_images.py"
    pictures = [source / "docs" / name for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page)]
    missing = [str(path) for path in pictures if not path.is_file()]
    assert pictures and not missing, f"{missing} do not exist; run tools/docs-images"
    size = sum(path.stat().st_size for path in pictures)
    assert size < MAX_BYTES, f"the pictures take {size} bytes"


def check_commands(program, source, page, plots):
    """The runs as dry runs on one rank; of the pictures the name of the plot, and that they draw the run before them."""
    commands = [shlex.split(line) for line in re.findall(r"^    (\S.*)$", page, re.M)]
    assert commands and len(commands) % 2 == 0, commands
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "docs").symlink_to(source / "docs")
        for run, plot in zip(commands[::2], commands[1::2]):
            check_run(program, folder, run, plot)
            assert plot[0] == "hht-plot" and plot[2] in plots, plot
        assert [path.name for path in Path(folder).iterdir()] == ["docs"], "a dry run left files"


def check_run(program, folder, run, plot):
    assert run[:4] == [*LAUNCHER, "hht"], run
    result = alone.run([program, *run[4:], "--dry-run"], folder)
    assert result.returncode == 0, f"{' '.join(run)}: {result.stderr}"
    case = (Path(folder) / run[5]).read_text()
    assert plot[1] in run or re.search(rf"^  dir: {plot[1]}$", case, re.M), f"{plot[1]} is not where {' '.join(run)} writes"


def main():
    program, source = sys.argv[1], Path(sys.argv[2])
    sys.path[:0] = [str(source / "tools"), str(source / "python")]
    import docs_images
    from hht_plot.main import PLOTS

    page = (source / "docs/gallery.md").read_text()
    assert page == docs_images.page(), "docs/gallery.md is not what its script and the cases say; run tools/docs-images"
    check_complete(source, page)
    check_commands(program, source, page, PLOTS)


main()
