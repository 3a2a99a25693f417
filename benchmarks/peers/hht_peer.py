"""The same by hht: the density from `hht run`, the time from `hht bench`."""
import subprocess

import h5py

import bench

CASE = """\
grid: {{dim: {dim}, nx: {n}, nv: {n}, x_length: {length!r}, v_max: {v_max!r}}}
potential: {{type: poisson}}
initial: {{type: landau, amplitude: {amplitude!r}, wavenumber: {wavenumbers}}}
ts: {{dt: {dt!r}, max_time: {time!r}}}
output: {{dir: run, diagnostics_interval: 0}}
"""


def density(case, hht, ranks, folder):
    (folder / "case.yaml").write_text(CASE.format(
        **vars(case), wavenumbers=[case.wavenumber] * case.dim, time=case.dt * case.steps))
    subprocess.run([*bench.launcher(ranks), hht, "run", "case.yaml"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    last = max((folder / "run/snapshots").glob("*.h5"))
    with h5py.File(last) as file:
        return next(iter(file["data"].values()))["density"][()]


def times(case, hht, ranks):
    """{complex or real: ns per point}"""
    grid = bench.Grid(f"{case.n}^{2 * case.dim}")
    return {line["mode"]: line["ns_per_point"] for line in bench.bench(hht, ranks, grid.options())}
