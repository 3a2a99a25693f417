"""The published cases of docs/examples, at reduced size and time, against the figures that they name.

usage: t913-published.py HHT EXAMPLES PYTHON_FOLDER
"""
import os
import sys
import tempfile
from pathlib import Path

import alone
import numpy as np


class Cases:
    def __init__(self, program, examples):
        self.program, self.examples = program, examples

    def run(self, name, *options):
        folder = name
        command = [self.program, "run", f"{self.examples}/{name}.yaml", *map(str, options), "-output_dir", folder]
        result = alone.run(command)
        assert result.returncode == 0, f"{name}: {result.stderr}"
        return hht.open(folder)


def close(value, expected, tolerance, what):
    print(f"{what}: {value:.6g}, expected {expected:.6g} to {tolerance:g}")
    assert abs(value - expected) <= tolerance, what


def fit(run):
    found = fit_field(run["time"], run["field_energy"])
    assert found, "no rate"
    return found


def peaks(run, start, end):
    """(t, log of the field) at the maxima of the field energy between two times, by parabolas."""
    time, log = run["time"], np.log(run["field_energy"]) / 2
    inside = [i for i in range(1, len(time) - 1) if start <= time[i] <= end and log[i - 1] < log[i] >= log[i + 1]]
    return [(time[i], log[i]) for i in inside]


def slope(points):
    return np.polyfit(*zip(*points), 1)[0]


def growth(run, start, end):
    inside = (run["time"] >= start) & (run["time"] <= end)
    return np.polyfit(run["time"][inside], np.log(run["field_energy"][inside]) / 2, 1)[0]


def strong_landau(cases):
    """Cheng & Knorr 1976: -0.281, 0.084; others -0.292, 0.088; windows differ, so 5 % of those. The peaks are an independent code's to 1e-6."""
    run = cases.run("strong_landau", "-grid_nx", 32, "-grid_nv", 256, "-ts_max_time", 42)
    found = peaks(run, 1, 8)
    close(slope(found[:2]), -0.2916, 0.005, "strong Landau damping, first decay")
    close(slope(peaks(run, 20, 40)), 0.0879, 0.005, "strong Landau damping, growth")
    expected = [2.506628274630848, 2.128945597746296, 1.1524710795429198, 0.029485364256019057, 0.8672594961429871]
    at = [np.argmin(np.abs(run["time"] - t)) for t in np.arange(5) / 2]
    norm = np.sqrt(2 * run["field_energy"][at])
    close(np.max(np.abs(norm - expected)), 0, 2e-3, "strong Landau damping, field until t = 2")


def dispersion_root(k, f_prime, guess):
    """The root of 1 = 1/k^2 int f'(v) / (v - omega/k) dv with Im omega > 0, by secants; the density of f is 1."""
    v = np.linspace(-20, 20, 200001)

    def dispersion(omega):
        return 1 - np.trapz(f_prime(v) / (v - omega / k), v) / k**2

    old, new = guess, guess + 0.01
    for _ in range(50):
        d_old, d_new = dispersion(old), dispersion(new)
        if abs(d_new) < 1e-12 or d_new == d_old:
            break
        old, new = new, new - d_new * (new - old) / (d_new - d_old)
    return new


def maxwell_prime(v, u, temperature):
    return -(v - u) / temperature * np.exp(-((v - u) ** 2) / (2 * temperature)) / np.sqrt(2 * np.pi * temperature)


def bump_on_tail(cases):
    root = dispersion_root(0.3, lambda v: 0.9 * maxwell_prime(v, 0, 1) + 0.1 * maxwell_prime(v, 4.5, 0.25), 1.2 + 0.15j)
    run = cases.run("bump_on_tail", "-grid_nx", 16, "-grid_nv", 256, "-ts_max_time", 30, "-initial_amplitude", 1e-5)
    close(root.imag, 0.198098, 1e-6, "bump on tail, the rate that the case names")
    close(root.real, 1.001218, 1e-6, "bump on tail, the frequency that the case names")
    close(growth(run, 18, 30), root.imag, 1e-3, "bump on tail, rate")  # one wave travels with the beam: no peaks


def hmf_waterbag(cases):
    run = cases.run("hmf_waterbag", "-grid_nx", 32, "-grid_nv", 512, "-ts_max_time", 9)
    close(fit(run).rate, np.sqrt(0.5 - 0.3**2), 0.005, "HMF waterbag, rate")


def hmf_qss(cases):
    """The field energy is pi M^2 / 2 for a magnetisation M; M(0) = 0.001 / 2."""
    run = cases.run("hmf_qss", "-grid_nx", 16, "-grid_nv", 512, "-ts_max_time", 60)
    magnetisation = np.sqrt(2 * run["field_energy"] / np.pi)
    close(run["energy"][0] + 0.5, 0.69, 2e-3, "HMF quasi-stationary state, energy")
    close(magnetisation[0], 0.0005, 1e-8, "HMF quasi-stationary state, magnetisation at first")
    assert np.max(magnetisation) < 0.002, f"the stable waterbag grew to {np.max(magnetisation)}"


