/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "residents/mado-residents-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-fold.h"
#include "core/mado-id.h"
#include "model/mado-state-table.h"
#include "store/mado-row.h"

#define RETENTION "register"

const char *
mado_actor_get_resident (const MadoActor *actor)
{
  return actor->role == MADO_ROLE_RESIDENT ? actor->id : actor->role == MADO_ROLE_VISIT ? actor->behalf : NULL;
}

gboolean
mado_actor_require (const MadoActor *actor, guint roles, GError **error)
{
  g_autofree char *list = NULL;

  if (actor->role & roles)
    return TRUE;
  list = mado_role_list (roles);
  g_set_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN, _("This is not for the role “%s” but for: %s."),
               mado_enum_nick (MADO_TYPE_ROLE, actor->role), list);
  return FALSE;
}

gboolean
mado_resident_is (const MadoResident *self, const char *full_name, const char *date_of_birth)
{
  g_autofree char *mine = mado_fold_name (self->full_name), *theirs = mado_fold_name (full_name);
  g_autofree char *my_kana = mado_fold_search (self->full_name_kana), *their_kana = mado_fold_search (full_name);

  return g_strcmp0 (self->date_of_birth, date_of_birth) == 0 && *theirs != '\0'
         && (g_str_equal (mine, theirs) || g_str_equal (my_kana, their_kana));
}

char *
mado_resident_blind_person (MadoStore *store, const char *full_name, const char *date_of_birth)
{
  g_autoptr(MadoKey) key = mado_store_get_city_key (store, "person-index");
  g_autofree char *name = mado_fold_code (full_name);
  g_autofree char *person = g_strconcat (name, "|", date_of_birth, NULL);

  return mado_blind_index (key, "person", person);
}

/* As people write it: 高 finds 髙. */
char *
mado_resident_blind_name (MadoStore *store, const char *full_name)
{
  g_autoptr(MadoKey) key = mado_store_get_city_key (store, "person-index");
  g_autofree char *name = mado_fold_search (full_name);

  return mado_blind_index (key, "name", name);
}

static char *
blind_code (MadoStore *store, const char *code)
{
  g_autoptr(MadoKey) key = mado_store_get_city_key (store, "person-index");

  return code ? mado_blind_index (key, "code", code) : NULL;
}

static gpointer
open_record (MadoStore *store, MadoRows *rows, const char *kind, const char *id_column, const char *sealed_column,
             GType type, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("%s/%s", kind, mado_rows_text (rows, id_column));
  g_autoptr(MadoKey) key = mado_store_get_subject_key (store, subject, RETENTION, error);
  g_autoptr(GBytes) sealed = mado_rows_dup_bytes (rows, sealed_column);
  g_autoptr(JsonNode) node = key ? mado_unseal_json (key, subject, sealed, error) : NULL;

  return node ? mado_record_from_json (type, node, MADO_JSON_PRIVATE, error) : NULL;
}

/* The open columns may have changed since the rest was sealed: they win. */
static MadoResident *
dup_resident (MadoStore *store, MadoRows *rows, GError **error)
{
  MadoResident *resident = open_record (store, rows, "resident", "id", "sealed", MADO_TYPE_RESIDENT, error);

  if (!resident)
    return NULL;
  resident->state = mado_enum_value (MADO_TYPE_RESIDENT_STATE, mado_rows_text (rows, "state"));
  resident->version = mado_rows_int (rows, "version");
  g_free (resident->household_id);
  resident->household_id = mado_rows_dup_text (rows, "household_id");
  return resident;
}

typedef struct {
  const char *resident_id;
  MadoResident *resident;
  MadoHousehold *household;
} Lookup;

static gboolean
read_resident (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such person."),
                            "SELECT id, state, version, household_id, sealed FROM residents WHERE id = $1",
                            MADO_BIND (MADO_TEXT (lookup->resident_id)));
  if (rows)
    lookup->resident = dup_resident (mado_tx_get_store (tx), rows, error);
  return lookup->resident != NULL;
}

MadoResident *
mado_resident_get (MadoStore *store, const char *id, GError **error)
{
  Lookup lookup = { .resident_id = id };

  return mado_store_read (store, read_resident, &lookup, error) ? lookup.resident : NULL;
}

gboolean
mado_resident_find_code (MadoTx *tx, const char *name, char **id, GError **error)
{
  g_autofree char *code = blind_code (mado_tx_get_store (tx), name);
  g_autoptr(MadoRows) rows = NULL;
  gboolean more = FALSE;

  *id = NULL;
  rows = mado_tx_query (tx, error, "SELECT id FROM residents WHERE id = $1 OR code_index = $2",
                        MADO_BIND (MADO_TEXT (name), MADO_TEXT (code)));
  if (!rows || !mado_rows_step (rows, &more, error))
    return FALSE;
  *id = more ? mado_rows_dup_text (rows, "id") : NULL;
  return TRUE;
}

