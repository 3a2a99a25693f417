"""A private SLURM on this machine: munged, slurmctld and a slurmd for each node, on loopback and in a folder of its own.

    with Cluster(folder, nodes=2, cpus=8) as cluster:
        job = cluster.submit("jobs/run.sbatch", "case.yaml", "run", options=["--time=5"])
        cluster.wait(job, "COMPLETED")
"""
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

PROGRAMS = ["setpriv", "munged", "slurmctld", "slurmd", "sbatch", "srun", "scancel", "scontrol", "squeue", "sinfo"]
SKIPPED = 77  # CTest's SKIP_RETURN_CODE
LIMIT = 270   # s, less than the TIMEOUT of all tests that use it

# Those who look for daemons must look where ordinary users do not.
os.environ["PATH"] += ":/usr/sbin:/sbin"

CONFIGURATION = """\
ClusterName=hht
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket={folder}/munge.socket
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/%n/spool
TmpFS={folder}/%n/tmp
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
MailProg=/bin/true
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0
MinJobAge=600
KillWait=20
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
{nodes}PartitionName=normal Nodes=ALL Default=YES PriorityTier=1 MaxTime=INFINITE
PartitionName=grace  Nodes=ALL PriorityTier=1 GraceTime=20 MaxTime=INFINITE
PartitionName=urgent Nodes=ALL PriorityTier=9 PreemptMode=OFF MaxTime=INFINITE
"""
NODE = """\
NodeName={name} NodeHostname=localhost NodeAddr=127.0.0.1 Port={port} CPUs={cpus} Boards=1 SocketsPerBoard=1 \
CoresPerSocket={cpus} ThreadsPerCore=1 RealMemory=1000
"""

# Nodes that are one machine: Open MPI would take their ranks for neighbours in shared memory.
OPEN_MPI = {"OMPI_MCA_btl": "self,tcp", "OMPI_MCA_btl_tcp_if_include": "lo"}

# By its default, which mixes two kinds, SLURM 22.05's fence sometimes lets a rank out of MPI_Init before the other is ready for its messages,
# and that one crashes: on a busy machine 5 of 735 steps on two nodes, and none of 870 with one kind.
PMIX = {"SLURM_PMIX_FENCE": "ring"}


def require():
    """Ends the test where SLURM is not installed: as skipped, but in CI as failed."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        print(f"no {', '.join(missing)} here; tools/install-deps --ci installs SLURM and munge")
        sys.exit(1 if os.environ.get("CI") == "true" else SKIPPED)


def within(seconds, done):
    """Waits until done() is true, and returns what it returned; None after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := done():
            return result
        time.sleep(0.05)
    return None


def poll(done, seconds, what):
    result = within(seconds, done)
    assert result, f"{what}: not within {seconds} s"
    return result


def free_ports(n):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(n)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def give_up(number, _):
    raise AssertionError(f"ended by {signal.Signals(number).name}")


