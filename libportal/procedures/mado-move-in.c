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

static MadoAddress *
read_address (JsonObject *answers, const char *prefix)
{
  static const struct { const char *fact, *property; } parts[] = {
    { "postalCode", "postal-code" }, { "prefecture", "prefecture" }, { "cityAndCounty", "city-and-county" },
    { "streetAddress", "street-address" }, { "cityBlock", "city-block" }, { "buildingNameEtc", "building-name-etc" },
  };
  MadoAddress *address = g_object_new (MADO_TYPE_ADDRESS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *fact = g_strconcat (prefix, ".", parts[i].fact, NULL);

      g_object_set (address, parts[i].property, get_text (answers, fact), NULL);
    }
  return address;
}

/* Somebody the city knows by card already keeps their id; the others get one. */
static MadoResident *
find_or_make (MadoResident *known, const char *full_name, const char *date_of_birth)
{
  MadoResident *self;

  if (known && mado_resident_is (known, full_name, date_of_birth))
    return g_object_ref (known);
  self = g_object_new (MADO_TYPE_RESIDENT, "full-name", full_name, "date-of-birth", date_of_birth, NULL);
  self->id = mado_ulid_new ();
  return self;
}

static MadoResident *
read_member (JsonObject *row, MadoResident *known, const char *moved_on, const char *reported_on,
             const char *previous_address)
{
  MadoResident *self = find_or_make (known, get_text (row, "fullName"), get_text (row, "dateOfBirth"));
  const char *nationality = get_text (row, "nationality");

  g_object_set (self, "full-name-kana", get_text (row, "fullNameKana"), "sex", get_text (row, "sex"),
                "relationship", get_text (row, "relationship"), "nationality", nationality ? nationality : "JPN",
                "domicile", get_text (row, "domicile"), "domicile-head", get_text (row, "domicileHead"),
                "resident-since", moved_on, "address-since", moved_on, "reported-on", reported_on,
                "previous-address", previous_address, NULL);
  return self;
}

static int
compare_heads (gconstpointer a, gconstpointer b)
{
  const MadoResident *first = *(MadoResident *const *) a, *second = *(MadoResident *const *) b;

  return (g_strcmp0 (second->relationship, "head") == 0) - (g_strcmp0 (first->relationship, "head") == 0);
}

static GPtrArray *
read_members (const MadoCase *filed, MadoResident *known)
{
  JsonObject *answers = json_node_get_object (filed->answers);
  JsonArray *rows = json_object_get_array_member (answers, "household.members");
  GPtrArray *members = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(MadoAddress) previous = read_address (answers, "previousAddress");
  g_autofree char *line = mado_address_dup_line (previous);
  g_autofree char *today = mado_clock_format_date (filed->submitted_at);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    g_ptr_array_add (members, read_member (json_array_get_object_element (rows, i), known,
                                           get_text (answers, "move.date"), today, line));
  g_ptr_array_sort (members, compare_heads);
  return members;
}

/* The case becomes that of the applicant, now somebody the city knows. */
static void
bind_applicant (MadoCase *filed, const MadoHousehold *household)
{
  JsonObject *answers = json_node_get_object (filed->answers);
  const char *name = get_text (answers, "applicant.fullName"), *born = get_text (answers, "applicant.dateOfBirth");

  for (guint i = 0; !filed->resident_id && name && i < household->members->len; i++)
    {
      MadoResident *member = g_ptr_array_index (household->members, i);

      if (mado_resident_is (member, name, born))
        filed->resident_id = g_strdup (member->id);
    }
}

static gboolean
load_known (MadoStore *store, const MadoCase *filed, MadoResident **known, GError **error)
{
  if (!filed->resident_id)
    return TRUE;
  *known = mado_resident_get (store, filed->resident_id, error);
  if (!*known)
    return FALSE;
  if ((*known)->state != MADO_RESIDENT_STATE_REGISTERED)
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
               _("The one who reports this is in the register already: ask them back, or refuse it."));
  return FALSE;
}

MadoHousehold *
mado_move_in_prepare (MadoStore *store, MadoCase *filed, GError **error)
{
  g_autoptr(MadoResident) known = NULL;
  MadoHousehold *household;

  if (!load_known (store, filed, &known, error))
    return NULL;
  household = g_object_new (MADO_TYPE_HOUSEHOLD, NULL);
  household->address = read_address (json_node_get_object (filed->answers), "newAddress");
  household->members = read_members (filed, known);
  bind_applicant (filed, household);
  return household;
}
