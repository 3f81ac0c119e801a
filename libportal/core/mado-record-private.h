/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mado-record.h"

G_BEGIN_DECLS

typedef struct _MadoFieldInfo {
  char       *member;   /* "submittedAt" */
  char       *key;      /* the same with quotes and colon, as JSON has it */
  GEnumClass *enums;    /* (nullable): of an ENUM */
} MadoFieldInfo;

static inline MadoRecordClass *
mado_record_get_class (gconstpointer self)
{
  return (MadoRecordClass *) ((const GTypeInstance *) self)->g_class;
}

/* Where the field lies in the record. */
#define MADO_FIELD_AT(self, field, type) ((type *) G_STRUCT_MEMBER_P (self, (field)->offset))

/* NULL, 0 and "". */
gboolean mado_field_is_unset (const MadoField *field, gpointer self);

G_END_DECLS
