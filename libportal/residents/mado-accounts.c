/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "residents/mado-accounts.h"

#include <glib/gi18n-lib.h>

#include "core/mado-id.h"
#include "model/mado-state-table.h"
#include "residents/mado-accounts-private.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define MIN_PASSWORD 12
#define MAX_PASSWORD 256

GBytes *
mado_totp_seal (MadoStore *store, const char *account, const char *secret)
{
  g_autoptr(MadoKey) key = mado_store_get_city_key (store, "staff-totp");

  return mado_seal (key, account, secret, strlen (secret));
}

char *
mado_totp_unseal (MadoStore *store, const char *account, GBytes *sealed, GError **error)
{
  g_autoptr(MadoKey) key = mado_store_get_city_key (store, "staff-totp");
  g_autoptr(GBytes) plain = NULL;
  gsize n;
  gconstpointer data = g_bytes_get_data (sealed, &n);

  plain = mado_unseal (key, account, data, n, error);
  if (!plain)
    return NULL;
  data = g_bytes_get_data (plain, &n);
  return g_strndup (data, n);
}

typedef struct {
  MadoAct act;
  MadoStaff *staff;
  char *password_hash;
  GBytes *totp;
} StaffAdd;

static MadoOutcome
staff_add_apply (MadoTx *tx, gpointer data, GError **error)
{
  StaffAdd *self = data;
  MadoStaff *staff = self->staff;
  g_autofree char *subject = g_strconcat ("staff/", staff->id, NULL);

  staff->created_at = mado_tx_now (tx);
  if (!mado_tx_exec (tx, error,
                     "INSERT INTO staff (id, account, name, role, office, password_hash, totp_sealed, totp_step,"
                     " attempts, locked_until, created_at, disabled_at)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                     MADO_BIND (MADO_TEXT (staff->id), MADO_TEXT (staff->account), MADO_TEXT (staff->name),
                                MADO_TEXT (mado_enum_nick (MADO_TYPE_ROLE, staff->role)), MADO_TEXT (staff->office),
                                MADO_TEXT (self->password_hash), MADO_BYTES (self->totp), MADO_INT (0), MADO_INT (0),
                                MADO_INT (0), MADO_INT (staff->created_at), MADO_INT (0)))
      || !mado_journal_append (tx, &self->act.actor, "staff.added", subject, NULL, NULL, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (staff));
  return MADO_OUTCOME_COMMIT;
}

static void
staff_add_clear (MadoAct *act)
{
  StaffAdd *self = (StaffAdd *) act;

  g_clear_object (&self->staff);
  g_free (self->password_hash);
  g_clear_pointer (&self->totp, g_bytes_unref);
}

static gboolean
check_staff (const MadoStaff *staff, const char *password, const char *totp_secret, GError **error)
{
  g_autofree char *code = NULL;

  if (!(staff->role & (MADO_ROLES_STAFF | MADO_ROLE_AUDITOR)))
    mado_set_error_at (error, MADO_ERROR_INVALID, "/role", "range", _("Staff are clerks, supervisors or auditors."));
  else if (g_utf8_strlen (password, -1) < MIN_PASSWORD || strlen (password) > MAX_PASSWORD)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/password", "length",
                       _("A password has at least %d characters."), MIN_PASSWORD);
  else if (staff->role == MADO_ROLE_SUPERVISOR && !totp_secret)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/totpSecret", "required",
                       _("A supervisor signs in with one-time codes as well: give the account a secret."));
  else if (totp_secret)
    return (code = mado_totp_code (totp_secret, 0, error)) != NULL;
  else
    return TRUE;
  return FALSE;
}

