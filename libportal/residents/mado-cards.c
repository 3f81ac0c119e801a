/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "residents/mado-residents.h"

#include <glib/gi18n-lib.h>

#include "core/mado-fold.h"
#include "core/mado-id.h"
#include "residents/mado-unknown-names.h"
#include "store/mado-row.h"

#define NUMBER_LENGTH 12
#define MAX_TRIES 3

static guint
luhn_remainder (const char *digits)
{
  guint sum = 0;

  for (guint i = 0; i < NUMBER_LENGTH; i++) {
    guint digit = digits[i] - '0';

    digit <<= i % 2 == 0;
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10;
}

char *
mado_card_number_parse (const char *typed, GError **error)
{
  g_autofree char *digits = mado_fold_code (typed);

  if (strlen (digits) != NUMBER_LENGTH || strspn (digits, "0123456789") != NUMBER_LENGTH) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/cardNumber", "pattern",
                       _("A card number has 12 digits. Please look at the card again."));
    return NULL;
  }
  if (luhn_remainder (digits) != 0) {
    mado_set_error_at (error, MADO_ERROR_INVALID, "/cardNumber", "check-digit",
                       _("One digit of the card number is not right. Please compare it with the card."));
    return NULL;
  }
  return g_steal_pointer (&digits);
}

static char *
blind_number (MadoStore *store, const char *number)
{
  g_autoptr(MadoKey) key = mado_store_get_city_key (store, "card-index");

  return mado_blind_index (key, "card", number);
}

gboolean
mado_card_issue (MadoTx *tx, const MadoActor *actor, const char *resident_id, const char *number,
                 const char *pin_hash, GError **error)
{
  g_autofree char *id = mado_ulid_new ();
  g_autofree char *subject = g_strconcat ("card/", id, NULL);
  g_autofree char *blind = blind_number (mado_tx_get_store (tx), number);

  return mado_tx_exec (tx, error,
                       "INSERT INTO cards (id, number_index, resident_id, pin_hash, attempts, issued_at)"
                       " VALUES ($1, $2, $3, $4, $5, $6)",
                       MADO_BIND (MADO_TEXT (id), MADO_TEXT (blind), MADO_TEXT (resident_id), MADO_TEXT (pin_hash),
                                  MADO_INT (0), MADO_INT (mado_tx_now (tx))))
         && mado_journal_append (tx, actor, "card.issued", subject, resident_id, NULL, error);
}

struct _MadoCardTry {
  char *card;          /* (nullable): id; NULL: no such card */
  char *unknown;       /* (nullable): what stands for its number then */
  char *resident;
  char *pin_hash;
  gboolean right;
};

typedef struct {
  const char *blind;
  MadoCardTry *try;
  gint64 attempts;
} CardLookup;

static gboolean
read_card (MadoTx *tx, gpointer data, GError **error)
{
  CardLookup *lookup = data;
  g_autoptr(MadoRows) rows = NULL;

  rows = mado_tx_query_one (tx, error, _("There is no such card."),
                            "SELECT id, resident_id, pin_hash, attempts FROM cards WHERE number_index = $1",
                            MADO_BIND (MADO_TEXT (lookup->blind)));
  if (!rows)
    return FALSE;
  lookup->try->card = mado_rows_dup_text (rows, "id");
  lookup->try->resident = mado_rows_dup_text (rows, "resident_id");
  lookup->try->pin_hash = mado_rows_dup_text (rows, "pin_hash");
  lookup->attempts = mado_rows_int (rows, "attempts");
  return TRUE;
}

/* Tries at a number that no card has count as well. */
static gboolean
look_for_unknown (MadoStore *store, MadoCardTry *self, const char *number, gint64 *attempts, GError **error)
{
  MadoUnknownName name = { 0 };

  self->unknown = mado_unknown_name_blind (store, "card", number);
  if (!mado_unknown_name_look (store, self->unknown, &name, error))
    return FALSE;
  *attempts = name.locked_until ? MAX_TRIES : name.attempts;
  return TRUE;
}

