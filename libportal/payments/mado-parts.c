/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "payments/mado-parts.h"

#include <stdio.h>
#include <string.h>

#include "store/mado-row.h"

/* --- writing ---------------------------------------------------------------------------------------------------- */

static MadoKey *
get_key (MadoStore *store)
{
  return mado_store_get_city_key (store, "parts");
}

static void
forget_text (GBytes *sealed)
{
  g_bytes_unref (sealed);
}

void
mado_parts_init (MadoParts *self, MadoStore *store, const char *owner)
{
  *self = (MadoParts) { g_strdup (owner), get_key (store), NULL, NULL, NULL, 0 };
  self->sealed = g_ptr_array_new_with_free_func ((GDestroyNotify) forget_text);
  self->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->text = g_string_new (NULL);
}

static void
close_part (MadoParts *self)
{
  if (self->n == 0)
    return;
  g_ptr_array_add (self->sealed, mado_seal (self->key, self->owner, self->text->str, self->text->len));
  g_array_append_val (self->counts, self->n);
  g_string_truncate (self->text, 0);
  self->n = 0;
}

void
mado_parts_step (MadoParts *self)
{
  if (++self->n == MADO_PART_ROWS)
    close_part (self);
}

gboolean
mado_parts_write (MadoParts *self, MadoTx *tx, gint64 first, GError **error)
{
  close_part (self);
  for (guint i = 0; i < self->sealed->len; i++)
    if (!mado_tx_exec (tx, error, "INSERT INTO parts (owner, number, rows, data) VALUES ($1, $2, $3, $4)",
                       MADO_BIND (MADO_TEXT (self->owner), MADO_INT (first + i),
                                  MADO_INT (g_array_index (self->counts, guint, i)),
                                  MADO_BYTES (self->sealed->pdata[i]))))
      return FALSE;
  return TRUE;
}

void
mado_parts_clear (MadoParts *self)
{
  g_clear_pointer (&self->owner, g_free);
  g_clear_pointer (&self->key, mado_key_unref);
  g_clear_pointer (&self->sealed, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_array_unref);
  if (self->text)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

/* --- going through ---------------------------------------------------------------------------------------------- */

/* @text: (out) (nullable): NULL where there is no such part */
static gboolean
load (MadoTx *tx, const char *owner, gint64 number, char **text, GError **error)
{
  g_autoptr(MadoRows) rows = NULL;
  g_autoptr(MadoKey) key = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gboolean more = FALSE;
  const guint8 *data;
  gsize n;

  *text = NULL;
  rows = mado_tx_query (tx, error, "SELECT data FROM parts WHERE owner = $1 AND number = $2",
                        MADO_BIND (MADO_TEXT (owner), MADO_INT (number)));
  if (!rows || !mado_rows_step (rows, &more, error))
    return FALSE;
  if (!more)
    return TRUE;
  mado_rows_bytes (rows, "data", &data, &n);
  key = get_key (mado_tx_get_store (tx));
  bytes = mado_unseal (key, owner, data, n, error);
  if (!bytes)
    return FALSE;
  *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return TRUE;
}

static char *
next_row (char **at)
{
  char *row = *at, *end = strchr (row, '\n');

  *at = end ? end + 1 : row + strlen (row);
  if (end)
    *end = '\0';
  return *row ? row : NULL;
}

typedef struct {
  MadoPartsRow each;
  gpointer data;
  gint64 deadline;
  gint64 done;        /* rows of this chunk */
} Walk;

/* From row @from on; @stopped: row it stopped before, -1 at the end of the part. At least one row is done. */
static gboolean
walk_part (Walk *self, MadoTx *tx, char *text, gint64 from, gint64 *stopped, GError **error)
{
  gint64 number = 0;
  char *at = text;

  *stopped = -1;
  for (char *row; (row = next_row (&at)); number++) {
    if (number < from)
      continue;
    if (self->done > 0 && g_get_monotonic_time () >= self->deadline) {
      *stopped = number;
      return TRUE;
    }
    if (!self->each (tx, row, self->data, error))
      return FALSE;
    self->done++;
  }
  return TRUE;
}

gboolean
mado_parts_walk (MadoTx *tx, const char *owner, MadoJob *job, gint64 deadline, MadoPartsRow each, gpointer data,
                 gboolean *over, GError **error)
{
  Walk walk = { each, data, deadline, 0 };
  gint64 part = 0, row = 0;

  if (job->cursor)
    sscanf (job->cursor, "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, &part, &row);
  *over = FALSE;
  while (!*over && (walk.done == 0 || g_get_monotonic_time () < deadline)) {
    g_autofree char *text = NULL;
    gint64 stopped = -1;

    if (!load (tx, owner, part, &text, error) || (text && !walk_part (&walk, tx, text, row, &stopped, error)))
      return FALSE;
    *over = text == NULL;
    if (stopped >= 0) {
      row = stopped;
      break;
    }
    part += text != NULL;
    row = 0;
  }
  g_free (job->cursor);
  job->cursor = g_strdup_printf ("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, part, row);
  job->done += walk.done;
  return TRUE;
}

gboolean
mado_parts_forget (MadoTx *tx, const char *owner, GError **error)
{
  return mado_tx_exec (tx, error, "DELETE FROM parts WHERE owner = $1", MADO_BIND (MADO_TEXT (owner)));
}
