"""A rank that is killed in the middle of a step, or before and while it writes any part of a checkpoint; all ranks killed at once; a rank
that is stopped for good. No rank goes on without it, and a restart on another number of ranks ends with the same bits, with nothing of the
killed run left aside.

usage: t932-kill.py HHT MPIEXEC SHIM
"""
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import faulty
import runs

CASE = """grid: {nx: 16, nv: 18, v_max: 5}
initial: {type: waterbag, amplitude: 0.2}
ts: {dt: 0.1, max_steps: 12}
output: {snapshot_interval: 0.5}
checkpoint: {interval: 2}
"""
FOREVER = ["case.yaml", "-ts_max_steps", "100000000", "-ts_max_time", "1e9"]
# Of the second checkpoint: HDF5's part, which only rank 0 writes; rows; the last mark of a complete one; the rename; before `latest`.
PLACES = [("write", ".checkpoint_0000000004", 0, 0), ("write", ".checkpoint_0000000004", 1, 2), ("write", ".checkpoint_0000000004", 6, 1),
          ("fsync", ".checkpoint_0000000004", 0, 1), ("rename", "checkpoint_0000000004", 0, 0), ("rename", "latest", 1, 0)]


def asides(folder):
    return [path.name for path in Path(folder).rglob(".*.tmp")]


def go_on(program, folder, ranks):
    program.run(ranks, ["case.yaml", "--restart", "auto", "-output_dir", folder])
    runs.check_same(folder, "reference")
    assert not asides(folder), f"{folder}: {asides(folder)} are left"


def killed_in_a_checkpoint(program):
    for i, (call, path, at, rank) in enumerate(PLACES):
        folder = f"checkpoint-{i}"
        fault = {"call": call, "path": path, "at": at, "rank": rank, "do": "KILL"}
        program.run(3, ["case.yaml", "-output_dir", folder], "killed", fault)
        complete = path == "latest"
        assert Path(folder, "checkpoints/checkpoint_0000000004.h5").exists() == complete, f"{call} {at} of rank {rank}"
        assert complete or any("checkpoint" in name for name in asides(folder)), f"{call} {at} of rank {rank}: nothing aside"
        assert "killed" in Path(folder, "INCOMPLETE").read_text()
        go_on(program, folder, 1 + i % 3)


def wait_for_end(pids, seconds=5):
    """The launcher does not wait until those that it has killed have left the system."""
    end = time.monotonic() + seconds
    while any(faulty.is_alive(pid) for pid in pids):
        assert time.monotonic() < end, f"ranks are still there {seconds} s after the end"
        time.sleep(0.01)


def run_and_kill(program, folder, choose):
    """Kills some of 3 ranks of a run that would not end, and waits for the others."""
    process = program.start(3, [*FOREVER, "-output_dir", folder])
    faulty.wait_for(lambda: faulty.lines_of(folder) > 5, process, "line of diagnostics")
    pids = faulty.rank_processes(process, 3)
    faulty.kill(choose(pids))
    faulty.finish(process, "killed")
    wait_for_end(pids)
    program.run(2, [*FOREVER, "--restart", "auto", "--walltime", "0:01", "-output_dir", folder], runs.STOPPED)
    assert not asides(folder), f"{folder}: {asides(folder)} are left"


def killed_in_a_step(program):
    run_and_kill(program, "one", lambda pids: pids[1:2])
    run_and_kill(program, "all", lambda pids: pids)


def start_and_stop(program, rank):
    """The launcher wakes the rank to end it; the limit is large enough for it to say nothing then."""
    folder = f"stopped-{rank}"
    process = program.start(3, [*FOREVER, "-watchdog_limit", "6", "-output_dir", folder])
    faulty.wait_for(lambda: faulty.lines_of(folder) > 5, process, "line of diagnostics")
    os.kill(faulty.rank_processes(process, 3)[rank], signal.SIGSTOP)
    return process


def stopped_ranks(program):
    for process in [start_and_stop(program, rank) for rank in (0, 2)]:
        line = faulty.finish(process, runs.IO)
        assert "took more than 6 s" in line and "hangs" in line, line


def main():
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        program = faulty.FaultyProgram(os.path.abspath(sys.argv[1]), sys.argv[2], os.path.abspath(sys.argv[3]), scratch)
        os.chdir(folder)
        Path("case.yaml").write_text(CASE)
        program.run(1, ["case.yaml", "-output_dir", "reference"])
        for check in killed_in_a_checkpoint, killed_in_a_step, stopped_ranks:
            start = time.monotonic()
            check(program)
            print(f"{check.__name__}: {time.monotonic() - start:.1f} s", flush=True)


main()
