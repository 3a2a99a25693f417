"""Makes docs/gallery.md and its pictures: every case of docs/examples is run by the very commands that the page shows.

usage: tools/docs-images [--bin DIR] [NAME ..]
"""
import argparse
import os
import re
import shlex
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from textwrap import fill

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES, IMAGES, GALLERY = ROOT / "docs/examples", ROOT / "docs/images", ROOT / "docs/gallery.md"

HEAD = """# Gallery

Every case of docs/examples, with what two commands make of it, in the repository's root and with `hht` and `hht-plot` in the `PATH`; most take seconds
on two cores. What the plots show is in [outputs.md](outputs.md), how to write a case of your own in [quickstart.md](quickstart.md). The three
examples in C are in [their README](examples/c/README.md). `tools/docs-images` runs all of these commands and writes this page.
"""


@dataclass
class Picture:
    """docs/images/NAME.png."""

    name: str
    plot: str
    case: str = ""      # docs/examples/CASE.yaml; the picture's name where it is not given
    command: str = "run"
    smaller: str = ""   # options that bring the case below a minute
    options: str = ""
    shows: str = ""     # the first sentence of the comment that the case begins with where it is not given

    @property
    def path(self):
        return EXAMPLES / f"{self.case or self.name}.yaml"

    def title(self):
        comment = " ".join(line[1:].strip() for line in takewhile(lambda line: line[:1] == "#", self.path.read_text().splitlines()))
        return self.shows or comment.split(". ")[0].rstrip(".") + "."

    def folder(self):
        """The last given counts."""
        return re.findall(r"(?:  dir:|-output_dir) +(\S+)", self.path.read_text() + self.options)[-1]

    def commands(self):
        words = ["mpiexec -n 2 hht", self.command, self.path.relative_to(ROOT), self.smaller, self.options]
        return [" ".join(str(word) for word in words if word), f"hht-plot {self.folder()} {self.plot}"]

    def text(self):
        case = self.path.name
        smaller = f" With `{self.smaller}`: as it is the case takes longer than a minute." if self.smaller else ""
        caption = fill(f"[{case}](examples/{case}): {self.title()}{smaller}", 140, break_long_words=False, break_on_hyphens=False)
        commands = "\n".join(f"    {command}" for command in self.commands())
        return f"### {self.name}\n\n{caption}\n\n{commands}\n\n![{self.name}](images/{self.name}.png)\n"


SECTIONS = {
    "Plasma waves": [
        Picture("landau", "field"), Picture("strong_landau", "field"), Picture("two_stream", "phase"), Picture("bump_on_tail", "phase"),
        Picture("echo", "field"), Picture("landau_2d", "field"),
    ],
    "Gravity": [
        Picture("jeans", "phase"), Picture("jeans_2d", "phase"), Picture("jeans_3d", "field"), Picture("collapse", "phase"),
        Picture("collapse_2d", "phase"), Picture("collapse_3d", "phase", smaller="-grid_nx 14 -grid_nv 18"),
    ],
    "Particles on a circle": [Picture("hmf", "phase"), Picture("hmf_waterbag", "phase"), Picture("hmf_qss", "field")],
    "Exact solutions": [Picture("free_gaussian", "phase"), Picture("harmonic", "phase")],
    "The mean field and its limits": [
        Picture("vlasov", "views", command="views"), Picture("bounds", "bounds"),
        Picture("meanfield", "meanfield", command="meanfield"),
        Picture("meanfield-phase", "phase", case="meanfield", options="-output_dir runs/field", shows="The mean field of these particles at t = 1."),
        Picture("nbody", "counting"),
    ],
}
PICTURES = [picture for pictures in SECTIONS.values() for picture in pictures]


def page():
    sections = [f"## {title}\n\n" + "\n".join(picture.text() for picture in pictures) for title, pictures in SECTIONS.items()]
    return "\n".join([HEAD, *sections])


def make(picture, programs):
    """In a folder where docs/ is that of the repository, so that the commands are those of the page."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "docs").symlink_to(ROOT / "docs")
        run, plot = (shlex.split(command) for command in picture.commands())
        for command in run, [*plot, "--dpi", "90"]:
            subprocess.run(command, cwd=folder, env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}, check=True)
        shrink(Path(folder) / picture.folder() / "plots" / f"{picture.plot}.png", IMAGES / f"{picture.name}.png")


def shrink(drawn, path):
    """256 colours are enough for one or two colour maps and some curves, and take a third of the bytes."""
    from PIL import Image

    with Image.open(drawn) as image:
        image.convert("RGB").quantize(256, kmeans=2).save(path, optimize=True)


def main():
    parser = argparse.ArgumentParser(prog="tools/docs-images", description="Runs docs/examples, draws them, and writes docs/gallery.md.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="pictures to remake; default: all, in some minutes")
    parser.add_argument("--bin", type=Path, default=ROOT / "build/release/bin", help="the folder of hht and hht-plot; default: build/release/bin")
    options = parser.parse_args()
    known = [picture.name for picture in PICTURES]
    for name in options.names:
        if name not in known:
            parser.error(f"{name}: no such picture; choose from {', '.join(known)}")
    if not (options.bin / "hht").is_file():
        parser.error(f"--bin {options.bin} holds no hht; build it: cmake --preset release && cmake --build --preset release")
    for picture in PICTURES:
        if picture.name in (options.names or known):
            make(picture, options.bin.resolve())
    GALLERY.write_text(page())


if __name__ == "__main__":
    main()
