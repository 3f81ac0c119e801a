/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/mado-json.h"
#include "wire/mado-code.h"

#include "mado-fuzz.h"

static const char *const kinds[] = { "jpqr", "emv-qr", "slip-gs1-128", "slip-ocr", "unknown", NULL };

/* What a person is shown can be written as JSON again, and a code is valid just when nothing is wrong with it. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autoptr(JsonNode) read = NULL, again = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) written = g_string_new (NULL);
  JsonObject *report;

  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  read = mado_code_read (text);
  report = json_node_get_object (read);
  g_assert_true (g_strv_contains (kinds, json_object_get_string_member (report, "kind")));
  g_assert_true (json_object_get_boolean_member (report, "valid")
                 == (json_array_get_length (json_object_get_array_member (report, "problems")) == 0));

  mado_json_append_node (written, read);
  again = mado_json_parse (written->str, written->len, &MADO_JSON_LIMITS_FILE, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (read, again));
  return 0;
}
