/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/mado-case.h"
#include "model/mado-visit.h"

#define ALL_GUARDS 0x3ff
#define N_STATES   10
#define N_EVENTS   14

static const MadoRole roles[] = {
  MADO_ROLE_NONE, MADO_ROLE_RESIDENT, MADO_ROLE_VISIT, MADO_ROLE_DEVICE, MADO_ROLE_CLERK, MADO_ROLE_SUPERVISOR,
  MADO_ROLE_AUDITOR, MADO_ROLE_NOTIFIER, MADO_ROLE_SYSTEM,
};

/*
 * Who may, said once more and by hand: O owner, C clerk and supervisor, S supervisor only, Y the system. The columns
 * are the events in their order: submit identify accept review return correct grant refuse withdraw paid close undo
 * lapse reprint.
 */
static const char *const who_may[N_STATES][N_EVENTS] = {
  /*               sub  ide   acc  rev  ret  cor  gra  ref  wit   pai   clo  und  lap  rep */
  /* draft     */ { "O", "",   "",  "",  "Y", "",  "",  "",  "",   "",   "",  "",  "",  "" },
  /* prefiled  */ { "",  "OC", "",  "",  "",  "",  "",  "",  "OC", "",   "",  "",  "Y", "" },
  /* submitted */ { "",  "",   "C", "",  "",  "",  "Y", "",  "OC", "CY", "",  "",  "",  "" },
  /* accepted  */ { "",  "",   "",  "C", "",  "",  "",  "",  "OC", "CY", "",  "C", "",  "" },
  /* in-review */ { "",  "",   "",  "",  "C", "",  "C", "C", "OC", "CY", "",  "C", "",  "" },
  /* returned  */ { "",  "",   "",  "",  "",  "O", "",  "C", "OC", "CY", "",  "C", "",  "" },
  /* granted   */ { "",  "",   "",  "",  "",  "",  "",  "",  "OC", "CY", "C", "S", "",  "C" },
  /* refused   */ { "",  "",   "",  "",  "",  "",  "",  "",  "",   "",   "C", "S", "",  "" },
  /* withdrawn */ { "",  "",   "",  "",  "",  "",  "",  "",  "",   "",   "C", "",  "",  "" },
  /* closed    */ { "",  "",   "",  "",  "",  "",  "",  "",  "",   "",   "",  "",  "",  "C" },
};

static gboolean
is_expected (const char *cell, MadoRole role)
{
  return (strchr (cell, 'O') && (role & MADO_ROLES_OWNER))
         || (strchr (cell, 'C') && (role & MADO_ROLES_STAFF))
         || (strchr (cell, 'S') && role == MADO_ROLE_SUPERVISOR)
         || (strchr (cell, 'Y') && role == MADO_ROLE_SYSTEM);
}

static void
test_every_cell (void)
{
  for (int state = 0; state < N_STATES; state++)
    for (int event = 0; event < N_EVENTS; event++)
      for (guint r = 0; r < G_N_ELEMENTS (roles); r++) {
        g_autoptr(GError) error = NULL;
        const char *cell = who_may[state][event];
        const MadoTransition *row;

        row = mado_state_table_find (mado_case_states (), state, event, roles[r], ALL_GUARDS, &error);
        g_assert_true ((row != NULL) == is_expected (cell, roles[r]));
        if (!row && *cell)
          g_assert_error (error, MADO_ERROR, MADO_ERROR_FORBIDDEN);
        else if (!row)
          g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
      }
}

/* Whatever holds, at most one row can be meant, and it is refused for the reason that is true. */
static void
test_guards (void)
{
  const MadoStateTable *table = mado_case_states ();

  for (guint i = 0; i < table->n_rows; i++)
    for (guint holds = 0; holds <= ALL_GUARDS; holds++) {
      const MadoTransition *row = &table->rows[i];
      g_autoptr(GError) error = NULL;
      const MadoTransition *found;
      gboolean contradiction = (holds & MADO_CASE_GUARD_IDENTIFIED) && (holds & MADO_CASE_GUARD_UNIDENTIFIED);
      guint missing = row->guard & ~holds;

      if (contradiction)
        continue;
      found = mado_state_table_find (table, row->from, row->event, row->who & ~(row->who - 1), holds, &error);
      if (!missing)
        g_assert_true (found == row);
      else if (!found && (missing & table->request_guards))
        g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
      else if (!found)
        g_assert_error (error, MADO_ERROR, MADO_ERROR_CONFLICT);
      else
        g_assert_false (found == row);
    }
}

static void
test_missing_message_is_named (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (mado_state_table_find (mado_case_states (), MADO_CASE_STATE_IN_REVIEW, MADO_CASE_EVENT_RETURN,
                                        MADO_ROLE_CLERK, 0, &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_INVALID);
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, "/message");
  g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, "required");
}

static void
spread (const MadoStateTable *table, gboolean *reached, int from)
{
  if (reached[from])
    return;
  reached[from] = TRUE;
  for (guint i = 0; i < table->n_rows; i++)
    if (table->rows[i].from == from)
      spread (table, reached, table->rows[i].to);
}

