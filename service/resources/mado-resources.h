/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mado-route.h"
#include "model/mado-mapping.h"

G_BEGIN_DECLS

/* The handlers and input specs that the table in mado-routes.c names; one file a noun. */

extern const MadoJsonSpec mado_health_shape[];
gboolean mado_health_show            (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_metrics_show           (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_openapi_show           (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_city_show              (MadoRequest *request, MadoAnswer *answer, GError **error);

extern const MadoJsonSpec mado_procedures_list_spec[], mado_catalogue_list_spec[];
gboolean mado_catalogue_list         (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_procedures_list        (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_procedures_show        (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_forms_show_spec[];
gboolean mado_forms_show             (MadoRequest *request, MadoAnswer *answer, GError **error);

extern const MadoJsonSpec mado_search_spec[];
gboolean mado_search_show            (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_life_events_list       (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_life_events_show       (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_faq_list_spec[];
gboolean mado_faq_list               (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_faq_show               (MadoRequest *request, MadoAnswer *answer, GError **error);

extern const MadoJsonSpec mado_sessions_open_spec[];
MadoAct *mado_sessions_open          (MadoRequest *request, GError **error);
MadoAct *mado_sessions_close         (MadoRequest *request, GError **error);

extern const MadoJsonSpec mado_visits_start_spec[];
MadoAct *mado_visits_start           (MadoRequest *request, GError **error);
gboolean mado_visits_show            (MadoRequest *request, MadoAnswer *answer, GError **error);
MadoAct *mado_visits_end             (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_visits_identify_spec[];
MadoAct *mado_visits_identify        (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_visits_save_spec[];
MadoAct *mado_visits_save            (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_visits_submit_spec[];
MadoAct *mado_visits_submit          (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_visits_put_by_spec[];
MadoAct *mado_visits_put_by          (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_filings_deposit_spec[];
extern const MadoJsonSpec mado_filings_deposited_shape[];
MadoAct *mado_filings_deposit        (MadoRequest *request, GError **error);
void     mado_filings_deposited      (MadoRequest *request, MadoAct *act, MadoAnswer *answer);

extern const MadoJsonSpec mado_attachments_add_spec[];
MadoAct *mado_attachments_add        (MadoRequest *request, GError **error);
gboolean mado_attachments_show       (MadoRequest *request, MadoAnswer *answer, GError **error);
MadoAct *mado_attachments_drop       (MadoRequest *request, GError **error);

extern const MadoJsonSpec mado_cases_list_spec[];
gboolean mado_cases_list             (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_cases_show_spec[];
gboolean mado_cases_show             (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_cases_step_spec[];
MadoAct *mado_cases_step             (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_cases_holder_spec[];
MadoAct *mado_cases_holder           (MadoRequest *request, GError **error);
void     mado_cases_stepped          (MadoRequest *request, MadoAct *act, MadoAnswer *answer);
extern const MadoJsonSpec mado_cases_document_spec[];
gboolean mado_cases_document         (MadoRequest *request, MadoAnswer *answer, GError **error);
MadoAct *mado_cases_hand_out         (MadoRequest *request, GError **error);

extern const MadoJsonSpec mado_charges_list_spec[];
gboolean mado_charges_list           (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_charges_show           (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_charges_raise_spec[];
MadoAct *mado_charges_raise          (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_charges_lessen_spec[];
MadoAct *mado_charges_lessen         (MadoRequest *request, GError **error);
void     mado_charges_lessened       (MadoRequest *request, MadoAct *act, MadoAnswer *answer);
gboolean mado_charges_payments       (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_charges_receipts       (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_charges_receipt_spec[];
gboolean mado_charges_receipt        (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_charges_pay_spec[];
MadoAct *mado_charges_pay            (MadoRequest *request, GError **error);

MadoAct *mado_slips_issue            (MadoRequest *request, GError **error);
gboolean mado_slips_show             (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_slips_paper            (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_arrears_surcharge_spec[];
extern const MadoJsonSpec mado_arrears_surcharge_shape[];
gboolean mado_arrears_preview_surcharge (MadoRequest *request, MadoAnswer *answer, GError **error);
MadoAct *mado_arrears_raise_surcharge   (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_arrears_plan_spec[];
extern const MadoJsonSpec mado_arrears_plan_shape[];
extern const MadoJsonSpec mado_arrears_split_spec[];
gboolean mado_arrears_preview_split     (MadoRequest *request, MadoAnswer *answer, GError **error);
MadoAct *mado_arrears_split             (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_slips_pay_spec[];
MadoAct *mado_slips_pay              (MadoRequest *request, GError **error);
gboolean mado_slips_payment          (MadoRequest *request, MadoAnswer *answer, GError **error);
MadoAct *mado_slips_cancel           (MadoRequest *request, GError **error);

gboolean mado_payments_show          (MadoRequest *request, MadoAnswer *answer, GError **error);
MadoAct *mado_payments_cancel        (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_payments_hear_spec[];
MadoAct *mado_payments_hear          (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_wallet_notice_spec[];
MadoAct *mado_wallet_notice          (MadoRequest *request, GError **error);
gboolean mado_refunds_list           (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_refunds_propose_spec[];
MadoAct *mado_refunds_propose        (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_refunds_step_spec[];
MadoAct *mado_refunds_step           (MadoRequest *request, GError **error);

gboolean mado_me_show                (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_me_disclosures_spec[];
gboolean mado_me_disclosures         (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_me_consents            (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_me_put_consents_spec[];
MadoAct *mado_me_put_consents        (MadoRequest *request, GError **error);
gboolean mado_me_drafts              (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_me_show_draft          (MadoRequest *request, MadoAnswer *answer, GError **error);
MadoAct *mado_me_drop_draft          (MadoRequest *request, GError **error);

extern const MadoJsonSpec mado_journal_list_spec[];
gboolean mado_journal_list           (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_journal_roots_spec[];
gboolean mado_journal_roots          (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_journal_proof          (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_journal_verification_shape[];
gboolean mado_journal_verification   (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_events_follow          (MadoRequest *request, MadoAnswer *answer, GError **error);

extern const MadoJsonSpec mado_links_make_spec[];
MadoAct *mado_links_make             (MadoRequest *request, GError **error);
gboolean mado_links_follow           (MadoRequest *request, MadoAnswer *answer, GError **error);

extern const MadoJsonSpec mado_staff_calls_make_spec[];
MadoAct *mado_staff_calls_make       (MadoRequest *request, GError **error);
MadoAct *mado_staff_calls_answer     (MadoRequest *request, GError **error);

extern const MadoJsonSpec mado_outbox_lease_spec[];
MadoAct *mado_outbox_lease           (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_outbox_outcome_spec[];
MadoAct *mado_outbox_outcome         (MadoRequest *request, GError **error);
MadoAct *mado_outbox_revival         (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_outbox_show_spec[];
gboolean mado_outbox_show            (MadoRequest *request, MadoAnswer *answer, GError **error);

/* How the city reads files; CONFLICT where it does not say. (transfer none) */
MadoTreasury *mado_request_get_treasury (MadoRequest *request, GError **error);
/* INVALID at @pointer where it is not whole. (transfer full) */
guchar  *mado_request_decode         (const char *base64, const char *pointer, gsize *n, GError **error);

extern const MadoJsonSpec mado_settlements_file_spec[];
extern const MadoJsonSpec mado_settlements_list_spec[];
MadoAct *mado_settlements_preview    (MadoRequest *request, GError **error);
MadoAct *mado_settlements_take       (MadoRequest *request, GError **error);
gboolean mado_settlements_show       (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_settlements_list       (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_differences_list       (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_differences_step_spec[];
MadoAct *mado_differences_step       (MadoRequest *request, GError **error);
void     mado_differences_stepped    (MadoRequest *request, MadoAct *act, MadoAnswer *answer);

extern const MadoJsonSpec mado_billings_open_spec[];
MadoAct *mado_billings_open          (MadoRequest *request, GError **error);
extern const MadoJsonSpec mado_billings_add_spec[];
MadoAct *mado_billings_add           (MadoRequest *request, GError **error);
gboolean mado_billings_show          (MadoRequest *request, MadoAnswer *answer, GError **error);
MadoAct *mado_billings_import        (MadoRequest *request, GError **error);
MadoAct *mado_billings_discard       (MadoRequest *request, GError **error);

extern const MadoJsonSpec mado_days_show_spec[];
gboolean mado_days_show              (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_days_paper             (MadoRequest *request, MadoAnswer *answer, GError **error);
gboolean mado_days_table             (MadoRequest *request, MadoAnswer *answer, GError **error);
extern const MadoJsonSpec mado_days_close_spec[];
MadoAct *mado_days_close             (MadoRequest *request, GError **error);

G_END_DECLS
