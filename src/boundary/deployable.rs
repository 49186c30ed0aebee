//! Programs that are released together, and those that are not.
//!
//! In: `deployables` of riprap.toml, a model.  Out: [`Deployed`], or why a name means no binary.  Not here: what they share.

use super::boundaries::{Boundaries, Deployed};
use super::spelling::did_you_mean;
use super::{Deployable, Placed, Problem};
use crate::model::{Model, NodeId, NodeKind};
use crate::workspace::TargetKind;

/// Names in a hint.
const SHOWN: usize = 8;

pub(super) fn resolve(model: &Model, mut declared: Vec<Deployable>) -> (Vec<Deployed>, Vec<Problem>) {
    declared.sort_by(|a, b| a.name.cmp(&b.name));
    let is_binary = |id: &NodeId| model.node(*id).kind == NodeKind::Target(TargetKind::Bin);
    let binaries: Vec<NodeId> = model.module_ids().filter(is_binary).collect();
    let mut problems = Vec::new();
    let mut claimed: Vec<(NodeId, String, &Placed<String>)> = Vec::new();
    let mut deployed = Vec::new();
    for deployable in &declared {
        let mut targets = Vec::new();
        for entry in &deployable.targets {
            let Some(target) = binaries.iter().copied().find(|id| is_named(model, *id, &entry.value)) else {
                let message = format!("`{}` in `deployables` is no binary of this workspace", entry.value);
                let names = || binaries.iter().map(|id| model.path(*id));
                let known = || format!("binaries are {}", names().take(SHOWN).collect::<Vec<_>>().join(", "));
                let help = did_you_mean(&entry.value, names()).or_else(|| Some(known()));
                problems.push(Problem::new(entry.span, message, "unknown binary").with_help(help));
                continue;
            };
            if let Some((_, other, first)) = claimed.iter().find(|(known, ..)| *known == target) {
                let message = format!("`{}` is in two deployables, `{other}` and `{}`", entry.value, deployable.name);
                let mut problem = Problem::new(entry.span, message, "again");
                problem.others.push((first.span, "first here".to_owned()));
                problems.push(problem);
            }
            claimed.push((target, deployable.name.clone(), entry));
            targets.push(target);
        }
        deployed.push(Deployed { name: deployable.name.clone(), targets });
    }
    (deployed, problems)
}

/// `bin:NAME`, or the name alone; `-` and `_` are the same.
fn is_named(model: &Model, binary: NodeId, entry: &str) -> bool {
    let plain = |text: &str| text.replace('-', "_");
    let entry = plain(entry);
    entry == plain(model.path(binary)) || entry == plain(&model.node(binary).name)
}

impl Boundaries {
    /// In the order of their names.
    pub fn deployables(&self) -> &[Deployed] {
        &self.deployables
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::Fixture;
    use crate::source::Span;

    fn resolved(entries: &[(&str, &str)]) -> Result<Vec<usize>, Vec<String>> {
        let fixture = Fixture::new("package shop shop lib bin:shop-api bin:worker\npackage ledger ledger bin");
        let entry = |text: &str| Placed { value: text.to_owned(), span: Span::default() };
        let deployable = |(name, targets): &(&str, &str)| Deployable {
            name: (*name).to_owned(),
            targets: targets.split_whitespace().map(entry).collect(),
        };
        let (deployed, problems) = resolve(&fixture.model, entries.iter().map(deployable).collect());
        if problems.is_empty() {
            return Ok(deployed.iter().map(|it| it.targets.len()).collect());
        }
        Err(problems.into_iter().map(|it| format!("{}; {}", it.message, it.help.unwrap_or_default())).collect())
    }

    #[test]
    fn a_binary_is_known_by_its_label_and_by_its_name() {
        assert_eq!(resolved(&[("shop", "bin:shop-api worker"), ("books", "ledger")]), Ok(vec![1, 2]));
    }

    #[test]
    fn what_is_no_binary_and_what_stands_twice_are_problems() {
        assert_eq!(
            resolved(&[("shop", "bin:workr"), ("books", "ledger"), ("more", "bin:ledger")]),
            Err(vec![
                "`bin:ledger` is in two deployables, `books` and `more`; ".to_owned(),
                "`bin:workr` in `deployables` is no binary of this workspace; did you mean `bin:worker`?".to_owned(),
            ])
        );
    }
}
