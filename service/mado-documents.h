/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-service.h"
#include "questions/mado-plan.h"

G_BEGIN_DECLS

/* What was filed, in words and in the order of its form: for the clerk and for paper. (element-type MadoAnswerRow) */
GPtrArray *mado_documents_describe (MadoService *service, MadoCase *filing, const char *language, GError **error);

/* The same as JSON, an empty list where the answers are not kept. (transfer full) */
JsonNode  *mado_documents_say      (MadoService *service, MadoCase *filing, const char *language);

/* Puts what a paper says (frozen by the domain) into the form libportal/paper prints. (transfer full): PDF */
GBytes    *mado_documents_render   (MadoService *service, const MadoCaseDocument *document, GError **error);

/* Of the charge of that @number, for who may see it. (transfer full): PDF; NOT_FOUND where nothing was paid */
GBytes    *mado_documents_render_receipt (MadoService *service, const MadoActor *actor, const char *number,
                                          const char *language, GError **error);
/* Of that @code, for who may see what it pays. (transfer full): PDF */
GBytes    *mado_documents_render_slip    (MadoService *service, const MadoActor *actor, const char *code,
                                          const char *language, GError **error);

G_END_DECLS
