//! The words of the screens of the class (`public/words/class.*.txt`).

use super::fetched::fetched;

fetched! {
    /// The words of one language.
    ClassWords, "class":
    class_title, looking, alone, no_roster, to_backend, nothing_here, to_class, me, stranger,
    unverified, to_desk, shown_works, no_shown, peer_review, peer_note, not_here, show_work, tutor,
    members, notices, notice, bulletin, no_notices, write_notice, publish_notice, publish_bulletin,
    send_comment, send_to_all, comment_field, questions, no_questions, not_answered, answer, for_me,
    no_comments, points, back_to_step, comments, reviews_of_mine, no_reviews, reviewed_of,
    hand_in_first, review_this, review_again, nothing_to_review, review_sent, review_field, up_to,
    points_wrong, your_review, send_review, file_elsewhere, desk, desk_figures, learner, study_time,
    steps_done, score, lacks, last_seen, nothing_yet, submissions, no_submissions, reviews_count,
    attendance, attendance_note, no_activities, packets, packets_note, to_records, grading,
    no_gradables, save_grade, points_label, percent_label, choose, not_graded, present, late, early,
    absent, signed_in, roster_file, roster_note, roster_bad, show_mine, show_sure, shown_already,
    new_mark, file_for, file_for_note, by_file, by_file_note, who_are_you, that_is_me, not_yours,
    signing, signing_note, signing_key, save_roster, fetch_file, fetching, file_missing,
    write_bulletin, b_note, b_progress, b_problems, b_good, b_voices, b_empty, group_grading,
    group_grading_note, stage, judge, final_grade, final_note, level, final_why, give_final,
    choose_level, reassign, assign_to, assign, assigned_to, assign_nobody, more_submissions,
}
