"""The installed library, as its users have it: the programs of docs/examples/c are built by CMake and by pkg-config against a prefix, and what
each prints is right on 1 and on 2 ranks. The installed hht and hht-plot run from there.

usage: t960-library.py BUILD SOURCE MPIEXEC CMAKE
"""
import math
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import alone


def call(command, **options):
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=300, **options)
    assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
    return result.stdout


def number(text, name):
    return float(re.search(rf"{name} *(-?[0-9.e+-]+)", text).group(1))


def check_initial(text):
    assert number(text, "at t = 2:") < 1e-10, text


def check_potential(text):
    assert 3.8 < number(text, "half the step:") < 4.2, text
    # rho = (1 + 0.05 cos x)/(2 pi): phi has one mode, of the symbol's size there
    expected = math.pi / 2 * (math.pi * 0.5 * math.exp(-0.5) * 0.05 / (2 * math.pi)) ** 2
    before, after = number(text, "field energy"), number(text, "field energy.* ->")
    assert abs(before - expected) < 0.005 * expected and after > 10 * before, f"field energy {expected}\n{text}"


def check_in_situ(text):
    assert abs(number(text, "rate") + 0.153359) < 2e-3 and abs(number(text, "frequency") - 1.415662) < 2e-3, text


PROGRAMS = {"own_initial": check_initial, "own_potential": check_potential, "in_situ": check_in_situ}


def check_program(program, check):
    result = alone.run([str(program)])
    assert result.returncode == 0, result.stderr
    check(result.stdout)
    return result.stdout


def check_programs(folder, mpiexec):
    for name, check in PROGRAMS.items():
        one, two = check_program(folder / name, check), call([mpiexec, "-n", 2, folder / name])
        assert two == one, f"{name} on two ranks:\n{two}"


def build_by_cmake(cmake, examples, prefix, build):
    call([cmake, "-S", examples, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}"])
    call([cmake, "--build", build])


def build_by_pkg_config(examples, prefix, folder):
    pc = next(prefix.rglob("hht.pc"))
    environment = os.environ | {"PKG_CONFIG_PATH": str(pc.parent)}
    flags = call(["pkg-config", "--cflags", "--libs", "hht"], env=environment).split()
    folder.mkdir()
    libraries = next(prefix.rglob("libhht.so")).parent
    for name in PROGRAMS:
        call(["cc", "-o", folder / name, examples / f"{name}.c", *flags, "-lm", f"-Wl,-rpath,{libraries}"])


def check_installed(prefix):
    hht, plot = prefix / "bin/hht", prefix / "bin/hht-plot"
    Path("case.yaml").write_text("grid: {nx: 16, nv: 32}\nts: {max_time: 0.5}\noutput: {dir: run}\n")
    result = alone.run([str(hht), "run", "case.yaml"])
    assert result.returncode == 0, result.stderr
    call([plot, "run", "energy"])
    assert Path("run/plots/energy.png").stat().st_size > 1000
    modules = next(prefix.rglob("hht.py")).parent
    read = "import hht; print(len(hht.open('run')['time']))"
    assert call([sys.executable, "-c", read], env=os.environ | {"PYTHONPATH": str(modules)}).strip() == "6"


def main():
    build, source, mpiexec, cmake = [os.path.abspath(path) for path in sys.argv[1:3]] + sys.argv[3:5]
    examples = Path(source, "docs/examples/c")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        prefix = Path(folder, "prefix")
        call([cmake, "--install", build, "--prefix", prefix])
        build_by_cmake(cmake, examples, prefix, Path(folder, "cmake"))
        check_programs(Path(folder, "cmake"), mpiexec)
        build_by_pkg_config(examples, prefix, Path(folder, "pkg-config"))
        check_program(Path(folder, "pkg-config", "in_situ"), check_in_situ)
        check_installed(prefix)


main()
