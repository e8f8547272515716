//! The picture that a room sees.

use super::lines::ends;

/// The type is the height divided by so much: a little more than a twentieth of it.
const LINES_OF_TYPE: f64 = 19.0;
/// Widest text, in em: longer lines are lost on the way back.
const WIDEST_EM: f64 = 30.0;
/// Room at the left and at the right, in em.
const SIDE_EM: f64 = 1.25;
/// What the line above the text takes, with the room above and below the text, in em.
const FRAME_EM: f64 = 4.0;

/// The smallest type, in pixels of a page that may be enlarged.
const LEAST_PX: u32 = 20;
/// What the number of a slide takes beside its title, in em.
const NUMBER_EM: f64 = 6.0;
/// Lines of a title that are shown; a longer one is cut.
const MOST_TITLE_LINES: usize = 3;

/// The size of the picture, and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
}

impl Room {
    /// The size of the type in pixels: at least a twentieth of the height. A picture that is higher than
    /// those of rooms, as of a phone, is taken for one of 4:3.
    #[must_use]
    pub fn type_px(self) -> u32 {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "no picture is as high"
        )]
        let px = (self.height.min(self.width * 0.75) / LINES_OF_TYPE).ceil() as u32;
        px.max(LEAST_PX)
    }

    fn em(self, px: f64) -> f64 {
        px / f64::from(self.type_px())
    }

    /// The width of the text, in em.
    #[must_use]
    pub fn text_em(self) -> f64 {
        (self.em(self.width) - 2.0 * SIDE_EM).clamp(6.0, WIDEST_EM)
    }

    /// How many lines the title of a part takes above the text, beside the number of the slide.
    #[must_use]
    pub fn title_lines(self, title: &str) -> usize {
        let title: Vec<char> = title.chars().collect();
        let wide = self.em(self.width) - 2.0 * SIDE_EM - NUMBER_EM;
        ends(&title, wide.max(4.0)).len().min(MOST_TITLE_LINES)
    }

    /// The height of the text, in em.
    #[must_use]
    pub fn column_em(self) -> f64 {
        (self.em(self.height) - FRAME_EM).max(4.0)
    }
}
