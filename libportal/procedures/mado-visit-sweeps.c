/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-visits-private.h"

#include "core/mado-clock.h"
#include "store/mado-row.h"

#define MAX_SWEPT 200                                             /* at once: the writer is short */
#define KEPT_US   (7 * 24 * 60 * 60 * (gint64) G_USEC_PER_SEC)    /* a kiosk may be offline so long */

typedef struct {
  guint max;
  GPtrArray *visits;
} Overdue;

static gboolean
read_overdue (MadoTx *tx, gpointer data, GError **error)
{
  Overdue *overdue = data;

  return mado_tx_query_records (tx, overdue->visits, MADO_TYPE_VISIT, error,
                                "SELECT id FROM visits WHERE state IN ('open', 'filed') AND expires_at < $1 LIMIT $2",
                                MADO_BIND (MADO_INT (mado_clock_now ()), MADO_INT (overdue->max)));
}

gint
mado_visits_expire (MadoStore *store, guint max, GError **error)
{
  const MadoActor clock = { "system", "clock", NULL, MADO_ROLE_SYSTEM };
  g_autoptr(GPtrArray) visits = g_ptr_array_new_with_free_func (g_object_unref);
  Overdue overdue = { max, visits };
  gint n = 0;

  if (!mado_store_read (store, read_overdue, &overdue, error))
    return -1;
  for (guint i = 0; i < visits->len; i++) {
    MadoVisit *visit = g_ptr_array_index (visits, i);
    g_autoptr(GError) failure = NULL;

    if (mado_act_run (store, mado_visit_end (store, &clock, visit->id, &failure), NULL, &failure))
      n++;
    else if (!g_error_matches (failure, MADO_ERROR, MADO_ERROR_CONFLICT)) {   /* another service was first */
      g_propagate_error (error, g_steal_pointer (&failure));
      return -1;
    }
  }
  return n;
}

static gboolean
read_unfiled (MadoTx *tx, gpointer data, GError **error)
{
  Overdue *overdue = data;

  return mado_tx_query_records (tx, overdue->visits, MADO_TYPE_VISIT, error,
                                "SELECT id FROM visits WHERE state IN ('ended', 'expired') AND filed_at = 0"
                                " AND expires_at < $1 LIMIT $2",
                                MADO_BIND (MADO_INT (mado_clock_now () - KEPT_US), MADO_INT (overdue->max)));
}

static MadoOutcome
sweep_apply (MadoTx *tx, gpointer data, GError **error)
{
  GPtrArray *visits = data;

  for (guint i = 0; i < visits->len; i++) {
    MadoVisit *visit = g_ptr_array_index (visits, i);
    g_autofree char *subject = mado_visit_dup_subject (visit);

    if (!mado_tx_exec (tx, error, "DELETE FROM visits WHERE id = $1 AND filed_at = 0",
                       MADO_BIND (MADO_TEXT (visit->id)))
        || !mado_tx_forget_subject (tx, subject, MADO_KEEP_FILING, error))
      return MADO_OUTCOME_ROLL_BACK;
  }
  return MADO_OUTCOME_COMMIT;
}

gint
mado_visits_sweep (MadoStore *store, guint max, GError **error)
{
  g_autoptr(GPtrArray) visits = g_ptr_array_new_with_free_func (g_object_unref);
  Overdue overdue = { MIN (max, MAX_SWEPT), visits };

  if (!mado_store_read (store, read_unfiled, &overdue, error))
    return -1;
  if (visits->len > 0 && !mado_store_write (store, sweep_apply, visits, error))
    return -1;
  return visits->len;
}
