/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-typing.h"

#include <string.h>

#include "questions/mado-settle.h"

/*
 * A page (or a group, at its first page) is looked at again when a fact changes that its rules read or that it asks;
 * a check, when one changes that it reads. Who that is, is listed by fact once.
 */

typedef struct {
  guint form, question;
  guint ordinal;              /* of its first field */
  guint n_mistakes;
} Page;

typedef struct {
  const MadoFormCheck *check;
  gboolean             fails;
} Check;

struct _MadoTyping {
  gatomicrefcount references;
  GPtrArray      *forms;
  JsonNode       *answers;    /* our own object */
  MadoSettled     settled;
  GArray         *pages;      /* of Page */
  GArray         *checks;     /* of Check */
  GArray        **concerned;  /* by slot (nullable): pages as numbers, checks after them */
  guint64        *dirty;      /* a bit a page, then a check */
  guint           n_mistakes;
};

G_DEFINE_BOXED_TYPE (MadoTyping, mado_typing, mado_typing_ref, mado_typing_unref)

/* --- who is concerned by what --------------------------------------------------------------------------------- */

static void
concern (MadoTyping *self, guint slot, guint number)
{
  GArray **list = &self->concerned[slot];

  if (*list == NULL)
    *list = g_array_new (FALSE, FALSE, sizeof (guint));
  if ((*list)->len == 0 || g_array_index (*list, guint, (*list)->len - 1) != number)
    g_array_append_val (*list, number);
}

static void
concern_rule (MadoTyping *self, MadoRule *rule, guint number)
{
  const char *const *names = rule != NULL ? mado_rule_get_facts (rule) : NULL;
  guint slot;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (mado_vocabulary_find (self->settled.forms[0]->vocabulary, names[i], &slot))
      concern (self, slot, number);
}

static void
concern_group (MadoTyping *self, const MadoFormGroup *group, guint number)
{
  concern (self, group->slot, number);
  concern_rule (self, group->when, number);
  concern_rule (self, group->first_when, number);
  for (guint i = 0; i < group->n_links; i++)
    concern (self, group->links[i].outer, number);
  for (guint i = 0; i < group->n_first; i++)
    concern (self, group->first[i].slot, number);
}

static void
concern_question (MadoTyping *self, const MadoFormQuestion *question, guint number)
{
  concern_rule (self, question->when, number);
  for (guint i = 0; i < question->n_fields; i++) {
    concern (self, question->fields[i].slot, number);
    concern_rule (self, question->fields[i].when, number);
    concern_rule (self, question->fields[i].value, number);
  }
}

static void
list_pages (MadoTyping *self)
{
  Page page = { .ordinal = 1 };

  for (page.form = 0; page.form < self->settled.n_forms; page.form++)
    for (page.question = 0; page.question < self->settled.forms[page.form]->n_questions; page.question++) {
      const MadoFormQuestion *question = &self->settled.forms[page.form]->questions[page.question];

      if (question->group == NULL)
        concern_question (self, question, self->pages->len);
      else if (question == question->group->questions)
        concern_group (self, question->group, self->pages->len);
      g_array_append_val (self->pages, page);
      page.ordinal += question->n_fields;
    }
}

static void
list_checks (MadoTyping *self)
{
  for (guint i = 0; i < self->settled.n_forms; i++)
    for (guint c = 0; c < self->settled.forms[i]->n_checks; c++) {
      Check check = { .check = &self->settled.forms[i]->checks[c] };

      concern_rule (self, check.check->rule, self->pages->len + self->checks->len);
      g_array_append_val (self->checks, check);
    }
}

/* --- keeping up ----------------------------------------------------------------------------------------------- */

static void
mark (guint slot, gpointer data)
{
  MadoTyping *self = data;
  const GArray *list = self->concerned[slot];

  for (guint i = 0; list != NULL && i < list->len; i++) {
    guint number = g_array_index (list, guint, i);

    self->dirty[number / 64] |= G_GUINT64_CONSTANT (1) << (number % 64);
  }
}

