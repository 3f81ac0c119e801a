/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "../core/mado-record.h"

G_BEGIN_DECLS

/*
 * What a result says: frozen and sealed when it is decided, so that the paper is the same whenever it is printed.
 * The layout of a MadoCaseDocument names the type of its facts.
 *
 * Answers it is made from. Certificate: `certificate.scope` ("all", "self" or "some"), for "some"
 * `certificate.members` (ids of residents) or `certificate.memberNames`, `certificate.include` (a list of
 * "relationship", "domicile"), `certificate.copies`. Moving in: `newAddress.*`, `previousAddress.*`, `move.date`, and
 * `household.members`, rows of fullName, fullNameKana, dateOfBirth, sex, relationship ("head", "spouse" …),
 * nationality, domicile, domicileHead.
 */
#define MADO_LAYOUT_RECORD      "record"                  /* the case itself */
#define MADO_LAYOUT_FORM        "official-form"           /* the case itself */
#define MADO_LAYOUT_CERTIFICATE "residence-certificate"   /* MadoCertificate */
#define MADO_LAYOUT_DECISION    "decision"                /* MadoDecision */

/* Somebody as 住民票の写し has them; what was not asked for, or does not apply, is absent. */
#define MADO_TYPE_CERTIFICATE_PERSON (mado_certificate_person_get_type ())
MADO_DECLARE_RECORD (MadoCertificatePerson, mado_certificate_person)
struct _MadoCertificatePerson {
  MadoRecord parent;
  char *full_name;            /* exactly as in the register */
  char *kana;                 /* (nullable) */
  char *date_of_birth;
  char *sex;                  /* (nullable): 男, 女 */
  char *relationship;         /* (nullable): 世帯主, 妻 … */
  char *resident_since;       /* (nullable) */
  char *address_since;        /* (nullable) */
  char *reported_on;          /* (nullable) */
  char *previous_address;     /* (nullable) */
  char *registered_domicile;  /* (nullable): 本籍 */
  char *domicile_head;        /* (nullable): 筆頭者 */
  char *nationality;          /* (nullable): of a foreign resident, in words */
  char *residence_status;     /* (nullable) */
  char *residence_expires;    /* (nullable) */
};

/* 住民票の写し, as issued from the register on a day. */
#define MADO_TYPE_CERTIFICATE (mado_certificate_get_type ())
MADO_DECLARE_RECORD (MadoCertificate, mado_certificate)
struct _MadoCertificate {
  MadoRecord parent;
  char      *number;
  char      *issued_on;
  gint64     copies;
  char      *address;
  char      *householder;        /* (nullable) */
  gboolean   whole_household;
  gboolean   with_relationship;
  gboolean   with_domicile;
  GPtrArray *people;             /* of MadoCertificatePerson */
};

/* A decision in words. */
#define MADO_TYPE_DECISION (mado_decision_get_type ())
MADO_DECLARE_RECORD (MadoDecision, mado_decision)
struct _MadoDecision {
  MadoRecord parent;
  char      *number;
  char      *language;
  JsonNode  *procedure;          /* its title, by language */
  char      *filed_on;
  char      *decided_on;
  char      *recipient;
  char      *recipient_address;  /* (nullable) */
  gboolean   granted;
  char      *message;            /* (nullable) when granted */
  char      *legal_basis;        /* (nullable) */
};

G_END_DECLS
