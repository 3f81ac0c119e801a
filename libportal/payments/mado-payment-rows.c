/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-payments-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-id.h"
#include "core/mado-json.h"
#include "residents/mado-residents.h"
#include "store/mado-row.h"

#define COLUMNS \
  "id, version, state, charge, provider, office, device, language, amount, captured, refunding, refunded, costs," \
  " reference, offer, reason, created_at, updated_at, expires_at, captured_at, settled_at, brand"

static const char *
state_nick (const MadoPayment *self)
{
  return mado_enum_nick (MADO_TYPE_PAYMENT_STATE, self->state);
}

static char *
print_offer (const MadoPayment *self)
{
  GString *text = self->offer ? g_string_new (NULL) : NULL;

  if (!text)
    return NULL;
  mado_json_append_node (text, self->offer);
  return g_string_free (text, FALSE);
}

/* --- writing ---------------------------------------------------------------------------------------------------- */

gboolean
mado_payment_insert (MadoTx *tx, const MadoPayment *self, gboolean holds, GError **error)
{
  g_autofree char *offer = print_offer (self);

  return mado_tx_exec (tx, error,
                       "INSERT INTO payments (" COLUMNS ", holds) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
                       " $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)",
                       MADO_BIND (MADO_TEXT (self->id), MADO_INT (self->version), MADO_TEXT (state_nick (self)),
                                  MADO_TEXT (self->charge),
                                  MADO_TEXT (mado_enum_nick (MADO_TYPE_PROVIDER, self->provider)),
                                  MADO_TEXT (self->office), MADO_TEXT (self->device), MADO_TEXT (self->language),
                                  MADO_INT (self->amount), MADO_INT (self->captured), MADO_INT (self->refunding),
                                  MADO_INT (self->refunded), MADO_INT (self->costs), MADO_TEXT (self->reference),
                                  MADO_TEXT (offer), MADO_TEXT (self->reason), MADO_INT (self->created_at),
                                  MADO_INT (self->updated_at), MADO_INT (self->expires_at),
                                  MADO_INT (self->captured_at), MADO_INT (self->settled_at), MADO_TEXT (self->brand),
                                  MADO_INT (holds)));
}

/* What once let go of its charge does not get hold of it again. */
gboolean
mado_payment_update (MadoTx *tx, MadoPayment *self, GError **error)
{
  g_autofree char *offer = print_offer (self);
  gint64 version = self->version++;

  self->updated_at = mado_tx_now (tx);
  return mado_tx_expect (tx, 1, MADO_ERROR_STALE, error,
                         "UPDATE payments SET version = $3, state = $4, captured = $5, refunding = $6, refunded = $7,"
                         " costs = $8, reference = $9, offer = $10, reason = $11, updated_at = $12, captured_at = $13,"
                         " settled_at = $14, holds = holds * $15, brand = $16 WHERE id = $1 AND version = $2",
                         MADO_BIND (MADO_TEXT (self->id), MADO_INT (version), MADO_INT (self->version),
                                    MADO_TEXT (state_nick (self)), MADO_INT (self->captured),
                                    MADO_INT (self->refunding), MADO_INT (self->refunded), MADO_INT (self->costs),
                                    MADO_TEXT (self->reference), MADO_TEXT (offer), MADO_TEXT (self->reason),
                                    MADO_INT (self->updated_at), MADO_INT (self->captured_at),
                                    MADO_INT (self->settled_at),
                                    MADO_INT (mado_payment_state_is_live (self->state)), MADO_TEXT (self->brand)));
}

gboolean
mado_payment_journal (MadoTx *tx, const MadoActor *actor, const MadoPayment *self, const MadoCharge *charge,
                      const char *action, GError **error)
{
  char subject[64], detail[256];

  g_snprintf (subject, sizeof subject, "payment/%s", self->id);
  g_snprintf (detail, sizeof detail, "{\"charge\":\"%s\",\"provider\":\"%s\",\"state\":\"%s\",\"yen\":%"
              G_GINT64_FORMAT "}", charge->number, mado_enum_nick (MADO_TYPE_PROVIDER, self->provider),
              state_nick (self), self->captured ? self->captured : self->amount);
  return mado_journal_append (tx, actor, action, subject, charge->payer, detail, error);
}

/* --- reading ---------------------------------------------------------------------------------------------------- */

MadoPayment *
mado_payment_load (MadoTx *tx, const char *id, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such payment."),
                            "SELECT " COLUMNS " FROM payments WHERE id = $1", MADO_BIND (MADO_TEXT (id)));
  return rows ? mado_rows_dup_record (rows, MADO_TYPE_PAYMENT) : NULL;
}

static gboolean
take_first (MadoRows *rows, MadoPayment **first, GError **error)
{
  gboolean more = FALSE;

  *first = NULL;
  if (!rows || !mado_rows_step (rows, &more, error))
    return FALSE;
  if (more)
    *first = mado_rows_dup_record (rows, MADO_TYPE_PAYMENT);
  return TRUE;
}

