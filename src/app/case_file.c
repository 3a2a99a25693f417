/*
  Looks through the case file, and the files of -options_file_yaml, before PETSc reads them.

  PETSc's reader ends with a traceback where the file is missing or not YAML, keeps the last of two values under one
  key, and knows no line numbers. Here rank 0 reads the file with libyaml and the verdict goes to all; nothing is kept
  but the verdict.
*/
#include "commands.h"
#include "options.h"

#include <ctype.h>
#include <errno.h>
#include <hht/error.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <yaml.h>

#define NAME_MAX_LENGTH 128
#define KEYS_MAX        256
#define DEPTH_MAX       8                   /* of groups in groups */
#define BYTES_MAX       ((size_t)256 << 10) /* of a file: an alias repeats a long value up to KEYS_MAX times */

typedef struct {
  const char     *path;
  yaml_document_t document;
  int             depth; /* of the group that is looked at */
  int             n_keys;
  char            keys[KEYS_MAX][NAME_MAX_LENGTH]; /* full names met so far */
} CaseFile;

static PetscErrorCode check_map(CaseFile *file, const char *group, yaml_node_t *map);

/* A mistake at a node: path:line: text, with the option's name where one is given. */
static PetscErrorCode mistake(const CaseFile *file, const yaml_node_t *node, const char *name, const char *text)
{
  return HHTError(HHT_EXIT_USAGE, "%s:%zu: %s%s%s", file->path, node->start_mark.line + 1, name, *name ? ": " : "",
                  text);
}

static const char *scalar(const yaml_node_t *node) { return (const char *)node->data.scalar.value; }

static int is_group(const char *name)
{
  int              n;
  const HHTOption *table = HHTOptions(&n);

  for (int i = 0; i < n; i++) {
    if (HHTOptionInGroup(&table[i], name, strlen(name))) return 1;
  }
  return 0;
}

static PetscErrorCode check_known(const CaseFile *file, const yaml_node_t *key, const char *name)
{
  char text[256];

  if (HHTOptionFind(name)) return 0;
  if (is_group(name)) return mistake(file, key, name, "this is a group; its keys go below it, indented");
  if (HHTOptionIsPetsc(name)) return 0;
  (void)snprintf(text, sizeof(text), "there is no such option; the nearest known one is %s", HHTOptionNearest(name));
  return mistake(file, key, name, text);
}

static PetscErrorCode check_once(CaseFile *file, const yaml_node_t *key, const char *name)
{
  for (int i = 0; i < file->n_keys; i++) {
    if (!strcasecmp(file->keys[i], name)) return mistake(file, key, name, "the key is given twice; remove one");
  }
  if (file->n_keys == KEYS_MAX)
    return mistake(file, key, name, "too many keys in one file; there are fewer options than that");
  (void)snprintf(file->keys[file->n_keys++], NAME_MAX_LENGTH, "%s", name);
  return 0;
}

/* PETSc would cut a text at a zero byte without a word. */
static PetscErrorCode check_scalar(const CaseFile *file, const char *name, const yaml_node_t *value)
{
  if (strlen(scalar(value)) == value->data.scalar.length) return 0;
  return mistake(file, value, name, "a zero byte is not allowed; remove it");
}

static PetscErrorCode check_list(CaseFile *file, const char *name, const yaml_node_t *list)
{
  const HHTOption  *option = HHTOptionFind(name);
  yaml_node_item_t *item   = list->data.sequence.items.start;
  PetscErrorCode    ierr   = 0;

  if (option && option->shape == HHT_ONE) return mistake(file, list, name, "a list is not allowed; it takes one value");
  if (item == list->data.sequence.items.top)
    return mistake(file, list, name, "an empty list is not allowed; give values, or remove the key");
  for (; item < list->data.sequence.items.top && !ierr; item++) {
    const yaml_node_t *value = yaml_document_get_node(&file->document, *item);

    if (value->type != YAML_SCALAR_NODE)
      return mistake(file, value, name,
                     "a list in a list is not allowed; it must be plain values, one after the other");
    ierr = check_scalar(file, name, value);
  }
  return ierr;
}

