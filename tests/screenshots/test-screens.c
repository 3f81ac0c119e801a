/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One visit at the kiosk before a real service, each of its pages looked at in every look: pictures in a folder, and
 * a line of TAP for each. screens.py has the city, and sends the visitors one after the other.
 *
 *     test-screens VISIT SERVICE STATE PICTURES [PART OF A PICTURE'S NAME]
 */
#include <glib/gstdio.h>
#include <string.h>

#include "mado-guest.h"
#include "mado-idle.h"
#include "mado-screen.h"
#include "mado-words.h"
#include "visit/mado-visit-folder.h"
#include "widgets/mado-error-summary.h"
#include "widgets/mado-idle-warning.h"
#include "widgets/mado-qr.h"
#include "widgets/mado-tile.h"

#define RESIDENT "901420510371", "1941"
#define NEWCOMER "901420512591", "9005"

#define N_USUAL 9

/* Each in another language than the one before: a page is built for the size of its words, and the size changes only on
 * a page of its own. */
static const MadoLook looks[] = {
  { "ja", 100, MADO_PALETTE_LIGHT, FALSE },    { "en", 100, MADO_PALETTE_LIGHT, FALSE },
  { "ja", 200, MADO_PALETTE_LIGHT, FALSE },    { "en", 200, MADO_PALETTE_LIGHT, FALSE },
  { "ja", 100, MADO_PALETTE_HC_LIGHT, FALSE }, { "en", 100, MADO_PALETTE_HC_DARK, FALSE },
  { "ja", 200, MADO_PALETTE_HC_DARK, FALSE },  { "en", 200, MADO_PALETTE_HC_LIGHT, FALSE },
  { "ja@easy", 100, MADO_PALETTE_LIGHT, FALSE },
  /* Only with MADO_EVERY_LOOK: */
  { "ja", 125, MADO_PALETTE_DARK, FALSE },     { "ja@easy", 200, MADO_PALETTE_LIGHT, FALSE },
  { "en", 150, MADO_PALETTE_HC_DARK, FALSE },  { "ja@easy", 100, MADO_PALETTE_LIGHT, TRUE },
  { "ja", 100, MADO_PALETTE_LIGHT, TRUE },     { "en", 100, MADO_PALETTE_HC_LIGHT, TRUE },
  { "ja", 150, MADO_PALETTE_HC_DARK, TRUE },   { "en", 150, MADO_PALETTE_LIGHT, TRUE },
};

typedef struct {
  MadoGuest   guest;
  const char *pictures;
  const char *wanted;      /* (nullable): only what has this in its name */
  JsonObject *answers;
  char       *code;        /* (nullable): what a phone reads off the screen */
} Session;

typedef void (*Pose) (MadoGuest *guest);   /* what the change of the look has undone */

static void
report (const char *name, GPtrArray *faults)
{
  g_print ("%s - %s\n", faults->len > 0 ? "not ok" : "ok", name);
  for (guint i = 0; i < faults->len; i++)
    g_print ("# %s\n", (char *) g_ptr_array_index (faults, i));
}

static void
look_at_leaf (Session *self, const MadoLook *look, const char *name)
{
  g_autoptr(GPtrArray) faults = NULL;

  mado_screen_settle (self->guest.window);
  faults = mado_screen_check (self->guest.window, look);
  mado_screen_save (self->guest.window, self->pictures, name);
  report (name, faults);
}

static void
look_once (Session *self, const MadoLook *look, const char *name, Pose pose)
{
  MadoPage *page;
  guint n;

  mado_screen_dress (self->guest.window, look);
  if (pose != NULL)
    pose (&self->guest);
  page = mado_guest_get_page (&self->guest);
  mado_page_turn_to (page, 0);
  look_at_leaf (self, look, name);
  n = mado_page_get_n_leaves (page);
  for (guint leaf = 1; leaf < n; leaf++) {
    g_autofree char *leaf_name = g_strdup_printf ("%s-leaf%u", name, leaf + 1);

    mado_page_turn_to (page, leaf);
    look_at_leaf (self, look, leaf_name);
  }
}

static void
look (Session *self, const char *what, Pose pose)
{
  guint n = g_getenv ("MADO_EVERY_LOOK") != NULL ? G_N_ELEMENTS (looks) : N_USUAL;

  mado_screen_settle (self->guest.window);
  for (guint i = 0; i < n; i++) {
    g_autofree char *how = mado_look_describe (&looks[i]);
    g_autofree char *name = g_strdup_printf ("%s-%s", what, how);

    if (self->wanted == NULL || strstr (name, self->wanted) != NULL)
      look_once (self, &looks[i], name, pose);
  }
  mado_screen_dress (self->guest.window, &looks[0]);
}

static void
go (Session *self, const char *page)
{
  mado_kiosk_window_go (self->guest.window, page);
}

/* --- poses --------------------------------------------------------------------------------------------------- */

static void
ask_for_moving (MadoGuest *guest)
{
  mado_guest_type (guest, "ひっこし");
  mado_guest_wait_for_search (guest);
}

static void
ask_for_bags (MadoGuest *guest)
{
  mado_guest_type (guest, "ごみぶくろ");
  mado_guest_wait_for_search (guest);
}

/* What is unclear is asked, and the first answer given. */
static void
choose_a_field (MadoGuest *guest)
{
  mado_guest_type (guest, "ぜいきん");
  mado_guest_wait_for_search (guest);
  g_signal_emit_by_name (mado_guest_find (guest, MADO_TYPE_TILE), "clicked");
}

static void
read_an_answer (MadoGuest *guest)
{
  const char *language = mado_words_get_language ();

  ask_for_bags (guest);
  mado_guest_press (guest, g_str_equal (language, "en") ? "Where do I buy"
                           : g_str_equal (language, "ja") ? "ごみ袋は" : "ごみの 袋は");
}

static void
ask_for_nonsense (MadoGuest *guest)
{
  mado_guest_type (guest, "ぬぬぬ");
  mado_guest_wait_for_search (guest);
}

static void
type_half_a_card (MadoGuest *guest)
{
  mado_guest_show_card (guest, "90142051", "19");
}

static void
forget_half_a_card (MadoGuest *guest)
{
  type_half_a_card (guest);
  mado_guest_go_on (guest);
}

static void
type_half_a_slip (MadoGuest *guest)
{
  mado_guest_type (guest, "9100123456789012");
}

static void
forget_the_slip (MadoGuest *guest)
{
  mado_guest_go_on (guest);
  g_assert_nonnull (mado_guest_find (guest, MADO_TYPE_ERROR_SUMMARY));
}

static void
type_a_name (MadoGuest *guest)
{
  mado_guest_type (guest, "ゆい");
}

static void
mistake_a_telephone (MadoGuest *guest)
{
  mado_guest_type (guest, "0466");
  mado_guest_go_on (guest);
}

static void
forget_to_choose (MadoGuest *guest)
{
  mado_guest_go_on (guest);
}

static void
call_staff (MadoGuest *guest)
{
  g_action_group_activate_action (G_ACTION_GROUP (guest->application), "call-staff", NULL);
  for (guint i = 0; i < 200; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

static void
say_goodbye (MadoGuest *guest)
{
  mado_kiosk_window_go (guest->window, "end");
}

/* --- pages on the way ---------------------------------------------------------------------------------------- */

static void
look_at_special_questions (Session *self, const char *question)
{
  if (g_str_equal (question, "member-name"))
    look (self, "question-kana", type_a_name);
  if (g_str_equal (question, "phone"))
    look (self, "question-mistake", mistake_a_telephone);
  if (g_str_equal (question, "scope"))
    look (self, "question-mistake-choice", forget_to_choose);
}

/* Question after question to the check page, each looked at with its answer. */
static void
answer_all (Session *self, gboolean looking)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint refused = 0;

  while (g_str_equal (mado_kiosk_window_get_page_id (self->guest.window), "question")) {
    const char *question = mado_guest_get_question (&self->guest);
    g_autofree char *name = g_strdup_printf ("question-%s", question);
    gboolean is_new = looking && g_hash_table_add (seen, (gpointer) g_intern_string (question)), another;

    if (is_new)
      look_at_special_questions (self, question);
    another = mado_guest_answer (&self->guest, self->answers);
    if (is_new)
      look (self, name, NULL);
    if (another)
      mado_guest_add_row (&self->guest);
    else
      mado_guest_go_on (&self->guest);
    /* One answer may bring the next field of its page; then there is a second try. */
    refused = mado_guest_find (&self->guest, MADO_TYPE_ERROR_SUMMARY) != NULL ? refused + 1 : 0;
    if (refused > 1)
      g_error ("The answer to “%s” is refused", question);
  }
}

static void
choose (Session *self, const char *procedure)
{
  go (self, "procedures");
  mado_guest_press (&self->guest, procedure);
  mado_guest_wait_for (&self->guest, "here");
}

/* The code and the fee come a moment later than the page. */
static void
wait_for_link (Session *self)
{
  while (mado_guest_find (&self->guest, MADO_TYPE_QR) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
file (Session *self, const char *check, const char *done)
{
  mado_guest_wait_for (&self->guest, "check");
  look (self, check, NULL);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "done");
  wait_for_link (self);
  look (self, done, NULL);
}

/* --- visits -------------------------------------------------------------------------------------------------- */

static void
visit_for_a_record (Session *self)
{
  look (self, "home", NULL);
  go (self, "text-size");
  look (self, "text-size", NULL);
  go (self, "language");
  look (self, "language", NULL);
  go (self, "procedures");
  look (self, "procedures", NULL);
  go (self, "search");
  look (self, "search", ask_for_moving);
  look (self, "search-bags", ask_for_bags);
  look (self, "search-answer", read_an_answer);
  look (self, "search-field", choose_a_field);
  look (self, "search-nothing", ask_for_nonsense);
  choose (self, "住民票の写し");
  look (self, "here-record", NULL);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "identify");
  look (self, "identify", type_half_a_card);
  look (self, "identify-mistake", forget_half_a_card);
  mado_guest_show_card (&self->guest, RESIDENT);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "question");
  answer_all (self, TRUE);
  file (self, "check-record", "done-record");
  look (self, "staff-called", call_staff);
}

static void
post (const char *url, const char *body)
{
  const char *command[] = { "curl", "-fsS", "-o", "/dev/null", "-d", body, url, NULL };
  g_autoptr(GError) error = NULL;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* As a person with a phone: the page that the code opens has one button. */
static void
pay_with_a_phone (MadoGuest *guest)
{
  post (mado_till_get_url (mado_kiosk_visit_get_till (guest->visit)), "");
}

/* What goes wrong there from now on (tests/simulator/wallet.py). */
static void
tell_wallet (const char *code, const char *fault)
{
  g_autofree char *commands = g_uri_resolve_relative (code, "/simulator/faults", G_URI_FLAGS_NONE, NULL);

  post (commands, fault);
}

/* As a person with a card on which there is not enough. */
static void
touch_with_a_poor_card (void)
{
  g_autofree char *url = g_strconcat (g_getenv ("MADO_TERMINAL_PAGE"), "/touch/poor", NULL);

  post (url, "");
}

static void
wait_for_state (Session *self, MadoTillState state)
{
  MadoTill *till = mado_kiosk_visit_get_till (self->guest.visit);

  while (mado_till_get_state (till) != state)
    g_main_context_iteration (NULL, TRUE);
}

static void
begin_to_pay (Session *self, const char *method)
{
  mado_guest_wait_for (&self->guest, "pay");
  mado_guest_press (&self->guest, method);
  mado_guest_wait_for (&self->guest, "pay-code");
}

/* It is paid, and let go of, just when nobody can be asked any more. */
static void
pay_unheard (Session *self)
{
  g_free (self->code);
  self->code = g_strdup (mado_till_get_url (mado_kiosk_visit_get_till (self->guest.visit)));
  tell_wallet (self->code, "{\"path\":\"/v2/codes\",\"do\":\"500\",\"times\":1000}");
  pay_with_a_phone (&self->guest);
  mado_page_second (mado_guest_get_page (&self->guest));
  wait_for_state (self, MADO_TILL_UNKNOWN);
  mado_guest_wait_for (&self->guest, "paid");
}

/* The fee of the record, each ending after the other; the last one is the good one. */
static void
visit_to_pay (Session *self)
{
  go (self, "payer");
  mado_guest_show_card (&self->guest, RESIDENT);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "owed");
  look (self, "owed", NULL);
  go (self, "slip");
  look (self, "slip-mistake", forget_the_slip);
  look (self, "slip", type_half_a_slip);
  mado_kiosk_window_back (self->guest.window);
  mado_guest_press (&self->guest, "¥300");
  mado_guest_wait_for (&self->guest, "pay");
  look (self, "pay", NULL);
  begin_to_pay (self, "スマホで 払う");
  wait_for_state (self, MADO_TILL_WAITING);
  look (self, "pay-code", NULL);
  wait_for_state (self, MADO_TILL_EXPIRED);
  mado_guest_wait_for (&self->guest, "paid");
  look (self, "paid-expired", NULL);
  mado_guest_go_on (&self->guest);
  begin_to_pay (self, "スマホで 払う");
  wait_for_state (self, MADO_TILL_WAITING);
  mado_page_second (mado_guest_get_page (&self->guest));
  wait_for_state (self, MADO_TILL_CANCELLED);
  mado_guest_wait_for (&self->guest, "paid");
  look (self, "paid-cancelled", NULL);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "pay");
  look (self, "pay-again", NULL);
  begin_to_pay (self, "カードで 払う");
  wait_for_state (self, MADO_TILL_WAITING);
  look (self, "pay-card", NULL);
  touch_with_a_poor_card ();
  wait_for_state (self, MADO_TILL_FAILED);
  mado_guest_wait_for (&self->guest, "paid");
  look (self, "paid-refused", NULL);
  mado_guest_go_on (&self->guest);
  begin_to_pay (self, "スマホで 払う");
  wait_for_state (self, MADO_TILL_WAITING);
  pay_unheard (self);
  look (self, "paid-unknown", NULL);
  tell_wallet (self->code, "{\"do\":\"well\"}");
  wait_for_state (self, MADO_TILL_PAID);
  look (self, "paid", NULL);
}

