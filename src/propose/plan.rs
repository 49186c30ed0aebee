//! Which code belongs to which boundary, before it is said in patterns: what a person goes on with.
//!
//! In: groups that were found, and what a hand does with them.  Out: [`Plan`].  Code belongs to the part that has it, or else
//! to the one that has what is around it.  Not here: patterns (`spell`), and what parts are found by.

use std::collections::BTreeMap;

use super::{By, Groups};
use crate::boundary::Boundaries;
use crate::model::{Model, NodeId, NodeKind, WORKSPACE};
use crate::workspace::TargetKind;

/// One boundary to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub name: String,
    /// Packages, targets and modules, sorted; none lies in another one of the same part unless a different part is between.
    pub code: Vec<NodeId>,
    pub by: By,
    /// What speaks for it, in a sentence; empty where nothing is to be said.
    pub why: String,
}

/// Which code belongs to which boundary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Patterns with `<name>` that may say several parts at once.
    pub templates: Vec<String>,
    /// Sorted by name.
    pub parts: Vec<Part>,
    /// What there is to say of how they were found; empty for most.
    pub remark: String,
}

impl Plan {
    pub fn new(templates: Vec<String>, parts: Vec<Part>) -> Self {
        let mut plan = Self { templates, parts, remark: String::new() };
        plan.tidy();
        plan
    }

    /// What groups are on a model, where they are `boundaries`.
    pub fn of(groups: &Groups, boundaries: &Boundaries) -> Self {
        let part = |id| {
            let name = boundaries.name(id).to_owned();
            let group = groups.groups.iter().find(|group| group.name == name);
            Part {
                code: boundaries.members(id).to_vec(),
                by: group.map_or(By::Template, |group| group.by),
                why: group.map(|group| group.why.clone()).unwrap_or_default(),
                name,
            }
        };
        let parts = boundaries.ids().map(part).filter(|part| !part.code.is_empty()).collect();
        Self::new(groups.templates.clone(), parts)
    }

    /// Tells groups what speaks for each.
    pub fn tell_reasons(&self, groups: &mut Groups) {
        for group in &mut groups.groups {
            if let Some(part) = self.find(&group.name) {
                group.why.clone_from(&part.why);
            }
        }
    }

