/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mado-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-date.h"
#include "core/mado-era.h"
#include "core/mado-fold.h"
#include "core/mado-yen.h"
#include "core/mado-json.h"
#include "questions/mado-form.h"

#define LINE_LENGTH 200
#define TEXT_LENGTH 4000
#define NAME_LENGTH 128
#define LIST_MAX    50

static JsonNode *
refuse (const char **code, char **message, const char *violation, char *sentence)
{
  *code = violation;
  *message = sentence;
  return NULL;
}

static const char *
text_of (JsonNode *value)
{
  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING
           ? json_node_get_string (value) : NULL;
}

static JsonNode *
take_text (char *text)
{
  JsonNode *node = json_node_alloc ();

  json_node_init_string (node, text);
  g_free (text);
  return node;
}

/* Within the field's characters, or the kind's where the field says nothing. */
static JsonNode *
keep_text (const MadoFormField *field, char *folded, gint64 most, const char **code, char **message)
{
  g_autofree char *text = folded;
  gint64 max = field->has_max ? MIN (field->max, most) : most;
  glong length = g_utf8_strlen (text, -1);

  if (length > max)
    return refuse (code, message, "too-long",
                   g_strdup_printf (_("Please shorten it to %" G_GINT64_FORMAT " characters"), max));
  if (field->has_min && length < field->min)
    return refuse (code, message, "too-short",
                   g_strdup_printf (_("Please write at least %" G_GINT64_FORMAT " characters"), field->min));
  return take_text (g_steal_pointer (&text));
}

#define WANT_TEXT(value) \
  const char *typed = text_of (value); \
  if (typed == NULL) \
    return refuse (code, message, "type", g_strdup (_("Please answer in writing")))

static JsonNode *
check_line (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
            char **message)
{
  WANT_TEXT (value);
  return keep_text (field, mado_fold_line (typed), LINE_LENGTH, code, message);
}

static JsonNode *
check_long_text (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
                 char **message)
{
  WANT_TEXT (value);
  return keep_text (field, g_strstrip (g_strdup (typed)), TEXT_LENGTH, code, message);
}

/* Names are kept exactly as given; any character is a name's. */
static JsonNode *
check_name (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
            char **message)
{
  WANT_TEXT (value);
  return keep_text (field, mado_fold_line (typed), NAME_LENGTH, code, message);
}

static JsonNode *
check_kana (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
            char **message)
{
  g_autofree char *folded = NULL;
  WANT_TEXT (value);

  folded = mado_fold_kana (typed);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (!(c >= 0x30A1 && c <= 0x30FE) && c != ' ' && c != 0x30FB)
        return refuse (code, message, "kana", g_strdup (_("Please write how it is read, in hiragana or katakana")));
    }
  return keep_text (field, g_steal_pointer (&folded), NAME_LENGTH, code, message);
}

static JsonNode *
check_address (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
               char **message)
{
  WANT_TEXT (value);
  return keep_text (field, mado_fold_address (typed), LINE_LENGTH, code, message);
}

static JsonNode *
check_postcode (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
                char **message)
{
  g_autofree char *folded = NULL;
  WANT_TEXT (value);

  folded = mado_fold_postal_code (typed);
  if (strlen (folded) != 8 || folded[3] != '-')
    return refuse (code, message, "postcode", g_strdup (_("A postcode has seven digits, for example 251-8601")));
  return take_text (g_steal_pointer (&folded));
}

static JsonNode *
check_phone (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
             char **message)
{
  g_autofree char *folded = NULL;
  gsize digits;
  WANT_TEXT (value);

  folded = mado_fold_phone (typed);
  digits = strspn (folded + (*folded == '+'), "0123456789");
  if (folded[digits + (*folded == '+')] != '\0' || digits < 9 || digits > 15)
    return refuse (code, message, "phone", g_strdup (_("Please give the whole number with its area code")));
  return take_text (g_steal_pointer (&folded));
}

static JsonNode *
check_mail (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
            char **message)
{
  g_autofree char *folded = NULL;
  const char *at;
  WANT_TEXT (value);

  folded = mado_fold_width (typed);
  g_strstrip (folded);
  at = strrchr (folded, '@');
  if (at == NULL || at == folded || strchr (at, '.') == NULL || strpbrk (folded, " \t\n,;<>\"") != NULL
      || strlen (folded) > 254)
    return refuse (code, message, "mail", g_strdup (_("A mail address looks like name@example.jp")));
  return take_text (g_steal_pointer (&folded));
}

static gboolean
read_number (JsonNode *value, gint64 *number)
{
  const char *typed = text_of (value);

  if (typed != NULL)
    return mado_yen_parse (typed, number, NULL);
  if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_INT64)
    return FALSE;
  *number = json_node_get_int (value);
  return TRUE;
}

