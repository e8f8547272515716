//! A few inline pictures; each stands beside a text or under a label.

use crate::ui::dom::{El, follow, svg};

/// A picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Done, safe.
    Check,
    /// Not open.
    Lock,
    /// Being worked on.
    Half,
    /// Untouched.
    Ring,
    /// Trouble.
    Warning,
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// Back 10 seconds.
    Back,
    /// Forward 10 seconds.
    Forward,
    /// Sound on.
    Sound,
    /// Sound off.
    Muted,
    /// Full screen.
    Full,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Check => "M4 12.5l5 5L20 6.5",
            Self::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Self::Half => "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zM12 4.5a7.5 7.5 0 0 1 0 15z",
            Self::Ring => "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z",
            Self::Warning => "M12 4L2.5 20h19zM12 10v5M12 17.5v.5",
            Self::Play => "M7 4.5v15l12-7.5z",
            Self::Pause => "M8 5v14M16 5v14",
            Self::Back => "M11 6l-7 6l7 6zM20 6l-7 6l7 6z",
            Self::Forward => "M13 6l7 6l-7 6zM4 6l7 6l-7 6z",
            Self::Sound => {
                "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"
            }
            Self::Muted => "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9.5l5 5M20.5 9.5l-5 5",
            Self::Full => "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
        }
    }

    const fn filled(self) -> bool {
        matches!(self, Self::Play | Self::Back | Self::Forward | Self::Half)
    }
}

/// Draws a picture; the text beside it, or the label of its button, says what it means.
pub fn pic(icon: Icon) -> El {
    live_pic(move || icon)
}

/// Draws a picture that changes.
pub fn live_pic(icon: impl Fn() -> Icon + 'static) -> El {
    let path = svg("path");
    let whole = svg("svg")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(path.clone());
    let drawn = whole.clone();
    follow(Box::new(move || {
        let icon = icon();
        let _ = path.clone().attr("d", icon.path());
        let class = if icon.filled() { "pic filled" } else { "pic" };
        let _ = drawn.clone().class(class);
    }));
    whole
}
