/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "mado-route.h"

#define MAX_PARAM_LENGTH 128

static gboolean
take_param (const char *start, gsize length, char **param)
{
  if (length == 0 || length > MAX_PARAM_LENGTH)
    return FALSE;
  *param = g_uri_unescape_segment (start, start + length, "/");
  return *param && g_utf8_validate (*param, -1, NULL);
}

/* The whole path against the whole template; a name in braces stands for one segment. */
static gboolean
matches (const char *template, const char *path, char *params[MADO_REQUEST_MAX_PARAMS])
{
  guint n = 0;

  while (*template)
    if (*template == '{') {
      gsize length = strcspn (path, "/");

      if (!take_param (path, length, &params[n++]))
        return FALSE;
      path += length;
      template = strchr (template, '}') + 1;
    } else if (*template++ != *path++)
      return FALSE;
  return *path == '\0';
}

static void
clear_params (char *params[MADO_REQUEST_MAX_PARAMS])
{
  for (guint i = 0; i < MADO_REQUEST_MAX_PARAMS; i++)
    g_clear_pointer (&params[i], g_free);
}

static void
allow_method (GString *allow, const char *method)
{
  if (allow->len > 0)
    g_string_append (allow, ", ");
  g_string_append (allow, method);
  if (g_str_equal (method, "GET"))
    g_string_append (allow, ", HEAD");
}

const MadoRoute *
mado_routes_find (const char *method, const char *path, char *params[MADO_REQUEST_MAX_PARAMS], char **allow,
                  GError **error)
{
  const char *wanted = g_str_equal (method, "HEAD") ? "GET" : method;
  g_autoptr(GString) others = g_string_new (NULL);

  for (const MadoRoute *route = mado_routes_get (); route->method; route++) {
    if (matches (route->path, path, params)) {
      if (g_str_equal (route->method, wanted))
        return route;
      allow_method (others, route->method);
    }
    clear_params (params);
  }

  if (others->len == 0) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND,
                         _("There is no such address here; GET /v1/openapi.json lists those there are."));
    return NULL;
  }
  g_string_append (others, ", OPTIONS");
  *allow = g_strdup (others->str);
  g_set_error (error, MADO_ERROR, MADO_ERROR_METHOD, _("This address takes %s."), others->str);
  return NULL;
}
