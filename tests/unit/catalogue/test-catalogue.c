/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-json.h"
#include "lists/mado-holiday.h"
#include "procedures/mado-catalogue.h"

static void
test_shipped (void)
{
  g_autoptr(GPtrArray) findings = mado_catalogue_lint (MADO_TEST_FORMS, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCatalogue) catalogue = NULL;

  for (guint i = 0; i < findings->len; i++) {
    const MadoFinding *finding = g_ptr_array_index (findings, i);

    g_test_message ("%s#%s: %s (%s)", finding->file, finding->pointer, finding->message, finding->code);
  }
  g_assert_cmpuint (findings->len, ==, 0);
  catalogue = mado_catalogue_load (MADO_TEST_FORMS, &error);
  g_assert_no_error (error);
}

static MadoCatalogue *
load (void)
{
  g_autoptr(GError) error = NULL;
  MadoCatalogue *catalogue = mado_catalogue_load (MADO_TEST_FORMS, &error);

  g_assert_no_error (error);
  return catalogue;
}

static gboolean
list_has (JsonArray *list, const char *id)
{
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (g_str_equal (json_array_get_string_element (list, i), id))
      return TRUE;

  return FALSE;
}

/* What a city needs at the least; one of which nothing was compared with its source does not count as complete. */
static void
test_wide (void)
{
  g_autoptr(MadoCatalogue) catalogue = load ();
  g_autoptr(JsonNode) counts = mado_catalogue_count (catalogue);
  JsonArray *unverified = json_node_get_array (mado_json_get (counts, "/unsound"));
  GPtrArray *procedures = mado_catalogue_get_procedures (catalogue);
  guint n_complete = 0;

  for (guint i = 0; i < procedures->len; i++) {
    const MadoProcedure *procedure = g_ptr_array_index (procedures, i);

    n_complete += procedure->form != NULL && !list_has (unverified, procedure->id);
  }
  g_assert_cmpuint (procedures->len - json_array_get_length (unverified), >=, 80);
  g_assert_cmpuint (n_complete, >=, 30);
  g_assert_cmpuint (mado_catalogue_get_life_events (catalogue)->len, >=, 10);
  g_assert_true (g_strv_contains (mado_catalogue_get_languages (catalogue), "ja"));
  g_assert_true (g_strv_contains (mado_catalogue_get_languages (catalogue), "ja@easy"));
  g_assert_true (g_strv_contains (mado_catalogue_get_languages (catalogue), "en"));
}

/* Without a form there is nothing to file, to decide or to charge; and nothing says there were. */
static void
test_told (void)
{
  g_autoptr(MadoCatalogue) catalogue = load ();
  MadoProcedure *dog = mado_catalogue_get_procedure (catalogue, "inu-toroku", 0);

  g_assert_nonnull (dog);
  g_assert_null (dog->form);
  g_assert_false (dog->kiosk);
  g_assert_cmpstrv (dog->how, ((const char *const[]) { "counter", NULL }));
  g_assert_null (mado_catalogue_get_form (catalogue, dog->form, 0));
  g_assert_null (mado_catalogue_get_form (catalogue, dog->form, 1));
  g_assert_false (mado_procedure_is_decided_by_rule (dog));
  g_assert_cmpint (mado_catalogue_get_fee (catalogue, dog, NULL), ==, 0);
  g_assert_cmpint (json_node_get_int (mado_json_get (dog->deadline, "/days")), ==, 30);
}

/* --- days ----------------------------------------------------------------------------------------------------- */

static void
test_open_days (void)
{
  static const char *const days[][2] = {
    { "2026-11-20", "2026-11-20" },                                    /* a Friday */
    { "2026-11-21", "2026-11-24" },                                    /* a Saturday before 勤労感謝の日 */
    { "2026-09-19", "2026-09-24" },                                    /* 敬老の日, 国民の休日, 秋分の日 */
    { "2026-12-28", "2026-12-28" }, { "2026-12-29", "2027-01-04" },    /* the city's own */
    { "2028-11-03", "2028-11-03" },                                    /* nobody has told of it yet */
  };
  g_autoptr(MadoCatalogue) catalogue = load ();
  g_autoptr(GError) error = NULL;
  g_autoptr(MadoCity) city = mado_city_load (MADO_TEST_CITY, &error);
  g_autofree char *end = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (mado_catalogue_get_open_day (catalogue, mado_date_parse ("2026-12-29")), ==,
                   mado_date_parse ("2026-12-29"));
  g_assert_true (mado_catalogue_settle (catalogue, city, &error));
  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autofree char *open = mado_date_format (mado_catalogue_get_open_day (catalogue, mado_date_parse (days[i][0])));

    g_assert_cmpstr (open, ==, days[i][1]);
  }
  end = mado_date_format (mado_holidays_get_end ());
  g_assert_true (g_str_has_suffix (end, "-12-31"));
  g_assert_true (mado_day_is_holiday (mado_date_parse ("2027-11-23")));
}

