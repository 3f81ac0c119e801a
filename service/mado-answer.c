/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-answer.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "mado-events.h"

#define JSON    "application/json"
#define PROBLEM "application/problem+json"
#define URN     "urn:madoguchi:problem:"

#define ROOM_TAKES 30   /* seconds, where somebody has to make it */

void
mado_answer_init (MadoAnswer *self)
{
  *self = (MadoAnswer) { .status = 200, .error = -1 };
}

void
mado_answer_clear (MadoAnswer *self)
{
  if (self->body)
    g_string_free (self->body, TRUE);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->etag);
  g_free (self->allow);
  g_clear_pointer (&self->events, mado_subscription_unref);
  mado_answer_init (self);
}

GString *
mado_answer_begin (MadoAnswer *self, const char *type)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (self->body)
    g_string_truncate (self->body, 0);
  else
    self->body = g_string_sized_new (1024);
  self->type = type;
  return self->body;
}

gboolean
mado_answer_node (MadoAnswer *self, JsonNode *node)
{
  mado_json_append_node (mado_answer_begin (self, JSON), node);
  return TRUE;
}

gboolean
mado_answer_record (MadoAnswer *self, gpointer record)
{
  if (!record)
    return FALSE;
  mado_record_write_json (record, MADO_JSON_PRIVATE, mado_answer_begin (self, JSON));
  return TRUE;
}

gboolean
mado_answer_list (MadoAnswer *self, GPtrArray *records, const char *next)
{
  GString *out;

  if (!records)
    return FALSE;
  out = mado_answer_begin (self, JSON);
  g_string_append (out, "{\"items\":[");
  for (guint i = 0; i < records->len; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    mado_record_write_json (records->pdata[i], MADO_JSON_PRIVATE | MADO_JSON_LIST, out);
  }
  g_string_append_c (out, ']');
  if (next) {
    g_string_append (out, ",\"next\":");
    mado_json_append_string (out, next);
  }
  g_string_append_c (out, '}');
  return TRUE;
}

gboolean
mado_answer_bytes (MadoAnswer *self, const char *type, GBytes *bytes)
{
  if (!bytes)
    return FALSE;
  mado_answer_none (self);
  self->type = type;
  self->bytes = bytes;
  return TRUE;
}

gboolean
mado_answer_none (MadoAnswer *self)
{
  if (self->body)
    g_string_free (g_steal_pointer (&self->body), TRUE);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->type = NULL;
  return TRUE;
}

void
mado_answer_set_version (MadoAnswer *self, gint64 version)
{
  g_free (self->etag);
  self->etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", version);
}

gboolean
mado_answer_set_digest (MadoAnswer *self)
{
  gsize n;
  const guint8 *data = mado_answer_get_data (self, &n);
  g_autofree char *digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, n);

  g_free (self->etag);
  self->etag = g_strdup_printf ("\"%s\"", digest);
  return TRUE;
}

/* One of the tags listed; a weak one matches too, since nothing is compared but "is it the same" (RFC 9110, 13.1.2). */
static gboolean
names_tag (const char *list, const char *etag)
{
  g_auto(GStrv) tags = g_strsplit (list, ",", 20);

  for (guint i = 0; tags[i]; i++) {
    const char *tag = g_strstrip (tags[i]);

    if (g_str_equal (tag, "*") || g_str_equal (tag + (g_str_has_prefix (tag, "W/") ? 2 : 0), etag))
      return TRUE;
  }
  return FALSE;
}

void
mado_answer_match (MadoAnswer *self, const char *if_none_match)
{
  if (self->status != 200 || !self->etag || !if_none_match || !names_tag (if_none_match, self->etag))
    return;
  mado_answer_none (self);
  self->status = 304;
}

static void
append_member (GString *out, const char *name, const char *text)
{
  g_string_append_printf (out, "\"%s\":", name);
  mado_json_append_string (out, text);
}

static void
append_violations (GString *out, const GError *error)
{
  guint n = mado_error_get_n_violations (error);

  g_string_append (out, ",\"violations\":[");
  for (guint i = 0; i < n; i++) {
    const MadoViolation *violation = mado_error_get_violation (error, i);

    g_string_append (out, i > 0 ? ",{" : "{");
    append_member (out, "pointer", violation->pointer);
    g_string_append_c (out, ',');
    append_member (out, "code", violation->code);
    g_string_append_c (out, ',');
    append_member (out, "message", violation->message);
    g_string_append_c (out, '}');
  }
  g_string_append_c (out, ']');
}

void
mado_answer_problem (MadoAnswer *self, const GError *error, const char *request_id)
{
  MadoError code = error->domain == MADO_ERROR ? error->code : MADO_ERROR_INTERNAL;
  guint status = mado_error_get_status (code);
  GString *out = mado_answer_begin (self, PROBLEM);

  self->status = status;
  self->error = code;
  self->max_age = 0;
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->events, mado_subscription_unref);
  if (status == 503 && self->retry_after == 0)
    self->retry_after = code == MADO_ERROR_STORE_FULL ? ROOM_TAKES : 1;

  g_string_append_printf (out, "{\"type\":\"" URN "%s\",", mado_error_get_wire_name (code));
  append_member (out, "title", mado_error_get_title (code));
  g_string_append_printf (out, ",\"status\":%u,", status);
  append_member (out, "detail", status < 500 ? error->message : mado_error_get_title (code));
  append_violations (out, error);
  g_string_append_c (out, ',');
  append_member (out, "requestId", request_id);
  g_string_append_c (out, '}');
}

gconstpointer
mado_answer_get_data (const MadoAnswer *self, gsize *n)
{
  if (self->bytes)
    return g_bytes_get_data (self->bytes, n);
  *n = self->body ? self->body->len : 0;
  return self->body ? self->body->str : NULL;
}

GBytes *
mado_answer_pack (const MadoAnswer *self)
{
  gsize n;
  gconstpointer data = mado_answer_get_data (self, &n);
  GString *packed = g_string_sized_new (n + 64);

  g_string_append_printf (packed, "%u %s %s\n", self->status, self->type ? self->type : "-",
                          self->etag ? self->etag : "-");
  g_string_append_len (packed, data, n);
  return g_string_free_to_bytes (packed);
}

static const char *
find_type (const char *name)
{
  static const char *const types[] = { JSON, PROBLEM };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i], name))
      return types[i];
  return NULL;
}

gboolean
mado_answer_unpack (MadoAnswer *self, GBytes *packed)
{
  gsize n;
  const char *data = g_bytes_get_data (packed, &n);
  const char *end = memchr (data, '\n', n);
  g_autofree char *head = end ? g_strndup (data, end - data) : g_strdup ("");
  g_auto(GStrv) words = g_strsplit (head, " ", 3);

  if (g_strv_length (words) != 3)
    return FALSE;
  mado_answer_clear (self);
  self->status = strtoul (words[0], NULL, 10);
  if (!g_str_equal (words[2], "-"))
    self->etag = g_strdup (words[2]);
  if (find_type (words[1]))
    g_string_append_len (mado_answer_begin (self, find_type (words[1])), end + 1, data + n - end - 1);
  return TRUE;
}
