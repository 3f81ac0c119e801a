/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mado-procedure.h"

#include "core/mado-json.h"

#define DEFAULT_DAYS 7

static const MadoField fields[] = {
  MADO_FIELD_ID (MadoProcedure, id, "Identifier, for addresses and files"),
  MADO_FIELD_INT (MadoProcedure, revision, 0, 1, 1000000, "Grows with every change"),
  MADO_FIELD_JSON (MadoProcedure, title, 0, "Name, by language"),
  MADO_FIELD_JSON (MadoProcedure, summary, 0, "One sentence, by language"),
  MADO_FIELD_STRING (MadoProcedure, category, 0, 64, "Where it is found"),
  MADO_FIELD_STRING (MadoProcedure, icon, MADO_FIELD_OPTIONAL, 32, "Picture of its tile"),
  MADO_FIELD_STRV (MadoProcedure, keywords, MADO_FIELD_OPTIONAL, "What people say for it"),
  MADO_FIELD_BOOL (MadoProcedure, often, MADO_FIELD_OPTIONAL, "Whether many come for it: shown first"),
  MADO_FIELD_STRV (MadoProcedure, how, 0, "Each way there is: “kiosk”, “online”, “counter”, “post”, “phone”, “store”"),
  MADO_FIELD_BOOL (MadoProcedure, kiosk, 0, "Whether it can be filed at a kiosk"),
  MADO_FIELD_BOOL (MadoProcedure, online, 0, "Whether it can be filed from home"),
  MADO_FIELD_BOOL (MadoProcedure, printer, MADO_FIELD_OPTIONAL, "Whether its result comes out of the kiosk's printer"),
  MADO_FIELD_BOOL (MadoProcedure, prefile, 0, "Whether it may be filed before identification"),
  MADO_FIELD_STRING (MadoProcedure, form, MADO_FIELD_OPTIONAL, 64, "Its form; absent: told here, done elsewhere"),
  MADO_FIELD_INT (MadoProcedure, form_revision, MADO_FIELD_OPTIONAL, 1, 1000000, "Revision of the form now in force"),
  MADO_FIELD_STRING (MadoProcedure, office, 0, 64, "Office that decides"),
  MADO_FIELD_STRV (MadoProcedure, offices, MADO_FIELD_OPTIONAL, "Where else it can be done"),
  MADO_FIELD_INT (MadoProcedure, minutes, MADO_FIELD_OPTIONAL, 1, 240, "Minutes it takes at the kiosk"),
  MADO_FIELD_JSON (MadoProcedure, who, 0, "Who may ask for it, by language"),
  MADO_FIELD_JSON (MadoProcedure, bring, 0, "What to bring"),
  MADO_FIELD_JSON (MadoProcedure, fee, 0, "What it costs, with its source"),
  MADO_FIELD_JSON (MadoProcedure, deadline, MADO_FIELD_OPTIONAL, "By when it must be filed, with its source"),
  MADO_FIELD_JSON (MadoProcedure, legal, 0, "Legal grounds, with their sources"),
  MADO_FIELD_JSON (MadoProcedure, decision, MADO_FIELD_OPTIONAL, "Who decides, and within how many days"),
  MADO_FIELD_STRING (MadoProcedure, result, MADO_FIELD_OPTIONAL, 64, "What granting produces"),
  MADO_FIELD_STRING (MadoProcedure, effect, MADO_FIELD_OPTIONAL, 64, "What granting writes into the register"),
  MADO_FIELD_JSON (MadoProcedure, next_steps, MADO_FIELD_OPTIONAL, "What happens after filing"),
  MADO_FIELD_JSON (MadoProcedure, statement, MADO_FIELD_OPTIONAL, "Form of words on the result, by language"),
};
MADO_DEFINE_RECORD (MadoProcedure, mado_procedure, fields)

static const MadoField brief_fields[] = {
  MADO_FIELD_ID (MadoProcedureBrief, id, "Of the procedure"),
  MADO_FIELD_INT (MadoProcedureBrief, revision, 0, 1, 1000000, "Grows with every change"),
  MADO_FIELD_STRING (MadoProcedureBrief, digest, 0, 64, "Of all that is told of it: the same where nothing changed"),
  MADO_FIELD_JSON (MadoProcedureBrief, title, 0, "Name, by language"),
  MADO_FIELD_JSON (MadoProcedureBrief, summary, 0, "One sentence, by language"),
  MADO_FIELD_STRING (MadoProcedureBrief, category, 0, 64, "Where it is found"),
  MADO_FIELD_STRING (MadoProcedureBrief, icon, MADO_FIELD_OPTIONAL, 32, "Picture of its tile"),
  MADO_FIELD_STRING (MadoProcedureBrief, office, 0, 64, "Office that decides"),
  MADO_FIELD_STRING (MadoProcedureBrief, form, MADO_FIELD_OPTIONAL, 64, "Its form; absent: told here, done elsewhere"),
  MADO_FIELD_BOOL (MadoProcedureBrief, often, MADO_FIELD_OPTIONAL, "Whether many come for it: shown first"),
  MADO_FIELD_BOOL (MadoProcedureBrief, kiosk, 0, "Whether it can be filed at a kiosk"),
  MADO_FIELD_BOOL (MadoProcedureBrief, online, 0, "Whether it can be filed from home"),
};
MADO_DEFINE_RECORD (MadoProcedureBrief, mado_procedure_brief, brief_fields)

static JsonNode *
share (JsonNode *node)
{
  return node != NULL ? json_node_ref (node) : NULL;
}

MadoProcedureBrief *
mado_procedure_new_brief (MadoProcedure *self)
{
  MadoProcedureBrief *brief = g_object_new (MADO_TYPE_PROCEDURE_BRIEF, "id", self->id, "revision", self->revision,
                                            "category", self->category, "icon", self->icon, "office", self->office,
                                            "form", self->form, "often", self->often, "kiosk", self->kiosk,
                                            "online", self->online, NULL);
  g_autoptr(JsonNode) json = mado_record_to_json (MADO_RECORD (self), MADO_JSON_PUBLIC);
  g_autofree char *canonical = mado_json_canonical (json);

  brief->digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  brief->title = share (self->title);
  brief->summary = share (self->summary);

  return brief;
}

guint
mado_procedure_get_decision_days (const MadoProcedure *self)
{
  JsonNode *days = self->decision != NULL ? mado_json_get (self->decision, "/days") : NULL;

  if (days == NULL || !JSON_NODE_HOLDS_VALUE (days))
    return DEFAULT_DAYS;
  return (guint) CLAMP (json_node_get_int (days), 0, 3650);
}

gboolean
mado_procedure_is_decided_by_rule (const MadoProcedure *self)
{
  JsonNode *by = self->decision != NULL ? mado_json_get (self->decision, "/by") : NULL;

  return by != NULL && JSON_NODE_HOLDS_VALUE (by) && g_strcmp0 (json_node_get_string (by), "rule") == 0;
}
