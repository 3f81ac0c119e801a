/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-rules.h"

const char random_words[] =
  "{'facts': {'n': {'type': 'number'}, 'm': {'type': 'number'}, 'd': {'type': 'date'}, 't': {'type': 'text'},"
  "'b': {'type': 'boolean'}, 'any': {'type': 'any'},"
  "'list': {'type': 'group', 'members': {'n': {'type': 'number'}, 't': {'type': 'text'}, 'b': {'type': 'boolean'},"
  "'d': {'type': 'date'}}}}}";

static const char *
pick (GRand *rand, const char * const *choices, guint n)
{
  return choices[g_rand_int_range (rand, 0, (gint) n)];
}
#define PICK(rand, ...) pick (rand, (const char *[]) { __VA_ARGS__ }, \
                              sizeof ((const char *[]) { __VA_ARGS__ }) / sizeof (char *))

static void
append_leaf (GRand *rand, GString *out, gboolean inside)
{
  const char *number = inside ? "n" : PICK (rand, "n", "m", "any");
  const char *sign = PICK (rand, "<", "<=", ">", ">=", "===", "!==", "==", "!=");
  gint k = g_rand_int_range (rand, -2, 4);

  switch (g_rand_int_range (rand, 0, inside ? 9 : 14)) {
  case 0: g_string_append_printf (out, "{'%s': [{'var': '%s'}, %d]}", sign, number, k); break;
  case 1: g_string_append_printf (out, "{'%s': [%d.5, {'var': '%s'}]}", sign, k, number); break;
  case 2: g_string_append (out, PICK (rand, "{'var': 'b'}", "{'===': [{'var': 'b'}, false]}")); break;
  case 3: g_string_append_printf (out, "{'===': [{'var': 't'}, '%s']}", PICK (rand, "x", "y", "z")); break;
  case 4: g_string_append_printf (out, "{'in': [{'var': 't'}, ['%s', '%s']]}", PICK (rand, "x", "y"),
                                  PICK (rand, "", "z")); break;
  case 5: g_string_append_printf (out, "{'%s': [{'var': 'd'}, '2020-01-0%d']}", sign, k + 3); break;
  case 6: g_string_append_printf (out, "{'%s': [{'age': {'var': 'd'}}, %d]}", sign, k + 6); break;
  case 7: g_string_append_printf (out, "{'%s': [{'school_year': {'var': 'd'}}, %d]}", sign, k + 1); break;
  case 8: g_string_append_printf (out, "{'%s': [%d, {'days_between': [{'var': 'd'}, {'today': []}]}]}", sign, k * 300);
    break;
  case 9: g_string_append_printf (out, "{'%s': [{'-': [{'var': 'n'}, {'var': 'm'}]}, {'+': [{'var': 'n'}, %d]}]}", sign,
                                  k); break;
  case 10: g_string_append_printf (out, "{'%s': [{'month': {'var': 'd'}}, %d]}", sign, k + 8); break;
  case 11: g_string_append_printf (out, "{'<': [{'+': [{'var': 'n'}, {'var': '%s'}]}, %d]}", number, k); break;
  case 12: g_string_append_printf (out, "{'<=': [%d, {'var': 'n'}, %d]}", k, k + 1); break;
  default: g_string_append_printf (out, "{'!=': [{'var': 'any'}, {'var': '%s'}]}", number); break;
  }
}

void
random_rule (GRand *rand, GString *out, guint depth, gboolean inside)
{
  gint what = depth == 0 ? 9 : g_rand_int_range (rand, 0, 10);
  guint n = (guint) g_rand_int_range (rand, 1, 4);

  if (what < 4) {
    g_string_append_printf (out, "{'%s': [", what % 2 == 0 ? "and" : "or");
    for (guint i = 0; i < n; i++) {
      g_string_append (out, i > 0 ? "," : "");
      random_rule (rand, out, depth - 1, inside);
    }
    g_string_append (out, "]}");
  } else if (what == 4) {
    g_string_append (out, "{'!': [");
    random_rule (rand, out, depth - 1, inside);
    g_string_append (out, "]}");
  } else if (what == 5 && !inside) {
    g_string_append_printf (out, "{'%s': [{'var': 'list'}, ", PICK (rand, "some", "all", "none"));
    random_rule (rand, out, depth - 1, TRUE);
    g_string_append (out, "]}");
  } else if (what == 6) {
    g_string_append (out, "{'if': [");
    for (guint i = 0; i < 3; i++) {
      g_string_append (out, i > 0 ? "," : "");
      random_rule (rand, out, depth - 1, inside);
    }
    g_string_append (out, "]}");
  } else
    append_leaf (rand, out, inside);
}

void
random_person (GRand *rand, GString *out, gboolean inside)
{
  g_string_append_printf (out, "{'n': %d, 'b': %s, 't': '%s', 'd': '%s'", g_rand_int_range (rand, -2, 5),
                          PICK (rand, "true", "false"), PICK (rand, "x", "y", "z", "w", ""),
                          PICK (rand, "2020-01-01", "2020-01-03", "2021-11-20", "2021-11-21", "2028-01-01"));
  if (!inside) {
    g_string_append_printf (out, ", 'm': %s, 'any': %s", PICK (rand, "0", "1.5", "null", "'1'", "-1"),
                            PICK (rand, "null", "3", "'x'", "[]", "true", "'2020-01-01'"));
    g_string_append (out, ", 'list': [");
    for (gint i = g_rand_int_range (rand, 0, 4); i > 0; i--) {
      random_person (rand, out, TRUE);
      g_string_append (out, i > 1 ? "," : "");
    }
    g_string_append_c (out, ']');
  }
  g_string_append_c (out, '}');
}
