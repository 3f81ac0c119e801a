/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-state-table.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (MadoClockStep, mado_clock_step,
  G_DEFINE_ENUM_VALUE (MADO_CLOCK_KEEP, "keep"),
  G_DEFINE_ENUM_VALUE (MADO_CLOCK_START, "start"),
  G_DEFINE_ENUM_VALUE (MADO_CLOCK_OWNER, "owner"),
  G_DEFINE_ENUM_VALUE (MADO_CLOCK_STOP, "stop"),
  G_DEFINE_ENUM_VALUE (MADO_CLOCK_RESUME, "resume"),
  G_DEFINE_ENUM_VALUE (MADO_CLOCK_END, "end"))

const char *
mado_enum_nick (GType type, int value)
{
  g_autoptr(GEnumClass) class = g_type_class_ref (type);
  const GEnumValue *found = g_enum_get_value (class, value);

  return found ? found->value_nick : NULL;
}

int
mado_enum_value (GType type, const char *nick)
{
  g_autoptr(GEnumClass) class = g_type_class_ref (type);
  const GEnumValue *found = nick ? g_enum_get_value_by_nick (class, nick) : NULL;

  return found ? found->value : -1;
}

char *
mado_enum_list (GType type)
{
  g_autoptr(GEnumClass) class = g_type_class_ref (type);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < class->n_values; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", class->values[i].value_nick);
  return g_string_free (list, FALSE);
}

static const char *
guard_nick (const MadoStateTable *table, guint bit)
{
  g_autoptr(GFlagsClass) class = g_type_class_ref (table->guard_type ());
  const GFlagsValue *found = g_flags_get_first_value (class, bit);

  return found ? found->value_nick : NULL;
}

static void
set_no_step_error (const MadoStateTable *table, int from, int event, GError **error)
{
  mado_set_error_at (error, MADO_ERROR_CONFLICT, "/event", "state",
                     _("The step “%s” is not possible while the state is “%s”. "
                       "Read it again and choose one of its events."),
                     mado_enum_nick (table->event_type (), event), mado_enum_nick (table->state_type (), from));
}

/* What the request should have brought is its mistake; anything else is how things stand. */
static void
set_guard_error (const MadoStateTable *table, const MadoTransition *row, guint missing, GError **error)
{
  guint bit = missing & ~(missing - 1);
  const char *nick = guard_nick (table, bit);

  if (missing & table->request_guards) {
    const char *brought = guard_nick (table, missing & table->request_guards);
    g_autofree char *pointer = g_strconcat ("/", brought, NULL);

    mado_set_error_at (error, MADO_ERROR_INVALID, pointer, "required",
                       _("The step “%s” needs “%s” with it."),
                       mado_enum_nick (table->event_type (), row->event), brought);
    return;
  }
  mado_set_error_at (error, MADO_ERROR_CONFLICT, "/event", nick,
                     _("The step “%s” is possible only under the condition “%s”, which does not hold now."),
                     mado_enum_nick (table->event_type (), row->event), nick);
}

const MadoTransition *
mado_state_table_find (const MadoStateTable *table, int from, int event, MadoRole role, guint holds, GError **error)
{
  const MadoTransition *known = NULL, *entitled = NULL;

  for (guint i = 0; i < table->n_rows; i++) {
    const MadoTransition *row = &table->rows[i];

    if (row->from != from || row->event != event)
      continue;
    known = known ? known : row;
    if (!(row->who & role))
      continue;
    if ((row->guard & holds) == row->guard)
      return row;
    entitled = entitled ? entitled : row;
  }

  if (entitled)
    set_guard_error (table, entitled, entitled->guard & ~holds, error);
  else if (known)
    mado_set_error_at (error, MADO_ERROR_FORBIDDEN, "/event", "role",
                       _("The step “%s” is not yours to take."), mado_enum_nick (table->event_type (), event));
  else
    set_no_step_error (table, from, event, error);
  return NULL;
}

GStrv
mado_state_table_events (const MadoStateTable *table, int from, MadoRole role, guint holds)
{
  g_autoptr(GStrvBuilder) events = g_strv_builder_new ();
  const char *last = NULL;

  for (guint i = 0; i < table->n_rows; i++) {
    const MadoTransition *row = &table->rows[i];
    const char *nick;

    if (row->from != from || !(row->who & role) || (row->guard & (holds | table->request_guards)) != row->guard)
      continue;
    nick = mado_enum_nick (table->event_type (), row->event);
    if (g_strcmp0 (nick, last) != 0)
      g_strv_builder_add (events, nick);
    last = nick;
  }
  return g_strv_builder_end (events);
}

static void
add_bits (JsonBuilder *builder, const char *name, guint bits, const char *(*nick_of) (gconstpointer, guint),
          gconstpointer data)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint bit = 1; bit && bit <= bits; bit <<= 1)
    if (bits & bit)
      json_builder_add_string_value (builder, nick_of (data, bit));
  json_builder_end_array (builder);
}

static const char *
role_nick (gconstpointer data, guint bit)
{
  return mado_enum_nick (MADO_TYPE_ROLE, bit);
}

static const char *
guard_nick_of (gconstpointer table, guint bit)
{
  return guard_nick (table, bit);
}

static void
add_row (JsonBuilder *builder, const MadoStateTable *table, const MadoTransition *row)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "from");
  json_builder_add_string_value (builder, mado_enum_nick (table->state_type (), row->from));
  json_builder_set_member_name (builder, "event");
  json_builder_add_string_value (builder, mado_enum_nick (table->event_type (), row->event));
  json_builder_set_member_name (builder, "to");
  json_builder_add_string_value (builder, mado_enum_nick (table->state_type (), row->to));
  add_bits (builder, "who", row->who, role_nick, NULL);
  add_bits (builder, "guard", row->guard, guard_nick_of, table);
  json_builder_set_member_name (builder, "clock");
  json_builder_add_string_value (builder, mado_enum_nick (MADO_TYPE_CLOCK_STEP, row->clock));
  json_builder_set_member_name (builder, "days");
  json_builder_add_int_value (builder, row->days);
  json_builder_end_object (builder);
}

JsonNode *
mado_state_table_to_json (const MadoStateTable *table)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, table->name);
  json_builder_set_member_name (builder, "transitions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < table->n_rows; i++)
    add_row (builder, table, &table->rows[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
append_nicks (GString *out, const MadoStateTable *table, const MadoTransition *row)
{
  const char *separator = "\\n";

  for (guint bit = 1; bit && bit <= row->who; bit <<= 1)
    if (row->who & bit) {
      g_string_append_printf (out, "%s%s", separator, role_nick (NULL, bit));
      separator = ", ";
    }
  separator = "\\n[";
  for (guint bit = 1; bit && bit <= row->guard; bit <<= 1)
    if (row->guard & bit) {
      g_string_append_printf (out, "%s%s", separator, guard_nick (table, bit));
      separator = ", ";
    }
  if (row->guard)
    g_string_append_c (out, ']');
}

char *
mado_state_table_to_dot (const MadoStateTable *table)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "digraph %s {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n", table->name);
  for (guint i = 0; i < table->n_rows; i++) {
    const MadoTransition *row = &table->rows[i];

    g_string_append_printf (out, "  \"%s\" -> \"%s\" [label=\"%s",
                            mado_enum_nick (table->state_type (), row->from),
                            mado_enum_nick (table->state_type (), row->to),
                            mado_enum_nick (table->event_type (), row->event));
    append_nicks (out, table, row);
    g_string_append (out, "\"];\n");
  }
  g_string_append (out, "}\n");
  return g_string_free (out, FALSE);
}
