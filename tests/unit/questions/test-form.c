/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "question-test.h"

#include "questions/mado-form-resolve.h"

#define FIELD "{'fact':'a.b','kind':'text','label':{'ja':'b'}}"

typedef struct {
  const char *form;
  const char *mistakes;
} Broken;

#define FORM(sections) "{'id':'f','revision':1,'title':{'ja':'f'},'sections':[" sections "]}"
#define QUESTION(more) FORM ("{'id':'s','title':{'ja':'s'},'questions':[{'id':'q','title':{'ja':'q'}" more "}]}")
#define Q "/sections/0/questions/0"

static const Broken broken[] = {
  { "[]", " type" },
  { "{}", "/id required; /title required; /revision range; /sections required" },
  { "{'id':'f','revision':0,'title':{'en':'f'},'sections':[]}", "/title language; /revision range; /sections range" },
  { FORM ("7"), "/sections/0 type" },
  { FORM ("{'id':'s','title':{'ja':'s'}}"), "/sections/0/questions required" },
  { QUESTION (""), Q "/fields required" },
  { QUESTION (",'fields':[7]"), Q "/fields/0 type" },
  { QUESTION (",'fields':[{'fact':'a.b','kind':'telepathy','label':{'ja':'b'}}]"), Q "/fields/0/kind kind" },
  { QUESTION (",'fields':[{'kind':'text','label':{'ja':'b'}}]"), Q "/fields/0/fact required" },
  { QUESTION (",'fields':[" FIELD "," FIELD "]"), Q "/fields/1/fact twice" },
  { QUESTION (",'fields':[{'fact':'a.b','kind':'one-of','label':{'ja':'b'}}]"), Q "/fields/0/options required" },
  { QUESTION (",'fields':[{'fact':'a.b','kind':'text','label':{'ja':'b'},'options':[{'id':'x',"
    "'label':{'ja':'x'}}]}]"),
    Q "/fields/0/options range" },
  { QUESTION (",'fields':[{'fact':'a.b','kind':'one-of','label':{'ja':'b'},'options':[{'id':'x',"
    "'label':{'ja':'x'}},"
              "{'id':'x','label':{'ja':'y'}}]}]"), Q "/fields/0/options twice" },
  { QUESTION (",'fields':[{'fact':'a.b','kind':'number','label':{'ja':'b'},'min':3,"
    "'max':2}]"), Q "/fields/0/min range" },
  { QUESTION (",'fields':[{'fact':'a.b','kind':'date','label':{'ja':'b'},"
    "'latest':'tomorrow'}]"), Q "/fields/0/latest date" },
  { QUESTION (",'fields':[{'fact':'a.b','kind':'text','label':{'ja':'b'},"
    "'required':'yes'}]"), Q "/fields/0/required type" },
  { QUESTION (",'fields':[" FIELD "],'when':{'frobnicate':[]}"), Q "/when/frobnicate operator" },
  { FORM ("{'id':'s','title':{'ja':'s'},'group':{'fact':'p.all','title':{'ja':'p'},'rowTitle':{'ja':'{n}'},"
    "'add':{'ja':'+'},"
          "'minRows':3,'maxRows':2},'questions':[{'id':'q','title':{'ja':'q'},'fields':[" FIELD "]}]}"),
    "/sections/0/group/maxRows range" },
  { FORM ("{'id':'s','title':{'ja':'s'},'group':{'title':{'ja':'p'},'rowTitle':{'ja':'{n}'},'add':{'ja':'+'}},"
          "'questions':[{'id':'q','title':{'ja':'q'},'fields':[" FIELD "]},"
          "{'id':'r','title':{'ja':'r'},'fields':[{'fact':'a.c','kind':'text','label':{'ja':'c'}}]}]}"),
    "/sections/0/group/fact required" },
};

static void
test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);
    g_autoptr(JsonNode) json = parse (broken[i].form);
    g_autoptr(GError) error = NULL;
    g_autofree char *mistakes = NULL;

    g_test_message ("%s", broken[i].form);
    g_assert_null (mado_form_new (json, vocabulary, &error));
    mistakes = list_mistakes (error);
    g_assert_cmpstr (mistakes, ==, broken[i].mistakes);
  }
}

/* A closed vocabulary knows all facts there are. */
static void
test_closed (void)
{
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (FALSE);
  g_autoptr(JsonNode) json = parse (QUESTION (",'fields':[" FIELD "],'when':{'var':'a.c'}"));
  g_autoptr(GError) error = NULL;

  g_assert_null (mado_form_new (json, vocabulary, &error));
  g_assert_cmpstr (mado_error_get_violation (error, 0)->pointer, ==, Q "/fields/0/fact");
  g_assert_cmpstr (mado_error_get_violation (error, 0)->code, ==, "unknown-fact");
}

