/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cuts everyday Japanese out of Noto CJK, for paper/: cut-fonts FOLDER writes one file a font below. */
#include <fontconfig/fontconfig.h>
#include <glib.h>
#include <hb-subset.h>

static const struct {
  const char *family;
  int         weight;
  const char *file;
} fonts[] = {
  { "Noto Sans CJK JP", FC_WEIGHT_REGULAR, "sans.otf" },
  { "Noto Sans CJK JP", FC_WEIGHT_BOLD, "sans-bold.otf" },
  { "Noto Serif CJK JP", FC_WEIGHT_REGULAR, "serif.otf" },
  { "Noto Serif CJK JP", FC_WEIGHT_BOLD, "serif-bold.otf" },
};

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
    done = g_file_set_contents (to, data, length, NULL);
    hb_blob_destroy (result);
    hb_face_destroy (small);
  }
  hb_subset_input_destroy (input);
  hb_face_destroy (face);
  hb_blob_destroy (blob);

  return done;
}

static FcPattern *
find_font (const char *family, int weight)
{
  FcPattern *wanted = FcPatternBuild (NULL, FC_FAMILY, FcTypeString, family, FC_WEIGHT, FcTypeInteger, weight, NULL);
  FcChar8 *found_family;
  FcResult result;

  FcConfigSubstitute (NULL, wanted, FcMatchPattern);
  FcDefaultSubstitute (wanted);
  FcPattern *found = FcFontMatch (NULL, wanted, &result);
  FcPatternDestroy (wanted);
  if (found != NULL && FcPatternGetString (found, FC_FAMILY, 0, &found_family) == FcResultMatch
      && g_str_equal ((const char *) found_family, family))
    return found;
  g_clear_pointer (&found, FcPatternDestroy);

  return NULL;
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    return 2;

  for (guint i = 0; i < G_N_ELEMENTS (fonts); i++) {
    FcPattern *font = find_font (fonts[i].family, fonts[i].weight);
    g_autofree char *to = g_build_filename (argv[1], fonts[i].file, NULL);
    FcChar8 *from = NULL;
    int index = 0;

    if (font != NULL && FcPatternGetString (font, FC_FILE, 0, &from) == FcResultMatch)
      FcPatternGetInteger (font, FC_INDEX, 0, &index);
    if (from == NULL || !cut ((const char *) from, (guint) index & 0xffff, to)) {
      g_printerr ("cut-fonts: %s could not be cut into %s; is fonts-noto-cjk installed?\n", fonts[i].family, to);

      return 1;
    }
    FcPatternDestroy (font);
  }

  return 0;
}
