/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include "core/mado-json.h"
#include "visit/mado-guide.h"
#include "visit/mado-life-plan.h"

#define OFFER \
  "{'city':{'name':{'ja':'藤沢市','en':'Fujisawa'},'offices':[{'id':'mado','name':{'ja':'市民窓口センター'}}]}," \
  "'list':[]," \
  "'events':{'items':[{'id':'moving','title':{'ja':'引っ越し'},'form':'life-moving','procedures':[" \
  " {'id':'move-in','when':{'==':[{'var':'move.kind'},'into']},'why':{'ja':'引っ越してきた人はみな'}}," \
  " {'id':'move-out','when':{'and':[{'==':[{'var':'move.kind'},'out']},{'var':'pet.hasDog'}]}}," \
  " {'id':'seal','when':{'var':'seal.wanted'}}," \
  " {'id':'water'},{'id':'not-offered'}]}]}," \
  "'procedures':[{'id':'move-in','form':'move-in','minutes':8,'title':{'ja':'転入届'}}," \
  " {'id':'move-out','form':'move-out','minutes':6,'title':{'ja':'転出届'}}," \
  " {'id':'water','form':'water','minutes':2,'title':{'ja':'水道'}}," \
  " {'id':'seal','form':null,'who':{},'title':{'ja':'印鑑登録','en':'Seal'},'office':'mado'," \
  "  'bring':[{'title':{'ja':'登録する印鑑'}}],'how':['counter','post']}]," \
  "'forms':{'life-moving':{'id':'life-moving','revision':1,'title':{'ja':'引っ越し'},'sections':[{'id':'you'," \
  " 'title':{'ja':'あなた'},'questions':[" \
  "  {'id':'kind','title':{'ja':'どんな引っ越しですか'},'fields':[{'fact':'move.kind','kind':'one-of'," \
  "   'label':{'ja':'引っ越しの種類','en':'Kind of move'},'options':[" \
  "    {'id':'into','label':{'ja':'来た','en':'Moved in'}},{'id':'out','label':{'ja':'出る','en':'Moving out'}}]}]}," \
  "  {'id':'seal','title':{'ja':'印鑑は'},'fields':[{'fact':'seal.wanted','kind':'yes-no'," \
  "   'label':{'ja':'印鑑登録をしたい','en':'I want a seal'}}]}," \
  "  {'id':'dog','title':{'ja':'犬は'},'fields':[{'fact':'pet.hasDog','kind':'yes-no','label':{'ja':'犬がいる'}}]}]}]}}}"

typedef struct {
  MadoOffer    *offer;
  MadoLifePlan *plan;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new (OFFER);
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("offer-XXXXXX", &path, &error);

  g_close (fd, NULL);
  g_string_replace (text, "'", "\"", 0);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  f->offer = mado_offer_load (path);
  g_unlink (path);
  g_assert_nonnull (f->offer);
  f->plan = mado_life_plan_new (f->offer, "moving", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->plan);
  mado_offer_unref (f->offer);
}

static void
answer (Fixture *f, const char *json)
{
  g_autoptr(JsonNode) answers = json_from_string (json, NULL);

  mado_sheet_adopt (mado_life_plan_get_interview (f->plan), answers);
  mado_life_plan_decide (f->plan);
}

static void
assert_list (Fixture *f, gboolean here, const char *wanted)
{
  g_autoptr(GPtrArray) list = mado_life_plan_list (f->plan, here);
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            json_node_get_string (mado_json_get (g_ptr_array_index (list, i), "/id")));
  g_assert_cmpstr (ids->str, ==, wanted);
}

static void
assert_why (Fixture *f, guint i, const char *language, const char *wanted)
{
  g_autofree char *why = mado_life_plan_dup_why (f->plan, i, language);

  g_assert_cmpstr (why, ==, wanted);
}

/* What applies is told in the order of the event; what this kiosk does not know of is left out. */
static void
test_applies (Fixture *f, gconstpointer data)
{
  answer (f, "{\"move.kind\":\"into\",\"seal.wanted\":true,\"pet.hasDog\":false}");
  g_assert_cmpuint (mado_life_plan_get_n (f->plan), ==, 4);
  assert_list (f, TRUE, "move-in water");
  assert_list (f, FALSE, "seal");
  mado_life_plan_leave_out (f->plan, 0, TRUE);
  assert_list (f, TRUE, "water");
  mado_life_plan_leave_out (f->plan, 0, FALSE);
  assert_list (f, TRUE, "move-in water");
}

/* The city's reason, or the answers that decided; of what does not apply, those in the way. */
static void
test_why (Fixture *f, gconstpointer data)
{
  answer (f, "{\"move.kind\":\"into\",\"seal.wanted\":true,\"pet.hasDog\":true}");
  assert_why (f, 0, "ja", "引っ越してきた人はみな");
  assert_why (f, 1, "ja", "Your answer: 引っ越しの種類：「来た」");
  assert_why (f, 1, "en", "Your answer: Kind of move: “Moved in”");
  assert_why (f, 2, "ja", "Your answer: 印鑑登録をしたい：はい");
  assert_why (f, 3, "ja", "Everybody needs this.");
}

/* As much of the time as of the questions. */
static void
test_minutes (Fixture *f, gconstpointer data)
{
  answer (f, "{\"move.kind\":\"into\",\"seal.wanted\":false,\"pet.hasDog\":false}");
  g_assert_cmpuint (mado_life_plan_get_minutes (f->plan, 10, 0), ==, 10);
  g_assert_cmpuint (mado_life_plan_get_minutes (f->plan, 10, 10), ==, 5);
  g_assert_cmpuint (mado_life_plan_get_minutes (f->plan, 0, 10), ==, 1);
}

static void
test_unknown (Fixture *f, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (mado_life_plan_new (f->offer, "no-such-thing", &error));
  g_assert_error (error, MADO_ERROR, MADO_ERROR_NOT_FOUND);
}

/* Only with something to do elsewhere is there a guide. */
static void
test_guide (Fixture *f, gconstpointer data)
{
  g_autoptr(MadoGuide) guide = NULL;
  g_autoptr(GPtrArray) elsewhere = NULL;
  JsonNode *title = mado_json_get (mado_life_plan_get_event (f->plan), "/title");
  g_autoptr(GBytes) pdf = NULL;
  g_autoptr(GError) error = NULL;

  answer (f, "{\"move.kind\":\"into\",\"seal.wanted\":true,\"pet.hasDog\":false}");
  elsewhere = mado_life_plan_list (f->plan, FALSE);
  guide = mado_guide_new (elsewhere, title, f->offer, "K7M4-R29", "ja");
  pdf = mado_guide_render (guide, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (pdf, NULL), "%PDF"));
  mado_life_plan_leave_out (f->plan, 2, TRUE);
  g_ptr_array_unref (elsewhere);
  elsewhere = mado_life_plan_list (f->plan, FALSE);
  g_assert_null (mado_guide_new (elsewhere, title, f->offer, NULL, "ja"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/life-plan/applies", test_applies);
  ADD ("/life-plan/why", test_why);
  ADD ("/life-plan/minutes", test_minutes);
  ADD ("/life-plan/unknown", test_unknown);
  ADD ("/life-plan/guide", test_guide);
  return g_test_run ();
}
