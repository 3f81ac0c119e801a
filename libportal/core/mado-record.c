/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/mado-record-private.h"

G_DEFINE_TYPE (MadoRecord, mado_record, G_TYPE_OBJECT)

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  const MadoField *field = &mado_record_get_class (object)->fields[id - 1];

  switch (field->kind) {
  case MADO_KIND_STRING:
  case MADO_KIND_DATE:
    g_value_set_string (value, *MADO_FIELD_AT (object, field, char *));
    break;
  case MADO_KIND_ENUM:
    g_value_set_enum (value, *MADO_FIELD_AT (object, field, gint));
    break;
  case MADO_KIND_BOOL:
    g_value_set_boolean (value, *MADO_FIELD_AT (object, field, gboolean));
    break;
  case MADO_KIND_INT:
  case MADO_KIND_YEN:
  case MADO_KIND_TIME:
    g_value_set_int64 (value, *MADO_FIELD_AT (object, field, gint64));
    break;
  case MADO_KIND_RECORD:
    g_value_set_object (value, *MADO_FIELD_AT (object, field, gpointer));
    break;
  case MADO_KIND_JSON:
  case MADO_KIND_LIST:
  case MADO_KIND_STRV:
    g_value_set_boxed (value, *MADO_FIELD_AT (object, field, gpointer));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
clear_field (gpointer self, const MadoField *field)
{
  switch (field->kind) {
  case MADO_KIND_STRING:
  case MADO_KIND_DATE:
    g_clear_pointer (MADO_FIELD_AT (self, field, char *), g_free);
    break;
  case MADO_KIND_JSON:
    g_clear_pointer (MADO_FIELD_AT (self, field, JsonNode *), json_node_unref);
    break;
  case MADO_KIND_RECORD:
    g_clear_object (MADO_FIELD_AT (self, field, GObject *));
    break;
  case MADO_KIND_LIST:
    g_clear_pointer (MADO_FIELD_AT (self, field, GPtrArray *), g_ptr_array_unref);
    break;
  case MADO_KIND_STRV:
    g_clear_pointer (MADO_FIELD_AT (self, field, char **), g_strfreev);
    break;
  default:
    break;
  }
}

static gboolean
set_string (char **at, const char *text)
{
  if (g_strcmp0 (*at, text) == 0)
    return FALSE;
  g_free (*at);
  *at = g_strdup (text);

  return TRUE;
}

static gboolean
set_int (gint *at, gint value)
{
  if (*at == value)
    return FALSE;
  *at = value;

  return TRUE;
}

static gboolean
set_int64 (gint64 *at, gint64 value)
{
  if (*at == value)
    return FALSE;
  *at = value;

  return TRUE;
}

static gboolean
set_pointer (gpointer self, const MadoField *field, const GValue *value)
{
  gpointer *at = MADO_FIELD_AT (self, field, gpointer);

  if (*at == NULL && g_value_peek_pointer (value) == NULL)
    return FALSE;
  clear_field (self, field);
  *at = field->kind == MADO_KIND_RECORD ? g_value_dup_object (value) : g_value_dup_boxed (value);

  return TRUE;
}

/* TRUE if that changed anything. */
static gboolean
set_field (gpointer self, const MadoField *field, const GValue *value)
{
  switch (field->kind) {
  case MADO_KIND_STRING:
  case MADO_KIND_DATE:
    return set_string (MADO_FIELD_AT (self, field, char *), g_value_get_string (value));
  case MADO_KIND_ENUM:
    return set_int (MADO_FIELD_AT (self, field, gint), g_value_get_enum (value));
  case MADO_KIND_BOOL:
    return set_int (MADO_FIELD_AT (self, field, gint), g_value_get_boolean (value));
  case MADO_KIND_INT:
  case MADO_KIND_YEN:
  case MADO_KIND_TIME:
    return set_int64 (MADO_FIELD_AT (self, field, gint64), g_value_get_int64 (value));
  default:
    return set_pointer (self, field, value);
  }
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (set_field (object, &mado_record_get_class (object)->fields[id - 1], value))
    g_object_notify_by_pspec (object, pspec);
}

static void
finalize (GObject *object)
{
  MadoRecordClass *klass = mado_record_get_class (object);

  for (guint i = 0; i < klass->n_fields; i++)
    clear_field (object, &klass->fields[i]);

  G_OBJECT_CLASS (mado_record_parent_class)->finalize (object);
}

static void
mado_record_class_init (MadoRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
mado_record_init (MadoRecord *self)
{
}

/* submitted_at → submittedAt */
static char *
member_name (const char *name)
{
  GString *member = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p++) {
    if (*p == '_' && p[1] != '\0')
      g_string_append_c (member, g_ascii_toupper (*++p));
    else
      g_string_append_c (member, *p);
  }

  return g_string_free (member, FALSE);
}

static GParamSpec *
make_property (const MadoField *field, const MadoFieldInfo *info)
{
  g_autofree char *name = g_strdelimit (g_strdup (field->name), "_", '-');
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_BLURB;
  const char *summary = field->summary;

  switch (field->kind) {
  case MADO_KIND_STRING:
  case MADO_KIND_DATE:
    return g_param_spec_string (name, NULL, summary, NULL, flags);
  case MADO_KIND_ENUM:
    return g_param_spec_enum (name, NULL, summary, field->get_type (), info->enums->values[0].value, flags);
  case MADO_KIND_INT:
  case MADO_KIND_YEN:
  case MADO_KIND_TIME:
    return g_param_spec_int64 (name, NULL, summary, G_MININT64, G_MAXINT64, 0, flags);
  case MADO_KIND_BOOL:
    return g_param_spec_boolean (name, NULL, summary, FALSE, flags);
  case MADO_KIND_JSON:
    return g_param_spec_boxed (name, NULL, summary, JSON_TYPE_NODE, flags);
  case MADO_KIND_RECORD:
    return g_param_spec_object (name, NULL, summary, field->get_type (), flags);
  case MADO_KIND_LIST:
    return g_param_spec_boxed (name, NULL, summary, G_TYPE_PTR_ARRAY, flags);
  case MADO_KIND_STRV:
    return g_param_spec_boxed (name, NULL, summary, G_TYPE_STRV, flags);
  default:
    g_assert_not_reached ();
  }
}

void
mado_record_class_install (MadoRecordClass *klass, const MadoField *fields, guint n_fields)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = get_property;   /* GObject does not hand these down */
  object_class->set_property = set_property;
  klass->fields = fields;
  klass->n_fields = n_fields;
  klass->info = g_new0 (MadoFieldInfo, n_fields);   /* for as long as the type lives */

  for (guint i = 0; i < n_fields; i++) {
    klass->info[i].member = member_name (fields[i].name);
    klass->info[i].key = g_strdup_printf ("\"%s\":", klass->info[i].member);
    if (fields[i].kind == MADO_KIND_ENUM)
      klass->info[i].enums = g_type_class_ref (fields[i].get_type ());
    g_object_class_install_property (object_class, i + 1, make_property (&fields[i], &klass->info[i]));
  }
}

gboolean
mado_field_is_unset (const MadoField *field, gpointer self)
{
  const char *text;

  switch (field->kind) {
  case MADO_KIND_STRING:
  case MADO_KIND_DATE:
    text = *MADO_FIELD_AT (self, field, char *);
    return text == NULL || *text == '\0';
  case MADO_KIND_ENUM:
  case MADO_KIND_BOOL:
    return *MADO_FIELD_AT (self, field, gint) == 0;
  case MADO_KIND_INT:
  case MADO_KIND_YEN:
  case MADO_KIND_TIME:
    return *MADO_FIELD_AT (self, field, gint64) == 0;
  default:
    return *MADO_FIELD_AT (self, field, gpointer) == NULL;
  }
}

/**
 * mado_record_type_get_fields:
 * @type: a record type
 * @n_fields: (out) (optional): how many there are
 *
 * Returns: (transfer none) (array length=n_fields): its table, which lives forever
 */
const MadoField *
mado_record_type_get_fields (GType type, guint *n_fields)
{
  MadoRecordClass *klass = g_type_class_ref (type);   /* kept: record types are static */

  if (n_fields != NULL)
    *n_fields = klass->n_fields;

  return klass->fields;
}
