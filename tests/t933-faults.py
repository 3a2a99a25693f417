"""What a disk, a folder, a file or the numbers of a run can do wrong: each ends with its exit code and one line, the good checkpoints stay
good, and a restart ends with the same bits.

usage: t933-faults.py HHT MPIEXEC SHIM
"""
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import faulty
import h5py
import numpy as np
import runs

CASE = """grid: {nx: 16, nv: 18, v_max: 5}
initial: {type: waterbag, amplitude: 0.2}
ts: {dt: 0.1, max_steps: 12}
output: {snapshot_interval: 0.5}
checkpoint: {interval: 2, keep: 3}
"""
FOREVER = ["case.yaml", "-ts_max_steps", "100000000", "-ts_max_time", "1e9"]
NOBODY = 65534


def newest(folder, n=0):
    return sorted(Path(folder, "checkpoints").glob("checkpoint_*.h5"))[-1 - n]


def go_on(program, folder, ranks=2):
    program.run(ranks, ["case.yaml", "--restart", "auto", "-output_dir", folder])
    runs.check_same(folder, "reference")


def is_mounted(folder, size):
    """A small disk at the folder; takes root."""
    Path(folder).mkdir()
    return not subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "hht-test", folder], capture_output=True).returncode


def full_disk(program):
    """Fills in a checkpoint, a snapshot, or a line. Where nothing can be mounted all that a rank writes there is limited instead."""
    whole = sum(path.stat().st_size for path in Path("reference").rglob("*") if path.is_file())
    for i, share in enumerate(sorted(random.Random(1).uniform(0.15, 0.9) for _ in range(3))):
        folder, size = f"disk-{i}", int(share * whole)
        mounted = is_mounted(folder, size)
        if not mounted:
            print("nothing can be mounted here: writes fail after so many bytes instead")
        fault = None if mounted else {"call": "write", "path": f"/{folder}/", "at": size, "do": "full", "rank": 0}
        try:
            line = program.run(3, ["case.yaml", "-output_dir", folder], runs.IO, fault)
            assert "No space left on device" in line, line
            assert not Path(folder, "COMPLETE").exists()
            if mounted:
                subprocess.run(["mount", "-o", "remount,size=64m", folder], check=True)
            go_on(program, folder)
        finally:
            if mounted:
                subprocess.run(["umount", folder], check=True)


def file_size_limit(program):
    """A checkpoint is larger than what the limit lets a file become."""
    limit = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))}
    line = program.run(1, ["case.yaml", "-output_dir", "limit"], runs.IO, **limit)
    assert "File too large" in line, line
    go_on(program, "limit")


def damaged_files(program):
    """The newest is cut, the one before it has a flipped bit: the third is taken, and both are named."""
    shutil.copytree("reference", "damaged")
    cut, flipped, good = (newest("damaged", n) for n in range(3))
    cut.write_bytes(cut.read_bytes()[:-100])
    data = bytearray(flipped.read_bytes())
    data[-2000] ^= 4
    flipped.write_bytes(data)
    step = int(good.stem[len("checkpoint_"):])
    process = program.start(2, ["case.yaml", "--restart", "auto", "-output_dir", "damaged"])
    out, err = process.communicate(timeout=60)
    warnings = [line for line in err.splitlines() if line.startswith("hht: warning: passing over")]
    assert process.returncode == 0, err
    assert len(warnings) == 2 and str(cut) in warnings[0] and str(flipped) in warnings[1], f"{warnings}\n{out}{err}"
    assert f"step {step}" in Path("damaged", "log.txt").read_text()
    runs.check_same("damaged", "reference")
    for path in cut, flipped:
        assert path.with_name(path.name + ".aside").exists() and path.exists()


def no_good_file(program):
    """A named folder or file without a good checkpoint is refused; auto begins anew, but for a run that is complete, which has no later end then."""
    shutil.copytree("reference", "none")
    for path in Path("none", "checkpoints").glob("*.h5"):
        path.write_bytes(b"")
    before = faulty.content("none")
    program.run(1, ["case.yaml", "--restart", "none", "-output_dir", "none"], runs.USAGE)
    program.run(1, ["case.yaml", "--restart", str(newest("none")), "-output_dir", "none"], runs.IO)
    program.run(1, ["case.yaml", "--restart", "auto", "-output_dir", "none"])
    later = program.run(2, ["case.yaml", "--restart", "auto", "-output_dir", "none", "-ts_max_steps", "20"], runs.USAGE)
    assert "a later end is not allowed" in later, later
    assert faulty.content("none") == before
    Path("none", "COMPLETE").rename(Path("none", "INCOMPLETE"))
    go_on(program, "none")


def another_grid(program):
    program.run(1, ["case.yaml", "-grid_nx", "20", "-output_dir", "grid"])
    for restart in str(newest("grid")), "grid":
        line = program.run(2, ["case.yaml", "--restart", restart, "-output_dir", "elsewhere"], runs.USAGE)
        assert line.startswith("hht: error: grid_nx: 16 is not allowed") and str(newest("grid")) in line, line
        assert not Path("elsewhere").exists()