gboolean
mado_payment_find_live (MadoTx *tx, const char *charge, MadoPayment **live, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query (tx, error,
                        "SELECT " COLUMNS " FROM payments WHERE charge = $1"
                        " AND state IN ('created', 'pending', 'authorised', 'unknown') LIMIT 1",
                        MADO_BIND (MADO_TEXT (charge)));
  return take_first (rows, live, error);
}

gboolean
mado_payment_find_reference (MadoTx *tx, MadoProvider provider, const char *reference, MadoPayment **known,
                             GError **error)
{
  /* In the words of the indexes, of which there is one for terminals and one for the others. */
  const char *sql = provider == MADO_PROVIDER_TERMINAL
    ? "SELECT " COLUMNS " FROM payments WHERE provider = $1 AND provider = 'terminal' AND reference = $2"
      " ORDER BY settled_at, id LIMIT 1"
    : "SELECT " COLUMNS " FROM payments WHERE provider = $1 AND provider <> 'terminal' AND reference = $2 LIMIT 1";
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query (tx, error, sql, MADO_BIND (MADO_TEXT (mado_enum_nick (MADO_TYPE_PROVIDER, provider)),
                                                   MADO_TEXT (reference)));
  return take_first (rows, known, error);
}

/* What somebody pays is theirs: staff who look are journalled. */
static gboolean
journal_look (MadoStore *store, const MadoActor *actor, const MadoCharge *charge, GError **error)
{
  g_autofree char *subject = g_strconcat ("charge/", charge->id, NULL);
  const MadoLook look = { subject, charge->payer, NULL };

  return !(actor->role & MADO_ROLES_STAFF)
         || mado_journal_look (store, actor, "payments.viewed", &look, 1, error);
}

typedef struct {
  const char *id;
  MadoPayment *payment;
  MadoCharge *charge;
} One;

static gboolean
read_one (MadoTx *tx, gpointer data, GError **error)
{
  One *self = data;

  self->payment = mado_payment_load (tx, self->id, error);
  self->charge = self->payment ? mado_charge_load (tx, self->payment->charge, error) : NULL;
  return self->charge != NULL;
}

MadoPayment *
mado_payment_get (MadoStore *store, const MadoActor *actor, const char *id, GError **error)
{
  One one = { .id = id };
  gboolean found = mado_store_read (store, read_one, &one, error);
  g_autoptr(MadoPayment) payment = one.payment;
  g_autoptr(MadoCharge) charge = one.charge;

  if (!found || !mado_charge_check_owner (charge, actor, error) || !journal_look (store, actor, charge, error))
    return NULL;
  return g_steal_pointer (&payment);
}

typedef struct {
  const char *number;
  const MadoActor *actor;
  gboolean receipts;
  GPtrArray *records;
  MadoCharge *charge;
} Listing;

static gboolean
read_list (MadoTx *tx, gpointer data, GError **error)
{
  Listing *self = data;
  MadoCharge *charge = self->charge = mado_charge_load_number (tx, self->number, error);

  if (!charge || !mado_charge_check_owner (charge, self->actor, error))
    return FALSE;
  if (self->receipts)
    return mado_tx_query_records (tx, self->records, MADO_TYPE_PAYMENT_RECEIPT, error,
                                  "SELECT r.number AS number, r.office AS office, r.year AS year,"
                                  " r.serial AS serial, r.payment AS payment, r.charge AS charge,"
                                  " r.amount AS amount, r.issued_at AS issued_at, r.void_at AS void_at"
                                  " FROM receipts r JOIN payments p ON p.id = r.payment WHERE p.charge = $1"
                                  " ORDER BY r.issued_at, r.serial", MADO_BIND (MADO_TEXT (charge->id)));
  return mado_tx_query_records (tx, self->records, MADO_TYPE_PAYMENT, error,
                                "SELECT " COLUMNS " FROM payments WHERE charge = $1 ORDER BY id",
                                MADO_BIND (MADO_TEXT (charge->id)));
}

static GPtrArray *
list (MadoStore *store, const MadoActor *actor, const char *charge, gboolean receipts, GError **error)
{
  g_autofree char *number = mado_number_parse (charge, error);
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  Listing listing = { number, actor, receipts, records, NULL };
  gboolean found = number && mado_store_read (store, read_list, &listing, error);
  g_autoptr(MadoCharge) seen = listing.charge;

  return found && journal_look (store, actor, seen, error) ? g_steal_pointer (&records) : NULL;
}

GPtrArray *
mado_payment_list (MadoStore *store, const MadoActor *actor, const char *charge, GError **error)
{
  return list (store, actor, charge, FALSE, error);
}

GPtrArray *
mado_receipt_list (MadoStore *store, const MadoActor *actor, const char *charge, GError **error)
{
  return list (store, actor, charge, TRUE, error);
}
