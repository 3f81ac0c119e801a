/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "mado-idle.h"
#include "mado-kiosk-application.h"
#include "mado-words.h"
#include "visit/mado-visit-folder.h"

static MadoKioskSettings settings = { .idle_s = 120, .warning_s = 60 };
static char *size;

static const GOptionEntry options[] = {
  { "service", 0, 0, G_OPTION_ARG_STRING, &settings.station.address, N_("Address of the service"), N_("URL") },
  { "authority", 0, 0, G_OPTION_ARG_FILENAME, &settings.station.authority,
    N_("Authority that signed the service's certificate"), N_("PEM") },
  { "device", 0, 0, G_OPTION_ARG_STRING, &settings.station.device, N_("Name of this kiosk at the service"),
    N_("NAME") },
  { "credentials", 0, 0, G_OPTION_ARG_FILENAME, &settings.station.credentials,
    N_("File with the kiosk's secret, instead of the keyring"), N_("FILE") },
  { "state", 0, 0, G_OPTION_ARG_FILENAME, &settings.station.state, N_("Where to keep what outlives a visit"),
    N_("FOLDER") },
  { "printer", 0, 0, G_OPTION_ARG_STRING, &settings.station.printer, N_("cups:QUEUE, file:FOLDER or none"),
    N_("PRINTER") },
  { "scans", 0, 0, G_OPTION_ARG_FILENAME, &settings.station.scans,
    N_("Folder into which a scanner beside the kiosk writes"), N_("FOLDER") },
  { "city", 0, 0, G_OPTION_ARG_FILENAME, &settings.city, N_("Folder of the city"), N_("FOLDER") },
  { "size", 0, 0, G_OPTION_ARG_STRING, &size, N_("A window instead of the whole screen"), "1080x1920" },
  { "idle", 0, 0, G_OPTION_ARG_INT, &settings.idle_s, N_("Seconds without a touch until the warning"),
    N_("SECONDS") },
  { "warning", 0, 0, G_OPTION_ARG_INT, &settings.warning_s, N_("Seconds from the warning to the end, at least 20"),
    N_("SECONDS") },
  { "ended", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &settings.ended, NULL, NULL },
  { NULL }
};

/* Without a graphics processor, drawing through GL costs four times the start and the memory. In a browser there is
 * nothing to choose: gtk4-broadwayd ends at the second frame that cairo draws. */
static void
choose_renderer (void)
{
  if (g_strcmp0 (g_getenv ("GDK_BACKEND"), "broadway") == 0)
    return;
  if (access ("/dev/dri/renderD128", R_OK | W_OK) == 0)
    return;
  g_setenv ("GSK_RENDERER", "cairo", FALSE);
  g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}

static char *
from_environment (const char *name, const char *otherwise)
{
  const char *value = g_getenv (name);

  return g_strdup (value != NULL ? value : otherwise);
}

static gboolean
complete_settings (GError **error)
{
  MadoStationSettings *station = &settings.station;
  g_autofree char *data = from_environment ("MADO_DATA_DIR", MADO_PKGDATADIR);

  if (station->address == NULL)
    station->address = from_environment ("MADO_SERVICE_URL", "http://127.0.0.1:8700");
  if (station->device == NULL)
    station->device = from_environment ("MADO_DEVICE", "kiosk");
  if (station->state == NULL)
    station->state = g_build_filename (g_get_user_state_dir (), "madoguchi", "kiosk", NULL);
  if (settings.city == NULL)
    settings.city = g_build_filename (data, "cities", "fujisawa", NULL);
  settings.warning_s = MAX (settings.warning_s, MADO_IDLE_LEAST_WARNING);
  if (size != NULL && sscanf (size, "%dx%d", &settings.width, &settings.height) != 2) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--size wants WIDTHxHEIGHT, as in 1080x1920."));
    return FALSE;
  }

  return TRUE;
}

static gboolean
read_options (int argc, char **argv, GError **error)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_auto(GStrv) copy = g_strdupv (argv);   /* the new process gets what this one got */

  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  g_option_context_set_strict_posix (context, TRUE);

  return g_option_context_parse_strv (context, &copy, error) && complete_settings (error);
}

/* Each visit has a process of its own: whatever this one still held in memory goes with it. */
static int
become_next_visit (char **argv, gboolean says_goodbye)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) next = NULL;

  for (guint i = 0; argv[i] != NULL; i++) {
    if (!g_str_equal (argv[i], "--ended"))
      g_strv_builder_add (builder, argv[i]);
  }
  if (says_goodbye)
    g_strv_builder_add (builder, "--ended");
  next = g_strv_builder_end (builder);
  execv ("/proc/self/exe", next);
  g_printerr ("mado-kiosk: %s\n", g_strerror (errno));

  return 1;
}

int
main (int argc, char **argv)
{
  g_autoptr(MadoKioskApplication) application = NULL;
  g_autoptr(GError) error = NULL;
  gboolean says_goodbye;
  int status;

  choose_renderer ();
  mado_words_init (MADO_LOCALEDIR);
  if (read_options (argc, argv, &error))
    application = mado_kiosk_application_new (&settings, &error);
  if (application == NULL) {
    g_printerr ("mado-kiosk: %s\n", error->message);
    return 2;
  }
  mado_visit_folder_sweep ();
  status = g_application_run (G_APPLICATION (application), 0, NULL);
  if (!mado_kiosk_application_is_over (application))
    return status;

  says_goodbye = mado_kiosk_application_says_goodbye (application);
  g_clear_object (&application);

  return become_next_visit (argv, says_goodbye);
}
