/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lists/mado-towns.h"

#include <stdlib.h>
#include <string.h>

static void
begin_city (GArray *cities, MadoSlice line, const char *towns)
{
  MadoListedCity city = {
    .code = mado_slice_column (line, 0),
    .prefecture = mado_slice_column (line, 1),
    .name = mado_slice_column (line, 2),
    .heads = mado_slice_column (line, 3),
    .towns = { towns, 0 },
  };

  city.code.text++;   /* = */
  city.code.length--;
  g_array_append_val (cities, city);
}

static GArray *
index_cities (void)
{
  GArray *cities = g_array_new (FALSE, FALSE, sizeof (MadoListedCity));
  MadoSlice rest = mado_list_get (MADO_LIST_TOWNS), line;

  while (mado_slice_line (&rest, &line)) {
    if (*line.text == '=')
      begin_city (cities, line, rest.text);
    else if (cities->len > 0)
      g_array_index (cities, MadoListedCity, cities->len - 1).towns.length += line.length + 1;
  }

  return cities;
}

const MadoListedCity *
mado_towns_get_cities (guint *n_cities)
{
  static GArray *cities;

  if (g_once_init_enter (&cities))
    g_once_init_leave (&cities, index_cities ());
  *n_cities = cities->len;

  return (const MadoListedCity *) (gpointer) cities->data;
}

static int
compare_code (const void *code, const void *city)
{
  return memcmp (((const MadoSlice *) code)->text, ((const MadoListedCity *) city)->code.text, 6);
}

const MadoListedCity *
mado_towns_find_city (MadoSlice code)
{
  guint n;
  const MadoListedCity *cities = mado_towns_get_cities (&n);

  return code.length == 6 ? bsearch (&code, cities, n, sizeof *cities, compare_code) : NULL;
}

gboolean
mado_towns_next (MadoSlice *rest, MadoListedTown *town)
{
  MadoSlice line;

  if (!mado_slice_line (rest, &line))
    return FALSE;
  mado_slice_next (&line, '\t', &town->name);
  town->chome = (MadoSlice) { "", 0 };
  mado_slice_next (&line, '\t', &town->chome);
  town->postcodes = line;

  return TRUE;
}

gboolean
mado_ranges_have (MadoSlice ranges, guint number)
{
  MadoSlice range;

  if (mado_slice_equals (ranges, "*"))
    return TRUE;
  while (mado_slice_next (&ranges, ',', &range)) {
    const char *dash = memchr (range.text, '-', range.length);
    guint first = (guint) atoi (range.text), last = dash != NULL ? (guint) atoi (dash + 1) : first;

    if (first <= number && number <= last)
      return TRUE;
  }

  return FALSE;
}