static JsonNode *
check_number (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
              char **message)
{
  gint64 number;
  JsonNode *node;

  if (!read_number (value, &number))
    return refuse (code, message, "type", g_strdup (_("Please answer with a number")));
  if ((field->has_min && number < field->min) || (field->has_max && number > field->max))
    return refuse (code, message, "range",
                   field->has_min && field->has_max
                     ? g_strdup_printf (_("Please choose from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT), field->min,
                                        field->max)
                     : field->has_min ? g_strdup_printf (_("It is at least %" G_GINT64_FORMAT), field->min)
                                      : g_strdup_printf (_("It is at most %" G_GINT64_FORMAT), field->max));
  node = json_node_alloc ();
  return json_node_init_int (node, number);
}

static JsonNode *
check_date (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
            char **message)
{
  g_autoptr (GError) error = NULL;
  int day;
  WANT_TEXT (value);

  day = mado_date_parse (typed);
  if (day == MADO_DATE_NONE || day < mado_date_parse (MADO_ERA_FIRST_DATE))
    day = mado_era_parse (typed, &error);
  if (day == MADO_DATE_NONE)
    return refuse (code, message, mado_error_get_n_violations (error) > 0
                                    ? g_intern_string (mado_error_get_violation (error, 0)->code) : "date",
                   g_strdup (error->message));
  if (field->not_future && day > context->today)
    return refuse (code, message, "future", g_strdup (_("This day is still to come; please check the year")));
  if (field->not_past && day < context->today)
    return refuse (code, message, "past", g_strdup (_("This day is over; please check the date")));
  if (field->earliest != MADO_DATE_NONE && day < field->earliest)
    return refuse (code, message, "range", g_strdup (_("This day is too long ago; please check the year")));
  if (field->latest != MADO_DATE_NONE && day > field->latest)
    return refuse (code, message, "range", g_strdup (_("This day is too far ahead; please check the year")));
  return take_text (mado_date_format (day));
}

static JsonNode *
check_yes_no (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
              char **message)
{
  JsonNode *node;

  if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_BOOLEAN)
    return refuse (code, message, "type", g_strdup (_("Please answer yes or no")));
  node = json_node_alloc ();
  return json_node_init_boolean (node, json_node_get_boolean (value));
}

static JsonNode *
check_one_of (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
              char **message)
{
  const char *id = text_of (value);

  if (id == NULL || mado_form_field_find_option (field, id) == NULL)
    return refuse (code, message, "option", g_strdup (_("Please choose one of the answers")));
  return json_node_copy (value);
}

/* Ids, none twice; @known says whether one may be chosen. */
static JsonNode *
check_list (const MadoFormField *field, JsonNode *value, gboolean (*known) (const MadoFormField *, const char *),
            const char **code, char **message)
{
  JsonArray *list = JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
  guint n = list != NULL ? json_array_get_length (list) : 0;
  guint max = field->has_max ? (guint) field->max : LIST_MAX;

  if (list == NULL || n > MIN (max, LIST_MAX))
    return refuse (code, message, "range", g_strdup_printf (_("Please choose at most %u"), max));
  if (n == 0 && field->required)
    return refuse (code, message, "required", g_strdup (_("Please choose at least one")));
  for (guint i = 0; i < n; i++)
    {
      const char *id = text_of (json_array_get_element (list, i));

      if (id == NULL || !known (field, id))
        return refuse (code, message, "option", g_strdup (_("Please choose from the answers")));
      for (guint k = 0; k < i; k++)
        if (g_str_equal (text_of (json_array_get_element (list, k)), id))
          return refuse (code, message, "twice", g_strdup (_("The same answer was chosen twice")));
    }
  return json_node_copy (value);
}

static gboolean
is_option (const MadoFormField *field, const char *id)
{
  return mado_form_field_find_option (field, id) != NULL;
}

/* Who belongs to the household is known to the register alone; the domain looks there. */
static gboolean
is_person (const MadoFormField *field, const char *id)
{
  return *id != '\0' && strlen (id) <= 64;
}

static JsonNode *
check_several_of (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
                  char **message)
{
  return check_list (field, value, is_option, code, message);
}

static JsonNode *
check_people (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
              char **message)
{
  return check_list (field, value, is_person, code, message);
}

/* Weights 6,5,4,3,2,7,6,5,4,3,2 over eleven digits; check 0 if the rest is 0 or 1, else 11 − rest. */
static gboolean
is_my_number (const char *digits)
{
  static const guint weights[] = { 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };
  guint sum = 0;

  if (strlen (digits) != 12 || strspn (digits, "0123456789") != 12)
    return FALSE;
  for (guint i = 0; i < 11; i++)
    sum += weights[i] * (guint) (digits[i] - '0');
  return (guint) (digits[11] - '0') == (sum % 11 <= 1 ? 0 : 11 - sum % 11);
}

/* The check digit comes first: 9 − (Σ from the right × 1,2,1,2 …) mod 9. */
static gboolean
is_corporate_number (const char *digits)
{
  guint sum = 0;

  if (strlen (digits) != 13 || strspn (digits, "0123456789") != 13)
    return FALSE;
  for (guint i = 1; i < 13; i++)
    sum += (guint) (digits[i] - '0') * ((13 - i) % 2 == 1 ? 1 : 2);
  return (guint) (digits[0] - '0') == 9 - sum % 9;
}

