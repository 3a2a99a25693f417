"""What a Strang step costs on many ranks: the model of docs/performance.md, and its tables.

    python3 benchmarks/model.py                                         all tables
    python3 benchmarks/model.py 64^6 --cores 1024 8192 --threads 16 --real
    python3 benchmarks/model.py --measured runs/bench/*.jsonl           JSON lines of `hht bench` on one node against it
"""
import argparse
import json
import math
from dataclasses import dataclass

from bench import Grid

BLOCK = 8            # columns are dealt out in so many: HHT_BLOCK
FIXED_BYTES = 8      # a number of the density, summed in 64-bit fixed point
LONG = 65536         # complex numbers: 1 MB, a core's cache
RING_BYTES = 512e3   # from here on MPI libraries gather around a ring, below by doubling


@dataclass
class Machine:
    """A cluster. Defaults: computing as measured on one core (docs/performance.md), a network of 200 Gb/s."""
    cores: int = 64                # of a node
    ffts: float = 9.6e-9           # s a complex point and step, half for real numbers: FFTs in cache
    long_ffts: float = 44.7e-9     # the same of lines of LONG numbers or more, which do not fit into the cache
    phases: float = 6.3e-9         # what else is done to a point: phases, sums, gathering columns
    memory: float = 200e9          # bytes/s of a node, read and written
    core_memory: float = 24e9      # bytes/s of a core alone
    latency: float = 1.5e-6        # s a message between nodes, and what a rank spends on one in an exchange of all
    network: float = 25e9          # bytes/s of a node, in each direction
    local_latency: float = 0.5e-6  # s a message in a node
    local: float = 3.5e9           # bytes/s of a core between ranks of a node
    row_work: float = 160e-9       # s an x point, half for real states: what every rank does alike for the field


# The machine of the measurements in docs/performance.md: 2 cores, all messages inside it.
HERE = Machine(cores=2, memory=25e9)


@dataclass
class Step:
    """Seconds of the parts of a step, and what is behind them."""
    cores: int
    ranks: int
    compute: float  # memory included
    latency: float
    volume: float
    field: float
    bytes_sent: float  # by a rank in a step
    message: float     # bytes

    @property
    def total(self):
        return self.compute + self.latency + self.volume + self.field

    def limit(self):
        parts = {"computing": self.compute, "messages": self.latency, "volume": self.volume, "field": self.field}
        return max(parts, key=parts.get)


def busiest(n, unit, parts):
    """Entries of the first part, which has most."""
    return min(n, math.ceil(math.ceil(n / unit) / parts) * unit)


