//! The words of the screens of the score and of backends (`public/words/score.*.txt`).

use super::fetched::fetched;
pub use super::fetched::fill;

fetched! {
    /// The words of one language.
    ScoreWords, "score":
    standing, short_of, passed_with, level_is, failed_gate, not_completed_gate, nothing_yet,
    converted, provisional, provisional_mark, what_is_provisional, indicators, how, of_points,
    no_scheme, scheme_refused, wrong_sum, scheme_levels, scheme_unknown, scheme_groups,
    scheme_unfit, scheme_choice, of_group, group_members, group_note, attempt_counts, items_none,
    items_full, items_more, item_minutes, item_over_day, item_outside, item_content, item_members,
    item_sessions, item_completed, show_words, no_words, points_plus, rule, stage_line,
    not_too_short, not_again, not_module, not_period, not_full, not_season, not_rung, not_list,
    not_attempt, not_own, not_party, not_work, present, late, early, absent, gates, gate_open,
    gate_risk, gate_closed, gate_below, gate_absences, gate_missing, plan, plan_note, plan_none,
    plan_done, plan_more, what_if_full, plan_failed, plan_again, minutes_about, by_day,
    no_deadline, times, gain, task_study, task_post, task_submit, task_review, task_attend,
    task_reflect, task_ask, task_note, task_showcase, task_publish, task_sit, task_complete,
    task_members, task_await, task_do, chart, chart_day, chart_none, chart_table, chart_most,
    ledger, ledger_intro, ledger_reading, ledger_cancel, ledger_cancelled, ledger_again,
    ledger_none, ledger_day, ledger_step, ledger_credited, ledger_not, ledger_why, ledger_total,
    ledger_all, ledger_strangers, ledger_outside, why_again, why_paused, why_hidden_muted,
    why_hidden, why_idle, why_season, why_tab, why_fast, why_asleep, chain, chain_whole,
    chain_broken, chain_other, chain_here, chain_code, chain_note, chain_damaged, csv, print,
    minutes, seconds, archive, archive_intro, archive_html, archive_made, archive_name,
    archive_notes, archive_group, archive_programme, archive_none, archive_enrolled,
    archive_attempt, archive_studied, archive_kind, archive_what, archive_when, archive_term,
    archive_outside, in_brackets, made_submission, made_post, made_posts, made_reflection,
    made_question, made_exam, made_attendance, made_note, made_highlight, made_review, made_grade,
    made_showcase, made_private, made_unknown, made_unfit, made_replaced, hours, hours_category,
    hours_to_reach, hours_earned, hours_due, hours_plan_end, hours_each_year, hours_date,
    hours_before, hours_some, hours_under, hours_none, hours_from, certificate, certificate_none,
    certificate_make, certificate_sure, certificate_not_yet, certificate_frozen, certificate_name,
    certificate_name_hint, certificate_score, certificate_minutes, certificate_scheme,
    certificate_unsigned, certificate_changed, courses, courses_intro, courses_open, courses_here,
    courses_failed, to_standing, to_ledger, to_archive, to_courses, under_way, provisional_part,
    mark_points, backend, be_intro, be_kind, be_xapi1, be_xapi2, be_plain, be_address, be_class,
    be_name, be_user, be_password, be_password_note, be_start, be_checking, be_bad_address,
    be_mixed, be_account, be_unreachable, be_strange, be_refused, be_unwell, be_good, be_shared,
    be_state, be_off, be_accepted, be_aside, be_aside_note, be_conflict, be_retry, be_stop,
    be_other_person, ck_reach, ck_sign_in, ck_read, ck_write, ck_again, ck_back, ck_page,
    ck_page_untried, ck_clock, ck_clock_off, ck_clock_untried, ck_audience, ck_files, ck_cors,
    ck_null_origin, ck_refuses, ck_changes, be_other_settings, be_not_used, ck_files_well,
    ck_version, ck_version_untried, ck_version_other, ck_private, be_send_now, be_queue,
    be_queue_more, be_files_lack, be_export, be_hearing, be_by_file, be_kinds, be_kind_other,
    final_grade, final_by_tutor, final_doubted, records_intro, records_head_note, export_note,
    import_note, again_note, again_sure, device, device_intro, device_reopens, device_stays,
    device_room, device_lasting, device_fleeting, device_ask, device_volatile, device_unlisted,
    device_records, device_course, device_by_step, device_here, device_all, device_get,
    device_rest, device_remove, device_remove_sure, device_running, device_paused, device_waiting,
    device_progress, device_pause, device_go_on, device_stop, device_missing, device_other,
    device_full, device_no_room, device_others, to_device, import_course, import_course_note,
    import_zip, import_folder, import_opening, import_running, import_cancel, import_cancelled,
    import_refused, import_no_worker, import_here, import_remove, import_remove_sure, people,
    people_intro, people_unnamed, people_here, people_since, people_switch, people_name_title,
    people_name, people_keep_name, people_needs_name, people_new, people_new_note, people_add,
    lock_section, lock_explained, lock_pin, lock_minutes, lock_on, lock_off, lock_now, lock_unfit,
    lock_title, lock_note, lock_wrong, lock_open, lock_forgotten, lock_forgotten_note,
    lock_type_name, lock_take_away, lock_lost, erase_title, erase_note, erase_export, erase_type,
    erase_go, to_people, first_course, first_course_note, carry_note, carry_all, carry_left,
    carry_export, remind, take_in, take_not, look_made, look_here, look_there, look_backup,
    look_people, look_comma, look_records, look_span, look_new, look_known, look_files,
    look_damaged, backup_title, backup_note, backup_make, backup_restore, restore_go, restore_note,
    restore_here, restore_here_note, restore_other, rescue_title, rescue_note, rescue_go,
    lost_data, lost_profile, lost_seen, export_tutor, shelf, shelf_site, shelf_package,
    device_refused, import_several, people_same_name, told_switched, told_renamed, told_restored,
    type_set, type_size, type_spacing, type_width, type_small, type_usual, type_large,
    type_largest, type_tight, type_loose, type_narrow, type_wide, type_reset, to_notes, room_said,
}

impl ScoreWords {
    /// What a kind of record is called (`be_kinds`: `kind=name`, with strokes between them).
    #[must_use]
    pub fn kind_of_record(&self, kind: &str) -> &'static str {
        let mut known = self
            .be_kinds()
            .split('|')
            .filter_map(|each| each.split_once('='));
        let found = known.find(|(of, _)| *of == kind);
        found.map_or(self.be_kind_other(), |(_, name)| name)
    }
}
