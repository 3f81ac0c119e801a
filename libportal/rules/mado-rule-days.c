/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "rules/mado-rule-private.h"

#include <math.h>
#include "core/mado-date.h"

static gboolean
to_whole (const MadoRuleValue *value, gint limit, gint *whole)
{
  double number;

  if (mado_rule_is_null (value) || !mado_rule_value_to_number (value, &number) || fabs (number) > limit)
    return FALSE;
  *whole = (gint) number;

  return *whole == number;
}

static gint
date_of (const MadoRuleValue *args, guint n_args)
{
  gint year, month, day, date;

  if (n_args == 1)
    return mado_rule_value_to_day (&args[0], &date) ? date : MADO_DATE_NONE;
  if (!to_whole (&args[0], 9999, &year) || !to_whole (&args[1], 12, &month) || !to_whole (&args[2], 31, &day))
    return MADO_DATE_NONE;

  return mado_date_from_ymd (year, month, day);
}

static gint
months_between (gint from, gint to)
{
  gint year, month, day, to_year, to_month, to_day;

  mado_date_to_ymd (from, &year, &month, &day);
  mado_date_to_ymd (to, &to_year, &to_month, &to_day);

  return (to_year - year) * 12 + to_month - month - (to_day < day);
}

static gint
whole_of_one (MadoRuleOp op, gint date)
{
  gint year, month, day;

  mado_date_to_ymd (date, &year, &month, &day);
  switch (op) {
  case OP_FISCAL_YEAR: return mado_date_fiscal_year (date);
  case OP_YEAR: return year;
  case OP_MONTH: return month;
  default: return day;
  }
}

static gint
whole_of_two (MadoRuleOp op, gint from, gint to)
{
  switch (op) {
  case OP_AGE: return mado_date_age (from, to);
  case OP_LEGAL_AGE: return mado_date_legal_age (from, to);
  case OP_SCHOOL_YEAR: return mado_date_school_grade (from, to);
  case OP_MONTHS_BETWEEN: return months_between (from, to);
  default: return to - from;
  }
}

static gint
moved (MadoRuleOp op, gint date, const MadoRuleValue *by)
{
  gint n, year, month, day;

  if (!to_whole (by, op == OP_ADD_YEARS ? 9999 : op == OP_ADD_MONTHS ? 119988 : 3652059, &n))
    return MADO_DATE_NONE;
  if (op != OP_ADD_DAYS)
    return mado_date_add_months (date, op == OP_ADD_YEARS ? n * 12 : n);
  mado_date_to_ymd (date + n, &year, &month, &day);

  return year >= 1 && year <= 9999 ? date + n : MADO_DATE_NONE;
}

static gboolean
give_day (gint date, MadoRuleValue *out)
{
  *out = mado_rule_day (date);
  return date != MADO_DATE_NONE;
}

gboolean
mado_rule_days_eval (MadoRuleOp op, const MadoRuleValue *args, guint n_args, gint32 today, MadoRuleValue *out)
{
  gint32 first = today, second = today;

  switch (op) {
  case OP_TODAY:
    return give_day (today, out);
  case OP_DATE:
    return give_day (date_of (args, n_args), out);
  case OP_ADD_DAYS: case OP_ADD_MONTHS: case OP_ADD_YEARS:
    return mado_rule_value_to_day (&args[0], &first) && give_day (moved (op, first, &args[1]), out);
  case OP_FISCAL_YEAR: case OP_YEAR: case OP_MONTH: case OP_DAY:
    if (n_args > 0 && !mado_rule_value_to_day (&args[0], &first))
      return FALSE;
    *out = mado_rule_number (whole_of_one (op, first));
    return TRUE;
  default:
    if (!mado_rule_value_to_day (&args[0], &first) || (n_args > 1 && !mado_rule_value_to_day (&args[1], &second)))
      return FALSE;
    *out = mado_rule_number (whole_of_two (op, first, second));
    return TRUE;
  }
}
