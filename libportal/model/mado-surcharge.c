/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-surcharge.h"

#include <glib/gi18n-lib.h>

#include "core/mado-date.h"
#include "core/mado-yen.h"

/* 地方税法: rounded down to 1,000 yen; nothing below 2,000; the surcharge to 100, nothing below 1,000; 365 days a year. */
#define LEAST_OWED      2000
#define OWED_UNIT       1000
#define LEAST_SURCHARGE 1000
#define SURCHARGE_UNIT  100
#define YEAR            365
#define THOUSANDTHS     1000

static const MadoSurchargeRate *
find_rate (const MadoTreasury *treasury, int day, GError **error)
{
  char iso[11];

  mado_date_fill (day, iso);
  for (guint i = 0; i < treasury->surcharges->len; i++) {
    const MadoSurchargeRate *rate = treasury->surcharges->pdata[i];

    if (mado_date_parse (rate->from) <= day && day <= mado_date_parse (rate->until))
      return rate;
  }
  g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
               _("The city's books have no rate of the surcharge for %s. Add it to books.json with its source."), iso);
  return NULL;
}

/* Days of one rate: as far as it is in force, and as far as the first month goes. */
static int
last_of_span (const MadoSurchargeRate *rate, int day, int month, int on)
{
  int last = MIN (mado_date_parse (rate->until), on);

  return day <= month ? MIN (last, month) : last;
}

/* For each span yen × days × rate / 365, whole yen. */
static gboolean
add_spans (const MadoTreasury *treasury, gint64 base, int due, int on, gint64 *sum, GError **error)
{
  int month = mado_date_add_months (due, 1), day = due + 1;

  *sum = 0;
  while (day <= on) {
    const MadoSurchargeRate *rate = find_rate (treasury, day, error);
    gint64 days, product;
    int last;

    if (!rate)
      return FALSE;
    last = last_of_span (rate, day, month, on);
    days = last - day + 1;
    if (!mado_yen_multiply (base, days * (day <= month ? rate->early : rate->later), &product, error))
      return FALSE;
    *sum += product / (YEAR * THOUSANDTHS);
    day = last + 1;
  }
  return TRUE;
}

gboolean
mado_surcharge_reckon (const MadoTreasury *treasury, gint64 owed, const char *due_date, const char *on, gint64 *yen,
                       GError **error)
{
  int due = mado_date_parse (due_date), day = mado_date_parse (on);
  gint64 sum;

  *yen = 0;
  if (due == MADO_DATE_NONE || day == MADO_DATE_NONE) {
    mado_set_error_at (error, MADO_ERROR_INVALID, due == MADO_DATE_NONE ? "/dueDate" : "/on", "date",
                       _("A day as YYYY-MM-DD is needed."));
    return FALSE;
  }
  if (owed < LEAST_OWED || day <= due)
    return TRUE;
  if (!add_spans (treasury, owed / OWED_UNIT * OWED_UNIT, due, day, &sum, error))
    return FALSE;
  *yen = sum < LEAST_SURCHARGE ? 0 : sum / SURCHARGE_UNIT * SURCHARGE_UNIT;
  return TRUE;
}

/* --- instalments ------------------------------------------------------------------------------------------------ */

GArray *
mado_instalments_plan (gint64 owed, guint n, const char *first_due, GError **error)
{
  int due = mado_date_parse (first_due);
  gint64 each;
  GArray *plan;

  if (n < 2 || n > MADO_INSTALMENTS_MAX || due == MADO_DATE_NONE || owed / n < OWED_UNIT) {
    mado_set_error_at (error, MADO_ERROR_INVALID, due == MADO_DATE_NONE ? "/firstDue" : "/n",
                       due == MADO_DATE_NONE ? "date" : "range",
                       _("From 2 to %d instalments of at least 1,000 yen each, the first by a day as YYYY-MM-DD."),
                       MADO_INSTALMENTS_MAX);
    return NULL;
  }
  plan = g_array_sized_new (FALSE, FALSE, sizeof (MadoInstalment), n);
  each = owed / n / OWED_UNIT * OWED_UNIT;
  for (guint i = 0; i < n; i++) {
    MadoInstalment instalment = { i ? each : owed - each * (n - 1), "" };

    mado_date_fill (mado_date_add_months (due, (int) i), instalment.due);
    g_array_append_val (plan, instalment);
  }
  return plan;
}
