/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visit/mado-life-plan.h"

#include <glib/gi18n-lib.h>
#include "core/mado-json.h"

struct _MadoLifePlan {
  GObject    parent;
  MadoOffer *offer;
  JsonNode  *event;
  MadoSheet *interview;
  GArray    *errands;   /* of MadoErrand */
};

G_DEFINE_FINAL_TYPE (MadoLifePlan, mado_life_plan, G_TYPE_OBJECT)

static void
errand_clear (gpointer errand)
{
  g_clear_pointer (&((MadoErrand *) errand)->rule, mado_rule_unref);
}

static void
mado_life_plan_finalize (GObject *object)
{
  MadoLifePlan *self = MADO_LIFE_PLAN (object);

  g_array_unref (self->errands);
  g_clear_object (&self->interview);
  g_clear_pointer (&self->offer, mado_offer_unref);
  G_OBJECT_CLASS (mado_life_plan_parent_class)->finalize (object);
}

static void
mado_life_plan_class_init (MadoLifePlanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mado_life_plan_finalize;
}

static void
mado_life_plan_init (MadoLifePlan *self)
{
  self->errands = g_array_new (FALSE, TRUE, sizeof (MadoErrand));
  g_array_set_clear_func (self->errands, errand_clear);
}

static MadoSheet *
new_interview (MadoLifePlan *self, GError **error)
{
  JsonNode *id = mado_json_get (self->event, "/form");
  JsonNode *form = id != NULL ? mado_offer_get_form (self->offer, json_node_get_string (id)) : NULL;
  g_autoptr(GPtrArray) forms = g_ptr_array_new ();

  if (form == NULL) {
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("This procedure cannot be done here now"));
    return NULL;
  }
  g_ptr_array_add (forms, form);
  return mado_sheet_new (forms, error);
}

/* What the offer does not know (any more) is left out. */
static gboolean
add_errand (MadoLifePlan *self, JsonNode *listed, GError **error)
{
  JsonNode *when = mado_json_get (listed, "/when");
  JsonNode *id = mado_json_get (listed, "/id");
  MadoErrand errand = { .procedure = id != NULL ? mado_offer_get_procedure (self->offer, json_node_get_string (id))
                                                : NULL };

  if (errand.procedure == NULL)
    return TRUE;
  errand.here = mado_offer_is_done_here (errand.procedure);
  errand.why = mado_json_get (listed, "/why");
  errand.rule = when != NULL ? mado_rule_new (when, mado_sheet_get_vocabulary (self->interview), error) : NULL;
  if (when != NULL && errand.rule == NULL)
    return FALSE;
  g_array_append_val (self->errands, errand);
  return TRUE;
}

MadoLifePlan *
mado_life_plan_new (MadoOffer *offer, const char *event, GError **error)
{
  g_autoptr(MadoLifePlan) self = g_object_new (MADO_TYPE_LIFE_PLAN, NULL);
  JsonArray *listed;

  self->offer = mado_offer_ref (offer);
  self->event = mado_offer_get_event (offer, event);
  self->interview = self->event != NULL ? new_interview (self, error) : NULL;
  if (self->event == NULL)
    g_set_error_literal (error, MADO_ERROR, MADO_ERROR_NOT_FOUND, _("This procedure cannot be done here now"));
  if (self->interview == NULL)
    return NULL;
  listed = json_node_get_array (mado_json_get (self->event, "/procedures"));
  for (guint i = 0; i < json_array_get_length (listed); i++)
    if (!add_errand (self, json_array_get_element (listed, i), error))
      return NULL;
  return g_steal_pointer (&self);
}

JsonNode *
mado_life_plan_get_event (MadoLifePlan *self)
{
  return self->event;
}

MadoSheet *
mado_life_plan_get_interview (MadoLifePlan *self)
{
  return self->interview;
}

static MadoErrand *
nth (MadoLifePlan *self, guint i)
{
  return &g_array_index (self->errands, MadoErrand, i);
}

void
mado_life_plan_decide (MadoLifePlan *self)
{
  for (guint i = 0; i < self->errands->len; i++) {
    MadoErrand *errand = nth (self, i);
    g_autoptr(MadoFacts) facts = errand->rule != NULL ? mado_sheet_get_facts (self->interview, errand->rule) : NULL;

    errand->applies = errand->rule == NULL || mado_rule_test (errand->rule, facts);
  }
}

