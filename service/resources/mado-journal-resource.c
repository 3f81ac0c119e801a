/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "mado-events.h"
#include "mado-resources.h"

typedef struct {
  gint64 after;
  gint64 before;
  gint64 limit;
} Input;

const MadoJsonSpec mado_journal_list_spec[] = {
  { "after", MADO_JSON_INT, G_STRUCT_OFFSET (Input, after), FALSE, -1, G_MAXINT32, NULL, NULL,
    "Position before the first wanted; -1: the last entries there are" },
  { "limit", MADO_JSON_INT, G_STRUCT_OFFSET (Input, limit), FALSE, 1, 1000, NULL, NULL, "100 unless told" },
  { NULL }
};

gboolean
mado_journal_list (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  MadoStore *store = mado_request_get_store (request);
  g_autoptr(GPtrArray) entries = NULL;
  Input input = { .limit = 100 };
  MadoJournalQuery query = { 0 };

  if (!mado_request_read (request, &input, error))
    return FALSE;
  query.after = input.after < 0 ? MAX (mado_journal_get_position (store) - input.limit, 0) : input.after;
  query.limit = (guint) input.limit;
  entries = mado_journal_read (store, &query, error);
  return mado_answer_list (answer, entries, NULL);
}

const MadoJsonSpec mado_journal_roots_spec[] = {
  { "before", MADO_JSON_INT, G_STRUCT_OFFSET (Input, before), FALSE, 1, G_MAXINT32, NULL, NULL,
    "A size: only roots of smaller trees" },
  { "limit", MADO_JSON_INT, G_STRUCT_OFFSET (Input, limit), FALSE, 1, 1000, NULL, NULL, "100 unless told" },
  { NULL }
};

gboolean
mado_journal_roots (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(GPtrArray) roots = NULL;
  Input input = { .limit = 100 };

  if (!mado_request_read (request, &input, error))
    return FALSE;
  roots = mado_journal_get_roots (mado_request_get_store (request), input.before, (guint) input.limit, error);
  return mado_answer_list (answer, roots, NULL);
}

gboolean
mado_journal_proof (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  g_autoptr(MadoJournalProof) proof = NULL;
  gint64 position;

  if (!g_ascii_string_to_signed (request->params[0], 10, 1, G_MAXINT64, &position, NULL)) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("A position is a number from 1."));
    return FALSE;
  }
  proof = mado_journal_prove (mado_request_get_store (request), position, error);
  return mado_answer_record (answer, proof);
}

const MadoJsonSpec mado_journal_verification_shape[] = {
  { "whole", MADO_JSON_BOOL, 0, TRUE, 0, 0, NULL, NULL, "Everything agrees" },
  { "entries", MADO_JSON_INT, 0, TRUE, 0, MADO_JSON_EXACT_MAX, NULL, NULL, "Covered by the newest root" },
  { "root", MADO_JSON_STRING, 0, TRUE, 0, 64, NULL, NULL, "The newest, hexadecimal; empty before the first" },
  { "position", MADO_JSON_INT, 0, FALSE, 0, MADO_JSON_EXACT_MAX, NULL, NULL, "The first that is wrong" },
  { "problem", MADO_JSON_STRING, 0, FALSE, 0, 1000, NULL, NULL, "What does not agree, in words" },
  { NULL }
};

/* What does not agree is the answer here, not a failure of the request. */
gboolean
mado_journal_verification (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  MadoStore *store = mado_request_get_store (request);
  g_autoptr(GPtrArray) roots = mado_journal_get_roots (store, 0, 1, error);
  g_autoptr(GError) problem = NULL;
  const MadoJournalRoot *root;
  GString *out;
  gint64 bad = 0;

  if (!roots)
    return FALSE;
  if (!mado_journal_verify (store, NULL, NULL, &bad, &problem)
      && !g_error_matches (problem, MADO_ERROR, MADO_ERROR_CONFLICT)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  root = roots->len > 0 ? roots->pdata[0] : NULL;
  out = mado_answer_begin (answer, "application/json");
  g_string_append_printf (out, "{\"whole\":%s,\"entries\":%" G_GINT64_FORMAT ",\"root\":\"%s\"",
                          problem ? "false" : "true", root ? root->size : 0, root ? root->root : "");
  if (problem) {
    g_string_append_printf (out, ",\"position\":%" G_GINT64_FORMAT ",\"problem\":", bad);
    mado_json_append_string (out, problem->message);
  }
  g_string_append_c (out, '}');
  return TRUE;
}

/* From the position the reader has, or from now on. */
gboolean
mado_events_follow (MadoRequest *request, MadoAnswer *answer, GError **error)
{
  gint64 after;

  if (!request->last_event_id
      || !g_ascii_string_to_signed (request->last_event_id, 10, 0, G_MAXINT64, &after, NULL))
    after = mado_journal_get_position (mado_request_get_store (request));
  mado_answer_begin (answer, "text/event-stream");
  answer->events = mado_subscription_new (request, after);
  return TRUE;
}
