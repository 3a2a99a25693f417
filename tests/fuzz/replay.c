/*
  fuzz-<what>-replay MUTATIONS [FOLDER ..] - the seeds, all files of the folders, and so many mutations of each, the same in every run.
*/
#include "../random.h"
#include "fuzz.h"
#include <dirent.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define SIZE_MAX_INPUT 65536
#define STEPS_MAX      4                 /* changes of one mutation */
#define MEMORY_MAX     ((rlim_t)1 << 30) /* beyond what the started program has */

static uint64_t draw(uint64_t n)
{
  static uint64_t index;

  return n ? RandomBits(index++) % n : 0;
}

static const uint8_t tokens[][4] = {{0, 0, 0, 0},           {255, 255, 255, 255}, {255, 255, 255, 127}, {0, 0, 0, 128},
                                    {'"', '\\', '\n', ' '}, {'&', '*', '!', '$'}, {'[', '{', ':', ','}};

/* Removes, repeats or overwrites some bytes of an input that is not empty. */
static size_t change(uint8_t *data, size_t size)
{
  const size_t at = draw(size), left = size - at, n = 1 + draw(left < 16 ? left : 16);

  switch (draw(5)) {
  case 0: data[at] ^= (uint8_t)(1u << draw(8)); return size;
  case 1: data[at] = (uint8_t)draw(256); return size;
  case 2: memcpy(data + at, tokens[draw(sizeof(tokens) / sizeof(tokens[0]))], n < 4 ? n : 4); return size;
  case 3: memmove(data + at, data + at + n, left - n); return size - n;
  default:
    if (size + n > SIZE_MAX_INPUT) return size;
    memmove(data + at + n, data + at, left);
    return size + n;
  }
}

static void mutate(const uint8_t *from, size_t size, int mutations)
{
  static uint8_t data[SIZE_MAX_INPUT];

  for (int i = 0; i < mutations; i++) {
    size_t now = size;

    memcpy(data, from, size);
    for (uint64_t step = 1 + draw(STEPS_MAX); step && now; step--) now = change(data, now);
    FuzzOne(data, now);
  }
}

static int try(const uint8_t *data, size_t size, int mutations)
{
  if (size > SIZE_MAX_INPUT) abort();
  FuzzOne(data, size);
  mutate(data, size, mutations);
  return 1;
}

static void try_file(const char *folder, const char *name, int mutations)
{
  static uint8_t data[SIZE_MAX_INPUT + 1];
  char           path[PETSC_MAX_PATH_LEN];
  FILE          *file;

  (void)snprintf(path, sizeof(path), "%s/%s", folder, name);
  file = fopen(path, "rb");
  if (!file) abort();
  /* Should it crash, the last line says where. */
  fprintf(stderr, "%s\n", path);
  (void)try(data, fread(data, 1, sizeof(data), file), mutations);
  (void)fclose(file);
}

static int by_name(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static int try_folder(const char *folder, int mutations)
{
  struct dirent **entries;
  const int       n = scandir(folder, &entries, by_name, alphasort);

  if (n < 0) abort();
  for (int i = 0; i < n; i++) {
    try_file(folder, entries[i]->d_name, mutations);
    free(entries[i]);
  }
  free(entries);
  return n;
}

static int try_seeds(int mutations)
{
  size_t         size;
  const uint8_t *seed;
  int            n = 0;

  for (; (seed = FuzzSeed(n, &size)); n++) (void)try(seed, size, mutations);
  return n;
}

/* Memory is refused from some size on, which is then an error that is not one of ours. */
static void limit_memory(void)
{
  FILE         *file  = fopen("/proc/self/statm", "r");
  unsigned long pages = 0;
  struct rlimit limit;

  if (!file || fscanf(file, "%lu", &pages) != 1 || getrlimit(RLIMIT_AS, &limit)) abort();
  (void)fclose(file);
  limit.rlim_cur = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + MEMORY_MAX;
  if (setrlimit(RLIMIT_AS, &limit)) abort();
}

int main(int argc, char **argv)
{
  const int mutations = argc > 1 ? atoi(argv[1]) : 0;
  int       n;

  FuzzStart();
  limit_memory();
  n = try_seeds(mutations);
  for (int i = 2; i < argc; i++) n += try_folder(argv[i], mutations);
  fprintf(stderr, "%d inputs, %d mutations of each\n", n, mutations);
  return PetscPopErrorHandler() || PetscFinalize() || !n;
}
