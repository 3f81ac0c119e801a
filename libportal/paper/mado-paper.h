/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include "core/mado-error.h"
#include "core/mado-export.h"
#include "model/mado-day-report.h"

G_BEGIN_DECLS

/*
 * What people take home, as PDF: A4 portrait, fonts embedded, text that can be searched and copied, the document's
 * language marked. The same input gives the same bytes. Safe from any number of threads. No store, no clock:
 * everything printed is in the input, all of it borrowed for the call.
 *
 * @city is city.json; read are name, prefecture, office, phone, hours, mayor (藤沢市長) as language maps or text, and,
 * where they are there, mayorName and seal (藤沢市長之印, drawn in red). Dates are "YYYY-MM-DD" and printed in the form
 * of the language (令和8年11月20日 | November 20, 2026); times µs since 1970. Text in the language asked for where it
 * is for the resident; certificates are Japanese by law.
 */

typedef struct {
  const char *label;       /* "氏名" */
  const char *value;       /* as displayed: "藤沢 太郎"; more than one line allowed */
  const char *note;        /* (nullable): where it came from, "マイナンバーカードから" */
  const char *signature;   /* (nullable): drawn: see mado_signature_parse() */
} MadoPaperRow;

typedef struct {
  const char *title;
  const MadoPaperRow *rows;
  guint n_rows;
} MadoPaperSection;

typedef struct {
  const char *number;      /* K7M4-R29-1 */
  const char *procedure;   /* 住民票の写しの交付 */
  const char *state;       /* how it stands, in words: 申請しました */
  const char *next_step;   /* what happens next, a sentence or two */
  const char *due_date;    /* (nullable): by when */
  const char *fee;         /* (nullable): "300円" */
} MadoPaperCase;

/* The record to take home (控え) after filing. */
typedef struct {
  const char *language;
  JsonNode   *city;
  const char *number;              /* of the visit, to be read out */
  gint64      submitted_at;
  gboolean    identified;          /* FALSE: pre-filed; the page says to bring the card to the counter */
  const MadoPaperCase *cases;
  guint       n_cases;
  const MadoPaperSection *sections; /* all answers */
  guint       n_sections;
  const char *contact;             /* (nullable): whom to ask, "市民窓口センター"; else the city's office */
  const char *contact_phone;       /* (nullable): else the city's */
  const char *contact_hours;       /* (nullable): else the city's */
  const char *url;                 /* (nullable): of the record, drawn as QR */
} MadoPaperRecord;

typedef struct {
  const char *full_name;           /* exactly as in the register */
  const char *kana;                /* (nullable) */
  const char *date_of_birth;
  const char *sex;                 /* 男 | 女, as in the register */
  const char *relationship;        /* (nullable): 世帯主, 妻, 子 … */
  const char *resident_since;      /* (nullable): 住民となった年月日 */
  const char *address_since;       /* (nullable): 住所を定めた年月日 */
  const char *reported_on;         /* (nullable): 届出年月日 */
  const char *previous_address;    /* (nullable): 従前の住所 */
  const char *registered_domicile; /* (nullable): 本籍 */
  const char *domicile_head;       /* (nullable): 筆頭者 */
  const char *nationality;         /* (nullable): of a foreign resident; then no 本籍 */
  const char *residence_status;    /* (nullable): 在留資格 */
  const char *residence_expires;   /* (nullable): 在留期間の満了の日 */
} MadoPaperPerson;

/* 住民票の写し, issued from the register. */
typedef struct {
  JsonNode   *city;
  const char *number;              /* issue number, the case's */
  const char *issued_on;
  const char *address;
  const char *householder;         /* name of 世帯主 */
  gboolean    whole_household;     /* 世帯全員; else 世帯の一部 */
  gboolean    with_relationship;   /* print 世帯主 and 続柄 */
  gboolean    with_domicile;       /* print 本籍 and 筆頭者 */
  const MadoPaperPerson *people;
  guint       n_people;
  guint       copies;              /* so many originals, one after the other; 0 is 1 */
} MadoPaperCertificate;

