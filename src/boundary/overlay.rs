//! Declarations laid over a model: the boundary of every node.
//!
//! In: the code, declarations.  Out: [`Boundaries`], or every problem found.  Not here: what
//! a boundary shows (`api`) and what it may use (`permission`).

use super::boundaries::{Boundaries, Unmatched};
use super::deployable;
use super::exception;
use super::external;
use super::of_package::{self, OfPackage};
use super::order;
use super::pattern::{Coverage, Specificity};
use super::{BoundaryId, Code, Declaration, Intent, Origin, Pattern, Problem, Shown, Template};
use super::{permission, ratchet, selector};
use crate::model::{Model, NodeId, NodeKind};
use crate::source::Span;
use crate::workspace::TargetKind;

/// A pattern of one boundary that covers a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Candidate {
    boundary: BoundaryId,
    specificity: Specificity,
    span: Span,
}

/// Lays declarations over a model.
///
/// All problems are reported at once: two equally specific patterns on the same code, and names in `may_use` that nothing
/// has.
pub fn resolve(code: Code<'_>, intent: impl Into<Intent>) -> Result<Boundaries, Vec<Problem>> {
    let Laid { boundaries, mut problems, unknown } = laid(code, intent.into());
    problems.extend(unknown);
    sound(boundaries, problems)
}

/// [`resolve`], for declarations of another time: names that nothing has then are names of what is still to come.
pub fn resolve_of_another_time(code: Code<'_>, intent: Intent) -> Result<Boundaries, Vec<Problem>> {
    let Laid { boundaries, problems, .. } = laid(code, intent);
    sound(boundaries, problems)
}

fn sound(boundaries: Boundaries, mut problems: Vec<Problem>) -> Result<Boundaries, Vec<Problem>> {
    problems.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
    if problems.is_empty() { Ok(boundaries) } else { Err(problems) }
}

/// Declarations on a model, whatever is wrong with them.
struct Laid {
    boundaries: Boundaries,
    /// Boundaries without code of their own, and code that two claim.
    problems: Vec<Problem>,
    /// Names that nothing has; they count for nothing.
    unknown: Vec<Problem>,
}

fn laid(code: Code<'_>, intent: Intent) -> Laid {
    let Code { model, folders, .. } = code;
    let Intent {
        boundaries: declared,
        templates,
        defaults,
        of_packages,
        strict,
        layers,
        forbids,
        exceptions,
        crate_groups,
        leaks,
        deployables,
        keeps,
        ratchets,
    } = intent;
    let (mut declarations, mut problems) = completed(model, folders, declared, &templates, of_packages, &defaults);
    let mut matching = Matching::new(model, folders, &declarations);
    if matching.drop_empty_instances(&mut declarations) {
        matching = Matching::new(model, folders, &declarations);
    }
    matching.unmatched.extend(unmatched_templates(model, folders, &templates));
    problems.extend(matching.ties(&declarations));
    let parents = matching.parents(declarations.len());
    let owners = matching.set_of.iter().map(|set| matching.sets[*set].first().map(|c| c.boundary)).collect();
    let count = declarations.len();
    let mut boundaries = Boundaries {
        declarations,
        parents,
        owners,
        roots: vec![Vec::new(); count],
        members: vec![Vec::new(); count],
        unmatched: matching.unmatched,
        strict,
        layers,
        ..Boundaries::default()
    };
    for id in model.node_ids().filter(|id| is_code(model, *id)) {
        let above = model.node(id).parent;
        if let Some(owner) = boundaries.of(id)
            && above.and_then(|above| boundaries.of(above)) != Some(owner)
        {
            boundaries.members[owner.0 as usize].push(id);
        }
        for candidate in &matching.sets[matching.set_of[id.0 as usize]] {
            let boundary = candidate.boundary;
            let is_top = above.is_none_or(|above| {
                matching.sets[matching.set_of[above.0 as usize]].iter().all(|other| other.boundary != boundary)
            });
            if is_top && boundaries.contains(boundary, id) {
                let roots: Vec<NodeId> = if model.node(id).kind == NodeKind::Package {
                    model.children(id).iter().copied().filter(|child| is_nameable_root(model, *child)).collect()
                } else {
                    vec![id]
                };
                boundaries.roots[boundary.0 as usize].extend(roots);
            }
        }
    }
    for roots in &mut boundaries.roots {
        roots.sort();
        roots.dedup();
    }
    boundaries.own(code);
    let mut unknown = boundaries.resolve_api(code);
    boundaries.resolve_sides(model);
    let (permissions, of_permissions, unmatched) = permission::resolve(code, &boundaries);
    boundaries.permissions = permissions;
    boundaries.unmatched.extend(unmatched);
    let (externals, of_externals, unmatched) = external::resolve(model, &boundaries, &crate_groups, &leaks);
    boundaries.externals = externals;
    boundaries.unmatched.extend(unmatched);
    boundaries.forget_what_matches_elsewhere();
    let (ranks, of_ranks) = order::ranks(&boundaries, &boundaries.layers);
    boundaries.ranks = ranks;
    let (forbidden, of_forbids) = order::forbidden(code, &boundaries, forbids);
    boundaries.forbidden = forbidden;
    boundaries.exceptions = exception::resolve(code, &boundaries, exceptions);
    let (deployables, of_deployables) = deployable::resolve(model, deployables);
    boundaries.deployables = deployables;
    let (kept, of_keeps) = order::kept(code, &boundaries, &keeps);
    boundaries.kept = kept;
    let (ratchets, of_ratchets) = ratchet::resolve(code, &boundaries, ratchets);
    boundaries.ratchets = ratchets;
    for more in [of_permissions, of_externals, of_ranks, of_forbids, of_deployables, of_keeps, of_ratchets] {
        unknown.extend(more);
    }
    Laid { boundaries, problems, unknown }
}

