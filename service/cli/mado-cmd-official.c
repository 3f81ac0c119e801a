/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The city's official forms: what answers are printed onto. */
#include "mado-cli.h"

static char *output_file;
static int   page_number = 1;

static const GOptionEntry proof_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_file, N_("Write the PDF here"), "FILE" },
  { NULL }
};
static const GOptionEntry background_options[] = {
  { "page", 0, 0, G_OPTION_ARG_INT, &page_number, N_("Which page of the PDF (1)"), "N" },
  { NULL }
};

static GBytes *
render_proof (MadoCatalogue *catalogue, const char *form, GError **error)
{
  const MadoForm *asked = mado_catalogue_get_form (catalogue, form, 0);
  const MadoOverlay *overlay = asked != NULL ? mado_catalogue_get_overlay (catalogue, asked) : NULL;

  if (overlay != NULL)
    return mado_overlay_proof (overlay, asked, error);
  g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no official/%s.json in the catalogue"), form);
  return NULL;
}

static gboolean
run_proof (MadoCli *cli, GError **error)
{
  const char *form = cli->words[0];
  const char *folder = cli->n_words > 1 ? cli->words[1] : g_getenv ("MADO_CATALOGUE_DIR");
  g_autofree char *name = output_file != NULL ? g_strdup (output_file) : g_strdup_printf ("%s-proof.pdf", form);
  g_autoptr(MadoCatalogue) catalogue = NULL;
  g_autoptr(GBytes) pdf = NULL;

  if (folder == NULL) {
    g_set_error (error, MADO_CLI_USAGE, 0, _("Name the catalogue's folder, or set MADO_CATALOGUE_DIR"));
    return FALSE;
  }
  catalogue = mado_catalogue_load (folder, error);
  pdf = catalogue != NULL ? render_proof (catalogue, form, error) : NULL;
  if (pdf == NULL
      || !g_file_set_contents (name, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), error))
    return FALSE;
  g_print (_("Written to %s\n"), name);
  return TRUE;
}

/* A reader of PDF stays out of the service: the sheet is turned into SVG once, by poppler's program. */
static gboolean
run_background (MadoCli *cli, GError **error)
{
  g_autofree char *page = g_strdup_printf ("%d", page_number);
  g_autoptr(GSubprocess) process = g_subprocess_new (
    G_SUBPROCESS_FLAGS_NONE, error, "pdftocairo", "-svg", "-f", page, "-l", page, cli->words[0], cli->words[1], NULL);

  if (process == NULL) {
    g_prefix_error (error, "%s", _("pdftocairo (Debian: poppler-utils) is needed: "));
    return FALSE;
  }
  if (!g_subprocess_wait_check (process, NULL, error))
    return FALSE;
  g_print (_("Written to %s\n"), cli->words[1]);
  return TRUE;
}

const MadoCommand mado_commands_official[] = {
  { "catalogue proof", "FORM [FOLDER]", N_("Print an official form with the frame of each place, to adjust it"), 1, 2,
    proof_options, run_proof },
  { "catalogue background", "PDF SVG", N_("Turn a page of the city's PDF into a sheet to print on"), 2, 2,
    background_options, run_background },
  { NULL }
};
