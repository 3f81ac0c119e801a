/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "counter/mado-counter.h"

#include <glib/gi18n-lib.h>

#include "core/mado-json.h"
#include "store/mado-row.h"

static const MadoActor seeder = { "system", "sample", NULL, MADO_ROLE_SYSTEM };

typedef struct {
  MadoStore *store;
  MadoKey *pepper;
  JsonObject *people;      /* people.json */
  JsonObject *accounts;    /* accounts.json */
  GPtrArray *households;   /* of MadoHousehold */
  GPtrArray *outside;      /* of MadoResident */
  GPtrArray *cards;        /* of Card */
  GString *report;
} Sample;

typedef struct {
  MadoResident *holder;
  char *number, *pin, *pin_hash;
} Card;

static void
card_free (gpointer data)
{
  Card *self = data;

  g_object_unref (self->holder);
  g_free (self->number);
  g_free (self->pin);
  g_free (self->pin_hash);
  g_free (self);
}

static void
sample_clear (Sample *self)
{
  g_clear_pointer (&self->pepper, mado_key_unref);
  g_clear_pointer (&self->people, json_object_unref);
  g_clear_pointer (&self->accounts, json_object_unref);
  g_clear_pointer (&self->households, g_ptr_array_unref);
  g_clear_pointer (&self->outside, g_ptr_array_unref);
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  if (self->report)
    g_string_free (self->report, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

/* --- reading ----------------------------------------------------------------------------------------------------- */

static JsonObject *
read_file (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;
  gsize n;

  if (!g_file_get_contents (path, &text, &n, error))
    return NULL;
  node = mado_json_parse (text, n, &MADO_JSON_LIMITS_FILE, error);
  if (node && JSON_NODE_HOLDS_OBJECT (node))
    return json_object_ref (json_node_get_object (node));
  g_prefix_error (error, "%s: ", path);
  return NULL;
}

static gboolean
read_card (Sample *self, MadoResident *holder, JsonObject *given, GError **error)
{
  g_autofree char *number = mado_card_number_parse (json_object_get_string_member (given, "number"), error);
  Card *card;

  if (!number)
    return FALSE;
  card = g_new0 (Card, 1);
  card->holder = g_object_ref (holder);
  card->number = g_steal_pointer (&number);
  card->pin = g_strdup (json_object_get_string_member (given, "pin"));
  card->pin_hash = mado_pin_hash (self->pepper, card->pin);
  g_ptr_array_add (self->cards, card);
  return TRUE;
}

/* A person, and beside the register's members perhaps a card. */
static MadoResident *
read_person (Sample *self, JsonNode *node, GError **error)
{
  JsonObject *object = json_node_get_object (node);
  JsonNode *card = json_object_get_member (object, "card");
  g_autoptr(JsonNode) kept = card ? json_node_ref (card) : NULL;
  g_autoptr(MadoResident) person = NULL;

  json_object_remove_member (object, "card");
  person = mado_record_from_json (MADO_TYPE_RESIDENT, node, MADO_JSON_PRIVATE, error);
  if (!person || (kept && !read_card (self, person, json_node_get_object (kept), error)))
    return NULL;
  return g_steal_pointer (&person);
}

static GPtrArray *
read_persons (Sample *self, JsonArray *list, GError **error)
{
  g_autoptr(GPtrArray) persons = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < json_array_get_length (list); i++) {
    MadoResident *person = read_person (self, json_array_get_element (list, i), error);

    if (!person)
      return NULL;
    g_ptr_array_add (persons, person);
  }
  return g_steal_pointer (&persons);
}

static MadoHousehold *
read_household (Sample *self, JsonNode *node, GError **error)
{
  JsonObject *object = json_node_get_object (node);
  g_autoptr(GPtrArray) members = read_persons (self, json_object_get_array_member (object, "members"), error);
  MadoHousehold *household;

  if (!members)
    return NULL;
  json_object_remove_member (object, "members");
  household = mado_record_from_json (MADO_TYPE_HOUSEHOLD, node, MADO_JSON_PRIVATE, error);
  if (household)
    household->members = g_steal_pointer (&members);
  return household;
}

static gboolean
read_people (Sample *self, GError **error)
{
  JsonArray *households = json_object_get_array_member (self->people, "households");

  for (guint i = 0; i < json_array_get_length (households); i++) {
    MadoHousehold *household = read_household (self, json_array_get_element (households, i), error);

    if (!household)
      return FALSE;
    g_ptr_array_add (self->households, household);
  }
  self->outside = read_persons (self, json_object_get_array_member (self->people, "outside"), error);
  return self->outside != NULL;
}

/* --- writing ----------------------------------------------------------------------------------------------------- */

static MadoOutcome
write_people (MadoTx *tx, gpointer data, GError **error)
{
  Sample *self = data;

  for (guint i = 0; i < self->households->len; i++)
    if (!mado_household_write (tx, &seeder, g_ptr_array_index (self->households, i), error))
      return MADO_OUTCOME_ROLL_BACK;
  for (guint i = 0; i < self->outside->len; i++)
    if (!mado_resident_write (tx, &seeder, g_ptr_array_index (self->outside, i), error))
      return MADO_OUTCOME_ROLL_BACK;
  for (guint i = 0; i < self->cards->len; i++) {
    Card *card = g_ptr_array_index (self->cards, i);

    if (!mado_card_issue (tx, &seeder, card->holder->id, card->number, card->pin_hash, error))
      return MADO_OUTCOME_ROLL_BACK;
  }
  return MADO_OUTCOME_COMMIT;
}

static gboolean
add_staff (Sample *self, JsonObject *given, GError **error)
{
  g_autoptr(MadoStaff) staff = g_object_new (MADO_TYPE_STAFF, NULL);
  const char *password = json_object_get_string_member (given, "password");
  const char *totp = json_object_get_string_member_with_default (given, "totpSecret", NULL);
  const char *role = json_object_get_string_member (given, "role");

  staff->account = g_strdup (json_object_get_string_member (given, "account"));
  staff->name = g_strdup (json_object_get_string_member (given, "name"));
  staff->office = g_strdup (json_object_get_string_member_with_default (given, "office", NULL));
  staff->role = mado_enum_value (MADO_TYPE_ROLE, role);
  g_string_append_printf (self->report, "  staff   %-12s %s%s%s\n", staff->account, password,
                          totp ? "  one-time codes from " : "", totp ? totp : "");
  return mado_act_run (self->store, mado_staff_add (self->store, &seeder, staff, password, totp, error), NULL, error);
}

static gboolean
add_device (Sample *self, JsonObject *given, GError **error)
{
  g_autoptr(MadoDevice) device = g_object_new (MADO_TYPE_DEVICE, NULL);
  const char *secret = json_object_get_string_member (given, "secret");

  device->id = g_strdup (json_object_get_string_member (given, "id"));
  device->name = g_strdup (json_object_get_string_member (given, "name"));
  device->office = g_strdup (json_object_get_string_member_with_default (given, "office", NULL));
  device->role = mado_enum_value (MADO_TYPE_ROLE, json_object_get_string_member (given, "role"));
  g_string_append_printf (self->report, "  device  %-12s %s\n", device->id, secret);
  return mado_act_run (self->store, mado_device_add (self->store, &seeder, device, secret, error), NULL, error);
}

static gboolean
add_accounts (Sample *self, GError **error)
{
  JsonArray *staff = json_object_get_array_member (self->accounts, "staff");
  JsonArray *devices = json_object_get_array_member (self->accounts, "devices");

  for (guint i = 0; i < json_array_get_length (staff); i++)
    if (!add_staff (self, json_array_get_object_element (staff, i), error))
      return FALSE;
  for (guint i = 0; i < json_array_get_length (devices); i++)
    if (!add_device (self, json_array_get_object_element (devices, i), error))
      return FALSE;
  return TRUE;
}

static void
report_cards (Sample *self)
{
  for (guint i = 0; i < self->cards->len; i++) {
    const Card *card = g_ptr_array_index (self->cards, i);

    g_string_append_printf (self->report, "  card    %.4s %.4s %.4s  PIN %s  %s%s\n", card->number, card->number + 4,
                            card->number + 8, card->pin, card->holder->full_name,
                            card->holder->state == MADO_RESIDENT_STATE_OUTSIDE ? " (about to move in)" : "");
  }
}

static gboolean
read_is_empty (MadoTx *tx, gpointer data, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query_one (tx, error, "", "SELECT count(*) AS n FROM staff", MADO_NO_BIND);

  if (rows)
    *(gboolean *) data = mado_rows_int (rows, "n") == 0;
  return rows != NULL;
}

static gboolean
open_sample (Sample *self, const char *folder, GError **error)
{
  self->pepper = mado_store_get_city_key (self->store, "pin-pepper");
  self->households = g_ptr_array_new_with_free_func (g_object_unref);
  self->cards = g_ptr_array_new_with_free_func (card_free);
  self->report = g_string_new (_("Sample accounts, for trying it out only:\n"));
  self->people = read_file (folder, "people.json", error);
  self->accounts = self->people ? read_file (folder, "accounts.json", error) : NULL;
  return self->accounts && read_people (self, error);
}

gboolean
mado_counter_seed (MadoCounter *self, const char *folder, char **report, GError **error)
{
  MadoStore *store = mado_counter_get_store (self);
  g_auto(Sample) sample = { .store = store };
  gboolean empty = FALSE;

  *report = NULL;
  if (!mado_store_read (store, read_is_empty, &empty, error))
    return FALSE;
  if (!empty)
    return TRUE;
  if (!open_sample (&sample, folder, error)
      || !mado_store_write (store, write_people, &sample, error)
      || !add_accounts (&sample, error))
    return FALSE;
  report_cards (&sample);
  *report = g_string_free (g_steal_pointer (&sample.report), FALSE);
  return TRUE;
}
