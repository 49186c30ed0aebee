//! Templates: `[boundary."<name>"]` is one boundary for each thing that its patterns match.
//!
//! In: the template, a model, the folders of its packages.  Out: declarations.  Not here: what else is said of them in
//! tables of their own.

use std::collections::BTreeMap;

use super::declaration::{Declaration, Origin, Shown};
use super::{External, Pattern, Placed};
use crate::model::{Model, NodeId};

/// One `[boundary."<name>"]`; its patterns may have the variable, and so may every name in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// With the angle brackets: `<name>`.
    pub variable: String,
    pub declaration: Declaration,
}

impl Template {
    /// One declaration for each value of the variable, in the order of the values.  What a template contains is told
    /// with what of it there is.
    pub(super) fn expand(&self, model: &Model, folders: &[(NodeId, String)]) -> Vec<Declaration> {
        let mut contains: BTreeMap<String, Vec<Placed<Pattern>>> = BTreeMap::new();
        for pattern in &self.declaration.contains {
            for value in pattern.value.values(model, folders) {
                let bound = Placed { value: pattern.value.bound(&self.variable, &value), span: pattern.span };
                contains.entry(value).or_default().push(bound);
            }
        }
        contains.into_iter().map(|(value, contains)| self.instance(&value, contains)).collect()
    }

    fn instance(&self, value: &str, contains: Vec<Placed<Pattern>>) -> Declaration {
        let Self { variable, declaration } = self;
        let text = |text: &String| text.replace(variable, value);
        let placed = |entry: &Placed<String>| Placed { value: text(&entry.value), span: entry.span };
        let pattern = |pattern: &Pattern| pattern.bound(variable, value);
        let placed_pattern = |it: &Placed<Pattern>| Placed { value: pattern(&it.value), span: it.span };
        let shown = |shown: &Placed<Shown>| Placed {
            span: shown.span,
            value: match &shown.value {
                Shown::Root => Shown::Root,
                Shown::Pub => Shown::Pub,
                Shown::Path(path) => Shown::Path(pattern(path)),
                Shown::Only { users, show } => {
                    Shown::Only { users: users.iter().map(placed).collect(), show: show.iter().map(pattern).collect() }
                }
            },
        };
        let declaration = Declaration {
            name: text(&declaration.name),
            span: declaration.span,
            contains,
            api: declaration.api.iter().map(shown).collect(),
            may_use: declaration.may_use.as_ref().map(|entries| entries.iter().map(placed).collect()),
            events_only: declaration.events_only.iter().map(placed).collect(),
            tables: declaration.tables.iter().map(placed).collect(),
            external: declaration.external.as_ref().map(|external| External {
                span: external.span,
                allow: external.allow.as_ref().map(|entries| entries.iter().map(placed).collect()),
                deny: external.deny.iter().map(placed).collect(),
            }),
            owner: declaration.owner.as_ref().map(text),
            layer: declaration.layer.as_ref().map(placed),
            tags: declaration.tags.iter().map(text).collect(),
            domain: declaration.domain.iter().map(placed_pattern).collect(),
            adapters: declaration.adapters.iter().map(placed_pattern).collect(),
            ..declaration.clone()
        };
        declaration.said_by(&Origin::Template(self.declaration.name.clone()))
    }
}

#[cfg(test)]
mod tests {
    use crate::boundary::fixture::{Fixture, declarations, template};
    use crate::boundary::{Boundaries, Intent, resolve};

    const WORKSPACE: &str = "
        package orders core/orders/api
        package orders-db db/orders
        package billing core/billing/api
        package ledger-db db/ledger
        package app app
        mod app::cart
        mod app::cart::price
        mod app::menu
    ";

    fn boundaries(intent: Intent) -> Boundaries {
        let fixture = Fixture::new(WORKSPACE);
        resolve(fixture.code(), intent).unwrap()
    }

    /// `name: contains; api, may_use` of each boundary.
    #[track_caller]
    fn check(intent: Intent, expected: &[&str]) {
        let boundaries = boundaries(intent);
        let line = |id| {
            let declaration = boundaries.declaration(id);
            let contains: Vec<&str> = declaration.contains.iter().map(|pattern| pattern.value.text()).collect();
            let uses =
                declaration.may_use.as_ref().map(|uses| uses.iter().map(|it| it.value.as_str()).collect::<Vec<_>>());
            let layer = declaration.layer.as_ref().map(|layer| layer.value.as_str());
            format!("{}: {}; {:?} {:?}", declaration.name, contains.join(" "), uses, layer)
        };
        assert_eq!(boundaries.ids().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_match_is_a_boundary_with_the_patterns_that_match_for_it() {
        let templates = vec![template("<name>", "contains core/<name>/* <name>-db; may_use <name>-db")];
        check(
            Intent { templates, ..Intent::default() },
            &[
                "billing: core/billing/*; Some([\"billing-db\"]) None",
                "ledger: ledger-db; Some([\"ledger-db\"]) None",
                "orders: core/orders/* orders-db; Some([\"orders-db\"]) None",
            ],
        );
    }

    #[test]
    fn modules_make_boundaries_too_and_the_name_may_have_more_than_the_variable() {
        let templates = vec![template("app-<module>", "contains app::<module>")];
        check(
            Intent { templates, ..Intent::default() },
            &["app-cart: app::cart; None None", "app-menu: app::menu; None None"],
        );
    }

    #[test]
    fn a_table_says_what_differs_from_its_template_and_the_defaults() {
        let templates = vec![template("<name>", "contains core/<name>/*; may_use orders")];
        let boundaries = declarations(&[("billing", "may_use app"), ("app", "contains app")]);
        let defaults = crate::boundary::fixture::declare("", "may_use orders");
        check(
            Intent { templates, boundaries, defaults, ..Intent::default() },
            &[
                "app: app; Some([\"orders\"]) None",
                "billing: core/billing/*; Some([\"app\"]) None",
                "orders: core/orders/*; Some([\"orders\"]) None",
            ],
        );
    }

    #[test]
    fn what_is_named_plainly_outranks_a_template() {
        let templates = vec![template("<name>", "contains core/<name>/*")];
        let boundaries = declarations(&[("money", "contains core/billing/*")]);
        let boundaries = boundaries_of(Intent { templates, boundaries, ..Intent::default() });
        assert_eq!(boundaries, ["money -> [\"billing\"]", "orders -> [\"orders\"]"]);
    }

    fn boundaries_of(intent: Intent) -> Vec<String> {
        let fixture = Fixture::new(WORKSPACE);
        let boundaries = resolve(fixture.code(), intent).unwrap();
        let members = |id| {
            let paths: Vec<&str> = boundaries.members(id).iter().map(|node| fixture.model.path(*node)).collect();
            format!("{} -> {paths:?}", boundaries.name(id))
        };
        boundaries.ids().map(members).collect()
    }

    #[test]
    fn a_template_that_matches_nothing_is_told_once() {
        let templates = vec![template("<name>", "contains core/<name>/* services/<name>; api <name>::gone")];
        let boundaries = boundaries(Intent { templates, ..Intent::default() });
        let told: Vec<String> = boundaries.unmatched().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "`services/<name>` of boundary `<name>` matches no code",
                "the API pattern `billing::gone` of boundary `billing` matches nothing",
            ]
        );
    }
}
