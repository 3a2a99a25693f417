/*
  snapshots.xdmf lists every readable snapshot of the folder in the order of its steps, and none that cannot be read.
*/
#include "scratch.h"
#include "snapshot_source.h"

static const char *after(const char *text, const char *part)
{
  const char *found = text ? strstr(text, part) : NULL;

  TestCheck(found, "'%s' is missing or in the wrong place", part);
  return found;
}

static void write_steps(Source *s, const char *dir)
{
  static const PetscInt steps[] = {10, 2};

  for (int i = 0; i < 2; i++) {
    const HHTSnapshotInfo info = SourceInfo(dir, steps[i]);

    TestCall(HHTSnapshotWriteSource(&s->source, &info, NULL, NULL));
    TestCall(HHTWriteText(MPI_COMM_WORLD, ScratchPath(dir, "snapshots/snapshot_0000000005.h5"), "not a snapshot"));
  }
}

static void check_1d(const char *dir)
{
  Source      s;
  char       *text;
  const char *at;

  SourceCreate(MPI_COMM_WORLD, 1, 4, 8, &s);
  write_steps(&s, dir);
  text = ScratchRead(ScratchPath(dir, "snapshots.xdmf"), NULL);
  at   = after(text, "<Time Value=\"0.5\"/>");
  at   = after(at, "Dimensions=\"1 4\"");
  at   = after(at, "snapshots/snapshot_0000000002.h5:/data/2/density<");
  at   = after(at, "Dimensions=\"4 8\"");
  at   = after(at, "snapshots/snapshot_0000000002.h5:/data/2/f<");
  at   = after(at, "<Time Value=\"2.5\"/>");
  at   = after(at, "snapshots/snapshot_0000000010.h5:/data/10/f<");
  TestCheck(text && !strstr(text, "0000000005"), "an unreadable file is listed");
  free(text);
  SourceDestroy(&s);
}

static void check_3d(const char *dir)
{
  const HHTSnapshotInfo info = SourceInfo(dir, 1);
  Source                s;
  char                 *text;
  const char           *at;

  SourceCreate(MPI_COMM_WORLD, 3, 4, 4, &s);
  TestCall(HHTSnapshotWriteSource(&s.source, &info, NULL, NULL));
  text = ScratchRead(ScratchPath(dir, "snapshots.xdmf"), NULL);
  at   = after(text, "\"3DCoRectMesh\" Dimensions=\"4 6 8\"");
  at   = after(at, ">-1 -2 -3<");
  after(at, "/data/1/density<");
  free(text);
  SourceDestroy(&s);
}

int main(int argc, char **argv)
{
  char dir[SCRATCH_MAX];

  TestBegin(&argc, &argv);
  ScratchCreate(dir);
  check_1d(dir);
  check_3d(ScratchPath(dir, "3d"));
  ScratchDestroy(dir);
  return TestEnd();
}
