/*
  The HDF5 file format specification, version 3.0, as far as the writer goes: superblock version 2; object headers version 2, of groups with
  compact links and of contiguous datasets, both with compact attributes; a handful of datatypes, to the byte. Groups are a tree, but
  a dataset, and a group of nothing but datasets, may have several names. No byte belongs to two records.
*/
#include "structure_check.h"
#include "data_file.h"
#include "hdf5_image.h"
#include <ctype.h>
#include <hht/error.h>
#include <string.h>

#define DEPTH_MAX     8
#define RANK_MAX      (2 * 3) /* axes of a dataset */
#define OBJECTS_MAX   256
#define HEADER_PREFIX 6
#define CHECKSUM      4

/* Types of header messages. */
enum {
  NIL          = 0x00,
  DATASPACE    = 0x01,
  LINK_INFO    = 0x02,
  DATATYPE     = 0x03,
  FILL_VALUE   = 0x05,
  LINK         = 0x06,
  LAYOUT       = 0x08,
  GROUP_INFO   = 0x0A,
  ATTRIBUTE    = 0x0C,
  CONTINUATION = 0x10,
  ATTRIBUTES   = 0x15, /* attribute info */
  REFERENCES   = 0x16, /* object reference count */
  MESSAGES     = 0x17
};

/* The flags that each has: constant, or fails to be understood without harm. */
static const unsigned char message_flags[MESSAGES] = {
    [DATATYPE] = 1, [FILL_VALUE] = 1, [LAYOUT] = 1, [GROUP_INFO] = 1, [ATTRIBUTES] = 4, [REFERENCES] = 4};

/* What makes a group and a dataset: these once each. */
#define BIT(message)  (1u << (message))
#define GROUP_PARTS   (BIT(LINK_INFO) | BIT(GROUP_INFO))
#define DATASET_PARTS (BIT(DATASPACE) | BIT(DATATYPE) | BIT(FILL_VALUE) | BIT(LAYOUT))
#define MANY          (BIT(NIL) | BIT(LINK) | BIT(ATTRIBUTE) | BIT(CONTINUATION))

typedef unsigned char Byte;

/* What begins in a byte of `leaf`. */
enum { NO_LEAF, DATASET, GROUP_OF_DATASETS };

typedef struct {
  const Byte *bytes;
  uint64_t    file_size;
  int         objects;
  Byte        claimed[HHT_STRUCTURE_BYTES]; /* bytes of records seen so far */
  Byte        leaf
      [HHT_STRUCTURE_BYTES]; /* where datasets begin, and groups of nothing but datasets, once they are known to be good */
} Structure;

/* Bytes [at, end) of the structure that are yet to be read. */
typedef struct {
  size_t at, end;
} Span;

/* An object, as its messages are read. */
typedef struct {
  unsigned seen;                        /* bits of message types */
  uint64_t entries, entry_size, stored; /* of a dataset */
  int      depth, subgroups;
} Object;

static uint64_t number(const Byte *from, size_t bytes)
{
  uint64_t value = 0;

  while (bytes--) value = value << 8 | from[bytes];
  return value;
}

/* Takes bytes [at, at + size) for one record; no if they are not inside the structure or another record's. */
static int claim(Structure *s, uint64_t at, uint64_t size)
{
  if (at > HHT_STRUCTURE_BYTES || size > HHT_STRUCTURE_BYTES - at) return 0;
  if (memchr(s->claimed + at, 1, size)) return 0;
  memset(s->claimed + at, 1, size);
  return 1;
}

static int begins_with(const Byte *bytes, const char *signature) { return !memcmp(bytes, signature, 4); }

/* ---- datatypes and dataspaces ---- */

#define FLOAT64 0x11, 0x20, 0x3F, 0, 8, 0, 0, 0, 0, 0, 0x40, 0, 0x34, 0x0B, 0, 0x34, 0xFF, 3, 0, 0
#define FLOAT32 0x11, 0x20, 0x1F, 0, 4, 0, 0, 0, 0, 0, 0x20, 0, 0x17, 8, 0, 0x17, 0x7F, 0, 0, 0

static const Byte float32[]   = {FLOAT32};
static const Byte complex32[] = {0x36, 2, 0, 0, 8, 0, 0, 0, 'r', 0, 0, FLOAT32, 'i', 0, 4, FLOAT32};
static const Byte float64[]   = {FLOAT64};
static const Byte complex64[] = {0x36, 2, 0, 0, 16, 0, 0, 0, 'r', 0, 0, FLOAT64, 'i', 0, 8, FLOAT64};
static const Byte int64[]     = {0x10, 8, 0, 0, 8, 0, 0, 0, 0, 0, 0x40, 0};
static const Byte uint32[]    = {0x10, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0x20, 0};
static const Byte int8[]      = {0x10, 8, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0};
static const Byte string[]    = {0x13, 1, 0, 0}; /* padded with zeros; its size follows */

