/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/mado-call.h"

#include <string.h>
#include "core/mado-id.h"
#include "core/mado-json.h"

struct _MadoCall {
  GObject   parent;
  char     *method;
  char     *path;
  GBytes   *body;
  char     *key;
  char     *if_match;
  gboolean  once;
};

G_DEFINE_FINAL_TYPE (MadoCall, mado_call, G_TYPE_OBJECT)

static void
mado_call_finalize (GObject *object)
{
  MadoCall *self = MADO_CALL (object);

  g_free (self->method);
  g_free (self->path);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->key);
  g_free (self->if_match);
  G_OBJECT_CLASS (mado_call_parent_class)->finalize (object);
}

static void
mado_call_class_init (MadoCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_call_finalize;
}

static void
mado_call_init (MadoCall *self)
{
}

static void
wipe_text (gpointer data)
{
  GString *text = data;

  explicit_bzero (text->str, text->allocated_len);
  g_string_free (text, TRUE);
}

MadoCall *
mado_call_new_text (const char *method, const char *path, GString *body)
{
  MadoCall *self = g_object_new (MADO_TYPE_CALL, NULL);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  if (body != NULL)
    self->body = g_bytes_new_with_free_func (body->str, body->len, wipe_text, body);
  if (!g_str_equal (method, "GET"))
    self->key = mado_ulid_new ();
  return self;
}

MadoCall *
mado_call_new (const char *method, const char *path, JsonNode *body)
{
  GString *text = NULL;

  if (body != NULL) {
    text = g_string_sized_new (4096);
    mado_json_append_node (text, body);
  }
  return mado_call_new_text (method, path, text);
}

const char *
mado_call_get_method (MadoCall *self)
{
  return self->method;
}

const char *
mado_call_get_path (MadoCall *self)
{
  return self->path;
}

GBytes *
mado_call_get_body (MadoCall *self)
{
  return self->body;
}

const char *
mado_call_get_key (MadoCall *self)
{
  return self->key;
}

void
mado_call_set_key (MadoCall *self, const char *key)
{
  g_free (self->key);
  self->key = g_strdup (key);
}

void
mado_call_set_if_match (MadoCall *self, const char *etag)
{
  g_free (self->if_match);
  self->if_match = g_strdup (etag);
}

const char *
mado_call_get_if_match (MadoCall *self)
{
  return self->if_match;
}

void
mado_call_set_once (MadoCall *self, gboolean once)
{
  self->once = once;
}

gboolean
mado_call_get_once (MadoCall *self)
{
  return self->once;
}
