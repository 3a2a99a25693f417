"""hht bench runs for each dimension and engine, and its JSON line adds up. How fast it is, is not tested."""
import json
import subprocess
import sys

hht, mpiexec = sys.argv[1:3]
CASES = [
    (1, ["-grid_nx", "64", "-grid_nv", "96"], 64 * 96),
    (2, ["-grid_nx", "64", "-grid_nv", "64", "-transpose_type", "fftw"], 64 * 64),
    (2, ["-grid_dim", "2", "-grid_nx", "8", "-grid_nv", "12", "-field_type", "distributed"], 64 * 144),
    (3, ["-grid_dim", "3", "-grid_nx", "4", "-grid_nv", "6"], 64 * 216),
]

def check(bench, ranks, points):
    assert bench["points"] == points and bench["ranks"] == ranks, bench
    assert bench["ns_per_point"] > 0 and bench["pair_ns_per_point"] > 0, bench
    assert abs(bench["ratio"] - bench["ns_per_point"] / bench["pair_ns_per_point"]) < 1e-3 * bench["ratio"] + 1e-3, bench
    # On one rank nothing is sent; on more each transpose sends all but the rank's own columns, there and back.
    assert (bench["bytes_sent_per_rank"] == 0) == (ranks == 1), bench


for ranks, options, points in CASES:
    command = [mpiexec, "-n", str(ranks), "--oversubscribe", hht, "bench", "-bench_repeats", "2", *options]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, (command, result.stderr)
    lines = [line for line in result.stdout.splitlines() if line.startswith("{")]
    assert [json.loads(line)["mode"] for line in lines] == ["complex", "real"], (command, result.stdout)
    for bench in map(json.loads, lines):
        check(bench, ranks, points)

wrong = subprocess.run([hht, "bench", "-bench_repeats", "0"], capture_output=True, text=True, timeout=60)
assert wrong.returncode == 2 and wrong.stderr.startswith("hht: error: bench_repeats: 0"), wrong.stderr
print(f"{len(CASES)} benchmarks run")
