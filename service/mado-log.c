/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-log.h"

#include <string.h>
#include <unistd.h>

#include "core/mado-clock.h"
#include "core/mado-json.h"
#include "mado-route.h"

static const char *
name_of (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "error";
  if (level & G_LOG_LEVEL_WARNING)
    return "warning";
  return level & G_LOG_LEVEL_DEBUG ? "debug" : "info";
}

/* Our own fields begin with MADO_ and are short text. */
static const char *
member_of (const char *key)
{
  static const struct { const char *key, *member; } members[] = {
    { "MESSAGE", "message" }, { "GLIB_DOMAIN", "domain" }, { "MADO_ROUTE", "route" }, { "MADO_STATUS", "status" },
    { "MADO_ELAPSED_US", "elapsedUs" }, { "MADO_REQUEST", "requestId" }, { "MADO_PROBLEM", "problem" },
    { "MADO_ROLE", "role" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].key, key))
      return members[i].member;
  return NULL;
}

static GLogWriterOutput
write_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer unused)
{
  g_autoptr(GString) line = NULL;

  if (g_log_writer_default_would_drop (level, NULL))
    return G_LOG_WRITER_HANDLED;
  line = g_string_new ("{\"time\":");
  mado_json_append_time (line, g_get_real_time ());
  g_string_append_printf (line, ",\"level\":\"%s\"", name_of (level));
  for (gsize i = 0; i < n_fields; i++) {
    const char *member = fields[i].length == -1 ? member_of (fields[i].key) : NULL;

    if (!member)
      continue;
    g_string_append_printf (line, ",\"%s\":", member);
    mado_json_append_string (line, fields[i].value);
  }
  g_string_append (line, "}\n");
  /* One write a line, so that threads do not mix; where nobody reads, nothing can be done. */
  return write (STDERR_FILENO, line->str, line->len) < 0 ? G_LOG_WRITER_UNHANDLED : G_LOG_WRITER_HANDLED;
}

void
mado_log_init (void)
{
  if (g_log_writer_is_journald (STDERR_FILENO))
    g_log_set_writer_func (g_log_writer_journald, NULL, NULL);
  else
    g_log_set_writer_func (write_line, NULL, NULL);
}

void
mado_log_request (const MadoRequest *request, const MadoAnswer *answer, gint64 elapsed_us, const GError *error)
{
  const MadoRoute *route = request->route;
  g_autofree char *name = route ? g_strdup_printf ("%s %s", route->method, route->path) : g_strdup ("none");
  g_autofree char *status = g_strdup_printf ("%u", answer->status);
  g_autofree char *elapsed = g_strdup_printf ("%" G_GINT64_FORMAT, elapsed_us);
  gboolean bad = answer->status >= 500;

  g_log_structured (G_LOG_DOMAIN, bad ? G_LOG_LEVEL_WARNING : G_LOG_LEVEL_MESSAGE,
                    "MADO_ROUTE", name, "MADO_STATUS", status, "MADO_ELAPSED_US", elapsed,
                    "MADO_REQUEST", request->id,
                    "MADO_PROBLEM", answer->error >= 0 ? mado_error_get_wire_name (answer->error) : "",
                    "MADO_ROLE", request->session ? mado_enum_nick (MADO_TYPE_ROLE, request->actor.role) : "",
                    "MESSAGE", "%s", bad && error ? error->message : "request");
}