/* A decision, with reasons and the instruction on appeal (教示, 行政不服審査法第82条) where it is refused. */
typedef struct {
  const char *language;
  JsonNode   *city;
  const char *number;
  const char *procedure;
  const char *filed_on;
  const char *decided_on;
  const char *recipient;           /* name as filed */
  const char *recipient_address;   /* (nullable) */
  gboolean    granted;
  const char *message;             /* (nullable) when granted: the reasons, in the clerk's words */
  const char *legal_basis;         /* (nullable): "住民基本台帳法第12条" */
  const char *next_step;           /* (nullable) */
  const char *contact;             /* (nullable), as in the record */
  const char *contact_phone;
} MadoPaperDecision;

/* The city asks back: one question, by when, and how to answer. */
typedef struct {
  const char *language;
  JsonNode   *city;
  const char *number;
  const char *procedure;
  const char *asked_on;
  const char *due_date;            /* (nullable) */
  const char *recipient;
  const char *recipient_address;   /* (nullable) */
  const char *message;             /* the question */
  const MadoPaperRow *fields;      /* (nullable): the answers it is about */
  guint       n_fields;
  const char *contact;
  const char *contact_phone;
  const char *url;                 /* (nullable): where to answer, as QR */
} MadoPaperReturn;

typedef struct {
  const char *title;
  const char *deadline;            /* (nullable): by when */
  const char *how;                 /* (nullable): "郵送でもできます" */
  const char *const *bring;        /* (nullable): NULL-terminated: what to have at hand */
} MadoPaperErrand;

typedef struct {
  const char *office;              /* id: of the city's offices, and of a counter in its building */
  const MadoPaperErrand *errands;
  guint n_errands;
} MadoPaperStop;

/* What is to be done at other counters (案内書): where they are, when they are open, a list to tick off. Read of the
 * city are, besides, offices and building. */
typedef struct {
  const char *language;
  JsonNode   *city;
  const char *title;               /* what happened: 引っ越し */
  gint64      made_at;
  const char *number;              /* (nullable): of the visit */
  const MadoPaperStop *stops;      /* in the order to go */
  guint       n_stops;
} MadoPaperGuide;

typedef struct {
  const char *text;                /* 住民票の写し */
  gint64      quantity, unit;      /* yen for one */
} MadoPaperLine;

/* That money came (領収証書): from whom, how much, for what, when and how. */
typedef struct {
  const char *language;
  JsonNode   *city;
  const char *number;              /* of the receipt: "mado/2026/000123" */
  const char *charge;              /* number of what was owed */
  const char *words;               /* for whom and for what */
  const char *method;              /* in words: QRコード決済 */
  gint64      amount;              /* yen received */
  gint64      paid_at;
  gboolean    is_void;             /* the payment was taken back since */
  const MadoPaperLine *lines;
  guint       n_lines;
} MadoPaperReceipt;

/* What may be paid at a convenience store on the way home (納付書), with its bar code. */
typedef struct {
  const char *language;
  JsonNode   *city;
  const char *code;                /* the 44 digits of its GS1-128 */
  const char *charge;              /* number of what is owed */
  const char *words;               /* for what */
  gint64      amount;              /* yen, as the code says */
  const char *due_date;            /* (nullable): until when shops take it */
  gint64      issued_at;
} MadoPaperSlip;

/* (transfer full): the PDF. Errors are INVALID (what is missing) and INTERNAL. */
MADO_EXPORT GBytes *mado_paper_record      (const MadoPaperRecord *record, GError **error);
MADO_EXPORT GBytes *mado_paper_certificate (const MadoPaperCertificate *certificate, GError **error);
MADO_EXPORT GBytes *mado_paper_decision    (const MadoPaperDecision *decision, GError **error);
MADO_EXPORT GBytes *mado_paper_receipt     (const MadoPaperReceipt *receipt, GError **error);
MADO_EXPORT GBytes *mado_paper_slip        (const MadoPaperSlip *slip, GError **error);
MADO_EXPORT GBytes *mado_paper_return      (const MadoPaperReturn *letter, GError **error);
MADO_EXPORT GBytes *mado_paper_guide       (const MadoPaperGuide *guide, GError **error);
/* A day of the books: the way from what was owed to the bank as bars, by way of payment, by account. */
MADO_EXPORT GBytes *mado_paper_day         (const MadoDayReport *report, JsonNode *city, const char *language,
                                            GError **error);

G_END_DECLS
