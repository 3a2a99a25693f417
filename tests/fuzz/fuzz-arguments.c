/* The command line, a word a line. */
#include "../../src/app/commands.h"
#include "fuzz.h"
#include <string.h>

#define WORDS_MAX 64

static const char *const seeds[] = {
    "run\ncase.yaml\n--dry-run\n-grid_nx\n16\n-output_overwrite\n-ts_dt\n-0.1\n",
    "run\n--restart=auto\n--walltime\n1-12:30:00\ncase.yaml\n--walltime=90\n",
    "info\nfile.h5\n",
    "bench\n--help=grid\n",
    "--version\n",
};

void FuzzBegin(void) {}

const uint8_t *FuzzSeed(int i, size_t *size)
{
  if (i >= (int)(sizeof(seeds) / sizeof(seeds[0]))) return NULL;
  *size = strlen(seeds[i]);
  return (const uint8_t *)seeds[i];
}

static int split(char *text, char *words[])
{
  static char program[] = "hht";
  char       *rest      = text;
  int         n         = 0;

  words[n++] = program;
  while (n < WORDS_MAX && rest && *rest) words[n++] = strsep(&rest, "\n");
  words[n] = NULL;
  return n;
}

void FuzzOne(const uint8_t *data, size_t size)
{
  char        *text = malloc(size + 1), *words[WORDS_MAX + 1];
  HHTArguments a;

  if (!text) abort();
  memcpy(text, data, size);
  text[size] = 0;
  if (FuzzAccepts(HHTArgumentsParse(split(text, words), words, &a), HHT_EXIT_USAGE) && a.help)
    (void)FuzzAccepts(HHTHelpCheck(&a), HHT_EXIT_USAGE);
  HHTArgumentsFree(&a);
  free(text);
}
