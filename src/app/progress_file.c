#include "progress_file.h"
#include <hht/error.h>
#include <hht/output.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

static unsigned long checksum(const char *lines)
{
  return crc32(0, (const unsigned char *)lines, (unsigned)strlen(lines));
}

PetscErrorCode HHTProgressWrite(MPI_Comm comm, const char *folder, const char *name, const char *lines)
{
  const size_t size = strlen(lines) + 32;
  char        *text, path[PETSC_MAX_PATH_LEN];

  PetscFunctionBeginUser;
  PetscCall(PetscSNPrintf(path, sizeof path, "%s/%s", folder, name));
  PetscCall(PetscMalloc1(size, &text));
  (void)snprintf(text, size, "%schecksum %08lx\n", lines, checksum(lines));
  PetscCall(HHTWriteText(comm, path, text));
  PetscCall(PetscFree(text));
  PetscFunctionReturn(0);
}

PetscErrorCode HHTProgressDamaged(const char *path)
{
  return HHTError(HHT_EXIT_IO, "'%s' is damaged; remove it, or give -output_overwrite true", path);
}

/* Cuts the checksum off. */
static PetscErrorCode check(const char *path, char *text)
{
  char         *last = strstr(text, "\nchecksum ");
  unsigned long stored;

  if (!last || sscanf(last, "\nchecksum %lx", &stored) != 1) return HHTProgressDamaged(path);
  last[1] = 0;
  return stored == checksum(text) ? 0 : HHTProgressDamaged(path);
}

PetscErrorCode HHTProgressRead(MPI_Comm comm, const char *folder, const char *name, HHTProgressParse parse, void *ctx)
{
  char          *text, path[PETSC_MAX_PATH_LEN];
  PetscErrorCode ierr;

  PetscFunctionBeginUser;
  PetscCall(PetscSNPrintf(path, sizeof path, "%s/%s", folder, name));
  PetscCall(HHTReadText(comm, path, &text));
  if (!text) PetscFunctionReturn(0);
  ierr = check(path, text);
  if (!ierr) ierr = parse(ctx, path, text);
  PetscCall(PetscFree(text));
  PetscFunctionReturn(ierr);
}
