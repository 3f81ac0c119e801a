/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-attachment.h"

G_DEFINE_ENUM_TYPE (MadoAttachmentType, mado_attachment_type,
  G_DEFINE_ENUM_VALUE (MADO_ATTACHMENT_PDF, "pdf"),
  G_DEFINE_ENUM_VALUE (MADO_ATTACHMENT_JPEG, "jpeg"),
  G_DEFINE_ENUM_VALUE (MADO_ATTACHMENT_PNG, "png"))

static const struct { const char *media, *suffix; } types[] = {
  [MADO_ATTACHMENT_PDF] = { "application/pdf", "pdf" },
  [MADO_ATTACHMENT_JPEG] = { "image/jpeg", "jpg" },
  [MADO_ATTACHMENT_PNG] = { "image/png", "png" },
};

const char *
mado_attachment_type_get_media (MadoAttachmentType type)
{
  return types[type].media;
}

const char *
mado_attachment_type_get_suffix (MadoAttachmentType type)
{
  return types[type].suffix;
}

static const MadoField fields[] = {
  MADO_FIELD_ID   (MadoAttachment, id, "Identifier (ULID): what answers name it by"),
  MADO_FIELD_ENUM (MadoAttachment, type, mado_attachment_type_get_type, 0, "What it is, by what it holds"),
  MADO_FIELD_INT  (MadoAttachment, size, 0, 1, MADO_ATTACHMENT_MAX_BYTES, "Bytes"),
  MADO_FIELD_TIME (MadoAttachment, added_at, 0, "When it came"),
};

MADO_DEFINE_RECORD (MadoAttachment, mado_attachment, fields)
