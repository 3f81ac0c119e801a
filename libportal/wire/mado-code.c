/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mado-code.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wire/mado-code-report.h"
#include "wire/mado-slip.h"

void
mado_code_report_init (MadoCodeReport *self, const char *kind)
{
  self->kind = kind;
  self->fields = json_object_new ();
  self->problems = json_array_new ();
}

void
mado_code_report_wrong (MadoCodeReport *self, const char *field, const char *expected, const char *found,
                        const char *format, ...)
{
  JsonObject *problem = json_object_new ();
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  json_object_set_string_member (problem, "field", field);
  json_object_set_string_member (problem, "message", message);
  if (expected != NULL)
    json_object_set_string_member (problem, "expected", expected);
  if (found != NULL)
    json_object_set_string_member (problem, "found", found);
  json_array_add_object_element (self->problems, problem);
}

JsonNode *
mado_code_report_end (MadoCodeReport *self)
{
  JsonObject *whole = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), whole);

  json_object_set_string_member (whole, "kind", self->kind);
  json_object_set_boolean_member (whole, "valid", json_array_get_length (self->problems) == 0);
  json_object_set_object_member (whole, "fields", g_steal_pointer (&self->fields));
  json_object_set_array_member (whole, "problems", g_steal_pointer (&self->problems));
  json_object_unref (whole);
  return node;
}

/* Digits alone, if @text is nothing but digits, spaces and hyphens behind an optional mark of the scanner. */
static char *
digits_of (const char *text)
{
  static const char *const marks[] = { "EAN", "]C1", "(91)" };
  g_autoptr(GString) digits = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (text, marks[i])) {
      text += strlen (marks[i]);
      if (g_str_equal (marks[i], "(91)"))
        g_string_append (digits, "91");
      break;
    }
  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
    else if (*text != ' ' && *text != '-')
      return NULL;
  return digits->len > 0 ? g_strdup (digits->str) : NULL;
}

static gboolean
is_text (const char *text, MadoCodeReport *report)
{
  if (strnlen (text, MADO_CODE_MAX_BYTES + 1) <= MADO_CODE_MAX_BYTES && g_utf8_validate (text, -1, NULL))
    return TRUE;
  mado_code_report_wrong (report, "", NULL, NULL, _("Not a code: it is too long, or not text"));
  return FALSE;
}

/* --- layouts that are not published ----------------------------------------------------------------------------- */

static struct {
  const char *kind;
  MadoCodeAdapter adapter;
} opaque[] = { { "el-qr", NULL }, { "pay-easy", NULL } };

void
mado_code_set_adapter (const char *kind, MadoCodeAdapter adapter)
{
  for (guint i = 0; i < G_N_ELEMENTS (opaque); i++)
    if (g_str_equal (opaque[i].kind, kind))
      opaque[i].adapter = adapter;
}

/* TRUE: it is of that kind, right or wrong. */
static gboolean
ask_adapter (guint i, const char *text, MadoCodeReport *report)
{
  g_autoptr(GError) error = NULL;

  if (!opaque[i].adapter || (!opaque[i].adapter (text, report->fields, &error) && !error))
    return FALSE;
  if (error)
    mado_code_report_wrong (report, "value", NULL, NULL, "%s", error->message);
  report->kind = opaque[i].kind;
  json_object_set_string_member (report->fields, "value", text);
  json_object_set_boolean_member (report->fields, "checked", TRUE);
  return TRUE;
}

static void
carry (guint i, const char *text, MadoCodeReport *report)
{
  report->kind = opaque[i].kind;
  if (ask_adapter (i, text, report))
    return;
  json_object_set_string_member (report->fields, "value", text);
  json_object_set_boolean_member (report->fields, "checked", opaque[i].adapter != NULL);
  if (*text == '\0' || opaque[i].adapter)
    mado_code_report_wrong (report, "value", NULL, NULL, _("This is no code of that kind"));
}

JsonNode *
mado_code_read_as (const char *kind, const char *text, GError **error)
{
  MadoCodeReport report;
  g_autofree char *trimmed = NULL;
  guint i = 0;

  while (i < G_N_ELEMENTS (opaque) && !g_str_equal (opaque[i].kind, kind))
    i++;
  if (i == G_N_ELEMENTS (opaque)) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/kind", "unknown",
                       _("Only el-qr and pay-easy are carried as they are; other codes say what they are."));
    return NULL;
  }
  mado_code_report_init (&report, kind);
  if (is_text (text, &report)) {
    trimmed = g_strstrip (g_strdup (text));
    carry (i, trimmed, &report);
  }
  return mado_code_report_end (&report);
}

/* --- any of them ------------------------------------------------------------------------------------------------ */

static gboolean
ask_adapters (const char *text, MadoCodeReport *report)
{
  for (guint i = 0; i < G_N_ELEMENTS (opaque); i++)
    if (ask_adapter (i, text, report))
      return TRUE;
  return FALSE;
}

JsonNode *
mado_code_read (const char *text)
{
  MadoCodeReport report;
  g_autofree char *trimmed = NULL, *digits = NULL;
  gsize length;

  mado_code_report_init (&report, "unknown");
  if (!is_text (text, &report))
    return mado_code_report_end (&report);
  trimmed = g_strstrip (g_strdup (text));
  digits = digits_of (trimmed);
  length = digits != NULL ? strlen (digits) : 0;
  if (length == MADO_SLIP_GS1_DIGITS && g_str_has_prefix (digits, "91"))
    mado_slip_gs1_read (digits, &report);
  else if (length == MADO_SLIP_OCR_SHORT || length == MADO_SLIP_OCR_LONG)
    mado_slip_ocr_read (digits, &report);
  else if (g_str_has_prefix (trimmed, "0002"))
    mado_emv_qr_read (trimmed, &report);
  else if (length > 0 && g_str_has_prefix (digits, "91")) {
    g_autofree char *found = g_strdup_printf ("%" G_GSIZE_FORMAT, length);
    report.kind = "slip-gs1-128";
    mado_code_report_wrong (&report, "length", "44", found, _("The bar code of a payment slip has 44 digits"));
  } else if (!ask_adapters (trimmed, &report))
    mado_code_report_wrong (&report, "", NULL, NULL, _("This is no code for payments that is known here"));
  return mado_code_report_end (&report);
}
