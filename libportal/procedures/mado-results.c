/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-result-private.h"

#include <glib/gi18n-lib.h>

#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-fold.h"
#include "core/mado-json.h"
#include "model/mado-result.h"
#include "residents/mado-residents.h"

void
mado_case_result_clear (MadoCaseResult *self)
{
  g_clear_object (&self->says);
  g_clear_object (&self->household);
  g_clear_pointer (&self->newcomers, g_ptr_array_unref);
  g_clear_pointer (&self->concerns, g_ptr_array_unref);
}

static gboolean
write_register (const MadoCaseResult *self, MadoTx *tx, const MadoActor *actor, GError **error)
{
  if (!self->household)
    return TRUE;
  return self->newcomers ? mado_household_add (tx, actor, self->household, self->newcomers, error)
                         : mado_household_write (tx, actor, self->household, error);
}

gboolean
mado_case_result_apply (const MadoCaseResult *self, MadoTx *tx, const MadoActor *actor, const MadoCase *filed,
                        GError **error)
{
  g_autofree char *subject = g_strconcat ("case/", filed->id, NULL);

  if (!write_register (self, tx, actor, error))
    return FALSE;
  for (guint i = 0; self->concerns && i < self->concerns->len; i++)
    if (!mado_journal_append (tx, actor, "certificate.made", subject, g_ptr_array_index (self->concerns, i), NULL,
                              error))
      return FALSE;
  return TRUE;
}

static JsonNode *
get_answer (const MadoCase *filed, const char *fact)
{
  return json_object_get_member (json_node_get_object (filed->answers), fact);
}

static const char *
get_text (const MadoCase *filed, const char *fact)
{
  JsonNode *value = get_answer (filed, fact);

  return value && JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;
}

static gboolean
list_has (const MadoCase *filed, const char *fact, const char *wanted)
{
  JsonNode *value = get_answer (filed, fact);
  JsonArray *list = value && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;

  for (guint i = 0; list && i < json_array_get_length (list); i++)
    if (g_strcmp0 (json_array_get_string_element (list, i), wanted) == 0)
      return TRUE;
  return FALSE;
}

/* --- 住民票の写し ------------------------------------------------------------------------------------------------ */

