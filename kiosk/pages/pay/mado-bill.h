/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "visit/mado-till.h"

/* What is paid and how much, in large type, at the head of the pages about it. */
GtkWidget *mado_bill_new (MadoTill *till);
