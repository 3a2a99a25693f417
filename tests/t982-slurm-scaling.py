"""jobs/scaling.sbatch on a real SLURM: both sweeps leave the JSON lines of all sizes on all numbers of ranks, and their pictures.

usage: t982-slurm-scaling.py FOLDER_OF_HHT
"""
import json
import os
import re
import sys
import tempfile
from pathlib import Path

import slurm_cluster
from slurm_cluster import poll

ROOT = Path(__file__).resolve().parent.parent
HHT = Path(sys.argv[1]).resolve()


def submit(cluster, sweep, sizes, out):
    """Both ranks on one node: of jobs that start on several nodes of one busy machine at once a rank may crash in MPI_Init (slurm_cluster.PMIX). That
    jobs on two nodes run is said by t980."""
    return cluster.submit("jobs/scaling.sbatch", sweep, "--sizes", *sizes, "--ranks", 1, 2, "--out", out, "--bin", HHT,
                          "--sbatch=--nodes=1 --cpus-per-task=2 --time=5",
                          "--", "-bench_repeats", 1, "-threads_per_rank", 2,
                          options=[f"--output={out}.log"])


def check(cluster, job, sweep, out, points):
    """points: {(size, ranks): points of the grid}."""
    cluster.wait(job, "COMPLETED")
    log = Path(f"{out}.log").read_text()
    last = re.search(r"submitted \d+, \d+; (\d+) draws", log)
    assert last, log
    poll(lambda: cluster.states(last[1]) not in (["PENDING"], ["RUNNING"], ["COMPLETING"]), 100, f"{sweep}: the last job")
    logs = "".join(path.read_text() for path in out.glob("*.log"))
    assert cluster.states(last[1]) == ["COMPLETED"], logs
    lines = [json.loads(line) for line in (out / f"{sweep}.jsonl").read_text().splitlines()]
    found = {(line["size"], line["ranks"], line["mode"]): line["points"] for line in lines if line["threads_per_rank"] == 2}
    assert found == {(*key, mode): n for key, n in points.items() for mode in ("complex", "real")}, (found, logs)
    for picture in ("scaling.png", "scaling_breakdown.png"):
        assert (out / "plots" / picture).read_bytes()[:4] == b"\x89PNG", picture


def main():
    slurm_cluster.require()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(ROOT)
        strong, weak = Path(folder, "strong"), Path(folder, "weak")
        with slurm_cluster.Cluster(Path(folder, "slurm")) as cluster:
            jobs = submit(cluster, "strong", ["16^2", "4^4"], strong), submit(cluster, "weak", ["16^2"], weak)
            check(cluster, jobs[0], "strong", strong,
                  {("16^2", 1): 256, ("16^2", 2): 256, ("4^4", 1): 256, ("4^4", 2): 256})
            check(cluster, jobs[1], "weak", weak, {("16^2", 1): 256, ("16^2", 2): 512})


main()
