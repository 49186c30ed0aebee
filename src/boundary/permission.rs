//! What a boundary says it may use.
//!
//! In: the lists of `may_use` and `events_only`, resolved onto a model.  Out: whether a route into another boundary is allowed.  Not here:
//! finding that route, and judging.

use super::boundaries::{Boundaries, Permissions, Selector};
use super::pattern::Coverage;
use super::selector;
use super::{BoundaryId, Code, Origin, Placed, Problem, Unmatched};
use crate::model::{Model, NodeId, Step};

type Resolved = (Vec<Permissions>, Vec<Problem>, Vec<Unmatched>);

/// The permissions of each boundary; names that nothing has; paths that match nothing.
pub(super) fn resolve(code: Code<'_>, boundaries: &Boundaries) -> Resolved {
    let mut problems = Vec::new();
    let mut unmatched = Vec::new();
    let mut permissions = Vec::new();
    for id in boundaries.ids() {
        let declaration = boundaries.declaration(id);
        let mut resolve = |(key, entry): (&'static str, &Placed<String>)| {
            // What a template or the defaults say for many may mean nothing for one of them.
            let is_own = declaration.origin(key).is_none_or(Origin::is_own);
            match selector::resolve(code, boundaries, key, entry) {
                Ok(Selector::Path(pattern)) if !pattern.covers_any_name(code.model) => {}
                Ok(selector) => return Some(selector),
                Err(problem) if is_own => {
                    problems.push(problem);
                    return None;
                }
                Err(_) => {}
            }
            unmatched.push(Unmatched {
                span: entry.span,
                boundary: declaration.name.clone(),
                pattern: entry.value.clone(),
                key,
            });
            None
        };
        permissions.push(declaration.permitted().map(&mut resolve).collect());
    }
    (permissions, problems, unmatched)
}

impl Boundaries {
    /// True if the boundary says what it may use.
    pub fn declares_dependencies(&self, user: BoundaryId) -> bool {
        self.strict || self.declaration(user).may_use.is_some()
    }

    /// Whether `user` may use what a route names; a boundary that declares nothing may use anything.
    ///
    /// `place` is the module through which the route enters another boundary, `steps` the route from there on.
    pub fn permits(&self, model: &Model, user: BoundaryId, place: NodeId, steps: &[Step]) -> bool {
        !self.declares_dependencies(user) || self.permitting(model, user, place, steps).next().is_some()
    }

    /// The entries of `may_use` that mean something for this boundary; what a template or the defaults say for many may
    /// mean nothing for one.
    pub fn meaningful_permissions(&self, user: BoundaryId) -> Vec<&str> {
        let entries = self.declaration(user).may_use.iter().flatten();
        let meant = &self.permissions[user.0 as usize];
        entries.zip(meant).filter(|(_, meant)| meant.is_some()).map(|(entry, _)| entry.value.as_str()).collect()
    }

    /// The entry of `events_only` that alone allows it: then types may be named, and nothing called.
    pub fn events_alone(
        &self,
        model: &Model,
        user: BoundaryId,
        place: NodeId,
        steps: &[Step],
    ) -> Option<&Placed<String>> {
        let declaration = self.declaration(user);
        let calls = declaration.may_use.as_ref().map_or(0, Vec::len);
        // The entries of `may_use` come first.
        let first = self.permitting(model, user, place, steps).next()?;
        first.checked_sub(calls).map(|index| &declaration.events_only[index])
    }

    /// The entries of [`Declaration::permitted`](super::Declaration::permitted) that allow it, in their order.
    pub fn permitting<'a>(
        &'a self,
        model: &'a Model,
        user: BoundaryId,
        place: NodeId,
        steps: &'a [Step],
    ) -> impl Iterator<Item = usize> + 'a {
        let permissions = &self.permissions[user.0 as usize];
        let allows = move |selector: &Selector| match selector {
            Selector::Path(pattern) => {
                let covered = |step: &Step| {
                    let name = pattern.covers_name(model, step.module, Some(model.symbol(step.name)));
                    name.max(pattern.covers_name(model, step.node, None))
                };
                let leads_there =
                    |step: &Step| covered(step) == Coverage::OnTheWay && model.node(step.node).kind.is_module();
                steps.iter().any(|step| covered(step) == Coverage::AtOrBelow) || steps.last().is_some_and(leads_there)
            }
            // What it names counts as well as where it is.
            Selector::Found(found) => found.has(place) || steps.iter().any(|step| found.has(step.node)),
            other => other.covers(model, self, place),
        };
        permissions
            .iter()
            .enumerate()
            .filter_map(move |(index, selector)| selector.as_ref().is_some_and(allows).then_some(index))
    }
}

#[cfg(test)]
mod tests {
    use crate::boundary::fixture::{Fixture, declarations, declare};

    const WORKSPACE: &str = "
        package orders core/orders
        package inventory core/inventory
        pub mod inventory::stock
        pub struct inventory::stock::Level
        package web apps/web
    ";

    fn problems(orders_may_use: &str) -> Vec<String> {
        let fixture = Fixture::new(WORKSPACE);
        let declared = declarations(&[
            ("orders", &format!("contains orders; may_use {orders_may_use}")),
            ("stock", "contains inventory"),
        ]);
        match crate::boundary::resolve(fixture.code(), declared) {
            Ok(_) => Vec::new(),
            Err(problems) => {
                problems.into_iter().map(|p| format!("{}; {}", p.message, p.help.unwrap_or_default())).collect()
            }
        }
    }

    #[test]
    fn boundaries_packages_folders_and_paths_are_known() {
        assert!(problems("stock web apps/* inventory::stock * sto*").is_empty());
    }

    #[test]
    fn an_unknown_name_is_a_problem_with_the_nearest_known_one() {
        assert_eq!(
            problems("stok inventry apps2/"),
            [
                "`stok` in `may_use` is neither a boundary nor a package of this workspace; did you mean `stock`?",
                "`inventry` in `may_use` is neither a boundary nor a package of this workspace; did you mean `inventory`?",
                "`apps2/` in `may_use` holds no package; ",
            ]
        );
    }

    #[test]
    fn a_path_that_matches_nothing_is_kept() {
        let fixture = Fixture::new(WORKSPACE);
        let boundaries = fixture.boundaries(vec![declare("orders", "contains orders; may_use inventory::gone")]);
        let told: Vec<String> = boundaries.unmatched().iter().map(ToString::to_string).collect();
        assert_eq!(told, ["`inventory::gone`, which boundary `orders` may use, matches nothing"]);
    }
}
