/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/mado-flow-page.h"

/* Which file is attached: those on the memory sticks, and what the scanner has written. */
#define MADO_TYPE_FILES_PAGE (mado_files_page_get_type ())
G_DECLARE_FINAL_TYPE (MadoFilesPage, mado_files_page, MADO, FILES_PAGE, MadoFlowPage)