typedef struct {
  const char *name;
  char *id;
} Search;

static gboolean
search (MadoTx *tx, gpointer data, GError **error)
{
  Search *self = data;

  return mado_resident_find_code (tx, self->name, &self->id, error);
}

char *
mado_resident_get_id (MadoStore *store, const char *name, GError **error)
{
  Search self = { name, NULL };

  if (mado_store_read (store, search, &self, error) && !self.id)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_INVALID, _("There is no such resident."));
  return self.id;
}

/* One statement: the household's columns come with each of its members. */
static MadoRows *
query_household (MadoTx *tx, const char *resident_id, GError **error)
{
  return mado_tx_query (tx, error,
                        "SELECT r.id, r.state, r.version, r.household_id, r.sealed, h.id AS household,"
                        " h.version AS household_version, h.sealed AS household_sealed"
                        " FROM residents me JOIN households h ON h.id = me.household_id"
                        " JOIN residents r ON r.household_id = h.id"
                        " WHERE me.id = $1 AND r.state = 'registered' ORDER BY r.rank",
                        MADO_BIND (MADO_TEXT (resident_id)));
}

static MadoHousehold *
dup_household (MadoStore *store, MadoRows *rows, GError **error)
{
  MadoHousehold *household = open_record (store, rows, "household", "household", "household_sealed",
                                          MADO_TYPE_HOUSEHOLD, error);

  if (!household)
    return NULL;
  household->version = mado_rows_int (rows, "household_version");
  household->members = g_ptr_array_new_with_free_func (g_object_unref);
  return household;
}

static gboolean
read_household (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;
  MadoStore *store = mado_tx_get_store (tx);
  g_autoptr(MadoHousehold) household = NULL;
  g_autoptr(MadoRows) rows = query_household (tx, lookup->resident_id, error);
  g_autoptr(GError) failure = NULL;

  while (rows && mado_rows_next (rows, &failure)) {
    MadoResident *member;

    if (!household && !(household = dup_household (store, rows, error)))
      return FALSE;
    member = dup_resident (store, rows, error);
    if (!member)
      return FALSE;
    g_ptr_array_add (household->members, member);
  }
  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  if (!rows || failure)
    return FALSE;
  lookup->household = g_steal_pointer (&household);
  return TRUE;
}

MadoHousehold *
mado_household_get_of (MadoStore *store, const char *resident_id, GError **error)
{
  Lookup lookup = { .resident_id = resident_id };

  return mado_store_read (store, read_household, &lookup, error) ? lookup.household : NULL;
}

gboolean
mado_resident_load (MadoStore *store, const char *id, MadoResident **resident, MadoHousehold **household,
                    GError **error)
{
  Lookup lookup = { .resident_id = id };

  if (!mado_store_read (store, read_household, &lookup, error))
    return FALSE;
  *household = lookup.household;
  for (guint i = 0; lookup.household && i < lookup.household->members->len; i++) {
    MadoResident *member = g_ptr_array_index (lookup.household->members, i);

    if (g_str_equal (member->id, id))
      *resident = g_object_ref (member);
  }
  if (!*resident)
    *resident = mado_resident_get (store, id, error);
  return *resident != NULL;
}

static GBytes *
seal_subject (MadoTx *tx, const char *kind, const char *id, gpointer record, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("%s/%s", kind, id);
  g_autoptr(MadoKey) key = mado_tx_subject_key (tx, subject, RETENTION, error);

  return key ? mado_seal_record (key, subject, record) : NULL;
}