MadoAct *
mado_staff_add (MadoStore *store, const MadoActor *actor, MadoStaff *staff, const char *password,
                const char *totp_secret, GError **error)
{
  g_autoptr(MadoKey) pepper = NULL;
  StaffAdd *self;

  if (!mado_actor_require (actor, MADO_ROLE_SUPERVISOR | MADO_ROLE_SYSTEM, error)
      || !check_staff (staff, password, totp_secret, error))
    return NULL;
  pepper = mado_store_get_city_key (store, "pin-pepper");
  self = mado_act_new (actor, sizeof (StaffAdd), staff_add_apply, staff_add_clear);
  self->staff = g_object_ref (staff);
  if (!staff->id)
    staff->id = mado_ulid_new ();
  self->password_hash = mado_pin_hash (pepper, password);
  self->totp = totp_secret ? mado_totp_seal (store, staff->account, totp_secret) : NULL;
  return &self->act;
}

typedef struct {
  MadoAct act;
  char *account;
} StaffDisable;

static MadoOutcome
staff_disable_apply (MadoTx *tx, gpointer data, GError **error)
{
  StaffDisable *self = data;
  g_autoptr(MadoRows) rows = NULL;
  g_autofree char *id = NULL, *subject = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such account."), "SELECT id FROM staff WHERE account = $1",
                            MADO_BIND (MADO_TEXT (self->account)));
  if (!rows)
    return MADO_OUTCOME_ROLL_BACK;
  id = mado_rows_dup_text (rows, "id");
  g_clear_pointer (&rows, mado_rows_free);
  subject = g_strconcat ("staff/", id, NULL);
  return mado_tx_exec (tx, error, "UPDATE staff SET disabled_at = $2 WHERE id = $1",
                       MADO_BIND (MADO_TEXT (id), MADO_INT (mado_tx_now (tx))))
         && mado_tx_exec (tx, error, "DELETE FROM sessions WHERE account = $1", MADO_BIND (MADO_TEXT (id)))
         && mado_journal_append (tx, &self->act.actor, "staff.disabled", subject, NULL, NULL, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static void
staff_disable_clear (MadoAct *act)
{
  g_free (((StaffDisable *) act)->account);
}

MadoAct *
mado_staff_disable (MadoStore *store, const MadoActor *actor, const char *account, GError **error)
{
  StaffDisable *self;

  if (!mado_actor_require (actor, MADO_ROLE_SUPERVISOR | MADO_ROLE_SYSTEM, error))
    return NULL;
  self = mado_act_new (actor, sizeof (StaffDisable), staff_disable_apply, staff_disable_clear);
  self->account = g_strdup (account);
  return &self->act;
}

static gboolean
read_staff (MadoTx *tx, gpointer data, GError **error)
{
  GPtrArray *all = data;

  return mado_tx_query_records (tx, all, MADO_TYPE_STAFF, error,
                                "SELECT id, account, name, role, office, created_at, disabled_at FROM staff"
                                " ORDER BY account",
                                MADO_NO_BIND);
}

GPtrArray *
mado_staff_list (MadoStore *store, const MadoActor *actor, GError **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  if (!mado_actor_require (actor, MADO_ROLE_SUPERVISOR | MADO_ROLE_AUDITOR | MADO_ROLE_SYSTEM, error)
      || !mado_store_read (store, read_staff, all, error))
    return NULL;
  return g_steal_pointer (&all);
}

static gboolean
read_name (MadoTx *tx, gpointer data, GError **error)
{
  gpointer *args = data;   /* in: the id; out: the name */
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such account."), "SELECT name FROM staff WHERE id = $1",
                            MADO_BIND (MADO_TEXT (args[0])));
  if (rows)
    args[1] = mado_rows_dup_text (rows, "name");
  return rows != NULL;
}

char *
mado_staff_dup_name (MadoStore *store, const char *id, GError **error)
{
  gpointer args[] = { (gpointer) id, NULL };

  return mado_store_read (store, read_name, args, error) ? args[1] : NULL;
}

typedef struct {
  MadoAct act;
  MadoDevice *device;
  char *secret_hash;
} DeviceAdd;