static void
visit_to_move_in (Session *self)
{
  choose (self, "転入届");
  look (self, "here-moving", NULL);
  mado_guest_go_on (&self->guest);
  mado_guest_show_card (&self->guest, NEWCOMER);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "question");
  answer_all (self, TRUE);
  file (self, "check-moving", "done-moving");
}

/* What is asked of somebody without a card. */
static void
visit_without_a_card (Session *self)
{
  choose (self, "転入届");
  mado_guest_go_on (&self->guest);
  mado_page_second (mado_guest_get_page (&self->guest));
  mado_guest_wait_for (&self->guest, "question");
  for (guint i = 0; i < 2; i++) {
    g_autofree char *name = g_strdup_printf ("question-%s", mado_guest_get_question (&self->guest));

    mado_guest_answer (&self->guest, self->answers);
    look (self, name, NULL);
    mado_guest_go_on (&self->guest);
  }
  answer_all (self, FALSE);
  file (self, "check-prepared", "done-prepared");
}

/* From what happened to all that is filed for it. */
static void
visit_for_a_life_event (Session *self)
{
  go (self, "events");
  look (self, "events", NULL);
  mado_guest_press (&self->guest, "引っ越し");
  mado_guest_wait_for (&self->guest, "question");
  answer_all (self, TRUE);
  mado_guest_wait_for (&self->guest, "plan");
  look (self, "plan", NULL);
  mado_guest_press (&self->guest, "いらない");
  mado_guest_wait_for (&self->guest, "unneeded");
  look (self, "plan-unneeded", NULL);
  mado_kiosk_window_back (self->guest.window);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "identify");
  mado_guest_show_card (&self->guest, NEWCOMER);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "question");
  answer_all (self, FALSE);
  file (self, "check-life-event", "done-life-event");
}

