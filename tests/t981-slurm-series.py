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
from slurm_job import Job

ROOT = Path(__file__).resolve().parent.parent
HHT = Path(sys.argv[1]).resolve()

CASE = """\
grid: {nx: 64, nv: 128, x_length: 4*pi, v_max: 8}
initial: {type: maxwellian, amplitude: 0.1, phase: 0.1*v*sin(x/2)}
ts: {dt: 0.005, max_time: 40}
"""
OPTIONS = ["-potential_strength 2 -ts_max_time 2", "-potential_type cosine -ts_max_time 2", "-initial_temperature 0.9"]


def reference(options, folder):
    runs.Program(HHT / "hht", None).run(1, ["case.yaml", "-output_dir", folder, *options])
    return folder


def stop_early(job):
    """By SLURM's warning before the time limit."""
    job.freeze(300)
    job.warn()


def check_chain(cluster):
    links = cluster.call("jobs/chain.sh", 3, "case.yaml", "chain").stdout.split()
    assert len(links) == 3, links
    stop_early(Job(cluster, links[0], "chain", f"hht-{links[0]}.log"))
    cluster.wait(links[0], "FAILED")
    assert not Path("chain/COMPLETE").exists(), "the first link was over before it could be interrupted"
    cluster.wait(links[1], "COMPLETED")
    cluster.wait(links[2], "COMPLETED")
    runs.check_same("chain", reference([], "one"))


def check_sweep(cluster):
    """The last element to start has the array's id as its own."""
    Path("options.txt").write_text("".join(f"{line}\n" for line in OPTIONS))
    job = cluster.submit("jobs/sweep.sbatch", "case.yaml", "sweep", "options.txt", options=["--array=1-3"])
    stop_early(Job(cluster, f"{job}_3", "sweep/3", f"hht-sweep-{job}_3.log"))
    cluster.wait(f"{job}_3", "PENDING")
    assert not Path("sweep/3/COMPLETE").exists(), "the last run was over before it could be interrupted"
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
