/* The table of commands. */
#include "commands.h"

static const HHTCommand commands[] = {
    {"run", "run CASE.yaml [--flag ..] [-option value ..]", "solve a case", HHTPageRun, HHT_CASE_FILE, HHTCommandRun},
    {"meanfield", "meanfield CASE.yaml [--flag ..] [-option value ..]", "compare N particles with the mean field",
     HHTPageMeanField, HHT_CASE_FILE, HHTCommandMeanField},
    {"views", "views CASE.yaml [--flag ..] [-option value ..]", "one case by three formulations, compared",
     HHTPageViews, HHT_CASE_FILE, HHTCommandViews},
    {"check", "check", "verify this installation against exact solutions", HHTPageCheck, HHT_NO_FILE, HHTCommandCheck},
    {"info", "info FILE.h5", "describe a snapshot or checkpoint, and check it", HHTPageInfo, HHT_DATA_FILE,
     HHTCommandInfo},
    {"bench", "bench [-option value ..]", "time a step on a synthetic state", HHTPageBench, HHT_NO_FILE,
     HHTCommandBench},
};

const HHTCommand *HHTCommands(int *n)
{
  *n = (int)(sizeof(commands) / sizeof(commands[0]));
  return commands;
}
