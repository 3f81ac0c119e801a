/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "residents/mado-consents.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define MAX_LIMIT 200

typedef struct {
  const char *resident;
  gint64 before;
  guint limit;
  GPtrArray *found;
} Lookup;

static char *
dup_hex (const guint8 *bytes, gsize n)
{
  GString *hex = g_string_sized_new (2 * n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

/* The number a person knows the case by, where the entry tells it. */
static char *
dup_number (const char *detail)
{
  g_autoptr(JsonNode) node = NULL;
  JsonNode *number;

  if (!detail)
    return NULL;
  node = mado_json_parse (detail, strlen (detail), &MADO_JSON_LIMITS_BODY, NULL);
  number = node ? mado_json_get (node, "/number") : NULL;
  return number ? g_strdup (json_node_get_string (number)) : NULL;
}

static MadoDisclosure *
dup_disclosure (MadoRows *rows)
{
  MadoDisclosure *self = g_object_new (MADO_TYPE_DISCLOSURE, NULL);
  const guint8 *digest;
  gsize n;

  self->position = mado_rows_int (rows, "position");
  self->at = mado_rows_int (rows, "at");
  self->actor_kind = mado_rows_dup_text (rows, "actor_kind");
  self->actor_name = mado_rows_dup_text (rows, "name");
  self->action = mado_rows_dup_text (rows, "action");
  self->subject = mado_rows_dup_text (rows, "subject");
  self->number = dup_number (mado_rows_is_null (rows, "detail") ? NULL : mado_rows_text (rows, "detail"));
  if (mado_rows_bytes (rows, "digest", &digest, &n))
    self->digest = dup_hex (digest, n);
  return self;
}

/* Of theirs, and of what turned out to be theirs when they were identified: staff had looked at it before. */
#define OF_THEIRS \
  "(SELECT batch, item, at, actor_kind, actor, behalf, action, subject, detail, digest" \
  " FROM journal WHERE resident = $1" \
  " UNION ALL" \
  " SELECT e.batch, e.item, e.at, e.actor_kind, e.actor, e.behalf, e.action, e.subject, e.detail, e.digest" \
  " FROM (SELECT DISTINCT subject FROM journal WHERE resident = $1 AND action = 'case.identified') i" \
  " JOIN journal e ON e.subject = i.subject WHERE e.resident IS NULL AND e.actor_kind = 'staff')"

/* A rule or a deadline is nobody; a card that somebody tried, who knows. */
static gboolean
read_disclosures (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;
  g_autoptr(GError) failure = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT j.at, j.actor_kind, j.action, j.subject, j.detail, j.digest, s.name,"
                        " b.last - b.entries + 1 + j.item AS position"
                        " FROM " OF_THEIRS " j JOIN journal_batch b ON b.batch = j.batch"
                        " LEFT JOIN staff s ON s.id = j.actor"
                        " WHERE j.actor <> $1 AND (j.behalf IS NULL OR j.behalf <> $1)"
                        " AND (j.actor_kind <> 'system' OR j.action LIKE 'card.%')"
                        " AND b.last - b.entries + 1 + j.item < $2"
                        " ORDER BY j.batch DESC, j.item DESC LIMIT $3",
                        MADO_BIND (MADO_TEXT (lookup->resident), MADO_INT (lookup->before),
                                   MADO_INT (lookup->limit)));
  while (rows && mado_rows_next (rows, &failure))
    g_ptr_array_add (lookup->found, dup_disclosure (rows));
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  return rows && !failure;
}

GPtrArray *
mado_disclosure_list (MadoStore *store, const MadoActor *actor, gint64 before, guint limit, GError **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  Lookup lookup = { mado_actor_get_resident (actor), before > 0 ? before : G_MAXINT64, CLAMP (limit, 1, MAX_LIMIT),
                    found };

  if (!mado_actor_require (actor, MADO_ROLES_OWNER, error))
    return NULL;
  if (!lookup.resident) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN, _("This needs a card and its PIN first."));
    return NULL;
  }
  if (!mado_store_read (store, read_disclosures, &lookup, error))
    return NULL;
  return g_steal_pointer (&found);
}
