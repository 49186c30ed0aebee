//! The card beside the pointer: the few numbers that answer most questions without a click.
//!
//! In: what is hovered and since when.  Out: a floating card, and a wish to have its numbers made.  Not here: the
//! inspector, which says everything.

use egui::{Area, Id, Order, Ui, vec2};

use crate::app::action::{Action, Actions};
use crate::app::relations::Relations;
use crate::app::state::Document;
use crate::app::widgets::{counted, number, text};
use crate::scene::thing::Thing;
use crate::theme::{Face, Role, TextSize};
use crate::verdict::{Judged, Tally};

/// A pointer that rests this long wants to know, in seconds.
const DELAY_SECS: f64 = 0.3;

/// As many uses as show what an edge is about.
const FIRST_USES: usize = 3;

pub(crate) fn show(ui: &Ui, document: &Document, now: f64, actions: &mut Actions) {
    let Some(hover) = &document.hover else { return };
    let waited = now - hover.since;
    if waited < DELAY_SECS {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(DELAY_SECS - waited + 0.01));
        return;
    }
    let Some(relations) = &hover.relations else {
        actions.push(Action::ExplainHover);
        ui.ctx().request_repaint();
        return;
    };
    let Some(pointer) = ui.input(|input| input.pointer.hover_pos()) else { return };
    Area::new(Id::unique("hover card"))
        .order(Order::Tooltip)
        .interactable(false)
        .fixed_pos(pointer + vec2(16.0, 18.0))
        .constrain_to(document.canvas.camera.canvas().shrink(6.0))
        .show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style()).inner_margin(10.0).show(ui, |ui| {
                ui.set_max_width(360.0);
                ui.spacing_mut().item_spacing.y = 3.0;
                match hover.thing {
                    Thing::Edge { from, to } => {
                        edge(ui, document, relations, &document.name_of(from.into()), &document.name_of(to.into()));
                    }
                    thing => place(ui, document, thing, relations),
                }
            });
        });
}

fn place(ui: &mut Ui, document: &Document, thing: Thing, relations: &Relations) {
    let kind = match thing {
        Thing::Node(node) => document.kind_word(node),
        _ => "boundary",
    };
    ui.label(text(ui, document.name_of(thing), Face::SemiBold, TextSize::Body, Role::TextStrong));
    let index = thing.place().and_then(|place| document.arrangement.cut.find(place));
    let mut size = vec![kind.to_owned()];
    if let Some(shown) = index.map(|index| &document.arrangement.cut.boxes[index as usize]) {
        if shown.modules > 0 && !matches!(thing, Thing::Node(node) if document.is_leaf_module(node)) {
            size.push(counted(u64::from(shown.modules), "module", "modules"));
        }
        size.push(counted(shown.lines, "line", "lines"));
    }
    ui.label(text(ui, size.join(" · "), Face::Regular, TextSize::Small, Role::TextWeak));
    let words = document.treemap_words(thing);
    if !words.is_empty() {
        line(ui, Role::TextStrong, &format!("{}: {words}", document.look.choice.colouring.name()));
    }
    let count = |neighbours: &[crate::app::relations::Neighbour]| {
        let references: u32 = neighbours.iter().map(|neighbour| neighbour.references).sum();
        format!("{} ({})", number(neighbours.len() as u64), counted(u64::from(references), "reference", "references"))
    };
    line(ui, Role::Caller, &format!("used by {}", count(&relations.callers)));
    line(ui, Role::Callee, &format!("uses {}", count(&relations.callees)));
    if let Some(index) = index {
        let (own, others) = violations_of_box(document, index, relations);
        tally(ui, "breaks rules", own);
        tally(ui, "others break rules here", others);
    }
}

/// Those that begin in a box, and those of others that lead there.
fn violations_of_box(document: &Document, index: u32, relations: &Relations) -> (Tally, Tally) {
    let map = &document.arrangement;
    let begins_inside = |judged: &Judged| {
        let from = judged.violation.from_node.and_then(|node| map.cut.box_of(node));
        from.is_none_or(|from| map.is_within(from, index))
    };
    let touching = relations.violations.iter().map(|index| &document.analysis.verdict.violations[*index]);
    let others = touching.filter(|judged| !begins_inside(judged)).map(Judged::standing).collect();
    (map.violations_within[index as usize], others)
}

fn edge(ui: &mut Ui, document: &Document, relations: &Relations, from: &str, to: &str) {
    ui.label(text(ui, from, Face::SemiBold, TextSize::Body, Role::TextStrong));
    ui.label(text(ui, format!("→ {to}"), Face::SemiBold, TextSize::Body, Role::TextStrong));
    let kinds: Vec<String> = relations.kinds.iter().map(|(kind, count)| format!("{count} {}", kind.word())).collect();
    let total = counted(relations.references.len() as u64, "reference", "references");
    ui.label(text(ui, format!("{total}: {}", kinds.join(", ")), Face::Regular, TextSize::Small, Role::TextWeak));
    let violations = &document.analysis.verdict.violations;
    let broken = relations.violations.iter().map(|index| violations[*index].standing());
    tally(ui, "breaks rules", broken.collect());
    let model = &document.analysis.model;
    for id in relations.references.iter().take(FIRST_USES) {
        let reference = model.reference(*id);
        let file = document.analysis.sources.file(reference.file);
        let place = format!("{}:{}", file.path, reference.line);
        ui.label(text(ui, place, Face::Mono, TextSize::Caption, Role::TextWeak));
        let source = text(ui, file.line_text(reference.line).trim(), Face::Mono, TextSize::Small, Role::Text);
        ui.add(egui::Label::new(source).truncate());
    }
    let more = relations.references.len().saturating_sub(FIRST_USES);
    if more > 0 {
        ui.label(text(ui, format!("and {more} more: click"), Face::Regular, TextSize::Small, Role::TextWeak));
    }
}

/// How many are denied, only warned of and accepted; nothing where there are none.
fn tally(ui: &mut Ui, what: &str, tally: Tally) {
    if tally.total() > 0 {
        let role = if tally.denied + tally.warned > 0 { Role::Violation } else { Role::TextWeak };
        line(ui, role, &format!("{what}: {}", tally.in_words()));
    }
}

fn line(ui: &mut Ui, role: Role, words: &str) {
    ui.label(text(ui, words, Face::Medium, TextSize::Small, role));
}
