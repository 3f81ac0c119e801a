/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "mado-error.h"

G_BEGIN_DECLS

/*
 * A noun is a struct and one table of fields. From the table come its GObject properties, its JSON, its row
 * in the store and its schema in the OpenAPI document. No noun writes get_property, to_json or from_row.
 *
 *   struct _MadoCase { MadoRecord parent; char *id; char *number; MadoCaseState state; gint64 submitted_at; };
 *
 *   static const MadoField fields[] = {
 *     MADO_FIELD_ID     (MadoCase, id, "Identifier (ULID)"),
 *     MADO_FIELD_STRING (MadoCase, number, 0, 32, "Number to read out"),
 *     MADO_FIELD_ENUM   (MadoCase, state, MADO_TYPE_CASE_STATE, 0, "Where it stands"),
 *     MADO_FIELD_TIME   (MadoCase, submitted_at, MADO_FIELD_OPTIONAL, "When it was filed"),
 *   };
 *   MADO_DEFINE_RECORD (MadoCase, mado_case, fields)
 *
 * C name submitted_at = property "submitted-at" = column submitted_at = JSON member "submittedAt".
 * Times are µs since 1970 UTC in C and in the store, RFC 3339 in JSON; 0 is "not set". Enum values are their
 * GEnum nicks in JSON and in the store.
 */
typedef enum {
  MADO_KIND_STRING,   /* char *, UTF-8; max = characters */
  MADO_KIND_ENUM,     /* gint registered as GEnum */
  MADO_KIND_INT,      /* gint64; min, max */
  MADO_KIND_YEN,      /* gint64 whole yen */
  MADO_KIND_BOOL,     /* gboolean */
  MADO_KIND_TIME,     /* gint64 µs UTC */
  MADO_KIND_DATE,     /* char * "YYYY-MM-DD" */
  MADO_KIND_JSON,     /* JsonNode *, any JSON (a language map, answers …); text in the store */
  MADO_KIND_RECORD,   /* MadoRecord *, nested */
  MADO_KIND_LIST,     /* GPtrArray * of MadoRecord */
  MADO_KIND_STRV,     /* GStrv; a JSON list of strings; JSON text in the store */
} MadoFieldKind;

typedef enum {
  MADO_FIELD_PLAIN    = 0,
  MADO_FIELD_PRIVATE  = 1 << 0,  /* left out of JSON unless MADO_JSON_PRIVATE is asked for */
  MADO_FIELD_SEALED   = 1 << 1,  /* encrypted at rest (column BYTEA), never in a list; implies PRIVATE */
  MADO_FIELD_OPTIONAL = 1 << 2,  /* may be absent from JSON: NULL, 0 and "" are left out */
  MADO_FIELD_NO_ROW   = 1 << 3,  /* not a column: filled in by the domain */
  MADO_FIELD_DETAIL   = 1 << 4,  /* never in a list; implies OPTIONAL there */
} MadoFieldFlags;

typedef struct {
  const char    *name;           /* C and column name: snake_case */
  MadoFieldKind  kind;
  guint          offset;
  MadoFieldFlags flags;
  GType        (*get_type) (void);   /* of the enum, record or list element */
  gint64         min, max;       /* STRING: max characters; INT: bounds */
  const char    *summary;        /* English, for the schema and the documentation */
} MadoField;

