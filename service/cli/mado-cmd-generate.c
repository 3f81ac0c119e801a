/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mado-cli.h"

#include <glib/gstdio.h>

/*
 * A large city's catalogue for tests of scale: what is there, and invented procedures and questions beside it, each
 * made of a thing and what one does with it. The same numbers give the same files.
 */
typedef struct {
  const char *ja, *en;
} Words;

static const Words things[] = {
  { "公園", "park" }, { "駐輪場", "bicycle parking" }, { "図書館", "library" }, { "体育館", "gymnasium" },
  { "会議室", "meeting room" }, { "市民農園", "allotment garden" }, { "霊園", "cemetery plot" }, { "街路灯", "street lamp" },
  { "私道", "private road" }, { "掲示板", "notice board" }, { "放置自転車", "abandoned bicycle" }, { "空き家", "vacant house" },
  { "緑地", "green space" }, { "保存樹木", "protected tree" }, { "雨水タンク", "rain water tank" }, { "太陽光パネル", "solar panel" },
  { "蓄電池", "storage battery" }, { "電気自動車", "electric vehicle" }, { "生け垣", "hedge" }, { "ブロック塀", "block wall" },
  { "耐震診断", "earthquake resistance survey" }, { "浄化槽", "septic tank" }, { "井戸", "well" },
  { "開発行為", "land development" },
  { "屋外広告物", "outdoor advertisement" }, { "消防訓練", "fire drill" }, { "防災倉庫", "disaster store" },
  { "救命講習", "first aid course" }, { "文化財", "cultural property" }, { "市民ホール", "civic hall" }, { "プール", "swimming pool" },
  { "野球場", "baseball ground" }, { "テニスコート", "tennis court" }, { "キャンプ場", "camp site" }, { "漁港", "fishing port" },
  { "海岸", "beach" }, { "農地", "farmland" }, { "有害鳥獣", "harmful wildlife" }, { "猫の手術", "neutering of cats" },
  { "ハチの巣", "wasp nest" }, { "統計調査", "statistical survey" }, { "情報公開", "disclosure of information" },
  { "市民活動", "civic activity" }, { "ボランティア保険", "volunteer insurance" }, { "国際交流", "international exchange" },
  { "姉妹都市", "sister city" }, { "通訳者", "interpreter" }, { "手話講座", "sign language class" },
};
static const Words acts[] = {
  { "使用許可", "permission to use" }, { "利用登録", "registration for use" }, { "使用料の減免", "reduction of the fee" },
  { "変更の届け出", "notice of change" }, { "廃止の届け出", "notice of closing" }, { "設置の届け出", "notice of setting up" },
  { "補助金の交付", "grant of a subsidy" }, { "完了の報告", "report of completion" }, { "予約の取り消し", "cancelling a booking" },
  { "写しの交付", "issue of a copy" }, { "承継の届け出", "notice of succession" }, { "協議の申し出", "request for consultation" },
  { "認定", "certification" }, { "更新", "renewal" }, { "再交付", "reissue" }, { "現地の確認", "inspection on site" },
  { "占用", "occupation" }, { "名義の変更", "change of name" }, { "後援の依頼", "request for patronage" },
  { "委員の応募", "standing for the committee" }, { "講師の派遣", "sending of an instructor" }, { "見学", "guided visit" },
  { "寄付", "donation" }, { "苦情の申し立て", "complaint" },
};
static const Words asks[] = {
  { "%sの%sは どこで できますか", "Where is the place for %s: %s?" }, { "%sの%sは いくら かかりますか", "What does %s: %s cost?" },
  { "%sの%sに 何が いりますか", "What is needed for %s: %s?" }, { "%sの%sは いつまでですか", "What is the deadline of %s: %s?" },
  { "%sの%sを 代わりの人が できますか", "May somebody else see to %s: %s?" },
  { "%sの%sは 何日で おわりますか", "How many days does %s: %s take?" },
};
static const char *const categories[] = {
  "living", "work", "certificate", "tax", "child", "school", "health", "moving", "foreign", "marriage", "pension",
  "care",
  "disability", "death",
};

#define N_PAIRS (G_N_ELEMENTS (things) * G_N_ELEMENTS (acts))

