"""A run that is killed or asked to stop at random moments -- one rank, all of them, or a signal that asks -- and started again each time on
another number of ranks, until it is complete, ends with the same bits as one that was left alone.

usage: t934-soak.py HHT MPIEXEC SHIM [KILLS [SEED]]      (100 kills take some minutes)
"""
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import faulty
import runs

CASE = """grid: {nx: 16, nv: 18, v_max: 5}
initial: {type: maxwellian, amplitude: 0.3, phase: 0.3*vx*sin(x/2)}
ts: {dt: 0.01, max_time: 1e9}
output: {snapshot_interval: 0.2, diagnostics_interval: 3}
checkpoint: {interval: 5}
"""
RANKS = [1, 2, 3, 5]
ENDS = ["one", "all", "TERM", "USR2", "INT"]
MOST = 0.6  # s from the first file of a run to its end: start-up, steps, checkpoints and snapshots are all met


def end(process, ranks, how, choose):
    """Returns what finish() has to expect."""
    pids = faulty.rank_processes(process, ranks)
    if how == "one":
        faulty.kill([choose.choice(pids)])
    elif how == "all":
        faulty.kill(pids)
    else:
        for pid in choose.sample(pids, choose.randint(1, len(pids))):
            os.kill(pid, getattr(signal, f"SIG{how}"))
        return runs.STOPPED
    return "killed"


def part(program, arguments, folder, choose):
    """One part of the run, ended at a random moment; how."""
    ranks, how = choose.choice(RANKS), choose.choice(ENDS)
    marked = Path(folder, "INCOMPLETE")
    before = marked.stat().st_mtime_ns if marked.exists() else 0
    process = program.start(ranks, arguments)
    # Signals end a program that has not begun to catch them.
    faulty.wait_for(lambda: marked.exists() and marked.stat().st_mtime_ns > before, process, "begin")
    time.sleep(choose.uniform(0, MOST))
    faulty.finish(process, end(process, ranks, how, choose))
    return f"{how} of {ranks}"


def main():
    kills = int(sys.argv[4]) if len(sys.argv) > 4 else 6
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else random.randrange(10**6)
    choose = random.Random(seed)
    print(f"{kills} kills, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        program = faulty.FaultyProgram(os.path.abspath(sys.argv[1]), sys.argv[2], os.path.abspath(sys.argv[3]), scratch)
        os.chdir(folder)
        Path("case.yaml").write_text(CASE)
        arguments = ["case.yaml", "--restart", "auto", "-output_dir", "run"]
        for i in range(kills):
            how = part(program, [*arguments, "-ts_max_steps", "100000000"], "run", choose)
            print(f"{i}: {how}, {faulty.lines_of('run')} lines of diagnostics", flush=True)
        steps = ["-ts_max_steps", str(3 * faulty.lines_of("run") + 20)]
        program.run(choose.choice(RANKS), [*arguments, *steps])
        program.run(1, ["case.yaml", "-output_dir", "reference", *steps])
        runs.check_same("run", "reference")
        print(f"the same bits after {kills} kills", flush=True)


main()