def invalid_numbers(program):
    """They are found at the next diagnostics or checkpoint; the last good checkpoint is kept, and holds numbers."""
    unstable = ["case.yaml", "-ts_type", "euler", "-ts_dt", "0.2", "-ts_max_steps", "500", "-ts_max_time", "1000"]
    for name, ranks, options in (("euler", 2, []), ("rarely", 1, ["-output_diagnostics_interval", "0", "-output_snapshot_interval", "0"])):
        line = program.run(ranks, [*unstable, *options, "-output_dir", name], runs.INVALID)
        assert "the numbers became invalid by step" in line, line
        step = runs.latest_step(name)
        assert 0 < step < int(line.split("by step ")[1].split(",")[0])
        with h5py.File(newest(name)) as file:
            state = file[f"data/{step}/state"][()]
        assert np.isfinite(state.view("f8")).all()
        assert line.removeprefix("hht: error: ") in Path(name, "INCOMPLETE").read_text()
    line = program.run(2, ["case.yaml", "-potential_strength", "1e308", "-output_dir", "strong"], runs.INVALID)
    assert not list(Path("strong").glob("checkpoints/*.h5")), "a checkpoint of invalid numbers"


def read_only_folder(program):
    """As somebody whom modes bind; with copies of the program where that somebody may read."""
    Path("bin").mkdir()
    for path in (program.hht, *Path(program.hht).parent.parent.glob("lib/libhht.so.0")):
        shutil.copy(path, "bin")
    shutil.copytree("reference", "locked/run")
    subprocess.run(["chmod", "-R", "a+rX,go-w", ".", "bin"], check=True)
    os.chmod(".", 0o755)
    for path in Path("locked").rglob("*"):
        os.chmod(path, 0o555 if path.is_dir() else 0o444)
    os.chmod("locked", 0o555)
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if os.geteuid() == 0 else []
    environment = program.environment(1, None) | {"LD_LIBRARY_PATH": os.path.abspath("bin"), "TMPDIR": os.path.join(program.scratch, "nobody")}
    Path(environment["TMPDIR"]).mkdir()
    os.chmod(environment["TMPDIR"], 0o777)
    os.chmod(program.scratch, 0o755)
    before = faulty.content("locked")
    for folder, options in (("locked/run", ["--restart", "auto", "-ts_max_steps", "20"]), ("locked/new", [])):
        process = subprocess.Popen([*user, os.path.abspath("bin/hht"), "run", "case.yaml", *options, "-output_dir", folder], env=environment,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = faulty.finish(process, runs.IO)
        assert "Permission denied" in line and "locked" in line, line
        assert faulty.content("locked") == before


def removed_folder(program):
    """Removed, or moved away, while the run writes: no run is complete whose files are elsewhere."""
    for name, remove in (("removed", lambda: shutil.rmtree("removed", ignore_errors=True)), ("moved", lambda: os.rename("moved", "away"))):
        process = program.start(1, [*FOREVER, "-output_dir", name])
        faulty.wait_for(lambda name=name: faulty.lines_of(name) > 5, process, "line of diagnostics")
        remove()
        faulty.finish(process, runs.IO)
        assert not Path(name, "COMPLETE").exists()


def two_runs(program):
    """In one folder: the second is refused while the first lives, and when both begin at once."""
    first = program.start(1, [*FOREVER, "-output_dir", "shared"])
    faulty.wait_for(lambda: faulty.lines_of("shared") > 5, first, "line of diagnostics")
    second = program.start(2, ["case.yaml", "--restart", "auto", "-output_dir", "shared"])
    program.run(1, ["case.yaml", "-output_dir", "shared"], runs.USAGE)
    line = faulty.finish(second, runs.USAGE)
    assert "another run writes there" in line and str(first.pid) in line, line
    first.send_signal(signal.SIGTERM)
    faulty.finish(first, runs.STOPPED)
    both = [program.start(1, ["case.yaml", "-output_dir", "both"]) for _ in range(2)]
    codes = sorted(process.wait(60) for process in both)
    assert codes == [runs.COMPLETE, runs.USAGE], f"{codes} {[process.communicate() for process in both]}"
    runs.check_same("both", "reference")


def next_run_waits(program):
    """A run that was just stopped finishes its checkpoint before the next one looks: nothing that it wrote is thrown away."""
    first = program.start(1, [*FOREVER, "-output_dir", "next", "-checkpoint_interval", "0"])
    faulty.wait_for(lambda: faulty.lines_of("next") > 5, first, "line of diagnostics")
    second = program.start(1, ["case.yaml", "-ts_max_time", "1e9", "-ts_max_steps", "100000000", "--walltime", "0:02", "--restart", "auto",
                               "-output_dir", "next"])
    time.sleep(0.5)
    first.send_signal(signal.SIGTERM)
    line = faulty.finish(first, runs.STOPPED)
    step = int(line.split("stopped at step ")[1].split(",")[0])
    faulty.finish(second, runs.STOPPED)
    assert f", step {step}, " in Path("next", "log.txt").read_text().split("goes on  ")[1].splitlines()[0], "the second run has not gone on from the first one's checkpoint"
    assert runs.latest_step("next") > step


def main():
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        program = faulty.FaultyProgram(os.path.abspath(sys.argv[1]), sys.argv[2], os.path.abspath(sys.argv[3]), scratch)
        os.chdir(folder)
        Path("case.yaml").write_text(CASE)
        program.run(1, ["case.yaml", "-output_dir", "reference"])
        for check in (full_disk, file_size_limit, damaged_files, no_good_file, another_grid, invalid_numbers, read_only_folder,
                      removed_folder, two_runs, next_run_waits):
            if sys.argv[4:] and check.__name__ not in sys.argv[4:]:
                continue
            start = time.monotonic()
            check(program)
            print(f"{check.__name__}: {time.monotonic() - start:.1f} s", flush=True)


main()
