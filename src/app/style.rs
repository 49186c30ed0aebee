//! The look of the window: egui's fonts, spacing and colours, made from the theme's roles.
//!
//! In: [`Theme`] and the bundled fonts.  Out: an egui context that looks like riprap, and [`color`] for what panels
//! paint themselves.  The one place of the window that makes colours.  Not here: what has which role.

use std::sync::Arc;

use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, Visuals, vec2};

use crate::theme::{Color, Face, Role, TextSize, Theme, line, radius};

/// Which of the themes is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    #[default]
    System,
    Dark,
    Light,
    DarkHighContrast,
    LightHighContrast,
}

impl ThemeChoice {
    pub(crate) fn preference(self) -> egui::ThemePreference {
        match self {
            Self::System => egui::ThemePreference::System,
            Self::Dark | Self::DarkHighContrast => egui::ThemePreference::Dark,
            Self::Light | Self::LightHighContrast => egui::ThemePreference::Light,
        }
    }

    fn is_high_contrast(self) -> bool {
        matches!(self, Self::DarkHighContrast | Self::LightHighContrast)
    }

    /// The dark one for a light one that is shown, and the other way round, with the contrast that it has.
    pub(crate) fn other(shown: &Theme) -> Self {
        match (shown.dark, shown.name.ends_with("high-contrast")) {
            (true, false) => Self::Light,
            (false, false) => Self::Dark,
            (true, true) => Self::LightHighContrast,
            (false, true) => Self::DarkHighContrast,
        }
    }
}

/// Gives a context riprap's fonts and themes.
pub(crate) fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    for which in [egui::Theme::Dark, egui::Theme::Light] {
        ctx.style_mut_of(which, shape_style);
    }
    choose(ctx, ThemeChoice::default());
}

/// Shows a theme.
pub(crate) fn choose(ctx: &egui::Context, choice: ThemeChoice) {
    let [dark, light] = match choice.is_high_contrast() {
        true => [Theme::dark_high_contrast(), Theme::light_high_contrast()],
        false => [Theme::dark(), Theme::light()],
    };
    for (which, theme) in [(egui::Theme::Dark, dark), (egui::Theme::Light, light)] {
        ctx.style_mut_of(which, |style| style.visuals = visuals(theme));
    }
    ctx.set_theme(choice.preference());
}

/// The theme that a piece of the window is drawn in: the one whose ground it has.
pub(crate) fn theme_of(visuals: &Visuals) -> &'static Theme {
    let is_it =
        |theme: &&Theme| theme.dark == visuals.dark_mode && color32(theme.color(Role::Panel)) == visuals.panel_fill;
    let usual = || if visuals.dark_mode { Theme::dark() } else { Theme::light() };
    Theme::all().into_iter().find(is_it).unwrap_or_else(usual)
}

/// The theme of the window.
pub(crate) fn shown(ctx: &egui::Context) -> &'static Theme {
    theme_of(&ctx.style_of(ctx.theme()).visuals)
}

/// The colour of a role in the theme of this piece of the window.
pub(crate) fn color(ui: &egui::Ui, role: Role) -> Color32 {
    color32(theme_of(ui.visuals()).color(role))
}

