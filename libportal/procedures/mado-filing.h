/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "model/mado-visit.h"
#include "procedures/mado-cases-private.h"
#include "procedures/mado-catalogue.h"
#include "procedures/mado-result-private.h"
#include "questions/mado-answers.h"

G_BEGIN_DECLS

/* One case about to be filed: everything the writer needs, made in the prepare half. */
typedef struct {
  MadoCase      *filed;
  GBytes        *sealed;     /* its answers */
  MadoCaseResult result;     /* where a rule has granted it */
  GBytes        *sealed_result;
  GBytes        *sealed_message;   /* (nullable): where it goes straight back */
  const char    *problem;          /* and why, by its wire name */
  GPtrArray     *attachments;      /* ids */
  MadoAct       *also;       /* (nullable): what it brings about elsewhere */
} MadoFiling;

/* Who files what, and on whose behalf; borrowed for the call. */
typedef struct {
  MadoStore     *store;
  MadoCatalogue *catalogue;
  MadoVisit     *visit;          /* its resident_id says who was identified */
  MadoKey       *key;            /* of what the visit files */
} MadoFiler;

/* What the city knows of the one who files, for the forms and the rules. */
typedef struct {
  MadoAnswerContext answers;
  JsonNode         *facts;     /* "visit.identified", "visit.ownHousehold" */
  JsonNode         *known;     /* (nullable) */
  JsonNode         *people;    /* (nullable) */
  MadoHousehold    *household; /* (nullable) */
} MadoFilerContext;
/* @resident_id: (nullable): nobody was identified */
gboolean   mado_filer_context_load  (MadoFilerContext *self, MadoStore *store, const char *resident_id,
                                     const char *language, GError **error);
void       mado_filer_context_clear (MadoFilerContext *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoFilerContext, mado_filer_context_clear)

/**
 * mado_filings_prepare:
 * @filing: {procedures: [{id, revision}], answers}
 *
 * Returns: (transfer full) (element-type MadoFiling): checked, decided and sealed
 */
GPtrArray *mado_filings_prepare (const MadoFiler *filer, JsonNode *filing, GError **error);
/* Why it is returned, in the visit's language and the words of its forms. */
char      *mado_filings_explain (const MadoFiler *filer, JsonNode *filing, const GError *why);
/* Kept as they came, each returned with @message; what cannot be a case at all is an error. */
GPtrArray *mado_filings_prepare_returned (const MadoFiler *filer, JsonNode *filing, const char *message,
                                          MadoError problem, GError **error);
/* (transfer full): each case keeps what its own form asks, and no more. */
/* Why it cannot be filed as it was named: never heard of here, or not as it was read. */
void       mado_filing_set_procedure_error (MadoCatalogue *catalogue, const char *id, gint64 revision,
                                            const char *pointer, GError **error);
JsonNode  *mado_form_pick_answers (const MadoForm *form, JsonNode *all);
/* (transfer full): tells what is filed from anything else, to who has the visit's key. */
char      *mado_filing_name_content (const MadoKey *key, JsonNode *filing);
/* On the writer: inserts them all. */
gboolean   mado_filings_apply   (MadoTx *tx, const MadoActor *actor, GPtrArray *filings, GError **error);
/* What the one who filed is told. */
MadoReceipt *mado_filings_new_receipt (const MadoFiler *filer, GPtrArray *filings, const MadoActor *actor);

G_END_DECLS