def step(grid, cores, real=False, machine=Machine(), threads=1, ranks_per_node=None):
    m, ranks = machine, max(1, cores // threads)
    per_node = min(ranks, ranks_per_node or max(1, m.cores // threads))
    number = 8 if real else 16
    n = grid.n ** grid.dim  # rows, and columns
    points = (busiest(n, 1, cores) + busiest(n, BLOCK, cores)) * n / 2  # a row pass and a column pass: half a step each
    bandwidth = min(m.core_memory, m.memory / (per_node * threads))
    arithmetic = m.phases + (m.long_ffts if n >= LONG else m.ffts)
    rows, columns = busiest(n, 1, ranks), busiest(n, BLOCK, ranks)
    sent = 2 * rows * (n - columns) * number
    near = (per_node - 1) / max(ranks - 1, 1)  # the share of a rank's messages that stays in the node
    return Step(
        cores=cores,
        ranks=ranks,
        compute=points * (arithmetic / (2 if real else 1) + 4 * number / bandwidth),
        latency=2 * (ranks - 1) * (near * m.local_latency + (1 - near) * m.latency),
        volume=sent * (near / (m.local * threads) + (1 - near) * per_node / m.network),
        field=field(n, grid.dim, ranks, per_node, real, m),
        bytes_sent=sent,
        message=rows * columns * number)


def field(n, dim, ranks, per_node, real, m):
    """rho is added over the ranks; J, which a real state has not, is gathered in dim pieces; the rest is done by all alike."""
    doubling, bytes_rho = math.ceil(math.log2(ranks)), n * FIXED_BYTES
    latency = m.latency if ranks > per_node else m.local_latency
    network = m.network if ranks > per_node else m.local
    total = n * m.row_work / (2 if real else 1) + (2 * doubling * latency + 2 * bytes_rho / network if ranks > 1 else 0)
    if real or ranks == 1:
        return total
    messages = ranks - 1 if n * 8 >= RING_BYTES else doubling
    return total + dim * (messages * latency + n * 8 / network)


def table(title, grid, cores, real, machine=Machine(), threads=1, ranks_per_node=None):
    steps = [step(grid, c, real, machine, threads, ranks_per_node) for c in cores]
    print(f"\n{title}\n")
    print("| cores | ranks | step | computing | messages | volume | field | one message | sent by a rank | efficiency |"
          " most of it |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for s in steps:
        efficiency = steps[0].total * steps[0].cores / (s.total * s.cores)
        print(f"| {s.cores:,} | {s.ranks:,} | {seconds(s.total)} | {seconds(s.compute)} | {seconds(s.latency)} "
              f"| {seconds(s.volume)} | {seconds(s.field)} | {size(s.message)} | {size(s.bytes_sent)} "
              f"| {100 * efficiency:.0f} % | {s.limit()} |")


def compare(paths):
    """FFTs and sweeps as timed in the same run, because cores drift; phases, sums and messages by the model."""
    print("| grid | numbers | ranks | transpose | measured ns/point | model | measured / model |")
    print("|---|---|---|---|---|---|---|")
    for line in (json.loads(text) for path in paths for text in open(path) if text.startswith("{")):
        ranks, real = line["ranks"], line["mode"] == "real"
        text = f"{line['nx']}^{2 * line['dim']}"
        s = step(Grid(text), ranks, real, HERE)
        sent = line["bytes_sent_per_rank"]  # none in shared memory
        rest = (s.latency + s.volume if sent else 0) + s.field + HERE.phases * line["points"] / ranks / (2 if real else 1)
        model = line["in_cache_ns_per_point"] + 2 * line["copy_ns_per_point"] + rest * 1e9 / line["points"]
        transpose = "" if ranks == 1 else "alltoall" if sent else "shared"
        measured = line["ns_per_point"]
        print(f"| {text} | {line['mode']} | {ranks} | {transpose} | {measured:.1f} | {model:.1f} | {measured / model:.2f} |")


def scaled(value, units):
    for factor, unit in units:
        if value >= factor:
            return f"{value / factor:.3g} {unit}"
    return "0"


def seconds(t):
    return scaled(t, [(1, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns")])


def size(b):
    return scaled(b, [(1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B")])


def all_tables():
    large, small = [1024, 4096, 16384, 32768, 65536, 100000], [64, 128, 256, 512, 1024, 4096]
    for text, cores in (("64^6", large), ("4096^2", small), ("64^4", small)):
        for real in (False, True):
            table(f"{text}, {'real' if real else 'complex'}, a rank a core", Grid(text), cores, real)
    table("64^6, complex, 16 threads a rank", Grid("64^6"), large, False, threads=16)
    table("64^4, complex, one rank a node: the simulated machine", Grid("64^4"), small[:-1], False,
          Machine(row_work=0, core_memory=math.inf, memory=math.inf, ffts=12.2e-9), ranks_per_node=1)


def main():
    parser = argparse.ArgumentParser(description="The scaling model of docs/performance.md.")
    parser.add_argument("grid", nargs="?", help="as 64^6; without it, all tables of the document")
    parser.add_argument("--cores", nargs="+", type=int, default=[64, 512, 4096, 32768])
    parser.add_argument("--threads", type=int, default=1, help="of a rank")
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--measured", nargs="+", metavar="FILE", help="JSON lines of `hht bench` to compare with")
    a = parser.parse_args()
    if a.measured:
        return compare(a.measured)
    if not a.grid:
        return all_tables()
    table(f"{a.grid}, {'real' if a.real else 'complex'}", Grid(a.grid), a.cores, a.real, threads=a.threads)


if __name__ == "__main__":
    main()
