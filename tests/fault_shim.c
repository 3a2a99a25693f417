/* RTLD_NEXT needs _GNU_SOURCE, which the build defines. */
#include "fault_shim.h"
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_LENGTH 4096

static FaultPlan plan; /* call is NULL: none */
static long      calls, bytes;
static int       struck;

/* The function of that name that the program would have without this file. */
#define REAL(name) \
  static __typeof__(&(name)) real_##name; \
  if (!real_##name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name)

void FaultSet(const FaultPlan *new_plan)
{
  plan  = new_plan ? *new_plan : (FaultPlan){0};
  calls = bytes = struck = 0;
}

int FaultCount(void) { return struck; }

/* ---- the environment ---- */

static int signal_number(const char *name)
{
  static const struct {
    const char *name;
    int         number;
  } signals[] = {{"KILL", SIGKILL}, {"STOP", SIGSTOP}, {"TERM", SIGTERM},
                 {"INT", SIGINT},   {"USR1", SIGUSR1}, {"USR2", SIGUSR2}};

  for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
    if (!strcmp(signals[i].name, name)) return signals[i].number;
  }
  fprintf(stderr, "FAULT_DO: %s is not known\n", name);
  abort();
}

static void parse_action(const char *word)
{
  if (!strcmp(word, "EIO"))
    plan.number = EIO;
  else if (!strcmp(word, "ENOSPC"))
    plan.number = ENOSPC;
  else if (!strcmp(word, "short"))
    plan.action = FAULT_SHORT;
  else if (!strcmp(word, "flip"))
    plan.action = FAULT_FLIP;
  else if (!strcmp(word, "full"))
    plan.action = FAULT_FULL;
  else {
    plan.action = FAULT_SIGNAL;
    plan.number = signal_number(word);
  }
}

/* This process is the rank that is meant; the launcher says which it is. */
static int is_meant(void)
{
  const char *meant = getenv("FAULT_RANK"), *rank = getenv("PMIX_RANK");

  return !meant || (rank && !strcmp(meant, rank));
}

__attribute__((constructor)) static void read_environment(void)
{
  const char *call = getenv("FAULT_CALL"), *path = getenv("FAULT_PATH"), *at = getenv("FAULT_AT"),
             *word = getenv("FAULT_DO");

  if (!call || !path || !at || !word || !is_meant()) return;
  plan = (FaultPlan){.call = call, .path = path, .at = atol(at), .on = getenv("FAULT_ON") != NULL};
  parse_action(word);
}

/* ---- whether a call goes wrong, and how ---- */

static int is_planned(const char *call, const char *path)
{
  return plan.call && strstr(path, plan.path) && (!strcmp(plan.call, "any") || !strcmp(plan.call, call));
}

/* Counts the call. */
static int strikes(const char *call, const char *path)
{
  long number;

  if (!is_planned(call, path) || plan.action == FAULT_FULL) return 0;
  number = calls++;
  if (number < plan.at || (number > plan.at && !plan.on)) return 0;
  struck++;
  return 1;
}

