/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/mado-result.h"

/* Everything a result says is personal. */
#define SAYS  MADO_FIELD_PRIVATE
#define MAYBE (MADO_FIELD_PRIVATE | MADO_FIELD_OPTIONAL)

static const MadoField person_fields[] = {
  MADO_FIELD_STRING (MadoCertificatePerson, full_name, SAYS, 128, "Name, exactly as in the register"),
  MADO_FIELD_STRING (MadoCertificatePerson, kana, MAYBE, 128, "Furigana"),
  MADO_FIELD_DATE   (MadoCertificatePerson, date_of_birth, SAYS, "Date of birth"),
  MADO_FIELD_STRING (MadoCertificatePerson, sex, MAYBE, 8, "As the register has it"),
  MADO_FIELD_STRING (MadoCertificatePerson, relationship, MAYBE, 32, "To the head of the household, in words"),
  MADO_FIELD_DATE   (MadoCertificatePerson, resident_since, MAYBE, "Became a resident"),
  MADO_FIELD_DATE   (MadoCertificatePerson, address_since, MAYBE, "Lives there since"),
  MADO_FIELD_DATE   (MadoCertificatePerson, reported_on, MAYBE, "Reported on"),
  MADO_FIELD_STRING (MadoCertificatePerson, previous_address, MAYBE, 256, "Address before"),
  MADO_FIELD_STRING (MadoCertificatePerson, registered_domicile, MAYBE, 256, "Registered domicile"),
  MADO_FIELD_STRING (MadoCertificatePerson, domicile_head, MAYBE, 128, "First named in the family register"),
  MADO_FIELD_STRING (MadoCertificatePerson, nationality, MAYBE, 64, "Nationality of a foreign resident"),
  MADO_FIELD_STRING (MadoCertificatePerson, residence_status, MAYBE, 64, "Status of residence"),
  MADO_FIELD_DATE   (MadoCertificatePerson, residence_expires, MAYBE, "Until when it lasts"),
};

MADO_DEFINE_RECORD (MadoCertificatePerson, mado_certificate_person, person_fields)

static const MadoField certificate_fields[] = {
  MADO_FIELD_STRING (MadoCertificate, number, SAYS, 24, "Number of the case it was issued for"),
  MADO_FIELD_DATE   (MadoCertificate, issued_on, SAYS, "Day of issue"),
  MADO_FIELD_INT    (MadoCertificate, copies, SAYS, 1, 99, "How many were asked for"),
  MADO_FIELD_STRING (MadoCertificate, address, SAYS, 512, "Address"),
  MADO_FIELD_STRING (MadoCertificate, householder, MAYBE, 128, "Head of the household"),
  MADO_FIELD_BOOL   (MadoCertificate, whole_household, SAYS, "Everybody of the household"),
  MADO_FIELD_BOOL   (MadoCertificate, with_relationship, SAYS, "Head and relationships are shown"),
  MADO_FIELD_BOOL   (MadoCertificate, with_domicile, SAYS, "Domiciles are shown"),
  MADO_FIELD_LIST   (MadoCertificate, people, mado_certificate_person_get_type, SAYS, "Those it certifies"),
};

MADO_DEFINE_RECORD (MadoCertificate, mado_certificate, certificate_fields)

static const MadoField decision_fields[] = {
  MADO_FIELD_STRING (MadoDecision, number, SAYS, 24, "Number of the case"),
  MADO_FIELD_STRING (MadoDecision, language, SAYS, 16, "Language it was filed in"),
  MADO_FIELD_JSON   (MadoDecision, procedure, SAYS, "Title of the procedure, by language"),
  MADO_FIELD_DATE   (MadoDecision, filed_on, SAYS, "Day of filing"),
  MADO_FIELD_DATE   (MadoDecision, decided_on, SAYS, "Day of decision"),
  MADO_FIELD_STRING (MadoDecision, recipient, SAYS, 128, "Name, as filed"),
  MADO_FIELD_STRING (MadoDecision, recipient_address, MAYBE, 512, "Address, as filed"),
  MADO_FIELD_BOOL   (MadoDecision, granted, SAYS, "Granted or refused"),
  MADO_FIELD_STRING (MadoDecision, message, MAYBE, 4000, "The clerk's words"),
  MADO_FIELD_STRING (MadoDecision, legal_basis, MAYBE, 256, "Legal ground"),
};

MADO_DEFINE_RECORD (MadoDecision, mado_decision, decision_fields)
