"""What asks a run to stop or to save: signals, also again and again, and while a checkpoint is written; the files STOP and SAVE; the end of
the time. Each run goes on afterwards and ends with the same bits. What may not change on a restart, and a run that is complete.

usage: t931-run-control.py HHT MPIEXEC SHIM
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
checkpoint: {interval: 5, keep: 100}
"""
FOREVER = ["case.yaml", "-ts_max_steps", "100000000", "-ts_max_time", "1e9"]
LINE = {"call": "write", "path": "/diagnostics.csv", "at": 4}  # while the line of step 4 is written


def go_on(program, folder, ranks=1):
    program.run(ranks, ["case.yaml", "--restart", "auto", "-output_dir", folder])
    runs.check_same(folder, "reference")


def check_stopped(line, folder, reason, step):
    assert reason in line and f"--restart {folder}" in line, line
    assert Path(folder, "INCOMPLETE").read_text().strip() in line and not Path(folder, "COMPLETE").exists()
    assert runs.latest_step(folder) == step, f"{folder}: the checkpoint is of step {runs.latest_step(folder)}, not {step}"


def stopping_signals(program):
    for name, repeated in (("TERM", {}), ("INT", {"on": 1}), ("USR2", {})):
        line = program.run(1, ["case.yaml", "-output_dir", name], runs.STOPPED, LINE | repeated | {"do": name})
        check_stopped(line, name, "a signal", 4)
        go_on(program, name, 2)


def saving_signal(program):
    program.run(1, ["case.yaml", "-output_dir", "USR1"], runs.COMPLETE, LINE | {"do": "USR1"})
    assert "checkpoint at step 4, time 0.4 (signal SIGUSR1)" in Path("USR1", "log.txt").read_text()
    runs.check_same("USR1", "reference")


def signals_in_a_checkpoint(program):
    """To a rank that is not the first. The checkpoint is finished; the request that came meanwhile is met after the next step."""
    fault = {"call": "write", "path": ".checkpoint_", "at": 0, "on": 1, "rank": 1}
    line = program.run(2, ["case.yaml", "-output_dir", "inside"], runs.STOPPED, fault | {"do": "TERM"})
    check_stopped(line, "inside", "a signal", 6)
    go_on(program, "inside", 3)


def signal_at_the_end(program):
    """Nothing is left to stop."""
    program.run(1, ["case.yaml", "-output_dir", "end"], runs.COMPLETE, LINE | {"at": 12, "do": "TERM"})
    runs.check_same("end", "reference")


def signals_from_the_launcher(program):
    process = program.start(2, [*FOREVER, "-output_dir", "launcher"])
    faulty.wait_for(lambda: faulty.lines_of("launcher") > 5, process, "line of diagnostics")
    for _ in range(3):
        process.send_signal(signal.SIGUSR2)
    line = faulty.finish(process, runs.STOPPED)
    check_stopped(line, "launcher", "a signal", runs.latest_step("launcher"))


def saving_file(program):
    Path("file").mkdir()
    Path("file", "SAVE").touch()
    program.run(1, ["case.yaml", "-output_dir", "file"])
    assert "checkpoint at step 1, time 0.1 (the file SAVE)" in Path("file", "log.txt").read_text()
    assert not Path("file", "SAVE").exists() and len(list(Path("file").glob("SAVE.2*"))) == 1
    runs.check_same("file", "reference")


def end_of_the_time(program):
    start = time.monotonic()
    line = program.run(1, [*FOREVER, "--walltime", "0:03", "-output_dir", "walltime"], runs.STOPPED)
    check_stopped(line, "walltime", "the time limit is near", runs.latest_step("walltime"))
    assert time.monotonic() - start < 6, f"ended after {time.monotonic() - start} s"


def end_of_the_job(program):
    os.environ["SLURM_JOB_END_TIME"] = str(int(time.time()) + 3)
    line = program.run(1, [*FOREVER, "-output_dir", "job"], runs.STOPPED)
    del os.environ["SLURM_JOB_END_TIME"]
    check_stopped(line, "job", "the time limit is near", runs.latest_step("job"))


def complete_run(program):
    before = faulty.content("reference")
    for restart in (["case.yaml", "--restart", "auto"], ["--restart", "reference"]):
        program.run(1, [*restart, "-output_dir", "reference"])
        assert faulty.content("reference") == before, "a restart of a complete run has changed its folder"
    program.run(1, ["case.yaml", "--restart", "auto", "-output_dir", "USR1", "-ts_max_steps", "14"])
    assert runs.latest_step("USR1") == 14


FORBIDDEN = {"grid_nx": "32", "grid_nv": "20", "grid_dim": "2", "grid_x_length": "6", "grid_v_max": "6", "potential_type": "cosine",
             "potential_strength": "-1", "potential_boundary": "free", "initial_amplitude": "0.3", "initial_type": "landau",
             "equation_type": "vlasov",
             "ts_dt": "0.05", "ts_splitting_type": "lie", "ts_type": "rk", "state_numbers": "complex", "fft_rigor": "measure"}


def forbidden_changes(program):
    before = faulty.content("reference")
    for option, value in FORBIDDEN.items():
        arguments = ["case.yaml", "--restart", "auto", "-output_dir", "reference", "-ts_max_steps", "20", f"-{option}", value]
        line = program.run(1, arguments, runs.USAGE)
        assert line.startswith(f"hht: error: {option}: ") and "restart cannot change it" in line, line
        assert faulty.content("reference") == before, f"{option}: the folder has changed"


def second_solution(program):
    """Neither comes nor goes."""
    other = ["-compare_amplitude", "0.1"]
    program.run(1, ["case.yaml", "-output_dir", "two", *other])
    for folder, options, words in (("two", [], "no second solution"), ("reference", other, "a second solution")):
        line = program.run(1, ["case.yaml", "--restart", folder, "-ts_max_steps", "20", "-output_dir", folder, *options], runs.USAGE)
        assert line.startswith(f"hht: error: compare: {words} is not allowed; a restart cannot change it"), line


def main():
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        program = faulty.FaultyProgram(os.path.abspath(sys.argv[1]), sys.argv[2], os.path.abspath(sys.argv[3]), scratch)
        os.chdir(folder)
        Path("case.yaml").write_text(CASE)
        program.run(1, ["case.yaml", "-output_dir", "reference"])
        for check in (stopping_signals, saving_signal, signals_in_a_checkpoint, signal_at_the_end, signals_from_the_launcher,
                      saving_file, end_of_the_time, end_of_the_job, complete_run, forbidden_changes, second_solution):
            start = time.monotonic()
            check(program)
            print(f"{check.__name__}: {time.monotonic() - start:.1f} s", flush=True)


main()
