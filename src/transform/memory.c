#include "memory.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define HUGE_PAGE ((size_t)2 << 20)
#define LINE      ((size_t)64)

void *HHTMemoryCreate(size_t bytes)
{
  size_t alignment = bytes >= 2 * HUGE_PAGE ? HUGE_PAGE : LINE;
  size_t size      = (bytes / alignment + 1) * alignment;
  void  *memory    = NULL;

  if (bytes > size || posix_memalign(&memory, alignment, size)) return NULL;
#ifdef MADV_HUGEPAGE
  if (alignment == HUGE_PAGE) (void)madvise(memory, size, MADV_HUGEPAGE);
#endif
  return memset(memory, 0, size);
}

void HHTMemoryDestroy(void *memory) { free(memory); }
