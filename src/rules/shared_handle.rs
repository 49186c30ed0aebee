//! An API that hands out a handle to the boundary's insides.
//!
//! In: the results of a boundary's API functions and the public fields of its types, as written.  Out: one violation per
//! function or field's type.  Not here: statics (`shared_mutable_state`), and which types a signature shows.

use super::declaration::{Declaration, spelled};
use super::{Context, Rule, Violation};
use crate::boundary::{BoundaryId, Role};
use crate::facts::{ItemKind, Word};
use crate::model::{NodeId, NodeKind, Visibility};

pub(super) const RULE: Rule = Rule {
    name: "shared-handle",
    group: "contracts",
    summary: "an API hands out a lock, `&mut` or transaction of its insides",
    documentation: include_str!("shared_handle.md"),
    check,
};

/// Pointers that several may hold.
const SHARED: [&str; 3] = ["Arc", "Rc", "Weak"];
/// What lets each holder change what is behind such a pointer.
const LOCKS: [&str; 7] = ["Mutex", "RwLock", "ReentrantMutex", "RefCell", "Cell", "FairMutex", "AtomicRefCell"];
/// Locks that are held.
const GUARDS: [&str; 9] = [
    "MutexGuard",
    "OwnedMutexGuard",
    "MappedMutexGuard",
    "RwLockWriteGuard",
    "OwnedRwLockWriteGuard",
    "RwLockReadGuard",
    "OwnedRwLockReadGuard",
    "RefMut",
    "ReentrantMutexGuard",
];

/// What is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Handle {
    Lock,
    Guard,
    Transaction,
    Borrow,
}

fn check(context: &Context<'_>) -> Vec<Violation> {
    let mut violations = Vec::new();
    for boundary in context.boundaries.ids() {
        if context.boundaries.declaration(boundary).role != Some(Role::TestSupport) {
            find(context, boundary, &mut violations);
        }
    }
    violations.sort_by(|a: &Violation, b| a.from.cmp(&b.from));
    violations.dedup_by(|a, b| a.id == b.id);
    violations
}

fn find(context: &Context<'_>, boundary: BoundaryId, violations: &mut Vec<Violation>) {
    let model = context.model;
    let leaves = |visibility: Visibility| match visibility {
        Visibility::Public => true,
        Visibility::Within(around) => !context.boundaries.contains(boundary, around),
    };
    let shown = context.shown_items(boundary);
    for item in &shown {
        // Of nested boundaries each has its own API.
        let is_other = context.boundaries.of(*item) != Some(boundary);
        if is_other || context.is_in_test(*item) || context.is_generated(*item) {
            continue;
        }
        let functions = match model.node(*item).kind {
            NodeKind::Item(ItemKind::Function) => vec![*item],
            NodeKind::Item(ItemKind::Struct | ItemKind::Enum | ItemKind::Trait | ItemKind::Union) => {
                context.impls().functions(model, *item, leaves)
            }
            _ => Vec::new(),
        };
        for function in functions.into_iter().filter(|id| !context.is_in_test(*id)) {
            let Some(declaration) = Declaration::of(context, function) else { continue };
            let result = declaration.result();
            let receiver = declaration.parameters();
            if let Some(handle) = handle(context, boundary, &shown, function, result, Some(receiver)) {
                violations.push(violation(context, boundary, function, "returns", &spelled(result), handle));
            }
        }
        if model.node(*item).kind == NodeKind::Item(ItemKind::Struct) {
            let Some(declaration) = Declaration::of(context, *item) else { continue };
            for (name, words) in declaration.public_fields() {
                if let Some(handle) = handle(context, boundary, &shown, *item, words, None) {
                    violations.push(violation(
                        context,
                        boundary,
                        *item,
                        &format!("has the field `{name}` of type"),
                        &spelled(words),
                        handle,
                    ));
                }
            }
        }
    }
}

