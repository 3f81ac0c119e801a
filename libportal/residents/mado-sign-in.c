/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "residents/mado-sessions.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mado-clock.h"
#include "core/mado-id.h"
#include "model/mado-state-table.h"
#include "residents/mado-accounts-private.h"
#include "residents/mado-accounts.h"
#include "residents/mado-residents.h"
#include "residents/mado-unknown-names.h"
#include "store/mado-row.h"

#define MAX_PASSWORD_TRIES 5
#define LOCKED_MINUTES     15

/* Every way of signing in ends here. */
static MadoOutcome
open_session (MadoTx *tx, MadoAct *act, MadoSession *session, GError **error)
{
  MadoActor actor = mado_session_get_actor (session);
  g_autofree char *subject = g_strconcat ("session/", session->id, NULL);

  if (!mado_session_insert (tx, session, error)
      || !mado_journal_append (tx, &actor, "session.opened", subject, NULL, NULL, error))
    return MADO_OUTCOME_ROLL_BACK;
  mado_act_take_result (act, g_object_ref (session));
  return MADO_OUTCOME_COMMIT;
}

static const MadoActor nobody = { "system", "sign-in", NULL, MADO_ROLE_NONE };

typedef struct {
  MadoAct act;
  MadoSession *session;   /* (nullable): NULL: refused */
  char *staff;            /* (nullable): id; NULL: no such account */
  char *unknown;          /* (nullable): what stands for its name then */
  gint64 step;            /* of the one-time code, 0 without */
} PasswordTry;

static gboolean
set_refused_error (GError **error)
{
  mado_set_error_at (error, MADO_ERROR_UNAUTHENTICATED, "", "wrong",
                     _("Account, password or one-time code do not match."));
  return FALSE;
}

/* A code is used once: its step must be later than the last. */
static gint64
clear_attempts (PasswordTry *self, MadoTx *tx, GError **error)
{
  if (self->step)
    return mado_tx_exec_n (tx, error,
                           "UPDATE staff SET attempts = 0, totp_step = $3"
                           " WHERE id = $1 AND disabled_at = 0 AND locked_until <= $2 AND totp_step < $3",
                           MADO_BIND (MADO_TEXT (self->staff), MADO_INT (mado_tx_now (tx)), MADO_INT (self->step)));
  return mado_tx_exec_n (tx, error,
                         "UPDATE staff SET attempts = 0 WHERE id = $1 AND disabled_at = 0 AND locked_until <= $2",
                         MADO_BIND (MADO_TEXT (self->staff), MADO_INT (mado_tx_now (tx))));
}

static MadoOutcome
password_accept (PasswordTry *self, MadoTx *tx, GError **error)
{
  gint64 n = clear_attempts (self, tx, error);

  if (n == 1)
    return open_session (tx, &self->act, self->session, error);
  if (n == 0)
    set_refused_error (error);
  return MADO_OUTCOME_ROLL_BACK;
}

static gint64
get_lock_end (MadoTx *tx)
{
  return mado_tx_now (tx) + LOCKED_MINUTES * 60 * G_USEC_PER_SEC;
}

static MadoOutcome
password_refuse (PasswordTry *self, MadoTx *tx, GError **error)
{
  g_autofree char *subject = g_strconcat ("staff/", self->staff, NULL);
  gint64 until = get_lock_end (tx);

  if (!mado_tx_exec (tx, error,
                     "UPDATE staff SET locked_until = CASE WHEN attempts + 1 >= $2 THEN $3 ELSE locked_until END,"
                     " attempts = CASE WHEN attempts + 1 >= $2 THEN 0 ELSE attempts + 1 END WHERE id = $1",
                     MADO_BIND (MADO_TEXT (self->staff), MADO_INT (MAX_PASSWORD_TRIES), MADO_INT (until)))
      || !mado_journal_append (tx, &nobody, "staff.refused", subject, NULL, NULL, error))
    return MADO_OUTCOME_ROLL_BACK;
  set_refused_error (error);
  return MADO_OUTCOME_COMMIT;
}

static MadoOutcome
password_refuse_unknown (PasswordTry *self, MadoTx *tx, GError **error)
{
  MadoUnknownName name;

  if (!mado_unknown_name_count (tx, self->unknown, MAX_PASSWORD_TRIES, get_lock_end (tx), &name, error)
      || !mado_journal_append (tx, &nobody, "staff.refused", "staff/unknown", NULL, NULL, error))
    return MADO_OUTCOME_ROLL_BACK;
  set_refused_error (error);
  return MADO_OUTCOME_COMMIT;
}

