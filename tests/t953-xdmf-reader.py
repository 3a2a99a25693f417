"""VTK's reader, which is ParaView's, opens snapshots.xdmf: all times, and on each grid the numbers of the HDF5 files at their places.

usage: t953-xdmf-reader.py HHT PYTHON_FOLDER
"""
import os
import sys
import tempfile
from pathlib import Path

import alone
import numpy as np

CASE = """grid: {dim: DIM, nx: 6, x_min: -2, nv: 8, v_max: 5}
initial: {type: landau, amplitude: 0.3}
ts: {dt: 0.1, max_time: 0.4}
output: {snapshot_interval: 0.2}
"""

try:
    from vtkmodules.util.numpy_support import vtk_to_numpy
    from vtkmodules.vtkCommonExecutionModel import vtkStreamingDemandDrivenPipeline as Pipeline
    from vtkmodules.vtkIOXdmf2 import vtkXdmfReader
except ImportError as problem:
    print(f"no VTK with a reader of XDMF (Debian: python3-paraview): {problem}")
    sys.exit(1 if os.environ.get("CI") else 77)


def open_series(path):
    reader = vtkXdmfReader()
    reader.SetFileName(str(path))
    reader.UpdateInformation()
    return reader, reader.GetOutputInformation(0).Get(Pipeline.TIME_STEPS())


def blocks(data):
    for i in range(data.GetNumberOfBlocks()):
        block = data.GetBlock(i)
        if block.IsA("vtkMultiBlockDataSet"):
            yield from blocks(block)
        else:
            yield block


def check_axes(image, field, name):
    """VTK's axes are z, y, x in the order of ours; missing ones have one point."""
    for axis, values in zip((2, 1, 0), field.axes.values()):
        first, spacing, points = image.GetOrigin()[axis], image.GetSpacing()[axis], image.GetDimensions()[axis]
        assert np.allclose(first + spacing * np.arange(points), values), f"{name}: {points} points from {first} by {spacing}"


def check_step(reader, time, snapshot):
    seen = set()
    reader.UpdateTimeStep(time)
    for image in blocks(reader.GetOutputDataObject(0)):
        data = image.GetPointData()
        for i in range(data.GetNumberOfArrays()):
            name, field = data.GetArrayName(i), snapshot[data.GetArrayName(i)]
            values = vtk_to_numpy(data.GetArray(i))
            assert np.array_equal(values, field.values.ravel()), f"{name} at t = {time}"
            if field.values.ndim > 1:
                check_axes(image, field, name)
            seen.add(name)
    return seen


def main():
    program = os.path.abspath(sys.argv[1])
    sys.path.insert(0, os.path.abspath(sys.argv[2]))
    import hht

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for dim, expected in (1, {"density", "potential", "f"}), (2, {"density", "potential"}), (3, {"density", "potential"}):
            Path("case.yaml").write_text(CASE.replace("DIM", str(dim)))
            result = alone.run([program, "run", "case.yaml", "-output_dir", f"run{dim}"])
            assert result.returncode == 0, result.stderr
            snapshots = hht.open(f"run{dim}").snapshots
            reader, times = open_series(f"run{dim}/snapshots.xdmf")
            assert np.allclose(times, [snapshot.time for snapshot in snapshots]) and len(times) == 3, times
            for time, snapshot in zip(times, snapshots):
                seen = check_step(reader, time, snapshot)
                assert expected <= seen, f"d = {dim}: {seen}"


main()
