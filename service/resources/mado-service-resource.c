/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-resources.h"

#include "core/mado-clock.h"
#include "mado-metrics.h"
#include "mado-openapi.h"

const MadoJsonSpec mado_health_shape[] = {
  { "status", MADO_JSON_STRING, 0, TRUE, 0, 16, "ok", NULL, "Well; otherwise the answer is a problem" },
  { "version", MADO_JSON_STRING, 0, TRUE, 0, 32, NULL, NULL, "Of the program" },
  { "store", MADO_JSON_STRING, 0, TRUE, 0, 16, "sqlite|postgresql", NULL, "Where the records are" },
  { "time", MADO_JSON_TIME, 0, TRUE, 0, 0, NULL, NULL, "Of the service's clock" },
  { NULL }
};

/* Well only if the store can be read and changed. */
gboolean
mado_health_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  GString *out;

  if (!mado_store_check (mado_request_get_store (request), error))
    return FALSE;
  out = mado_answer_begin (answer, "application/json");
  g_string_append (out, "{\"status\":\"ok\",\"version\":\"" MADO_VERSION_TEXT "\",\"store\":");
  mado_json_append_string (out, request->service->engine);
  g_string_append (out, ",\"time\":");
  mado_json_append_time (out, mado_clock_now ());
  g_string_append_c (out, '}');
  return TRUE;
}

gboolean
mado_metrics_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  mado_metrics_write (request->service->metrics, mado_answer_begin (answer, "text/plain; version=0.0.4"));
  return TRUE;
}

static gpointer
write_openapi (gpointer unused)
{
  g_autoptr(JsonNode) document = mado_openapi_new ();
  GString *text = g_string_new (NULL);

  mado_json_append_node (text, document);
  return g_string_free_to_bytes (text);
}

/* The table does not change while we run. */
gboolean
mado_openapi_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  static GOnce once = G_ONCE_INIT;

  answer->max_age = 60;
  return mado_answer_bytes (answer, "application/json", g_bytes_ref (g_once (&once, write_openapi, NULL)));
}

gboolean
mado_city_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(JsonNode) city = mado_counter_describe_city (request->service->counter);

  return mado_answer_node (answer, city);
}
