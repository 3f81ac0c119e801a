/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-link.h"

static const MadoField fields[] = {
  MADO_FIELD_ID     (MadoLink, id, "Identifier (ULID)"),
  MADO_FIELD_STRING (MadoLink, url, MADO_FIELD_NO_ROW | MADO_FIELD_OPTIONAL, 512, "Where the page is; told once"),
  MADO_FIELD_STRING (MadoLink, visit, 0, 64, "Visit whose cases it shows"),
  MADO_FIELD_STRING (MadoLink, number, MADO_FIELD_OPTIONAL, 16, "Number of the visit"),
  MADO_FIELD_STRING (MadoLink, language, 0, 16, "Language of the page"),
  MADO_FIELD_STRING (MadoLink, resident_id, MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL, 64, "Whose cases they are"),
  MADO_FIELD_TIME   (MadoLink, filed_at, MADO_FIELD_OPTIONAL, "When they were filed"),
  MADO_FIELD_TIME   (MadoLink, expires_at, 0, "Until when it may be seen"),
};

MADO_DEFINE_RECORD (MadoLink, mado_link, fields)
