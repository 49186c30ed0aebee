//! Whether the bundled themes can be read, also by people who see fewer hues: tests only.
//!
//! In: the bundled themes.  Out: failures that name theme, roles and number.  Not here: taste.

use super::{Color, Role, Theme};

/// WCAG 2.2, success criterion 1.4.3: text; with high contrast 1.4.6.
fn text_of(theme: &Theme) -> f64 {
    if is_high(theme) { 7.0 } else { 4.5 }
}

/// WCAG 2.2, success criterion 1.4.11: lines and marks that carry meaning; with high contrast what others ask of text.
fn mark_of(theme: &Theme) -> f64 {
    if is_high(theme) { 4.5 } else { 3.0 }
}

fn is_high(theme: &Theme) -> bool {
    theme.name.ends_with("high-contrast")
}

const WINDOW: &[Role] = &[Role::Background, Role::Panel, Role::Raised, Role::Sunken];
const SURFACES: &[Role] = &[Role::Background, Role::Surface1, Role::Surface2, Role::Surface3, Role::Surface4];
const BOXES: &[Role] = &[Role::Package, Role::Target, Role::Module, Role::Item];
const CONTROLS: &[Role] = &[Role::Button, Role::ButtonHover, Role::ButtonPressed, Role::AccentMuted, Role::CodeLine];
const OVERLAYS: &[Role] = &[
    Role::HoverFill,
    Role::SelectedFill,
    Role::SearchHitFill,
    Role::ViolationFill,
    Role::AddedFill,
    Role::RemovedFill,
];

fn all(check: impl Fn(&Theme)) {
    Theme::all().into_iter().for_each(check);
}

fn assert_contrast(theme: &Theme, above: Role, below: Role, behind: Color, least: f64) {
    let contrast = theme.color(above).contrast(behind);
    assert!(contrast >= least, "{}: {} on {}: {contrast:.2} < {least}", theme.name, above.key(), below.key());
}

#[test]
fn text_is_legible_wherever_it_may_stand() {
    all(|theme| {
        for text in [Role::TextStrong, Role::Text, Role::TextWeak] {
            for below in [WINDOW, SURFACES, BOXES, CONTROLS].concat() {
                assert_contrast(theme, text, below, theme.color(below), text_of(theme));
            }
        }
        for text in [Role::TextStrong, Role::Text] {
            assert_contrast(theme, text, Role::CodeMark, theme.color(Role::CodeMark), text_of(theme));
        }
        for text in
            [Role::CodeKeyword, Role::CodeType, Role::CodeCall, Role::CodeSign, Role::CodeLiteral, Role::CodeComment]
        {
            for below in [Role::Sunken, Role::CodeLine] {
                assert_contrast(theme, text, below, theme.color(below), text_of(theme));
            }
        }
    });
}

#[test]
fn names_are_legible_on_every_tile() {
    all(|theme| {
        let heats = (0..Role::N_HEATS).map(Role::heat);
        for tile in heats.chain((0..=Role::N_CATEGORIES).map(Role::category)) {
            assert_contrast(theme, Role::TextStrong, tile, theme.color(tile), text_of(theme));
        }
    });
}

#[test]
fn more_of_something_is_further_from_the_ground_to_every_kind_of_vision() {
    all(|theme| {
        for (vision, matrix) in &VISIONS {
            for step in 1..Role::N_HEATS {
                let [less, more] = [Role::heat(step - 1), Role::heat(step)].map(|role| lab(theme.color(role), matrix));
                let further = if theme.dark { more[0] - less[0] } else { less[0] - more[0] };
                assert!(further >= 4.0, "{}, {vision} vision: step {step} differs by {further:.1}", theme.name);
            }
        }
    });
}

#[test]
fn categories_are_told_apart_by_every_kind_of_vision() {
    let mut roles: Vec<Role> = (0..=Role::N_CATEGORIES).map(Role::category).collect();
    roles.push(Role::Heat1);
    assert_told_apart(&roles, 14.0);
}

#[test]
fn names_stay_legible_under_every_overlay() {
    all(|theme| {
        for text in [Role::TextStrong, Role::Text] {
            for below in [SURFACES, BOXES, WINDOW].concat() {
                let boundaries = (0..Role::N_BOUNDARIES).map(Role::boundary_fill);
                for overlay in OVERLAYS.iter().copied().chain(boundaries) {
                    assert_contrast(
                        theme,
                        text,
                        overlay,
                        theme.color(overlay).over(theme.color(below)),
                        text_of(theme),
                    );
                }
            }
        }
    });
}

#[test]
fn coloured_text_is_legible() {
    all(|theme| {
        for below in [WINDOW, &[Role::Surface1]].concat() {
            for text in [Role::TextLink, Role::Success, Role::Warning, Role::Error, Role::Violation] {
                assert_contrast(theme, text, below, theme.color(below), text_of(theme));
            }
        }
        for (text, fill) in [
            (Role::Success, Role::SuccessFill),
            (Role::Warning, Role::WarningFill),
            (Role::Error, Role::ErrorFill),
            (Role::Violation, Role::ViolationFill),
        ] {
            assert_contrast(theme, text, fill, theme.color(fill).over(theme.color(Role::Panel)), text_of(theme));
        }
        for below in [Role::Accent, Role::AccentHover, Role::AccentPressed] {
            assert_contrast(theme, Role::TextOnAccent, below, theme.color(below), text_of(theme));
        }
        assert_contrast(theme, Role::TextOnViolation, Role::Violation, theme.color(Role::Violation), text_of(theme));
        for index in 0..Role::N_BOUNDARIES {
            let (name, fill) = (Role::boundary(index), Role::boundary_fill(index));
            for below in [Role::Background, Role::Surface1, Role::Surface2] {
                assert_contrast(theme, name, below, theme.color(fill).over(theme.color(below)), text_of(theme));
            }
        }
    });
}

