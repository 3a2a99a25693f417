"""hht bench runs for each dimension and engine, and its JSON lines add up. How fast it is, is not tested."""
import json
import math
import subprocess
import sys

hht, mpiexec = sys.argv[1:3]
# ranks, options, rows, columns, transpose, bytes of a complex state that a rank sends in a step: two transposes of 1/4 of it
CASES = [
    (1, ["-grid_nx", "64", "-grid_nv", "96"], 64, 96, "alltoall", 0),
    (2, ["-grid_nx", "64", "-grid_nv", "64", "-transpose_type", "fftw"], 64, 64, "fftw", 2 * 16 * 32 * 32),
    (2, ["-grid_dim", "2", "-grid_nx", "8", "-grid_nv", "12", "-field_type", "distributed",
         "-transpose_type", "alltoall"], 64, 144, "alltoall", 2 * 16 * 32 * 72),
    (2, ["-grid_nx", "64", "-grid_nv", "32", "-transpose_type", "shared", "-threads_per_rank", "2"], 64, 32, "shared", 0),
    (2, ["-grid_nx", "64", "-grid_nv", "64", "-transpose_type", "alltoall", "-state_precision", "single"], 64, 64, "alltoall",
     2 * 8 * 32 * 32),
    (3, ["-grid_dim", "3", "-grid_nx", "4,4,8", "-grid_nv", "4,6,4", "-transpose_type", "alltoall"], 128, 96, "alltoall", None),
]


def check_close(bench, name, expected):
    """Numbers have 6 digits."""
    assert abs(bench[name] - expected) <= 1e-4 * abs(expected) + 1e-9, (name, bench[name], expected, bench)


def check_references(bench, ranks, threads):
    """All ranks are on one node, which has the memory for the threaded pair."""
    step = bench["ns_per_point"]
    assert 0 < bench["fastest_ns_per_point"] <= step, bench
    assert (bench["nodes"], bench["threads_per_rank"], bench["threads"]) == (1, threads, threads * ranks), bench
    for name in ("ns", "pair_ns", "threads_ns", "in_cache_ns", "copy_ns"):
        assert bench[f"{name}_per_point"] > 0, (name, bench)
    check_close(bench, "ratio", step / bench["pair_ns_per_point"])
    check_close(bench, "threads_ratio", step / bench["threads_ns_per_point"])
    check_close(bench, "bound_ratio", step / (bench["in_cache_ns_per_point"] + 2 * bench["copy_ns_per_point"]))


def check_rates(bench, ranks):
    """A step reads and writes the state twice; a copy once."""
    bytes_of_point = (16 if bench["mode"] == "complex" else 8) // (2 if bench["precision"] == "single" else 1)
    check_close(bench, "updates_per_second_per_rank", 1e9 / bench["ns_per_point"] / ranks)
    check_close(bench, "gb_per_second", 4 * bytes_of_point / bench["ns_per_point"])
    check_close(bench, "copy_gb_per_second", 2 * bytes_of_point / bench["copy_ns_per_point"])


def check_parts(bench):
    for part in ("rows", "columns", "transposes", "field"):
        check_close(bench, f"{part}_percent", 100 * bench[part] / bench["ns_per_point"])
    assert bench["rows"] > 0 and bench["columns"] > 0, bench


def check_traffic(bench, ranks, transpose, bytes_sent):
    assert bench["transpose"] == transpose, bench
    half = 2 if bench["mode"] == "real" else 1
    if bytes_sent is None:
        assert bench["bytes_sent_per_rank"] > 0, bench
    else:
        assert bench["bytes_sent_per_rank"] * half == bytes_sent, bench


def run(ranks, options):
    """The JSON lines, and the table without them."""
    command = [mpiexec, "-n", str(ranks), "--oversubscribe", hht, "bench", "-bench_repeats", "2", *options]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, (command, result.stderr)
    lines = result.stdout.splitlines()
    assert max(len(line) for line in lines if not line.startswith("{")) <= 80, result.stdout
    return [json.loads(line) for line in lines if line.startswith("{")]


for ranks, options, rows, columns, transpose, bytes_sent in CASES:
    lines = run(ranks, options)
    assert [line["mode"] for line in lines] == ["complex", "real"], lines
    for line in lines:
        assert line["points"] == rows * columns and line["ranks"] == ranks, line
        assert math.prod(line["grid_nx"]) == rows and math.prod(line["grid_nv"]) == columns, line
        assert line["precision"] == ("single" if "single" in options else "double"), line
        check_references(line, ranks, 2 if "-threads_per_rank" in options else 1)
        check_rates(line, ranks)
        check_parts(line)
        check_traffic(line, ranks, transpose, bytes_sent)

wrong = subprocess.run([hht, "bench", "-bench_repeats", "0"], capture_output=True, text=True, timeout=60)
assert wrong.returncode == 2 and wrong.stderr.startswith("hht: error: bench_repeats: 0"), wrong.stderr
print(f"{len(CASES)} benchmarks run")
