/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "wire/mado-terminal.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"

static const char *const words[] = {
  [MADO_TERMINAL_WAITING] = "waiting", [MADO_TERMINAL_READING] = "reading", [MADO_TERMINAL_PAID] = "paid",
  [MADO_TERMINAL_REFUSED] = "refused", [MADO_TERMINAL_CANCELLED] = "cancelled", [MADO_TERMINAL_UNKNOWN] = "unknown",
  [MADO_TERMINAL_NONE] = "none", [MADO_TERMINAL_REFUNDED] = "refunded", NULL
};

static GString *
begin (const char *verb, const char *id)
{
  GString *line = g_string_new (NULL);

  g_string_append_printf (line, "{\"v\":1,\"do\":\"%s\",\"id\":", verb);
  mado_json_append_string (line, id);
  return line;
}

static char *
end (GString *line)
{
  g_string_append (line, "}\n");
  return g_string_free (line, FALSE);
}

char *
mado_terminal_pay (const char *payment, gint64 yen, const char *language)
{
  GString *line = begin ("pay", payment);

  g_string_append_printf (line, ",\"yen\":%" G_GINT64_FORMAT ",\"language\":", yen);
  mado_json_append_string (line, language);
  return end (line);
}

char *
mado_terminal_ask (const char *id)
{
  return end (begin ("ask", id));
}

char *
mado_terminal_cancel (const char *payment)
{
  return end (begin ("cancel", payment));
}

char *
mado_terminal_refund (const char *payment, const char *refund, gint64 yen)
{
  GString *line = begin ("refund", payment);

  g_string_append (line, ",\"refund\":");
  mado_json_append_string (line, refund);
  g_string_append_printf (line, ",\"yen\":%" G_GINT64_FORMAT, yen);
  return end (line);
}

/* --- reports ---------------------------------------------------------------------------------------------------- */

static JsonNode *
get_member (JsonNode *root, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (json_node_get_object (root), name);

  return node && json_node_get_value_type (node) == type ? node : NULL;
}

static gboolean
take_text (JsonNode *root, const char *name, char *out, gsize size)
{
  JsonNode *node = get_member (root, name, G_TYPE_STRING);

  *out = '\0';
  return !node || g_strlcpy (out, json_node_get_string (node), size) < size;
}

static gboolean
refuse (GError **error, const char *pointer, const char *message)
{
  mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "unknown", "%s", message);
  return FALSE;
}

static gboolean
take_state (JsonNode *root, MadoTerminalReport *report, GError **error)
{
  JsonNode *is = get_member (root, "is", G_TYPE_STRING);

  for (guint i = 0; is && words[i]; i++)
    if (g_str_equal (words[i], json_node_get_string (is))) {
      report->is = i;
      return TRUE;
    }
  return refuse (error, "/is", _("The terminal reports a state that is not in its protocol."));
}

gboolean
mado_terminal_read (const char *line, gsize length, MadoTerminalReport *report, GError **error)
{
  const MadoJsonLimits limits = { MADO_TERMINAL_MAX_LINE, 4, 32 };
  g_autoptr(JsonNode) root = mado_json_parse (line, length, &limits, error);
  JsonNode *version, *yen;

  *report = (MadoTerminalReport) { .yen = -1 };
  if (!root)
    return FALSE;
  version = JSON_NODE_HOLDS_OBJECT (root) ? get_member (root, "v", G_TYPE_INT64) : NULL;
  if (!version || json_node_get_int (version) != 1)
    return refuse (error, "/v", _("The terminal speaks another version of the protocol."));
  if (!take_text (root, "id", report->id, sizeof report->id) || !*report->id)
    return refuse (error, "/id", _("The terminal does not say which payment it means."));
  if (!take_text (root, "brand", report->brand, sizeof report->brand)
      || !take_text (root, "reference", report->reference, sizeof report->reference)
      || !take_text (root, "reason", report->reason, sizeof report->reason))
    return refuse (error, "", _("A word of the terminal is too long."));
  yen = get_member (root, "yen", G_TYPE_INT64);
  report->yen = yen ? json_node_get_int (yen) : -1;
  if (!take_state (root, report, error))
    return FALSE;
  if ((report->is == MADO_TERMINAL_PAID || report->is == MADO_TERMINAL_REFUNDED) && report->yen <= 0)
    return refuse (error, "/yen", _("The terminal does not say how many yen it took."));
  return TRUE;
}

gboolean
mado_terminal_get_event (const MadoTerminalReport *report, MadoPaymentEvent *event)
{
  switch (report->is) {
  case MADO_TERMINAL_PAID:
    *event = MADO_PAYMENT_EVENT_CAPTURE;
    return TRUE;
  case MADO_TERMINAL_REFUSED:
  case MADO_TERMINAL_NONE:
    *event = MADO_PAYMENT_EVENT_FAIL;
    return TRUE;
  case MADO_TERMINAL_CANCELLED:
    *event = MADO_PAYMENT_EVENT_CANCEL;
    return TRUE;
  case MADO_TERMINAL_UNKNOWN:
    *event = MADO_PAYMENT_EVENT_LOSE;
    return TRUE;
  case MADO_TERMINAL_WAITING:
  case MADO_TERMINAL_READING:
  case MADO_TERMINAL_REFUNDED:
  default:
    return FALSE;
  }
}