static char *out_folder;
static int   n_questions = -1;

static const GOptionEntry generate_options[] = {
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &out_folder, N_("Write the catalogue here"), "DIR" },
  { "questions", 0, 0, G_OPTION_ARG_INT, &n_questions, N_("So many questions with answers (six for each procedure)"),
    "N" },
  { NULL }
};

/* Neighbours differ in both, so that a few of them are already many words. */
static void
get_pair (guint i, const Words **thing, const Words **act)
{
  *thing = &things[i % G_N_ELEMENTS (things)];
  *act = &acts[(i / G_N_ELEMENTS (things) + i) % G_N_ELEMENTS (acts)];
}

static JsonNode *
make_map (const char *ja, const char *en)
{
  JsonObject *map = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), map);

  json_object_set_string_member (map, "ja", ja);
  json_object_set_string_member (map, "ja@easy", ja);
  json_object_set_string_member (map, "en", en);
  json_object_unref (map);
  return node;
}

static void
set_map (JsonObject *object, const char *name, const char *ja, const char *en)
{
  json_object_set_member (object, name, make_map (ja, en));
}

static void
set_strings (JsonObject *object, const char *name, const char *first, const char *second)
{
  JsonArray *list = json_array_new ();

  json_array_add_string_element (list, first);
  if (second != NULL)
    json_array_add_string_element (list, second);
  json_object_set_array_member (object, name, list);
}

/* What law and money say of it: invented, so nobody has compared it with anything. */
static JsonObject *
make_fact (const char *name, const char *ja, const char *en)
{
  JsonObject *fact = json_object_new ();

  set_map (fact, name, ja, en);
  json_object_set_string_member (fact, "verified", "確認中");
  return fact;
}

static void
set_texts (JsonObject *object, const Words *thing, const Words *act)
{
  g_autofree char *ja = g_strdup_printf ("%sの%s", thing->ja, act->ja);
  g_autofree char *en = g_strdup_printf ("%s: %s", thing->en, act->en);
  g_autofree char *ja_summary = g_strdup_printf ("%sについて、%sを申し込むときの手続きです。", thing->ja, act->ja);
  g_autofree char *en_summary = g_strdup_printf ("For those who ask for the %s of a %s.", act->en, thing->en);

  set_map (object, "title", ja, en);
  set_map (object, "summary", ja_summary, en_summary);
  set_strings (object, "keywords", ja, thing->en);
}

static JsonNode *
make_procedure (guint i)
{
  JsonObject *object = json_object_new (), *bring = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), object);
  JsonArray *legal = json_array_new (), *things_to_bring = json_array_new ();
  g_autofree char *id = g_strdup_printf ("sample-%04u", i);
  const Words *thing, *act;

  get_pair (i, &thing, &act);
  json_object_set_string_member (object, "id", id);
  json_object_set_int_member (object, "revision", 1);
  set_texts (object, thing, act);
  json_object_set_string_member (object, "category", categories[i % G_N_ELEMENTS (categories)]);
  set_strings (object, "how", "counter", i % 3 == 0 ? "online" : NULL);
  json_object_set_string_member (object, "office", "mado");
  json_object_set_object_member (object, "who", make_fact ("text", "市内に住む人です。", "Residents of the city."));
  set_map (bring, "title", "本人確認の書類", "A document that shows who you are");
  json_array_add_object_element (things_to_bring, bring);
  json_object_set_array_member (object, "bring", things_to_bring);
  json_object_set_object_member (object, "fee", make_fact ("text", "確かめてください", "Please ask"));
  json_array_add_object_element (legal, make_fact ("title", "市の条例", "City ordinance"));
  json_object_set_array_member (object, "legal", legal);
  json_object_unref (object);
  return node;
}

