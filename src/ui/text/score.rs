//! The words of the screens of the score, which are fetched with them: they are no part of what
//! every start waits for. One file a language, `public/words/score.<tag>.txt`, one line a word:
//! its name, `=`, the text; the first line is a number that stands for all names, so that a file of
//! another version of the app is told apart without the names being in the app. In a text, `{}` stands for what is filled in.

/// The words by name, in the order of the lines of their file.
macro_rules! words {
    ($($name:ident),+ $(,)?) => {
        /// Names of words, as places in the table.
        #[allow(non_camel_case_types, reason = "they are the names in the file")]
        enum At { $($name),+ }

        const NAMES: &[&str] = &[$(stringify!($name)),+];

        /// How many words there are.
        const COUNT: usize = NAMES.len();

        /// Stands for all names in their order.
        const MARK: u32 = mark(NAMES);

        impl ScoreWords {
            $(
                #[doc = concat!("`", stringify!($name), "`")]
                #[must_use]
                pub fn $name(&self) -> &'static str {
                    self.word(At::$name as usize)
                }
            )+
        }
    };
}

/// A number for a list of names: FNV-1a over their bytes, each ended by a line break.
const fn mark(names: &[&str]) -> u32 {
    let mut mark: u32 = 0x811c_9dc5;
    let mut at = 0;
    while at < names.len() {
        let name = names[at].as_bytes();
        let mut byte = 0;
        while byte <= name.len() {
            let next = if byte < name.len() { name[byte] } else { b'\n' };
            mark = (mark ^ next as u32).wrapping_mul(0x0100_0193);
            byte += 1;
        }
        at += 1;
    }
    mark
}

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub struct ScoreWords(&'static [&'static str]);

impl ScoreWords {
    /// Reads a file of words; `None` when it is not of this version of the app.
    #[must_use]
    pub fn read(text: &'static str) -> Option<Self> {
        let mut words = Vec::with_capacity(COUNT);
        let mut lines = text.lines();
        if lines.next()?.parse() != Ok(MARK) {
            return None;
        }
        for line in lines.take(COUNT) {
            words.push(line.split_once(" = ")?.1);
        }
        // One table a language and start, used wherever words are shown.
        Some(Self(words.leak()))
    }

    fn word(&self, at: usize) -> &'static str {
        self.0.get(at).copied().unwrap_or_default()
    }
}

/// A text with what is filled in, in order. `{s}` makes the plural of what was filled in before it,
/// for languages that have one.
#[must_use]
pub fn fill(text: &str, parts: &[&str]) -> String {
    let mut filled = String::new();
    let mut pieces = text.split("{}");
    filled.push_str(pieces.next().unwrap_or_default());
    let mut parts = parts.iter();
    for piece in pieces {
        let part = parts.next().copied().unwrap_or_default();
        filled.push_str(part);
        let plural = if part == "1" { "" } else { "s" };
        filled.push_str(&piece.replace("{s}", plural));
    }
    filled
}