static const struct {
  const Byte *bytes;
  size_t      size;
} types[] = {{float32, sizeof(float32)}, {complex32, sizeof(complex32)},
             {float64, sizeof(float64)}, {complex64, sizeof(complex64)},
             {int64, sizeof(int64)},     {uint32, sizeof(uint32)},
             {int8, sizeof(int8)}};

/* Bytes of one entry of the datatype; 0 for another. */
static uint64_t check_type(const Byte *type, size_t size)
{
  for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
    if (size == types[i].size && !memcmp(type, types[i].bytes, size)) return number(type + 4, 4);
  return size == 8 && !memcmp(type, string, sizeof(string)) ? number(type + 4, 4) : 0;
}

/* Entries of the dataspace, a scalar or of fixed sizes; 0 for another, or one of more entries than `most`. */
static uint64_t check_space(const Byte *space, size_t size, uint64_t most)
{
  uint64_t entries = 1;

  if (size < 4 || space[0] != 2 || space[1] > RANK_MAX) return 0;
  if (!space[1]) return size == 4 && !space[2] && !space[3];
  if (space[2] != 1 || space[3] != 1 || size != 4 + 16 * (size_t)space[1]) return 0;
  if (memcmp(space + 4, space + 4 + 8 * space[1], 8 * (size_t)space[1]) != 0) return 0;
  for (int i = 0; i < space[1]; i++) {
    const uint64_t length = number(space + 4 + 8 * i, 8);

    if (!length || length > most / entries) return 0;
    entries *= length;
  }
  return entries;
}

/* ---- messages ---- */

static int check_object(Structure *s, uint64_t at, int depth);

/* A name without a slash; a 0 ends it where it is terminated. */
static int check_name(const Byte *name, size_t length)
{
  if (!length || length >= HHT_DATA_FILE_MAXNAME) return 0;
  for (size_t i = 0; i < length; i++)
    if (!isgraph(name[i]) || name[i] == '/') return 0;
  return 1;
}

static int check_attribute(const Byte *body, size_t size)
{
  size_t   name, type, space, data;
  uint64_t entry;

  if (size < 9 || body[0] != 3 || body[1] || body[8]) return 0;
  name  = number(body + 2, 2);
  type  = number(body + 4, 2);
  space = number(body + 6, 2);
  if (name < 2 || name + type + space > size - 9) return 0;
  data = size - 9 - name - type - space;
  body += 9;
  entry = check_type(body + name, type);
  return check_name(body, name - 1) && !body[name - 1] && entry && data % entry == 0 && data &&
         check_space(body + name + type, space, data) == data / entry;
}

static int check_link(Structure *s, const Byte *body, size_t size, Object *o)
{
  uint64_t at;

  if (size < 3 || body[0] != 1 || body[1] || size != 3 + (size_t)body[2] + 8 || !check_name(body + 3, body[2]))
    return 0;
  at = number(body + 3 + body[2], 8);
  if (!check_object(s, at, o->depth + 1)) return 0;
  o->subgroups += s->leaf[at] != DATASET;
  return 1;
}

static int check_layout(const Structure *s, const Byte *body, size_t size, Object *o)
{
  uint64_t at;

  if (size != 18 || body[0] != 3 || body[1] != 1) return 0;
  at        = number(body + 2, 8);
  o->stored = number(body + 10, 8);
  return at >= HHT_STRUCTURE_BYTES && at <= s->file_size && o->stored <= s->file_size - at;
}

/* No index of links or attributes beside the headers. */
static int check_info(const Byte *body, size_t size)
{
  static const Byte none[18] = {0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};

  return size == sizeof(none) && !memcmp(body, none, sizeof(none));
}

/* Continuation: *next is where the header goes on. */
static int check_continuation(Structure *s, const Byte *body, size_t size, Span *next)
{
  uint64_t at, length;

  if (size != 16) return 0;
  at     = number(body, 8);
  length = number(body + 8, 8);
  if (length < 4 + CHECKSUM || !claim(s, at, length) || !begins_with(s->bytes + at, "OCHK")) return 0;
  *next = (Span){at + 4, at + length - CHECKSUM};
  return 1;
}

static int check_message(Structure *s, unsigned type, const Byte *body, size_t size, Object *o)
{
  switch (type) {
  case NIL: return 1;
  case DATASPACE: return (o->entries = check_space(body, size, s->file_size)) != 0;
  case DATATYPE: return (o->entry_size = check_type(body, size)) != 0;
  case LINK_INFO:
  case ATTRIBUTES: return check_info(body, size);
  case FILL_VALUE: return size == 2 && body[0] == 3 && body[1] == 5;
  case LINK: return check_link(s, body, size, o);
  case LAYOUT: return check_layout(s, body, size, o);
  case GROUP_INFO: return size == 6 && !body[0] && body[1] == 1;
  case ATTRIBUTE: return check_attribute(body, size);
  case REFERENCES: return size == 5 && !body[0];
  default: return 0;
  }
}

/* ---- objects ---- */

#define SPANS_MAX 64 /* parts of one header */

