"""jobs/chain.sh and jobs/sweep.sbatch on a real SLURM: the next link of a chain goes on where the one before was stopped, and one
that finds the run complete ends at once; each element of an array is the run of its line, and goes back into the queue alone.

usage: t981-slurm-series.py FOLDER_OF_HHT
"""
import os
import shutil
import sys
import tempfile
from pathlib import Path

import runs
import slurm_cluster
from slurm_cluster import poll

ROOT = Path(__file__).resolve().parent.parent
HHT = Path(sys.argv[1]).resolve()

STEPS = 400
CASE = f"""\
grid: {{nx: 32, nv: 64, x_length: 4*pi, v_max: 8}}
initial: {{type: maxwellian, amplitude: 0.1, phase: 0.1*v*sin(x/2)}}
ts: {{dt: 0.01, max_time: {0.01 * STEPS}}}
"""
OPTIONS = ["-potential_strength 2", "-initial_amplitude 0.2 -potential_type cosine", "-initial_temperature 0.9"]

STOPPED_ONCE = f"""\
#!/bin/sh
[ "$SLURM_ARRAY_TASK_ID" = 3 ] && mkdir "started-$SLURM_PROCID" 2>/dev/null && exit 75
exec {HHT}/hht "$@"
"""


def reference(options, folder):
    runs.Program(HHT / "hht", None).run(1, ["case.yaml", "-output_dir", folder, *options])
    return folder


def check_chain(cluster):
    """The first link is stopped at its first step."""
    Path("chain").mkdir()
    Path("chain/STOP").touch()
    links = cluster.call("jobs/chain.sh", 3, "case.yaml", "chain").stdout.split()
    assert len(links) == 3, links
    for link, state in zip(links, ("FAILED", "COMPLETED", "COMPLETED")):
        cluster.wait(link, state)
    starts = [start.split()[1] for start in Path("chain/starts").read_text().splitlines()]
    assert starts == ["beginning", *(f"checkpoint_{step:010d}.h5" for step in (1, STEPS))], starts
    runs.check_same("chain", reference([], "one"))


def check_sweep(cluster):
    """The last element has the array's id as its own; it is asked to start again before its first step."""
    Path("options.txt").write_text("".join(f"{line}\n" for line in OPTIONS))
    Path("bin").mkdir()
    Path("bin/hht").write_text(STOPPED_ONCE)
    Path("bin/hht").chmod(0o755)
    job = cluster.submit("jobs/sweep.sbatch", "case.yaml", "sweep", "options.txt",
                         options=["--array=1-3", f"--export=ALL,PATH={os.getcwd()}/bin:{os.environ['PATH']}"])
    poll(Path("started-1").exists, 60, "the last element's first start")
    for element in (1, 2):
        cluster.wait(f"{job}_{element}", "COMPLETED")
    cluster.start_now(f"{job}_3")
    cluster.wait(f"{job}_3", "COMPLETED")
    for element, options in enumerate(OPTIONS, 1):
        runs.check_same(f"sweep/{element}", reference(options.split(), f"line{element}"))
        starts = Path(f"sweep/{element}/starts").read_text().splitlines()
        assert len(starts) == (2 if element == 3 else 1), starts


def main():
    slurm_cluster.require()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        shutil.copytree(ROOT / "jobs", "jobs")
        Path("case.yaml").write_text(CASE)
        with slurm_cluster.Cluster("slurm", PATH=f"{HHT}:{os.environ['PATH']}") as cluster:
            check_chain(cluster)
            check_sweep(cluster)


main()