/// Every boundary with all that is said of it: in its own table and in manifests, then in its template, then in the
/// defaults.  Sorted by name.
fn completed(
    model: &Model,
    folders: &[(NodeId, String)],
    mut declared: Vec<Declaration>,
    templates: &[Template],
    of_packages: Vec<OfPackage>,
    defaults: &Declaration,
) -> (Vec<Declaration>, Vec<Problem>) {
    let instances: Vec<Declaration> = templates.iter().flat_map(|template| template.expand(model, folders)).collect();
    let of_riprap_toml = match of_packages.is_empty() {
        true => Vec::new(),
        false => instantiated(declared.clone(), &instances),
    };
    let matching = Matching::new(model, folders, &of_riprap_toml);
    let innermost = |package: NodeId| {
        let owner = matching.sets[matching.set_of[package.0 as usize]].first()?;
        Some(of_riprap_toml[owner.boundary.0 as usize].name.clone())
    };
    let spoken = of_package::spoken(model, folders, of_packages, innermost);
    let mut problems = of_package::join(&mut declared, &spoken);
    let mut declarations = instantiated(declared, &instances);
    of_package::contain(&mut declarations, &spoken);
    for declaration in &mut declarations {
        declaration.inherit(defaults);
        if declaration.contains.is_empty() {
            let message = format!("boundary `{}` contains nothing", declaration.name);
            let example = format!("say what it consists of: `contains = [\"{}\"]`", declaration.name);
            let label = match templates.is_empty() {
                true => "`contains` is missing or empty",
                false => "`contains` is missing or empty, and no template makes this boundary",
            };
            problems.push(Problem::new(declaration.span, message, label).with_help(Some(example)));
        }
    }
    declarations.sort_by(|a, b| a.name.cmp(&b.name));
    (declarations, problems)
}

/// With what templates say of them, and with the boundaries that only templates make.
fn instantiated(mut declared: Vec<Declaration>, instances: &[Declaration]) -> Vec<Declaration> {
    for instance in instances {
        match declared.iter_mut().find(|declaration| declaration.name == instance.name) {
            Some(declaration) => declaration.inherit(instance),
            None => declared.push(instance.clone()),
        }
    }
    declared
}

/// Patterns of templates that match nothing for any value of their variable.
fn unmatched_templates(model: &Model, folders: &[(NodeId, String)], templates: &[Template]) -> Vec<Unmatched> {
    let patterns = templates.iter().flat_map(|template| {
        template.declaration.contains.iter().map(move |pattern| (&template.declaration.name, pattern))
    });
    let unmatched = patterns.filter(|(_, pattern)| pattern.value.values(model, folders).is_empty());
    let told = unmatched.map(|(name, pattern)| Unmatched {
        span: pattern.span,
        boundary: name.clone(),
        pattern: pattern.value.to_string(),
        key: "contains",
    });
    told.collect()
}

