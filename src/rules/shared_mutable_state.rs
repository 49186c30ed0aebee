//! A static that can change and that more than one boundary reaches.
//!
//! In: statics and who reaches them.  Out: one violation per static.  Not here: what a static holds (`statics`), and state
//! behind an API (`shared_handle`).

use super::ring::listed;
use super::statics::{Holding, Static};
use super::{Context, Rule, Violation};
use crate::boundary::BoundaryId;
use crate::model::ReferenceId;

pub(super) const RULE: Rule = Rule {
    name: "shared-mutable-state",
    group: "state",
    summary: "a static that can change is reached from more than one boundary",
    documentation: include_str!("shared_mutable_state.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Violation> {
    if context.boundaries.is_empty() {
        return Vec::new();
    }
    let statics = context.statics().into_iter().filter(|it| it.holding == Holding::Mutable);
    statics.filter_map(|it| violation(context, &it)).collect()
}

fn violation(context: &Context<'_>, it: &Static) -> Option<Violation> {
    let (model, boundaries) = (context.model, context.boundaries);
    let owner = it.owner?;
    // What is nested in a boundary is a part of it.
    let is_other = |user: &BoundaryId| {
        !boundaries.outwards(*user).any(|id| id == owner) && !boundaries.outwards(owner).any(|id| id == *user)
    };
    let users: Vec<(BoundaryId, &Vec<ReferenceId>)> = it
        .access
        .iter()
        .filter(|(user, references)| is_other(user) && references.iter().any(|id| model.reference(*id).proves()))
        .map(|(user, references)| (*user, references))
        .collect();
    if users.is_empty() {
        return None;
    }
    let path = model.path(it.node);
    let owner_name = boundaries.name(owner);
    let names: Vec<String> = users.iter().map(|(user, _)| boundaries.name(*user).to_owned()).collect();
    let mut references: Vec<ReferenceId> =
        users.iter().flat_map(|(_, references)| references.iter().copied()).collect();
    references.sort_by_key(|id| (!model.reference(*id).proves(), *id));
    let kind = if it.type_text.is_empty() { String::new() } else { format!(" of type `{}`", it.type_text) };
    Some(Violation {
        from_node: Some(it.node),
        message: format!("`{path}` in boundary `{owner_name}` can change, and {} can reach it", listed("", &names)),
        label: format!("state of `{owner_name}`"),
        why: format!(
            "any of them may change what the others see{kind}: no API says when, and none can move to a process of its own"
        ),
        route: Some(format!(
            "keep it private to `{owner_name}` and offer what the others do with it as functions of its API, or hand it in as \
             an argument"
        )),
        references,
        ..Violation::between(RULE.name, path, "")
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check_written;

    const DECLARED: [(&str, &str); 3] =
        [("stock", "contains stock"), ("inner", "contains stock::inner"), ("web", "contains web")];

    #[track_caller]
    fn check(static_: &str, in_web: &str, expected: &[&str]) {
        let text = format!(
            "//- /stock/src/lib.rs lib:stock
pub mod inner;
{static_}
fn own() {{ NUMBER; }}
//- /stock/src/inner.rs
fn nested() {{ crate::X; }}
//- /web/src/lib.rs lib:web deps:stock
{in_web}
"
        );
        check_written("shared-mutable-state", &text, &DECLARED, expected);
    }

    const FOUND: &str = "`stock::X` in boundary `stock` can change, and `web` can reach it";

    #[test]
    fn what_can_change_and_two_boundaries_reach_is_found() {
        for static_ in [
            "pub static X: std::sync::Mutex<Vec<u8>> = std::sync::Mutex::new(Vec::new());",
            "pub static mut X: u32 = 0;",
            "pub static X: OnceLock<RwLock<u8>> = OnceLock::new();",
            "pub static X: LazyLock<DashMap<u8, u8>> = LazyLock::new(DashMap::new);",
            "pub static X: AtomicBool = AtomicBool::new(false);",
            "thread_local! { pub static X: RefCell<u8> = RefCell::new(0); }",
            "lazy_static! { pub static ref X: Mutex<u8> = Mutex::new(0); }",
        ] {
            check(static_, "fn f() { stock::X; }", &[FOUND]);
        }
    }

    #[test]
    fn an_atomic_that_somebody_sets_is_state_and_one_that_is_counted_is_not() {
        let static_ = "pub static X: AtomicU64 = AtomicU64::new(0);";
        check(static_, "fn f() { stock::X.store(1, Relaxed); }", &[FOUND]);
        check(static_, "use stock::X; fn f() { X.swap(1, Relaxed); }", &[FOUND]);
        check(static_, "fn f() { stock::X.fetch_add(1, Relaxed); stock::X.load(Relaxed); }", &[]);
    }

    #[test]
    fn what_is_written_once_is_no_state() {
        for static_ in [
            "pub static X: OnceLock<String> = OnceLock::new();",
            "pub static X: LazyLock<Regex> = LazyLock::new(|| loop {});",
            "pub static X: &str = \"Mutex\";",
            "pub static X: Lazy<IntCounter> = Lazy::new(counter);",
        ] {
            check(static_, "fn f() { stock::X; }", &[]);
        }
    }

    #[test]
    fn one_boundary_with_its_nested_ones_may_share() {
        check("pub static X: Mutex<u8> = Mutex::new(0);", "", &[]);
    }

    #[test]
    fn tests_may_look() {
        check("pub static X: Mutex<u8> = Mutex::new(0);", "#[cfg(test)] mod tests { fn f() { stock::X; } }", &[]);
    }
}
