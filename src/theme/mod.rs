//! The look: colour roles with their themes, lengths, fonts, and how wide a text is.
//!
//! In: `assets/theme` and `assets/fonts`, both part of the program.  Out: [`Theme`], [`Measurer`] and the names that
//! scenes use.  Not here: what has which role, and painting.

mod color;
mod font;
mod kerning;
#[cfg(test)]
mod legibility;
mod measure;
mod role;
mod size;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

pub use color::Color;
pub use font::Face;
pub use measure::{Measurer, shortened};
pub use role::Role;
pub use size::{DIMMED_OPACITY, TextSize, line, radius, spacing};

/// A colour for every role.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    pub name: String,
    /// Whether the background is darker than the text.
    pub dark: bool,
    /// By [`Role`] as index.
    colors: Vec<Color>,
}

/// What is wrong with a theme file; the message names the role.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    #[error("failed to read the theme: {0}")]
    Format(#[from] toml::de::Error),
    #[error("the theme has no colour for `{0}`")]
    Missing(&'static str),
    #[error("the theme has a colour for `{0}`, which is no role")]
    Unknown(String),
    #[error("the theme's colour for `{role}` is `{text}`, not `#rrggbb` or `#rrggbbaa`")]
    Color { role: &'static str, text: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeFile {
    name: String,
    dark: bool,
    color: BTreeMap<String, String>,
}

impl Theme {
    pub fn dark() -> &'static Self {
        static THEME: OnceLock<Theme> = OnceLock::new();
        THEME.get_or_init(|| Self::bundled(include_str!("../../assets/theme/dark.toml")))
    }

    pub fn light() -> &'static Self {
        static THEME: OnceLock<Theme> = OnceLock::new();
        THEME.get_or_init(|| Self::bundled(include_str!("../../assets/theme/light.toml")))
    }

    /// Text that more people can read.
    pub fn dark_high_contrast() -> &'static Self {
        static THEME: OnceLock<Theme> = OnceLock::new();
        THEME.get_or_init(|| Self::bundled(include_str!("../../assets/theme/dark-high-contrast.toml")))
    }

    pub fn light_high_contrast() -> &'static Self {
        static THEME: OnceLock<Theme> = OnceLock::new();
        THEME.get_or_init(|| Self::bundled(include_str!("../../assets/theme/light-high-contrast.toml")))
    }

    /// Every bundled theme.
    pub fn all() -> [&'static Self; 4] {
        [Self::dark(), Self::light(), Self::dark_high_contrast(), Self::light_high_contrast()]
    }

    /// The theme of this name, as given on the command line.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().into_iter().find(|theme| theme.name == name)
    }

    fn bundled(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|error| panic!("a bundled theme is broken: {error}"))
    }

    /// Reads a theme file: `name`, `dark`, and under `[color]` each role's key with `#rrggbb` or `#rrggbbaa`.
    ///
    /// # Errors
    ///
    /// For anything but exactly one well-formed colour per role.
    pub fn parse(text: &str) -> Result<Self, ThemeError> {
        let mut file: ThemeFile = toml::from_str(text)?;
        let mut colors = Vec::with_capacity(Role::ALL.len());
        for role in Role::ALL {
            let text = file.color.remove(role.key()).ok_or(ThemeError::Missing(role.key()))?;
            let color = Color::parse(&text).ok_or(ThemeError::Color { role: role.key(), text })?;
            colors.push(color);
        }
        match file.color.into_keys().next() {
            Some(key) => Err(ThemeError::Unknown(key)),
            None => Ok(Self { name: file.name, dark: file.dark, colors }),
        }
    }

    pub fn color(&self, role: Role) -> Color {
        self.colors[role as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_defines_every_role_and_no_other() {
        assert_eq!(Theme::all().map(|theme| theme.dark), [true, false, true, false]);
        assert_eq!(Theme::named("dark-high-contrast").unwrap().name, "dark-high-contrast");
        assert_eq!(Theme::named("light").unwrap().name, "light");
        assert_eq!(Theme::named("dark").unwrap().name, "dark");
        assert!(Theme::named("Dark").is_none());
    }

    #[test]
    fn a_broken_theme_is_told_by_its_role() {
        let text = include_str!("../../assets/theme/dark.toml");
        let message = |text: &str| Theme::parse(text).unwrap_err().to_string();
        assert_eq!(message(&text.replace("callee =", "calee =")), "the theme has no colour for `callee`");
        assert_eq!(
            message(&format!("{text}\ncalee = \"#000000\"\n")),
            "the theme has a colour for `calee`, which is no role"
        );
        let broken: String = text
            .lines()
            .map(|line| if line.starts_with("grid =") { "grid = \"#12345\"\n".into() } else { format!("{line}\n") })
            .collect();
        assert_eq!(message(&broken), "the theme's colour for `grid` is `#12345`, not `#rrggbb` or `#rrggbbaa`");
        assert!(message("name = 1").starts_with("failed to read the theme: "));
    }
}
