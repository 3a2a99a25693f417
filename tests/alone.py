"""Starting `hht` on one rank without mpiexec, fast and apart from other jobs of this machine."""
import os
import subprocess
import tempfile

# A run alone needs no network and no daemon, which are slow to start.
SETTINGS = {"OMPI_MCA_ess_singleton_isolated": "1", "OMPI_MCA_pml": "ob1", "OMPI_MCA_btl": "self"}


def run(command, folder="."):
    """Runs the command in the folder; Open MPI's files go to a folder of their own, which no other job removes."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, **SETTINGS, "TMPDIR": scratch}
        return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=folder, env=environment)