words! {
    standing, short_of, passed_with, level_is, failed_gate, not_completed_gate, nothing_yet, converted,
    provisional, provisional_mark, what_is_provisional, indicators, how, of_points, no_scheme,
    scheme_refused, wrong_sum, scheme_levels, scheme_unknown, scheme_groups, scheme_unfit,
    scheme_choice, of_group, group_members, group_note, attempt_counts, items_none, items_full, items_more,
    item_minutes, item_over_day, item_outside, item_content, item_members, item_sessions, item_completed, show_words, no_words,
    points_plus, rule, stage_line, not_too_short, not_again, not_module, not_period, not_full, not_season,
    not_rung, not_list, not_attempt, not_own, not_party, not_work, present, late, early, absent, gates, gate_open, gate_risk,
    gate_closed, gate_below, gate_absences, gate_missing, plan, plan_note, plan_none, plan_done,
    plan_more, what_if_full, plan_failed, plan_again, minutes_about, by_day, no_deadline, times, gain, task_study,
    task_post, task_submit, task_review, task_attend, task_reflect, task_ask, task_note,
    task_showcase, task_publish, task_sit, task_complete, task_members, task_await, task_do, chart, chart_day,
    chart_none, chart_table, chart_most, ledger, ledger_intro, ledger_reading, ledger_cancel,
    ledger_cancelled, ledger_again, ledger_none, ledger_day, ledger_step, ledger_credited,
    ledger_not, ledger_why, ledger_total, ledger_all, ledger_strangers, ledger_outside, why_again, why_paused, why_hidden_muted, why_hidden,
    why_idle, why_season, why_tab, why_fast, why_asleep, chain, chain_whole, chain_broken,
    chain_other, chain_here, chain_code, chain_note, chain_damaged, csv, print, minutes, seconds,
    archive, archive_intro, archive_html, archive_made, archive_name, archive_group, archive_programme, archive_none, archive_enrolled,
    archive_attempt, archive_studied, archive_kind, archive_what, archive_when, archive_term,
    archive_outside, in_brackets, made_submission, made_post, made_posts, made_reflection, made_question,
    made_exam, made_attendance, made_note, made_review, made_grade, made_showcase, made_private, made_unknown, made_unfit, made_replaced,
    hours, hours_category, hours_to_reach, hours_earned, hours_due, hours_plan_end,
    hours_each_year, hours_date, hours_before, hours_some, hours_under, hours_none, hours_from, certificate, certificate_none,
    certificate_make, certificate_sure, certificate_not_yet, certificate_frozen,
    certificate_name, certificate_name_hint, certificate_score, certificate_minutes,
    certificate_scheme, certificate_unsigned, certificate_changed, courses, courses_intro,
    courses_open, courses_here, courses_failed, to_standing, to_ledger, to_archive, to_courses,
    under_way, provisional_part, mark_points,
    backend, be_intro, be_kind, be_xapi1, be_xapi2, be_plain, be_address, be_class, be_name, be_user, be_password, be_password_note, be_start, be_checking, be_bad_address, be_mixed, be_account, be_unreachable, be_strange, be_refused, be_unwell, be_good, be_shared, be_state, be_off, be_accepted, be_aside, be_aside_note, be_conflict, be_retry, be_stop,
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZH: &str = include_str!("../../../public/words/score.zh-CN.txt");
    const EN: &str = include_str!("../../../public/words/score.en.txt");

    #[test]
    fn both_languages_have_every_word_with_the_same_places() {
        for text in [ZH, EN] {
            assert_eq!(
                text.lines().next(),
                Some(&*MARK.to_string()),
                "the first line"
            );
            let names = text.lines().skip(1).map(|line| line.split(" = ").next());
            let names: Vec<&str> = names.map(Option::unwrap_or_default).collect();
            assert_eq!(names, NAMES);
        }
        for (zh, en) in ZH.lines().skip(1).zip(EN.lines().skip(1)) {
            let (name, zh) = zh.split_once(" = ").unwrap_or_else(|| panic!("{zh}"));
            let (other, en) = en.split_once(" = ").unwrap_or_else(|| panic!("{en}"));
            assert_eq!(name, other);
            assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{name}");
            assert_eq!(zh.matches("{}").count(), en.matches("{}").count(), "{name}");
        }
        assert_eq!(ZH.lines().count(), EN.lines().count());
        assert!(ScoreWords::read(ZH).is_some());
        assert!(ScoreWords::read(EN).is_some());
        assert!(ScoreWords::read("").is_none());
        assert!(ScoreWords::read("7\nstanding = x").is_none());
    }

    #[test]
    fn places_are_filled_in_order() {
        assert_eq!(fill("{} of {}", &["1", "2"]), "1 of 2");
        assert_eq!(fill("{}", &[]), "");
        assert_eq!(fill("none", &["1"]), "none");
    }
}
