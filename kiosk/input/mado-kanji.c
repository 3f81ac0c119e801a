/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input/mado-kanji.h"

#include <anthy/anthy.h>
#include <glib/gstdio.h>
#include "input/mado-kana.h"

#define MAX_KANA 60        /* characters; longer readings are converted by nobody */
#define MAX_VARIED 8       /* alternatives tried for each part of a long reading */

typedef struct {
  anthy_context_t context;
  GPtrArray      *found;
  GHashTable     *seen;
  guint           max;
} Search;

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      remove_folder (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}

/* Anthy wants a home for what it learns. It gets one that is thrown away at once, and is never told to learn. */
static anthy_context_t
open_context (void)
{
  static anthy_context_t context;
  static gboolean tried;
  g_autofree char *home = NULL;

  if (tried)
    return context;
  tried = TRUE;
  home = g_build_filename (g_get_user_runtime_dir (), "mado-kanji-XXXXXX", NULL);
  if (g_mkdtemp_full (home, 0700) == NULL) {
    g_clear_pointer (&home, g_free);
    home = g_dir_make_tmp ("mado-kanji-XXXXXX", NULL);
  }
  if (home == NULL)
    return NULL;
  anthy_conf_override ("HOME", home);
  if (anthy_init () == 0)
    context = anthy_create_context ();
  else
    g_warning ("The dictionary for kanji cannot be opened");
  if (context != NULL)
    anthy_context_set_encoding (context, ANTHY_UTF8_ENCODING);
  remove_folder (home);

  return context;
}

static gboolean
has_kanji (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  }

  return FALSE;
}

static void
offer (Search *search, const char *text)
{
  char *own;

  if (search->found->len >= search->max || !has_kanji (text) || g_hash_table_contains (search->seen, text))
    return;
  own = g_strdup (text);
  g_hash_table_add (search->seen, own);
  g_ptr_array_add (search->found, own);
}

static char *
get_part (Search *search, int segment, int candidate)
{
  int length = anthy_get_segment (search->context, segment, candidate, NULL, 0);
  char *part = length > 0 ? g_malloc (length + 1) : NULL;

  if (part == NULL || anthy_get_segment (search->context, segment, candidate, part, length + 1) < 0
      || !g_utf8_validate (part, -1, NULL))
    g_clear_pointer (&part, g_free);

  return part;
}

static int
count_segments (Search *search)
{
  struct anthy_conv_stat stat;

  return anthy_get_stat (search->context, &stat) == 0 ? stat.nr_segment : 0;
}

static int
count_candidates (Search *search, int segment)
{
  struct anthy_segment_stat stat;

  return anthy_get_segment_stat (search->context, segment, &stat) == 0 ? stat.nr_candidate : 0;
}

/* The whole with the best of each part, but the given one of @varied. */
static void
offer_whole (Search *search, int n_segments, int varied, int candidate)
{
  g_autoptr(GString) whole = g_string_new (NULL);

  for (int i = 0; i < n_segments; i++) {
    g_autofree char *part = get_part (search, i, i == varied ? candidate : 0);

    if (part == NULL)
      return;
    g_string_append (whole, part);
  }
  offer (search, whole->str);
}

static void
offer_parted (Search *search)
{
  int n = count_segments (search);

  offer_whole (search, n, 0, 0);
  for (int segment = 0; segment < n; segment++) {
    for (int i = 1; i < MIN (count_candidates (search, segment), MAX_VARIED); i++)
      offer_whole (search, n, segment, i);
  }
}

static void
offer_undivided (Search *search)
{
  int n = count_candidates (search, 0);

  for (int i = 0; i < n; i++) {
    g_autofree char *whole = get_part (search, 0, i);

    if (whole != NULL)
      offer (search, whole);
  }
}

static gboolean
make_one_segment (Search *search, int length)
{
  for (int i = 0; count_segments (search) > 1 && i < length; i++)
    anthy_resize_segment (search->context, 0, 1);

  return count_segments (search) == 1;
}

GPtrArray *
mado_kanji_convert (const char *kana, guint max)
{
  int length = (int) g_utf8_strlen (kana, -1);
  Search search = { length > 0 && length <= MAX_KANA ? open_context () : NULL,
                    g_ptr_array_new_with_free_func (g_free), NULL, max };

  if (search.context == NULL || anthy_set_string (search.context, kana) != 0)
    return search.found;
  search.seen = g_hash_table_new (g_str_hash, g_str_equal);
  if (count_segments (&search) > 1)
    offer_parted (&search);
  if (make_one_segment (&search, length))
    offer_undivided (&search);
  anthy_reset_context (search.context);
  g_hash_table_unref (search.seen);

  return search.found;
}
