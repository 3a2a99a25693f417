/*
  Large buffers are mappings of their own: they go back to the system when they are destroyed (MPI libraries make malloc keep what is freed), start
  at a huge page, and have no page in memory before it is written to, by the thread that will work there.
*/
#include "memory.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define HUGE_PAGE ((size_t)2 << 20)
#define LINE      ((size_t)64)

/* Stands in the line before the buffer. */
typedef struct {
  void  *base;
  size_t mapped; /* bytes from base; 0: malloc's */
} Header;

static void *with_header(void *base, char *memory, size_t mapped)
{
  ((Header *)(void *)(memory - LINE))[0] = (Header){base, mapped};
  return memory;
}

/*
  What is mapped beyond the header's page and the buffer's last one goes back at once: the last part of a huge page would else be in memory whole.
*/
static void *map(size_t bytes)
{
  const size_t page = (size_t)sysconf(_SC_PAGESIZE), pages = (bytes + page - 1) / page * page;
  const size_t room = pages + 2 * HUGE_PAGE;
  char *base = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *memory, *first, *end;

  if (base == MAP_FAILED) return NULL;
  memory = base + HUGE_PAGE - (uintptr_t)base % HUGE_PAGE;
  first  = memory - page;
  end    = memory + pages;
  if (first > base) (void)munmap(base, (size_t)(first - base));
  (void)munmap(end, (size_t)(base + room - end));
#ifdef MADV_HUGEPAGE
  (void)madvise(memory, pages, MADV_HUGEPAGE);
#endif
  return with_header(first, memory, (size_t)(end - first));
}

static void *allocate(size_t bytes)
{
  void *base = NULL;

  if (posix_memalign(&base, LINE, bytes + 2 * LINE)) return NULL;
  return memset(with_header(base, (char *)base + LINE, 0), 0, bytes);
}

void *HHTMemoryCreate(size_t bytes)
{
  if (bytes > PTRDIFF_MAX - 2 * HUGE_PAGE) return NULL;
  return bytes >= 2 * HUGE_PAGE ? map(bytes) : allocate(bytes);
}

void HHTMemoryDestroy(void *memory)
{
  Header header;

  if (!memory) return;
  header = *(const Header *)(const void *)((char *)memory - LINE);
  if (header.mapped)
    (void)munmap(header.base, header.mapped);
  else
    free(header.base);
}
