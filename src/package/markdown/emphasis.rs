//! Which runs of `*` and `_` belong together.

use super::chars::Flanks;
use super::token::{Style, Token};

/// A run of marks, each of which is a token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    mark: u8,
    /// The first token that is left.
    first: usize,
    /// How many are left.
    count: usize,
    /// How many there were.
    length: usize,
    flanks: Flanks,
}

impl Run {
    pub fn new(mark: u8, first: usize, count: usize, flanks: Flanks) -> Self {
        Self {
            mark,
            first,
            count,
            length: count,
            flanks,
        }
    }

    /// Whether `self` begins what `end` ends. A run that may do both fits no run with which it
    /// makes a multiple of three, so that `**a*b**` is one strong text.
    fn begins(&self, end: &Run) -> bool {
        let both = self.flanks.closes || end.flanks.opens;
        let clash =
            both && (self.length + end.length).is_multiple_of(3) && !end.length.is_multiple_of(3);
        self.mark == end.mark && !clash
    }

    /// Which of the floors holds for it: a search for runs of one kind that failed once fails
    /// again in the same place.
    fn kind(&self) -> usize {
        let mark = usize::from(self.mark == b'*');
        (self.length % 3 * 2 + usize::from(self.flanks.opens)) * 2 + mark
    }
}

/// Turns the marks of runs that belong together into the ends of emphasis.
pub(super) fn pair(tokens: &mut [Token], runs: &[Run]) {
    let mut waiting: Vec<Run> = Vec::new();
    let mut floors = [0; 12];
    for run in runs {
        let mut run = *run;
        while run.flanks.closes && run.count > 0 {
            let floor = &mut floors[run.kind()];
            let above = waiting.iter().rev().take_while(|each| each.first >= *floor);
            let Some(back) = above.clone().position(|each| each.begins(&run)) else {
                *floor = run.first;
                break;
            };
            waiting.truncate(waiting.len() - back);
            let Some(begin) = waiting.last_mut() else {
                break;
            };
            join(tokens, begin, &mut run);
            if begin.count == 0 {
                waiting.pop();
            }
        }
        if run.flanks.opens && run.count > 0 {
            waiting.push(run);
        }
    }
}

/// Joins the last marks of `begin` with the first ones of `end`.
fn join(tokens: &mut [Token], begin: &mut Run, end: &mut Run) {
    let is_strong = begin.count >= 2 && end.count >= 2;
    let used = 1 + usize::from(is_strong);
    begin.count -= used;
    let open = begin.first + begin.count;
    let style = if is_strong {
        Style::Strong
    } else {
        Style::Emphasis
    };
    let mut set = |at: usize, token: Token| {
        if let Some(place) = tokens.get_mut(at) {
            *place = token;
        }
    };
    set(open, Token::Open(style));
    set(end.first, Token::Close);
    if is_strong {
        set(open + 1, Token::Gone);
        set(end.first + 1, Token::Gone);
    }
    end.first += used;
    end.count -= used;
}
