/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/mado-reply-private.h"

#include <glib/gi18n-lib.h>

#include "client/mado-problem.h"
#include "core/mado-json.h"
#include "core/mado-record.h"

struct _MadoReply {
  GObject   parent;
  guint     status;
  char     *etag;
  GBytes   *bytes;
  JsonNode *json;
};

G_DEFINE_FINAL_TYPE (MadoReply, mado_reply, G_TYPE_OBJECT)

static void
mado_reply_finalize (GObject *object)
{
  MadoReply *self = MADO_REPLY (object);

  g_free (self->etag);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->json, json_node_unref);
  G_OBJECT_CLASS (mado_reply_parent_class)->finalize (object);
}

static void
mado_reply_class_init (MadoReplyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_reply_finalize;
}

static void
mado_reply_init (MadoReply *self)
{
}

static JsonNode *
parse_body (GBytes *body, GError **error)
{
  const MadoJsonLimits limits = MADO_JSON_LIMITS_FILE;
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  return mado_json_parse (data, length, &limits, error);
}

MadoReply *
mado_reply_new (guint status, const char *content_type, const char *etag, GBytes *body, GError **error)
{
  g_autoptr(JsonNode) json = NULL;
  g_autoptr(GError) local_error = NULL;
  gboolean done = status >= 200 && status < 300;
  MadoReply *self;

  if (content_type != NULL && g_str_has_suffix (content_type, "json") && g_bytes_get_size (body) > 0)
    json = parse_body (body, &local_error);
  if (!done) {
    mado_problem_to_error (status, json, error);
    return NULL;
  }
  if (local_error != NULL) {
    g_propagate_prefixed_error (error, g_steal_pointer (&local_error), "The answer of the service is damaged: ");
    return NULL;
  }

  self = g_object_new (MADO_TYPE_REPLY, NULL);
  self->status = status;
  self->etag = g_strdup (etag);
  self->bytes = g_bytes_ref (body);
  self->json = g_steal_pointer (&json);
  return self;
}

guint
mado_reply_get_status (MadoReply *self)
{
  return self->status;
}

const char *
mado_reply_get_etag (MadoReply *self)
{
  return self->etag;
}

GBytes *
mado_reply_get_bytes (MadoReply *self)
{
  return self->bytes;
}

JsonNode *
mado_reply_get_json (MadoReply *self)
{
  return self->json;
}

gpointer
mado_reply_dup_record (MadoReply *self, GType type, GError **error)
{
  if (self->json == NULL) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_MALFORMED, _("The answer of the service holds no JSON"));
    return NULL;
  }
  return mado_record_from_json (type, self->json, MADO_JSON_PRIVATE, error);
}

char *
mado_reply_dup_text (MadoReply *self, const char *pointer)
{
  JsonNode *node = self->json != NULL ? mado_json_get (self->json, pointer) : NULL;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_dup_string (node);
}
