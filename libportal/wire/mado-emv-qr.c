/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mado-emv-qr.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wire/mado-code-report.h"

#define MAX_CHARACTERS 512
#define JPQR_DOMAIN    "jp.or.paymentsjapan"
#define YEN            "392"

guint16
mado_emv_qr_crc (const char *data, gsize n)
{
  guint16 crc = 0xFFFF;

  for (gsize i = 0; i < n; i++) {
    crc ^= (guint16) ((guchar) data[i] << 8);
    for (guint bit = 0; bit < 8; bit++)
      crc = (guint16) ((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
  }
  return crc;
}

/* One object of a payload or template: two digits of id, two of length in characters, the value. */
typedef struct {
  guint       id;
  const char *value;
  gsize       bytes;
} Object;

/* FALSE at the end, or with *@broken where what stands there is no object. */
static gboolean
next_object (const char **at, const char *end, Object *object, gboolean *broken)
{
  const char *p = *at, *value_end;
  guint length;

  *broken = FALSE;
  if (p >= end)
    return FALSE;
  *broken = TRUE;
  if (end - p < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    if (!g_ascii_isdigit (p[i]))
      return FALSE;
  object->id = (guint) (p[0] - '0') * 10 + (guint) (p[1] - '0');
  length = (guint) (p[2] - '0') * 10 + (guint) (p[3] - '0');
  object->value = value_end = p + 4;
  for (guint i = 0; i < length; i++) {
    if (value_end >= end)
      return FALSE;
    value_end = g_utf8_next_char (value_end);
  }
  object->bytes = (gsize) (value_end - object->value);
  *at = value_end;
  *broken = FALSE;
  return TRUE;
}

/* What the standard says of the objects outside the templates. */
static const struct {
  guint       id;
  const char *name;
  guint       min, max;
  gboolean    required;
} known[] = {
  { 0, "payloadFormatIndicator", 2, 2, TRUE },
  { 1, "pointOfInitiation", 2, 2, FALSE },
  { 52, "merchantCategoryCode", 4, 4, TRUE },
  { 53, "currency", 3, 3, TRUE },
  { 54, "amount", 1, 13, FALSE },
  { 55, "tipIndicator", 2, 2, FALSE },
  { 56, "tipFixed", 1, 13, FALSE },
  { 57, "tipPercentage", 1, 5, FALSE },
  { 58, "countryCode", 2, 2, TRUE },
  { 59, "merchantName", 1, 25, TRUE },
  { 60, "merchantCity", 1, 15, TRUE },
  { 61, "postalCode", 1, 10, FALSE },
  { 63, "crc", 4, 4, TRUE },
};
static const char *const additional_names[] = {
  NULL, "billNumber", "mobileNumber", "storeLabel", "loyaltyNumber", "referenceLabel", "customerLabel",
  "terminalLabel", "purposeOfTransaction", "additionalConsumerDataRequest",
};
static const char *const language_names[] = { "languagePreference", "merchantName", "merchantCity" };

static char *
value_of (const Object *object)
{
  return g_strndup (object->value, object->bytes);
}

/* The members of a template; those without a name under their number. */
static JsonObject *
read_template (const Object *object, const char *field, const char *const *names, guint n_names, MadoCodeReport *report)
{
  JsonObject *members = json_object_new ();
  const char *at = object->value, *end = object->value + object->bytes;
  gboolean broken;
  Object inner;

  while (next_object (&at, end, &inner, &broken)) {
    g_autofree char *value = value_of (&inner);
    char number[3];

    g_snprintf (number, sizeof number, "%02u", inner.id);
    json_object_set_string_member (members, inner.id < n_names && names[inner.id] != NULL ? names[inner.id] : number,
                                   value);
  }
  if (broken)
    mado_code_report_wrong (report, field, NULL, NULL, _("The length of a part does not fit what follows"));
  return members;
}

static void
check_jpqr (JsonObject *account, MadoCodeReport *report)
{
  static const struct { const char *id; guint length; } parts[] = {
    { "01", 13 }, { "02", 4 }, { "03", 6 }, { "04", 6 }
  };

  report->kind = "jpqr";
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    const char *value = json_object_get_string_member_with_default (account, parts[i].id, "");
    g_autofree char *field = g_strdup_printf ("merchantAccounts/%s", parts[i].id);
    g_autofree char *expected = g_strdup_printf ("%u", parts[i].length);
    g_autofree char *found = g_strdup_printf ("%ld", g_utf8_strlen (value, -1));

    if (!g_str_equal (expected, found))
      mado_code_report_wrong (report, field, expected, found, _("This part of JPQR has another length"));
  }
}

static void
read_account (const Object *object, MadoCodeReport *report)
{
  JsonObject *fields = report->fields;
  JsonObject *account;
  char number[3];

  g_snprintf (number, sizeof number, "%02u", object->id);
  if (!json_object_has_member (fields, "merchantAccounts"))
    json_object_set_array_member (fields, "merchantAccounts", json_array_new ());
  if (object->id >= 26)
    account = read_template (object, "merchantAccounts", NULL, 0, report);
  else {
    g_autofree char *value = value_of (object);
    account = json_object_new ();
    json_object_set_string_member (account, "value", value);
  }
  json_object_set_string_member (account, "id", number);
  json_array_add_object_element (json_object_get_array_member (fields, "merchantAccounts"), account);
  if (g_str_equal (json_object_get_string_member_with_default (account, "00", ""), JPQR_DOMAIN))
    check_jpqr (account, report);
}

static void
read_known (const Object *object, guint row, MadoCodeReport *report)
{
  g_autofree char *value = value_of (object);
  glong length = g_utf8_strlen (object->value, (gssize) object->bytes);
  g_autofree char *found = g_strdup_printf ("%ld", length);
  g_autofree char *expected = known[row].min == known[row].max
                                ? g_strdup_printf ("%u", known[row].max)
                                : g_strdup_printf ("%u-%u", known[row].min, known[row].max);

  if (length < known[row].min || length > known[row].max)
    mado_code_report_wrong (report, known[row].name, expected, found, _("It has the wrong number of characters"));
  json_object_set_string_member (report->fields, known[row].name, value);
}

static void
read_object (const Object *object, MadoCodeReport *report)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].id == object->id) {
      read_known (object, i, report);
      return;
    }
  if (object->id >= 2 && object->id <= 51)
    read_account (object, report);
  else if (object->id == 62)
    json_object_set_object_member (report->fields, "additionalData",
                                   read_template (object, "additionalData", additional_names,
                                                  G_N_ELEMENTS (additional_names), report));
  else if (object->id == 64)
    json_object_set_object_member (report->fields, "languageTemplate",
                                   read_template (object, "languageTemplate", language_names,
                                                  G_N_ELEMENTS (language_names), report));
}