/* The register's words for a relationship; a word that is none of ours is the register's own. */
static const char *
name_relationship (const MadoResident *member)
{
  static const struct { const char *id, *male, *female, *other; } names[] = {
    { "head",        "世帯主",   "世帯主",   "世帯主" },
    { "spouse",      "夫",       "妻",       "配偶者" },
    { "child",       "子",       "子",       "子" },
    { "parent",      "父",       "母",       "父母" },
    { "grandchild",  "子の子",   "子の子",   "子の子" },
    { "grandparent", "祖父",     "祖母",     "祖父母" },
    { "sibling",     "兄弟",     "姉妹",     "兄弟姉妹" },
    { "cohabitant",  "同居人",   "同居人",   "同居人" },
    { "other",       "縁故者",   "縁故者",   "縁故者" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (member->relationship, names[i].id) == 0)
      return g_strcmp0 (member->sex, "male") == 0 ? names[i].male
             : g_strcmp0 (member->sex, "female") == 0 ? names[i].female : names[i].other;
  return member->relationship;
}

static const char *
name_sex (const MadoResident *member)
{
  return g_strcmp0 (member->sex, "male") == 0 ? "男" : g_strcmp0 (member->sex, "female") == 0 ? "女" : NULL;
}

static MadoCertificatePerson *
certify_person (const MadoResident *member, gboolean with_relationship, gboolean with_domicile)
{
  gboolean foreign = member->nationality && !g_str_equal (member->nationality, "JPN");

  return g_object_new (MADO_TYPE_CERTIFICATE_PERSON,
                       "full-name", member->full_name, "kana", member->full_name_kana,
                       "date-of-birth", member->date_of_birth, "sex", name_sex (member),
                       "relationship", with_relationship ? name_relationship (member) : NULL,
                       "resident-since", member->resident_since, "address-since", member->address_since,
                       "reported-on", member->reported_on, "previous-address", member->previous_address,
                       "registered-domicile", with_domicile && !foreign ? member->domicile : NULL,
                       "domicile-head", with_domicile && !foreign ? member->domicile_head : NULL,
                       "nationality", foreign ? member->nationality : NULL,
                       "residence-status", foreign ? member->residence_status : NULL,
                       "residence-expires", foreign ? member->residence_expires : NULL, NULL);
}

/* Written down, one a line, by somebody who had not shown a card yet. Whole names: 林一 is not in 小林一郎. */
static gboolean
is_named (const MadoCase *filed, const MadoResident *member)
{
  const char *names = get_text (filed, "certificate.memberNames");
  g_autofree char *name = mado_fold_code (member->full_name);
  g_auto(GStrv) lines = g_regex_split_simple ("[\\r\\n、,，]", names ? names : "", 0, 0);

  for (char **line = lines; *line; line++) {
    g_autofree char *one = mado_fold_code (*line);

    if (*one && g_str_equal (one, name))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_wanted (const MadoCase *filed, const MadoResident *member)
{
  const char *scope = get_text (filed, "certificate.scope");

  if (g_strcmp0 (scope, "self") == 0)
    return g_strcmp0 (member->id, filed->resident_id) == 0;
  if (g_strcmp0 (scope, "some") == 0)
    return list_has (filed, "certificate.members", member->id) || is_named (filed, member);
  return g_strcmp0 (scope, "all") == 0;
}

static GPtrArray *
certify_people (MadoCaseResult *self, const MadoCase *filed, const MadoHousehold *household,
                gboolean with_relationship, gboolean with_domicile)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (g_object_unref);

  self->concerns = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < household->members->len; i++) {
    MadoResident *member = g_ptr_array_index (household->members, i);

    if (!is_wanted (filed, member))
      continue;
    g_ptr_array_add (people, certify_person (member, with_relationship, with_domicile));
    if (g_strcmp0 (member->id, filed->resident_id) != 0)
      g_ptr_array_add (self->concerns, g_strdup (member->id));
  }
  return people;
}

static const char *
find_head (const MadoHousehold *household)
{
  for (guint i = 0; i < household->members->len; i++) {
    MadoResident *member = g_ptr_array_index (household->members, i);

    if (g_strcmp0 (member->id, household->head_id) == 0)
      return member->full_name;
  }
  return NULL;
}

static gint64
count_copies (const MadoCase *filed)
{
  JsonNode *value = get_answer (filed, "certificate.copies");

  return value && JSON_NODE_HOLDS_VALUE (value) ? CLAMP (json_node_get_int (value), 1, 99) : 1;
}

static MadoHousehold *
require_household (MadoStore *store, MadoHousehold *known, const MadoCase *filed, GError **error)
{
  g_autoptr(GError) failure = NULL;
  MadoHousehold *household = known ? g_object_ref (known)
                             : filed->resident_id ? mado_household_get_of (store, filed->resident_id, &failure) : NULL;

  if (failure)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (!household)
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                 _("The register holds no household of the one who asks: this cannot be certified."));
  return household;
}

