/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-role.h"

G_DEFINE_ENUM_TYPE (MadoRole, mado_role,
  G_DEFINE_ENUM_VALUE (MADO_ROLE_NONE, "none"),
  G_DEFINE_ENUM_VALUE (MADO_ROLE_RESIDENT, "resident"),
  G_DEFINE_ENUM_VALUE (MADO_ROLE_VISIT, "visit"),
  G_DEFINE_ENUM_VALUE (MADO_ROLE_DEVICE, "device"),
  G_DEFINE_ENUM_VALUE (MADO_ROLE_CLERK, "clerk"),
  G_DEFINE_ENUM_VALUE (MADO_ROLE_SUPERVISOR, "supervisor"),
  G_DEFINE_ENUM_VALUE (MADO_ROLE_AUDITOR, "auditor"),
  G_DEFINE_ENUM_VALUE (MADO_ROLE_NOTIFIER, "notifier"),
  G_DEFINE_ENUM_VALUE (MADO_ROLE_SYSTEM, "system"))

char *
mado_role_list (guint roles)
{
  g_autoptr(GEnumClass) class = g_type_class_ref (MADO_TYPE_ROLE);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < class->n_values; i++)
    if (class->values[i].value != MADO_ROLE_SYSTEM && (roles & (guint) class->values[i].value))
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", class->values[i].value_nick);
  return g_string_free (list, FALSE);
}
