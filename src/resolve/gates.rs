//! Macros that put a condition on the items they are given: `cfg_fs! { pub mod file; }`.
//!
//! In: the grown tree.  Out: activities that count the `#[cfg]` in such a macro's body.  Only macros of the same crate
//! with one rule that hands its items through are read.  Not here: any other expansion.

use rustc_hash::FxHashMap;

use super::tree::{Gate, Instance, Tree};
use super::{CrateId, Input, ModuleKind, Sym};
use crate::facts::MacroReading;
use crate::workspace::cfg::{Activity, CfgExpr};

/// The condition of each such macro, by crate and name.
type Conditions = FxHashMap<(CrateId, Sym), CfgExpr>;

pub(super) fn apply(input: &Input<'_>, tree: &mut Tree) {
    let conditions = conditions(input, tree);
    if conditions.is_empty() {
        return;
    }
    // An instance stands after the one that declares it, so that what is around a file is known before the file.
    for index in 0..tree.instances.len() {
        let around = tree.instances[index].parent.map_or(Activity::Active, |(parent, offset)| {
            let parent = &tree.instances[parent];
            parent.around.and(parent.gate_at(offset))
        });
        let gates = gates(input, tree, &conditions, &tree.instances[index]);
        let instance = &mut tree.instances[index];
        instance.around = around;
        instance.gates = gates;
        instance.cfg.iter_mut().for_each(|activity| *activity = activity.and(around));
        let first = instance.first_item as usize;
        for (item, fact) in tree.items[first..].iter_mut().zip(&instance.facts.items) {
            item.activity = instance.activity(fact.cfg, fact.span.start);
        }
    }
    // A module is built where any of its declarations is.
    for module in tree.modules.iter_mut().filter(|module| module.kind == ModuleKind::Named) {
        module.activity = Activity::Inactive;
    }
    let mut declared: Vec<_> = tree.declared.iter().map(|(item, module)| (*item, *module)).collect();
    declared.sort_unstable();
    for (item, module) in declared {
        let activity = tree.items[item.0 as usize].activity;
        let module = &mut tree.modules[module.0 as usize];
        module.activity = module.activity.min(activity);
    }
}

fn conditions(input: &Input<'_>, tree: &Tree) -> Conditions {
    let mut conditions = Conditions::default();
    for instance in &tree.instances {
        let text = &input.sources.file(instance.file).text;
        for definition in &instance.facts.macro_defs {
            let Some(name) = tree.item(instance.item(definition.item)).name else { continue };
            let body = text.get(definition.body.start as usize..definition.body.end as usize).unwrap_or_default();
            if let Some(condition) = condition(body) {
                conditions.insert((instance.krate, name), condition);
            }
        }
    }
    conditions
}

fn gates(input: &Input<'_>, tree: &Tree, conditions: &Conditions, instance: &Instance) -> Vec<Gate> {
    let options = &input.cfg[tree.krate(instance.krate).package.0 as usize];
    let calls = instance.facts.macro_calls.iter().filter(|call| call.reading == MacroReading::Items);
    calls
        .filter_map(|call| {
            let path = instance.facts.paths.get(call.path as usize)?;
            let name = instance.segments(path.segments).last()?;
            let condition = conditions.get(&(instance.krate, name))?;
            Some(Gate { arguments: call.arguments, activity: options.activity(condition) })
        })
        .collect()
}

/// The conjunction of the `#[cfg(..)]` in a macro of one rule `($($item:item)*) => { $( #[cfg(..)] $item )* }`.
fn condition(body: &str) -> Option<CfgExpr> {
    let (matcher, transcriber) = body.split_once("=>")?;
    let variable =
        matcher.split('$').find_map(|part| part.split_once(':').filter(|(_, kind)| kind.starts_with("item")));
    let handed_through = format!("${}", variable?.0);
    if transcriber.contains("=>") || !transcriber.contains(&handed_through) {
        return None;
    }
    let mut conditions = Vec::new();
    for rest in transcriber.split("#[cfg(").skip(1) {
        let mut depth = 1_usize;
        let end = rest.find(|c: char| {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            depth == 0
        })?;
        conditions.push(CfgExpr::parse(&rest[..end])?);
    }
    (!conditions.is_empty()).then_some(CfgExpr::All(conditions))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_macros_that_hand_items_through_under_a_condition_are_gates() {
        let gate = "{ ($($item:item)*) => { $( #[cfg(all(unix, not(feature = \"x\")))] #[cfg_attr(docsrs, doc(cfg(y)))] $item )* } }";
        let expected = CfgExpr::parse("all(unix, not(feature = \"x\"))").unwrap();
        assert_eq!(condition(gate), Some(CfgExpr::All(vec![expected])));
        assert_eq!(condition("{ ($($item:item)*) => { $( $item )* } }"), None);
        assert_eq!(condition("{ ($name:ident) => { #[cfg(unix)] fn $name() {} } }"), None);
        assert_eq!(condition("{ (a) => { $item } ($($item:item)*) => { #[cfg(unix)] $item } }"), None);
    }
}