impl Boundaries {
    /// Whom each entry is for and which packages it shows; names in `only` that nothing has.
    fn resolve_api(&mut self, code: Code<'_>) -> Vec<Problem> {
        let Code { model, folders, .. } = code;
        let mut problems = Vec::new();
        for declaration in &self.declarations {
            let mut shown_packages = Vec::new();
            let mut users = Vec::new();
            for shown in &declaration.api {
                let mut meant = Vec::new();
                if let Shown::Only { users, .. } = &shown.value {
                    for user in users {
                        match selector::resolve(code, self, "only", user) {
                            Ok(selector) => meant.push(selector),
                            Err(problem) => problems.push(problem),
                        }
                    }
                }
                users.push(meant);
                let mut packages = Vec::new();
                for pattern in shown.value.patterns() {
                    let matched = pattern.packages(model, folders);
                    if matched.is_empty() && !pattern.covers_any_name(model) {
                        self.unmatched.push(Unmatched {
                            span: shown.span,
                            boundary: declaration.name.clone(),
                            pattern: pattern.to_string(),
                            key: "api",
                        });
                    }
                    packages.extend(matched);
                }
                shown_packages.push(packages);
            }
            self.shown_packages.push(shown_packages);
            self.users.push(users);
        }
        problems
    }

    /// What several boundaries take from one template, or from the defaults, is a mistake only where it matches for none
    /// of them; then it is told once.
    fn forget_what_matches_elsewhere(&mut self) {
        self.unmatched.sort();
        let mut kept: Vec<Unmatched> = Vec::new();
        for group in self.unmatched.chunk_by(|a, b| (a.span, a.key) == (b.span, b.key)) {
            match self.sharing(&group[0]) {
                None => kept.extend_from_slice(group),
                Some(boundaries) if group.len() >= boundaries => kept.push(group[0].clone()),
                Some(_) => {}
            }
        }
        self.unmatched = kept;
    }

    /// How many boundaries have the value from the same place; `None` where the boundary itself says it.
    fn sharing(&self, unmatched: &Unmatched) -> Option<usize> {
        let origin = |declaration: &Declaration| declaration.origin(unmatched.key).cloned();
        let shared = origin(self.declaration(self.find(&unmatched.boundary)?)).filter(|it| !it.is_own())?;
        Some(self.declarations.iter().filter(|declaration| origin(declaration).as_ref() == Some(&shared)).count())
    }
}

/// What a boundary can consist of.
fn is_code(model: &Model, id: NodeId) -> bool {
    let kind = model.node(id).kind;
    kind.is_module() || kind == NodeKind::Package
}

/// The root of a target whose names other code uses; tests, examples and build scripts offer nothing.
fn is_nameable_root(model: &Model, id: NodeId) -> bool {
    matches!(model.node(id).kind, NodeKind::Target(kind) if kind.is_library() || kind == TargetKind::Bin)
}

/// Which patterns cover which node.
struct Matching {
    /// Distinct sets of candidates, the most specific first; set 0 is empty.
    sets: Vec<Vec<Candidate>>,
    /// For each node its set.
    set_of: Vec<usize>,
    unmatched: Vec<Unmatched>,
}

impl Matching {
    fn new(model: &Model, folders: &[(NodeId, String)], declarations: &[Declaration]) -> Self {
        let patterns: Vec<(Candidate, &Declaration, &Pattern)> = declarations
            .iter()
            .enumerate()
            .flat_map(|(index, declaration)| {
                declaration.contains.iter().map(move |placed| (index, declaration, placed))
            })
            .map(|(index, declaration, placed)| {
                let boundary = BoundaryId(index as u32);
                let specificity = placed.value.specificity();
                (Candidate { boundary, specificity, span: placed.span }, declaration, &placed.value)
            })
            .collect();
        let mut matched = vec![false; patterns.len()];
        let mut sets: Vec<Vec<Candidate>> = vec![Vec::new()];
        let mut set_of = vec![0; model.node_ids().len()];
        for id in model.top_down() {
            let inherited = model.node(id).parent.map_or(0, |parent| set_of[parent.0 as usize]);
            set_of[id.0 as usize] = inherited;
            if !is_code(model, id) {
                continue;
            }
            let folder = folders.iter().find(|(node, _)| *node == id).map(|(_, folder)| folder.as_str());
            let mut direct: Vec<Candidate> = Vec::new();
            for (index, (candidate, _, pattern)) in patterns.iter().enumerate() {
                let covers = match folder {
                    Some(folder) => pattern.covers_package(&model.node(id).name, folder),
                    None => pattern.is_path() && pattern.covers_name(model, id, None) == Coverage::AtOrBelow,
                };
                matched[index] |= covers;
                if covers && !sets[inherited].contains(candidate) {
                    direct.push(*candidate);
                }
            }
            if direct.is_empty() {
                continue;
            }
            let set = merged(&sets[inherited], direct);
            set_of[id.0 as usize] = if set == sets[inherited] {
                inherited
            } else {
                sets.push(set);
                sets.len() - 1
            };
        }
        let unmatched = patterns
            .iter()
            .zip(matched)
            .filter(|(_, matched)| !matched)
            .map(|((candidate, declaration, pattern), _)| Unmatched {
                span: candidate.span,
                boundary: declaration.name.clone(),
                pattern: pattern.to_string(),
                key: "contains",
            })
            .collect();
        Self { sets, set_of, unmatched }
    }