guint
mado_life_plan_get_n (MadoLifePlan *self)
{
  return self->errands->len;
}

const MadoErrand *
mado_life_plan_get_nth (MadoLifePlan *self, guint i)
{
  return nth (self, i);
}

void
mado_life_plan_leave_out (MadoLifePlan *self, guint i, gboolean left_out)
{
  nth (self, i)->left_out = left_out;
}

typedef enum { PARTS_THAT_HELD, PARTS_THAT_DID_NOT, PARTS_UNKNOWN } Parts;

static gboolean
is_wanted (JsonNode *told, Parts wanted)
{
  JsonNode *holds = mado_json_get (told, "/holds");

  if (JSON_NODE_HOLDS_NULL (holds))
    return wanted == PARTS_UNKNOWN;
  return wanted == (json_node_get_boolean (holds) ? PARTS_THAT_HELD : PARTS_THAT_DID_NOT);
}

/* The answers that decided. */
static void
collect (JsonNode *told, Parts wanted, GPtrArray *seen)
{
  JsonNode *parts = mado_json_get (told, "/parts");
  JsonNode *words = mado_json_get (told, "/seen");
  guint n = parts != NULL ? json_array_get_length (json_node_get_array (parts)) : 0;

  if (!is_wanted (told, wanted))
    return;
  for (guint i = 0; i < n; i++)
    collect (json_array_get_element (json_node_get_array (parts), i), wanted, seen);
  if (words != NULL && !g_ptr_array_find_with_equal_func (seen, json_node_get_string (words), g_str_equal, NULL))
    g_ptr_array_add (seen, (gpointer) json_node_get_string (words));
}

/* (nullable): what was answered that made it so. */
static char *
dup_answers (MadoLifePlan *self, const MadoErrand *errand, const char *language)
{
  g_autoptr(GPtrArray) seen = g_ptr_array_new ();
  g_autoptr(MadoFacts) facts = mado_sheet_get_facts (self->interview, errand->rule);
  g_autoptr(JsonNode) told = mado_rule_explain (errand->rule, facts, language);

  collect (told, errand->applies ? PARTS_THAT_HELD : PARTS_THAT_DID_NOT, seen);
  if (seen->len == 0)
    collect (told, PARTS_UNKNOWN, seen);
  g_ptr_array_add (seen, NULL);
  return seen->len > 1 ? g_strjoinv (g_str_has_prefix (language, "ja") ? "、" : ", ", (char **) seen->pdata) : NULL;
}

char *
mado_life_plan_dup_why (MadoLifePlan *self, guint i, const char *language)
{
  const MadoErrand *errand = nth (self, i);
  g_autofree char *answers = NULL;

  if (errand->applies && errand->why != NULL)
    return g_strdup (mado_json_text (errand->why, language));
  answers = errand->rule != NULL ? dup_answers (self, errand, language) : NULL;
  if (answers == NULL)
    return g_strdup (errand->applies ? _("Everybody needs this.") : _("By your answers it does not apply."));
  return g_strdup_printf (_("Your answer: %s"), answers);
}

GPtrArray *
mado_life_plan_list (MadoLifePlan *self, gboolean here)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = 0; i < self->errands->len; i++)
    if (nth (self, i)->applies && !nth (self, i)->left_out && nth (self, i)->here == here)
      g_ptr_array_add (list, nth (self, i)->procedure);
  return list;
}

guint
mado_life_plan_get_minutes (MadoLifePlan *self, guint n_asked, guint n_avoided)
{
  g_autoptr(GPtrArray) list = mado_life_plan_list (self, TRUE);
  gint64 minutes = 0;

  for (guint i = 0; i < list->len; i++) {
    JsonNode *one = mado_json_get (g_ptr_array_index (list, i), "/minutes");

    minutes += one != NULL ? json_node_get_int (one) : 0;
  }
  return n_asked == 0 ? 1 : (guint) (minutes * n_asked + n_asked + n_avoided - 1) / (n_asked + n_avoided);
}
