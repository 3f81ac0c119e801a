/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

/* Of fonts that fit equally well fontconfig takes the first. */
static void
put_first (FcConfig *config)
{
  FcFontSet *small = FcConfigGetFonts (config, FcSetApplication), *all = FcConfigGetFonts (config, FcSetSystem);

  for (int i = 0; small != NULL && all != NULL && i < small->nfont; i++) {
    FcPatternReference (small->fonts[i]);
    if (!FcFontSetAdd (all, small->fonts[i]))
      break;
    memmove (all->fonts + 1, all->fonts, (gsize) (all->nfont - 1) * sizeof *all->fonts);
    all->fonts[0] = small->fonts[i];
  }
}

static gpointer
config_new (gpointer data)
{
  const char *folder = g_getenv ("MADO_FONTS_DIR");
  FcConfig *config = FcInitLoadConfigAndFonts ();

  FcConfigAppFontAddDir (config, (const FcChar8 *) (folder != NULL ? folder : MADO_PKGDATADIR "/fonts"));
  put_first (config);

  return config;
}

PangoFontMap *
mado_paper_font_map (void)
{
  static GPrivate of_thread = G_PRIVATE_INIT (g_object_unref);
  static GOnce once = G_ONCE_INIT;
  PangoFontMap *map = g_private_get (&of_thread);

  if (map == NULL) {
    g_once (&once, config_new, NULL);
    map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
    pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (map), 72);
    pango_fc_font_map_set_config (PANGO_FC_FONT_MAP (map), once.retval);
    g_private_set (&of_thread, map);
  }

  return map;
}

static void
set_exact (PangoContext *context)
{
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
}

PangoContext *
mado_paper_context_new (const char *language)
{
  PangoContext *context = pango_font_map_create_context (mado_paper_font_map ());

  pango_context_set_language (context, pango_language_from_string (language));
  set_exact (context);

  return context;
}
