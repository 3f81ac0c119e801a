/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-test-people.h"
#include "procedures/mado-attachments.h"
#include "procedures/mado-cases.h"
#include "procedures/mado-catalogue.h"
#include "procedures/mado-visits.h"

/* What happens at a counter, in a line or two of a test. Everything here must succeed unless it takes an error. */

#define COUNTER_CARD "123456789015"   /* PIN 1234 */

extern const MadoActor counter_kiosk;
extern const MadoActor counter_clerk;        /* needs counter_add_staff() where words are signed */
extern const MadoActor counter_supervisor;

MadoCatalogue *counter_get_catalogue (void);                   /* the one shipped; (transfer none) */
JsonNode      *counter_parse         (const char *json);

/* A visit at the kiosk and who acts in it. */
typedef struct {
  MadoVisit *visit;
  MadoActor  actor;
} CounterVisit;
CounterVisit   counter_open          (MadoTestStore *test);
/* By card; its holder is then the actor's. */
void           counter_identify      (MadoTestStore *test, CounterVisit *self, const char *number, const char *pin);
void           counter_visit_clear   (CounterVisit *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CounterVisit, counter_visit_clear)

/* A household with a card for its head; gives the head's id. */
char          *counter_add_card_holder (MadoTestStore *test);
/* {"procedures": [{"id": PROCEDURE, "revision": in force}], "answers": ANSWERS} */
JsonNode      *counter_new_filing    (const char *procedure, const char *answers);
MadoReceipt   *counter_submit        (MadoTestStore *test, CounterVisit *self, JsonNode *filing, GError **error);
/* Files, and gives the number of its one case. */
char          *counter_file          (MadoTestStore *test, CounterVisit *self, const char *procedure,
                                      const char *answers);

MadoCase      *counter_read          (MadoTestStore *test, const MadoActor *actor, const char *number);
/* One step from wherever it stands. (nullable) */
MadoCase      *counter_step          (MadoTestStore *test, const MadoActor *actor, const char *number,
                                      const MadoCaseStep *step, GError **error);
/* Steps without words that must succeed, as "accept review grant"; gives the state at the end. */
MadoCaseState  counter_walk          (MadoTestStore *test, const MadoActor *actor, const char *number,
                                      const char *events);

/* A PNG of two pixels, in base64. */
#define COUNTER_PICTURE \
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAA3NCSVQICAjb4U/gAAAAD0lEQVQImWP8//8/AwMDAA7/Av86OipYAAAAAElFTkSuQmCC"
/* Attaches it, and gives its id. */
char          *counter_attach        (MadoTestStore *test, CounterVisit *self);

/* Answers that pass. */
extern const char *const counter_certificate_answers;
extern const char *const counter_move_in_answers;