/* Nothing of it is done here: a guide to the counters where it is. */
static void
visit_for_a_guide (Session *self)
{
  go (self, "search");
  mado_guest_type (&self->guest, "いぬのとうろく");
  mado_guest_wait_for_search (&self->guest);
  mado_guest_press (&self->guest, "犬の登録");
  mado_guest_wait_for (&self->guest, "here");
  look (self, "here-elsewhere", NULL);
  go (self, "events");
  mado_guest_press (&self->guest, "起業");
  mado_guest_wait_for (&self->guest, "question");
  answer_all (self, FALSE);
  mado_guest_wait_for (&self->guest, "plan");
  look (self, "plan-elsewhere", NULL);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "guide");
  look (self, "guide", NULL);
}

static void
look_up (Session *self, const char *number, const char *pin)
{
  go (self, "lookup");
  mado_guest_show_card (&self->guest, number, pin);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "cases");
}

/* Handed in with two questions to go, found again by the card. */
static void
visit_half_way (Session *self)
{
  choose (self, "住民票の写し");
  mado_guest_go_on (&self->guest);
  mado_guest_show_card (&self->guest, RESIDENT);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "question");
  mado_guest_answer (&self->guest, self->answers);
  mado_guest_go_on (&self->guest);
  go (self, "later");
  look (self, "later", NULL);
  mado_guest_go_on (&self->guest);
  while (mado_kiosk_visit_get_kept (self->guest.visit) == NULL)
    g_main_context_iteration (NULL, TRUE);
  look (self, "later-kept", NULL);
}

