//! Imports against a naive fixed point, on random modules that re-export each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proptest::prelude::*;

use super::{ReferenceKind, edges, model};

/// What one module re-exports: all of a module, or one item of one (by the module that defines it).
#[derive(Clone, Debug)]
enum Reexport {
    Glob(usize),
    Item { from: usize, defined_in: usize },
}

/// Each module `m<i>` defines `S<i>` and re-exports.
fn modules() -> impl Strategy<Value = Vec<Vec<Reexport>>> {
    (2_usize..7).prop_flat_map(|count| {
        let reexport = prop_oneof![
            (0..count).prop_map(Reexport::Glob),
            (0..count, 0..count).prop_map(|(from, defined_in)| Reexport::Item { from, defined_in }),
        ];
        prop::collection::vec(prop::collection::vec(reexport, 0..4), count)
    })
}

/// Which items each module shows, by going round until nothing new is found.
fn shown(modules: &[Vec<Reexport>]) -> Vec<BTreeSet<usize>> {
    let mut shown: Vec<BTreeSet<usize>> = (0..modules.len()).map(|index| BTreeSet::from([index])).collect();
    loop {
        let mut next = shown.clone();
        for (index, reexports) in modules.iter().enumerate() {
            for reexport in reexports {
                match reexport {
                    Reexport::Glob(from) => next[index].extend(shown[*from].iter().copied()),
                    Reexport::Item { from, defined_in } if shown[*from].contains(defined_in) => {
                        next[index].insert(*defined_in);
                    }
                    Reexport::Item { .. } => {}
                }
            }
        }
        if next == shown {
            return shown;
        }
        shown = next;
    }
}

fn text(modules: &[Vec<Reexport>], user: &str) -> String {
    let mut text = String::from("//- /src/lib.rs lib:k\n");
    for (index, reexports) in modules.iter().enumerate() {
        let _ = write!(text, "pub mod m{index} {{ pub struct S{index};");
        let mut written = BTreeSet::new();
        for reexport in reexports {
            let _ = match reexport {
                Reexport::Glob(from) if *from != index => write!(text, " pub use super::m{from}::*;"),
                // A name stands once among a module's own: its item, or one import of it.
                Reexport::Item { from, defined_in }
                    if *from != index && *defined_in != index && written.insert(*defined_in) =>
                {
                    write!(text, " pub use super::m{from}::S{defined_in};")
                }
                _ => Ok(()),
            };
        }
        text.push_str(" }\n");
    }
    text.push_str(user);
    text
}

/// The re-exports that code which compiles could have, and what each module then shows: what nothing declares would count
/// as made by a macro.
fn compiling(modules: Vec<Vec<Reexport>>) -> (Vec<Vec<Reexport>>, Vec<BTreeSet<usize>>) {
    // The second import of a name is left out of the text, so it is left out here, too.
    let mut kept = modules;
    for (index, reexports) in kept.iter_mut().enumerate() {
        let mut written = BTreeSet::new();
        reexports.retain(|reexport| match reexport {
            Reexport::Glob(from) => *from != index,
            Reexport::Item { from, defined_in } => {
                *from != index && *defined_in != index && written.insert(*defined_in)
            }
        });
    }
    let shown = shown(&kept);
    for reexports in &mut kept {
        reexports.retain(|reexport| match reexport {
            Reexport::Glob(_) => true,
            Reexport::Item { from, defined_in } => shown[*from].contains(defined_in),
        });
    }
    (kept, shown)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// A name that some chain of globs and re-exports shows leads to its definer; one that none shows leads nowhere.
    #[test]
    fn names_are_found_exactly_where_a_naive_search_finds_them(modules in modules()) {
        let (kept, shown) = compiling(modules);
        let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut user = String::new();
        for (module, shown) in shown.iter().enumerate() {
            for item in 0..kept.len() {
                let _ = writeln!(user, "mod u{module}_{item} {{ use crate::m{module}::*; fn f(_: S{item}) {{}} }}");
                if shown.contains(&item) {
                    expected.entry(format!("k::u{module}_{item}")).or_default().insert(format!("k::m{item}"));
                }
            }
        }
        let model = model(&text(&kept, &user));
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for id in model.edge_ids() {
            let edge = model.edge(id);
            let mut kinds = model.references_of(id).map(|(_, reference)| reference.kind);
            if !model.path(edge.from).starts_with("k::u") || !kinds.any(|kind| kind == ReferenceKind::Type) {
                continue;
            }
            found.entry(model.path(edge.from).into()).or_default().insert(model.path(edge.to).into());
        }
        prop_assert_eq!(found, expected);
    }

    /// The result does not depend on the order in which the text declares things.
    #[test]
    fn the_order_of_declarations_changes_nothing(modules in modules()) {
        let (modules, _) = compiling(modules);
        let forwards = model(&text(&modules, ""));
        let mut lines: Vec<String> = text(&modules, "").lines().skip(1).map(str::to_owned).collect();
        lines.reverse();
        let backwards = model(&format!("//- /src/lib.rs lib:k\n{}\n", lines.join("\n")));
        // Named re-exports may contain each other, which the compiler refuses: then only their ends are certain.
        let only_globs = modules.iter().flatten().all(|reexport| matches!(reexport, Reexport::Glob(_)));
        let told = |line: String| match only_globs {
            true => line,
            false => line.split(" via ").next().unwrap_or_default().to_owned(),
        };
        let lines = |model| edges(model).into_iter().map(told).collect::<Vec<_>>();
        prop_assert_eq!(lines(&forwards), lines(&backwards));
    }
}
