/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-channel.h"

/**
 * MadoDesktop:
 *
 * The clerk's desktop (Desktop Notifications Specification, through libnotify): calls for staff stay until they are
 * answered, cases can be taken over from the notification with the clerk's own credential.
 */
#define MADO_TYPE_DESKTOP (mado_desktop_get_type ())
G_DECLARE_FINAL_TYPE (MadoDesktop, mado_desktop, MADO, DESKTOP, GObject)

/* @credentials: where the clerk who takes over is looked up, as "staff", when they do. */
MadoDesktop *mado_desktop_new (MadoClient *service, MadoCredentials *credentials);
