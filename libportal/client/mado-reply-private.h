/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "client/mado-reply.h"

/* @status decides: the reply, or the error that the problem document in @body tells of. */
MadoReply *mado_reply_new (guint status, const char *content_type, const char *etag, GBytes *body, GError **error);
