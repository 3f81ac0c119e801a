/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-test-people.h"

#include "store/mado-row.h"

const MadoActor people_system = { "system", "test", NULL, MADO_ROLE_SYSTEM };

static MadoResident *
new_member (const char *name, const char *born, const char *relationship)
{
  return g_object_new (MADO_TYPE_RESIDENT, "full-name", name, "date-of-birth", born, "relationship", relationship,
                       "state", MADO_RESIDENT_STATE_REGISTERED, "nationality", "JPN", NULL);
}

static MadoOutcome
write_household (MadoTx *tx, gpointer data, GError **error)
{
  return mado_household_write (tx, &people_system, data, error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

char *
people_add_household (MadoTestStore *test)
{
  g_autoptr(MadoHousehold) household = g_object_new (MADO_TYPE_HOUSEHOLD, "district", "kugenuma", NULL);
  g_autoptr(GError) error = NULL;

  household->address = g_object_new (MADO_TYPE_ADDRESS, "postal-code", "2510024", "prefecture", "神奈川県",
                                     "city-and-county", "藤沢市", "street-address", "鵠沼橘一丁目",
                                     "city-block", "1-2", NULL);
  household->members = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (household->members, new_member ("髙﨑 美代子", "1941-03-02", "head"));
  g_ptr_array_add (household->members, new_member ("髙﨑 𠮷郎", "1938-11-30", "spouse"));
  g_ptr_array_add (household->members, new_member ("髙﨑 邉\U000E0102子", "1970-01-01", "child"));
  mado_store_write (test->store, write_household, household, &error);
  g_assert_no_error (error);
  return g_strdup (household->head_id);
}

typedef struct {
  const char *resident, *number;
  char *pin_hash;
} Card;

static MadoOutcome
write_card (MadoTx *tx, gpointer data, GError **error)
{
  Card *card = data;

  return mado_card_issue (tx, &people_system, card->resident, card->number, card->pin_hash, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

void
people_add_card (MadoTestStore *test, const char *resident, const char *number, const char *pin)
{
  g_autoptr(MadoKey) pepper = mado_store_get_city_key (test->store, "pin-pepper");
  g_autofree char *hash = mado_pin_hash (pepper, pin);
  g_autoptr(GError) error = NULL;
  Card card = { resident, number, hash };

  mado_store_write (test->store, write_card, &card, &error);
  g_assert_no_error (error);
}

void
people_add_staff (MadoTestStore *test, const char *account, MadoRole role, const char *totp)
{
  g_autoptr(MadoStaff) staff = g_object_new (MADO_TYPE_STAFF, "account", account, "name", "藤沢 花子", "role", role,
                                             NULL);
  g_autoptr(GError) error = NULL;

  mado_act_run (test->store, mado_staff_add (test->store, &people_system, staff, "correct horse battery", totp,
                                             &error), NULL, &error);
  g_assert_no_error (error);
}

void
people_add_staff_with_id (MadoTestStore *test, const char *id, const char *name)
{
  g_autoptr(MadoStaff) staff = g_object_new (MADO_TYPE_STAFF, "id", id, "account", id, "name", name,
                                             "role", MADO_ROLE_CLERK, NULL);
  g_autoptr(GError) error = NULL;

  mado_act_run (test->store, mado_staff_add (test->store, &people_system, staff, "correct horse battery", NULL,
                                             &error), NULL, &error);
  g_assert_no_error (error);
}

static MadoOutcome
write_resident (MadoTx *tx, gpointer data, GError **error)
{
  return mado_resident_write (tx, &people_system, data, error) ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

char *
people_add_outsider (MadoTestStore *test, const char *name, const char *born, const char *card, const char *pin)
{
  g_autoptr(MadoResident) resident = g_object_new (MADO_TYPE_RESIDENT, "full-name", name, "date-of-birth", born,
                                                   "state", MADO_RESIDENT_STATE_OUTSIDE, NULL);
  g_autoptr(GError) error = NULL;

  mado_store_write (test->store, write_resident, resident, &error);
  g_assert_no_error (error);
  people_add_card (test, resident->id, card, pin);
  return g_strdup (resident->id);
}

MadoSession *
people_sign_in (MadoTestStore *test, const char *number, const char *pin, GError **error)
{
  gpointer session = NULL;

  mado_act_run (test->store, mado_sign_in_with_card (test->store, number, pin, error), &session, error);
  return session;
}

static gboolean
read_number (MadoTx *tx, gpointer data, GError **error)
{
  gpointer *args = data;
  g_autoptr(MadoRows) rows = mado_tx_query_one (tx, error, "none", args[0], MADO_NO_BIND);

  if (!rows)
    return FALSE;
  *(gint64 *) args[1] = mado_rows_int (rows, "n");
  return TRUE;
}

gint64
people_count (MadoTestStore *test, const char *sql)
{
  gint64 n = -1;
  gpointer args[] = { (gpointer) sql, &n };
  g_autoptr(GError) error = NULL;

  mado_store_read (test->store, read_number, args, &error);
  g_assert_no_error (error);
  return n;
}
