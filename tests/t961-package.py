"""The .deb that cpack makes: it is complete, installs, and the installed program passes `hht check`. Where this may not install (not root, or not
CI=true) the package is unpacked into a folder and checked there.

usage: t961-package.py BUILD CPACK
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import alone

FILES = ("usr/bin/hht", "usr/bin/hht-plot", "usr/include/hht/hht.h", "usr/share/man/man1/hht.1", "usr/share/hht/jobs/run.sbatch",
         "usr/lib/python3/dist-packages/hht.py", "usr/share/bash-completion/completions/hht", "usr/share/doc/hht/examples/landau.yaml")


def call(*command, **options):
    result = subprocess.run(command, capture_output=True, text=True, timeout=200, **options)
    assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
    return result.stdout


def check_program(root):
    missing = [name for name in FILES if not Path(root, name).exists()]
    assert not missing, f"{root} lacks {missing}"
    result = alone.run([f"{root}/usr/bin/hht", "check"])
    assert result.returncode == 0 and "pass" in result.stdout and "FAIL" not in result.stdout, result.stdout + result.stderr
    modules = Path(root, "usr/lib/python3/dist-packages")
    call(sys.executable, "-c", "import hht; hht.open('.')", env=os.environ | {"PYTHONPATH": str(modules)})
    call(f"{root}/usr/bin/hht-plot", "--help")


def check_installed(package):
    call("dpkg", "--install", package)
    try:
        check_program("/")
    finally:
        call("dpkg", "--purge", "hht")
    assert not Path("/usr/bin/hht").exists()


def main():
    build, cpack = os.path.abspath(sys.argv[1]), sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        call(cpack, "--config", f"{build}/CPackConfig.cmake", "-B", folder)
        package = next(Path(folder).glob("hht_*.deb"))
        depends = call("dpkg-deb", "--field", package, "Depends")
        assert all(library in depends for library in ("libpetsc-complex", "libhdf5-openmpi", "libfftw3", "libopenmpi")), depends
        if os.environ.get("CI") and os.geteuid() == 0 and not Path("/usr/bin/hht").exists():
            check_installed(package)
        else:
            call("dpkg-deb", "--extract", package, "root")
            check_program(os.path.abspath("root"))


main()