static MadoRecord *
certify (MadoCaseResult *self, MadoStore *store, MadoHousehold *known, const MadoCase *filed, GError **error)
{
  g_autoptr(MadoHousehold) household = require_household (store, known, filed, error);
  gboolean with_relationship = list_has (filed, "certificate.include", "relationship");
  gboolean with_domicile = list_has (filed, "certificate.include", "domicile");
  g_autofree char *today = mado_date_format (mado_date_today ());
  g_autofree char *address = NULL;
  g_autoptr(GPtrArray) people = NULL;
  MadoCertificate *certificate;

  if (!household)
    return NULL;
  people = certify_people (self, filed, household, with_relationship, with_domicile);
  if (people->len == 0) {
    g_set_error (error, MADO_ERROR, MADO_ERROR_CONFLICT,
                 _("Nobody who was asked for is in this household now."));
    return NULL;
  }
  address = mado_address_dup_line (household->address);
  certificate = g_object_new (MADO_TYPE_CERTIFICATE, "number", filed->number, "issued-on", today,
                              "copies", count_copies (filed), "address", address,
                              "householder", with_relationship ? find_head (household) : NULL,
                              "whole-household", people->len == household->members->len,
                              "with-relationship", with_relationship, "with-domicile", with_domicile, NULL);
  certificate->people = g_steal_pointer (&people);
  return MADO_RECORD (certificate);
}

/* --- a decision in words ----------------------------------------------------------------------------------------- */

/* (nullable): where the letter goes. */
static char *
dup_recipient_address (const MadoCase *filed)
{
  static const char *const prefixes[] = { "newAddress", "currentAddress", "applicant.address" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++) {
    g_autoptr(MadoAddress) address = mado_move_in_read_address (json_node_get_object (filed->answers), prefixes[i]);
    g_autofree char *line = mado_address_dup_line (address);

    if (*line)
      return g_steal_pointer (&line);
  }
  return NULL;
}

/* The first ground the catalogue names; decisions quote law in Japanese. */
static const char *
find_legal_basis (const MadoProcedure *procedure)
{
  JsonNode *title = procedure->legal ? mado_json_get (procedure->legal, "/0/title") : NULL;

  return title ? mado_json_text (title, "ja") : NULL;
}

/* As they wrote it; where their name was not asked, as the city knows them. */
static char *
dup_recipient (MadoStore *store, const MadoCase *filed)
{
  const char *written = get_text (filed, "applicant.fullName");
  g_autoptr(MadoResident) resident = NULL;

  if (written || !filed->resident_id)
    return g_strdup (written ? written : "");
  resident = mado_resident_get (store, filed->resident_id, NULL);
  return g_strdup (resident ? resident->full_name : "");
}

static MadoRecord *
write_decision (MadoStore *store, const MadoProcedure *procedure, const MadoCase *filed, gboolean granted,
                const char *message)
{
  g_autofree char *today = mado_date_format (mado_date_today ());
  g_autofree char *filed_on = mado_clock_format_date (filed->submitted_at);
  g_autofree char *address = dup_recipient_address (filed);
  g_autofree char *name = dup_recipient (store, filed);
  MadoDecision *decision;

  decision = g_object_new (MADO_TYPE_DECISION, "number", filed->number, "language", filed->language,
                           "filed-on", filed_on, "decided-on", today, "recipient", name,
                           "recipient-address", address, "granted", granted, "message", message,
                           "legal-basis", find_legal_basis (procedure), NULL);
  decision->procedure = json_node_ref (procedure->title);
  return MADO_RECORD (decision);
}

/* --- the result -------------------------------------------------------------------------------------------------- */

gboolean
mado_case_result_make (MadoCaseResult *self, MadoStore *store, MadoHousehold *known, const MadoProcedure *procedure,
                       MadoCase *filed, gboolean granted, const char *message, GError **error)
{
  if (granted && g_strcmp0 (procedure->result, MADO_LAYOUT_CERTIFICATE) == 0) {
    self->layout = MADO_LAYOUT_CERTIFICATE;
    self->says = certify (self, store, known, filed, error);
    return self->says != NULL;
  }
  if (granted && g_strcmp0 (procedure->effect, "move-in") == 0 && !mado_move_in_prepare (self, store, filed, error))
    return FALSE;
  self->layout = MADO_LAYOUT_DECISION;
  self->says = write_decision (store, procedure, filed, granted, message && *message ? message : NULL);
  return TRUE;
}
