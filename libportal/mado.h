/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The whole of the library. Each room adds its public headers, in the order of the floors. */
#include "core/mado-clock.h"
#include "core/mado-date.h"
#include "core/mado-era.h"
#include "core/mado-error.h"
#include "core/mado-fold.h"
#include "core/mado-id.h"
#include "core/mado-json.h"
#include "core/mado-language.h"
#include "core/mado-record.h"
#include "core/mado-seal.h"
#include "core/mado-yen.h"

#include "model/mado-account.h"
#include "model/mado-case.h"
#include "model/mado-city.h"
#include "model/mado-procedure.h"
#include "model/mado-resident.h"
#include "model/mado-role.h"
#include "model/mado-state-table.h"
#include "model/mado-visit.h"

#include "questions/mado-answers.h"
#include "questions/mado-form.h"
#include "questions/mado-kind.h"
#include "wire/mado-code.h"
#include "wire/mado-emv-qr.h"
#include "wire/mado-slip.h"

#include "store/mado-act.h"
#include "store/mado-row.h"

#include "residents/mado-accounts.h"
#include "residents/mado-consents.h"
#include "residents/mado-residents.h"
#include "residents/mado-sessions.h"

#include "client/mado-client.h"
#include "client/mado-credentials.h"
#include "client/mado-event-stream.h"
