//! A call where the declared relation allows only events.
//!
//! In: every call, and the boundaries with `events_only`.  Out: one violation per calling module and function, or type whose
//! functions are called.  Not here:
//! boundaries that may not be used at all (`undeclared_dependency`), and which events there are.

use std::collections::BTreeSet;

use super::declaration::Declaration;
use super::evidence::Found;
use super::{Context, Rule, Violation, ring};
use crate::boundary::{BoundaryId, Role};
use crate::facts::ItemKind;
use crate::model::{EdgeId, NodeId, NodeKind, Reference, ReferenceId, ReferenceKind};

pub(super) const RULE: Rule = Rule {
    name: "direct-call",
    group: "messages",
    summary: "a boundary calls one with which it only exchanges events",
    documentation: include_str!("direct_call.md"),
    check,
};

/// One call: the boundary whose `events_only` rules it, that entry, and the name that is called.
struct Call<'a> {
    user: BoundaryId,
    entry: &'a str,
    name: String,
}

fn check(context: &Context<'_>) -> Vec<Violation> {
    let (model, boundaries) = (context.model, context.boundaries);
    if boundaries.ids().all(|id| boundaries.declaration(id).events_only.is_empty()) {
        return Vec::new();
    }
    let mut found: Found<Call<'_>> = Found::new();
    for edge in model.edge_ids().filter(|edge| !boundaries.has_role(model.edge(*edge).from, Role::TestSupport)) {
        for (id, reference) in model.references_of(edge) {
            if let Some(call) = call(context, edge, reference) {
                let called = context.contract_of(reference.to_item);
                found.entry((model.edge(edge).from, called)).or_default().push((id, call));
            }
        }
    }
    found.retain(|(from, called), group| {
        let proves = |(id, _): &(ReferenceId, Call<'_>)| model.reference(*id).proves();
        group.iter().any(proves) || names(context, *from, *called)
    });
    let mut violations: Vec<Violation> =
        found.into_iter().map(|((from, called), group)| violation(context, from, called, &group)).collect();
    violations.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    violations
}

fn call<'a>(context: &'a Context<'_>, edge: EdgeId, reference: &Reference) -> Option<Call<'a>> {
    let (model, boundaries) = (context.model, context.boundaries);
    let from = model.edge(edge).from;
    if !(reference.counts() && reference.active && context.authors.is_written_in(model, boundaries, from, reference)) {
        return None;
    }
    let name = called_name(context, reference).filter(|_| !is_data(context, context.contract_of(reference.to_item)))?;
    // Of a method call no path is written: then it goes where the method is.
    let steps = model.steps_of(reference.route);
    let (place, rest) = match context.entry(from, steps) {
        Some(entry) => (entry.place, &steps[entry.step..]),
        None if steps.is_empty() => (model.edge(edge).to, steps),
        None => return None,
    };
    boundaries.chain(from).filter(|user| !boundaries.contains(*user, place)).find_map(|user| {
        let entry = boundaries.events_alone(model, user, place, rest)?;
        Some(Call { user, entry: &entry.value, name: name.clone() })
    })
}

/// The function or method that a reference runs, or hands on to be run.
fn called_name(context: &Context<'_>, reference: &Reference) -> Option<String> {
    use ReferenceKind::{Call, Method, Operator, Value};
    if !matches!(reference.kind, Call | Method | Operator | Value) {
        return None;
    }
    let called = context.model.node(reference.to_item);
    match called.kind {
        NodeKind::Item(ItemKind::Function | ItemKind::Method) => Some(called.name.to_string()),
        // `Type::function` leads to the type; a constructor has the type's own name, and a constant shouts.
        NodeKind::Item(ItemKind::Struct | ItemKind::Union | ItemKind::Trait | ItemKind::TypeAlias) => {
            let text = &context.sources?.file(reference.file).text;
            let written = text.get(reference.span.start as usize..reference.span.end as usize)?;
            let last = written.rsplit("::").next()?.trim().trim_start_matches("r#");
            last.starts_with(|c: char| c.is_lowercase() || c == '_').then(|| last.to_owned())
        }
        _ => None,
    }
}

/// What only carries values, as an event does: making one and asking it is no call of its boundary.
fn is_data(context: &Context<'_>, item: NodeId) -> bool {
    match context.model.node(item).kind {
        NodeKind::Item(ItemKind::Enum) => true,
        NodeKind::Item(ItemKind::Struct) => Declaration::of(context, item).is_some_and(|it| it.shows_all_fields()),
        _ => false,
    }
}

/// Whether a module names a type itself: then it is no guess whose methods it calls.
fn names(context: &Context<'_>, module: NodeId, item: NodeId) -> bool {
    let model = context.model;
    let mut references = model.edges_from(module).flat_map(|edge| model.references_of(edge));
    references.any(|(_, reference)| reference.to_item == item && reference.proves())
}

fn violation(context: &Context<'_>, from: NodeId, called: NodeId, group: &[(ReferenceId, Call<'_>)]) -> Violation {
    let (model, boundaries) = (context.model, context.boundaries);
    let Call { user, entry, .. } = group[0].1;
    let (from_path, to_path) = (model.path(from), model.path(called));
    let names: BTreeSet<&str> = group.iter().map(|(_, call)| call.name.as_str()).collect();
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    let called_words = match model.node(called).kind {
        NodeKind::Item(ItemKind::Function) => format!("`{to_path}`"),
        _ => format!("{} of `{to_path}`", ring::listed("", &names)),
    };
    let (name, table) = (boundaries.name(user), boundaries.declaration(user).table("events_only"));
    Violation {
        message: format!("`{from_path}` calls {called_words}, but `{name}` only exchanges events with `{entry}`"),
        label: format!("a call into `{entry}`"),
        why: format!(
            "`events_only` of `{name}` lists `{entry}`: who calls it waits for it, fails with it, and cannot be taken apart \
             from it"
        ),
        route: Some(format!(
            "publish an event that `{entry}` listens to, or listen to one of its; if calls are meant, move \"{entry}\" to \
             `may_use` of {table}"
        )),
        ..Violation::of_reference(RULE.name, model, from, called, group.iter().map(|(id, _)| *id).collect())
    }
}