static MadoCardTry *
find_card (MadoStore *store, const char *typed, gint64 *attempts, GError **error)
{
  g_autofree char *number = mado_card_number_parse (typed, error);
  g_autofree char *blind = number ? blind_number (store, number) : NULL;
  g_autoptr(MadoCardTry) self = g_new0 (MadoCardTry, 1);
  g_autoptr(GError) failure = NULL;
  CardLookup lookup = { blind, self, 0 };

  if (!number)
    return NULL;
  if (!mado_store_read (store, read_card, &lookup, &failure)
      && !g_error_matches (failure, MADO_ERROR, MADO_ERROR_NOT_FOUND)) {
    g_propagate_error (error, g_steal_pointer (&failure));
    return NULL;
  }
  *attempts = lookup.attempts;
  if (!self->card && !look_for_unknown (store, self, number, attempts, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
pin_is_well_formed (const char *pin, GError **error)
{
  if (pin && strlen (pin) == 4 && strspn (pin, "0123456789") == 4)
    return TRUE;
  mado_set_error_at (error, MADO_ERROR_INVALID, "/pin", "pattern", _("The PIN has 4 digits."));
  return FALSE;
}

/* An unknown card costs as much time as a known one, so that nobody can tell them apart. */
MadoCardTry *
mado_card_try_new (MadoStore *store, const char *number, const char *pin, GError **error)
{
  g_autoptr(MadoKey) pepper = mado_store_get_city_key (store, "pin-pepper");
  g_autofree char *folded = pin ? mado_fold_code (pin) : NULL;
  g_autofree char *spent = NULL;
  gint64 attempts = 0;
  MadoCardTry *self;

  if (!pin_is_well_formed (folded, error))
    return NULL;
  self = find_card (store, number, &attempts, error);
  if (!self)
    return NULL;
  if (attempts < MAX_TRIES && !self->card)
    spent = mado_pin_hash (pepper, folded);
  else if (attempts < MAX_TRIES)
    self->right = mado_pin_verify (pepper, self->pin_hash, folded);
  return self;
}

const char *
mado_card_try_get_resident (const MadoCardTry *self)
{
  return self->right ? self->resident : NULL;
}

static gboolean
set_locked_error (GError **error)
{
  mado_set_error_at (error, MADO_ERROR_LOCKED, "/pin", "locked",
                     _("The card is locked after three wrong PINs. Please ask the staff to unlock it."));
  return FALSE;
}

static gboolean
set_wrong_error (gint64 attempts, GError **error)
{
  int left = (int) (MAX_TRIES - attempts);

  mado_set_error_at (error, MADO_ERROR_UNAUTHENTICATED, "/pin", "wrong",
                     g_dngettext (GETTEXT_PACKAGE, "Card number and PIN do not match. You can try once more.",
                                  "Card number and PIN do not match. You can try %d more times.", left), left);
  return FALSE;
}

static gboolean
accept_pin (MadoCardTry *self, MadoTx *tx, GError **error)
{
  gint64 n = mado_tx_exec_n (tx, error,
                             "UPDATE cards SET attempts = 0 WHERE id = $1 AND pin_hash = $2 AND attempts < $3",
                             MADO_BIND (MADO_TEXT (self->card), MADO_TEXT (self->pin_hash), MADO_INT (MAX_TRIES)));

  return n < 0 ? FALSE : n == 1 ? TRUE : set_locked_error (error);
}

static gint64
count_attempts (MadoCardTry *self, MadoTx *tx, GError **error)
{
  g_autoptr(MadoRows) rows = mado_tx_query_one (tx, error, _("There is no such card."),
                                                "SELECT attempts FROM cards WHERE id = $1",
                                                MADO_BIND (MADO_TEXT (self->card)));

  return rows ? mado_rows_int (rows, "attempts") : -1;
}

static gboolean
refuse_pin (MadoCardTry *self, MadoTx *tx, const MadoActor *actor, MadoOutcome *outcome, GError **error)
{
  g_autofree char *subject = g_strconcat ("card/", self->card, NULL);
  gint64 n, attempts;

  n = mado_tx_exec_n (tx, error, "UPDATE cards SET attempts = attempts + 1 WHERE id = $1 AND attempts < $2",
                      MADO_BIND (MADO_TEXT (self->card), MADO_INT (MAX_TRIES)));
  if (n < 0)
    return FALSE;
  if (n == 0)
    return set_locked_error (error);
  attempts = count_attempts (self, tx, error);
  if (attempts < 0
      || !mado_journal_append (tx, actor, attempts < MAX_TRIES ? "card.refused" : "card.locked", subject,
                               self->resident, NULL, error))
    return FALSE;
  *outcome = MADO_OUTCOME_COMMIT;
  if (attempts >= MAX_TRIES)
    return set_locked_error (error);
  return set_wrong_error (attempts, error);
}

/* Word for word as of a card there is; and nobody unlocks it. */
static gboolean
refuse_unknown (MadoCardTry *self, MadoTx *tx, const MadoActor *actor, MadoOutcome *outcome, GError **error)
{
  MadoUnknownName name;

  if (!mado_unknown_name_count (tx, self->unknown, MAX_TRIES, G_MAXINT64, &name, error)
      || !mado_journal_append (tx, actor, name.locked_until ? "card.locked" : "card.refused", "card/unknown", NULL,
                               NULL, error))
    return FALSE;
  *outcome = MADO_OUTCOME_COMMIT;
  return name.locked_until ? set_locked_error (error) : set_wrong_error (name.attempts, error);
}

gboolean
mado_card_try_apply (MadoCardTry *self, MadoTx *tx, const MadoActor *actor, MadoOutcome *outcome, GError **error)
{
  *outcome = MADO_OUTCOME_ROLL_BACK;
  if (!self->card)
    return refuse_unknown (self, tx, actor, outcome, error);
  return self->right ? accept_pin (self, tx, error) : refuse_pin (self, tx, actor, outcome, error);
}

void
mado_card_try_free (MadoCardTry *self)
{
  if (!self)
    return;
  g_free (self->card);
  g_free (self->unknown);
  g_free (self->resident);
  g_free (self->pin_hash);
  g_free (self);
}

char *
mado_card_find_resident (MadoStore *store, const char *number, GError **error)
{
  gint64 attempts;
  g_autoptr(MadoCardTry) card = find_card (store, number, &attempts, error);

  if (card && !card->card)
    mado_set_error_at (error, MADO_ERROR_INVALID, "/cardNumber", "unknown",
                       _("This card is not known here. Please compare its number."));
  return card ? g_steal_pointer (&card->resident) : NULL;
}

typedef struct {
  MadoAct act;
  MadoCardTry *card;
} Unlock;

static MadoOutcome
unlock_apply (MadoTx *tx, gpointer data, GError **error)
{
  Unlock *self = data;
  g_autofree char *subject = g_strconcat ("card/", self->card->card, NULL);

  return mado_tx_exec (tx, error, "UPDATE cards SET attempts = 0 WHERE id = $1",
                       MADO_BIND (MADO_TEXT (self->card->card)))
         && mado_journal_append (tx, &self->act.actor, "card.unlocked", subject, self->card->resident, NULL, error)
         ? MADO_OUTCOME_COMMIT : MADO_OUTCOME_ROLL_BACK;
}

static void
unlock_clear (MadoAct *act)
{
  mado_card_try_free (((Unlock *) act)->card);
}

MadoAct *
mado_card_unlock (MadoStore *store, const MadoActor *actor, const char *number, GError **error)
{
  g_autoptr(MadoCardTry) card = NULL;
  gint64 attempts;
  Unlock *self;

  if (!mado_actor_require (actor, MADO_ROLE_SUPERVISOR | MADO_ROLE_SYSTEM, error))
    return NULL;
  card = find_card (store, number, &attempts, error);
  if (!card)
    return NULL;
  if (!card->card) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("There is no such card."));
    return NULL;
  }
  self = mado_act_new (actor, sizeof (Unlock), unlock_apply, unlock_clear);
  self->card = g_steal_pointer (&card);
  return &self->act;
}
