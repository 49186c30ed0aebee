//! What a wish about riprap.toml means for this workspace.
//!
//! In: an edge, a violation, or what is gathered on the map; a filled form.  Out: what there is to fill in, and the
//! [`Change`] that it means; or why there is nothing to change.  Not here: judging and writing (`amending`).

use super::amendment::{Form, Wish, filled};
use super::relations;
use super::state::{Document, node_name};
use crate::boundary::BoundaryId;
use crate::edit::{Change, NewException};
use crate::model::{NodeId, NodeKind};
use crate::rules::Violation;
use crate::scene::thing::{Place, Thing};
use crate::source::Date;
use crate::verdict::Standing;

impl Wish {
    /// What to fill in, as far as that is known; else why there is nothing to change.
    pub(crate) fn form(self, document: &Document) -> Result<Form, String> {
        match self {
            Self::Allow { from, to } => allow(document, from, to),
            Self::Forbid { from, to } => Ok(Form::Forbid {
                from: name_of(document, from),
                to: name_of(document, to),
                unless_through: String::new(),
                reason: String::new(),
            }),
            Self::ExceptEdge { from, to } => except_edge(document, from, to),
            Self::ExceptViolation(index) => {
                let judged = document.analysis.verdict.violations.get(index).ok_or("it is no longer there")?;
                except(&judged.violation)
            }
            Self::Boundary if document.gathered.is_empty() => Err("Gather packages or modules first".to_owned()),
            Self::Boundary => Ok(Form::Boundary { name: proposed_name(document) }),
        }
    }
}

impl Form {
    /// What riprap.toml shall say; else what is missing or wrong.
    pub(crate) fn change(&self, document: &Document) -> Result<Change, String> {
        let analysis = &document.analysis;
        let boundaries = &analysis.boundaries;
        match self {
            Self::Allow { user, uses } => {
                let id = boundaries.find(user).ok_or_else(|| format!("there is no boundary `{user}`"))?;
                Change::allow(boundaries, id, uses.trim()).map_err(|refusal| refusal.to_string())
            }
            Self::Forbid { from, to, unless_through, reason } => Ok(Change::Forbid {
                from: filled(from).ok_or("say from where")?,
                to: filled(to).ok_or("say to where")?,
                unless_through: filled(unless_through),
                reason: filled(reason).ok_or("say why: whoever is stopped by it will ask")?,
            }),
            Self::Except { rule, from, to, reason, until, owner } => Ok(Change::Except(NewException {
                rule: (*rule).to_owned(),
                from: filled(from),
                to: filled(to),
                max: None,
                until: filled(until).map(|day| Date::parse(&day)).transpose()?,
                owner: filled(owner),
                reason: filled(reason).ok_or("say why: whoever reads it later will ask")?,
            })),
            Self::Boundary { name } => {
                let name = filled(name).ok_or("give it a name")?;
                let code = document.gathered_code();
                let declared = Change::declare(&analysis.model, &analysis.package_folders(), boundaries, &name, &code);
                declared.map_err(|refusal| refusal.to_string())
            }
        }
    }
}

fn allow(document: &Document, from: Place, to: Place) -> Result<Form, String> {
    let boundaries = &document.analysis.boundaries;
    let (around_from, around_to) = (around(document, from), around(document, to));
    let Some(used) = around_to.iter().find(|id| !around_from.contains(id)) else {
        return Err(match around_to.is_empty() {
            true => format!("`{}` is in no boundary, and `may_use` lists boundaries", document.name_of(to.into())),
            false => "Both ends are in the same boundary".to_owned(),
        });
    };
    let mut users = around_from.iter().filter(|id| !around_to.contains(id)).peekable();
    let Some(innermost) = users.peek().copied() else {
        return Err(format!("`{}` is in no boundary of its own", document.name_of(from.into())));
    };
    let Some(user) = users.find(|id| boundaries.declares_dependencies(**id)) else {
        return Err(format!("`{}` may use everything: it has no `may_use`", boundaries.name(*innermost)));
    };
    let uses = boundaries.name(*used);
    Change::allow(boundaries, *user, uses).map_err(|refusal| refusal.to_string())?;
    Ok(Form::Allow { user: boundaries.name(*user).to_owned(), uses: uses.to_owned() })
}

/// The boundaries around a place, the innermost first.
fn around(document: &Document, place: Place) -> Vec<BoundaryId> {
    let boundaries = &document.analysis.boundaries;
    match place {
        Place::Node(node) => boundaries.chain(node).collect(),
        Place::Fragment { boundary, .. } => boundaries.outwards(boundary).collect(),
    }
}

/// How riprap.toml names what is at a place: as a boundary where it is all of one.
fn name_of(document: &Document, place: Place) -> String {
    let boundaries = &document.analysis.boundaries;
    match place {
        Place::Fragment { boundary, .. } => boundaries.name(boundary).to_owned(),
        Place::Node(node) => {
            let whole = boundaries.chain(node).find(|id| boundaries.members(*id) == [node]);
            whole.map_or_else(|| pattern_of(document, node), |id| boundaries.name(id).to_owned())
        }
    }
}

fn pattern_of(document: &Document, node: NodeId) -> String {
    let node = document.analysis.model.node(node);
    match node.kind {
        NodeKind::Package => node.name.to_string(),
        // A bare name would be a package.
        _ if !node.path.contains(':') => format!("{}::**", node.path),
        _ => node.path.to_string(),
    }
}

/// One violation is named exactly, several of a rule by the ends of the edge.
fn except_edge(document: &Document, from: Place, to: Place) -> Result<Form, String> {
    let edge = Thing::Edge { from, to };
    let of_edge = match document.selection == Some(edge) {
        true => document.relations.violations.clone(),
        false => relations::of(&document.analysis, &document.evidence, document.view.filter, edge).violations,
    };
    let violations = &document.analysis.verdict.violations;
    let open: Vec<usize> =
        of_edge.into_iter().filter(|index| violations[*index].standing() != Standing::Accepted).collect();
    let chosen = document.violation.filter(|index| open.contains(index));
    let Some(first) = chosen.or(open.first().copied()) else {
        return Err("Nothing is broken here that is not accepted".to_owned());
    };
    let rule = violations[first].violation.rule;
    let n_alike = open.iter().filter(|index| violations[**index].violation.rule == rule).count();
    let form = except(&violations[first].violation)?;
    Ok(match form {
        Form::Except { rule, reason, until, owner, .. } if chosen.is_none() && n_alike > 1 => {
            let (from, to) = (name_of(document, from), name_of(document, to));
            Form::Except { rule, from, to, reason, until, owner }
        }
        form => form,
    })
}

fn except(violation: &Violation) -> Result<Form, String> {
    if violation.from.is_empty() && violation.to.is_empty() {
        return Err("This is said of riprap.toml itself: correct it there".to_owned());
    }
    let (reason, until, owner) = Default::default();
    Ok(Form::Except {
        rule: violation.rule,
        from: violation.from.clone(),
        to: violation.to.clone(),
        reason,
        until,
        owner,
    })
}

/// The name of the only thing that is gathered; where there are several, people know better.
fn proposed_name(document: &Document) -> String {
    let name = match document.gathered.iter().copied().collect::<Vec<_>>()[..] {
        [Place::Node(node)] => {
            let model = &document.analysis.model;
            let name = node_name(model, node);
            name.rsplit("::").next().unwrap_or_default().replace('_', "-")
        }
        _ => String::new(),
    };
    let is_taken = document.analysis.boundaries.find(&name).is_some();
    if is_taken { String::new() } else { name }
}
