/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-settlements-private.h"

#include <string.h>

#include "core/mado-fold.h"
#include "core/mado-id.h"
#include "store/mado-row.h"

/*
 * Who sent a transfer, and for what. Certain is only a number of ours in what the payer wrote, with the amount that is
 * owed; or the name and the amount, where all that name may mean is one payer. Everything else is for a person.
 */
#define MAX_CANDIDATES 10
#define MIN_NUMBER     7    /* symbols of a number, without its hyphen */

char *
mado_transfer_blind_name (MadoStore *store, const char *kana)
{
  g_autoptr(MadoKey) key = mado_store_get_city_key (store, "payer-index");
  g_autofree char *name = mado_fold_search (kana);

  return *name ? mado_blind_index (key, "kana", name) : NULL;
}

/* --- numbers in a text ------------------------------------------------------------------------------------------ */

/* Runs of letters and digits that are numbers of ours by their check symbol. */
static void
collect_numbers (const char *text, GPtrArray *numbers)
{
  g_autofree char *folded = mado_fold_width (text);
  g_auto(GStrv) words = g_strsplit_set (folded, " /:,.()", -1);

  for (guint i = 0; words[i]; i++) {
    char *number = strlen (words[i]) >= MIN_NUMBER ? mado_number_parse (words[i], NULL) : NULL;

    if (number)
      g_ptr_array_add (numbers, number);
  }
}

typedef struct {
  char *number, *payer;
  gint64 owed;
} Candidate;

static void
candidate_clear (gpointer data)
{
  g_free (((Candidate *) data)->number);
  g_free (((Candidate *) data)->payer);
}

static gboolean
take_candidates (MadoRows *rows, GArray *candidates, GError **error)
{
  gboolean more = TRUE;

  while (rows && mado_rows_step (rows, &more, error)) {
    Candidate candidate;

    if (!more)
      return TRUE;
    candidate = (Candidate) { mado_rows_dup_text (rows, "number"), NULL, mado_rows_int (rows, "owed") };
    if (!mado_rows_is_null (rows, "payer"))
      candidate.payer = mado_rows_dup_text (rows, "payer");
    g_array_append_val (candidates, candidate);
  }
  return FALSE;
}

static gboolean
find_numbers (MadoTx *tx, const MadoStatementLine *line, GArray *candidates, GError **error)
{
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

  collect_numbers (line->note ? line->note : "", numbers);
  collect_numbers (line->payer ? line->payer : "", numbers);
  for (guint i = 0; i < numbers->len && i < MAX_CANDIDATES; i++) {
    g_autoptr(MadoRows) rows = mado_tx_query (tx, error,
                                              "SELECT number, payer, amount - paid AS owed FROM charges"
                                              " WHERE number = $1 AND state = 'open'",
                                              MADO_BIND (MADO_TEXT (numbers->pdata[i])));

    if (!take_candidates (rows, candidates, error))
      return FALSE;
  }
  return TRUE;
}

/* Those of that amount first, among them what is due first. */
static gboolean
find_names (MadoTx *tx, const MadoStatementLine *line, GArray *candidates, GError **error)
{
  g_autofree char *name = mado_transfer_blind_name (mado_tx_get_store (tx), line->payer ? line->payer : "");
  g_autoptr(MadoRows) rows = NULL;

  if (!name)
    return TRUE;
  rows = mado_tx_query (tx, error,
                        "SELECT c.number AS number, c.payer AS payer, c.amount - c.paid AS owed"
                        " FROM charge_names n JOIN charges c ON c.id = n.charge"
                        " WHERE n.name = $1 AND c.state = 'open'"
                        " ORDER BY CASE WHEN c.amount - c.paid = $2 THEN 0 ELSE 1 END, c.due_date, c.id LIMIT $3",
                        MADO_BIND (MADO_TEXT (name), MADO_INT (line->yen), MADO_INT (MAX_CANDIDATES)));
  return take_candidates (rows, candidates, error);
}

/* --- deciding --------------------------------------------------------------------------------------------------- */

/* Whoever is not known by an id may be anybody of that name. */
static gboolean
is_one_payer (const GArray *candidates)
{
  const Candidate *first = &g_array_index (candidates, Candidate, 0);

  for (guint i = 1; i < candidates->len; i++) {
    const Candidate *other = &g_array_index (candidates, Candidate, i);

    if (!first->payer || g_strcmp0 (first->payer, other->payer) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_certain (const GArray *candidates, gint64 yen, gboolean by_number)
{
  if (candidates->len == 0 || g_array_index (candidates, Candidate, 0).owed != yen)
    return FALSE;
  return by_number ? candidates->len == 1 : candidates->len < MAX_CANDIDATES && is_one_payer (candidates);
}

static GStrv
list_numbers (const GArray *candidates)
{
  g_autoptr(GStrvBuilder) numbers = g_strv_builder_new ();

  for (guint i = 0; i < candidates->len; i++)
    g_strv_builder_add (numbers, g_array_index (candidates, Candidate, i).number);
  return g_strv_builder_end (numbers);
}

gboolean
mado_transfer_judge (MadoTx *tx, const MadoStatementLine *line, MadoVerdict *out, GError **error)
{
  g_autoptr(GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  gboolean by_number;

  g_array_set_clear_func (candidates, candidate_clear);
  if (!find_numbers (tx, line, candidates, error))
    return FALSE;
  by_number = candidates->len > 0;
  if (!by_number && !find_names (tx, line, candidates, error))
    return FALSE;
  if (is_certain (candidates, line->yen, by_number)) {
    out->match = MADO_MATCH_MATCHED;
    out->charge = g_strdup (g_array_index (candidates, Candidate, 0).number);
    return TRUE;
  }
  out->match = MADO_MATCH_UNCERTAIN;
  out->expected = candidates->len ? g_array_index (candidates, Candidate, 0).owed : 0;
  out->candidates = candidates->len ? list_numbers (candidates) : NULL;
  return TRUE;
}