static JsonNode *
check_my_number (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
                 char **message)
{
  g_autofree char *folded = NULL;
  WANT_TEXT (value);

  folded = mado_fold_code (typed);
  if (!is_my_number (folded))
    return refuse (code, message, "check-digit",
                   g_strdup (_("This is no My Number: please compare its 12 digits with the card")));
  return take_text (g_steal_pointer (&folded));
}

static JsonNode *
check_corporate_number (const MadoFormField *field, JsonNode *value, const MadoCheckContext *context, const char **code,
                        char **message)
{
  g_autofree char *folded = NULL;
  WANT_TEXT (value);

  folded = mado_fold_code (typed);
  if (!is_corporate_number (folded))
    return refuse (code, message, "check-digit",
                   g_strdup (_("This is no corporate number: please compare its 13 digits")));
  return take_text (g_steal_pointer (&folded));
}

static char *
display_text (const MadoFormField *field, JsonNode *value, const char *language)
{
  return g_strdup (text_of (value));
}

static char *
display_number (const MadoFormField *field, JsonNode *value, const char *language)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
}

static char *
display_yen (const MadoFormField *field, JsonNode *value, const char *language)
{
  return mado_yen_format_word (json_node_get_int (value), language);
}

static char *
display_date (const MadoFormField *field, JsonNode *value, const char *language)
{
  int day = mado_date_parse (text_of (value));

  return day == MADO_DATE_NONE ? NULL
         : mado_era_format (day, g_str_has_prefix (language, "ja") ? MADO_ERA_BOTH : MADO_ERA_ENGLISH);
}

static char *
display_yes_no (const MadoFormField *field, JsonNode *value, const char *language)
{
  gboolean yes = json_node_get_boolean (value);

  if (g_str_has_prefix (language, "ja"))
    return g_strdup (yes ? "はい" : "いいえ");
  return g_strdup (yes ? "Yes" : "No");
}

static char *
display_one_of (const MadoFormField *field, JsonNode *value, const char *language)
{
  const MadoFormOption *option = mado_form_field_find_option (field, text_of (value));

  return g_strdup (option != NULL ? mado_json_text (option->label, language) : text_of (value));
}

static char *
display_several_of (const MadoFormField *field, JsonNode *value, const char *language)
{
  JsonArray *list = json_node_get_array (value);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      const char *id = text_of (json_array_get_element (list, i));
      const MadoFormOption *option = mado_form_field_find_option (field, id);

      g_string_append (words, i == 0 ? "" : g_str_has_prefix (language, "ja") ? "、" : ", ");
      g_string_append (words, option != NULL ? mado_json_text (option->label, language) : id);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Most of it stays hidden, on the screen and on paper. */
static char *
display_secret (const MadoFormField *field, JsonNode *value, const char *language)
{
  const char *text = text_of (value);
  gsize length = strlen (text);

  return g_strdup_printf ("●●●●%s", text + (length > 3 ? length - 3 : 0));
}

static const MadoKind kinds[] = {
  { "text",             MADO_FACT_TEXT,    check_line,             display_text },
  { "long-text",        MADO_FACT_TEXT,    check_long_text,        display_text },
  { "name",             MADO_FACT_TEXT,    check_name,             display_text },
  { "kana",             MADO_FACT_TEXT,    check_kana,             display_text },
  { "number",           MADO_FACT_NUMBER,  check_number,           display_number },
  { "yen",              MADO_FACT_YEN,     check_number,           display_yen },
  { "date",             MADO_FACT_DATE,    check_date,             display_date },
  { "yes-no",           MADO_FACT_BOOLEAN, check_yes_no,           display_yes_no },
  { "one-of",           MADO_FACT_OPTION,  check_one_of,           display_one_of },
  { "several-of",       MADO_FACT_LIST,    check_several_of,       display_several_of },
  { "people",           MADO_FACT_LIST,    check_people,           display_several_of },
  { "address",          MADO_FACT_TEXT,    check_address,          display_text },
  { "postcode",         MADO_FACT_TEXT,    check_postcode,         display_text },
  { "phone",            MADO_FACT_TEXT,    check_phone,            display_text },
  { "mail",             MADO_FACT_TEXT,    check_mail,             display_text },
  { "my-number",        MADO_FACT_TEXT,    check_my_number,        display_secret },
  { "corporate-number", MADO_FACT_TEXT,    check_corporate_number, display_text },
  { "information",      MADO_FACT_ANY,     NULL,                   NULL },
};

const MadoKind *
mado_kind_find (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      return &kinds[i];
  return NULL;
}

const MadoKind *
mado_kind_list (guint *n_kinds)
{
  *n_kinds = G_N_ELEMENTS (kinds);
  return kinds;
}
