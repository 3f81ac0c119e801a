/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "questions/mado-plan.h"

#include "core/mado-json.h"
#include "questions/mado-kind-private.h"
#include "questions/mado-name.h"
#include "questions/mado-place-question.h"
#include "questions/mado-settle.h"
#include "questions/mado-signature.h"

static void
answer_row_free (MadoAnswerRow *row)
{
  g_free (row->section);
  g_free (row->row);
  g_free (row->label);
  g_free (row->text);
  g_free (row->note);
  g_free (row->source);
  g_free (row->rare);
  g_free (row->doubt);
  g_free (row->signature);
  g_free (row);
}

typedef struct {
  const MadoAnswerContext *context;
  JsonObject              *sources;
  const char              *language;
  GPtrArray               *rows;
} Describing;

static char *
dup_source (const Describing *self, const MadoAnswerRow *row)
{
  const char *fact = row->step.group != NULL ? row->step.group->fact : row->step.question->fields[0].fact;
  JsonObject *known = row->step.known && self->context->known != NULL && JSON_NODE_HOLDS_OBJECT (self->context->known)
                        ? json_node_get_object (self->context->known) : NULL;
  JsonNode *entry = known != NULL ? json_object_get_member (known, fact) : NULL;
  const char *source = NULL;

  if (row->computed)
    source = "computed";
  else if (self->sources != NULL && json_object_has_member (self->sources, fact))
    source = mado_reader_get_string (json_object_get_member (self->sources, fact));
  else if (entry != NULL && JSON_NODE_HOLDS_OBJECT (entry))
    source = json_object_get_string_member_with_default (json_node_get_object (entry), "source", NULL);

  return g_strdup (source);
}

static void
append_joined (GString *out, const char *join, const char *text)
{
  if (out->len > 0)
    g_string_append (out, join != NULL ? join : " ");
  g_string_append (out, text);
}

static char *
take_string (GString *text)
{
  return g_string_free (text, text->len == 0);
}

/* Words tell of it; those who look want to see it. */
static void
take_signature (MadoAnswerRow *row, const MadoFormField *field, JsonNode *value)
{
  const char *text = g_str_equal (field->kind->name, "signature") ? mado_reader_get_string (value) : NULL;

  if (text == NULL || !mado_signature_is_drawn (text))
    return;
  g_free (row->signature);
  row->signature = g_strdup (text);
}

/* Fills in what the fields say; FALSE where nothing was answered. */
static gboolean
describe_fields (const Describing *self, MadoAnswerRow *row, JsonObject *answers)
{
  const MadoFormQuestion *question = row->step.question;
  GString *text = g_string_new (NULL), *note = g_string_new (NULL), *rare = g_string_new (NULL);

  for (guint i = 0; i < question->n_fields; i++) {
    const MadoFormField *field = &question->fields[i];
    JsonNode *value = row->step.fields & (1u << i) ? json_object_get_member (answers, field->fact) : NULL;
    g_autofree char *words = mado_form_field_display (field, value, self->context, self->language);
    g_autofree char *beside = NULL;
    g_autofree char *strange = NULL;

    if (words == NULL || *words == '\0')
      continue;
    row->as_written |= field->kind->written && !field->secondary;
    append_joined (field->secondary ? note : text, mado_place_is_building (field->fact) ? NULL : question->join, words);
    beside = field->kind->note != NULL ? field->kind->note (value, self->language) : NULL;
    if (beside != NULL)
      append_joined (note, NULL, beside);
    take_signature (row, field, value);
    strange = g_str_equal (field->kind->name, "name") ? mado_name_find_rare (words) : NULL;
    if (strange != NULL)
      g_string_append (rare, strange);
  }
  row->text = take_string (text);
  row->note = take_string (note);
  row->rare = take_string (rare);

  return row->text != NULL || row->note != NULL;
}

/* (nullable): what is strange about the answer as a whole. */
static char *
dup_doubt (const MadoFormQuestion *question, JsonObject *answers, const char *language)
{
  if (!mado_question_has_unlisted_place (question, answers))
    return NULL;
  if (!mado_language_is_japanese (language))
    return g_strdup ("This town is not in our list. You can hand it in as written.");

  return g_strdup (g_str_equal (language, "ja@easy") ? "この 町名は 一覧に ありません。このまま 出せます。"
                                                     : "この町名は一覧に見つかりません。入力どおりに出せます。");
}

/* Nobody answers any of what is told. */
static gboolean
is_computed (const MadoStep *step)
{
  for (guint i = 0; i < step->question->n_fields; i++)
    if ((step->fields & (1u << i)) && step->question->fields[i].value == NULL)
      return FALSE;

  return TRUE;
}

