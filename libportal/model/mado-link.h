/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/* How long a way back stays open: said on the screen and on its page. */
#define MADO_LINK_DAYS 30

/* The way back to what a visit filed, to be carried home on a phone: who has it may see how the cases stand. */
#define MADO_TYPE_LINK (mado_link_get_type ())
MADO_DECLARE_RECORD (MadoLink, mado_link)
struct _MadoLink {
  MadoRecord parent;
  char      *id;
  char      *url;            /* (nullable): told once, when it is made */
  char      *visit;          /* id */
  char      *number;         /* (nullable): of the visit */
  char      *language;       /* of the page */
  char      *resident_id;    /* (nullable): whose cases they are */
  gint64     filed_at;
  gint64     expires_at;
};

G_END_DECLS
