#!/bin/bash
# A run as a chain of jobs/run.sbatch, each of which waits for the one before: for clusters where jobs may not requeue themselves.
#
#   jobs/chain.sh LINKS CASE.yaml DIR [-option value ..]
#
# To be run, not submitted. A link that finds the run COMPLETE ends at once; so LINKS may be too many.
set -euo pipefail

if [ $# -lt 3 ] || ! [[ $1 =~ ^[1-9][0-9]*$ ]]; then
  echo "usage: jobs/chain.sh LINKS CASE.yaml DIR [-option value ..]" >&2
  exit 2
fi
links=$1
shift

after=()
for ((link = 1; link <= links; link++)); do
  job=$(sbatch --parsable --no-requeue "${after[@]}" jobs/run.sbatch "$@")
  job=${job%%;*}
  after=(--dependency="afterany:$job")
  echo "$job"
done
