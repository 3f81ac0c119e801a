/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paper/mado-paper-fonts.h"

#include <fontconfig/fontconfig.h>
#include <glib/gstdio.h>
#include <hb-subset.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

#define FORMAT "1"     /* of what is cut out: another one makes new files */

static const struct {
  const char *family;
  int         weight;
} fonts[] = {
  { "Noto Sans CJK JP", FC_WEIGHT_REGULAR }, { "Noto Sans CJK JP", FC_WEIGHT_BOLD },
  { "Noto Serif CJK JP", FC_WEIGHT_REGULAR }, { "Noto Serif CJK JP", FC_WEIGHT_BOLD },
};

/* ---- cutting ---- */

/* Every character of a two-byte code, JIS X 0208 or the vendors' kanji in CP932. */
static void
add_two_byte (hb_set_t *set, const char *charset, guint first, guint last, guint low, guint high)
{
  GIConv converter = g_iconv_open ("UTF-32LE", charset);

  for (guint lead = first; converter != (GIConv) -1 && lead <= last; lead++)
    for (guint trail = low; trail <= high; trail++) {
      char bytes[] = { (char) lead, (char) trail }, *in = bytes;
      guint32 c = 0;
      char *out = (char *) &c;
      gsize n_in = sizeof bytes, n_out = sizeof c;
      g_iconv (converter, NULL, NULL, NULL, NULL);
      if (g_iconv (converter, &in, &n_in, &out, &n_out) != (gsize) -1 && n_out == 0)
        hb_set_add (set, GUINT32_FROM_LE (c));
    }
  if (converter != (GIConv) -1)
    g_iconv_close (converter);
}

static void
add_characters (hb_set_t *set)
{
  hb_set_add_range (set, 0x20, 0x17f);       /* Latin */
  hb_set_add_range (set, 0x2010, 0x2044);    /* dashes, quotation marks */
  hb_set_add_range (set, 0x3000, 0x30ff);    /* kana */
  hb_set_add_range (set, 0xff00, 0xffef);    /* widths */
  hb_set_add (set, 0x20bb7);                 /* 𠮷 */
  add_two_byte (set, "EUC-JP", 0xa1, 0xf4, 0xa1, 0xfe);
  add_two_byte (set, "CP932", 0xed, 0xfc, 0x40, 0xfc);
}

static gboolean
cut (const char *from, guint index, const char *to)
{
  hb_blob_t *blob = hb_blob_create_from_file (from);
  hb_face_t *face = hb_face_create (blob, index);
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();
  gboolean done = FALSE;

  add_characters (hb_subset_input_unicode_set (input));
  hb_set_clear (hb_subset_input_set (input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG));
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_DESUBROUTINIZE);   /* or each paper carries all subroutines */
  hb_face_t *small = hb_subset_or_fail (face, input);
  if (small != NULL) {
    hb_blob_t *result = hb_face_reference_blob (small);
    guint length;
    const char *data = hb_blob_get_data (result, &length);
    done = g_file_set_contents (to, data, length, NULL);   /* by renaming: never half a font */
    hb_blob_destroy (result);
    hb_face_destroy (small);
  }
  hb_subset_input_destroy (input);
  hb_face_destroy (face);
  hb_blob_destroy (blob);

  return done;
}

/* ---- finding ---- */

/* Where the font lies; NULL if it is not installed. */
static FcPattern *
find_font (FcConfig *config, const char *family, int weight)
{
  FcPattern *wanted = FcPatternBuild (NULL, FC_FAMILY, FcTypeString, family, FC_WEIGHT, FcTypeInteger, weight, NULL);
  FcChar8 *found_family;
  FcResult result;

  FcConfigSubstitute (config, wanted, FcMatchPattern);
  FcDefaultSubstitute (wanted);
  FcPattern *found = FcFontMatch (config, wanted, &result);
  FcPatternDestroy (wanted);
  if (found != NULL && FcPatternGetString (found, FC_FAMILY, 0, &found_family) == FcResultMatch
      && g_str_equal ((const char *) found_family, family))
    return found;
  g_clear_pointer (&found, FcPatternDestroy);

  return NULL;
}

/* systemd gives a service its own folder; a person has one at home. */
static char *
cache_folder (void)
{
  const char *given = g_getenv ("CACHE_DIRECTORY");

  if (given != NULL)
    return g_build_filename (given, "fonts", NULL);

  return g_build_filename (g_get_user_cache_dir (), "madoguchi", "fonts", NULL);
}

static char *
small_font (FcPattern *font)
{
  FcChar8 *file;
  GStatBuf info;
  int index = 0;

  if (FcPatternGetString (font, FC_FILE, 0, &file) != FcResultMatch || g_stat ((const char *) file, &info) != 0)
    return NULL;
  FcPatternGetInteger (font, FC_INDEX, 0, &index);
  g_autofree char *key = g_strdup_printf ("%s %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " " FORMAT, (char *) file,
                                          index, (gint64) info.st_size, (gint64) info.st_mtime);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *folder = cache_folder ();
  g_autofree char *name = g_strconcat (digest, ".otf", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  if (g_mkdir_with_parents (folder, 0700) != 0 || !cut ((const char *) file, (guint) index & 0xffff, path))
    return NULL;

  return g_steal_pointer (&path);
}

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
  FcConfig *config = FcInitLoadConfigAndFonts ();

  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++) {
    FcPattern *font = find_font (config, fonts[i].family, fonts[i].weight);
    g_autofree char *small = font != NULL ? small_font (font) : NULL;
    if (small != NULL)
      FcConfigAppFontAddFile (config, (const FcChar8 *) small);
    g_clear_pointer (&font, FcPatternDestroy);
  }
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