static MadoOutcome
password_apply (MadoTx *tx, gpointer data, GError **error)
{
  PasswordTry *self = data;

  if (self->session)
    return password_accept (self, tx, error);
  if (self->staff)
    return password_refuse (self, tx, error);
  return password_refuse_unknown (self, tx, error);
}

static void
password_clear (MadoAct *act)
{
  PasswordTry *self = (PasswordTry *) act;

  g_clear_object (&self->session);
  g_free (self->staff);
  g_free (self->unknown);
}

typedef struct {
  const char *account;
  char *id, *name, *password_hash;
  char *unknown;          /* (nullable): nobody signs in by that name */
  MadoRole role;
  GBytes *totp;
  gint64 totp_step, locked_until, disabled_at;
} Account;

static void
account_clear (Account *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->password_hash);
  g_free (self->unknown);
  g_clear_pointer (&self->totp, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Account, account_clear)

static gboolean
read_account (MadoTx *tx, gpointer data, GError **error)
{
  Account *found = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, "",
                            "SELECT id, name, role, password_hash, totp_sealed, totp_step, locked_until, disabled_at"
                            " FROM staff WHERE account = $1", MADO_BIND (MADO_TEXT (found->account)));
  if (!rows)
    return FALSE;
  found->id = mado_rows_dup_text (rows, "id");
  found->name = mado_rows_dup_text (rows, "name");
  found->password_hash = mado_rows_dup_text (rows, "password_hash");
  found->role = mado_enum_value (MADO_TYPE_ROLE, mado_rows_text (rows, "role"));
  found->totp = mado_rows_dup_bytes (rows, "totp_sealed");
  found->totp_step = mado_rows_int (rows, "totp_step");
  found->locked_until = mado_rows_int (rows, "locked_until");
  found->disabled_at = mado_rows_int (rows, "disabled_at");
  return TRUE;
}

/* -1: wrong; 0: none is needed; otherwise the step of the code. */
static gint64
check_code (MadoStore *store, const Account *account, const char *code, GError **error)
{
  g_autofree char *secret = NULL;

  if (!account->totp)
    return account->role == MADO_ROLE_SUPERVISOR ? -1 : 0;
  if (!code || !*code) {
    mado_set_error_at (error, MADO_ERROR_UNAUTHENTICATED, "/totp", "required",
                       _("This account needs a one-time code as well."));
    return -1;
  }
  secret = mado_totp_unseal (store, account->account, account->totp, error);
  return secret ? mado_totp_check (secret, code, mado_clock_now (), account->totp_step) : -1;
}

static gboolean
check_lock (const Account *account, GError **error)
{
  if (account->locked_until <= mado_clock_now ())
    return TRUE;
  g_set_error (error, MADO_ERROR, MADO_ERROR_LOCKED,
               _("Too many wrong passwords: this account is locked for %d minutes."), LOCKED_MINUTES);
  return FALSE;
}

/* One that is closed is as good as none. */
static gboolean
look_for_unknown (MadoStore *store, Account *account, GError **error)
{
  MadoUnknownName name = { 0 };

  account->unknown = mado_unknown_name_blind (store, "account", account->account);
  if (!mado_unknown_name_look (store, account->unknown, &name, error))
    return FALSE;
  account->locked_until = name.locked_until;
  return TRUE;
}