static void
visit_to_go_on (Session *self)
{
  look_up (self, RESIDENT);
  mado_guest_press (&self->guest, "とちゅうの申請");
  mado_guest_wait_for (&self->guest, "question");
  look (self, "question-resumed", NULL);
  go (self, "cases");
  mado_guest_wait_to_see (&self->guest, "とちゅうの申請");
  look (self, "cases-draft", NULL);
}

static void
visit_for_a_result (Session *self)
{
  go (self, "lookup");
  look (self, "lookup", type_half_a_card);
  look_up (self, RESIDENT);
  mado_guest_press (&self->guest, "住民票の写し");
  mado_guest_wait_for (&self->guest, "case");
  look (self, "case-granted", NULL);
}

static void
visit_to_correct (Session *self)
{
  look_up (self, NEWCOMER);
  mado_guest_press (&self->guest, "転入届");   /* the one the clerk has sent back stands first */
  mado_guest_wait_for (&self->guest, "case");
  mado_kiosk_window_back (self->guest.window);
  look (self, "cases", NULL);
  mado_guest_press (&self->guest, "転入届");
  mado_guest_wait_for (&self->guest, "case");
  look (self, "case-returned", NULL);
  mado_guest_go_on (&self->guest);
  file (self, "check-correction", "done-correction");
}

