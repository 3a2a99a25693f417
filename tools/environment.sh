# shellcheck shell=bash
# Sourced by the scripts beside it: the repository's root, and what Open MPI wants to hear as root and on few cores.
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
# Containers forbid the system call that single-copy needs, and Open MPI says so on every run.
export OMPI_MCA_btl_vader_single_copy_mechanism=none
export OMP_NUM_THREADS=1
# Ranks that wait leave their core to others: two cores often have more to do than that.
export OMPI_MCA_mpi_yield_when_idle=1