/* --- life events ---------------------------------------------------------------------------------------------- */

typedef struct {
  const char *event, *answers;
  const char *applies[8], *not[8];
} Life;

static const Life lives[] = {
  /* Moved here last week, with a three-year-old and a dog. */
  { "moving",
    "{\"move.kind\":\"into\",\"move.from\":\"japan\",\"insurance.kind\":\"national\",\"card.hasMyNumberCard\":true,"
    "\"family.children\":[{\"dateOfBirth\":\"2023-06-01\"}],\"family.worksInDaytime\":true,\"pet.hasDog\":true}",
    { "tennyu", "kokuho-kanyu", "mynumber-henko", "jido-teate", "hoiku-nintei", "inu-henko", "suido" },
    { "tenkyo", "tenshutsu", "tenko", "gakudo", "kokuho-dattai", "gentsuki", "kokugai-tennyu" } },
  /* Newly landed, of foreign nationality. */
  { "moving", "{\"move.kind\":\"into\",\"move.from\":\"abroad\",\"family.foreign\":true,\"insurance.kind\":\"none\"}",
    { "kokugai-tennyu", "kokuho-kanyu" }, { "tennyu", "jido-teate", "mynumber-henko", "tenko" } },
  /* Away with a child at school. */
  { "moving",
    "{\"move.kind\":\"out\",\"insurance.kind\":\"employer\",\"family.children\":[{\"dateOfBirth\":\"2016-05-01\"}]}",
    { "tenshutsu", "tenko", "jido-teate-shometsu" }, { "tennyu", "kokuho-dattai", "jido-teate", "shoni-iryo" } },
  /* The second child of a mother with National Health Insurance. */
  { "birth",
    "{\"birth.stage\":\"born\",\"family.hasOlderChildren\":true,\"insurance.kind\":\"national\","
    "\"birth.lowWeight\":true}",
    { "shussei", "jido-teate-gaku", "shussan-ichiji", "nenkin-sanzen", "tei-taiju" },
    { "jido-teate", "ninshin", "yoiku-iryo" } },
  { "birth", "{\"birth.stage\":\"pregnant\",\"insurance.kind\":\"employer\"}", { "ninshin", "ninpu-shien" },
    { "shussei", "jido-teate", "kokuho-sanzen", "nenkin-sanzen", "shussan-ichiji" } },
  /* A grandmother of 88 who owned the house. */
  { "bereavement",
    "{\"deceased.relation\":\"parent\",\"deceased.dateOfBirth\":\"1938-02-03\",\"deceased.insurance\":\"elderly\","
    "\"deceased.receivedPension\":true,\"deceased.ownedHome\":true}",
    { "shibo", "kaso-kyoka", "koki-sosai", "kaigo-hihokensha", "nenkin-shibo", "sozokunin-daihyo" },
    { "kokuho-sosai", "izoku-kiso", "fukushi", "inu-henko", "setai-henko" } },
  { "school", "{\"family.children\":[{\"dateOfBirth\":\"2020-06-01\"}],\"family.worksInDaytime\":true}",
    { "shugaku-kenshin", "shugaku-tsuchi", "gakudo" }, { "shugaku-enjo", "shitei-henko", "shogaiji-tsusho" } },
  { "leaving-work", "{\"work.change\":\"left\",\"applicant.dateOfBirth\":\"1980-01-01\",\"retire.incomeFell\":true}",
    { "kokuho-kanyu", "nenkin-kanyu", "nenkin-menjo", "kokuho-genmen" }, { "kokuho-dattai", "jukyo-kakuho" } },
  { "leaving-work", "{\"work.change\":\"left\",\"applicant.dateOfBirth\":\"1964-01-01\"}", { "kokuho-kanyu" },
    { "nenkin-kanyu", "nenkin-menjo", "kokuho-dattai" } },
  { "disability",
    "{\"disability.kinds\":[\"mental\"],\"applicant.dateOfBirth\":\"2015-01-01\",\"disability.wantsService\":true}",
    { "seishin-techo", "jiritsu-iryo", "shogaiji-tsusho", "tokubetsu-jifu" },
    { "shintai-techo", "shogai-service", "shogai-kiso" } },
  { "turning-65", "{\"applicant.dateOfBirth\":\"1961-11-01\",\"pension.onlyNational\":true}",
    { "rorei-kiso", "kaigo-hihokensha", "kenshin" }, { "koki-shikaku", "kaigo-nintei" } },
  { "business", "{\"business.form\":\"company\",\"business.food\":true}", { "hojin-setsuritsu", "shokuhin-eigyo" },
    { "kyuyo-hokoku", "jigyosho-zei", "shiminzei-shinkoku" } },
  { "no-such-event", "{}", { NULL }, { "shibo" } },
};