static gboolean
write_resident_row (MadoTx *tx, MadoResident *resident, guint rank, GError **error)
{
  MadoStore *store = mado_tx_get_store (tx);
  g_autofree char *person = mado_resident_blind_person (store, resident->full_name, resident->date_of_birth);
  g_autofree char *name = mado_resident_blind_name (store, resident->full_name);
  g_autofree char *code = blind_code (store, resident->code);
  const char *state = mado_enum_nick (MADO_TYPE_RESIDENT_STATE, resident->state);
  g_autoptr(GBytes) sealed = seal_subject (tx, "resident", resident->id, resident, error);
  gint64 version = resident->version + 1;   /* the record stays as it was read: this may run again */

  if (!sealed)
    return FALSE;
  if (version == 1)
    return mado_tx_exec (tx, error,
                         "INSERT INTO residents (id, state, version, household_id, rank, code_index, person_index,"
                         " name_index, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                         MADO_BIND (MADO_TEXT (resident->id), MADO_TEXT (state), MADO_INT (version),
                                    MADO_TEXT (resident->household_id), MADO_INT (rank), MADO_TEXT (code),
                                    MADO_TEXT (person), MADO_TEXT (name), MADO_BYTES (sealed)));
  return mado_tx_expect (tx, 1, MADO_ERROR_STALE, error,
                         "UPDATE residents SET state = $2, version = $3, household_id = $4, rank = $5,"
                         " code_index = $6, person_index = $7, name_index = $8, sealed = $9"
                         " WHERE id = $1 AND version = $10",
                         MADO_BIND (MADO_TEXT (resident->id), MADO_TEXT (state), MADO_INT (version),
                                    MADO_TEXT (resident->household_id), MADO_INT (rank), MADO_TEXT (code),
                                    MADO_TEXT (person), MADO_TEXT (name), MADO_BYTES (sealed), MADO_INT (version - 1)));
}

static gboolean
write_resident (MadoTx *tx, const MadoActor *actor, MadoResident *resident, guint rank, GError **error)
{
  g_autofree char *subject = NULL;

  if (!resident->id)
    resident->id = mado_ulid_new ();
  subject = g_strconcat ("resident/", resident->id, NULL);
  return write_resident_row (tx, resident, rank, error)
         && mado_journal_append (tx, actor, resident->version == 0 ? "resident.entered" : "resident.changed", subject,
                                 resident->id, NULL, error);
}

gboolean
mado_resident_write (MadoTx *tx, const MadoActor *actor, MadoResident *resident, GError **error)
{
  return write_resident (tx, actor, resident, 0, error);
}

static gboolean
write_household_row (MadoTx *tx, MadoHousehold *household, GError **error)
{
  g_autoptr(GPtrArray) members = g_steal_pointer (&household->members);   /* they are sealed one by one */
  gint64 version = household->version + 1;
  g_autoptr(GBytes) sealed = NULL;

  sealed = seal_subject (tx, "household", household->id, household, error);
  household->members = g_steal_pointer (&members);
  if (!sealed)
    return FALSE;
  if (version == 1)
    return mado_tx_exec (tx, error,
                         "INSERT INTO households (id, version, head_id, district, sealed) VALUES ($1, $2, $3, $4, $5)",
                         MADO_BIND (MADO_TEXT (household->id), MADO_INT (version),
                                    MADO_TEXT (household->head_id), MADO_TEXT (household->district),
                                    MADO_BYTES (sealed)));
  return mado_tx_expect (tx, 1, MADO_ERROR_STALE, error,
                         "UPDATE households SET version = $2, head_id = $3, district = $4, sealed = $5"
                         " WHERE id = $1 AND version = $6",
                         MADO_BIND (MADO_TEXT (household->id), MADO_INT (version),
                                    MADO_TEXT (household->head_id), MADO_TEXT (household->district),
                                    MADO_BYTES (sealed), MADO_INT (version - 1)));
}

/* The register's own words about a member: they live here now. */
static void
move_in (MadoHousehold *household, MadoResident *member)
{
  if (!member->id)
    member->id = mado_ulid_new ();
  member->state = MADO_RESIDENT_STATE_REGISTERED;
  g_free (member->household_id);
  member->household_id = g_strdup (household->id);
  g_set_object (&member->address, household->address);
}

gboolean
mado_household_write (MadoTx *tx, const MadoActor *actor, MadoHousehold *household, GError **error)
{
  MadoResident *head = g_ptr_array_index (household->members, 0);

  if (!household->id)
    household->id = mado_ulid_new ();
  for (guint i = 0; i < household->members->len; i++)
    move_in (household, g_ptr_array_index (household->members, i));
  g_free (household->head_id);
  household->head_id = g_strdup (head->id);

  if (!write_household_row (tx, household, error))
    return FALSE;
  for (guint i = 0; i < household->members->len; i++)
    if (!write_resident (tx, actor, g_ptr_array_index (household->members, i), i, error))
      return FALSE;
  return TRUE;
}

gboolean
mado_household_add (MadoTx *tx, const MadoActor *actor, MadoHousehold *household, GPtrArray *newcomers, GError **error)
{
  if (!write_household_row (tx, household, error))
    return FALSE;
  for (guint i = 0; i < newcomers->len; i++) {
    MadoResident *newcomer = g_ptr_array_index (newcomers, i);

    move_in (household, newcomer);
    if (!write_resident (tx, actor, newcomer, household->members->len + i, error))
      return FALSE;
  }
  return TRUE;
}