typedef struct {
  int  n;
  Span spans[SPANS_MAX];
} Header;

/* The message at *at, which it moves on. */
static int next_message(Structure *s, Span *span, Header *h, Object *o)
{
  const Byte    *m    = s->bytes + span->at;
  const unsigned type = m[0];
  const size_t   size = number(m + 1, 2);

  if (type >= MESSAGES || m[3] != message_flags[type] || size > span->end - span->at - 4) return 0;
  if (o->seen & BIT(type) & ~MANY) return 0;
  o->seen |= BIT(type);
  span->at += 4 + size;
  if (type != CONTINUATION) return check_message(s, type, m + 4, size, o);
  return h->n < SPANS_MAX && check_continuation(s, m + 4, size, &h->spans[h->n++]);
}

static int check_messages(Structure *s, Header *h, Object *o)
{
  for (int i = 0; i < h->n; i++) {
    Span span = h->spans[i];

    while (span.end - span.at >= 4)
      if (!next_message(s, &span, h, o)) return 0;
  }
  return 1;
}

/* The first part of the header at `at`, and the bytes before it. */
static int open_header(Structure *s, uint64_t at, Header *h)
{
  const Byte *bytes;
  size_t      prefix, width, size;

  if (!claim(s, at, HEADER_PREFIX)) return 0;
  bytes = s->bytes + at;
  if (!begins_with(bytes, "OHDR") || bytes[4] != 2 || bytes[5] & ~0x13u) return 0;
  prefix = bytes[5] & 0x10 ? 4 : 0; /* when attributes would move out of the header */
  width  = (size_t)1 << (bytes[5] & 3);
  if (!claim(s, at + HEADER_PREFIX, prefix + width)) return 0;
  size = number(bytes + HEADER_PREFIX + prefix, width);
  at += HEADER_PREFIX + prefix + width;
  if (size > HHT_STRUCTURE_BYTES || !claim(s, at, size + CHECKSUM)) return 0;
  *h = (Header){.n = 1, .spans = {{at, at + size}}};
  return 1;
}

static int is_dataset(const Object *o)
{
  return (o->seen & (DATASET_PARTS | GROUP_PARTS | BIT(LINK))) == DATASET_PARTS && o->stored % o->entry_size == 0 &&
         o->stored / o->entry_size == o->entries;
}

static int is_group(const Object *o) { return (o->seen & (DATASET_PARTS | GROUP_PARTS)) == GROUP_PARTS; }

static int check_object(Structure *s, uint64_t at, int depth)
{
  Object o = {.depth = depth};
  Header h;

  if (at < HHT_STRUCTURE_BYTES && s->leaf[at]) return 1;
  if (depth > DEPTH_MAX || s->objects++ == OBJECTS_MAX || !open_header(s, at, &h) || !check_messages(s, &h, &o))
    return 0;
  if (is_dataset(&o))
    s->leaf[at] = DATASET;
  else if (is_group(&o))
    s->leaf[at] = o.subgroups ? NO_LEAF : GROUP_OF_DATASETS;
  else
    return 0;
  return 1;
}

/* Version 2, addresses and sizes of 8 bytes, no flags, base address 0, no extension, size of the file, root group, checksum. */
static int check_superblock(Structure *s)
{
  static const Byte start[] = {2, 8, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255};
  const Byte       *bytes   = s->bytes;

  if (!claim(s, 0, 48) || memcmp(bytes + 8, start, sizeof(start)) != 0) return 0;
  return number(bytes + 28, 8) == s->file_size && check_object(s, number(bytes + 36, 8), 0);
}

static PetscErrorCode is_known(const char *structure, off_t file_size, PetscBool *known)
{
  Structure *s;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&s));
  s->bytes     = (const Byte *)structure;
  s->file_size = (uint64_t)file_size;
  *known       = check_superblock(s) ? PETSC_TRUE : PETSC_FALSE;
  PetscCall(PetscFree(s));
  PetscFunctionReturn(0);
}

/* Whether this HDF5 makes structures that are known here; found out once. */
static PetscErrorCode check_own(PetscBool *known)
{
  static PetscBool asked, answer;
  HHTHDF5Image     image = {0};

  PetscFunctionBeginUser;
  if (!asked) {
    PetscCall(HHTDataFileSample(&image));
    PetscCall(is_known(image.bytes, (off_t)image.file_size, &answer));
    PetscCall(HHTHDF5ImageDestroy(&image));
    asked = PETSC_TRUE;
  }
  *known = answer;
  PetscFunctionReturn(0);
}

PetscErrorCode HHTStructureCheck(const char *path, const char *structure, off_t file_size)
{
  PetscBool known, own = PETSC_TRUE;

  PetscFunctionBeginUser;
  PetscCall(is_known(structure, file_size, &known));
  if (known) PetscFunctionReturn(0);
  PetscCall(check_own(&own));
  if (!own) PetscFunctionReturn(0);
  PetscFunctionReturn(HHTError(HHT_EXIT_IO, "'%s': the structure of the file is not one that hht writes", path));
}
