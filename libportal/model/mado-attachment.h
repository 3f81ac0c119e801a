/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/* What may be attached, told by what a file holds and never by its name. */
typedef enum {
  MADO_ATTACHMENT_PDF,
  MADO_ATTACHMENT_JPEG,
  MADO_ATTACHMENT_PNG,
} MadoAttachmentType;
#define MADO_TYPE_ATTACHMENT_TYPE (mado_attachment_type_get_type ())
MADO_EXPORT GType mado_attachment_type_get_type (void);

/* "image/jpeg" */
MADO_EXPORT const char *mado_attachment_type_get_media (MadoAttachmentType type);
/* "jpg": how a file of it ends. */
MADO_EXPORT const char *mado_attachment_type_get_suffix (MadoAttachmentType type);

/* The largest there may be: some pages scanned, or a photograph as it comes out of a telephone. */
#define MADO_ATTACHMENT_MAX_BYTES (10 * 1024 * 1024)

/* A document that goes with a filing: its photograph, its scan. What it holds is sealed, and comes by itself. */
#define MADO_TYPE_ATTACHMENT (mado_attachment_get_type ())
MADO_DECLARE_RECORD (MadoAttachment, mado_attachment)
struct _MadoAttachment {
  MadoRecord         parent;
  char              *id;           /* that answers name it by */
  MadoAttachmentType type;
  gint64             size;         /* bytes */
  gint64             added_at;
};

G_END_DECLS