#[cfg(test)]
mod tests {
    use crate::boundary::fixture::declarations;
    use crate::rules::fixture::Written;

    const ORDERS: &str = "//- /orders/src/lib.rs lib:orders
pub mod events { pub struct Placed { pub id: u32 }
impl Placed { pub fn new(id: u32) -> Self { Self { id } } pub fn id(&self) -> u32 { self.id } } }
pub enum Kind { Big(u8) }
impl Kind { pub fn of(n: u8) -> Self { Self::Big(n) } }
#[derive(Default)] pub struct Orders { open: u32 }
impl Orders { pub fn close(&mut self) {} pub fn new() -> Self { Self { open: 0 } } }
pub struct Handle;
pub trait Listens { fn hear(&self, event: events::Placed); }
pub fn cancel() {}
pub fn default_orders() -> Orders { Orders::new() }
pub const MOST: u8 = 3;
";

    #[track_caller]
    fn check_declared(books: &str, declared: &str, expected: &[&str]) {
        let text = format!("{ORDERS}//- /books/src/lib.rs lib:books deps:orders\n{books}\n");
        let written = Written::new(&text, declarations(&[("books", declared), ("orders", "contains orders; api pub")]));
        let found: Vec<String> = written.violations("direct-call").into_iter().map(|it| it.message).collect();
        assert_eq!(found, expected);
    }

    #[track_caller]
    fn check(books: &str, expected: &[&str]) {
        check_declared(books, "contains books; events_only orders", expected);
    }

    const CANCEL: &str = "`books` calls `orders::cancel`, but `books` only exchanges events with `orders`";
    const CLOSE: &str = "`books` calls `close` of `orders::Orders`, but `books` only exchanges events with `orders`";

    #[test]
    fn a_call_is_found_and_a_function_that_is_handed_on_too() {
        check("fn f() { orders::cancel(); }", &[CANCEL]);
        check("use orders::cancel; fn f() { cancel(); cancel() }", &[CANCEL]);
        check("fn f() { std::iter::once(()).for_each(|()| g(orders::cancel)); } fn g(_: fn()) {}", &[CANCEL]);
    }

    #[test]
    fn a_method_of_a_type_that_the_module_names_is_found() {
        check("struct B { orders: orders::Orders } impl B { fn f(&mut self) { self.orders.close(); } }", &[CLOSE]);
        check("fn f(orders: &mut orders::Orders) { orders::Orders::close(orders); }", &[CLOSE]);
    }

    #[test]
    fn messages_are_named_made_and_read() {
        check(
            "use orders::events::Placed; fn f(it: Placed) -> u32 { Placed::new(3); let Placed { id } = it; id }",
            &[],
        );
        check("fn f(it: orders::events::Placed) -> u32 { it.id() }", &[]);
        check("fn f() { orders::Kind::of(3); orders::Kind::Big(2); }", &[]);
        check("fn f() { g(orders::events::Placed { id: 3 }); } fn g<T>(_: T) {}", &[]);
        check("use orders::{Handle, MOST}; fn f() -> u8 { let _ = Handle; MOST }", &[]);
        check("struct B; impl orders::Listens for B { fn hear(&self, _: orders::events::Placed) {} }", &[]);
    }

    #[test]
    fn an_import_alone_and_tests_are_no_calls() {
        check("use orders::cancel;", &[]);
        check("#[cfg(test)] mod tests { fn f() { orders::cancel(); } }", &[]);
    }

    #[test]
    fn what_may_be_called_may_be_called() {
        let books = "fn f() { orders::cancel(); }";
        check_declared(books, "contains books; may_use orders; events_only orders", &[]);
        check_declared(books, "contains books", &[]);
    }
}
