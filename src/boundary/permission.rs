//! What a boundary says it may use.
//!
//! In: the `may_use` lists, resolved onto a model.  Out: whether a route into another boundary is allowed.  Not here:
//! finding that route, and judging.

use super::boundaries::{Boundaries, Permission};
use super::pattern::{Coverage, glob_matches};
use super::spelling::did_you_mean;
use super::{BoundaryId, Pattern, Placed, Problem};
use crate::model::{Model, NodeId, Step};
use crate::source::Span;

type Resolved = (Vec<Option<Vec<Permission>>>, Vec<Problem>, Vec<(Span, String)>);

/// The permissions of each boundary; names that nothing has; paths that match nothing.
pub(super) fn resolve(model: &Model, folders: &[(NodeId, String)], boundaries: &Boundaries) -> Resolved {
    let mut problems = Vec::new();
    let mut unmatched = Vec::new();
    let mut permissions = Vec::new();
    for id in boundaries.ids() {
        let declaration = boundaries.declaration(id);
        permissions.push(declaration.may_use.as_ref().map(|entries| {
            let mut resolved = Vec::new();
            for entry in entries {
                match resolve_entry(model, folders, boundaries, entry) {
                    Ok(Permission::Path(pattern)) if !pattern.covers_any_name(model) => unmatched.push((
                        entry.span,
                        format!("`{pattern}`, which boundary `{}` may use, matches nothing", declaration.name),
                    )),
                    Ok(permission) => resolved.push(permission),
                    Err(problem) => problems.push(problem),
                }
            }
            resolved
        }));
    }
    (permissions, problems, unmatched)
}

fn resolve_entry(
    model: &Model,
    folders: &[(NodeId, String)],
    boundaries: &Boundaries,
    entry: &Placed<String>,
) -> Result<Permission, Problem> {
    let named: Vec<BoundaryId> =
        boundaries.ids().filter(|id| glob_matches(&entry.value, boundaries.name(*id))).collect();
    if !named.is_empty() {
        return Ok(Permission::Boundaries(named));
    }
    let pattern = Pattern::parse(&entry.value)
        .map_err(|why| Problem::new(entry.span, format!("`{}` in `may_use`: {why}", entry.value), why))?;
    if pattern.is_path() {
        return Ok(Permission::Path(pattern));
    }
    let packages = pattern.packages(model, folders);
    if !packages.is_empty() {
        return Ok(Permission::Packages(packages));
    }
    let message = if pattern.is_folder() {
        format!("`{pattern}` in `may_use` holds no package")
    } else {
        format!("`{pattern}` in `may_use` is neither a boundary nor a package of this workspace")
    };
    let names = boundaries.ids().map(|id| boundaries.name(id));
    let packages = folders.iter().map(|(node, _)| &*model.node(*node).name);
    let help = did_you_mean(&entry.value, names.chain(packages));
    Err(Problem::new(entry.span, message, "unknown name").with_help(help))
}

impl Boundaries {
    /// True if the boundary says what it may use.
    pub fn declares_dependencies(&self, user: BoundaryId) -> bool {
        self.permissions[user.0 as usize].is_some()
    }

    /// Whether `user` may use what a route names; a boundary that declares nothing may use anything.
    ///
    /// `place` is the module through which the route enters another boundary, `steps` the route from there on.
    pub fn permits(&self, model: &Model, user: BoundaryId, place: NodeId, steps: &[Step]) -> bool {
        let Some(permissions) = &self.permissions[user.0 as usize] else { return true };
        permissions.iter().any(|permission| match permission {
            Permission::Boundaries(allowed) => self.chain(place).any(|id| allowed.contains(&id)),
            Permission::Packages(allowed) => model.package_of(place).is_some_and(|id| allowed.contains(&id)),
            Permission::Path(pattern) => {
                let covered = |step: &Step| {
                    let name = pattern.covers_name(model, step.module, Some(model.symbol(step.name)));
                    name.max(pattern.covers_name(model, step.node, None))
                };
                let leads_there =
                    |step: &Step| covered(step) == Coverage::OnTheWay && model.node(step.node).kind.is_module();
                steps.iter().any(|step| covered(step) == Coverage::AtOrBelow) || steps.last().is_some_and(leads_there)
            }
        })
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
        match crate::boundary::resolve(&fixture.model, &fixture.folders, declared) {
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
    fn a_path_that_matches_nothing_is_noted() {
        let fixture = Fixture::new(WORKSPACE);
        let boundaries = fixture.boundaries(vec![declare("orders", "contains orders; may_use inventory::gone")]);
        let file = crate::source::SourceFile::new("riprap.toml".into(), "".into());
        let details: Vec<String> = boundaries.notes(&file).into_iter().map(|note| note.detail).collect();
        assert_eq!(details, ["`inventory::gone`, which boundary `orders` may use, matches nothing"]);
    }
}