static guint
count_page_mistakes (const MadoTyping *self, const Page *page)
{
  const MadoFormQuestion *question = &self->settled.forms[page->form]->questions[page->question];
  const MadoSettledQuestion *settled = &self->settled.questions[page->form][page->question];
  const MadoFormGroup *group = question->group;
  const MadoSettledFact *fact = group != NULL ? &self->settled.scope.by_slot[group->slot] : NULL;

  if (group == NULL)
    return (guint) __builtin_popcount (settled->shown & ~settled->passed);

  return question == group->questions && fact->asker == page->ordinal
         && (fact->refusal.code != NULL || (fact->rows != NULL && fact->rows->error != NULL));
}

static void
look_at (MadoTyping *self, guint number)
{
  if (number < self->pages->len) {
    Page *page = &g_array_index (self->pages, Page, number);

    mado_settled_ask (&self->settled, page->form, page->question, page->ordinal);
    self->n_mistakes -= page->n_mistakes;
    page->n_mistakes = count_page_mistakes (self, page);
    self->n_mistakes += page->n_mistakes;
  } else {
    Check *check = &g_array_index (self->checks, Check, number - self->pages->len);

    self->n_mistakes -= check->fails;
    check->fails = mado_rule_decide (check->check->rule, self->settled.scope.facts, NULL) == MADO_VERDICT_NO;
    self->n_mistakes += check->fails;
  }
}

static gboolean
take_first (MadoTyping *self, guint n_words, guint *number)
{
  for (guint word = 0; word < n_words; word++)
    if (self->dirty[word] != 0) {
      *number = word * 64 + (guint) __builtin_ctzll (self->dirty[word]);
      self->dirty[word] &= self->dirty[word] - 1;
      return TRUE;
    }

  return FALSE;
}

/* In the order of the forms, and back for whom it concerns. Rules that go round in circles go on with the next key. */
static void
keep_up (MadoTyping *self)
{
  guint n = self->pages->len + self->checks->len, left = n * MADO_SETTLE_ROUNDS, number;

  while (left > 0 && take_first (self, n / 64 + 1, &number)) {
    look_at (self, number);
    left--;
  }
  self->settled.scope.is_stable = left > 0;
}

/* An object of its own, with the same values. */
static JsonNode *
copy_answers (JsonNode *answers)
{
  g_autoptr(JsonObject) copy = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (answers != NULL && JSON_NODE_HOLDS_OBJECT (answers)) {
    json_object_iter_init_ordered (&iter, json_node_get_object (answers));
    while (json_object_iter_next_ordered (&iter, &name, &value))
      json_object_set_member (copy, name, json_node_ref (value));
  }

  return json_node_init_object (json_node_alloc (), copy);
}

static void
begin (MadoTyping *self)
{
  guint n_slots = self->settled.scope.n_slots;

  self->pages = g_array_new (FALSE, FALSE, sizeof (Page));
  self->checks = g_array_new (FALSE, FALSE, sizeof (Check));
  self->concerned = g_new0 (GArray *, n_slots + 1);
  list_pages (self);
  list_checks (self);
  self->dirty = g_new0 (guint64, (self->pages->len + self->checks->len) / 64 + 1);
  self->settled.scope.watch = (MadoWatch) { mark, self };
  for (guint number = 0; number < self->pages->len + self->checks->len; number++)
    look_at (self, number);
  keep_up (self);
}

MadoTyping *
mado_typing_new (MadoForm *const *forms, guint n_forms, JsonNode *answers, const MadoAnswerContext *context,
                 gboolean is_planning)
{
  MadoTyping *self = g_new0 (MadoTyping, 1);

  g_atomic_ref_count_init (&self->references);
  self->forms = g_ptr_array_new_with_free_func ((GDestroyNotify) mado_form_unref);
  for (guint i = 0; i < n_forms; i++)
    g_ptr_array_add (self->forms, mado_form_ref (forms[i]));
  self->answers = copy_answers (answers);
  mado_settled_init (&self->settled, (MadoForm *const *) self->forms->pdata, n_forms,
                     json_node_get_object (self->answers), context, is_planning);
  begin (self);

  return self;
}

