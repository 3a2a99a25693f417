/*
  Checkpoints and snapshots: `hht info` and opening and loading a checkpoint, as --restart does.

  Checksums keep mutations from all that lies behind them, so an input says which of them hold: it is packed as

      byte 0                REPAIR_* that are asked for
      bytes 1 and 2         n, little-endian
      n bytes               the beginning of HDF5's own part of the file; zeros fill the rest of it
      what remains          the file from there on

  HDF5's checksums of its own records are taken for right in any case.
*/
#include "../../src/app/commands.h"
#include "../../src/app/options.h"
#include "../../src/io/data_reader.h"
#include "../../src/io/hdf5_image.h"
#include "../fixture.h"
#include "../scratch.h"
#include "../snapshot_source.h"
#include "fuzz.h"
#include <hht/checkpoint.h>

enum { REPAIR_STRUCTURE = 1, REPAIR_SIZE = 2, REPAIR_ROWS = 4 };

#define HEAD           3
#define FILE_MAX       ((size_t)1 << 18)
#define SEEDS          6
#define SNAPSHOT       5  /* the last of them */
#define SUPERBLOCK_END 28 /* where HDF5's superblock tells of the size of the file */

typedef struct {
  uint8_t *data;
  size_t   size;
} Packed;

static Packed  seeds[SEEDS];
static Fixture fixture, other; /* what checkpoints are loaded into, the second solution of those with two */
static HHTCase c;              /* its case */
static int     fd;             /* of the file that every input becomes */
static char    path[64];

/*
  Found by the dynamic linker before HDF5's own function of this name, which computes and fetches the checksum of one of its records: who
  makes a hostile file makes these right.
*/
herr_t H5F_get_checksums(const uint8_t *record, size_t size, uint32_t *stored, uint32_t *computed);

herr_t H5F_get_checksums(const uint8_t *record, size_t size, uint32_t *stored, uint32_t *computed)
{
  (void)record, (void)size;
  if (stored) *stored = 0;
  if (computed) *computed = 0;
  return 0;
}

/* ---- seeds, made by the writers ---- */

static Packed pack(const char *file)
{
  size_t      size;
  char *const bytes = ScratchRead(file, &size);
  size_t      n     = HHT_STRUCTURE_BYTES;
  Packed      p;

  if (!bytes || size < n) abort();
  while (n && !bytes[n - 1]) n--;
  p.size = HEAD + n + size - HHT_STRUCTURE_BYTES;
  p.data = malloc(p.size);
  if (!p.data) abort();
  p.data[0] = REPAIR_STRUCTURE | REPAIR_SIZE | REPAIR_ROWS;
  p.data[1] = (uint8_t)(n & 255);
  p.data[2] = (uint8_t)(n >> 8);
  memcpy(p.data + HEAD, bytes, n);
  memcpy(p.data + HEAD + n, bytes + HHT_STRUCTURE_BYTES, size - HHT_STRUCTURE_BYTES);
  free(bytes);
  return p;
}

static void make_fixture(Fixture *f, PetscBool complex_numbers, HHTPrecision precision)
{
  *f = (Fixture){.grid            = c.grid,
                 .potential       = c.potential,
                 .initial         = c.initial.type,
                 .initial_params  = c.initial,
                 .mass            = NAN,
                 .precision       = precision,
                 .complex_numbers = complex_numbers};
  FixtureCreate(PETSC_COMM_SELF, f);
}

static Packed make_checkpoint(const char *dir, PetscBool complex_numbers, HHTPrecision precision, PetscInt step,
                              HHTFlow second)
{
  const HHTProgress progress = {.step = step, .time = 0.3, .time_step = 0.1, .dt = 0.1, .max_time = 1, .last_seen = -1};
  char              file[SCRATCH_MAX], *parameters;
  Fixture           f;

  make_fixture(&f, complex_numbers, precision);
  FuzzCall(HHTFlowPotential(f.flow, 0.05));
  FuzzCall(HHTFlowKinetic(f.flow, 0.1));
  FuzzCall(HHTCaseToYAML(&c, &parameters));
  FuzzCall(HHTCheckpointWrite(f.flow, second, dir, &progress, parameters, NULL));
  FuzzCall(PetscFree(parameters));
  FixtureDestroy(&f);
  (void)snprintf(file, sizeof(file), "%s/checkpoints/checkpoint_%010d.h5", dir, (int)step);
  return pack(file);
}

