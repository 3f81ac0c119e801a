/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-links.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "procedures/mado-cases-private.h"
#include "procedures/mado-visits-private.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

typedef struct {
  MadoAct act;
  MadoLink *link;
  char *token_hash;
} LinkNew;

static MadoOutcome
link_new_apply (MadoTx *tx, gpointer data, GError **error)
{
  LinkNew *self = data;
  MadoLink *link = self->link;
  g_autofree char *subject = g_strconcat ("visit/", link->visit, NULL);

  if (!mado_tx_exec (tx, error,
                     "INSERT INTO visit_links (id, token_hash, visit, language, expires_at)"
                     " VALUES ($1, $2, $3, $4, $5)",
                     MADO_BIND (MADO_TEXT (link->id), MADO_TEXT (self->token_hash), MADO_TEXT (link->visit),
                                MADO_TEXT (link->language), MADO_INT (link->expires_at)))
      || !mado_journal_append (tx, &self->act.actor, "link.made", subject, link->resident_id, NULL, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (link));
  return MADO_OUTCOME_COMMIT;
}

static void
link_new_clear (MadoAct *act)
{
  LinkNew *self = (LinkNew *) act;

  g_clear_object (&self->link);
  g_free (self->token_hash);
}

MadoAct *
mado_link_make (MadoStore *store, const MadoActor *actor, const char *number, const char *base, const char *language,
               GError **error)
{
  g_autofree char *token = mado_token_new ();
  g_autoptr(MadoCase) filed = NULL;
  LinkNew *self;

  if (!mado_actor_require (actor, MADO_ROLES_OWNER, error)
      || (language && !mado_check_language (language, error))
      || !(filed = mado_case_load (store, number, error))
      || !mado_case_check_access (store, filed, actor, error))
    return NULL;
  if (!base) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                         _("This counter has no address that phones can reach: see --public-url."));
    return NULL;
  }
  self = mado_act_new (actor, sizeof (LinkNew), link_new_apply, link_new_clear);
  self->token_hash = mado_token_hash (token);
  self->link = g_object_new (MADO_TYPE_LINK, "visit", filed->visit, "language", language ? language : filed->language,
                             "resident-id", filed->resident_id, "filed-at", filed->submitted_at,
                             "expires-at", mado_clock_now () + MADO_LINK_DAYS * G_TIME_SPAN_DAY, NULL);
  self->link->id = mado_ulid_new ();
  self->link->url = g_strconcat (base, "/r/", token, NULL);
  return &self->act;
}

typedef struct {
  const char *hash;
  MadoLink *link;
} Lookup;

static gboolean
read_link (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is nothing to see here, or not any more. Please ask at the counter."),
                            "SELECT links.id AS id, visit, number, links.language AS language, resident_id, filed_at,"
                            " links.expires_at AS expires_at FROM visit_links links"
                            " JOIN visits ON visits.id = visit WHERE token_hash = $1 AND links.expires_at > $2",
                            MADO_BIND (MADO_TEXT (lookup->hash), MADO_INT (mado_clock_now ())));
  if (rows)
    lookup->link = mado_rows_dup_record (rows, MADO_TYPE_LINK);
  return rows != NULL;
}

MadoLink *
mado_link_find (MadoStore *store, const char *token, GError **error)
{
  g_autofree char *hash = mado_token_hash (token);
  Lookup lookup = { hash, NULL };

  return mado_store_read (store, read_link, &lookup, error) ? lookup.link : NULL;
}

MadoReceipt *
mado_link_follow (MadoStore *store, MadoCatalogue *catalogue, const MadoLink *link, GError **error)
{
  const MadoActor holder = { "link", link->id, NULL, MADO_ROLE_NONE };
  g_autofree char *subject = g_strconcat ("visit/", link->visit, NULL);
  const MadoLook look = { subject, link->resident_id, NULL };

  return mado_journal_look (store, &holder, "link.followed", &look, 1, error)
         ? mado_receipt_load (store, catalogue, link->visit, link->resident_id, link->number, link->filed_at, error)
         : NULL;
}

gint
mado_links_sweep (MadoStore *store, guint max, GError **error)
{
  return mado_store_sweep (store, "DELETE FROM visit_links WHERE id IN"
                           " (SELECT id FROM visit_links WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)",
                           mado_clock_now (), max, error);
}