/* A name is, and so are the kana beside it. */
static gboolean
is_held (const MadoStep *step)
{
  for (guint i = 0; step->known && i < step->question->n_fields; i++)
    if ((step->fields & (1u << i)) && step->question->fields[i].fixed)
      return TRUE;

  return FALSE;
}

static void
describe_question (Describing *self, MadoStep step, JsonObject *answers)
{
  const MadoFormQuestion *question = step.question;
  MadoAnswerRow *row = g_new0 (MadoAnswerRow, 1);

  row->step = step;
  if (!describe_fields (self, row, answers)) {
    answer_row_free (row);
    return;
  }
  row->doubt = dup_doubt (question, answers, self->language);
  row->section = g_strdup (mado_json_text (question->section->title, self->language));
  row->label = g_strdup (mado_json_text (question->label, self->language));
  row->computed = is_computed (&step);
  row->held = is_held (&step);
  row->source = dup_source (self, row);
  if (step.group != NULL) {
    g_autofree char *number = g_strdup_printf ("%d", step.row + 1);
    g_autoptr(GString) title = g_string_new (mado_json_text (step.group->row_title, self->language));

    g_string_replace (title, "{n}", number, 0);
    row->row = g_strdup (title->str);
  }
  g_ptr_array_add (self->rows, row);
}

static void
describe_group (Describing *self, const MadoForm *form, const MadoFormGroup *group, const MadoSettled *settled)
{
  const MadoSettledRows *rows = mado_settled_get_rows (settled, group);
  gboolean is_known = settled->scope.by_slot[group->slot].is_known;

  for (guint r = 0; rows != NULL && r < rows->n_rows; r++)
    for (guint q = 0; q < group->n_questions && rows->rows[r].clean != NULL; q++) {
      MadoStep step = {
        form, &group->questions[q], group, (int) r, rows->rows[r].questions[q].shown, is_known, TRUE,
      };

      describe_question (self, step, json_node_get_object (rows->rows[r].clean));
    }
}

static void
describe_section (Describing *self, const MadoSettled *settled, const MadoPlaced *placed, GHashTable *told,
                  JsonObject *answers)
{
  const MadoForm *form = settled->forms[placed->form];

  for (guint q = 0; q < form->n_questions; q++) {
    const MadoFormQuestion *question = &form->questions[q];
    const MadoSettledQuestion *state = &settled->questions[placed->form][q];
    MadoStep step = { form, question, NULL, -1, state->shown, state->known != 0, TRUE };

    if (question->section != placed->section)
      continue;
    if (question->group == NULL)
      describe_question (self, step, answers);
    else if (question == question->group->questions && g_hash_table_add (told, (gpointer) question->group->fact))
      describe_group (self, form, question->group, settled);
  }
}

GPtrArray *
mado_answers_describe (MadoForm *const *forms, guint n_forms, JsonNode *answers, const MadoAnswerContext *context,
                       JsonNode *sources, const char *language)
{
  g_autoptr(GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GArray) sections = mado_forms_list_sections (forms, n_forms);
  g_autoptr(JsonNode) clean = NULL;
  MadoSettled settled;
  Describing self = {
    context, sources != NULL && JSON_NODE_HOLDS_OBJECT (sources) ? json_node_get_object (sources) : NULL, language,
    g_ptr_array_new_with_free_func ((GDestroyNotify) answer_row_free),
  };

  mado_settled_init (&settled, forms, n_forms, json_node_get_object (answers), context, FALSE);
  clean = mado_settled_get_clean (&settled, answers);
  for (guint i = 0; i < sections->len; i++)
    describe_section (&self, &settled, &g_array_index (sections, MadoPlaced, i), told, json_node_get_object (clean));
  mado_settled_clear (&settled);

  return self.rows;
}

const char *
mado_source_get_text (const char *source, const char *language)
{
  static const struct { const char *source, *ja, *easy, *en; } texts[] = {
    { "card", "マイナンバーカードから", "カードから", "from your card" },
    { "register", "市の記録から", "市の 記録から", "from the city's record" },
    { "earlier", "前の申請から", "前の 申請から", "from an earlier application" },
    { "interview", "はじめの質問の答えから", "はじめの 質問の 答えから", "from your first answers" },
    { "postcode", "郵便番号から", "郵便番号から", "from the postcode" },
    { "computed", "答えから計算", "答えから 計算", "worked out from your answers" },
    { "helper", "代筆で入力", "てつだう 人が 書きました", "written for you" },
  };

  for (guint i = 0; source != NULL && i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].source, source))
      return g_str_equal (language, "ja@easy") ? texts[i].easy
             : mado_language_is_japanese (language) ? texts[i].ja : texts[i].en;

  return NULL;
}