static const char *path_of(int fd, char path[PATH_LENGTH])
{
  char    link[64];
  ssize_t n;
  int     error = errno;

  path[0] = 0;
  if (!plan.call) return path;
  (void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
  n                   = readlink(link, path, PATH_LENGTH - 1);
  path[n > 0 ? n : 0] = 0;
  errno               = error;
  return path;
}

/* For calls that do it or not: 1 if it fails. A signal comes before the call is made. */
static int fails(const char *call, const char *path)
{
  if (!strikes(call, path)) return 0;
  if (plan.action == FAULT_SIGNAL) (void)raise(plan.number);
  if (plan.action != FAULT_ERROR) return 0;
  errno = plan.number;
  return 1;
}

/* ---- writing ---- */

/* write() and pwrite() as one. */
typedef struct {
  int   fd;
  off_t offset; /* -1: write() */
} Target;

static ssize_t really_write(Target to, const void *data, size_t size)
{
  REAL(write);
  REAL(pwrite);
  return to.offset < 0 ? real_write(to.fd, data, size) : real_pwrite(to.fd, data, size, to.offset);
}

static ssize_t write_flipped(Target to, const void *data, size_t size)
{
  char   *copy = malloc(size);
  ssize_t n;

  if (!copy) abort();
  memcpy(copy, data, size);
  copy[size / 2] ^= 1;
  n = really_write(to, copy, size);
  free(copy);
  return n;
}

/* What is written over takes no room: a hole, or what lies beyond the end, does. */
static int is_over(Target to, size_t size)
{
  const off_t end = to.offset + (off_t)size;

  return to.offset >= 0 && lseek(to.fd, to.offset, SEEK_DATA) == to.offset && lseek(to.fd, to.offset, SEEK_HOLE) >= end;
}

static ssize_t write_what_fits(Target to, const void *data, size_t size)
{
  const size_t room = plan.at > bytes ? (size_t)(plan.at - bytes) : 0;
  ssize_t      n;

  if (is_over(to, size)) return really_write(to, data, size);
  if (size && !room) {
    struck++;
    errno = ENOSPC;
    return -1;
  }
  n = really_write(to, data, size < room ? size : room);
  if (n > 0) bytes += n;
  return n;
}

static ssize_t write_wrong(Target to, const void *data, size_t size)
{
  const size_t half = size > 1 ? size / 2 : size;

  switch (plan.action) {
  case FAULT_ERROR: errno = plan.number; return -1;
  case FAULT_SHORT: return really_write(to, data, half);
  case FAULT_FLIP: return write_flipped(to, data, size);
  default: break;
  }
  if (really_write(to, data, half) < 0) abort();
  (void)raise(plan.number);
  return (ssize_t)half;
}

static ssize_t write_to(Target to, const void *data, size_t size)
{
  char        buffer[PATH_LENGTH];
  const char *path = path_of(to.fd, buffer);

  if (plan.action == FAULT_FULL && is_planned("write", path)) return write_what_fits(to, data, size);
  return strikes("write", path) ? write_wrong(to, data, size) : really_write(to, data, size);
}

/* ---- the calls ---- */

ssize_t write(int fd, const void *data, size_t size) { return write_to((Target){fd, -1}, data, size); }

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset)
{
  return write_to((Target){fd, offset}, data, size);
}

ssize_t pread(int fd, void *data, size_t size, off_t offset)
{
  char path[PATH_LENGTH];

  REAL(pread);
  return fails("read", path_of(fd, path)) ? -1 : real_pread(fd, data, size, offset);
}

int open(const char *path, int flags, ...)
{
  mode_t  mode = 0;
  va_list arguments;

  REAL(open);
  va_start(arguments, flags);
  if (flags & O_CREAT) mode = va_arg(arguments, mode_t);
  va_end(arguments);
  return fails("open", path) ? -1 : real_open(path, flags, mode);
}

int fsync(int fd)
{
  char path[PATH_LENGTH];

  REAL(fsync);
  return fails("fsync", path_of(fd, path)) ? -1 : real_fsync(fd);
}

int fdatasync(int fd)
{
  char path[PATH_LENGTH];

  REAL(fdatasync);
  return fails("fsync", path_of(fd, path)) ? -1 : real_fdatasync(fd);
}

int ftruncate(int fd, off_t size)
{
  char path[PATH_LENGTH];

  REAL(ftruncate);
  return fails("ftruncate", path_of(fd, path)) ? -1 : real_ftruncate(fd, size);
}

/* The descriptor is gone whatever close() says. */
int close(int fd)
{
  char      path[PATH_LENGTH];
  const int failed = fails("close", path_of(fd, path)), error = errno;

  REAL(close);
  if (!failed) return real_close(fd);
  (void)real_close(fd);
  errno = error;
  return -1;
}

int rename(const char *from, const char *to)
{
  REAL(rename);
  return fails("rename", to) ? -1 : real_rename(from, to);
}

int unlink(const char *path)
{
  REAL(unlink);
  return fails("unlink", path) ? -1 : real_unlink(path);
}