def end(process):
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Cluster:
    """Nodes n1, n2, .. of so many cores each, which need not exist."""

    def __init__(self, folder, nodes=2, cpus=8, **environment):
        self.folder = Path(folder).resolve()
        self.nodes = [f"n{i + 1}" for i in range(nodes)]
        self.daemons = []
        self.environment = {**os.environ, **OPEN_MPI, **PMIX, "SLURM_CONF": str(self.folder / "slurm.conf"), **environment}
        self.configure(cpus)

    def configure(self, cpus):
        for name in ("state", *(f"{node}/{sub}" for node in self.nodes for sub in ("spool", "tmp"))):
            (self.folder / name).mkdir(parents=True)
        key = self.folder / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(os.urandom(128))
        port, *ports = free_ports(1 + len(self.nodes))
        user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
        nodes = "".join(NODE.format(name=name, port=p, cpus=cpus) for name, p in zip(self.nodes, ports))
        text = CONFIGURATION.format(folder=self.folder, port=port, user=user, nodes=nodes)
        (self.folder / "slurm.conf").write_text(text)

    def __enter__(self):
        """From here on the test ends in order, also when it hangs or is told to end."""
        for number in (signal.SIGALRM, signal.SIGTERM):
            signal.signal(number, give_up)
        signal.alarm(LIMIT)
        try:
            self.start()
        except BaseException:
            self.show_logs()
            self.stop()
            raise
        return self

    def __exit__(self, failure, *_):
        if failure:
            self.show_logs()
        self.stop()

    def show_logs(self):
        """Ends of what the daemons, and the jobs in the current folder, have said."""
        for log in [*sorted(self.folder.glob("*.log")), *sorted(Path().glob("*.log"))]:
            print(f"== {log.name}\n{log.read_text(errors='replace')[-1500:]}", flush=True)

    def start(self):
        folder = self.folder
        # munged wants a socket that all users reach; by force it serves in a folder of ours, too.
        self.daemon("munged", "--foreground", "--force", f"--key-file={folder}/munge.key", f"--socket={folder}/munge.socket",
                    f"--pid-file={folder}/munged.pid", f"--log-file={folder}/munged.log", f"--seed-file={folder}/munge.seed")
        poll((folder / "munge.socket").is_socket, 10, "munged")
        self.daemon("slurmctld", "-D")
        for node in self.nodes:
            self.daemon("slurmd", "-D", "-N", node)
        poll(lambda: self.idle() == len(self.nodes), 30, "idle nodes")

    def daemon(self, name, *arguments):
        """As a child of ours, which ends with us."""
        command = ["setpriv", "--pdeathsig", "TERM", name, *arguments]
        with open(self.folder / f"{name}{arguments[-1] if name == 'slurmd' else ''}.log", "w") as log:
            self.daemons.append(subprocess.Popen(command, stdout=log, stderr=log, env=self.environment))

    def idle(self):
        result = self.call("sinfo", "--noheader", "--partition=normal", "--states=idle", "--format=%D", check=False)
        return int(result.stdout or 0)

    def stop(self):
        try:
            self.end_jobs()
        finally:
            for daemon in reversed(self.daemons):
                daemon.terminate()
            for daemon in self.daemons:
                end(daemon)
            self.kill_rest()

    def kill_rest(self):
        """slurmstepd 22.05 may stay for good where a rank has crashed before MPI knew it."""
        ours = f"SLURM_CONF={self.environment['SLURM_CONF']}".encode()
        for environment in Path("/proc").glob("[0-9]*/environ"):
            try:
                if ours in environment.read_bytes():
                    os.kill(int(environment.parent.name), signal.SIGKILL)
            except OSError:  # it has ended, or is another user's
                pass

    def end_jobs(self):
        """Their processes are no children of the daemons and would outlive them."""
        for job in self.jobs():
            self.call("scancel", "--signal=KILL", "--full", job, check=False)
            self.call("scancel", job, check=False)
        if not within(30, lambda: not self.jobs()):
            print(f"jobs {self.jobs()} do not end")

    def jobs(self):
        return self.call("squeue", "--noheader", "--format=%i", check=False).stdout.split()

    def call(self, *command, check=True):
        result = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60, env=self.environment)
        assert not check or result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
        return result

    def submit(self, script, *arguments, options=()):
        """Returns the job's id."""
        return self.call("sbatch", "--parsable", *options, script, *arguments).stdout.strip()

    def states(self, job):
        """Of the job, or of each element of the array."""
        text = self.call("squeue", "--noheader", "--states=all", f"--jobs={job}", "--array", "--format=%T").stdout
        return text.split()

    def wait(self, job, state, seconds=60):
        """Until the job, or each element of it, is in that state."""
        if not within(seconds, lambda: set(self.states(job)) == {state}):
            raise AssertionError(f"job {job} is {self.states(job)} and not {state} after {seconds} s")

    def start_now(self, job):
        """A requeued job would wait for two minutes. Nodes refuse a job in the second in which they ended it, and what they still
        report of its end sets the two minutes anew."""
        self.wait(job, "PENDING")
        poll(lambda: self.start_soon(job), 60, f"start of job {job}")

    def start_soon(self, job):
        self.call("scontrol", "update", f"JobId={job}", "StartTime=now+2", check=False)
        return within(6, lambda: self.states(job) in (["RUNNING"], ["COMPLETED"], ["FAILED"]))
