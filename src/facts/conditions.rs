//! Conditions of a file: `cfg` predicates from tokens, each distinct one kept once.
//!
//! In: tokens.  Out: [`CfgExpr`] values and their [`CfgId`].  Not here: which attributes hold conditions
//! (`attributes`), and whether one is true.

use rustc_hash::FxHashMap;

use super::CfgId;
use super::literals::text_of;
use super::syntax::{Kind, Syntax};
use crate::workspace::cfg::CfgExpr;

/// Conditions by value.
#[derive(Default)]
pub(super) struct Conditions {
    ids: FxHashMap<CfgExpr, CfgId>,
}

impl Conditions {
    /// The condition that both hold, flattened.
    pub(super) fn and(&mut self, list: &mut Vec<CfgExpr>, outer: CfgId, inner: CfgExpr) -> CfgId {
        let mut parts = Vec::new();
        if outer != CfgId::default() {
            flatten(list[outer.0 as usize].clone(), &mut parts);
        }
        flatten(inner, &mut parts);
        let whole = match parts.len() {
            0 => return outer,
            1 => parts.swap_remove(0),
            _ => CfgExpr::All(parts),
        };
        *self.ids.entry(whole).or_insert_with_key(|whole| {
            list.push(whole.clone());
            CfgId(list.len() as u32 - 1)
        })
    }
}

fn flatten(condition: CfgExpr, parts: &mut Vec<CfgExpr>) {
    match condition {
        CfgExpr::All(inner) => inner.into_iter().for_each(|part| flatten(part, parts)),
        part if parts.contains(&part) => {}
        part => parts.push(part),
    }
}

/// The predicate that starts at a token, and the token after it; `None` where there is none.
pub(super) fn predicate(syntax: &Syntax<'_>, at: u32, limit: u32) -> Option<(CfgExpr, u32)> {
    if at >= limit {
        return None;
    }
    match syntax.token(at) {
        Kind::TRUE_KW => return Some((CfgExpr::Flag("true".into()), at + 1)),
        Kind::FALSE_KW => return Some((CfgExpr::Flag("false".into()), at + 1)),
        Kind::IDENT => {}
        _ => return None,
    }
    let name = syntax.token_text(at);
    let name = name.strip_prefix("r#").unwrap_or(name);
    match syntax.token(at + 1) {
        Kind::EQ if at + 2 < limit && !syntax.at_fat_arrow(at + 1) => {
            let value = (syntax.token(at + 2) == Kind::STRING).then(|| text_of(syntax.token_text(at + 2)))?;
            Some((CfgExpr::KeyValue(name.into(), value), at + 3))
        }
        Kind::L_PAREN if at + 1 < limit => {
            let after = syntax.after_group(at + 1, limit);
            let inside = syntax.inside(at + 1..after);
            let mut parts = Vec::new();
            let mut next = inside.start;
            while let Some((part, end)) = predicate(syntax, next, inside.end) {
                parts.push(part);
                next = end;
                if syntax.token(next) != Kind::COMMA {
                    break;
                }
                next += 1;
            }
            let whole = match name {
                "all" => CfgExpr::All(parts),
                "any" => CfgExpr::Any(parts),
                "not" => CfgExpr::Not(Box::new(parts.into_iter().next()?)),
                // `version(..)`, `accessible(..)`, `target(..)`: unknown to us, as an unknown name is.
                other => CfgExpr::Flag(other.into()),
            };
            Some((whole, after))
        }
        _ => Some((CfgExpr::Flag(name.into()), at + 1)),
    }
}
