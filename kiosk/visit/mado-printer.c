/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-printer.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include "core/mado-error.h"
#include "core/mado-id.h"

#define WAIT_S 120

typedef struct {
  MadoPrinterState (*look)  (const char *name);
  gboolean         (*print) (const char *name, const char *path, GCancellable *cancellable, GError **error);
} Kind;

struct _MadoPrinter {
  GObject           parent;
  const Kind       *kind;
  char             *name;    /* queue or folder */
  MadoPrinterState  state;
};

G_DEFINE_FINAL_TYPE (MadoPrinter, mado_printer, G_TYPE_OBJECT)

static MadoPrinterState
look_nowhere (const char *name)
{
  return MADO_PRINTER_ABSENT;
}

static gboolean
print_nowhere (const char *name, const char *path, GCancellable *cancellable, GError **error)
{
  g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE, "There is no printer here");
  return FALSE;
}

static MadoPrinterState
look_at_folder (const char *folder)
{
  return g_mkdir_with_parents (folder, 0700) == 0 && g_access (folder, W_OK) == 0 ? MADO_PRINTER_READY
                                                                                  : MADO_PRINTER_OUT;
}

static gboolean
print_to_folder (const char *folder, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *id = mado_ulid_new ();
  g_autofree char *target = g_strconcat (folder, "/", id, ".pdf", NULL);
  g_autofree char *data = NULL;
  gsize n;

  if (!g_file_get_contents (path, &data, &n, error))
    return FALSE;
  return g_file_set_contents_full (target, data, n, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* CUPS, by its commands: (transfer full) (nullable) what one of them says. */
static char *
ask_cups (GCancellable *cancellable, GError **error, const char *command, ...)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                                                       | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  g_autoptr(GSubprocess) process = NULL;
  g_autofree char *said = NULL;
  va_list rest;

  va_start (rest, command);
  for (const char *word = command; word != NULL; word = va_arg (rest, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (rest);
  g_ptr_array_add (words, NULL);

  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, cancellable, &said, NULL, error))
    return NULL;
  if (g_subprocess_get_successful (process))
    return g_steal_pointer (&said);
  g_set_error (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE, "The printer does not take the print (%s)", command);
  return NULL;
}

static MadoPrinterState
look_at_queue (const char *queue)
{
  g_autofree char *said = ask_cups (NULL, NULL, "lpstat", "-l", "-p", queue, NULL);

  if (said == NULL || strstr (said, "disabled") != NULL || strstr (said, "media-empty") != NULL
      || strstr (said, "media-needed") != NULL || strstr (said, "media-jam") != NULL
      || strstr (said, "toner-empty") != NULL || strstr (said, "offline") != NULL)
    return MADO_PRINTER_OUT;
  return MADO_PRINTER_READY;
}

/* "request id is office-42 (1 file(s))" */
static char *
read_job (const char *said)
{
  const char *start = strstr (said, "request id is ");

  if (start == NULL)
    return NULL;
  start += strlen ("request id is ");
  return g_strndup (start, strcspn (start, " \n"));
}

static gboolean
is_waiting (const char *queue, const char *job, GCancellable *cancellable)
{
  g_autofree char *said = ask_cups (cancellable, NULL, "lpstat", "-W", "not-completed", "-o", queue, NULL);
  g_auto(GStrv) lines = g_strsplit (said != NULL ? said : "", "\n", -1);
  gsize length = strlen (job);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strncmp (lines[i], job, length) == 0 && (lines[i][length] == ' ' || lines[i][length] == '\0'))
      return TRUE;
  return said == NULL;
}

/* CUPS keeps what it has printed until it is told not to; gone from its spool is also what is not printed yet. */
static void
purge (const char *job)
{
  g_autofree char *said = ask_cups (NULL, NULL, "cancel", "-x", job, NULL);
}

static gboolean
print_to_queue (const char *queue, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *said = ask_cups (cancellable, error, "lp", "-d", queue, "-t", "Madoguchi", "-o", "sides=one-sided",
                                    "--", path, NULL);
  g_autofree char *job = said != NULL ? read_job (said) : NULL;
  gint64 end = g_get_monotonic_time () + WAIT_S * G_USEC_PER_SEC;

  if (said == NULL)
    return FALSE;
  while (job != NULL && is_waiting (queue, job, cancellable)) {
    if (g_cancellable_is_cancelled (cancellable) || g_get_monotonic_time () > end) {
      purge (job);
      g_set_error_literal (error, MADO_ERROR, MADO_ERROR_UNAVAILABLE, "The printer did not print in time");
      return FALSE;
    }
    g_usleep (G_USEC_PER_SEC / 4);
  }
  if (job != NULL)
    purge (job);
  return TRUE;
}

static const Kind nowhere = { look_nowhere, print_nowhere };
static const Kind folder = { look_at_folder, print_to_folder };
static const Kind cups = { look_at_queue, print_to_queue };

static void
mado_printer_finalize (GObject *object)
{
  g_free (MADO_PRINTER (object)->name);
  G_OBJECT_CLASS (mado_printer_parent_class)->finalize (object);
}

static void
mado_printer_class_init (MadoPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_printer_finalize;
}

static void
mado_printer_init (MadoPrinter *self)
{
}

MadoPrinter *
mado_printer_new (const char *address, GError **error)
{
  g_autoptr(MadoPrinter) self = g_object_new (MADO_TYPE_PRINTER, NULL);

  if (g_str_equal (address, "none"))
    self->kind = &nowhere;
  else if (g_str_has_prefix (address, "file:/"))
    self->kind = &folder;
  else if (g_str_has_prefix (address, "cups:") && address[5] != '\0' && address[5] != '-')
    self->kind = &cups;
  if (self->kind == NULL) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_INVALID,
                 "“%s” names no printer; write cups:QUEUE, file:/FOLDER or none", address);
    return NULL;
  }
  self->name = g_strdup (self->kind == &nowhere ? "" : address + 5);
  return g_steal_pointer (&self);
}

MadoPrinterState
mado_printer_get_state (MadoPrinter *self)
{
  return self->state;
}

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MadoPrinter *self = source;

  g_task_return_int (task, self->kind->look (self->name));
}

void
mado_printer_look_async (MadoPrinter *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, mado_printer_look_async);
  g_task_run_in_thread (task, look_in_thread);
}

MadoPrinterState
mado_printer_look_finish (MadoPrinter *self, GAsyncResult *result)
{
  gssize state = g_task_propagate_int (G_TASK (result), NULL);

  if (state >= 0)
    self->state = state;
  return self->state;
}

static void
print_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  MadoPrinter *self = source;
  GError *error = NULL;

  if (self->kind->print (self->name, path, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
mado_printer_print_async (MadoPrinter *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, mado_printer_print_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, print_in_thread);
}

gboolean
mado_printer_print_finish (MadoPrinter *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
