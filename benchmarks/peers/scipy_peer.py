"""(HHt) by NumPy and SciPy: Strang splitting with scipy.fft on all threads, the whole phase space in complex128."""
import time

import numpy as np
import scipy.fft

NAME = "NumPy/SciPy"


class Solver:
    def __init__(self, case, threads):
        self.case, self.threads = case, threads
        self.x_axes, self.v_axes = tuple(range(case.dim)), tuple(range(case.dim, 2 * case.dim))
        x = np.arange(case.n) * case.length / case.n
        v = -case.v_max + np.arange(case.n) * 2 * case.v_max / case.n
        self.k = wavenumbers(case.n, case.length)
        self.eta = wavenumbers(case.n, 2 * case.v_max)
        self.cell_v = (2 * case.v_max / case.n) ** case.dim
        self.alpha = self.start(x, v).astype(complex)
        self.moves = [np.exp(-1j * case.dt * self.along(j, self.k) * self.along(case.dim + j, v)) for j in self.x_axes]

    def along(self, axis, values):
        """values as an array that varies along one axis of phase space."""
        return values.reshape([-1 if j == axis else 1 for j in range(2 * self.case.dim)])

    def start(self, x, v):
        wave, maxwellian = self.case.amplitude, 1
        for j in self.x_axes:
            wave = wave * np.cos(self.case.wavenumber * self.along(j, x))
            maxwellian = maxwellian * np.exp(-self.along(self.case.dim + j, v) ** 2 / 2) / np.sqrt(2 * np.pi)
        return np.sqrt((1 + wave) * maxwellian)

    def transform(self, forward, axes):
        self.alpha = (scipy.fft.fftn if forward else scipy.fft.ifftn)(
            self.alpha, axes=axes, overwrite_x=True, workers=self.threads)

    def kinetic(self):
        self.transform(True, self.x_axes)
        for move in self.moves:
            self.alpha *= move
        self.transform(False, self.x_axes)

    def density(self):
        rows = self.alpha.reshape(self.case.n ** self.case.dim, -1).view(float)
        return (np.einsum("ij,ij->i", rows, rows) * self.cell_v).reshape([self.case.n] * self.case.dim)

    def force(self, j):
        """-d_j phi, where -Laplace phi = rho."""
        k = np.meshgrid(*[self.k] * self.case.dim, indexing="ij", sparse=True)
        k2 = sum(component ** 2 for component in k)
        inverse = np.divide(1, k2, out=np.zeros_like(k2), where=k2 > 0)
        return scipy.fft.ifftn(-1j * k[j] * inverse * self.rho_hat).real

    def potential(self, tau):
        self.rho_hat = scipy.fft.fftn(self.density())
        self.transform(True, self.v_axes)
        for j in self.x_axes:
            force = self.force(j).reshape([self.case.n] * self.case.dim + [1] * self.case.dim)
            self.alpha *= np.exp(-1j * tau * force * self.along(self.case.dim + j, self.eta))
        self.transform(False, self.v_axes)


def wavenumbers(n, length):
    """Without the Nyquist mode, which has no first derivative."""
    k = 2 * np.pi / length * np.fft.fftfreq(n, 1 / n)
    k[n // 2] = 0
    return k


def missing():
    """Why it cannot run here, or None."""
    return None


def solve(case, threads, _folder):
    """The last density, and the seconds of a step. The outer halves of two steps are one."""
    solver = Solver(case, threads)
    solver.potential(case.dt / 2)
    start = time.perf_counter()
    for _ in range(case.steps):
        solver.kinetic()
        solver.potential(case.dt)
    return solver.density(), (time.perf_counter() - start) / case.steps