static PetscErrorCode too_deep(const CaseFile *file, const yaml_node_t *key)
{
  return mistake(file, key, "", "the key is too long or nested too deep; it must be as in grid: {nx: 64}");
}

/* Every group ends in a key, of which there are few; so aliases of groups of aliases end soon, too. */
static PetscErrorCode check_group(CaseFile *file, const yaml_node_t *key, const char *name, yaml_node_t *map)
{
  PetscErrorCode ierr;

  if (HHTOptionFind(name)) return mistake(file, map, name, "keys are not allowed below it; it takes a value");
  if (map->data.mapping.pairs.start == map->data.mapping.pairs.top)
    return mistake(file, map, name, "a group without keys is not allowed; remove it, or indent its keys below it");
  if (file->depth == DEPTH_MAX) return too_deep(file, key);
  file->depth++;
  ierr = check_map(file, name, map);
  file->depth--;
  return ierr;
}

static PetscErrorCode check_value(CaseFile *file, const yaml_node_t *key, const char *name, yaml_node_t *value)
{
  PetscErrorCode ierr;

  if (value->type == YAML_MAPPING_NODE) return check_group(file, key, name, value);
  ierr = check_known(file, key, name);
  if (!ierr) ierr = check_once(file, key, name);
  if (ierr) return ierr;
  return value->type == YAML_SEQUENCE_NODE ? check_list(file, name, value) : check_scalar(file, name, value);
}

/* Letters, digits and _. PETSc makes an option of any other text as well, and of $$name a command. */
static int is_word(const yaml_node_t *key)
{
  size_t length;

  if (key->type != YAML_SCALAR_NODE) return 0;
  for (length = 0; isalnum((unsigned char)scalar(key)[length]) || scalar(key)[length] == '_';) length++;
  return length && length == key->data.scalar.length;
}

static PetscErrorCode check_pair(CaseFile *file, const char *group, const yaml_node_t *key, yaml_node_t *value)
{
  char name[NAME_MAX_LENGTH];
  int  length;

  if (key->type == YAML_SCALAR_NODE && !strcmp(scalar(key), "<<"))
    return mistake(file, key, group, "merge keys (<<) are not understood; write the keys out");
  if (!is_word(key)) return mistake(file, key, group, "this key is not allowed; it must be a plain word");
  length = snprintf(name, sizeof(name), "%s%s%s", group, *group ? "_" : "", scalar(key));
  /* An alias may stand within its own anchor; the name then grows without end. */
  if (length >= (int)sizeof(name)) return too_deep(file, key);
  return check_value(file, key, name, value);
}

static PetscErrorCode check_map(CaseFile *file, const char *group, yaml_node_t *map)
{
  PetscErrorCode ierr = 0;

  for (yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top && !ierr; pair++) {
    ierr = check_pair(file, group, yaml_document_get_node(&file->document, pair->key),
                      yaml_document_get_node(&file->document, pair->value));
  }
  return ierr;
}

static PetscErrorCode check_document(CaseFile *file)
{
  yaml_node_t *root = yaml_document_get_root_node(&file->document);

  if (!root) return HHTError(HHT_EXIT_USAGE, "%s: the case file is empty; start from one of docs/examples", file->path);
  if (root->type != YAML_MAPPING_NODE)
    return mistake(file, root, "", "this is no case; it must be keys with values, as in grid: {nx: 64}");
  return check_map(file, "", root);
}

static PetscErrorCode syntax_error(const CaseFile *file, const yaml_parser_t *parser)
{
  const yaml_mark_t *at = &parser->problem_mark;

  return HHTError(HHT_EXIT_USAGE, "%s:%zu:%zu: this is not YAML: %s; a case looks like grid: {nx: 64}", file->path,
                  at->line + 1, at->column + 1, parser->problem ? parser->problem : "it cannot be read");
}

/* PETSc would read all documents of a file as one. */
static PetscErrorCode check_single(const CaseFile *file, yaml_parser_t *parser)
{
  yaml_document_t document;
  PetscErrorCode  ierr = 0;
  yaml_node_t    *root;

  if (!yaml_parser_load(parser, &document)) return syntax_error(file, parser);
  root = yaml_document_get_root_node(&document);
  if (root) ierr = mistake(file, root, "", "a second document (---) is not allowed; one file is one case");
  yaml_document_delete(&document);
  return ierr;
}

