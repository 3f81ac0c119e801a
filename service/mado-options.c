/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-options.h"

#include <glib/gi18n-lib.h>

#include "mado-http.h"

static char *
data_folder (void)
{
  const char *folder = g_getenv ("MADO_DATA_DIR");

  return g_strdup (folder ? folder : MADO_PKGDATADIR);
}

char *
mado_options_build_data_path (const char *first, ...)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  va_list args;

  g_ptr_array_add (parts, data_folder ());
  va_start (args, first);
  for (const char *part = first; part; part = va_arg (args, const char *))
    g_ptr_array_add (parts, g_strdup (part));
  va_end (args);
  g_ptr_array_add (parts, NULL);
  return g_build_filenamev ((char **) parts->pdata);
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

static gboolean
is_loopback (const char *listen, gboolean *loopback, GError **error)
{
  g_autoptr(GInetSocketAddress) address = mado_http_parse_address (listen, error);

  if (!address)
    return FALSE;
  *loopback = g_inet_address_get_is_loopback (g_inet_socket_address_get_address (address));
  return TRUE;
}

static gboolean
check (MadoOptions *self, GError **error)
{
  gboolean loopback;

  if (!self->store)
    return refuse (error, _("Say where the records are: --store sqlite:PATH or --store postgresql://…"));
  if (!self->city)
    return refuse (error, _("Say whose counter it is: --city FILE"));
  if (!self->certificate != !self->key)
    return refuse (error, _("--tls-certificate and --tls-key go together."));
  if (self->public_url && !g_regex_match_simple ("^https?://[^/?#]+(/[^?#]*[^/?#])?$", self->public_url, 0, 0))
    return refuse (error, _("--public-url is written like https://counter.example.jp, without a slash at the end."));
  if (self->threads < 0 || self->threads > 64)
    return refuse (error, _("--threads takes 1 to 64."));
  if (self->limits < 0 || self->limits > 1000)
    return refuse (error, _("--limits takes 0 (none) to 1000."));
  if (!is_loopback (self->listen, &loopback, error))
    return FALSE;
  if (!loopback && !self->certificate && !self->behind_proxy)
    return refuse (error, _("Without TLS the service listens on the loopback only: give --tls-certificate and "
                            "--tls-key, or --behind-proxy if a proxy of yours speaks TLS before it."));
  return TRUE;
}

gboolean
mado_options_parse (MadoOptions *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_STRING, &self->store, N_("Where the records are"), "sqlite:PATH|postgresql://…" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &self->listen, N_("Where to listen (127.0.0.1:8700); port 0: any"),
      "ADDR:PORT" },
    { "city", 0, 0, G_OPTION_ARG_FILENAME, &self->city, N_("Whose counter it is"), "FILE" },
    { "catalogue", 0, 0, G_OPTION_ARG_FILENAME, &self->catalogue, N_("Its procedures and forms"), "DIR" },
    { "public-url", 0, 0, G_OPTION_ARG_STRING, &self->public_url,
      N_("Where phones reach it; else as in the city's file"), "URL" },
    { "sample", 0, 0, G_OPTION_ARG_NONE, &self->sample, N_("Fill an empty store with invented people"), NULL },
    { "create", 0, 0, G_OPTION_ARG_NONE, &self->create, N_("Begin a new store where there is none"), NULL },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &self->certificate, N_("Speak TLS with this certificate (PEM)"),
      "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &self->key, N_("Its private key (PEM)"), "FILE" },
    { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &self->behind_proxy,
      N_("A proxy of yours speaks TLS before it and sets X-Forwarded-For"), NULL },
    { "threads", 0, 0, G_OPTION_ARG_INT, &self->threads, N_("That speak HTTP"), "N" },
    { "limits", 0, 0, G_OPTION_ARG_DOUBLE, &self->limits, N_("Times the published rate limits (1); 0: none"), "N" },
    { "log-requests", 0, 0, G_OPTION_ARG_NONE, &self->log_requests, N_("Log each request, not only failures"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_("Say the version"), NULL },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  const char *catalogue = g_getenv ("MADO_CATALOGUE_DIR");

  self->limits = 1;
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _("The service of a city's counter."));
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (self->version)
    return TRUE;
  if (*argc > 1)
    return refuse (error, _("There are words too many; see --help."));
  if (!self->listen)
    self->listen = g_strdup ("127.0.0.1:8700");
  if (!self->catalogue)
    self->catalogue = catalogue ? g_strdup (catalogue) : mado_options_build_data_path ("forms", NULL);
  return check (self, error);
}

void
mado_options_clear (MadoOptions *self)
{
  g_free (self->store);
  g_free (self->listen);
  g_free (self->city);
  g_free (self->catalogue);
  g_free (self->public_url);
  g_free (self->certificate);
  g_free (self->key);
  *self = (MadoOptions) { 0 };
}