    pub fn find(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The part that code belongs to.
    pub fn part_of(&self, model: &Model, node: NodeId) -> Option<&Part> {
        self.index_of(model, node).map(|at| &self.parts[at])
    }

    fn index_of(&self, model: &Model, node: NodeId) -> Option<usize> {
        let at = |node: NodeId| self.parts.iter().position(|part| part.code.binary_search(&node).is_ok());
        model.ancestors(node).find_map(at)
    }

    /// Puts code into a part, which is made if there is none of that name.  What lies in the code and belongs to other parts
    /// stays there.
    pub fn put(&mut self, model: &Model, code: &[NodeId], into: &str) {
        for node in code.iter().filter_map(|node| whole(model, *node)) {
            let own = self.index_of(model, node);
            if own.is_some_and(|own| self.parts[own].name == into) {
                continue;
            }
            if let Some(own) = own {
                self.parts[own].code.retain(|code| !model.is_within(*code, node));
            }
            // It may be that what is around it belongs there already.
            if self.index_of(model, node).is_some_and(|around| self.parts[around].name == into) {
                continue;
            }
            match self.parts.iter_mut().find(|part| part.name == into) {
                Some(part) => part.code.push(node),
                None => {
                    let part = Part { name: into.to_owned(), code: vec![node], by: By::Hand, why: String::new() };
                    self.parts.push(part);
                }
            }
            self.tidy();
        }
    }

    /// Another name for a part; false for one that is taken or no name.
    pub fn rename(&mut self, from: &str, to: &str) -> bool {
        let is_name = !to.is_empty() && !to.contains(['"', '<', '>', '\\', '\n', '/']) && !to.contains("::");
        if !is_name || to.trim() != to || self.find(to).is_some() {
            return false;
        }
        let Some(part) = self.parts.iter_mut().find(|part| part.name == from) else { return false };
        to.clone_into(&mut part.name);
        self.tidy();
        true
    }

    /// All of one part becomes a part of another one.
    pub fn merge(&mut self, from: &str, into: &str) {
        if from == into || self.find(into).is_none() {
            return;
        }
        let Some(at) = self.parts.iter().position(|part| part.name == from) else { return };
        let code = self.parts.remove(at).code;
        if let Some(part) = self.parts.iter_mut().find(|part| part.name == into) {
            part.code.extend(code);
            // What was found of the smaller one says nothing of both.
            part.by = By::Hand;
            part.why.clear();
        }
        self.tidy();
    }

    /// The code of a part belongs to no boundary, or to the one around it.
    pub fn drop(&mut self, name: &str) {
        self.parts.retain(|part| part.name != name);
    }

    /// A name that no part has, like this one.
    pub fn free_name(&self, like: &str) -> String {
        let numbered = (2..).map(|number| format!("{like}-{number}"));
        let mut names = std::iter::once(like.to_owned()).chain(numbered);
        names.find(|name| self.find(name).is_none()).unwrap_or_default()
    }

    /// The same on another model of the same workspace; code that is gone is left out.
    #[must_use]
    pub fn carried_over(mut self, before: &Model, now: &Model) -> Self {
        let packages: BTreeMap<&str, NodeId> = now.packages().map(|package| (now.path(package), package)).collect();
        let same = |node: &NodeId| match before.node(*node).kind {
            NodeKind::Package => packages.get(before.path(*node)).copied(),
            _ => now.find(before.path(*node)),
        };
        for part in &mut self.parts {
            part.code = part.code.iter().filter_map(same).collect();
        }
        self.tidy();
        self
    }

    fn tidy(&mut self) {
        for part in &mut self.parts {
            part.code.sort();
            part.code.dedup();
        }
        self.parts.retain(|part| !part.code.is_empty());
        self.parts.sort_by(|a, b| a.name.cmp(&b.name));
    }
}

/// What is meant by a piece of code: the module around an item, the package of its only program or library.
fn whole(model: &Model, node: NodeId) -> Option<NodeId> {
    let is_code =
        |node: &NodeId| matches!(model.node(*node).kind, NodeKind::Package | NodeKind::Target(_) | NodeKind::Module);
    let node = model.ancestors(node).find(is_code).filter(|node| *node != WORKSPACE)?;
    let is_offered = |target: &NodeId| matches!(model.node(*target).kind, NodeKind::Target(kind) if kind.is_library() || kind == TargetKind::Bin);
    let package = model.node(node).parent.filter(|_| is_offered(&node));
    let is_only = |package: &NodeId| model.children(*package).iter().filter(|child| is_offered(child)).count() == 1;
    Some(package.filter(is_only).unwrap_or(node))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::Fixture;

    const SHOP: &str = "
        package orders core/orders
        package stock core/stock
        package web web
        mod orders::ledger
        mod orders::ledger::deep
    ";

    /// `name: paths` of each part.
    fn told(plan: &Plan, fixture: &Fixture) -> Vec<String> {
        let paths = |part: &Part| part.code.iter().map(|node| fixture.model.path(*node)).collect::<Vec<_>>().join(" ");
        plan.parts.iter().map(|part| format!("{}: {}", part.name, paths(part))).collect()
    }

    fn plan(fixture: &Fixture) -> Plan {
        let mut plan = Plan::default();
        for package in fixture.model.packages() {
            plan.put(&fixture.model, &[package], &fixture.model.node(package).name);
        }
        plan
    }

    #[test]
    fn code_goes_from_one_part_to_another() {
        let fixture = Fixture::new(SHOP);
        let mut plan = plan(&fixture);
        plan.put(&fixture.model, &[fixture.node("stock")], "orders");
        assert_eq!(told(&plan, &fixture), ["orders: orders stock", "web: web"]);
        plan.put(&fixture.model, &[fixture.node("orders::ledger")], "web");
        assert_eq!(told(&plan, &fixture), ["orders: orders stock", "web: web orders::ledger"]);
        // It comes back to what is around it.
        plan.put(&fixture.model, &[fixture.node("orders::ledger")], "orders");
        assert_eq!(told(&plan, &fixture), ["orders: orders stock", "web: web"]);
    }

    #[test]
    fn what_belongs_to_others_stays_when_the_code_around_it_goes() {
        let fixture = Fixture::new(SHOP);
        let mut plan = plan(&fixture);
        plan.put(&fixture.model, &[fixture.node("orders::ledger")], "books");
        plan.put(&fixture.model, &[fixture.node("orders")], "web");
        assert_eq!(told(&plan, &fixture), ["books: orders::ledger", "stock: stock", "web: orders web"]);
        let deep = fixture.node("orders::ledger::deep");
        assert_eq!(plan.part_of(&fixture.model, deep).map(|part| &*part.name), Some("books"));
    }

    #[test]
    fn parts_are_renamed_merged_and_dropped() {
        let fixture = Fixture::new(SHOP);
        let mut plan = plan(&fixture);
        assert!(plan.rename("web", "pages") && !plan.rename("pages", "stock") && !plan.rename("pages", " "));
        plan.merge("stock", "orders");
        assert_eq!(told(&plan, &fixture), ["orders: orders stock", "pages: web"]);
        plan.drop("orders");
        assert_eq!(told(&plan, &fixture), ["pages: web"]);
        assert_eq!((plan.free_name("pages"), plan.free_name("new")), ("pages-2".to_owned(), "new".to_owned()));
    }

    #[test]
    fn a_plan_goes_on_with_another_model() {
        let (before, now) =
            (Fixture::new(SHOP), Fixture::new("package new new\npackage orders core/orders\nmod orders::ledger\n"));
        let mut plan = plan(&before);
        plan.put(&before.model, &[before.node("orders::ledger")], "books");
        let plan = plan.carried_over(&before.model, &now.model);
        assert_eq!(told(&plan, &now), ["books: orders::ledger", "orders: orders"]);
    }
}
