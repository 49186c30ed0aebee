//! `[[ratchet]]`: numbers that may not get worse.
//!
//! In: what riprap.toml declares, a model, the boundaries on it.  Out: [`Ratcheted`], or why a scope has no such number.
//! Not here: the numbers (`metrics`), what they are held to (`verdict`), and judging.

use super::boundaries::{Boundaries, Ratcheted, Scope};
use super::spelling::did_you_mean;
use super::{Code, Extent, FOUND, Placed, Problem, Ratchet, WORKSPACE, select};
use crate::model::Model;
use crate::query::Set;

pub(super) fn resolve(
    code: Code<'_>,
    boundaries: &Boundaries,
    declared: Vec<Ratchet>,
) -> (Vec<Ratcheted>, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut ratchets = Vec::new();
    for declared in declared {
        let scope = match &declared.scope {
            Some(query) if declared.metric == FOUND => count(code, boundaries, query),
            _ => scope(code.model, boundaries, &declared),
        };
        match scope {
            Ok(scope) => ratchets.push(Ratcheted { declared, scope }),
            Err(problem) => problems.push(problem),
        }
    }
    (ratchets, problems)
}

fn scope(model: &Model, boundaries: &Boundaries, declared: &Ratchet) -> Result<Scope, Problem> {
    let (scope, extent) = match &declared.scope {
        None => (Scope::Workspace, Extent::Workspace),
        Some(name) => named(model, boundaries, name)?,
    };
    if declared.of.contains(&extent) {
        return Ok(scope);
    }
    let span = declared.scope.as_ref().map_or(declared.span, |scope| scope.span);
    let of: Vec<String> = declared.of.iter().map(ToString::to_string).collect();
    let (metric, name) = (&declared.metric, declared.scope_name());
    let message = format!("`{metric}` is a number of {}, and `{name}` is {extent}", of.join(" or "));
    let help = match (extent, declared.of) {
        (Extent::Workspace, _) => "say of which: `scope = \"orders\"`",
        (_, [Extent::Workspace]) => "leave `scope` out",
        _ => "docs/metrics.md says what has which number",
    };
    Err(Problem::new(span, message, "has no such number").with_help(Some(help.to_owned())))
}

/// How much a query finds.
fn count(code: Code<'_>, boundaries: &Boundaries, query: &Placed<String>) -> Result<Scope, Problem> {
    let text = query.value.as_str();
    let ground = code.ground(boundaries);
    let found = Set::parse(text).and_then(|set| select(ground, &set)).map_err(|mistake| {
        let message = format!("`{text}` in `query`, column {}: {}", mistake.column(text), mistake.message);
        Problem::new(query.span, message, "not understood").with_help(mistake.help)
    })?;
    Ok(Scope::Found((found.nodes().count() + found.crates().count()) as u64))
}

/// A boundary first, then a module; a crate's name is that of its root module.
fn named(model: &Model, boundaries: &Boundaries, name: &Placed<String>) -> Result<(Scope, Extent), Problem> {
    if let Some(id) = boundaries.find(&name.value) {
        return Ok((Scope::Boundary(id), Extent::Boundary));
    }
    if name.value == WORKSPACE {
        return Ok((Scope::Workspace, Extent::Workspace));
    }
    let module = model.find(&name.value).filter(|node| model.node(*node).kind.is_module());
    module.map(|module| (Scope::Module(module), Extent::Module)).ok_or_else(|| {
        let message = format!("`{}` in `scope` is neither a boundary nor a module of this workspace", name.value);
        let names = boundaries.ids().map(|id| boundaries.name(id));
        let modules = model.module_ids().map(|module| model.path(module));
        let help = did_you_mean(&name.value, names.chain(modules));
        Problem::new(name.span, message, "unknown name").with_help(help)
    })
}

impl Boundaries {
    /// In the order of riprap.toml.
    pub fn ratchets(&self) -> &[Ratcheted] {
        &self.ratchets
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::{Fixture, declarations};
    use crate::boundary::{BoundaryId, Intent};
    use crate::source::Span;

    fn resolved(of: &'static [Extent], scope: Option<&str>) -> Result<Scope, String> {
        let fixture = Fixture::new("package orders orders\nmod orders::stock\nmod orders::price");
        let boundaries = declarations(&[("sales", "contains orders")]);
        let scope = scope.map(|scope| Placed { value: scope.to_owned(), span: Span::default() });
        let ratchet = Ratchet { span: Span::default(), metric: "lines".to_owned(), of, scope };
        let intent = Intent { boundaries, ratchets: vec![ratchet], ..Intent::default() };
        match crate::boundary::resolve(fixture.code(), intent) {
            Ok(boundaries) => Ok(boundaries.ratchets()[0].scope),
            Err(problems) => {
                let problem = &problems[0];
                Err(format!("{}; {}", problem.message, problem.help.as_deref().unwrap_or_default()))
            }
        }
    }

    const ALL: &[Extent] = &[Extent::Workspace, Extent::Boundary, Extent::Module];

    #[test]
    fn a_scope_is_a_boundary_or_a_module_or_everything() {
        assert_eq!(resolved(ALL, None), Ok(Scope::Workspace));
        assert_eq!(resolved(ALL, Some("workspace")), Ok(Scope::Workspace));
        assert_eq!(resolved(ALL, Some("sales")), Ok(Scope::Boundary(BoundaryId(0))));
        assert!(matches!(resolved(ALL, Some("orders::stock")), Ok(Scope::Module(_))));
        assert!(matches!(resolved(ALL, Some("orders")), Ok(Scope::Module(_))));
    }

    #[test]
    fn what_nothing_is_called_has_the_nearest_known_name() {
        assert_eq!(
            resolved(ALL, Some("orders::stok")),
            Err("`orders::stok` in `scope` is neither a boundary nor a module of this workspace; did you mean \
                 `orders::stock`?"
                .to_owned())
        );
    }

    #[test]
    fn what_has_no_such_number_is_told() {
        assert_eq!(
            resolved(&[Extent::Boundary], None),
            Err("`lines` is a number of a boundary, and `workspace` is the workspace; say of which: `scope = \
                 \"orders\"`"
                .to_owned())
        );
        assert_eq!(
            resolved(&[Extent::Workspace], Some("sales")),
            Err("`lines` is a number of the workspace, and `sales` is a boundary; leave `scope` out".to_owned())
        );
    }
}