static Packed make_snapshot(const char *dir)
{
  Source          s;
  HHTSnapshotInfo info = SourceInfo(dir, 2);

  SourceCreate(PETSC_COMM_SELF, 1, 4, 4, &s);
  FuzzCall(HHTSnapshotWriteSource(&s.source, &info, NULL, NULL));
  SourceDestroy(&s);
  return pack(ScratchPath(dir, "snapshots/snapshot_0000000002.h5"));
}

static void remove_file(void) { (void)unlink(path); }

/* In memory, where there is such a folder. */
static void make_file(void)
{
  (void)snprintf(path, sizeof(path), "%s/hht-fuzz-XXXXXX", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm");
  fd = mkstemp(path);
  if (fd < 0 || atexit(remove_file)) abort();
}

/* A target that refuses its own seeds would find nothing. */
static void check_seed(const Packed *seed, int is_checkpoint)
{
  HHTCheckpoint checkpoint;

  FuzzOne(seed->data, seed->size);
  FuzzCall(HHTFileDescribe(PETSC_COMM_SELF, path));
  if (!is_checkpoint) return;
  FuzzCall(HHTCheckpointOpen(PETSC_COMM_SELF, path, &checkpoint));
  FuzzCall(HHTCheckpointClose(&checkpoint));
}

void FuzzBegin(void)
{
  char dir[SCRATCH_MAX];

  make_file();
  FuzzCall(PetscOptionsInsertString(NULL, "-grid_nx 4 -grid_nv 4"));
  FuzzCall(HHTCaseFromOptions("", &c));
  make_fixture(&fixture, PETSC_FALSE, HHT_DOUBLE);
  make_fixture(&other, PETSC_FALSE, HHT_DOUBLE);
  ScratchCreate(dir);
  seeds[0]        = make_checkpoint(dir, PETSC_FALSE, HHT_DOUBLE, 3, NULL);
  seeds[1]        = make_checkpoint(dir, PETSC_TRUE, HHT_DOUBLE, 4, NULL);
  seeds[2]        = make_checkpoint(dir, PETSC_FALSE, HHT_SINGLE, 3, NULL);
  seeds[3]        = make_checkpoint(dir, PETSC_TRUE, HHT_SINGLE, 4, NULL);
  seeds[4]        = make_checkpoint(dir, PETSC_FALSE, HHT_DOUBLE, 5, other.flow);
  seeds[SNAPSHOT] = make_snapshot(dir);
  ScratchDestroy(dir);
  for (int i = 0; i < SEEDS; i++) check_seed(&seeds[i], i != SNAPSHOT);
}

const uint8_t *FuzzSeed(int i, size_t *size)
{
  if (i >= SEEDS) return NULL;
  *size = seeds[i].size;
  return seeds[i].data;
}

/* ---- from an input to a file ---- */

/* Attributes beyond some lie in a block of a heap, whose checksum HDF5 computes by itself. */
static void repair_heap_blocks(uint8_t *structure)
{
  enum { BLOCK = 1024, CHECKSUM = 18 };
  extern uint32_t H5_checksum_metadata(const void *data, size_t size, uint32_t start);

  for (size_t at = 0; at + BLOCK <= HHT_STRUCTURE_BYTES; at++) {
    uint32_t sum;

    if (memcmp(structure + at, "FHDB", 4)) continue;
    memset(structure + at + CHECKSUM, 0, sizeof(sum));
    sum = H5_checksum_metadata(structure + at, BLOCK, 0);
    memcpy(structure + at + CHECKSUM, &sum, sizeof(sum));
  }
}

static void repair_structure(uint8_t *file, size_t size, int repairs)
{
  const uint64_t end = size;
  uint32_t       sum;

  if (repairs & REPAIR_SIZE) memcpy(file + SUPERBLOCK_END, &end, sizeof(end));
  if (!(repairs & REPAIR_STRUCTURE)) return;
  repair_heap_blocks(file);
  sum = HHTRowChecksum(file, HHT_STRUCTURE_BYTES);
  memcpy(file + HHT_STRUCTURE_BYTES, &sum, sizeof(sum));
}

/* The file of an input; its size, 0 for an input that is too short or too long. */
static size_t unpack(const uint8_t *data, size_t size, uint8_t *file)
{
  size_t n, rest;

  if (size < HEAD) return 0;
  n = (size_t)data[1] | (size_t)data[2] << 8;
  if (n > size - HEAD) n = size - HEAD;
  rest = size - HEAD - n;
  if (rest < sizeof(uint32_t) || HHT_STRUCTURE_BYTES + rest > FILE_MAX) return 0;
  memset(file, 0, HHT_STRUCTURE_BYTES);
  memcpy(file, data + HEAD, n);
  memcpy(file + HHT_STRUCTURE_BYTES, data + HEAD + n, rest);
  repair_structure(file, HHT_STRUCTURE_BYTES + rest, data[0]);
  return HHT_STRUCTURE_BYTES + rest;
}

static void write_file(const uint8_t *file, size_t size)
{
  if (ftruncate(fd, (off_t)size) || pwrite(fd, file, size, 0) != (ssize_t)size) abort();
}

static void repair_rows(uint8_t *file, const HHTRows *rows)
{
  for (ptrdiff_t i = 0; rows && i < rows->n; i++) {
    const uint32_t sum = HHTRowChecksum(file + rows->offset + (size_t)i * rows->size, rows->size);

    memcpy(file + rows->checksum_offset + (size_t)i * sizeof(sum), &sum, sizeof(sum));
  }
}

/* Where the rows lie is known to who reads the structure. */
static void repair_known_rows(uint8_t *file, size_t size)
{
  static const char *const names[] = {
      "/data/3/state",         "/data/3/density",      "/data/3/current", "/data/4/state",   "/data/4/density",
      "/data/4/current",       "/parameters",          "/wisdom",         "/data/2/f",       "/data/2/alpha",
      "/data/2/force",         "/data/5/state",        "/data/5/density", "/data/5/current", "/data/5/other_state",
      "/data/5/other_density", "/data/5/other_current"};
  HHTDataReader reader;

  if (!FuzzAccepts(HHTDataReaderOpen(PETSC_COMM_SELF, path, &reader), HHT_EXIT_IO)) return;
  for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) repair_rows(file, HHTDataReaderFind(reader, names[i]));
  FuzzCall(HHTDataReaderClose(&reader));
  write_file(file, size);
}