static void
check_order (const char *text, MadoCodeReport *report)
{
  gsize length = strlen (text);
  char expected[5];

  if (!g_str_has_prefix (text, "000201"))
    mado_code_report_wrong (report, "payloadFormatIndicator", "000201", NULL, _("It does not begin as it should"));
  if (length < 8 || strncmp (text + length - 8, "6304", 4) != 0) {
    mado_code_report_wrong (report, "crc", "6304", NULL, _("The checksum is missing at the end: was it cut off?"));
    return;
  }
  g_snprintf (expected, sizeof expected, "%04X", mado_emv_qr_crc (text, length - 4));
  if (!g_str_equal (expected, text + length - 4))
    mado_code_report_wrong (report, "crc", expected, text + length - 4,
                            _("The checksum does not fit: the code was misread or changed"));
}

static gboolean
is_amount (const char *text, gboolean yen)
{
  gsize whole = strspn (text, "0123456789");

  if (whole == 0)
    return FALSE;
  if (text[whole] == '\0')
    return TRUE;
  return !yen && text[whole] == '.' && strspn (text + whole + 1, "0123456789") == strlen (text + whole + 1);
}

static void
check_members (MadoCodeReport *report)
{
  JsonObject *fields = report->fields;
  const char *amount = json_object_get_string_member_with_default (fields, "amount", NULL);
  const char *point = json_object_get_string_member_with_default (fields, "pointOfInitiation", NULL);
  const char *currency = json_object_get_string_member_with_default (fields, "currency", "");

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].required && known[i].id != 63 && !json_object_has_member (fields, known[i].name))
      mado_code_report_wrong (report, known[i].name, NULL, NULL, _("A part that every code has is missing"));
  if (!json_object_has_member (fields, "merchantAccounts"))
    mado_code_report_wrong (report, "merchantAccounts", NULL, NULL, _("It does not say whom to pay"));
  if (amount != NULL && !is_amount (amount, g_str_equal (currency, YEN)))
    mado_code_report_wrong (report, "amount", g_str_equal (currency, YEN) ? "whole yen" : NULL, amount,
                            _("The amount is none"));
  if (point != NULL && !g_str_equal (point, "11") && !g_str_equal (point, "12"))
    mado_code_report_wrong (report, "pointOfInitiation", "11 or 12", point, _("Neither static nor dynamic"));
  if (g_str_equal (report->kind, "jpqr")) {
    if (!json_object_has_member (fields, "postalCode"))
      mado_code_report_wrong (report, "postalCode", NULL, NULL, _("JPQR demands the postcode"));
    if (!g_str_equal (currency, YEN))
      mado_code_report_wrong (report, "currency", YEN, currency, _("JPQR is paid in yen"));
  }
}