static PetscErrorCode check_stream(CaseFile *file, yaml_parser_t *parser)
{
  PetscErrorCode ierr;

  if (!yaml_parser_load(parser, &file->document)) return syntax_error(file, parser);
  ierr = check_document(file);
  if (!ierr) ierr = check_single(file, parser);
  yaml_document_delete(&file->document);
  return ierr;
}

/* Of a file, or of a text where that is given. */
static PetscErrorCode check_input(const char *path, FILE *in, const char *text)
{
  static CaseFile file; /* too large for a stack */
  yaml_parser_t   parser;
  PetscErrorCode  ierr;

  file = (CaseFile){.path = path};
  if (!yaml_parser_initialize(&parser)) return PETSC_ERR_MEM;
  if (text)
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, strlen(text));
  else
    yaml_parser_set_input_file(&parser, in);
  ierr = check_stream(&file, &parser);
  yaml_parser_delete(&parser);
  return ierr;
}

/* With what errno says. */
static PetscErrorCode unreadable(const char *path)
{
  return HHTError(HHT_EXIT_USAGE, "%s: the file cannot be read: %s; give the path of a YAML file", path,
                  strerror(errno));
}

static PetscErrorCode open_regular(const char *path, FILE **in)
{
  struct stat status;

  if (!*path) return HHTError(HHT_EXIT_USAGE, "the file's name is empty; give the path of a YAML file");
  if (stat(path, &status)) return unreadable(path);
  if (!S_ISREG(status.st_mode))
    return HHTError(HHT_EXIT_USAGE, "%s: this is not a regular file; give the path of a YAML file", path);
  *in = fopen(path, "r");
  return *in ? 0 : unreadable(path);
}

static PetscErrorCode check_size(const char *path, off_t bytes)
{
  if (bytes <= (off_t)BYTES_MAX) return 0;
  return HHTError(
      HHT_EXIT_USAGE,
      "%s: %lld bytes are not allowed; a case is a YAML file of at most %zu (hht info shows checkpoints and snapshots)",
      path, (long long)bytes, BYTES_MAX);
}

static PetscErrorCode check_yaml(const char *path)
{
  PetscErrorCode ierr;
  struct stat    status;
  FILE          *in;

  ierr = open_regular(path, &in);
  if (ierr) return ierr;
  ierr = fstat(fileno(in), &status) ? unreadable(path) : 0;
  if (!ierr) ierr = check_size(path, status.st_size);
  if (!ierr) ierr = check_input(path, in, NULL);
  (void)fclose(in);
  return ierr;
}

/* PETSc's own format; a colon in the name tells PETSc of another one. */
static PetscErrorCode check_readable(const char *path)
{
  PetscErrorCode ierr;
  FILE          *in;

  if (strchr(path, ':')) return 0;
  ierr = open_regular(path, &in);
  if (!ierr) (void)fclose(in);
  return ierr;
}

static PetscErrorCode check_files(const HHTArguments *a)
{
  PetscErrorCode ierr = a->command->file == HHT_CASE_FILE && a->file ? check_yaml(a->file) : 0;

  for (int i = 0; i + 1 < a->n_options && !ierr; i++) {
    if (!strcmp(a->options[i], "-options_file_yaml")) ierr = check_yaml(a->options[i + 1]);
    if (!strcmp(a->options[i], "-options_file")) ierr = check_readable(a->options[i + 1]);
  }
  return ierr;
}

PetscErrorCode HHTCaseFilesCheck(MPI_Comm comm, const HHTArguments *a)
{
  int rank;

  MPI_Comm_rank(comm, &rank);
  return HHTAgree(comm, rank ? 0 : check_files(a));
}

static PetscErrorCode check_text(const char *path, const char *text)
{
  PetscErrorCode ierr = check_size(path, (off_t)strlen(text));

  return ierr ? ierr : check_input(path, NULL, text);
}

PetscErrorCode HHTCaseTextCheck(MPI_Comm comm, const char *path, const char *text)
{
  int rank;

  MPI_Comm_rank(comm, &rank);
  return HHTAgree(comm, rank ? 0 : check_text(path, text));
}
