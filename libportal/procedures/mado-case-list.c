/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-cases-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-id.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define SEES_ALL      (MADO_ROLES_STAFF | MADO_ROLE_AUDITOR | MADO_ROLE_SYSTEM)
#define DEFAULT_LIMIT 50
#define MAX_LIMIT     200
#define NEWEST        "~"   /* after every ULID */

/* What a list shows, and whose it is, which it does not; nothing of it is sealed. An empty filter lets everything
 * through. */
#define NUMBERED "(SELECT id FROM visits WHERE number = $5)"
#define LIST \
  "SELECT id, number, version, state, visit, procedure, revision, office, resident_id, identified_by, assignee," \
  " submitted_at, updated_at, due_date, fee, paid_at, released_at FROM cases" \
  " WHERE id < $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR procedure = $3)" \
  " AND ($5 = '' OR visit = " NUMBERED ")"
#define ORDER " ORDER BY id DESC LIMIT $4"

typedef struct {
  const MadoCaseQuery *query;
  const MadoActor *actor;
  const char *cursor;
  guint limit;
  GPtrArray *cases;
} Listing;

static const char *
or_empty (const char *text)
{
  return text ? text : "";
}

/* Each with the index that serves it. */
static MadoRows *
run_query (MadoTx *tx, const Listing *self, GError **error)
{
  const MadoCaseQuery *query = self->query;
  MadoValue cursor = MADO_TEXT (self->cursor), limit = MADO_INT (self->limit + 1);
  MadoValue state = MADO_TEXT (or_empty (query->state)), procedure = MADO_TEXT (or_empty (query->procedure));
  MadoValue number = MADO_TEXT (or_empty (query->number));
  const char *resident = mado_actor_get_resident (self->actor);

  if (query->visit && (self->actor->role & (SEES_ALL | MADO_ROLE_VISIT)))
    return mado_tx_query (tx, error, LIST " AND visit = $6" ORDER,
                          MADO_BIND (cursor, state, procedure, limit, number,
                                     MADO_TEXT (self->actor->role == MADO_ROLE_VISIT ? self->actor->id
                                                                                     : query->visit)));
  if (self->actor->role & SEES_ALL) {
    if (query->number)
      return mado_tx_query (tx, error, LIST " AND visit = " NUMBERED ORDER,
                            MADO_BIND (cursor, state, procedure, limit, number));
    if (query->state)
      return mado_tx_query (tx, error, LIST " AND state = $6" ORDER,
                            MADO_BIND (cursor, state, procedure, limit, number, state));
    return mado_tx_query (tx, error, LIST ORDER, MADO_BIND (cursor, state, procedure, limit, number));
  }
  if (resident)
    return mado_tx_query (tx, error, LIST " AND resident_id = $6" ORDER,
                          MADO_BIND (cursor, state, procedure, limit, number, MADO_TEXT (resident)));
  return mado_tx_query (tx, error, LIST " AND visit = $6" ORDER,
                        MADO_BIND (cursor, state, procedure, limit, number, MADO_TEXT (self->actor->id)));
}

static gboolean
read_cases (MadoTx *tx, gpointer data, GError **error)
{
  Listing *self = data;
  g_autoptr(MadoRows) rows = run_query (tx, self, error);
  g_autoptr(GError) failure = NULL;

  while (rows && mado_rows_next (rows, &failure))
    g_ptr_array_add (self->cases, mado_rows_dup_record (rows, MADO_TYPE_CASE));
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return rows && !failure;
}

static void
set_state_error (const char *state, GError **error)
{
  g_autofree char *states = mado_enum_list (MADO_TYPE_CASE_STATE);

  mado_set_error_at (error, MADO_ERROR_INVALID, "/state", "unknown",
                     _("A case is never “%s”. These are its states: %s."), state, states);
}

static gboolean
check_query (const MadoCaseQuery *query, GError **error)
{
  if (query->state && mado_enum_value (MADO_TYPE_CASE_STATE, query->state) < 0)
    set_state_error (query->state, error);
  else if (query->cursor && !mado_ulid_is_valid (query->cursor))
    mado_set_error_at (error, MADO_ERROR_INVALID, "/cursor", "pattern",
                       _("The cursor is the “next” of the page before."));
  else if (query->limit > MAX_LIMIT)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/limit", "range", _("A page has at most %d cases."), MAX_LIMIT);
  else
    return TRUE;
  return FALSE;
}

/* An empty list says that nobody filed it, and not that its name was mistyped. */
static gboolean
check_procedure (const Listing *self, MadoCatalogue *catalogue, GError **error)
{
  const char *id = self->query->procedure;

  if (!id || !catalogue || self->cases->len > 0 || mado_catalogue_get_procedure (catalogue, id, 0))
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_INVALID, "/procedure", "unknown",
                     _("There is no procedure “%s”. `mado search WORDS` finds the id, and so does GET /v1/search."),
                     id);
  return FALSE;
}

/* A visit's cases may have turned out to be of several people. @resident: (nullable): nobody is known yet */
static void
leave_others_out (GPtrArray *cases, const char *resident)
{
  for (guint i = cases->len; resident && i > 0; i--) {
    const MadoCase *filed = cases->pdata[i - 1];

    if (filed->resident_id && !g_str_equal (filed->resident_id, resident))
      g_ptr_array_remove_index (cases, i - 1);
  }
}

GPtrArray *
mado_case_list (MadoStore *store, MadoCatalogue *catalogue, const MadoActor *actor, const MadoCaseQuery *query,
                char **next, GError **error)
{
  g_autoptr(GPtrArray) cases = g_ptr_array_new_with_free_func (g_object_unref);
  Listing listing = { query, actor, query->cursor ? query->cursor : NEWEST,
                      query->limit ? query->limit : DEFAULT_LIMIT, cases };

  if (!mado_actor_require (actor, MADO_ROLES_OWNER | SEES_ALL, error)
      || !check_query (query, error)
      || !mado_store_look (store, read_cases, &listing, error)
      || !check_procedure (&listing, catalogue, error))
    return NULL;
  if (next)
    *next = NULL;
  if (cases->len > listing.limit) {
    g_ptr_array_set_size (cases, listing.limit);
    if (next)
      *next = g_strdup (((MadoCase *) g_ptr_array_index (cases, listing.limit - 1))->id);
  }
  leave_others_out (cases, mado_actor_get_resident (actor));
  for (guint i = 0; i < cases->len; i++) {
    MadoCase *filed = cases->pdata[i];

    if (actor->role != MADO_ROLE_SYSTEM)
      g_clear_pointer (&filed->resident_id, g_free);
    mado_case_describe (filed, catalogue, actor);
  }
  return g_steal_pointer (&cases);
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(MadoCase *const *) a)->number, (*(MadoCase *const *) b)->number);
}

MadoReceipt *
mado_receipt_load (MadoStore *store, MadoCatalogue *catalogue, const char *visit, const char *resident,
                   const char *number, gint64 filed_at, GError **error)
{
  const MadoActor reader = { "system", "receipt", NULL, MADO_ROLE_SYSTEM };
  const MadoCaseQuery query = { .visit = visit };
  g_autoptr(GPtrArray) cases = mado_case_list (store, catalogue, &reader, &query, NULL, error);
  MadoReceipt *receipt;

  if (!cases)
    return NULL;
  leave_others_out (cases, resident);
  g_ptr_array_sort (cases, compare_numbers);
  receipt = g_object_new (MADO_TYPE_RECEIPT, "number", number, "submitted-at", filed_at, NULL);
  receipt->cases = g_steal_pointer (&cases);
  return receipt;
}
