/* Between libFuzzer and a target. */
#include "fuzz.h"
#include <string.h>

#define SEED_EVERY 256 /* mutations start again from a seed */

int    LLVMFuzzerInitialize(int *argc, char ***argv);
int    LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
  (void)argc, (void)argv;
  FuzzStart();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  FuzzOne(data, size);
  return 0;
}

/* libFuzzer knows no seeds that are made by a program. */
static size_t copy_seed(uint8_t *data, size_t max_size, unsigned which)
{
  size_t size;
  int    n = 0;

  while (FuzzSeed(n, &size)) n++;
  const uint8_t *from = FuzzSeed((int)(which % (unsigned)n), &size);
  if (size > max_size) size = max_size;
  memcpy(data, from, size);
  return size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
  if (size < 4 || seed % SEED_EVERY == 0) size = copy_seed(data, max_size, seed / SEED_EVERY);
  return LLVMFuzzerMutate(data, size, max_size);
}