static gboolean
has (GPtrArray *procedures, const char *id)
{
  for (guint i = 0; i < procedures->len; i++)
    if (g_str_equal (((MadoProcedure *) g_ptr_array_index (procedures, i))->id, id))
      return TRUE;

  return FALSE;
}

static void
test_lives (void)
{
  g_autoptr(MadoCatalogue) catalogue = load ();

  for (guint i = 0; i < G_N_ELEMENTS (lives); i++) {
    g_autoptr(JsonNode) answers = json_from_string (lives[i].answers, NULL);
    g_autoptr(GPtrArray) found = mado_catalogue_list_for_event (catalogue, lives[i].event, answers, NULL);

    for (guint k = 0; k < G_N_ELEMENTS (lives[i].applies) && lives[i].applies[k] != NULL; k++)
      if (!has (found, lives[i].applies[k]))
        g_test_fail_printf ("%s %s: %s is missing", lives[i].event, lives[i].answers, lives[i].applies[k]);
    for (guint k = 0; k < G_N_ELEMENTS (lives[i].not) && lives[i].not[k] != NULL; k++)
      if (has (found, lives[i].not[k]))
        g_test_fail_printf ("%s %s: %s does not apply", lives[i].event, lives[i].answers, lives[i].not[k]);
  }
}

/* --- what is counted ------------------------------------------------------------------------------------------ */

static gint64
number_at (JsonNode *stats, const char *pointer)
{
  JsonNode *node = mado_json_get (stats, pointer);

  g_assert_nonnull (node);
  return json_node_get_int (node);
}

static gint64
sum_up (JsonNode *stats, const char *pointer)
{
  g_autoptr(GList) groups = json_object_get_values (json_node_get_object (mado_json_get (stats, pointer)));
  gint64 sum = 0;

  for (GList *l = groups; l != NULL; l = l->next)
    sum += number_at (l->data, "/procedures");

  return sum;
}

static void
test_stats (void)
{
  g_autoptr(MadoCatalogue) catalogue = load ();
  g_autoptr(JsonNode) stats = mado_catalogue_count (catalogue);
  gint64 all = mado_catalogue_get_procedures (catalogue)->len;
  guint unsound = json_array_get_length (json_node_get_array (mado_json_get (stats, "/unsound")));

  g_assert_cmpint (number_at (stats, "/procedures"), ==, all);
  g_assert_cmpint (sum_up (stats, "/byOffice"), ==, all);
  g_assert_cmpint (sum_up (stats, "/byCategory"), ==, all);
  g_assert_cmpint (number_at (stats, "/byHow/kiosk/procedures"), <=, number_at (stats, "/filed"));
  g_assert_cmpint (number_at (stats, "/byHow/online/procedures"), ==, number_at (stats, "/online"));
  g_assert_cmpint (number_at (stats, "/facts/unverified"), <, number_at (stats, "/facts/all"));
  g_assert_cmpint (number_at (stats, "/faq/all"), ==, mado_catalogue_get_questions (catalogue)->len);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (mado_json_get (stats, "/byLifeEvent"))), ==,
                    mado_catalogue_get_life_events (catalogue)->len);
  /* A procedure of which nothing is verified does not count. */
  g_assert_cmpint (all, >=, 80);
  g_assert_cmpuint (unsound, <, all);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mado_clock_freeze (mado_clock_parse_time ("2026-11-22T03:00:00.000Z"));
  g_test_add_func ("/catalogue/shipped", test_shipped);
  g_test_add_func ("/catalogue/wide", test_wide);
  g_test_add_func ("/catalogue/told", test_told);
  g_test_add_func ("/catalogue/open-days", test_open_days);
  g_test_add_func ("/catalogue/lives", test_lives);
  g_test_add_func ("/catalogue/stats", test_stats);
  return g_test_run ();
}
