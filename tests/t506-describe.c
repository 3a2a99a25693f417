/*
  HHTFileDescribe() accepts a good snapshot and finds each flipped byte, whether of the data, the checksums or the
  structure.
*/
#include "scratch.h"
#include "snapshot_source.h"
#include <hdf5.h>

static void write_bytes(const char *path, const char *bytes, size_t size)
{
  int rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (!rank) {
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

    if (write(fd, bytes, size) != (ssize_t)size) MPI_Abort(MPI_COMM_WORLD, 1);
    close(fd);
  }
  MPI_Barrier(MPI_COMM_WORLD);
}

/* The file `bytes` cannot be described; the one line has `reason` in it. */
static void check_bad(const char *path, const char *bytes, size_t size, const char *reason)
{
  PetscErrorCode ierr;

  write_bytes(path, bytes, size);
  ierr = HHTFileDescribe(MPI_COMM_WORLD, path);
  TestCheck(HHTErrorExitCode(ierr) == HHT_EXIT_IO, "%s: code %d", reason, (int)ierr);
  TestCheck(strstr(HHTErrorMessage(), reason) && strstr(HHTErrorMessage(), path), "%s: '%s'", reason,
            HHTErrorMessage());
  TestCheck(!strchr(HHTErrorMessage(), '\n'), "%s: more than one line", reason);
  HHTErrorClear();
  MPI_Barrier(MPI_COMM_WORLD);
}

static void write_foreign(const char *path)
{
  int rank;

  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  if (!rank) H5Fclose(H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  MPI_Barrier(MPI_COMM_WORLD);
}

/* Where f lies, by its first number. */
static size_t find_f(const char *bytes, size_t size)
{
  double         first;
  double complex a = SourceFactor(0, -1, -6);

  first = creal(a) * creal(a) + cimag(a) * cimag(a);
  for (size_t i = 0; i + sizeof(first) <= size; i += 4) {
    if (!memcmp(bytes + i, &first, sizeof(first))) return i;
  }
  return 0;
}

/* The vectors of snapshots in two and three dimensions are groups, which have two names each. */
static void check_vectors(const char *dir, int dim)
{
  const char     *name = dim == 2 ? "snapshots/snapshot_0000000003.h5" : "snapshots/snapshot_0000000004.h5";
  Source          s;
  HHTSnapshotInfo info = SourceInfo(dir, dim + 1);

  SourceCreate(MPI_COMM_WORLD, dim, 4, 6, &s);
  TestCall(HHTSnapshotWriteSource(&s.source, &info, NULL, NULL));
  TestCall(HHTFileDescribe(MPI_COMM_WORLD, ScratchPath(dir, name)));
  SourceDestroy(&s);
}

int main(int argc, char **argv)
{
  char            dir[SCRATCH_MAX];
  Source          s;
  HHTSnapshotInfo info;
  size_t          size = 0, f;
  char           *bytes;

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  SourceCreate(MPI_COMM_WORLD, 1, 4, 16, &s);
  info = SourceInfo(dir, 2);
  TestCall(HHTSnapshotWriteSource(&s.source, &info, NULL, NULL));

  const char *const good = ScratchPath(dir, "snapshots/snapshot_0000000002.h5");
  const char *const bad  = ScratchPath(dir, "bad.h5");

  TestCall(HHTFileDescribe(MPI_COMM_WORLD, good));
  bytes = ScratchRead(good, &size);
  f     = find_f(bytes, size);
  TestCheck(f > 0, "f is not in the file");

  bytes[f + 16 * 8 * 2 + 3] ^= 1;
  check_bad(bad, bytes, size, "/data/2/f are corrupt, row 2");
  bytes[f + 16 * 8 * 2 + 3] ^= 1;
  bytes[100] ^= 4;
  check_bad(bad, bytes, size, "checksum");
  bytes[100] ^= 4;
  bytes[60000] ^= 8; /* where HDF5 never looks */
  check_bad(bad, bytes, size, "structure");
  bytes[60000] ^= 8;
  check_bad(bad, bytes, size - 1, "truncated");
  check_bad(bad, bytes, 0, "signature not found");
  check_bad(bad, "just a text file, and not a short one", 37, "signature not found");
  write_foreign(bad);
  TestCheck(HHTErrorExitCode(HHTFileDescribe(MPI_COMM_WORLD, bad)) == HHT_EXIT_IO, "HDF5 of another program");
  TestCheck(strstr(HHTErrorMessage(), "no file of hht"), "HDF5 of another program: '%s'", HHTErrorMessage());
  HHTErrorClear();
  MPI_Barrier(MPI_COMM_WORLD);
  unlink(bad);
  TestCheck(HHTErrorExitCode(HHTFileDescribe(MPI_COMM_WORLD, bad)) == HHT_EXIT_IO, "a file that is not there");
  HHTErrorClear();
  check_vectors(dir, 2);
  check_vectors(dir, 3);
  free(bytes);
  SourceDestroy(&s);
  ScratchDestroy(dir);
  return TestEnd();
}
