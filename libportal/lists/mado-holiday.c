/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "lists/mado-holiday.h"

#include "core/mado-date.h"
#include "lists/mado-list.h"

gboolean
mado_day_is_holiday (int day)
{
  char date[11];
  MadoSlice list, line;

  mado_date_fill (day, date);
  list = mado_list_from (mado_list_get (MADO_LIST_HOLIDAYS), date);

  return mado_slice_line (&list, &line) && mado_slice_equals (mado_slice_column (line, 0), date);
}

static gpointer
find_end (gpointer data)
{
  MadoSlice list = mado_list_get (MADO_LIST_HOLIDAYS), line, last = { NULL, 0 };
  g_autofree char *date = NULL;
  int year, month, day;

  while (mado_slice_line (&list, &line))
    last = line;
  date = mado_slice_dup (mado_slice_column (last, 0));
  mado_date_to_ymd (mado_date_parse (date), &year, &month, &day);

  return GINT_TO_POINTER (mado_date_from_ymd (year, 12, 31));
}

int
mado_holidays_get_end (void)
{
  static GOnce once = G_ONCE_INIT;

  return GPOINTER_TO_INT (g_once (&once, find_end, NULL));
}
