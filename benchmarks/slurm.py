"""A sweep as jobs of SLURM: an array for each number of ranks, an element for each size, then one job that collects and draws."""
import os
import shlex
import subprocess


def submit(a):
    a.out.mkdir(parents=True, exist_ok=True)
    arrays = [sbatch(a, f"--array=0-{len(a.sizes) - 1}", f"--ntasks={ranks}", *shlex.split(a.sbatch),
                     part="measure", ranks=ranks) for ranks in a.ranks]
    last = sbatch(a, f"--dependency=afterany:{':'.join(arrays)}", "--ntasks=1", part="collect", ranks=a.ranks[0])
    print(f"submitted {', '.join(arrays)}; {last} draws what they find, into {a.out}/plots")
    return 0


def share(sizes):
    """The size that is this element's of the array."""
    return [sizes[int(os.environ["SLURM_ARRAY_TASK_ID"])]]


def sbatch(a, *options, part, ranks):
    """Submits jobs/scaling.sbatch once more; returns the job's number."""
    arguments = ["--part", part, "--ranks", str(ranks), "--out", str(a.out), "--sizes", *a.sizes]
    arguments += ["--bin", a.bin] if a.bin else []
    command = ["sbatch", "--parsable", f"--output={a.out}/%x-%A.log", *where(), *options, "jobs/scaling.sbatch", a.sweep,
               *arguments, "--", *a.options]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=clean()).stdout.strip().split(";")[0]


def where():
    """New jobs go where this one runs, unless --sbatch says otherwise."""
    names = {"SLURM_JOB_PARTITION": "--partition", "SLURM_JOB_ACCOUNT": "--account", "SLURM_JOB_QOS": "--qos"}
    return [f"{option}={os.environ[name]}" for name, option in names.items() if os.environ.get(name)]


def clean():
    """What SLURM told this job about itself would mislead srun in the next."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SLURM_") or name == "SLURM_CONF"}
