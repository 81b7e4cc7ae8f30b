"""What the window asks of the office: the services' functions, bound to one open office.

A page gets this and nothing else, so that a test can pass functions of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.services.office import Office

Act = Callable[..., Any]


@dataclass(frozen=True)
class Services:
    """Every service function the pages call, the office already filled in.

    The names and arguments are those of ``desktop.services``.
    """

    now: Act
    status: Act
    plan_choices: Act
    read_batch: Act
    read_paste: Act
    preview: Act
    store_batch: Act
    start_mapping: Act
    propose_mapping: Act
    mapping_profile: Act
    try_mapping: Act
    adopt_mapping: Act
    reread: Act
    profiles: Act
    forget_profile: Act
    export_profiles: Act
    import_profiles: Act
    pending: Act
    assign_pending: Act
    imports: Act
    replace_forerunners: Act
    keep_both: Act
    import_detail: Act
    take_back_import: Act
    find_people: Act
    find: Act
    queue: Act
    case: Act
    completion: Act
    explain: Act
    timeline: Act
    store_verdicts: Act
    is_settled: Act
    settled_mark: Act
    stale: Act
    accept_stale: Act
    decide: Act
    same_reason_rows: Act
    recent_reasons: Act
    offered_reasons: Act
    audit_actors: Act
    check_audit: Act
    retention_settings: Act
    set_retention: Act
    due_for_deletion: Act
    delete_due: Act
    wipe_again: Act
    export_person: Act
    support_bundle: Act
    record_list: Act
    audit_list: Act
    copied_text: Act
    export_list: Act
    is_sign_in_on: Act
    accounts: Act
    set_up_sign_in: Act
    add_account: Act
    reset_password: Act
    change_password: Act
    change_account: Act
    reason_templates: Act
    keep_reason: Act
    drop_reason: Act
    leave_out: Act
    take_in_again: Act
    commendation_view: Act
    order_list: Act
    commendation_workbook: Act
    save_commendation_workbook: Act
    report: Act
    write_report: Act
    save_report: Act
    report_choices: Act
    keep_report_choice: Act
    drop_report_choice: Act
    undo: Act
    redo: Act
    undo_words: Act
    redo_words: Act
    page_count: Act
    page_picture: Act
    as_tables: Act
    readings: Act
    doubtful_cells: Act
    count_doubtful: Act
    has_doubtful_rows: Act
    correct_reading: Act
    confirm_reading: Act
    correct_in_draft: Act
    confirm_in_draft: Act
    judged_reading: Act
    draft_page_picture: Act
    paper_choices: Act
    form_candidates: Act
    preview_forms: Act
    issue_forms: Act
    save_forms: Act
    issue_forms_each: Act
    read_sheets: Act
    attach_sheets: Act
    attached_sheets: Act
    stamp_boxes: tuple[str, ...]
    stamp_pictures: Act
    add_stamp_picture: Act
    open_stamp: Act
    withdraw_stamp_picture: Act
    pages_fault: Act
    chosen_pages: Act
    print_run: Act
    calibration_sheet: Act
    calibration_offset: Act
    issued_documents: Act
    cancel_document: Act
    webhr_draft: Act
    webhr_choices: Act
    identity_numbers_of: Act
    with_identity_numbers: Act
    check_webhr: Act
    export_webhr: Act
    plan_entries: Act
    open_plan_draft: Act
    plan_base: Act
    copy_plan: Act
    blank_plan: Act
    plan_versions: Act
    draft_of_plan_version: Act
    plan_version_text: Act
    import_plan: Act
    export_plan: Act
    examine_plan: Act
    compare_plan: Act
    try_plan: Act
    save_plan_draft: Act
    discard_plan_draft: Act
    put_plan_in_force: Act
    read_course_text: Act
    read_course_html: Act
    case_list: Act
    case_history: Act
    mark_stamped: Act
    close_cases: Act
    take_back_case_step: Act
    roster: Act
    agency_view: Act
    office_month: Act
    person_month: Act
    paint_closures: Act
    erase_closures: Act
    put_pattern: Act
    drop_pattern: Act
    overview: Act
    back_up_now: Act
    settings_view: Act
    keep_unfinished: Act
    forget_unfinished: Act
    reopen_unfinished: Act
    name_agency: Act
    name_clerk: Act
    backups: Act
    look_into_backup: Act
    copy_backup: Act
    ledger_list: Act
    ledger_card: Act
    expiring: Act
    owed_evidence: Act
    preview_use: Act
    record_use: Act
    record_advance_use: Act
    preview_reversal: Act
    reverse_entry: Act
    transfer_in: Act
    transfer_out: Act
    grant_candidates: Act
    lost_ground: Act
    register_grants: Act
    attendance_uses: Act
    record_attendance_uses: Act
    preview_card: Act
    issue_card: Act
    save_card: Act
    preview_register: Act
    register_period: Act
    issue_register: Act
    print_register: Act
    programme: Act
    set_places: Act
    nominate: Act
    withdraw_nominee: Act
    replace_nominee: Act
    record_reports: Act
    activities: Act
    put_activity: Act
    take_activities: Act
    drop_activity: Act
    put_session: Act
    drop_session: Act
    sign_up: Act
    mark_sign_ups: Act
    entrants: Act
    make_draw: Act
    void_draw: Act
    check_draw: Act
    draw_csv: Act
    catalogue: Act
    put_resource: Act
    drop_resource: Act
    promotion: Act
    set_effective: Act
    move_stage: Act
    follow_plan: Act
    set_measure: Act
    put_contact: Act
    drop_contact: Act
    preview_schedule: Act
    issue_schedule: Act
    save_schedule: Act


def _saving(issuing: Any) -> Any:
    """What the log calls a form that was saved instead of printed."""
    return issuing.PrintAct.SAVE


def services_of(office: Office) -> Services:
    """The services of an open office."""
    from desktop.services import (
        accounts,
        activities,
        agency_editing,
        auditing,
        calibrating,
        cancelling,
        case_acts,
        case_following,
        case_stamping,
        cases,
        clerk_names,
        commendation_export,
        commendation_view,
        course_lists,
        data_life,
        deciding,
        drawing,
        duty_views,
        evidence_pages,
        finding,
        import_preview,
        importing,
        imports,
        issuing,
        leaving_out,
        ledger_attendance,
        ledger_candidates,
        ledger_card_paper,
        ledger_granting,
        ledger_ground,
        ledger_list,
        ledger_moving,
        ledger_register,
        ledger_reversing,
        ledger_using,
        ledger_views,
        listing_export,
        long_lists,
        mapping,
        nominating,
        overview,
        person_export,
        plan_comparing,
        plan_drafts,
        plan_examining,
        plan_trial,
        plan_versions,
        print_runs,
        promotion,
        promotion_paper,
        reading_review,
        reason_templates,
        report_choices,
        reporting,
        resource_catalogue,
        resubmitting,
        safekeeping,
        settings_views,
        settled,
        stale_verdicts,
        stamp_pictures,
        stamped_sheets,
        summary_yearly,
        support_bundle,
        timeline,
        undoing,
        unfinished_imports,
        verifying,
        webhr,
    )
    from desktop.services import office as offices

    def bound(function: Act) -> Act:
        return partial(function, office)

    return Services(
        now=office.clock,
        status=bound(offices.status),
        plan_choices=bound(offices.plan_choices),
        read_batch=bound(importing.read_batch),
        read_paste=bound(importing.read_paste),
        preview=bound(import_preview.preview),
        store_batch=bound(importing.store_batch),
        start_mapping=bound(mapping.start_mapping),
        propose_mapping=mapping.propose_mapping,
        mapping_profile=bound(mapping.profile_of),
        try_mapping=bound(mapping.try_mapping),
        adopt_mapping=bound(mapping.adopt_mapping),
        reread=bound(mapping.reread),
        profiles=bound(mapping.profiles),
        forget_profile=bound(mapping.forget_profile),
        export_profiles=bound(mapping.export_profiles),
        import_profiles=bound(mapping.import_profiles),
        pending=bound(importing.pending),
        assign_pending=bound(importing.assign_pending),
        imports=bound(imports.imports),
        replace_forerunners=bound(resubmitting.replace_forerunners),
        keep_both=bound(resubmitting.keep_both),
        import_detail=bound(imports.import_detail),
        take_back_import=bound(importing.take_back),
        find_people=bound(importing.find_people),
        find=bound(finding.find),
        queue=bound(verifying.queue),
        case=bound(verifying.case),
        completion=bound(summary_yearly.completion),
        explain=verifying.explain,
        timeline=bound(timeline.timeline),
        store_verdicts=bound(case_following.keep_verdicts),
        is_settled=bound(settled.is_settled),
        settled_mark=bound(settled.settled_mark),
        stale=bound(stale_verdicts.stale),
        accept_stale=bound(case_following.keep_stale),
        decide=bound(deciding.decide),
        same_reason_rows=bound(deciding.same_reason_rows),
        recent_reasons=bound(reason_templates.offered_reasons),
        offered_reasons=bound(reason_templates.offered_reasons),
        audit_actors=bound(auditing.audit_actors),
        check_audit=bound(auditing.check_audit),
        retention_settings=bound(data_life.retention_settings),
        set_retention=bound(data_life.set_retention),
        due_for_deletion=bound(data_life.due_for_deletion),
        delete_due=bound(data_life.delete_due),
        wipe_again=bound(data_life.wipe_again),
        export_person=bound(person_export.export_person),
        support_bundle=bound(support_bundle.support_bundle),
        record_list=bound(long_lists.record_list),
        audit_list=bound(long_lists.audit_list),
        copied_text=listing_export.copied_text,
        export_list=bound(listing_export.export_list),
        is_sign_in_on=bound(accounts.is_sign_in_on),
        accounts=bound(accounts.accounts),
        set_up_sign_in=bound(accounts.set_up_sign_in),
        add_account=bound(accounts.add_account),
        reset_password=bound(accounts.reset_password),
        change_password=bound(accounts.change_password),
        change_account=bound(accounts.change_account),
        reason_templates=bound(reason_templates.reason_templates),
        keep_reason=bound(reason_templates.keep_reason),
        drop_reason=bound(reason_templates.drop_reason),
        leave_out=bound(leaving_out.leave_out),
        take_in_again=bound(leaving_out.take_in_again),
        commendation_view=bound(commendation_view.commendation_view),
        order_list=bound(commendation_view.order_list),
        commendation_workbook=bound(commendation_export.commendation_workbook),
        save_commendation_workbook=bound(commendation_export.save_commendation_workbook),
        report=bound(reporting.report),
        write_report=reporting.write_report,
        save_report=bound(reporting.save_report),
        report_choices=bound(report_choices.report_choices),
        keep_report_choice=bound(report_choices.keep_report_choice),
        drop_report_choice=bound(report_choices.drop_report_choice),
        undo=bound(undoing.undo),
        redo=bound(undoing.redo),
        undo_words=bound(undoing.undo_words),
        redo_words=bound(undoing.redo_words),
        page_count=bound(evidence_pages.page_count),
        page_picture=bound(evidence_pages.page_picture),
        as_tables=bound(evidence_pages.as_tables),
        readings=evidence_pages.readings,
        doubtful_cells=bound(reading_review.doubtful_cells),
        count_doubtful=bound(reading_review.count_doubtful),
        has_doubtful_rows=reading_review.has_doubtful_rows,
        correct_reading=bound(reading_review.correct),
        confirm_reading=bound(reading_review.confirm),
        correct_in_draft=bound(reading_review.correct_in_draft),
        confirm_in_draft=bound(reading_review.confirm_in_draft),
        judged_reading=bound(reading_review.judged),
        draft_page_picture=bound(evidence_pages.draft_page_picture),
        paper_choices=bound(issuing.paper_choices),
        form_candidates=bound(issuing.form_candidates),
        preview_forms=bound(issuing.preview_forms),
        issue_forms=bound(issuing.issue_forms),
        save_forms=partial(issuing.issue_forms, office, purpose=_saving(issuing)),
        issue_forms_each=bound(issuing.issue_forms_each),
        read_sheets=bound(stamped_sheets.read_sheets),
        attach_sheets=bound(stamped_sheets.attach_sheets),
        attached_sheets=bound(stamped_sheets.attached_sheets),
        stamp_boxes=stamp_pictures.BOXES,
        stamp_pictures=bound(stamp_pictures.stamp_pictures),
        add_stamp_picture=bound(stamp_pictures.add_stamp_picture),
        open_stamp=bound(stamp_pictures.open_stamp),
        withdraw_stamp_picture=bound(stamp_pictures.withdraw_stamp_picture),
        pages_fault=print_runs.pages_fault,
        chosen_pages=print_runs.chosen_pages,
        print_run=print_runs.print_run,
        calibration_sheet=bound(calibrating.calibration_sheet),
        calibration_offset=calibrating.calibration_offset,
        issued_documents=bound(cancelling.issued_documents),
        cancel_document=bound(cancelling.cancel_document),
        webhr_draft=bound(webhr.webhr_draft),
        webhr_choices=webhr.WebHrChoices,
        identity_numbers_of=bound(webhr.identity_numbers_of),
        with_identity_numbers=webhr.with_identity_numbers,
        check_webhr=webhr.check_webhr,
        export_webhr=bound(webhr.export_webhr),
        plan_entries=bound(plan_drafts.plan_entries),
        open_plan_draft=bound(plan_drafts.open_draft),
        plan_base=bound(plan_examining.base_values),
        copy_plan=bound(plan_drafts.copy_plan),
        blank_plan=bound(plan_drafts.blank_plan),
        plan_versions=bound(plan_versions.versions),
        draft_of_plan_version=bound(plan_versions.draft_of_version),
        plan_version_text=bound(plan_versions.text_of_version),
        import_plan=bound(plan_drafts.import_plan),
        export_plan=plan_drafts.export_plan,
        examine_plan=bound(plan_examining.examine),
        compare_plan=bound(plan_comparing.compare),
        try_plan=bound(plan_trial.trial_run),
        save_plan_draft=bound(plan_drafts.save_draft),
        discard_plan_draft=bound(plan_drafts.discard_draft),
        put_plan_in_force=bound(plan_versions.put_in_force),
        read_course_text=course_lists.read_courses,
        read_course_html=course_lists.read_courses_html,
        case_list=bound(cases.case_list),
        case_history=bound(cases.case_history),
        mark_stamped=bound(case_stamping.mark_stamped),
        close_cases=bound(case_acts.close_cases),
        take_back_case_step=bound(case_acts.take_back_step),
        roster=bound(duty_views.roster),
        agency_view=bound(duty_views.agency_view),
        office_month=bound(duty_views.office_month),
        person_month=bound(duty_views.person_month),
        paint_closures=bound(agency_editing.paint_closures),
        erase_closures=bound(agency_editing.erase_closures),
        put_pattern=bound(agency_editing.put_pattern),
        drop_pattern=bound(agency_editing.drop_pattern),
        overview=bound(overview.overview),
        back_up_now=bound(overview.back_up_now),
        keep_unfinished=bound(unfinished_imports.keep_unfinished),
        forget_unfinished=bound(unfinished_imports.forget_unfinished),
        reopen_unfinished=bound(unfinished_imports.reopen_unfinished),
        settings_view=bound(settings_views.settings_view),
        name_agency=bound(agency_editing.name_agency),
        name_clerk=bound(clerk_names.name_clerk),
        backups=bound(safekeeping.backups),
        look_into_backup=bound(safekeeping.look_into_backup),
        copy_backup=bound(safekeeping.copy_backup),
        ledger_list=bound(ledger_list.LedgerList),
        ledger_card=bound(ledger_views.ledger_card),
        expiring=bound(ledger_views.expiring),
        owed_evidence=bound(ledger_views.owed_evidence),
        preview_use=bound(ledger_using.preview_use),
        record_use=bound(ledger_using.record_use),
        record_advance_use=bound(ledger_using.record_advance_use),
        preview_reversal=bound(ledger_reversing.preview_reversal),
        reverse_entry=bound(ledger_reversing.reverse_entry),
        transfer_in=bound(ledger_moving.transfer_in),
        transfer_out=bound(ledger_moving.transfer_out),
        grant_candidates=bound(ledger_candidates.grant_candidates),
        lost_ground=bound(ledger_ground.lost_ground),
        register_grants=bound(ledger_granting.register_grants),
        attendance_uses=bound(ledger_attendance.attendance_uses),
        record_attendance_uses=bound(ledger_attendance.record_attendance_uses),
        preview_card=bound(ledger_card_paper.preview_card),
        issue_card=bound(ledger_card_paper.issue_card),
        preview_register=bound(ledger_register.preview_register),
        register_period=bound(ledger_register.register_period),
        issue_register=bound(ledger_register.issue_register),
        save_card=partial(ledger_card_paper.issue_card, office, purpose=_saving(issuing)),
        print_register=partial(
            ledger_register.issue_register, office, purpose=issuing.PrintAct.PRINT
        ),
        programme=bound(nominating.programme_view),
        set_places=bound(nominating.set_places),
        nominate=bound(nominating.nominate),
        withdraw_nominee=bound(nominating.withdraw),
        replace_nominee=bound(nominating.replace_nominee),
        record_reports=bound(nominating.record_reports),
        activities=bound(activities.activities_view),
        put_activity=bound(activities.put_activity),
        take_activities=bound(activities.take_proposals),
        drop_activity=bound(activities.drop_activity),
        put_session=bound(activities.put_session),
        drop_session=bound(activities.drop_session),
        sign_up=bound(activities.sign_up),
        mark_sign_ups=bound(activities.mark),
        entrants=bound(drawing.entrants),
        make_draw=bound(drawing.make_draw),
        void_draw=bound(drawing.void_draw),
        check_draw=drawing.check_draw,
        draw_csv=bound(drawing.draw_csv),
        catalogue=bound(resource_catalogue.catalogue),
        put_resource=bound(resource_catalogue.put_resource),
        drop_resource=bound(resource_catalogue.drop_resource),
        promotion=bound(promotion.promotion_view),
        set_effective=bound(promotion.set_effective),
        move_stage=bound(promotion.move_stage),
        follow_plan=bound(promotion.follow_plan),
        set_measure=bound(promotion.set_measure),
        put_contact=bound(promotion.put_contact),
        drop_contact=bound(promotion.drop_contact),
        preview_schedule=bound(promotion_paper.preview_schedule),
        issue_schedule=bound(promotion_paper.issue_schedule),
        save_schedule=partial(promotion_paper.issue_schedule, office, purpose=_saving(issuing)),
    )