def jeans(cases, name, *smaller):
    run = cases.run(name, *smaller, "-ts_max_time", 5)
    close(growth(run, 3.5, 5), 0.687202, 0.01, f"{name}, rate")


def echo(cases):
    run = cases.run("echo", "-grid_nx", 16, "-ts_max_time", 22)
    time, energy = run["time"], run["field_energy"]
    quiet = energy[(time > 8) & (time < 10)]
    late = time > 10
    at = time[late][np.argmax(energy[late])]
    close(at, 15, 0.75, "echo, time of its maximum")
    assert np.max(energy[late]) > 100 * np.max(quiet), f"echo {np.max(energy[late])} after {np.max(quiet)}"
    alone_1 = cases.run("echo", "-grid_nx", 16, "-ts_max_time", 22, "-output_overwrite", "true",
                        "-initial_f", "exp(-v^2/2) * (1 + 0.1*cos(2*x))")
    late = alone_1["time"] > 10
    assert np.max(alone_1["field_energy"][late]) < 1e-3 * np.max(energy[late]), "one wave alone has no echo"


def gaussian(x, v):
    """The one of free_gaussian.yaml, but for its factor."""
    y, u = x - 0.3, v + 0.5
    m = -0.5 * ((1 + 0.4j) * y * y + 2 * (0.3 - 0.2j) * y * u + (0.8 - 0.5j) * u * u)
    return np.exp(m + 1j * (0.6 * y - 0.4 * u))


def free_gaussian(cases):
    alpha = cases.run("free_gaussian").snapshots[-1]["alpha"]
    x, v = np.meshgrid(alpha.axes["x"], alpha.axes["v"], indexing="ij")
    exact = gaussian(x - 2 * v, v)
    exact *= np.linalg.norm(alpha.values) / np.linalg.norm(exact)
    close(np.max(np.abs(alpha.values - exact)), 0, 1e-8, "free Gaussian, error of alpha")


def harmonic(cases):
    snapshots = cases.run("harmonic", "-grid_nx", 96, "-grid_nv", 96).snapshots
    first, last = snapshots[0], snapshots[-1]
    close(np.max(np.abs(last["f"].values - first["f"].values)), 0, 1e-8, "harmonic rotation, f after a period")
    overlap = np.vdot(first["alpha"].values, last["alpha"].values) / np.linalg.norm(first["alpha"].values) ** 2
    close(abs(overlap), 1, 1e-9, "harmonic rotation, overlap of alpha")
    half = snapshots[len(snapshots) // 2]["f"]
    centre = np.sum(half.values * half.axes["x"][:, None]) / np.sum(half.values)
    start = np.sum(first["f"].values * first["f"].axes["x"][:, None]) / np.sum(first["f"].values)
    close(centre, start, 1e-6, "harmonic rotation, centre of mass")


def bounds(cases):
    """The numbers of docs/a-priori-bounds.md at t = 3, and the printed (8), which is below the norm from the first step on."""
    columns = "m1_norm", "m1_bound", "d2_norm", "d2_bound", "distance", "distance_bound"
    weak, free = (0.01, (3.8229, 39.440, 14.319, 795.07, 0.036142, 1.6196)), (0, (3.8230, 33.416, 14.321, 665.03, 0.036230, 0.72770))
    for potential, (c_gamma, numbers) in ("cosine", weak), ("none", free):
        run = cases.run("bounds", "-potential_type", potential, "-output_overwrite", "true")
        for name, expected in zip(columns, numbers):
            print(f"measured bounds {abs(run[name][-1] / expected - 1):.0e}")
            close(run[name][-1], expected, 6e-5 * expected, f"bounds, {potential}, {name}")
        for norm, bound in zip(columns[::2], columns[1::2]):
            assert np.all(run[norm] <= run[bound] * (1 + 1e-12)), f"{norm} is above {bound}"
        m, time = run["m1_norm"][0], run["time"][1:]
        q = c_gamma * m**2
        assert np.all(run["m1_norm"][1:] > m * (1 + q + q * np.exp((1 + 2 * q) * time)) / (1 + 2 * q)), "the printed bound"


def main():
    program, examples = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        cases = Cases(program, examples)
        for check in strong_landau, bump_on_tail, hmf_waterbag, hmf_qss, echo, free_gaussian, harmonic, bounds:
            check(cases)
        jeans(cases, "jeans_2d", "-grid_nx", 8, "-grid_nv", 24)
        jeans(cases, "jeans_3d", "-grid_nx", 4, "-grid_nv", 12)


sys.path.insert(0, os.path.abspath(sys.argv[3]))
import hht  # noqa: E402  (the path comes first)
from hht_plot.fit import fit_field  # noqa: E402

main()