void
mado_emv_qr_read (const char *text, MadoCodeReport *report)
{
  const char *at = text, *end = text + strlen (text);
  gboolean seen[100] = { FALSE }, broken;
  Object object;

  report->kind = "emv-qr";
  if (g_utf8_strlen (text, -1) > MAX_CHARACTERS)
    mado_code_report_wrong (report, "length", "512", NULL, _("A code has 512 characters at most"));
  while (next_object (&at, end, &object, &broken)) {
    char number[3];

    g_snprintf (number, sizeof number, "%02u", object.id);
    if (seen[object.id])
      mado_code_report_wrong (report, number, NULL, NULL, _("This part stands there twice"));
    seen[object.id] = TRUE;
    read_object (&object, report);
  }
  if (broken) {
    g_autofree char *place = g_strdup_printf ("%ld", g_utf8_pointer_to_offset (text, at));
    mado_code_report_wrong (report, "length", NULL, place,
                            _("From this character on, the length of a part does not fit what follows"));
  }
  check_order (text, report);
  check_members (report);
}

static void
put (GString *out, guint id, const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (out, "%02u%02ld%s", id, g_utf8_strlen (value, -1), value);
}

static gboolean
fits (const char *value, glong min, glong max, gboolean ascii, const char *member, GError **error)
{
  glong length = value != NULL ? g_utf8_strlen (value, -1) : 0;
  g_autofree char *pointer = g_strdup_printf ("/%s", member);

  if (length >= min && length <= max && (!ascii || value == NULL || g_str_is_ascii (value)))
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "range",
                     ascii ? _("Give %ld to %ld ASCII characters") : _("Give %ld to %ld characters"), min, max);
  return FALSE;
}

static gboolean
check_jpqr_members (const MadoJpqr *code, GError **error)
{
  static const glong lengths[] = { 13, 4, 6, 6 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (!fits (code->identifiers[i], lengths[i], lengths[i], TRUE, "identifiers", error))
      return FALSE;
  if (code->yen < 0 || code->yen > 9999999999999) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/yen", "range", _("Give whole yen, 0 or more"));
    return FALSE;
  }
  return fits (code->category, 4, 4, TRUE, "category", error) && fits (code->name, 1, 25, TRUE, "name", error)
         && fits (code->city, 1, 15, TRUE, "city", error) && fits (code->postcode, 7, 7, TRUE, "postcode", error)
         && fits (code->bill, 0, 25, TRUE, "bill", error) && fits (code->reference, 0, 25, TRUE, "reference", error)
         && fits (code->name_ja, 0, 25, FALSE, "nameJa", error);
}

char *
mado_jpqr_write (const MadoJpqr *code, GError **error)
{
  g_autoptr(GString) out = g_string_new (NULL), part = g_string_new (NULL);
  g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT, code->yen);

  if (!check_jpqr_members (code, error))
    return NULL;
  put (out, 0, "01");
  put (out, 1, code->yen > 0 ? "12" : "11");
  put (part, 0, JPQR_DOMAIN);
  for (guint i = 0; i < 4; i++)
    put (part, i + 1, code->identifiers[i]);
  put (out, 26, part->str);
  put (out, 52, code->category);
  put (out, 53, YEN);
  put (out, 54, code->yen > 0 ? amount : NULL);
  put (out, 58, "JP");
  put (out, 59, code->name);
  put (out, 60, code->city);
  put (out, 61, code->postcode);
  g_string_truncate (part, 0);
  put (part, 1, code->bill);
  put (part, 5, code->reference);
  put (out, 62, part->str);
  if (code->name_ja != NULL && *code->name_ja != '\0') {
    g_string_assign (part, "0002JA");
    put (part, 1, code->name_ja);
    put (out, 64, part->str);
  }
  g_string_append (out, "6304");
  g_string_append_printf (out, "%04X", mado_emv_qr_crc (out->str, out->len));
  return g_string_free (g_steal_pointer (&out), FALSE);
}
