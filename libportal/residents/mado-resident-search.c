/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "residents/mado-residents-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-fold.h"
#include "store/mado-row.h"

#define MAX_NAMESAKES 500

typedef struct {
  const char *blind;
  GPtrArray *found;      /* of MadoResident, with their ids only */
} Lookup;

static gboolean
read_person (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;

  return mado_tx_query_records (tx, lookup->found, MADO_TYPE_RESIDENT, error,
                                "SELECT id FROM residents WHERE person_index = $1"
                                " ORDER BY CASE WHEN state = 'registered' THEN 0 ELSE 1 END, id DESC LIMIT 1",
                                MADO_BIND (MADO_TEXT (lookup->blind)));
}

MadoResident *
mado_resident_find (MadoStore *store, const char *full_name, const char *date_of_birth, GError **error)
{
  g_autofree char *blind = mado_resident_blind_person (store, full_name, date_of_birth);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  Lookup lookup = { blind, found };

  if (!mado_store_read (store, read_person, &lookup, error) || found->len == 0)
    return NULL;
  return mado_resident_get (store, ((MadoResident *) g_ptr_array_index (found, 0))->id, error);
}

static gboolean
read_namesakes (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;

  return mado_tx_query_records (tx, lookup->found, MADO_TYPE_RESIDENT, error,
                                "SELECT id FROM residents WHERE name_index = $1 AND state = 'registered' LIMIT $2",
                                MADO_BIND (MADO_TEXT (lookup->blind), MADO_INT (MAX_NAMESAKES)));
}

MadoResident *
mado_resident_find_registered (MadoStore *store, const char *full_name, const char *date_of_birth, GError **error)
{
  g_autofree char *blind = mado_resident_blind_name (store, full_name);
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(MadoResident) match = NULL;
  Lookup lookup = { blind, found };

  if (!mado_store_read (store, read_namesakes, &lookup, error))
    return NULL;
  for (guint i = 0; i < found->len; i++) {
    const char *id = ((MadoResident *) g_ptr_array_index (found, i))->id;
    g_autoptr(MadoResident) one = mado_resident_get (store, id, error);

    if (!one)
      return NULL;
    if (g_strcmp0 (one->date_of_birth, date_of_birth) != 0)
      continue;
    if (match) {
      g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                   _("The register holds several people of this name and birthday: only the card tells which."));
      return NULL;
    }
    match = g_steal_pointer (&one);
  }
  return g_steal_pointer (&match);
}

static gboolean
read_heads (MadoTx *tx, gpointer data, GError **error)
{
  Lookup *lookup = data;

  return mado_tx_query_records (tx, lookup->found, MADO_TYPE_RESIDENT, error,
                                "SELECT r.id FROM residents r JOIN households h ON h.head_id = r.id"
                                " WHERE r.name_index = $1 AND r.state = 'registered' LIMIT $2",
                                MADO_BIND (MADO_TEXT (lookup->blind), MADO_INT (MAX_NAMESAKES)));
}

/* Town and block, however they are written; the city is ours. */
static gboolean
is_same_place (const MadoAddress *a, const MadoAddress *b)
{
  g_autofree char *one = g_strconcat (a->street_address ? a->street_address : "", a->city_block, NULL);
  g_autofree char *other = g_strconcat (b->street_address ? b->street_address : "", b->city_block, NULL);
  g_autofree char *folded = mado_fold_address (one);
  g_autofree char *folded_other = mado_fold_address (other);

  return g_str_equal (folded, folded_other);
}

MadoHousehold *
mado_household_find (MadoStore *store, const char *head_name, const MadoAddress *address, GError **error)
{
  g_autofree char *blind = mado_resident_blind_name (store, head_name);
  g_autoptr(GPtrArray) heads = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(MadoHousehold) match = NULL;
  Lookup lookup = { blind, heads };

  if (!mado_store_read (store, read_heads, &lookup, error))
    return NULL;
  for (guint i = 0; i < heads->len; i++) {
    const char *head = ((MadoResident *) g_ptr_array_index (heads, i))->id;
    g_autoptr(MadoHousehold) household = mado_household_get_of (store, head, error);

    if (!household)
      return NULL;
    if (!is_same_place (household->address, address))
      continue;
    if (match)
      return NULL;
    match = g_steal_pointer (&household);
  }
  return g_steal_pointer (&match);
}
