"""jobs/run.sbatch on a real SLURM: a run that is warned of its time limit, killed by it, requeued, preempted, cancelled and
submitted again, or that loses a rank, also at its start, or a node, ends with the same bits as one that nothing happened to. A job that makes no
progress, or cannot, does not go on.

usage: t980-slurm-run.py FOLDER_OF_HHT
"""
import os
import signal
import sys
import tempfile
import threading
from pathlib import Path

import runs
import slurm_cluster
from slurm_cluster import poll
from slurm_job import Job

ROOT = Path(__file__).resolve().parent.parent
HHT = Path(sys.argv[1]).resolve()

STEPS = 3000
CASE = f"""\
grid: {{nx: 128, nv: 256, x_length: 4*pi, v_max: 8}}
initial: {{type: maxwellian, amplitude: 0.1, phase: 0.1*v*sin(x/2)}}
ts: {{dt: 0.005, max_time: {0.005 * STEPS}}}
output: {{snapshot_interval: 4}}
checkpoint: {{interval: 100}}
"""


def submit(cluster, name, options=(), arguments=()):
    """jobs/run.sbatch with a run in the folder `name`."""
    log = f"{name}.log"
    job = cluster.submit(ROOT / "jobs/run.sbatch", "case.yaml", name, *arguments,
                         options=["--time=10", f"--output={log}", *options])
    return Job(cluster, job, name, log)


def interrupt(job, step, event, state="PENDING", lost=0):
    """At that step; the event loses so many steps at most, and leaves the job in that state."""
    reached = job.freeze(step)
    assert reached < STEPS - 1, f"{job.folder} was over before it could be interrupted"
    event()
    job.cluster.wait(job.id, state)
    saved = runs.latest_step(job.folder)
    print(f"{job.folder}: {state} at step {reached}, checkpoint of step {saved}", flush=True)
    assert saved >= reached - lost, f"{job.folder}: more than {lost} steps are lost"


def preempt(cluster, node):
    """Something more important needs the whole node."""
    cluster.call("sbatch", "--partition=urgent", f"--nodelist={node}", "--exclusive", "--output=urgent.log", "--wrap=true")


def lose_node(job, node):
    """For good. A node that is really lost runs nothing any more."""
    job.cluster.call("scontrol", "update", f"NodeName={node}", "State=DOWN", "Reason=test")
    poll(lambda: not list(job.ranks()), 60, f"{job.folder}: the end of its ranks")


def check_interrupted(cluster):
    """On two nodes, then on one, and when that is lost on another."""
    job = submit(cluster, "interrupted", ["--partition=grace", "--exclude=n1", "--nodes=2", "--ntasks-per-node=1"])
    interrupt(job, 150, lambda: preempt(cluster, "n3"))
    cluster.start_now(job.id)
    interrupt(job, 250, lambda: cluster.call("scancel", job.id), "CANCELLED")

    job = submit(cluster, "interrupted", ["--exclude=n1"])
    for step, event, lost in (
        (350, lambda: job.warn(), 0),
        (450, lambda: cluster.call("scontrol", "requeue", job.id), 0),
        (550, lambda: preempt(cluster, "n2"), 0),
        (650, lambda: job.kill_ranks(signal.SIGKILL, 1), 100),
        (750, lambda: lose_node(job, "n2"), 100),
    ):
        interrupt(job, step, event, lost=lost)
        cluster.start_now(job.id)
    finish(job)


def finish(job):
    job.cluster.wait(job.id, "COMPLETED")
    assert (job.folder / "COMPLETE").exists(), job.folder
    runs.check_same(job.folder, "reference")


def submit_with(cluster, name, script, more="", options=()):
    """With that shell script in the place of hht."""
    program = Path(f"{name}-bin", "hht")
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return submit(cluster, name, [f"--export=ALL,PATH={os.getcwd()}/{name}-bin:{os.environ['PATH']}{more}", *options])


def check_lost_at_start(cluster):
    """A rank that dies before MPI knows it does not leave the others waiting to the time limit: the job goes back into the queue."""
    job = submit_with(cluster, "lost", f'[ "$SLURM_PROCID" = 1 ] && kill -SEGV $$; exec {HHT}/hht "$@"', ",SLURM_WAIT=2",
                      ["--nodes=2", "--ntasks-per-node=1"])
    job.says("exit code 139")
    cluster.wait(job.id, "PENDING")
    cluster.call("scancel", job.id)


def check_no_progress(cluster):
    """Exit code 75 over and over from the same place, and no checkpoint: the third start is refused."""
    job = submit_with(cluster, "stuck", "exit 75")
    job.says(f"job {job.id}: exit code 75")
    cluster.start_now(job.id)
    cluster.start_now(job.id)
    cluster.wait(job.id, "FAILED")
    log = job.log.read_text()
    assert log.count(": exit code 75\n") == 2 and "no progress" in log, log


def check_end(cluster, name, text, arguments=()):
    """The job ends and is not requeued."""
    job = submit(cluster, name, arguments=arguments)
    cluster.wait(job.id, "FAILED")
    assert text in job.log.read_text(), job.log.read_text()


def check_ends(cluster):
    check_end(cluster, "bad", "grid_nx: 3 is not allowed", ["-grid_nx", "3"])
    Path("stopped").mkdir()
    Path("stopped/STOP").touch()
    check_end(cluster, "stopped", "exit code 75")


def start_limited(cluster):
    """Short runs that meet their time limit, which SLURM looks at every 30 s: they are frozen until then. One is warned by
    SLURM, one looks at its limit itself, and one does neither and is killed."""
    blind, mute = ["--walltime", "24:00:00"], "--signal=B:CONT@1"
    jobs = [
        submit(cluster, "warned", ["--nodelist=n1", "--time=2"], blind),
        submit(cluster, "timed", ["--nodelist=n1", "--time=1", mute]),
        submit(cluster, "killed", ["--nodelist=n1", "--time=1", mute], blind),
    ]
    for job in jobs:
        job.freeze(150)
    # After a step that took so long, another one might not be over in time.
    threading.Timer(30, jobs[1].kill_ranks, [signal.SIGCONT]).start()
    return jobs


def check_limited(cluster, jobs):
    warned, timed, killed = jobs
    warned.heed_warning()
    timed.says("(the time limit is near)")
    killed.says("DUE TO TIME LIMIT", 90)
    for job in jobs:
        cluster.wait(job.id, "PENDING")
        cluster.call("scontrol", "update", f"JobId={job.id}", "TimeLimit=10")
        cluster.start_now(job.id)
    for job in jobs:
        assert ("TIME LIMIT" in job.log.read_text()) == (job is killed), job.log.read_text()
        finish(job)


def check(cluster):
    limited = start_limited(cluster)
    check_interrupted(cluster)
    check_lost_at_start(cluster)
    check_no_progress(cluster)
    check_ends(cluster)
    check_limited(cluster, limited)


def main():
    slurm_cluster.require()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("case.yaml").write_text(CASE)
        runs.Program(HHT / "hht", None).run(1, ["case.yaml", "-output_dir", "reference"])
        with slurm_cluster.Cluster("slurm", nodes=3, PATH=f"{HHT}:{os.environ['PATH']}") as cluster:
            check(cluster)


main()