static gboolean
find_account (MadoStore *store, Account *account, GError **error)
{
  g_autoptr(GError) failure = NULL;

  if (!mado_store_read (store, read_account, account, &failure)
      && !g_error_matches (failure, MADO_ERROR, MADO_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
  return (account->id && !account->disabled_at) || look_for_unknown (store, account, error);
}

/* An unknown account costs as much time as a known one, so that nobody can tell them apart. */
MadoAct *
mado_sign_in_with_password (MadoStore *store, const char *account, const char *password, const char *totp,
                            GError **error)
{
  g_autoptr(MadoKey) pepper = mado_store_get_city_key (store, "pin-pepper");
  g_auto(Account) found = { .account = account };
  g_autoptr(GError) failure = NULL;
  g_autofree char *spent = NULL;
  gboolean right = FALSE;
  PasswordTry *self;
  gint64 step = 0;

  if (!find_account (store, &found, error) || !check_lock (&found, error))
    return NULL;
  if (found.unknown)
    spent = mado_pin_hash (pepper, password);
  else
    right = mado_pin_verify (pepper, found.password_hash, password);
  if (right && (step = check_code (store, &found, totp, &failure)) < 0) {
    right = FALSE;
    if (failure) {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  }
  self = mado_act_new (&nobody, sizeof (PasswordTry), password_apply, password_clear);
  self->staff = found.unknown ? NULL : g_strdup (found.id);
  self->unknown = g_steal_pointer (&found.unknown);
  self->step = step;
  self->session = right ? mado_session_new (found.role, found.id, NULL, found.name) : NULL;
  return &self->act;
}

typedef struct {
  MadoAct act;
  MadoSession *session;
} DeviceTry;

static MadoOutcome
device_apply (MadoTx *tx, gpointer data, GError **error)
{
  DeviceTry *self = data;

  return open_session (tx, &self->act, self->session, error);
}

static void
device_clear (MadoAct *act)
{
  g_clear_object (&((DeviceTry *) act)->session);
}

typedef struct {
  const char *device, *secret_hash;
  MadoSession *session;
} DeviceLookup;

static gboolean
read_device (MadoTx *tx, gpointer data, GError **error)
{
  DeviceLookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("This device or its secret is not known. Please enrol it again."),
                            "SELECT id, name, role FROM devices"
                            " WHERE id = $1 AND secret_hash = $2 AND disabled_at = 0",
                            MADO_BIND (MADO_TEXT (lookup->device), MADO_TEXT (lookup->secret_hash)));
  if (!rows)
    return FALSE;
  lookup->session = mado_session_new (mado_enum_value (MADO_TYPE_ROLE, mado_rows_text (rows, "role")),
                                      mado_rows_text (rows, "id"), NULL, mado_rows_text (rows, "name"));
  return TRUE;
}

MadoAct *
mado_sign_in_with_device (MadoStore *store, const char *device, const char *secret, GError **error)
{
  g_autofree char *hash = mado_token_hash (secret);
  DeviceLookup lookup = { device, hash, NULL };
  g_autoptr(GError) failure = NULL;
  DeviceTry *self;

  if (!mado_store_read (store, read_device, &lookup, &failure)) {
    if (g_error_matches (failure, MADO_ERROR, MADO_ERROR_NOT_FOUND))
      failure->code = MADO_ERROR_UNAUTHENTICATED;
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  self = mado_act_new (&nobody, sizeof (DeviceTry), device_apply, device_clear);
  self->session = lookup.session;
  return &self->act;
}

typedef struct {
  MadoAct act;
  MadoCardTry *card;
  MadoSession *session;   /* (nullable) */
} CardTry;

static MadoOutcome
card_apply (MadoTx *tx, gpointer data, GError **error)
{
  CardTry *self = data;
  MadoOutcome outcome;

  if (!mado_card_try_apply (self->card, tx, &self->act.actor, &outcome, error))
    return outcome;
  return open_session (tx, &self->act, self->session, error);
}

static void
card_clear (MadoAct *act)
{
  CardTry *self = (CardTry *) act;

  mado_card_try_free (self->card);
  g_clear_object (&self->session);
}

MadoAct *
mado_sign_in_with_card (MadoStore *store, const char *card_number, const char *pin, GError **error)
{
  g_autoptr(MadoCardTry) card = mado_card_try_new (store, card_number, pin, error);
  g_autoptr(MadoResident) resident = NULL;
  const char *id;
  CardTry *self;

  if (!card)
    return NULL;
  id = mado_card_try_get_resident (card);
  if (id && !(resident = mado_resident_get (store, id, error)))
    return NULL;
  self = mado_act_new (&nobody, sizeof (CardTry), card_apply, card_clear);
  self->card = g_steal_pointer (&card);
  self->session = id ? mado_session_new (MADO_ROLE_RESIDENT, id, NULL, resident->full_name) : NULL;
  return &self->act;
}

typedef struct {
  MadoAct act;
  char *session;
} SignOut;

static MadoOutcome
sign_out_apply (MadoTx *tx, gpointer data, GError **error)
{
  SignOut *self = data;
  g_autofree char *subject = g_strconcat ("session/", self->session, NULL);

  return mado_tx_exec (tx, error, "DELETE FROM sessions WHERE id = $1", MADO_BIND (MADO_TEXT (self->session)))
         && mado_journal_append (tx, &self->act.actor, "session.closed", subject, NULL, NULL, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static void
sign_out_clear (MadoAct *act)
{
  g_free (((SignOut *) act)->session);
}

MadoAct *
mado_sign_out (MadoStore *store, const MadoSession *session, GError **error)
{
  MadoActor actor = mado_session_get_actor (session);
  SignOut *self = mado_act_new (&actor, sizeof (SignOut), sign_out_apply, sign_out_clear);

  self->session = g_strdup (session->id);
  return &self->act;
}
