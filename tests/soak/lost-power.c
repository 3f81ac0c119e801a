/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Preloaded into a database: notes, before each write below MADO_POWER_DIR, what stood there, and each sync. After the
 * processes were killed, lose-power.py puts back everything that was not synced, as a disk without power would.
 * Renames and unlinks count as durable; shared memory (SQLite's -shm) is rebuilt by its owner and left alone.
 */
#undef _FILE_OFFSET_BITS    /* both names of each call are defined here */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define MAX_FD 4096

/* What one record says; the old bytes follow it. */
typedef struct {
  uint64_t when;        /* ns, monotonic, the same for all processes */
  uint64_t inode;
  uint64_t offset;
  uint64_t old_size;    /* of the file */
  uint32_t kind;        /* 'W' write, 'S' sync */
  uint32_t length;      /* of the old bytes */
} Record;

static __thread int busy;
static int log_fd = -1;
static pid_t log_owner;
static char watched[PATH_MAX];
static size_t watched_length;
static signed char known[MAX_FD];     /* 0 not asked, 1 watched, -1 not */

__attribute__ ((constructor)) static void
start (void)
{
  const char *directory = getenv ("MADO_POWER_DIR");

  if (directory == NULL || realpath (directory, watched) == NULL)
    return;
  watched_length = strlen (watched);
}

/* Each process writes a log of its own; a fork starts another. */
static int
log_of_this_process (void)
{
  char path[PATH_MAX];
  const char *directory = getenv ("MADO_POWER_LOG");

  if (log_fd >= 0 && log_owner == getpid ())
    return log_fd;
  if (directory == NULL)
    return -1;
  snprintf (path, sizeof path, "%s/%d.undo", directory, (int) getpid ());
  log_fd = (int) syscall (SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0666);
  log_owner = getpid ();
  return log_fd;
}

static int
is_watched (int fd)
{
  char link[64], path[PATH_MAX];
  ssize_t n;
  size_t length;

  if (watched_length == 0 || fd < 0 || fd >= MAX_FD)
    return 0;
  if (known[fd] != 0)
    return known[fd] > 0;
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  n = readlink (link, path, sizeof path - 1);
  if (n < 0)
    return 0;
  path[n] = '\0';
  length = (size_t) n;
  known[fd] = strncmp (path, watched, watched_length) == 0
              && !(length > 4 && strcmp (path + length - 4, "-shm") == 0) ? 1 : -1;
  return known[fd] > 0;
}

static void
put (const Record *record, const void *old)
{
  struct iovec parts[] = { { (void *) record, sizeof *record }, { (void *) old, record->length } };
  int fd = log_of_this_process ();

  if (fd >= 0)
    (void) !syscall (SYS_writev, fd, parts, old != NULL ? 2 : 1);
}

static uint64_t
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return (uint64_t) t.tv_sec * 1000000000u + (uint64_t) t.tv_nsec;
}

static void
note_write (int fd, off_t offset, size_t count)
{
  struct stat status;
  Record record = { .kind = 'W' };
  char *old = NULL;
  ssize_t n = 0;

  if (busy || !is_watched (fd) || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    return;
  busy = 1;
  if (offset < status.st_size) {
    old = malloc (count);
    n = syscall (SYS_pread64, fd, old, count, offset);
  }
  record.when = now ();
  record.inode = status.st_ino;
  record.offset = (uint64_t) offset;
  record.old_size = (uint64_t) status.st_size;
  record.length = n > 0 ? (uint32_t) n : 0;
  put (&record, old);
  free (old);
  busy = 0;
}

static void
note_sync (int fd)
{
  struct stat status;
  Record record = { .kind = 'S' };

  if (!is_watched (fd) || fstat (fd, &status) != 0)
    return;
  record.when = now ();
  record.inode = status.st_ino;
  put (&record, NULL);
}

#define REAL(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

ssize_t
write (int fd, const void *data, size_t count)
{
  if (is_watched (fd))
    note_write (fd, lseek (fd, 0, SEEK_CUR), count);
  return syscall (SYS_write, fd, data, count);
}

ssize_t
pwrite (int fd, const void *data, size_t count, off_t offset)
{
  note_write (fd, offset, count);
  return syscall (SYS_pwrite64, fd, data, count, offset);
}

ssize_t
pwrite64 (int fd, const void *data, size_t count, off64_t offset)
{
  return pwrite (fd, data, count, offset);
}

ssize_t
pwritev (int fd, const struct iovec *parts, int n, off_t offset)
{
  size_t count = 0;

  for (int i = 0; i < n; i++)
    count += parts[i].iov_len;
  note_write (fd, offset, count);
  return REAL (pwritev) (fd, parts, n, offset);
}

ssize_t
pwritev64 (int fd, const struct iovec *parts, int n, off64_t offset)
{
  return pwritev (fd, parts, n, offset);
}

/* What is cut off is an overwritten tail. */
int
ftruncate (int fd, off_t length)
{
  struct stat status;

  if (is_watched (fd) && fstat (fd, &status) == 0)
    note_write (fd, length, status.st_size > length ? (size_t) (status.st_size - length) : 0);
  return (int) syscall (SYS_ftruncate, fd, length);
}

int
ftruncate64 (int fd, off64_t length)
{
  return ftruncate (fd, length);
}

/* A sync counts once it is over: what was written before it began is then durable. */
int
fsync (int fd)
{
  int done = (int) syscall (SYS_fsync, fd);

  if (done == 0)
    note_sync (fd);
  return done;
}

int
fdatasync (int fd)
{
  int done = (int) syscall (SYS_fdatasync, fd);

  if (done == 0)
    note_sync (fd);
  return done;
}

int
close (int fd)
{
  if (fd >= 0 && fd < MAX_FD)
    known[fd] = 0;
  return (int) syscall (SYS_close, fd);
}

/* The number of a file that is gone may come back for another. */
int
unlink (const char *path)
{
  struct stat status;
  Record record = { .kind = 'S' };

  if (watched_length > 0 && stat (path, &status) == 0 && status.st_nlink == 1) {
    record.when = now ();
    record.inode = status.st_ino;
    put (&record, NULL);
  }
  return (int) syscall (SYS_unlink, path);
}
