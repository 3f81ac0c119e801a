/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "mado-data-key.h"
#include "mado-housekeeping.h"
#include "mado-http.h"
#include "mado-log.h"
#include "mado-options.h"
#include "mado-systemd.h"
#include "core/mado-date.h"
#include "core/mado-language.h"
#include "lists/mado-holiday.h"
#include "procedures/mado-revisions.h"

#define SQLITE         "sqlite:"
#define HOLIDAYS_AHEAD 60     /* days that must be known */
#define GRACE_SECONDS  20     /* for what is on its way when we are told to go */

/* A mistyped path would be an empty city that takes filings. */
static gboolean
is_there (const MadoOptions *options, GError **error)
{
  const char *path = options->store + strlen (SQLITE);

  if (options->sample || options->create || !g_str_has_prefix (options->store, SQLITE)
      || g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
               _("There is no store at %s. Mend the address, or give --create to begin a new one there."), path);
  return FALSE;
}

static MadoStore *
open_store (const MadoOptions *options, GError **error)
{
  g_autoptr(MadoKey) key = is_there (options, error) ? mado_data_key_load (options->store, options->sample, error)
                                                     : NULL;

  return key ? mado_store_open (options->store, key, error) : NULL;
}

static gboolean
seed (MadoCounter *counter, GError **error)
{
  g_autofree char *folder = mado_options_build_data_path ("sample", NULL);
  g_autofree char *report = NULL;

  if (!mado_counter_seed (counter, folder, &report, error))
    return FALSE;
  if (report)
    g_print ("%s\n", report);
  return TRUE;
}

/* Beside everything else that starts: the first to search need not wait for it. */
static gpointer
make_search (gpointer data)
{
  g_autoptr(MadoCatalogue) catalogue = data;

  mado_catalogue_get_search (catalogue);
  return NULL;
}

/* What is due later would be promised for holidays nobody has told us of. */
static void
check_holidays (void)
{
  if (mado_holidays_get_end () < mado_date_today () + HOLIDAYS_AHEAD)
    g_warning ("National holidays are known until the end of this list only: renew data/lists/holidays.txt");
}

static MadoCounter *
open_counter (const MadoOptions *options, GError **error)
{
  g_autoptr(MadoCity) city = mado_city_load (options->city, error);
  g_autoptr(MadoCatalogue) catalogue = city ? mado_catalogue_load (options->catalogue, error) : NULL;
  gboolean fits = catalogue && mado_catalogue_settle (catalogue, city, error);
  g_autoptr(MadoStore) store = fits ? open_store (options, error) : NULL;
  gboolean published = store && mado_catalogue_publish (catalogue, store, error);
  g_autoptr(MadoCounter) counter = published ? mado_counter_new (store, city, catalogue) : NULL;

  if (counter && options->public_url)
    g_object_set (city, "public-url", options->public_url, NULL);
  if (!counter || (options->sample && !seed (counter, error)))
    return NULL;
  check_holidays ();
  g_thread_unref (g_thread_new ("search", make_search, g_object_ref (catalogue)));
  return g_steal_pointer (&counter);
}

/* One a core, or two where the answers of a database server are waited for. */
static guint
count_threads (const MadoOptions *options)
{
  if (options->threads > 0)
    return (guint) options->threads;
  return g_get_num_processors () * (g_str_has_prefix (options->store, SQLITE) ? 1 : 2);
}

static MadoHttp *
open_http (MadoService *service, const MadoOptions *options, GError **error)
{
  MadoHttpOptions http = { options->listen, NULL, count_threads (options), options->behind_proxy,
                           MADO_HTTP_PATIENCE };
  g_autoptr(GTlsCertificate) certificate = NULL;

  if (options->certificate) {
    certificate = g_tls_certificate_new_from_files (options->certificate, options->key, error);
    if (!certificate) {
      g_prefix_error (error, _("The certificate cannot be used: "));
      return NULL;
    }
    http.certificate = certificate;
  }
  return mado_http_new (service, &http, error);
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

/* systemd hears from us only while every thread turns. */
static gboolean
on_watchdog (gpointer http)
{
  if (mado_http_is_alive (http, 5))
    mado_systemd_notify ("WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

static void
serve (MadoHttp *http, const MadoService *service)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint watchdog = mado_systemd_get_watchdog ();

  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  if (watchdog > 0)
    g_timeout_add_seconds (MAX (watchdog / 3, 1), on_watchdog, http);
  g_print ("mado-service listening on %s (%s)\n", mado_http_get_address (http), service->engine);
  mado_systemd_notify ("READY=1");
  g_main_loop_run (loop);
  mado_systemd_notify ("STOPPING=1");
}

/* Beside the city's own file; a city without one takes no files. */
static gboolean
open_books (MadoService *service, const MadoOptions *options, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (options->city);
  g_autofree char *path = g_build_filename (folder, "books.json", NULL);

  return !g_file_test (path, G_FILE_TEST_EXISTS) || mado_service_open_books (service, path, error);
}

static gboolean
run (const MadoOptions *options, GError **error)
{
  g_autoptr(MadoCounter) counter = open_counter (options, error);
  MadoService *service;
  MadoHousekeeping *housekeeping;
  MadoHttp *http;

  if (!counter)
    return FALSE;
  service = mado_service_new (counter, options->limits);
  service->engine = g_str_has_prefix (options->store, SQLITE) ? "sqlite" : "postgresql";
  service->log_requests = options->log_requests;
  http = open_books (service, options, error) ? open_http (service, options, error) : NULL;
  if (http) {
    housekeeping = mado_housekeeping_new (service);
    serve (http, service);
    mado_housekeeping_free (housekeeping);
    mado_http_stop (http, GRACE_SECONDS);
  }
  mado_service_free (service);
  mado_store_close (mado_counter_get_store (counter));
  return http != NULL;
}

/* A line for every place that is wrong: "mado-service: city.json: /id: This is needed and is missing". */
static void
complain (const GError *error)
{
  guint n = mado_error_get_n_violations (error);
  const char *first = n > 0 ? mado_error_get_violation (error, 0)->message : "";
  gboolean tells_first = n > 0 && g_str_has_suffix (error->message, first);
  g_autofree char *whole = g_strndup (error->message, tells_first ? strlen (error->message) - strlen (first) : 0);

  if (!tells_first)
    g_printerr ("mado-service: %s\n", error->message);
  for (guint i = 0; i < n; i++) {
    const MadoViolation *wrong = mado_error_get_violation (error, i);

    g_printerr ("mado-service: %s%s%s%s\n", whole, wrong->pointer, *wrong->pointer ? ": " : "", wrong->message);
  }
}

int
main (int argc, char *argv[])
{
  g_auto(MadoOptions) options = { 0 };
  g_autoptr(GError) error = NULL;

  umask (077);    /* what we write is about people */
  mado_language_init (MADO_LOCALEDIR);
  mado_language_part ();
  setvbuf (stdout, NULL, _IOLBF, 0);
  signal (SIGPIPE, SIG_IGN);
  mado_log_init ();

  if (!mado_options_parse (&options, &argc, &argv, &error)) {
    complain (error);
    return 2;
  }
  if (options.version) {
    g_print ("mado-service " MADO_VERSION_TEXT "\n");
    return 0;
  }
  if (!run (&options, &error)) {
    complain (error);
    return 1;
  }
  return 0;
}