#[expect(clippy::disallowed_methods, reason = "the one place where the theme's colours become egui's")]
pub(crate) fn color32(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// The egui family of a face.
pub(crate) fn family(face: Face) -> FontFamily {
    match face {
        Face::Regular => FontFamily::Proportional,
        Face::Medium => FontFamily::Name("medium".into()),
        Face::SemiBold => FontFamily::Name("semi-bold".into()),
        Face::Mono => FontFamily::Monospace,
    }
}

pub(crate) fn font(face: Face, size: TextSize) -> FontId {
    FontId::new(size.points(), family(face))
}

fn fonts() -> egui::FontDefinitions {
    // egui's own fonts stay behind ours, for signs that ours lack.
    let mut fonts = egui::FontDefinitions::default();
    let icons = egui_material_icons::font_insert();
    fonts.font_data.insert(icons.name.clone(), Arc::new(icons.data));
    let fallbacks = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for face in Face::ALL {
        let name = format!("{face:?}");
        fonts.font_data.insert(name.clone(), Arc::new(egui::FontData::from_static(face.bytes())));
        let chain = fonts.families.entry(family(face)).or_insert_with(|| fallbacks.clone());
        chain.insert(0, name);
        chain.push(icons.name.clone());
    }
    fonts
        .families
        .insert(FontFamily::Name(egui_material_icons::FONT_FAMILY.into()), vec![icons.name, "Regular".into()]);
    fonts
}

fn shape_style(style: &mut egui::Style) {
    style.text_styles = [
        (TextStyle::Small, font(Face::Regular, TextSize::Small)),
        (TextStyle::Body, font(Face::Regular, TextSize::Body)),
        (TextStyle::Button, font(Face::Medium, TextSize::Body)),
        (TextStyle::Heading, font(Face::SemiBold, TextSize::Heading)),
        (TextStyle::Monospace, FontId::new(12.0, FontFamily::Monospace)),
    ]
    .into();
    style.spacing.item_spacing = vec2(8.0, 6.0);
    style.spacing.button_padding = vec2(10.0, 4.0);
    // Targets of at least 24 points can be hit by everybody (WCAG 2.2, 2.5.8).
    style.spacing.interact_size = vec2(24.0, 26.0);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.menu_spacing = 4.0;
    style.spacing.window_margin = Margin::same(12);
    style.spacing.scroll = egui::style::ScrollStyle::thin();
    style.spacing.tooltip_width = 360.0;
    style.interaction.tooltip_delay = 0.3;
    style.interaction.selectable_labels = false;
    style.animation_time = 0.1;
}

fn visuals(theme: &Theme) -> Visuals {
    let color = |role| color32(theme.color(role));
    let corner = CornerRadius::same(radius::MEDIUM as u8);
    let mut visuals = if theme.dark { Visuals::dark() } else { Visuals::light() };
    let hairline = Stroke::new(line::HAIR, color(Role::Separator));

    visuals.weak_text_color = Some(color(Role::TextWeak));
    visuals.hyperlink_color = color(Role::TextLink);
    visuals.faint_bg_color = color(Role::Sunken);
    visuals.extreme_bg_color = color(Role::Sunken);
    visuals.text_edit_bg_color = Some(color(Role::Sunken));
    visuals.code_bg_color = color(Role::Sunken);
    visuals.warn_fg_color = color(Role::Warning);
    visuals.error_fg_color = color(Role::Error);
    visuals.panel_fill = color(Role::Panel);
    visuals.window_fill = color(Role::Raised);
    visuals.window_stroke = hairline;
    visuals.window_corner_radius = CornerRadius::same(radius::LARGE as u8);
    visuals.menu_corner_radius = CornerRadius::same(radius::LARGE as u8);
    visuals.window_shadow = shadow(color(Role::Shadow), 24);
    visuals.popup_shadow = shadow(color(Role::Shadow), 12);
    visuals.selection.bg_fill = color(Role::AccentMuted);
    visuals.selection.stroke = Stroke::new(line::HAIR, color(Role::TextStrong));
    visuals.button_frame = true;
    visuals.striped = false;
    visuals.interact_cursor = None;
    visuals.indent_has_left_vline = false;
    visuals.slider_trailing_fill = true;

    let widgets = &mut visuals.widgets;
    let looks = [
        (&mut widgets.noninteractive, Role::Panel, Role::Panel, Role::Separator, Role::Text),
        (&mut widgets.inactive, Role::Button, Role::Button, Role::ButtonStroke, Role::Text),
        (&mut widgets.hovered, Role::ButtonHover, Role::ButtonHover, Role::ButtonStroke, Role::TextStrong),
        (&mut widgets.active, Role::ButtonPressed, Role::ButtonPressed, Role::FocusRing, Role::TextStrong),
        (&mut widgets.open, Role::ButtonPressed, Role::ButtonPressed, Role::ButtonStroke, Role::TextStrong),
    ];
    for (look, fill, weak_fill, stroke, text) in looks {
        look.bg_fill = color(fill);
        look.weak_bg_fill = color(weak_fill);
        look.bg_stroke = Stroke::new(line::HAIR, color(stroke));
        look.fg_stroke = Stroke::new(line::THIN, color(text));
        look.corner_radius = corner;
        look.expansion = 0.0;
    }
    visuals
}

fn shadow(color: Color32, blur: u8) -> egui::Shadow {
    egui::Shadow { offset: [0, (blur / 3) as i8], blur, spread: 0, color }
}
