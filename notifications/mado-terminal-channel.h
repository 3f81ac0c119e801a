/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-channel.h"

/*
 * The card and IC terminal beside one kiosk or counter, over wire/mado-terminal.h: begins a payment there, asks how it
 * stands until that is decided, lets go of it, gives money back, and tells the service. Each question is a connection
 * of its own. Where nothing could be said, nothing was taken; where the answer was lost, the terminal is asked.
 */
#define MADO_TYPE_TERMINAL_CHANNEL (mado_terminal_channel_get_type ())
G_DECLARE_FINAL_TYPE (MadoTerminalChannel, mado_terminal_channel, MADO, TERMINAL_CHANNEL, GObject)

/* @where: "DEVICE=HOST:PORT": whose terminal it is, and where that listens. */
MadoTerminalChannel *mado_terminal_channel_new (MadoClient *service, const char *where, GError **error);
