"""(HHt) by XMDS2: both flows of Strang splitting as filters, the periodic Poisson field as a computed vector, patient plans, MPI."""
import os
import re
import shutil
import subprocess

import h5py

NAME = "XMDS2"

SCRIPT = """<?xml version="1.0" encoding="UTF-8"?>
<simulation xmds-version="2">
  <name>landau</name>
  <features>
    <auto_vectorise/>
    <fftw plan="patient"/>
    <validation kind="none"/>
    <globals><![CDATA[
      const double dt = {dt!r};
      static void print_time() {{ printf("clock %.9f\\n", MPI_Wtime()); }}
    ]]></globals>
  </features>
  <driver name="distributed-mpi"/>
  <geometry>
    <propagation_dimension>t</propagation_dimension>
    <transverse_dimensions>
{dimensions}
    </transverse_dimensions>
  </geometry>
  <vector name="state" dimensions="{all}" type="complex" initial_basis="{all}">
    <components>alpha</components>
    <initialisation><![CDATA[ alpha = sqrt((1 + {amplitude!r}*{wave})*exp(-0.5*({v2}))*pow(2*M_PI, -0.5*{dim})); ]]></initialisation>
  </vector>
  <vector name="kinetic" dimensions="{all}" type="complex" initial_basis="{k_v}">
    <components>move</components>
    <initialisation><![CDATA[ move = cis(-dt*({k_dot_v})); ]]></initialisation>
  </vector>
  <computed_vector name="density" dimensions="{x}" type="complex">
    <components>rho</components>
    <evaluation><dependencies basis="{all}">state</dependencies><![CDATA[ rho = mod2(alpha); ]]></evaluation>
  </computed_vector>
  <computed_vector name="field" dimensions="{x}" type="complex">
    <components>{forces}</components>
    <evaluation><dependencies basis="{k}">density</dependencies><![CDATA[
      const double k2 = {k2};
{force_code}
    ]]></evaluation>
  </computed_vector>
  <vector name="nothing" dimensions="" type="real">
    <components>zero</components>
    <initialisation><![CDATA[ zero = 0; ]]></initialisation>
  </vector>
  <sequence>
    <filter><dependencies basis="{x_eta}">state field</dependencies><![CDATA[ alpha *= cis(-0.5*dt*({force_dot_eta})); ]]></filter>
    <filter><dependencies>nothing</dependencies><![CDATA[ print_time(); ]]></filter>
    <!-- What is integrated is a number that stays: the flows are the filters. -->
    <integrate algorithm="RK4" interval="{time!r}" steps="{steps}">
      <samples>1</samples>
      <filters>
        <filter><dependencies basis="{k_v}">state kinetic</dependencies><![CDATA[ alpha *= move; ]]></filter>
        <filter><dependencies basis="{x_eta}">state field</dependencies><![CDATA[ alpha *= cis(-dt*({force_dot_eta})); ]]></filter>
      </filters>
      <operators><integration_vectors>nothing</integration_vectors><![CDATA[ dzero_dt = 0; ]]></operators>
    </integrate>
    <filter><dependencies>nothing</dependencies><![CDATA[ print_time(); ]]></filter>
    <breakpoint filename="density.xsil"><dependencies basis="{x}">density</dependencies></breakpoint>
  </sequence>
  <output filename="required">
    <sampling_group basis="" initial_sample="no">
      <moments>z</moments><dependencies>nothing</dependencies><![CDATA[ z = zero; ]]>
    </sampling_group>
  </output>
</simulation>
"""


def script(case):
    axes = range(case.dim)
    x, v = [f"x{j}" for j in axes], [f"v{j}" for j in axes]
    k, eta = [f"kx{j}" for j in axes], [f"kv{j}" for j in axes]
    lines = [f'      <dimension name="{name}" lattice="{case.n}" domain="({low!r}, {high!r})"/>'
             for names, low, high in ((x, 0.0, case.length), (v, -case.v_max, case.v_max)) for name in names]
    return SCRIPT.format(
        dt=case.dt, steps=case.steps, time=case.dt * case.steps, dim=case.dim, amplitude=case.amplitude,
        dimensions="\n".join(lines), all=" ".join(x + v), x=" ".join(x), k=" ".join(k),
        k_v=" ".join(k + v), x_eta=" ".join(x + eta), forces=" ".join(f"force{j}" for j in axes),
        wave="*".join(f"cos({case.wavenumber!r}*{name})" for name in x), v2=" + ".join(f"{name}*{name}" for name in v),
        k2=" + ".join(f"{name}*{name}" for name in k), k_dot_v=" + ".join(f"{a}*{b}" for a, b in zip(k, v)),
        force_code="\n".join(f"      force{j} = k2 > 0 ? -i*k{name}*rho/k2 : complex(0);" for j, name in enumerate(x)),
        force_dot_eta=" + ".join(f"Re(force{j})*{name}" for j, name in enumerate(eta)))


def solve(case, ranks, folder):
    """The last density, and the seconds of a step. The outer halves of two steps are one."""
    (folder / "landau.xmds").write_text(script(case))
    call(["xmds2", "landau.xmds"], folder)
    output = call(["mpiexec", "-n", str(ranks), "./landau"], folder)
    clock = sorted(float(text) for text in re.findall(r"clock (\S+)", output))
    assert len(clock) == 2 * ranks, output
    with h5py.File(folder / "density.h5") as file:
        density = next(iter(file.values()))["rhoR"][()]
    return density, (clock[-1] - clock[ranks - 1]) / case.steps


def call(command, folder):
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{result.stdout}{result.stderr}")
    return result.stdout


def missing():
    """Why it cannot run here, or None."""
    return None if shutil.which("xmds2") else "apt-get install xmds2"
