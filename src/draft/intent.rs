//! What riprap.toml would say after a move.
//!
//! In: declarations, and a move of code between boundaries or to another path.  Out: the declarations after it.  Not here:
//! laying them over a model (`boundary`).

use std::collections::BTreeMap;

use crate::boundary::{Declaration, Intent, Origin, Pattern, Placed, Shown};
use crate::source::Span;

/// Declarations on their way through the moves.
pub(super) struct Declared {
    pub(super) intent: Intent,
}

/// Nothing in a file says it yet.
fn placed<T>(value: T) -> Placed<T> {
    Placed { value, span: Span::default() }
}

impl Declared {
    pub(super) fn has(&self, boundary: &str) -> bool {
        self.intent.boundaries.iter().any(|declaration| declaration.name == boundary)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.intent.boundaries.iter().map(|declaration| declaration.name.as_str())
    }

    fn find(&mut self, boundary: &str) -> Option<&mut Declaration> {
        self.intent.boundaries.iter_mut().find(|declaration| declaration.name == boundary)
    }

    /// Code named by a pattern becomes a part of a boundary.
    pub(super) fn assign(&mut self, pattern: Pattern, boundary: &str) {
        for declaration in &mut self.intent.boundaries {
            declaration.contains.retain(|known| known.value.text() != pattern.text());
        }
        if let Some(declaration) = self.find(boundary) {
            declaration.contains.push(placed(pattern));
        }
        self.drop_emptied();
    }

    /// A new boundary is on the layer of the one that it is taken from, and has its owner; what it may use is open, and the
    /// one that it is taken from may use it.
    pub(super) fn split(&mut self, patterns: Vec<Pattern>, boundary: &str, from: Option<&str>) {
        // Modules are nested in what is around them, and that may use what is in it.
        let is_nested = patterns.iter().all(Pattern::is_path);
        let from = from.and_then(|name| self.find(name)).map(|from| {
            let old = from.clone();
            if !is_nested {
                from.may_use.iter_mut().for_each(|list| list.push(placed(boundary.to_owned())));
            }
            old
        });
        let own = || placed(Origin::Own);
        let mut origins = BTreeMap::from([("contains", own())]);
        let api = vec![placed(Shown::Root)];
        let mut new = Declaration { name: boundary.to_owned(), api, ..Declaration::default() };
        if let Some(from) = from {
            new.layer = from.layer;
            new.owner = from.owner;
            new.tags = from.tags;
            origins.extend(["layer", "owner", "tags"].map(|key| (key, own())));
        }
        new.origins = origins;
        self.intent.boundaries.push(new);
        for pattern in patterns {
            self.assign(pattern, boundary);
        }
    }

    /// What the one may use and shows, the other one may use and shows, too; where one declares nothing, neither does.
    pub(super) fn merge(&mut self, boundary: &str, into: &str) {
        let Some(index) = self.intent.boundaries.iter().position(|it| it.name == boundary) else { return };
        let gone = self.intent.boundaries.remove(index);
        if let Some(kept) = self.find(into) {
            // A root API is that of both roots then.
            let more = gone.api.into_iter().filter(|shown| kept.api.iter().all(|own| own.value != shown.value));
            let more: Vec<Placed<Shown>> = more.collect();
            kept.api.extend(more);
            kept.contains.extend(gone.contains);
            kept.may_use = match (kept.may_use.take(), gone.may_use) {
                (Some(mine), Some(theirs)) => Some(mine.into_iter().chain(theirs).collect()),
                _ => None,
            };
            kept.events_only.extend(gone.events_only);
            kept.tables.extend(gone.tables);
            kept.domain.extend(gone.domain);
            kept.adapters.extend(gone.adapters);
            kept.stable |= gone.stable;
        }
        self.rename(boundary, into);
    }

    /// Names that meant one boundary mean another one.
    fn rename(&mut self, old: &str, new: &str) {
        self.each_name(&mut |name| {
            if name == old {
                new.clone_into(name);
            }
        });
        for declaration in &mut self.intent.boundaries {
            let own = declaration.name.clone();
            for list in declaration.may_use.iter_mut().chain([&mut declaration.events_only]) {
                list.retain(|entry| entry.value != own);
                let mut seen: Vec<String> = Vec::new();
                list.retain(|entry| {
                    let is_new = !seen.contains(&entry.value);
                    seen.push(entry.value.clone());
                    is_new
                });
            }
        }
    }

    /// Patterns and names follow code to its new path.
    pub(super) fn follow(&mut self, old: &str, new: &str) {
        let moved = |text: &str| {
            let rest = text.strip_prefix(old)?;
            (rest.is_empty() || rest.starts_with("::")).then(|| format!("{new}{rest}"))
        };
        let repattern = |pattern: &mut Pattern| {
            if let Some(Ok(new)) = moved(pattern.text()).map(|text| Pattern::parse(&text)) {
                *pattern = new;
            }
        };
        for declaration in &mut self.intent.boundaries {
            let Declaration { contains, domain, adapters, api, .. } = declaration;
            contains.iter_mut().chain(domain).chain(adapters).for_each(|placed| repattern(&mut placed.value));
            for shown in api {
                match &mut shown.value {
                    Shown::Root | Shown::Pub => {}
                    Shown::Path(pattern) => repattern(pattern),
                    Shown::Only { show, .. } => show.iter_mut().for_each(repattern),
                }
            }
        }
        self.each_name(&mut |name| {
            if let Some(new) = moved(name).filter(|_| name.contains("::")) {
                *name = new;
            }
        });
    }

    /// Everything that names code or a boundary and is no pattern.
    fn each_name(&mut self, change: &mut dyn FnMut(&mut String)) {
        let Intent { boundaries, forbids, exceptions, keeps, ratchets, .. } = &mut self.intent;
        for declaration in boundaries {
            let lists = declaration.may_use.iter_mut().chain([&mut declaration.events_only]);
            lists.flatten().for_each(|entry| change(&mut entry.value));
            for shown in &mut declaration.api {
                if let Shown::Only { users, .. } = &mut shown.value {
                    users.iter_mut().for_each(|user| change(&mut user.value));
                }
            }
        }
        for forbid in forbids {
            let ends = [&mut forbid.from, &mut forbid.to].into_iter().chain(&mut forbid.unless_through);
            ends.for_each(|end| change(&mut end.value));
        }
        for exception in exceptions {
            let ends = exception.from.iter_mut().chain(&mut exception.to);
            ends.for_each(|end| change(&mut end.value));
        }
        for keep in keeps {
            [&mut keep.from, &mut keep.to].into_iter().for_each(|end| change(&mut end.value));
        }
        for ratchet in ratchets {
            ratchet.scope.iter_mut().for_each(|scope| change(&mut scope.value));
        }
    }

    /// A boundary of nothing is none.
    fn drop_emptied(&mut self) {
        self.intent.boundaries.retain(|declaration| !declaration.contains.is_empty());
    }
}