static JsonObject *
make_question (guint i, guint n_procedures)
{
  JsonObject *object = json_object_new ();
  g_autofree char *id = g_strdup_printf ("sample-question-%05u", i);
  g_autofree char *procedure = g_strdup_printf ("sample-%04u", i % n_procedures);
  g_autofree char *ja_answer = NULL, *en_answer = NULL, *ja = NULL, *en = NULL;
  const Words *ask = &asks[i / n_procedures % G_N_ELEMENTS (asks)], *thing, *act;

  get_pair (i % n_procedures, &thing, &act);
  ja = g_strdup_printf (ask->ja, thing->ja, act->ja);
  en = g_strdup_printf (ask->en, thing->en, act->en);
  ja_answer = g_strdup_printf ("%sの%sは、市役所の窓口で受け付けています。", thing->ja, act->ja);
  en_answer = g_strdup_printf ("Please come to the city hall: %s (%s).", act->en, thing->en);
  json_object_set_string_member (object, "id", id);
  set_map (object, "question", ja, en);
  set_map (object, "answer", ja_answer, en_answer);
  set_strings (object, "procedures", procedure, NULL);
  return object;
}

/* --- files ---------------------------------------------------------------------------------------------------- */

static gboolean
write_json (JsonNode *node, const char *folder, const char *below, const char *name, GError **error)
{
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autofree char *path = g_build_filename (folder, below, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_mkdir_with_parents (parent, 0755);
  json_generator_set_root (generator, node);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_file (generator, path, error);
}

static gboolean
copy_folder (const char *from, const char *to, GError **error)
{
  g_autoptr(GDir) dir = g_dir_open (from, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  g_mkdir_with_parents (to, 0755);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *source = g_build_filename (from, name, NULL), *target = g_build_filename (to, name, NULL);
    g_autofree char *text = NULL;
    gsize n;

    if (g_file_test (source, G_FILE_TEST_IS_DIR) ? !copy_folder (source, target, error)
        : !g_file_get_contents (source, &text, &n, error) || !g_file_set_contents (target, text, (gssize) n, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_procedures (guint n, GError **error)
{
  for (guint i = 0; i < n; i++) {
    g_autoptr(JsonNode) node = make_procedure (i);
    g_autofree char *below = g_build_filename ("procedures", categories[i % G_N_ELEMENTS (categories)], NULL);
    g_autofree char *name = g_strdup_printf ("sample-%04u.json", i);

    if (!write_json (node, out_folder, below, name, error))
      return FALSE;
  }
  return TRUE;
}

/* To the questions there are, an equal share for each field. */
static gboolean
add_questions (guint n, guint n_procedures, GError **error)
{
  for (guint c = 0; c < G_N_ELEMENTS (categories); c++) {
    g_autofree char *name = g_strconcat (categories[c], ".json", NULL);
    g_autofree char *path = g_build_filename (out_folder, "faq", name, NULL);
    g_autoptr(JsonParser) parser = json_parser_new ();
    JsonArray *entries;

    if (!json_parser_load_from_file (parser, path, error))
      return FALSE;
    entries = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "entries");
    for (guint i = c; i < n; i += G_N_ELEMENTS (categories))
      json_array_add_object_element (entries, make_question (i, n_procedures));
    if (!write_json (json_parser_get_root (parser), out_folder, "faq", name, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
run_generate (MadoCli *cli, GError **error)
{
  const char *folder = cli->n_words > 1 ? cli->words[1] : g_getenv ("MADO_CATALOGUE_DIR");
  guint64 n;

  if (!g_ascii_string_to_unsigned (cli->words[0], 10, 1, N_PAIRS, &n, error))
    return FALSE;
  if (out_folder == NULL || folder == NULL || g_file_test (out_folder, G_FILE_TEST_EXISTS)) {
    g_set_error (error, MADO_CLI_USAGE, 0, _("Name a folder with --out that is not there yet, and the catalogue to add "
                                             "to (or set MADO_CATALOGUE_DIR)"));
    return FALSE;
  }
  n_questions = n_questions < 0 ? (int) MIN (n * G_N_ELEMENTS (asks), 6500) : n_questions;
  return copy_folder (folder, out_folder, error) && add_procedures ((guint) n, error)
         && add_questions ((guint) n_questions, (guint) n, error);
}

const MadoCommand mado_commands_generate[] = {
  { "catalogue generate", "N [FOLDER]", N_("Add N invented procedures and their questions, for tests of scale"), 1, 2,
    generate_options, run_generate },
  { NULL }
};
