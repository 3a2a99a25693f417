/* The table of commands. */
#include "commands.h"

static const HHTCommand commands[] = {
    {"run", "run CASE.yaml [--flag ..] [-option value ..]", "solve a case", HHT_CASE_FILE, HHTCommandRun},
    {"meanfield", "meanfield CASE.yaml [--flag ..] [-option value ..]", "compare N particles with the mean field",
     HHT_CASE_FILE, HHTCommandMeanField},
    {"views", "views CASE.yaml [--dry-run] [-option value ..]",
     "compare f of (HHt), of characteristics and of the Vlasov equation", HHT_CASE_FILE, HHTCommandViews},
    {"check", "check", "verify this installation against exact solutions", HHT_NO_FILE, HHTCommandCheck},
    {"info", "info FILE.h5", "describe a snapshot or checkpoint, and check it", HHT_DATA_FILE, HHTCommandInfo},
    {"bench", "bench [-option value ..]", "time a step on a synthetic state", HHT_NO_FILE, HHTCommandBench},
};

const HHTCommand *HHTCommands(int *n)
{
  *n = (int)(sizeof(commands) / sizeof(commands[0]));
  return commands;
}