#[test]
fn lines_that_mean_something_stand_out_from_every_surface() {
    all(|theme| {
        let marks = [
            Role::PackageStroke,
            Role::TargetStroke,
            Role::ModuleStroke,
            Role::ItemStroke,
            Role::Edge,
            Role::EdgeHover,
            Role::Caller,
            Role::Callee,
            Role::Upward,
            Role::Violation,
            Role::Test,
            Role::Selected,
            Role::SearchHit,
            Role::Added,
            Role::Removed,
            Role::Changed,
        ];
        for index in 0..Role::N_SERIES {
            let band = Role::series(index);
            assert_contrast(theme, band, Role::Surface1, theme.color(Role::Surface1), mark_of(theme));
        }
        for mark in marks.into_iter().chain((0..Role::N_BOUNDARIES).map(Role::boundary)) {
            for below in SURFACES {
                assert_contrast(theme, mark, *below, theme.color(*below), mark_of(theme));
            }
        }
        for below in WINDOW {
            assert_contrast(theme, Role::FocusRing, *below, theme.color(*below), mark_of(theme));
        }
        assert_contrast(theme, Role::Accent, Role::Panel, theme.color(Role::Panel), 3.0);
    });
}

/// How people without one kind of cone see linear red, green, blue (Machado, Oliveira, Fernandes 2009, severity 1).
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protan", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    ("deutan", [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    ("tritan", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

/// CIE 1976 L*a*b* (D65) of a colour as one kind of vision sees it.
fn lab(color: Color, vision: &[[f64; 3]; 3]) -> [f64; 3] {
    let times = |matrix: &[[f64; 3]; 3], v: [f64; 3]| {
        [0, 1, 2].map(|row| matrix[row][0] * v[0] + matrix[row][1] * v[1] + matrix[row][2] * v[2])
    };
    const XYZ: [[f64; 3]; 3] = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];
    let seen = times(vision, color.linear()).map(|amount| amount.clamp(0.0, 1.0));
    let [x, y, z] = times(&XYZ, seen);
    let f = |t: f64| if t > 0.008856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let (x, y, z) = (f(x / 0.9505), f(y), f(z / 1.089));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIE 1976 colour difference; about 2.3 is just noticed side by side.
fn difference(a: Color, b: Color, vision: &[[f64; 3]; 3]) -> f64 {
    let (a, b) = (lab(a, vision), lab(b, vision));
    (0..3).map(|axis| (a[axis] - b[axis]).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn kinds_of_edges_are_told_apart_by_every_kind_of_vision() {
    assert_told_apart(&[Role::Caller, Role::Callee, Role::Violation, Role::Selected, Role::Upward, Role::Edge], 15.0);
}

#[test]
fn what_became_of_things_is_told_apart_by_every_kind_of_vision() {
    assert_told_apart(&[Role::Added, Role::Removed, Role::Changed, Role::Violation, Role::Edge], 15.0);
}

fn assert_told_apart(kinds: &[Role], least: f64) {
    all(|theme| {
        for (vision, matrix) in &VISIONS {
            for (index, one) in kinds.iter().enumerate() {
                for other in &kinds[index + 1..] {
                    let difference = difference(theme.color(*one), theme.color(*other), matrix);
                    assert!(
                        difference >= least,
                        "{}, {vision} vision: {} and {} differ by {difference:.1}",
                        theme.name,
                        one.key(),
                        other.key()
                    );
                }
            }
        }
    });
}

#[test]
fn boundaries_differ_from_each_other_and_from_violations() {
    all(|theme| {
        let mut roles: Vec<Role> = (0..Role::N_BOUNDARIES).map(Role::boundary).collect();
        roles.push(Role::Violation);
        for (index, one) in roles.iter().enumerate() {
            for other in &roles[index + 1..] {
                let difference = difference(theme.color(*one), theme.color(*other), &VISIONS[0].1);
                assert!(difference >= 18.0, "{}: {} and {}: {difference:.1}", theme.name, one.key(), other.key());
            }
        }
    });
}

#[test]
fn bands_of_a_chart_differ_from_each_other_and_from_those_that_mean_little() {
    all(|theme| {
        let mut roles: Vec<Role> = (0..Role::N_SERIES).map(Role::series).collect();
        roles.push(Role::SeriesUnsure);
        for (index, one) in roles.iter().enumerate() {
            for other in &roles[index + 1..] {
                let difference = difference(theme.color(*one), theme.color(*other), &VISIONS[0].1);
                assert!(difference >= 15.0, "{}: {} and {}: {difference:.1}", theme.name, one.key(), other.key());
            }
        }
    });
}
