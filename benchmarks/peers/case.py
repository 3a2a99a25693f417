"""The problem that all programs solve: Landau damping in d dimensions with a periodic Poisson field.

f(0) = M(v) (1 + a prod_j cos(k x_j)), alpha = sqrt(f) in complex numbers.
"""
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Case:
    dim: int
    n: int  # points in each dimension
    steps: int
    dt: float = 0.05
    wavenumber: float = 0.5
    amplitude: float = 0.1
    v_max: float = 8.0
    length: float = field(init=False)

    def __post_init__(self):
        self.length = 2 * np.pi / self.wavenumber

    @property
    def points(self):
        return self.n ** (2 * self.dim)
