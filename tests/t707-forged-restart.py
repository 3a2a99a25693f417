"""A small checkpoint whose parameters tell of a large grid is refused before memory is taken for that grid.

usage: t707-forged-restart.py HHT
"""
import os
import resource
import struct
import sys
import tempfile
import zlib
from pathlib import Path

import alone

LINE = b"# Every option"  # how /parameters begins
MEMORY_MAX = 512 << 10  # KiB; the grid below has 4 GiB of numbers


def forge(file):
    """Puts another grid into /parameters, at the cost of the first line's length, with the right checksum."""
    start = file.index(LINE)
    end = start + row_size(file, start)
    text = file[start:end]
    large = text.replace(b"  nx: 8\n", b"  nx: 32768\n").replace(b"  nv: 8\n", b"  nv: 16384\n")
    assert len(large) == len(text) + 8, "nx and nv are not where they should be"
    large = large.replace(LINE, LINE[:-8], 1)
    at = file.index(struct.pack("<I", zlib.crc32(text)))
    file = file[:start] + large + file[end:]
    return file[:at] + struct.pack("<I", zlib.crc32(large)) + file[at + 4 :]


def row_size(file, start):
    """The length of the text: the first one whose CRC-32 is in the file."""
    sums = {file[i : i + 4] for i in range(65536, len(file) - 3)}
    return next(n for n in range(64, len(file)) if struct.pack("<I", zlib.crc32(file[start : start + n])) in sums)


def main():
    hht = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        options = "-grid_nx 8 -grid_nv 8 -ts_max_time 0.1 -checkpoint_interval 1 -output_dir run".split()
        Path(folder, "case.yaml").write_text("ts: {dt: 0.1}\n")
        result = alone.run([hht, "run", "case.yaml", *options], folder)
        assert result.returncode == 0, result.stderr
        (good,) = Path(folder, "run/checkpoints").glob("*.h5")
        Path(folder, "forged.h5").write_bytes(forge(good.read_bytes()))
        result = alone.run([hht, "run", "--restart", "forged.h5", "-output_dir", "again"], folder)
        assert result.returncode == 2, f"exit code {result.returncode}: {result.stderr}"
        assert "forged.h5' is a checkpoint of another grid" in result.stderr, result.stderr
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert used < MEMORY_MAX, f"{used} KiB of memory"


main()