/// What a type hands out; `parameters` are those of the function that returns it.
fn handle(
    context: &Context<'_>,
    boundary: BoundaryId,
    shown: &[NodeId],
    item: NodeId,
    words: &[Word<'_>],
    parameters: Option<&[Word<'_>]>,
) -> Option<Handle> {
    let has = |names: &[&str]| words.iter().any(|word| names.contains(&word.text));
    if has(&GUARDS) {
        return Some(Handle::Guard);
    }
    if is_shared_lock(words) {
        return Some(Handle::Lock);
    }
    let meant = context.named_in(item, words);
    if has(&["Transaction"]) && !meant.iter().any(|node| &*context.model.node(*node).name == "Transaction") {
        return Some(Handle::Transaction);
    }
    for alias in meant.iter().filter(|node| context.model.node(**node).kind == NodeKind::Item(ItemKind::TypeAlias)) {
        let declaration = Declaration::of(context, *alias);
        if declaration.is_some_and(|alias| is_shared_lock(&alias.shown().copied().collect::<Vec<_>>())) {
            return Some(Handle::Lock);
        }
    }
    let receiver: Vec<&str> = parameters?.iter().take(3).map(|word| word.text).collect();
    let borrows = words.windows(2).any(|pair| pair[0].text == "&" && pair[1].text == "mut")
        || words
            .windows(3)
            .any(|three| three[0].text == "&" && three[1].text.starts_with('\'') && three[2].text == "mut");
    // A caller that owns the whole may change its parts; what only the boundary may name is no such part.
    let is_internal = |node: &NodeId| context.boundaries.contains(boundary, *node) && !shown.contains(node);
    let takes_it = receiver.first() == Some(&"&") && receiver.contains(&"mut") || receiver.first() == Some(&"mut");
    (borrows && takes_it && meant.iter().any(is_internal)).then_some(Handle::Borrow)
}

/// `Arc<..Mutex<..>..>`.
fn is_shared_lock(words: &[Word<'_>]) -> bool {
    let shared = words.iter().position(|word| SHARED.contains(&word.text));
    shared.is_some_and(|at| words[at..].iter().any(|word| LOCKS.contains(&word.text)))
}

fn violation(
    context: &Context<'_>,
    boundary: BoundaryId,
    item: NodeId,
    how: &str,
    type_text: &str,
    handle: Handle,
) -> Violation {
    let path = context.model.path(item);
    let name = context.boundaries.name(boundary);
    let (what, route) = match handle {
        Handle::Lock => ("a lock that it shares", "offer what callers do with it as functions"),
        Handle::Guard => ("a lock that is held", "do the work inside and return a value, or take a closure"),
        Handle::Transaction => ("a transaction", "take what shall happen together as one call"),
        Handle::Borrow => ("its insides to be changed", "offer the change as a function"),
    };
    // A type with several such fields is one thing to repair.
    Violation {
        from_node: Some(item),
        places: context.place_of(item).into_iter().collect(),
        message: format!("`{path}` in the API of `{name}` {how} `{type_text}`: it hands out {what}"),
        label: "a handle to the insides".to_owned(),
        why: format!(
            "who holds it changes what `{name}` keeps, or makes it wait, and `{name}` neither knows nor can say no"
        ),
        route: Some(format!("{route}, and keep the handle inside `{name}`")),
        ..Violation::between(RULE.name, path, "")
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::fixture::check_written;

    #[track_caller]
    fn check(code: &str, expected: &[&str]) {
        let text = format!(
            "//- /stock/src/lib.rs lib:stock\nmod store {{ pub struct Row; }}\nuse store::Row;\npub struct Stock;\n{code}\n"
        );
        check_written("shared-handle", &text, &[("stock", "contains stock")], expected);
    }

    #[test]
    fn a_shared_lock_that_is_returned_is_found() {
        check(
            "impl Stock { pub fn rows(&self) -> Option<Arc<Mutex<Vec<Row>>>> { None } }",
            &[
                "`stock::Stock::rows` in the API of `stock` returns `Option<Arc<Mutex<Vec<Row>>>>`: it hands out a lock that it shares",
            ],
        );
        check(
            "pub fn rows() -> Rc<RefCell<u8>> { loop {} }",
            &["`stock::rows` in the API of `stock` returns `Rc<RefCell<u8>>`: it hands out a lock that it shares"],
        );
        check(
            "pub type Rows = Arc<RwLock<u8>>; pub fn rows() -> Rows { loop {} }",
            &["`stock::rows` in the API of `stock` returns `Rows`: it hands out a lock that it shares"],
        );
        check(
            "pub struct Shop { pub rows: Arc<RwLock<u8>>, pub name: String }",
            &[
                "`stock::Shop` in the API of `stock` has the field `rows` of type `Arc<RwLock<u8>>`: it hands out a lock that it shares",
            ],
        );
    }

    #[test]
    fn guards_and_transactions_of_others_are_found() {
        check(
            "impl Stock { pub fn rows(&self) -> MutexGuard<'_, Row> { loop {} } }",
            &[
                "`stock::Stock::rows` in the API of `stock` returns `MutexGuard<'_, Row>`: it hands out a lock that is held",
            ],
        );
        check(
            "pub fn begin() -> sqlx::Transaction<'static, Postgres> { loop {} }",
            &[
                "`stock::begin` in the API of `stock` returns `sqlx::Transaction<'static, Postgres>`: it hands out a transaction",
            ],
        );
        check("pub struct Transaction; pub fn last() -> Transaction { Transaction }", &[]);
    }

    #[test]
    fn a_mutable_borrow_of_what_nobody_else_may_name_is_found() {
        check(
            "impl Stock { pub fn row(&mut self) -> &mut Row { loop {} } }",
            &["`stock::Stock::row` in the API of `stock` returns `&mut Row`: it hands out its insides to be changed"],
        );
        check(
            "impl Stock { pub fn set(&mut self) -> &mut Self { self } pub fn own(&mut self) -> &mut Vec<u8> { loop {} } }",
            &[],
        );
    }

    #[test]
    fn what_stays_inside_is_fine() {
        check("struct Inner; impl Inner { pub fn rows(&self) -> Arc<Mutex<u8>> { loop {} } }", &[]);
        check(
            "impl Stock { fn rows(&self) -> Arc<Mutex<u8>> { loop {} } pub(crate) fn more(&self) -> Arc<Mutex<u8>> { loop {} } }",
            &[],
        );
        check("pub fn new(rows: Arc<Mutex<u8>>) -> Stock { Stock }", &[]);
        check("pub fn plain() -> Arc<Stock> { loop {} }", &[]);
        check("#[cfg(test)] pub fn rows() -> Arc<Mutex<u8>> { loop {} }", &[]);
    }
}