MadoTyping *
mado_typing_ref (MadoTyping *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
mado_typing_unref (MadoTyping *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  for (guint slot = 0; slot < self->settled.scope.n_slots; slot++)
    if (self->concerned[slot] != NULL)
      g_array_unref (self->concerned[slot]);
  mado_settled_clear (&self->settled);
  g_free (self->concerned);
  g_free (self->dirty);
  g_array_unref (self->pages);
  g_array_unref (self->checks);
  json_node_unref (self->answers);
  g_ptr_array_unref (self->forms);
  g_free (self);
}

/* Whether the city fills in a part of an address depends on whether somebody has begun to write it. */
static void
forget_place (MadoTyping *self, const char *fact)
{
  MadoVocabulary *words = self->settled.forms[0]->vocabulary;
  const char *dot = strrchr (fact, '.');
  gsize length = dot != NULL ? (gsize) (dot + 1 - fact) : 0;

  for (guint slot = 0; self->settled.scope.context->known != NULL && slot < self->settled.scope.n_slots; slot++) {
    const MadoSettledFact *other = &self->settled.scope.by_slot[slot];

    if (strncmp (mado_vocabulary_get_name (words, slot), fact, length) != 0
        || (other->value != NULL && !other->is_filled))
      continue;
    mado_scope_forget (&self->settled.scope, slot);
    mark (slot, self);
  }
}

static gboolean
find_slot (const MadoTyping *self, const char *fact, guint *slot)
{
  return mado_vocabulary_find (self->settled.forms[0]->vocabulary, fact, slot)
         && *slot < self->settled.scope.n_slots;
}

void
mado_typing_set (MadoTyping *self, const char *fact, JsonNode *value)
{
  JsonObject *answers = json_node_get_object (self->answers);
  gboolean had = json_object_has_member (answers, fact), is_ours;
  guint slot;

  is_ours = find_slot (self, fact, &slot);
  if (is_ours)
    mado_scope_forget (&self->settled.scope, slot);
  if (value != NULL)
    json_object_set_member (answers, fact, json_node_ref (value));
  else if (had)
    json_object_remove_member (answers, fact);
  if (had != (value != NULL))
    forget_place (self, fact);
  if (is_ours)
    mark (slot, self);
  keep_up (self);
}

void
mado_typing_take (MadoTyping *self, JsonNode *answers)
{
  JsonObject *now = json_node_get_object (answers), *before = json_node_get_object (self->answers);
  g_autoptr(GList) names = json_object_get_members (before);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  for (GList *one = names; one != NULL; one = one->next) {
    g_autofree char *gone = json_object_has_member (now, one->data) ? NULL : g_strdup (one->data);

    if (gone != NULL)
      mado_typing_set (self, gone, NULL);
  }
  json_object_iter_init (&iter, now);
  while (json_object_iter_next (&iter, &name, &value)) {
    JsonNode *known = json_object_get_member (before, name);

    if (known == NULL || !json_node_equal (known, value))
      mado_typing_set (self, name, value);
  }
}

GArray *
mado_typing_plan (MadoTyping *self, guint *n_avoided)
{
  return mado_settled_plan (&self->settled, n_avoided);
}

gboolean
mado_typing_is_asked (MadoTyping *self, const char *fact)
{
  guint slot;

  return find_slot (self, fact, &slot) && self->settled.scope.by_slot[slot].asker != 0;
}

JsonNode *
mado_typing_get_value (MadoTyping *self, const char *fact)
{
  guint slot;

  return find_slot (self, fact, &slot) && self->settled.scope.by_slot[slot].asker != 0
           ? self->settled.scope.by_slot[slot].kept : NULL;
}

const char *
mado_typing_get_refusal (MadoTyping *self, const char *fact)
{
  guint slot;

  return find_slot (self, fact, &slot) && self->settled.scope.by_slot[slot].asker != 0
           ? self->settled.scope.by_slot[slot].refusal.message : NULL;
}

guint
mado_typing_count_mistakes (MadoTyping *self)
{
  return self->n_mistakes;
}

gboolean
mado_typing_check (MadoTyping *self, JsonNode **clean, GError **error)
{
  *clean = NULL;
  if (!mado_settled_report (&self->settled, error))
    return FALSE;
  *clean = mado_settled_get_clean (&self->settled, self->answers);
  if (*clean == self->answers) {   /* which changes with the next key */
    json_node_unref (*clean);
    *clean = copy_answers (self->answers);
  }

  return TRUE;
}
