/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "procedures/mado-filing.h"

#include "core/mado-date.h"
#include "core/mado-language.h"
#include "residents/mado-residents.h"

static JsonNode *
new_facts (gboolean identified, gboolean own_household)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *facts = json_object_new ();

  json_object_set_boolean_member (facts, "visit.identified", identified);
  json_object_set_boolean_member (facts, "visit.ownHousehold", own_household);
  json_node_take_object (node, facts);
  return node;
}

/* Those a field may choose among. */
static JsonNode *
new_people (const MadoHousehold *household)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *people = json_array_new ();

  for (guint i = 0; i < household->members->len; i++) {
    MadoResident *member = g_ptr_array_index (household->members, i);
    JsonObject *person = json_object_new ();

    json_object_set_string_member (person, "id", member->id);
    json_object_set_string_member (person, "fullName", member->full_name);
    json_array_add_object_element (people, person);
  }
  json_node_take_array (node, people);
  return node;
}

static gboolean
load_person (MadoFilerContext *self, MadoStore *store, const char *resident_id, GError **error)
{
  g_autoptr(MadoResident) resident = NULL;

  if (!mado_resident_load (store, resident_id, &resident, &self->household, error))
    return FALSE;
  self->known = mado_resident_facts (resident, self->household);
  self->people = self->household ? new_people (self->household) : NULL;
  self->facts = new_facts (TRUE, self->household != NULL);
  return TRUE;
}

/* What somebody asked to be answered in goes before what was chosen at the kiosk, which goes before our own. */
static const char *
settle_language (const char *chosen)
{
  const MadoLanguage *asked = mado_language_get_spoken ();

  if (asked)
    return asked->code;
  mado_language_speak (mado_language_choose (chosen));
  return chosen;
}

gboolean
mado_filer_context_load (MadoFilerContext *self, MadoStore *store, const char *resident_id, const char *language,
                         GError **error)
{
  if (!resident_id)
    self->facts = new_facts (FALSE, FALSE);
  else if (!load_person (self, store, resident_id, error))
    return FALSE;
  self->answers = (MadoAnswerContext) { self->facts, self->known, self->people, mado_date_today (),
                                        settle_language (language) };
  return TRUE;
}

void
mado_filer_context_clear (MadoFilerContext *self)
{
  g_clear_pointer (&self->facts, json_node_unref);
  g_clear_pointer (&self->known, json_node_unref);
  g_clear_pointer (&self->people, json_node_unref);
  g_clear_object (&self->household);
}
