//! A number that a `[[ratchet]]` holds and that got worse.
//!
//! In: the ratchets of riprap.toml, the numbers of today.  Out: [`Ratchet`], and the words for one that got worse or is held
//! to nothing.  Not here: what it is held to, which stands in riprap.baseline and is known to `verdict`.

use super::{Context, Rule, Violation};
use crate::boundary::{Ratcheted, Scope};
use crate::metrics::{self, FOUND, Measure, Metric, Metrics, Value};
use crate::model::NodeId;
use crate::source::Span;

/// The name by which riprap.baseline holds numbers.
pub const WORSENED_METRIC: &str = "worsened-metric";

pub(super) const RULE: Rule = Rule {
    name: WORSENED_METRIC,
    group: "shape",
    summary: "a number that a `[[ratchet]]` holds got worse than riprap.baseline says",
    documentation: include_str!("worsened_metric.md"),
    // Whether a number got worse is not known without riprap.baseline.
    check: |_| Vec::new(),
};

/// A number that may not get worse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ratchet {
    /// As riprap.toml and riprap.baseline name it.
    pub scope: String,
    pub metric: &'static Metric,
    /// `None` where there is no such number: no leak ratio without any reference.
    pub value: Option<Value>,
    node: Option<NodeId>,
    declared: Span,
}

/// The ratchets of riprap.toml with today's numbers, in their order.
pub fn ratchets(context: &Context<'_>) -> Vec<Ratchet> {
    let declared = context.boundaries.ratchets();
    if declared.is_empty() {
        return Vec::new();
    }
    let measured = metrics::measure(context.model, context.boundaries);
    declared.iter().filter_map(|ratcheted| ratchet(context, &measured, ratcheted)).collect()
}

fn ratchet(context: &Context<'_>, measured: &Metrics, ratcheted: &Ratcheted) -> Option<Ratchet> {
    if let Scope::Found(count) = ratcheted.scope {
        return Some(Ratchet {
            scope: ratcheted.declared.scope_name().to_owned(),
            metric: &FOUND,
            value: Some(Value::Count(count)),
            node: None,
            declared: ratcheted.declared.span,
        });
    }
    let metric = metrics::find(&ratcheted.declared.metric)?;
    let (measures, node): (&[Measure], _) = match ratcheted.scope {
        Scope::Workspace | Scope::Found(_) => (&measured.workspace, None),
        Scope::Boundary(id) => (measured.of_boundary(id), context.boundaries.roots(id).first().copied()),
        Scope::Module(module) => (measured.of_module(module), Some(module)),
    };
    Some(Ratchet {
        scope: ratcheted.declared.scope_name().to_owned(),
        metric,
        value: measures.iter().find(|measure| measure.metric == metric).map(|measure| measure.value),
        node,
        declared: ratcheted.declared.span,
    })
}

impl Ratchet {
    /// Whether the number is worse than what it is held to.
    pub fn is_worse_than(&self, limit: Value) -> bool {
        self.value.is_some_and(|value| value.is_worse_than(limit, self.metric.better))
    }

    /// What to tell of a number that is worse than its limit, or has none.
    pub fn violation(&self, limit: Option<Value>) -> Option<Violation> {
        let (value, word, scope) = (self.value?, self.metric.word(), &self.scope);
        let violation = Violation {
            from_node: self.node,
            declared: Some(self.declared),
            value: Some(value),
            ..Violation::between(RULE.name, scope.clone(), word.clone())
        };
        Some(match limit {
            Some(limit) => Violation {
                message: format!("`{word}` of `{scope}` is {value}, and riprap.baseline holds it at {limit}"),
                label: "may not get worse".to_owned(),
                why: in_words(self.metric),
                route: Some(format!("bring it back to {limit}{}", made_of(self.metric))),
                ..violation
            },
            None => Violation {
                message: format!("`{word}` of `{scope}` is {value}, and riprap.baseline holds it to nothing yet"),
                label: "holds nothing yet".to_owned(),
                why: "a ratchet compares with the value in riprap.baseline, and there is none".to_owned(),
                route: Some(
                    "run `riprap baseline`: it writes today's value, and from then on that may not get worse"
                        .to_owned(),
                ),
                ..violation
            },
        })
    }
}

fn in_words(metric: &Metric) -> String {
    let mut characters = metric.meaning.chars();
    let first = characters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    format!("riprap.toml lets this number go one way only; it is \"{}\": {first}{}", metric.name, characters.as_str())
}

/// Where the single places are found that a number counts.
fn made_of(metric: &Metric) -> &'static str {
    match metric.key {
        "leak_ratio" | "references_around" => "; `internal-access` lists the references that it counts",
        "references_to_cut" | "tangle_share" | "tangled_share" | "largest_tangle" | "tangled_modules" | "tangle" => {
            "; `module-cycle` and `boundary-cycle` list the rings and how to cut them"
        }
        crate::boundary::FOUND => "; `riprap query` lists them",
        "exposed" | "breadth" => "; `over-exposed` lists what nobody needs",
        _ => "",
    }
}
