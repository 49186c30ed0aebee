//! One macro call expanded, and token lists read as Rust.
//!
//! In: rules and arguments.  Out: a token list, and from a list the same facts that a file gives, with places relative to
//! the arguments of the outermost call.  Pure: equal tokens give equal facts.  Not here: which macro a call means.

use super::collect::{Collector, Place};
use super::locals::Space;
use super::matching::matches;
use super::rules::Rules;
use super::token_list::TokenList;
use super::transcribe::transcribe;
use super::{FileFacts, MacroPosition, MacroReading, PathSource, Scope, ScopeKind};
use crate::source::Span;
use crate::workspace::Edition;
use crate::workspace::cfg::CfgExpr;

/// The first rule that matches, filled in.  `arguments` are with their brackets; `krate` is what [`super::PathRoot::DollarCrate`]
/// will hold.  `None` if no rule matches, or if the result is too long.
pub fn expand(rules: &Rules, arguments: &TokenList, krate: u32) -> Option<TokenList> {
    let inside = 1..arguments.len().checked_sub(1)?;
    let inside = inside.start..inside.end.max(inside.start);
    rules.rules.iter().find_map(|rule| {
        let bounds = matches(rules, rule, arguments, inside.clone())?;
        Some(transcribe(rules, rule, &bounds, arguments, krate))
    })?
}

/// Reads the result of an expansion.
pub fn read_expansion(list: &TokenList, position: MacroPosition, edition: Edition) -> FileFacts {
    let mut collector = collector(list, position, edition);
    let all = 0..collector.syntax.len();
    match position {
        MacroPosition::Item | MacroPosition::Associated { .. } => {
            collector.forced_items(all, |_, kind| kind);
        }
        MacroPosition::Statement | MacroPosition::Expression => {
            let contained = position == MacroPosition::Expression;
            if collector.statements_in(all.clone(), contained).is_none() {
                collector.pieces(all);
            }
        }
        MacroPosition::Pattern => {
            if collector.pattern_in(all.clone()).is_none() {
                collector.pieces(all);
            }
        }
        MacroPosition::Type => {
            if !collector.type_in(all.clone()) {
                collector.pieces(all);
            }
        }
    }
    collector.facts
}

/// Reads the arguments, with their brackets, of a call whose macro is not known: as what they parse as.
pub fn read_arguments(list: &TokenList, position: MacroPosition, edition: Edition) -> (FileFacts, MacroReading) {
    let mut collector = collector(list, position, edition);
    let all = 0..collector.syntax.len();
    let reading = match all.len() {
        0 | 1 => MacroReading::Empty,
        _ => collector.unknown_arguments(all, position),
    };
    (collector.facts, reading)
}

fn collector(list: &TokenList, position: MacroPosition, edition: Edition) -> Collector<'_> {
    let syntax = list.syntax(edition);
    let span = syntax.token_span(0..syntax.len());
    let facts = FileFacts {
        scopes: vec![Scope {
            kind: ScopeKind::File,
            parent: None,
            span: if list.is_empty() { Span::default() } else { span },
        }],
        cfgs: vec![CfgExpr::always()],
        ..FileFacts::default()
    };
    let mut collector = Collector::new(syntax, facts);
    collector.at.source = PathSource::MacroArgument;
    collector.at.deferring = true;
    collector.at.place = match position {
        MacroPosition::Item => Place::Module,
        MacroPosition::Associated { inherited } => Place::Associated { inherited },
        _ => Place::Body,
    };
    for at in 0..collector.syntax.len() {
        if collector.syntax.origin(at).is_some_and(|origin| origin.local) {
            let symbol = collector.symbol(at);
            collector.locals.bind(symbol, Space::Values);
            collector.locals.bind(symbol, Space::Types);
        }
    }
    collector
}
