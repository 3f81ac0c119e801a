/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-resources.h"
#include "procedures/mado-attachments.h"

#define MAX_TEXT (14 * 1024 * 1024)   /* as much as the route takes: the file's own limit is told by its judge */

typedef struct {
  const char *content;
} Input;

const MadoJsonSpec mado_attachments_add_spec[] = {
  { "content", MADO_JSON_STRING, G_STRUCT_OFFSET (Input, content), TRUE, 0, MAX_TEXT, NULL, NULL,
    "Base64 of a PDF, a JPEG or a PNG; which of them, is read from the file itself" },
  { NULL }
};

MadoAct *
mado_attachments_add (MadoRequest *request, GError **error)
{
  g_autoptr(GError) failure = NULL;
  g_autofree guchar *data = NULL;
  Input input = { 0 };
  MadoAct *act;
  gsize n;

  if (!mado_request_read (request, &input, error)
      || !(data = mado_request_decode (input.content, "/content", &n, error)))
    return NULL;
  act = mado_attachment_add (mado_request_get_store (request), &request->actor, request->params[0], data, n, &failure);
  if (failure) {
    mado_error_prefix_pointers (failure, "/content");
    g_propagate_error (error, g_steal_pointer (&failure));
  }
  return act;
}

MadoAct *
mado_attachments_drop (MadoRequest *request, GError **error)
{
  return mado_attachment_drop (mado_request_get_store (request), &request->actor, request->params[0], error);
}

gboolean
mado_attachments_show (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(MadoAttachment) attachment = NULL;
  GBytes *content;

  attachment = mado_attachment_get (mado_request_get_store (request), &request->actor, request->params[0], &content,
                                    error);
  answer->to_save = attachment != NULL;
  return attachment
         && mado_answer_bytes (answer, mado_attachment_type_get_media (attachment->type), content);
}