/* ---- reading it ---- */

static void check_parameters(const char *text)
{
  if (!FuzzAccepts(HHTCaseTextCheck(PETSC_COMM_SELF, path, text), HHT_EXIT_USAGE)) return;
  (void)FuzzAccepts(HHTOptionsCheckRestart(&c, text, path), HHT_EXIT_USAGE);
}

/* A checkpoint of another grid is refused as a wrong option, one without the arrays of its own as a bad file. */
static void load(HHTCheckpoint checkpoint)
{
  HHTFlow              second = HHTCheckpointGetSolutions(checkpoint) > 1 ? other.flow : NULL;
  const PetscErrorCode ierr   = HHTCheckpointLoad(checkpoint, fixture.flow, second);

  (void)FuzzAccepts(ierr, HHTErrorExitCode(ierr) == HHT_EXIT_USAGE ? HHT_EXIT_USAGE : HHT_EXIT_IO);
}

static void restart(void)
{
  HHTCheckpoint checkpoint;

  if (!FuzzAccepts(HHTCheckpointOpen(PETSC_COMM_SELF, path, &checkpoint), HHT_EXIT_IO)) return;
  check_parameters(HHTCheckpointParameters(checkpoint));
  load(checkpoint);
  FuzzCall(HHTCheckpointClose(&checkpoint));
}

void FuzzOne(const uint8_t *data, size_t size)
{
  static uint8_t file[FILE_MAX];
  const size_t   n = unpack(data, size, file);

  if (!n) return;
  write_file(file, n);
  if (data[0] & REPAIR_ROWS) repair_known_rows(file, n);
  (void)FuzzAccepts(HHTFileDescribe(PETSC_COMM_SELF, path), HHT_EXIT_IO);
  restart();
}
