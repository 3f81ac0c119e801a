/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-catalogue-private.h"

#include <math.h>

#include "core/mado-json.h"
#include "core/mado-reader.h"

/* How many rows or choices a list has at most, for the length of one. */
#define LIST_MAX 50

static const MadoRuleBounds anything = { -G_MAXDOUBLE, G_MAXDOUBLE };

static MadoRuleBounds
join (MadoRuleBounds a, MadoRuleBounds b)
{
  return (MadoRuleBounds) { MIN (a.min, b.min), MAX (a.max, b.max) };
}

/* The bounds the vocabulary gives a number; what nobody has answered counts as nothing. */
static MadoRuleBounds
get_fact_bounds (const char *name, JsonNode *words)
{
  JsonObject *facts = json_object_get_object_member (json_node_get_object (words), "facts");
  JsonNode *node = name != NULL ? json_object_get_member (facts, name) : NULL;
  JsonObject *fact = node != NULL ? json_node_get_object (node) : NULL;
  MadoRuleBounds bounds = anything;

  if (fact == NULL)
    return anything;
  if (json_object_has_member (fact, "min"))
    bounds.min = (double) json_object_get_int_member (fact, "min");
  if (json_object_has_member (fact, "max"))
    bounds.max = (double) json_object_get_int_member (fact, "max");

  return join (bounds, (MadoRuleBounds) { 0, 0 });
}

static double
multiply (double a, double b)
{
  return a == 0 || b == 0 ? 0 : CLAMP (a * b, -G_MAXDOUBLE, G_MAXDOUBLE);
}

static MadoRuleBounds
combine (const char *operator, MadoRuleBounds a, MadoRuleBounds b)
{
  double products[] = { multiply (a.min, b.min), multiply (a.min, b.max), multiply (a.max, b.min),
                        multiply (a.max, b.max) };

  if (g_str_equal (operator, "+"))
    return (MadoRuleBounds) { a.min + b.min, a.max + b.max };
  if (g_str_equal (operator, "-"))
    return (MadoRuleBounds) { a.min - b.max, a.max - b.min };
  if (g_str_equal (operator, "max"))
    return (MadoRuleBounds) { MAX (a.min, b.min), MAX (a.max, b.max) };
  if (g_str_equal (operator, "min"))
    return (MadoRuleBounds) { MIN (a.min, b.min), MIN (a.max, b.max) };
  if (!g_str_equal (operator, "*"))
    return anything;

  return (MadoRuleBounds) { MIN (MIN (products[0], products[1]), MIN (products[2], products[3])),
                            MAX (MAX (products[0], products[1]), MAX (products[2], products[3])) };
}

/* if: condition, then, condition, then … otherwise */
static MadoRuleBounds
get_branch_bounds (JsonArray *args, JsonNode *words)
{
  guint n = json_array_get_length (args);
  MadoRuleBounds bounds = { 0, 0 };

  for (guint i = 0; i < n; i++)
    if (i % 2 == 1 || i == n - 1) {
      MadoRuleBounds branch = mado_rule_get_bounds (json_array_get_element (args, i), words);

      bounds = i <= 1 ? branch : join (bounds, branch);
    }

  return n % 2 == 1 ? bounds : join (bounds, (MadoRuleBounds) { 0, 0 });
}

static MadoRuleBounds
get_operator_bounds (const char *operator, JsonNode *node, JsonNode *words)
{
  JsonArray *args = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n = args != NULL ? json_array_get_length (args) : 0;
  MadoRuleBounds bounds;

  if (g_str_equal (operator, "var"))
    return get_fact_bounds (mado_reader_get_string (n > 0 ? json_array_get_element (args, 0) : node), words);
  if (g_str_equal (operator, "length"))
    return (MadoRuleBounds) { 0, LIST_MAX };
  if (n == 0)
    return anything;
  if (g_str_equal (operator, "if"))
    return get_branch_bounds (args, words);
  bounds = mado_rule_get_bounds (json_array_get_element (args, 0), words);
  if (n == 1 && g_str_equal (operator, "-"))
    return (MadoRuleBounds) { -bounds.max, -bounds.min };
  if (g_str_equal (operator, "floor") || g_str_equal (operator, "ceil") || g_str_equal (operator, "round"))
    return (MadoRuleBounds) { floor (bounds.min), ceil (bounds.max) };
  for (guint i = 1; i < n; i++)
    bounds = combine (operator, bounds, mado_rule_get_bounds (json_array_get_element (args, i), words));

  return bounds;
}

MadoRuleBounds
mado_rule_get_bounds (JsonNode *rule, JsonNode *words)
{
  JsonObjectIter iter;
  const char *operator;
  JsonNode *args;

  if (JSON_NODE_HOLDS_VALUE (rule)) {
    GType type = json_node_get_value_type (rule);
    double number = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (rule) : NAN;

    return isnan (number) ? anything : (MadoRuleBounds) { number, number };
  }
  if (!JSON_NODE_HOLDS_OBJECT (rule) || json_object_get_size (json_node_get_object (rule)) != 1)
    return anything;
  json_object_iter_init (&iter, json_node_get_object (rule));
  json_object_iter_next (&iter, &operator, &args);

  return get_operator_bounds (operator, args, words);
}