static MadoOutcome
device_add_apply (MadoTx *tx, gpointer data, GError **error)
{
  DeviceAdd *self = data;
  MadoDevice *device = self->device;
  g_autofree char *subject = g_strconcat ("device/", device->id, NULL);

  device->created_at = mado_tx_now (tx);
  if (!mado_tx_exec (tx, error,
                     "INSERT INTO devices (id, name, role, office, secret_hash, created_at, disabled_at)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7)",
                     MADO_BIND (MADO_TEXT (device->id), MADO_TEXT (device->name),
                                MADO_TEXT (mado_enum_nick (MADO_TYPE_ROLE, device->role)),
                                MADO_TEXT (device->office), MADO_TEXT (self->secret_hash),
                                MADO_INT (device->created_at), MADO_INT (0)))
      || !mado_journal_append (tx, &self->act.actor, "device.added", subject, NULL, NULL, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (&self->act, g_object_ref (device));
  return MADO_OUTCOME_COMMIT;
}

static void
device_add_clear (MadoAct *act)
{
  DeviceAdd *self = (DeviceAdd *) act;

  g_clear_object (&self->device);
  g_free (self->secret_hash);
}

MadoAct *
mado_device_add (MadoStore *store, const MadoActor *actor, MadoDevice *device, const char *secret, GError **error)
{
  DeviceAdd *self;

  if (!mado_actor_require (actor, MADO_ROLE_SUPERVISOR | MADO_ROLE_SYSTEM, error))
    return NULL;
  if (!(device->role & (MADO_ROLE_DEVICE | MADO_ROLE_NOTIFIER))) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/role", "range", _("A device is a kiosk or a notifier."));
    return NULL;
  }
  self = mado_act_new (actor, sizeof (DeviceAdd), device_add_apply, device_add_clear);
  self->device = g_object_ref (device);
  self->secret_hash = mado_token_hash (secret);
  return &self->act;
}

typedef struct {
  MadoAct act;
  char *device;
} DeviceDisable;

/* With its session: whoever took it away has its token as well. */
static MadoOutcome
device_disable_apply (MadoTx *tx, gpointer data, GError **error)
{
  DeviceDisable *self = data;
  g_autofree char *subject = g_strconcat ("device/", self->device, NULL);
  gint64 n = mado_tx_exec_n (tx, error, "UPDATE devices SET disabled_at = $2 WHERE id = $1",
                             MADO_BIND (MADO_TEXT (self->device), MADO_INT (mado_tx_now (tx))));

  if (n == 0)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no such device."));
  return n > 0
         && mado_tx_exec (tx, error, "DELETE FROM sessions WHERE account = $1", MADO_BIND (MADO_TEXT (self->device)))
         && mado_journal_append (tx, &self->act.actor, "device.disabled", subject, NULL, NULL, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static void
device_disable_clear (MadoAct *act)
{
  g_free (((DeviceDisable *) act)->device);
}

MadoAct *
mado_device_disable (MadoStore *store, const MadoActor *actor, const char *device, GError **error)
{
  DeviceDisable *self;

  if (!mado_actor_require (actor, MADO_ROLE_SUPERVISOR | MADO_ROLE_SYSTEM, error))
    return NULL;
  self = mado_act_new (actor, sizeof (DeviceDisable), device_disable_apply, device_disable_clear);
  self->device = g_strdup (device);
  return &self->act;
}

static gboolean
read_devices (MadoTx *tx, gpointer data, GError **error)
{
  GPtrArray *all = data;

  return mado_tx_query_records (tx, all, MADO_TYPE_DEVICE, error,
                                "SELECT id, name, role, office, created_at, disabled_at FROM devices ORDER BY id",
                                MADO_NO_BIND);
}

GPtrArray *
mado_device_list (MadoStore *store, const MadoActor *actor, GError **error)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  if (!mado_actor_require (actor, MADO_ROLE_SUPERVISOR | MADO_ROLE_AUDITOR | MADO_ROLE_SYSTEM, error)
      || !mado_store_read (store, read_devices, all, error))
    return NULL;
  return g_steal_pointer (&all);
}