static void
visit_and_go_away (Session *self)
{
  choose (self, "住民票の写し");
  mado_guest_go_on (&self->guest);
  mado_guest_show_card (&self->guest, RESIDENT);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "question");
  mado_guest_answer (&self->guest, self->answers);
  while (mado_guest_find (&self->guest, MADO_TYPE_IDLE_WARNING) == NULL)
    g_main_context_iteration (NULL, TRUE);
  look (self, "idle-warning", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->guest.window), "win.hide", NULL);
  look (self, "hidden", NULL);
}

static void
visit_after_the_end (Session *self)
{
  look (self, "end", say_goodbye);
}

static void
visit_while_the_line_is_down (Session *self)
{
  look (self, "home-offline", NULL);
  choose (self, "住民票の写し");
  look (self, "here-offline", NULL);
  mado_guest_go_on (&self->guest);
  mado_guest_show_card (&self->guest, RESIDENT);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "question");
  look (self, "question-offline", NULL);
  answer_all (self, FALSE);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "done");
  look (self, "done-kept", NULL);
}

/* The city publishes its catalogue anew, and this kiosk has not heard of it yet. */
static void
publish_anew (Session *self)
{
  MadoStation *station = mado_kiosk_visit_get_station (self->guest.visit);
  MadoOffer *before;

  do {
    g_autofree char *done = g_strdup_printf ("%s/published-%" G_GINT64_FORMAT, self->pictures, g_get_monotonic_time ());

    before = mado_station_get_offer (station);
    g_print ("# publish %s\n", done);
    while (!g_file_test (done, G_FILE_TEST_EXISTS)) {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
    g_unlink (done);
  } while (mado_station_get_offer (station) != before || !mado_station_is_online (station));
}

/* What was read is changed before it is filed: it is looked at again, and filed with all that was typed. */
static void
visit_while_it_is_revised (Session *self)
{
  publish_anew (self);
  choose (self, "住民票の写し");
  mado_guest_go_on (&self->guest);
  mado_guest_show_card (&self->guest, RESIDENT);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "question");
  answer_all (self, FALSE);
  mado_guest_wait_for (&self->guest, "check");
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "question");
  look (self, "question-asked-otherwise", NULL);
  mado_guest_go_on (&self->guest);
  look (self, "question-asked-anew", NULL);
  answer_all (self, FALSE);
  file (self, "check-revised", "done-revised");
}

static void
scan (Session *self, const char *name)
{
  g_autoptr(GdkPixbuf) page = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1240, 1754);
  g_autofree char *path = g_build_filename (mado_station_get_scans (mado_kiosk_visit_get_station (self->guest.visit)),
                                            name, NULL);
  g_autoptr(GError) error = NULL;

  gdk_pixbuf_fill (page, 0xF2EFE6FF);
  gdk_pixbuf_save (page, path, "jpeg", &error, NULL);
  g_assert_no_error (error);
}

/* Questions without a look, to that one. */
static void
answer_until (Session *self, const char *question)
{
  while (!g_str_equal (mado_guest_get_question (&self->guest), question)) {
    mado_guest_answer (&self->guest, self->answers);
    mado_guest_go_on (&self->guest);
  }
}