static void
test_no_dead_end (gconstpointer data)
{
  const MadoStateTable *table = data;
  g_autoptr(GEnumClass) states = g_type_class_ref (table->state_type ());
  gboolean reached[N_STATES] = { FALSE };

  spread (table, reached, 0);
  for (guint i = 0; i < states->n_values; i++)
    g_assert_true (reached[i]);
}

/* A question and a refusal never go without words; nothing but a return asks a question. */
static void
test_words (void)
{
  const MadoStateTable *table = mado_case_states ();

  for (guint i = 0; i < table->n_rows; i++) {
    const MadoTransition *row = &table->rows[i];

    if (row->to == MADO_CASE_STATE_RETURNED && row->from != row->to) {
      g_assert_cmpint (row->event, ==, MADO_CASE_EVENT_RETURN);
      g_assert_cmpint (row->clock, ==, MADO_CLOCK_STOP);
      g_assert_cmpuint (row->days, >, 0);
    }
    if (row->event == MADO_CASE_EVENT_RETURN || row->event == MADO_CASE_EVENT_REFUSE)
      g_assert_true (row->guard & MADO_CASE_GUARD_MESSAGE);
    if (row->from == MADO_CASE_STATE_RETURNED && row->to == MADO_CASE_STATE_IN_REVIEW)
      g_assert_cmpint (row->clock, ==, MADO_CLOCK_RESUME);
  }
}

static void
test_events (void)
{
  g_auto(GStrv) clerk = NULL, owner = NULL, auditor = NULL;
  const char *const expected[] = { "return", "grant", "refuse", "withdraw", "undo", NULL };
  const char *const owners[] = { "withdraw", NULL };

  clerk = mado_state_table_events (mado_case_states (), MADO_CASE_STATE_IN_REVIEW, MADO_ROLE_CLERK, 0);
  owner = mado_state_table_events (mado_case_states (), MADO_CASE_STATE_IN_REVIEW, MADO_ROLE_RESIDENT, 0);
  auditor = mado_state_table_events (mado_case_states (), MADO_CASE_STATE_IN_REVIEW, MADO_ROLE_AUDITOR, ALL_GUARDS);
  g_assert_true (g_strv_equal ((const char *const *) clerk, expected));
  g_assert_true (g_strv_equal ((const char *const *) owner, owners));
  g_assert_cmpuint (g_strv_length (auditor), ==, 0);
}

static void
test_drawing (void)
{
  g_autofree char *dot = mado_state_table_to_dot (mado_case_states ());
  g_autoptr(JsonNode) json = mado_state_table_to_json (mado_case_states ());
  JsonArray *rows = json_object_get_array_member (json_node_get_object (json), "transitions");

  g_assert_nonnull (strstr (dot, "\"in-review\" -> \"returned\" [label=\"return\\nclerk, supervisor\\n[message]\"]"));
  g_assert_cmpuint (json_array_get_length (rows), ==, mado_case_states ()->n_rows);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (rows, 0), "to"), ==, "submitted");
}

static void
test_visit (void)
{
  const MadoStateTable *table = mado_visit_states ();
  g_autoptr(GError) again = NULL, ended = NULL, device = NULL;

  g_assert_nonnull (mado_state_table_find (table, MADO_VISIT_STATE_OPEN, MADO_VISIT_EVENT_IDENTIFY, MADO_ROLE_VISIT,
                                           MADO_VISIT_GUARD_UNIDENTIFIED, NULL));
  g_assert_null (mado_state_table_find (table, MADO_VISIT_STATE_OPEN, MADO_VISIT_EVENT_IDENTIFY, MADO_ROLE_VISIT, 0,
                                        &again));
  g_assert_error (again, MADO_ERROR, MADO_ERROR_CONFLICT);
  for (int event = 0; event <= MADO_VISIT_EVENT_EXPIRE; event++) {
    g_clear_error (&ended);
    g_assert_null (mado_state_table_find (table, MADO_VISIT_STATE_ENDED, event, MADO_ROLE_VISIT, ~0u, &ended));
    if (event == MADO_VISIT_EVENT_SUBMIT)   /* only what was kept offline may still come */
      g_assert_error (ended, MADO_ERROR, MADO_ERROR_FORBIDDEN);
    else
      g_assert_error (ended, MADO_ERROR, MADO_ERROR_CONFLICT);
  }
  g_assert_null (mado_state_table_find (table, MADO_VISIT_STATE_OPEN, MADO_VISIT_EVENT_SUBMIT, MADO_ROLE_DEVICE, ~0u,
                                        &device));
  g_assert_error (device, MADO_ERROR, MADO_ERROR_FORBIDDEN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/case/every-cell", test_every_cell);
  g_test_add_func ("/model/case/guards", test_guards);
  g_test_add_func ("/model/case/missing-message", test_missing_message_is_named);
  g_test_add_func ("/model/case/words", test_words);
  g_test_add_func ("/model/case/events", test_events);
  g_test_add_func ("/model/case/drawing", test_drawing);
  g_test_add_data_func ("/model/case/no-dead-end", mado_case_states (), test_no_dead_end);
  g_test_add_data_func ("/model/visit/no-dead-end", mado_visit_states (), test_no_dead_end);
  g_test_add_func ("/model/visit/steps", test_visit);
  return g_test_run ();
}
