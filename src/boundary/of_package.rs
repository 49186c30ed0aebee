//! What a package's own manifest says of the boundary that it is in.
//!
//! In: `[package.metadata.riprap]` of members, and what riprap.toml declares.  Out: declarations with the keys of both, or
//! the keys that both set.  Not here: reading manifests (`config`).

use super::declaration::{Declaration, Origin};
use super::{Pattern, Placed, Problem};
use crate::model::{Model, NodeId};

/// `[package.metadata.riprap]` of one manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfPackage {
    pub package: String,
    /// The manifest, from the workspace's folder.
    pub manifest: String,
    /// The boundary that it speaks of; `None` for the one that the package is in, or else one of the package's name.
    pub boundary: Option<Placed<String>>,
    /// Its name means nothing.
    pub declaration: Declaration,
}

/// What one manifest says, and of which boundary.
pub(super) struct Spoken {
    of: OfPackage,
    name: String,
    folder: String,
}

/// Finds out which boundary each manifest speaks of; what belongs to no package of the model is left out.  `innermost` has
/// the boundary that a package is in without its own word.
pub(super) fn spoken(
    model: &Model,
    folders: &[(NodeId, String)],
    manifests: Vec<OfPackage>,
    innermost: impl Fn(NodeId) -> Option<String>,
) -> Vec<Spoken> {
    let mut spoken = Vec::new();
    for of in manifests {
        let Some((package, folder)) = folders.iter().find(|(node, _)| *model.node(*node).name == *of.package) else {
            continue;
        };
        let named = of.boundary.as_ref().map(|name| name.value.clone());
        let name = named.or_else(|| innermost(*package)).unwrap_or_else(|| of.package.clone());
        spoken.push(Spoken { of, name, folder: folder.clone() });
    }
    spoken
}

/// Puts what manifests say beside what riprap.toml says of the same boundaries; a key that two places set is a problem.
pub(super) fn join(declarations: &mut Vec<Declaration>, spoken: &[Spoken]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for Spoken { of, name, .. } in spoken {
        let said = &of.declaration;
        let known = declarations.iter().position(|declaration| declaration.name == *name).unwrap_or_else(|| {
            // Without the keys, which are taken over below.
            let declaration =
                Declaration { name: name.clone(), span: said.span, api: said.api.clone(), ..Default::default() };
            declarations.push(declaration);
            declarations.len() - 1
        });
        let known = &mut declarations[known];
        for (key, place) in &said.origins {
            match known.origins.get(key) {
                Some(first) => problems.push(twice(key, name, first, place)),
                None => known.take(key, said),
            }
        }
    }
    problems
}

fn twice(key: &str, name: &str, first: &Placed<Origin>, again: &Placed<Origin>) -> Problem {
    let file = |origin: &Origin| match origin {
        Origin::Manifest(path) => path.clone(),
        _ => "riprap.toml".to_owned(),
    };
    let (first_file, file) = (file(&first.value), file(&again.value));
    let message = format!("`{key}` of boundary `{name}` is set in {first_file} and in {file}");
    let mut problem = Problem::new(again.span, message, "set here, too");
    problem.others.push((first.span, "set here".to_owned()));
    problem.with_help(Some("say it in one place".to_owned()))
}

/// A package whose manifest speaks of a boundary is part of it, unless a pattern has it there already.
pub(super) fn contain(declarations: &mut [Declaration], spoken: &[Spoken]) {
    for Spoken { of, name, folder } in spoken {
        let Some(declaration) = declarations.iter_mut().find(|declaration| declaration.name == *name) else { continue };
        let is_covered = declaration.contains.iter().any(|pattern| pattern.value.covers_package(&of.package, folder));
        let says_so = of.declaration.origins.contains_key("contains");
        let Ok(pattern) = Pattern::parse(&of.package) else { continue };
        if is_covered || says_so {
            continue;
        }
        let span = of.boundary.as_ref().map_or(of.declaration.span, |name| name.span);
        declaration.contains.push(Placed { value: pattern, span });
        let origin = Placed { value: Origin::Manifest(of.manifest.clone()), span };
        declaration.origins.entry("contains").or_insert(origin);
    }
}

#[cfg(test)]
mod tests;
