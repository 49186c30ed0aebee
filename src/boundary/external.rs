//! Which third-party crates a boundary may use, and whose types an API must not show.
//!
//! In: the `external` of each boundary, `[crates]` and `[rules] leaky-contract`, laid over the dependencies of a model.
//! Out: a [`Ruling`] per boundary and crate.  Not here: where the crates are used.

use super::boundaries::{Boundaries, Externals, Ruling, Unmatched};
use super::driver_crates::{COMMON_TYPES, DRIVERS};
use super::pattern::glob_matches;
use super::spelling::did_you_mean;
use super::{BoundaryId, External, Origin, Placed, Problem};
use crate::model::{ExternalId, Model};

/// One entry of `[crates]`: a name for several third-party crates, used as `@name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrateGroup {
    pub name: Placed<String>,
    pub patterns: Vec<Placed<String>>,
}

/// `[rules] leaky-contract`: whose types an API must not show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaks {
    /// `None` for the drivers and frameworks that riprap knows.
    pub crates: Option<Vec<Placed<String>>>,
    /// May be shown although `crates` or `strict` says otherwise.
    pub allow: Vec<Placed<String>>,
    /// Nothing but the standard library, the boundary's own types, those of contracts, and what `allow` names.
    pub strict: bool,
}

/// `-` and `_` are the same in names of crates, and the more exactly a pattern names one, the more it counts.
type Exactness = (usize, bool);

pub(super) fn resolve(
    model: &Model,
    boundaries: &Boundaries,
    groups: &[CrateGroup],
    leaks: &Leaks,
) -> (Externals, Vec<Problem>, Vec<Unmatched>) {
    let crates = model.external_crates().map(|(_, name)| name.replace('-', "_")).collect();
    let mut resolver = Resolver { crates, groups, problems: Vec::new(), unmatched: Vec::new() };
    let mut externals = Externals { strict: leaks.strict, ..Externals::default() };
    for id in boundaries.ids() {
        let declaration = boundaries.declaration(id);
        let rulings = declaration.external.as_ref().map(|external| resolver.rulings(&declaration.name, external));
        externals.rulings.push(rulings);
    }
    externals.leaking = resolver.leaking(leaks);
    (externals, resolver.problems, resolver.unmatched)
}

struct Resolver<'a> {
    /// With `_` for `-`.
    crates: Vec<String>,
    groups: &'a [CrateGroup],
    problems: Vec<Problem>,
    unmatched: Vec<Unmatched>,
}

impl Resolver<'_> {
    fn rulings(&mut self, boundary: &str, external: &External) -> Vec<Ruling> {
        let deny = self.lists(boundary, "external", &external.deny);
        let allow = external.allow.as_ref().map(|allow| self.lists(boundary, "external", allow));
        let ruling = |krate: &String| {
            let allowed = allow.as_ref().and_then(|allow| allow.iter().filter_map(|it| exactness(it, krate)).max());
            let denied = deny.iter().enumerate().filter_map(|(index, it)| Some((exactness(it, krate)?, index)));
            // Of equally exact entries the first is told.
            match denied.max_by_key(|(exactness, index)| (*exactness, std::cmp::Reverse(*index))) {
                Some((denied, index)) if allowed.is_none_or(|allowed| allowed <= denied) => Ruling::Denied(index),
                None if allow.is_some() && allowed.is_none() => Ruling::NotListed,
                _ => Ruling::Allowed,
            }
        };
        self.crates.iter().map(ruling).collect()
    }

    fn leaking(&mut self, leaks: &Leaks) -> Vec<bool> {
        let place = "leaky-contract";
        let listed = match &leaks.crates {
            Some(entries) => self.lists(place, "crates", entries),
            None => vec![DRIVERS.iter().map(|name| (*name).to_owned()).collect()],
        };
        let allowed = self.lists(place, "allow", &leaks.allow);
        let best = |lists: &[Vec<String>], krate: &str| lists.iter().filter_map(|it| exactness(it, krate)).max();
        let leaking = |krate: &String| {
            let listed = best(&listed, krate).or(leaks.strict.then_some((0, false)));
            listed.is_some_and(|listed| best(&allowed, krate).is_none_or(|allowed| allowed < listed))
        };
        self.crates.iter().map(leaking).collect()
    }

    /// The patterns that each entry stands for.
    fn lists(&mut self, place: &str, key: &'static str, entries: &[Placed<String>]) -> Vec<Vec<String>> {
        entries.iter().map(|entry| self.patterns(place, key, entry)).collect()
    }

    fn patterns(&mut self, place: &str, key: &'static str, entry: &Placed<String>) -> Vec<String> {
        let patterns = match entry.value.strip_prefix('@') {
            None => vec![entry.value.replace('-', "_")],
            Some(name) => {
                let Some(group) = self.groups.iter().find(|group| group.name.value == name) else {
                    self.problems.push(unknown_group(self.groups, entry, name));
                    return Vec::new();
                };
                group.patterns.iter().map(|pattern| pattern.value.replace('-', "_")).collect()
            }
        };
        if !self.crates.iter().any(|krate| exactness(&patterns, krate).is_some()) {
            let (boundary, pattern) = (place.to_owned(), entry.value.clone());
            self.unmatched.push(Unmatched { span: entry.span, boundary, pattern, key });
        }
        patterns
    }
}

fn unknown_group(groups: &[CrateGroup], entry: &Placed<String>, name: &str) -> Problem {
    let known = groups.iter().map(|group| group.name.value.as_str());
    let help = match groups.is_empty() {
        true => Some(format!("name the group: `[crates]` with `{name} = [\"..\"]`")),
        false => did_you_mean(name, known),
    };
    Problem::new(entry.span, format!("`[crates]` has no group `{name}`"), "unknown group").with_help(help)
}

/// How exactly the best of these patterns names a crate, if any does.
fn exactness(patterns: &[String], krate: &str) -> Option<Exactness> {
    let matching = patterns.iter().filter(|pattern| glob_matches(pattern, krate));
    matching.map(|pattern| (pattern.find('*').unwrap_or(pattern.len()), !pattern.contains('*'))).max()
}

impl Boundaries {
    /// What a boundary, or else the one around it and so on, says of a crate; the defaults say what none of them does.
    pub fn ruling(&self, boundary: BoundaryId, krate: ExternalId) -> Option<(BoundaryId, Ruling)> {
        let id = self.external_source(boundary)?;
        let rulings = self.externals.rulings[id.0 as usize].as_ref()?;
        Some((id, rulings[krate.0 as usize]))
    }

    /// The boundary whose `external` holds for a boundary's code.
    pub(super) fn external_source(&self, boundary: BoundaryId) -> Option<BoundaryId> {
        let says = |id: &BoundaryId| self.declaration(*id).external.is_some();
        let own = |id: &BoundaryId| self.declaration(*id).origin("external") != Some(&Origin::Defaults);
        let around = self.outwards(boundary).find(|id| says(id) && own(id));
        around.or_else(|| Some(boundary).filter(says))
    }

    /// Whether a type of a crate must not stand in an API; `name` is its last name.
    pub fn is_leak(&self, krate: ExternalId, name: &str) -> bool {
        let is_common = !self.externals.strict && COMMON_TYPES.contains(&name);
        !is_common && self.externals.leaking.get(krate.0 as usize).copied().unwrap_or_default()
    }

    /// Whether an API may show the types of no other boundary but of contracts.
    pub fn is_strict_about_leaks(&self) -> bool {
        self.externals.strict
    }
}

#[cfg(test)]
mod tests;
