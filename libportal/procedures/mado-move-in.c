/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-result-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "residents/mado-residents.h"

/* 転入届, granted: those who moved in become a household of the register. */

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *value = json_object_get_member (object, name);

  return value && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
}

MadoAddress *
mado_move_in_read_address (JsonObject *answers, const char *prefix)
{
  static const struct { const char *fact, *property; } parts[] = {
    { "postalCode", "postal-code" }, { "prefecture", "prefecture" }, { "cityAndCounty", "city-and-county" },
    { "streetAddress", "street-address" }, { "cityBlock", "city-block" }, { "buildingNameEtc", "building-name-etc" },
  };
  MadoAddress *address = g_object_new (MADO_TYPE_ADDRESS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *fact = g_strconcat (prefix, ".", parts[i].fact, NULL);

    g_object_set (address, parts[i].property, get_text (answers, fact), NULL);
  }
  return address;
}

/* Somebody the city knows already, by card or from before, keeps their id; the others get one. */
static MadoResident *
find_or_make (MadoStore *store, const char *full_name, const char *date_of_birth, GError **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(MadoResident) known = mado_resident_find (store, full_name, date_of_birth, &failure);

  if (failure) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  if (known && known->state == MADO_RESIDENT_STATE_REGISTERED) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                 _("One of those who moved is in the register already: ask back, or refuse it."));
    return NULL;
  }
  if (!known) {
    known = g_object_new (MADO_TYPE_RESIDENT, "full-name", full_name, "date-of-birth", date_of_birth, NULL);
    known->id = mado_ulid_new ();
  }
  return g_steal_pointer (&known);
}

typedef struct {
  const char *moved_on, *reported_on, *previous_address;
} Move;

static MadoResident *
read_member (MadoStore *store, JsonObject *row, const Move *move, GError **error)
{
  MadoResident *self = find_or_make (store, get_text (row, "fullName"), get_text (row, "dateOfBirth"), error);
  const char *nationality = get_text (row, "nationality");

  if (self)
    g_object_set (self, "full-name-kana", get_text (row, "fullNameKana"), "sex", get_text (row, "sex"),
                  "relationship", get_text (row, "relationship"), "nationality", nationality ? nationality : "JPN",
                  "domicile", get_text (row, "domicile"), "domicile-head", get_text (row, "domicileHead"),
                  "resident-since", move->moved_on, "address-since", move->moved_on,
                  "reported-on", move->reported_on, "previous-address", move->previous_address, NULL);
  return self;
}

static int
compare_heads (gconstpointer a, gconstpointer b)
{
  const MadoResident *first = *(MadoResident *const *) a, *second = *(MadoResident *const *) b;

  return (g_strcmp0 (second->relationship, "head") == 0) - (g_strcmp0 (first->relationship, "head") == 0);
}

static GPtrArray *
read_members (MadoStore *store, const MadoCase *filed, GError **error)
{
  JsonObject *answers = json_node_get_object (filed->answers);
  JsonArray *rows = json_object_get_array_member (answers, "household.members");
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(MadoAddress) previous = mado_move_in_read_address (answers, "previousAddress");
  g_autofree char *line = mado_address_dup_line (previous);
  g_autofree char *reported_on = mado_clock_format_date (filed->submitted_at);
  const Move move = { get_text (answers, "move.date"), reported_on, line };

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    MadoResident *member = read_member (store, json_array_get_object_element (rows, i), &move, error);

    if (!member)
      return NULL;
    g_ptr_array_add (members, member);
  }
  g_ptr_array_sort (members, compare_heads);
  return g_steal_pointer (&members);
}

/* The case becomes that of the applicant, now somebody the city knows. */
static void
bind_applicant (MadoCase *filed, GPtrArray *members)
{
  JsonObject *answers = json_node_get_object (filed->answers);
  const char *name = get_text (answers, "applicant.fullName"), *born = get_text (answers, "applicant.dateOfBirth");

  for (guint i = 0; !filed->resident_id && name && i < members->len; i++) {
    MadoResident *member = g_ptr_array_index (members, i);

    if (mado_resident_is (member, name, born))
      filed->resident_id = g_strdup (member->id);
  }
}

static MadoHousehold *
find_joined (MadoStore *store, JsonObject *answers, const MadoAddress *address, GError **error)
{
  g_autoptr(GError) failure = NULL;
  MadoHousehold *household = mado_household_find (store, get_text (answers, "move.joinsHead"), address, &failure);

  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (!household)
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                 _("The register has no household of that head at the new address: ask back which one they join."));
  return household;
}

gboolean
mado_move_in_prepare (MadoCaseResult *self, MadoStore *store, MadoCase *filed, GError **error)
{
  JsonObject *answers = json_node_get_object (filed->answers);
  g_autoptr(GPtrArray) members = read_members (store, filed, error);
  g_autoptr(MadoAddress) address = mado_move_in_read_address (answers, "newAddress");

  if (!members)
    return FALSE;
  bind_applicant (filed, members);
  if (g_strcmp0 (get_text (answers, "move.joins"), "existing") == 0) {
    self->household = find_joined (store, answers, address, error);
    self->newcomers = g_steal_pointer (&members);
    return self->household != NULL;
  }
  self->household = g_object_new (MADO_TYPE_HOUSEHOLD, NULL);
  self->household->address = g_steal_pointer (&address);
  self->household->members = g_steal_pointer (&members);
  return TRUE;
}