/* The digest is of the content: not of the order of members, and of every word. */
static void
test_digest (void)
{
  g_autoptr(MadoVocabulary) vocabulary = mado_vocabulary_new (TRUE);
  g_autoptr(MadoForm) one = make_form (QUESTION (",'fields':[" FIELD "]"), vocabulary);
  g_autoptr(MadoForm) two = make_form ("{'title':{'ja':'f'},'revision':1,'id':'f',"
    "'sections':[{'title':{'ja':'s'},'id':'s',"
                                       "'questions':[{'title':{'ja':'q'},'id':'q',"
                                       "'fields':[" FIELD "]}]}]}", vocabulary);
  g_autoptr(MadoForm) other = make_form (QUESTION (",'help':{'ja':'h'},'fields':[" FIELD "]"), vocabulary);

  g_assert_cmpstr (one->digest, ==, two->digest);
  g_assert_cmpstr (one->digest, !=, other->digest);
  g_assert_nonnull (mado_form_find_field (one, NULL, "a.b"));
  g_assert_null (mado_form_find_field (one, NULL, "a.c"));
  g_assert_null (mado_form_find_field (one, "a", "a.b"));
}

static const char vocabulary_text[] =
  "{'facts':{"
  "'a.one':{'type':'option','kind':'one-of','label':{'ja':'一'},'help':{'ja':'助け'},"
  "'options':{'x':{'ja':'X'},'y':{'ja':'Y'}}},"
  "'a.day':{'type':'date','kind':'date','label':{'ja':'日'},'latest':'today'},"
  "'p.all':{'type':'group','label':{'ja':'人'},'members':{'name':{'type':'text','kind':'name','label':{'ja':'名'}}}}}}";

static char *
resolve (const char *form, char **mistakes)
{
  g_autoptr(JsonNode) json = parse (form);
  g_autoptr(JsonNode) vocabulary = parse (vocabulary_text);
  g_autoptr(GError) error = NULL;
  gboolean fine = mado_form_resolve (json, vocabulary, &error);

  *mistakes = list_mistakes (error);
  g_assert_true (fine == (**mistakes == '\0'));
  return json_to_string (json, FALSE);
}

/* What the vocabulary says is written into the form, unless the form says otherwise. */
static void
test_resolve (void)
{
  g_autofree char *mistakes = NULL;
  g_autofree char *text = resolve ("{'$schema':'s','sections':[{'questions':[{'fields':[{'fact':'a.one',"
    "'options':['y']},"
                                   "{'fact':'a.day','label':{'ja':'別の日'}}]}]},"
                                   "{'group':{'fact':'p.all'},"
                                   "'questions':[{'fields':[{'fact':'name'}]}]}]}", &mistakes);

  g_assert_cmpstr (mistakes, ==, "");
  g_strdelimit (text, "\"", '\'');
  g_assert_cmpstr (text, ==,
    "{'sections':[{'questions':[{'fields':[{'fact':'a.one','options':[{'id':'y','label':{'ja':'Y'}}],"
    "'kind':'one-of',"
    "'label':{'ja':'一'},'help':{'ja':'助け'}},{'fact':'a.day','label':{'ja':'別の日'},'kind':'date',"
    "'latest':'today'}]}]},"
    "{'group':{'fact':'p.all'},'questions':[{'fields':[{'fact':'name','kind':'name','label':{'ja':'名'}}]}]}]}");
}

static void
test_resolve_unknown (void)
{
  g_autofree char *mistakes = NULL;
  g_autofree char *text = resolve ("{'sections':[{'questions':[{'fields':[{'fact':'a.two'},"
                                   "{'fact':'a.one','options':['z',{'id':'x'},7]},{'fact':'name'}]}]},"
                                   "{'group':{'fact':'p.all'},"
                                   "'questions':[{'fields':[{'fact':'a.day'}]}]}]}", &mistakes);

  g_assert_cmpstr (mistakes, ==, "/sections/0/questions/0/fields/0/fact unknown-fact; "
                   "/sections/0/questions/0/fields/1/options/0 option; "
                   "/sections/0/questions/0/fields/1/options/2 option; "
                   "/sections/0/questions/0/fields/2/fact unknown-fact; "
                   "/sections/1/questions/0/fields/0/fact unknown-fact");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form/broken", test_broken);
  g_test_add_func ("/form/closed", test_closed);
  g_test_add_func ("/form/digest", test_digest);
  g_test_add_func ("/form/resolve", test_resolve);
  g_test_add_func ("/form/resolve-unknown", test_resolve_unknown);
  return g_test_run ();
}