static void
begin (Session *self, const char *procedure)
{
  g_autoptr(GError) error = NULL;

  mado_kiosk_visit_choose (self->guest.visit, procedure, &error);
  g_assert_no_error (error);
  go (self, "here");
  mado_guest_go_on (&self->guest);
  mado_guest_show_card (&self->guest, RESIDENT);
  mado_guest_go_on (&self->guest);
  mado_guest_wait_for (&self->guest, "question");
}

/* With the finger, or with the keyboard by who cannot. */
static void
visit_to_sign (Session *self)
{
  begin (self, "sozokunin-daihyo");
  answer_until (self, "signature");
  look (self, "question-signature", NULL);
  look (self, "question-signature-mistake", forget_to_choose);
  mado_guest_press (&self->guest, "書けないときは");
  look (self, "question-signature-typed", type_a_name);
  mado_guest_press (&self->guest, "指で");
  mado_guest_answer (&self->guest, self->answers);
  look (self, "question-signature-signed", NULL);
  mado_guest_go_on (&self->guest);
  file (self, "check-signature", "done-signature");
}

/* A paper that has to be seen is laid on the scanner, and goes with what is filed. */
static void
visit_with_a_document (Session *self)
{
  begin (self, "kokuho-kanyu");
  answer_until (self, "proof");
  look (self, "question-document", NULL);
  mado_guest_press (&self->guest, "写真か");
  mado_guest_wait_for (&self->guest, "files");
  mado_guest_wait_to_see_words (&self->guest, "写真も");
  look (self, "files-none", NULL);
  scan (self, "scan0001.jpg");
  mado_page_second (mado_guest_get_page (&self->guest));
  mado_guest_wait_to_see (&self->guest, "scan0001.jpg");
  look (self, "files", NULL);
  mado_guest_press (&self->guest, "scan0001.jpg");
  mado_guest_wait_for (&self->guest, "question");
  look (self, "question-document-attached", NULL);
  answer_all (self, FALSE);
  file (self, "check-document", "done-document");
}

static const struct {
  const char *name;
  void      (*act) (Session *self);
  gboolean    offline, goodbye, idle, no_paper;
} visits[] = {
  { "record", visit_for_a_record },
  { "payment", visit_to_pay },
  { "moving", visit_to_move_in },
  { "prepared", visit_without_a_card },
  { "result", visit_for_a_result },
  { "correction", visit_to_correct },
  { "life-event", visit_for_a_life_event },
  { "guide", visit_for_a_guide },
  { "document", visit_with_a_document },
  { "signature", visit_to_sign },
  { "half-way", visit_half_way },
  { "resumed", visit_to_go_on },
  { "idle", visit_and_go_away, .idle = TRUE },
  { "end", visit_after_the_end, .goodbye = TRUE },
  { "revised", visit_while_it_is_revised },
  { "offline", visit_while_the_line_is_down, .offline = TRUE, .no_paper = TRUE },
};

static void
make (guint visit, char **arguments)
{
  g_autofree char *paper = g_build_filename (arguments[3], "paper", NULL);
  g_autofree char *printer = g_strdup_printf ("file:%s", visits[visit].no_paper ? "/proc/none" : paper);
  g_autofree char *scans = g_build_filename (arguments[3], "scans", NULL);
  g_autofree char *credentials = g_build_filename (arguments[3], "..", "credentials", NULL);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  Session self = { .pictures = arguments[4], .wanted = arguments[5] };
  MadoKioskSettings settings = {
    .station = { .address = arguments[2], .device = "kiosk-1", .credentials = credentials, .state = arguments[3],
                 .printer = printer, .scans = scans },
    .city = (char *) MADO_TEST_CITY, .width = 1080, .height = 1920, .idle_s = visits[visit].idle ? 2 : 3600,
    .warning_s = 300, .ended = visits[visit].goodbye,
  };

  g_mkdir_with_parents (scans, 0700);
  if (!json_parser_load_from_file (parser, MADO_TEST_ANSWERS, &error))
    g_error ("%s", error->message);
  self.answers = json_node_get_object (json_parser_get_root (parser));
  mado_guest_come (&self.guest, &settings, visits[visit].offline);
  visits[visit].act (&self);
  mado_guest_leave (&self.guest);
  g_free (self.code);
  mado_screen_finish ();
}

int
main (int argc, char **argv)
{
  g_assert (argc == 5 || argc == 6);
  mado_words_init (g_getenv ("MADO_LOCALE_DIR"));
  mado_visit_folder_sweep ();
  for (guint i = 0; i < G_N_ELEMENTS (visits); i++)
    if (g_str_equal (visits[i].name, argv[1]))
      make (i, argv);

  return 0;
}