#define MADO_FIELD_(T, m, kind, flags, type, min, max, summary) \
  { #m, kind, G_STRUCT_OFFSET (T, m), flags, type, min, max, summary }
#define MADO_FIELD_ID(T, m, s)                     MADO_FIELD_ (T, m, MADO_KIND_STRING, 0, NULL, 0, 64, s)
#define MADO_FIELD_STRING(T, m, flags, max, s)     MADO_FIELD_ (T, m, MADO_KIND_STRING, flags, NULL, 0, max, s)
#define MADO_FIELD_ENUM(T, m, get_type, flags, s)  MADO_FIELD_ (T, m, MADO_KIND_ENUM, flags, get_type, 0, 0, s)
#define MADO_FIELD_INT(T, m, flags, min, max, s)   MADO_FIELD_ (T, m, MADO_KIND_INT, flags, NULL, min, max, s)
#define MADO_FIELD_YEN(T, m, flags, s)             MADO_FIELD_ (T, m, MADO_KIND_YEN, flags, NULL, 0, G_MAXINT64, s)
#define MADO_FIELD_BOOL(T, m, flags, s)            MADO_FIELD_ (T, m, MADO_KIND_BOOL, flags, NULL, 0, 0, s)
#define MADO_FIELD_TIME(T, m, flags, s)            MADO_FIELD_ (T, m, MADO_KIND_TIME, flags, NULL, 0, 0, s)
#define MADO_FIELD_DATE(T, m, flags, s)            MADO_FIELD_ (T, m, MADO_KIND_DATE, flags, NULL, 0, 0, s)
#define MADO_FIELD_JSON(T, m, flags, s)            MADO_FIELD_ (T, m, MADO_KIND_JSON, flags, NULL, 0, 0, s)
#define MADO_FIELD_RECORD(T, m, get_type, flags, s) MADO_FIELD_ (T, m, MADO_KIND_RECORD, flags, get_type, 0, 0, s)
#define MADO_FIELD_LIST(T, m, get_type, flags, s)  MADO_FIELD_ (T, m, MADO_KIND_LIST, flags, get_type, 0, 0, s)
#define MADO_FIELD_STRV(T, m, flags, s)            MADO_FIELD_ (T, m, MADO_KIND_STRV, flags, NULL, 0, 0, s)

#define MADO_TYPE_RECORD (mado_record_get_type ())
MADO_EXPORT G_DECLARE_DERIVABLE_TYPE (MadoRecord, mado_record, MADO, RECORD, GObject)

struct _MadoRecordClass {
  GObjectClass     parent_class;
  const MadoField *fields;
  guint            n_fields;
  struct _MadoFieldInfo *info;   /* private: what is worked out once from each field */
};

/* Declares the type in the header; the struct itself follows it, its members readable, written by the domain only. */
#define MADO_DECLARE_RECORD(T, t) \
  typedef struct _##T T; \
  typedef struct { MadoRecordClass parent_class; } T##Class; \
  MADO_EXPORT GType t##_get_type (void); \
  G_DEFINE_AUTOPTR_CLEANUP_FUNC (T, g_object_unref)

#define MADO_DEFINE_RECORD(T, t, table) \
  G_DEFINE_TYPE (T, t, MADO_TYPE_RECORD) \
  static void t##_class_init (T##Class *klass) \
  { mado_record_class_install (MADO_RECORD_CLASS (klass), table, G_N_ELEMENTS (table)); } \
  static void t##_init (T *self) { }

/* Installs the properties (read-write) and remembers the table; finalize frees by the table. */
MADO_EXPORT void mado_record_class_install (MadoRecordClass *klass, const MadoField *fields, guint n_fields);

typedef enum {
  MADO_JSON_PUBLIC  = 0,
  MADO_JSON_PRIVATE = 1 << 0,  /* private members too: for their owner, or staff entitled to them */
  MADO_JSON_LIST    = 1 << 1,  /* inside a list: sealed members and details never, not even with PRIVATE */
  MADO_JSON_TOLERANT = 1 << 2, /* reading: passes over unknown members, which a newer service may send */
} MadoJsonFlags;

MADO_EXPORT JsonNode *mado_record_to_json   (MadoRecord *self, MadoJsonFlags flags);
/* Appends compact JSON to @out; the fast path of the service. */
MADO_EXPORT void      mado_record_write_json (MadoRecord *self, MadoJsonFlags flags, GString *out);
/* Strict: unknown members, wrong types and bounds are violations by JSON Pointer, all of them at once. */
MADO_EXPORT gpointer  mado_record_from_json (GType type, JsonNode *node, MadoJsonFlags flags, GError **error);
/* JSON Schema (2020-12) of the type, for the OpenAPI document. */
MADO_EXPORT JsonNode *mado_record_get_schema (GType type, MadoJsonFlags flags);
/* (transfer none): lives forever. */
MADO_EXPORT const MadoField *mado_record_type_get_fields (GType type, guint *n_fields);

G_END_DECLS