    /// Takes out what a template makes and more specific patterns leave without any code; true if there was such.
    fn drop_empty_instances(&self, declarations: &mut Vec<Declaration>) -> bool {
        let mut owns = vec![false; declarations.len()];
        for set in &self.sets {
            if let Some(owner) = set.first() {
                owns[owner.boundary.0 as usize] = true;
            }
        }
        let before = declarations.len();
        let mut owns = owns.into_iter();
        declarations.retain(|declaration| {
            let is_made = matches!(declaration.origin("contains"), Some(Origin::Template(_)));
            owns.next().unwrap_or_default() || !is_made
        });
        declarations.len() < before
    }

    /// Two patterns on the same code of which neither is more specific: it is unclear whose the code is.
    fn ties(&self, declarations: &[Declaration]) -> Vec<Problem> {
        let mut pairs: Vec<[Candidate; 2]> = Vec::new();
        for set in &self.sets {
            for pair in set.windows(2).filter(|pair| pair[0].specificity == pair[1].specificity) {
                let mut pair = [pair[0], pair[1]];
                pair.sort_by_key(|candidate| candidate.span);
                if !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
        let problem = |[first, second]: [Candidate; 2]| {
            let name = |candidate: Candidate| &declarations[candidate.boundary.0 as usize].name;
            let message = format!("boundaries `{}` and `{}` claim the same code", name(first), name(second));
            let mut problem = Problem::new(second.span, message, "as specific as the other pattern");
            problem.others.push((first.span, format!("boundary `{}` claims it here", name(first))));
            problem
                .with_help(Some("name the code that each shall have more exactly: the longer pattern wins".to_owned()))
        };
        pairs.into_iter().map(problem).collect()
    }

    /// A boundary is nested in another one that covers all its code with less specific patterns.
    fn parents(&self, count: usize) -> Vec<Option<BoundaryId>> {
        let parent = |boundary: BoundaryId| {
            let mut around: Option<Vec<Candidate>> = None;
            for set in &self.sets {
                let Some(own) = set.iter().find(|candidate| candidate.boundary == boundary) else { continue };
                let wider: Vec<Candidate> =
                    set.iter().copied().filter(|candidate| candidate.specificity < own.specificity).collect();
                around = Some(match around {
                    None => wider,
                    Some(before) => before
                        .into_iter()
                        .filter(|candidate| wider.iter().any(|other| other.boundary == candidate.boundary))
                        .collect(),
                });
            }
            // Sets are sorted, so the first is the most specific of those around it.
            around.and_then(|around| around.first().map(|candidate| candidate.boundary))
        };
        (0..count as u32).map(|index| parent(BoundaryId(index))).collect()
    }
}

/// One candidate per boundary, its most specific, the most specific boundary first.
fn merged(inherited: &[Candidate], direct: Vec<Candidate>) -> Vec<Candidate> {
    let mut set: Vec<Candidate> = inherited.iter().copied().chain(direct).collect();
    set.sort_by_key(|candidate| (candidate.boundary, std::cmp::Reverse(candidate.specificity), candidate.span));
    set.dedup_by_key(|candidate| candidate.boundary);
    set.sort_by_key(|candidate| (std::cmp::Reverse(candidate.specificity), candidate.boundary));
    set
}

#[cfg(test)]
mod tests;
