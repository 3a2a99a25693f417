/* Buffers of the transform layer. */
#ifndef HHT_TRANSFORM_MEMORY_H
#define HHT_TRANSFORM_MEMORY_H

#include <stddef.h>

/* Zeroed memory of `bytes`, aligned to 2 MiB with huge pages asked for where it is large, else to 64 bytes. NULL if there is none. */
void *HHTMemoryCreate(size_t bytes);
void  HHTMemoryDestroy(void *memory);

#endif
