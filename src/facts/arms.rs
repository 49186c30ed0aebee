//! Macros with a grammar of their own: conditions over items, arms, matches, log events, assembly, flags.
//!
//! In: the tokens of their arguments.  Out: what the walk finds in the parts; `None` or the general reading where
//! they are written in another way.  Not here: which macro is which (`known_macros`).

use std::ops::Range;

use super::collect::Collector;
use super::conditions::predicate;
use super::syntax::{Entry, Kind};
use super::{CfgId, MacroPosition, MacroReading};
use crate::workspace::cfg::CfgExpr;

/// A branch that is built under a condition.
struct Branch {
    condition: CfgExpr,
    body: Range<u32>,
}

impl Collector<'_> {
    /// `if #[cfg(a)] { .. } else if #[cfg(b)] { .. } else { .. }`.
    pub(super) fn cfg_if(&mut self, tokens: Range<u32>, position: MacroPosition) -> Option<MacroReading> {
        let mut branches = Vec::new();
        let mut earlier = Vec::new();
        let mut at = tokens.start;
        loop {
            if self.syntax.token(at) == Kind::IF_KW {
                // `#`, `[`, `cfg`, `(`.
                if self.syntax.token(at + 1) != Kind::POUND || self.syntax.token(at + 2) != Kind::L_BRACK {
                    return None;
                }
                let (condition, _) = predicate(&self.syntax, at + 5, tokens.end)?;
                let open = self.syntax.after_group(at + 2, tokens.end);
                let end = self.group(open, tokens.end)?;
                branches.push(branch(&mut earlier, condition, self.syntax.inside(open..end)));
                at = end;
            } else {
                let end = self.group(at, tokens.end)?;
                branches.push(branch(&mut earlier, CfgExpr::always(), self.syntax.inside(at..end)));
                at = end;
            }
            if at >= tokens.end {
                break;
            }
            if self.syntax.token(at) != Kind::ELSE_KW {
                return None;
            }
            at += 1;
        }
        Some(self.branches(branches, position))
    }

    /// `unix => { .. } _ => { .. }`; without braces an arm is one expression.
    pub(super) fn cfg_select(&mut self, tokens: Range<u32>, position: MacroPosition) -> Option<MacroReading> {
        let mut branches = Vec::new();
        let mut earlier = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            let (condition, arrow) = match self.syntax.token(at) {
                Kind::UNDERSCORE => (CfgExpr::always(), at + 1),
                _ => predicate(&self.syntax, at, tokens.end)?,
            };
            if !self.syntax.at_fat_arrow(arrow) {
                return None;
            }
            let (body, next) = self.arm_body(arrow + 2, tokens.end);
            branches.push(branch(&mut earlier, condition, body));
            at = next;
        }
        Some(self.branches(branches, position))
    }

    fn branches(&mut self, branches: Vec<Branch>, position: MacroPosition) -> MacroReading {
        let mut reading = MacroReading::Empty;
        for Branch { condition, body } in branches {
            if body.is_empty() {
                continue;
            }
            let cfg: CfgId = self.condition(self.at.cfg, condition);
            self.under(cfg, |this| {
                reading = match position {
                    MacroPosition::Item | MacroPosition::Associated { .. } => this.items_in(body.clone()),
                    MacroPosition::Type => this.type_in(body.clone()).then_some(MacroReading::Types),
                    position => this.statements_in(body.clone(), position == MacroPosition::Expression),
                }
                .unwrap_or_else(|| this.pieces(body));
            });
        }
        reading
    }

    /// `{ .. }` here: the token after it.
    fn group(&self, open: u32, limit: u32) -> Option<u32> {
        (open < limit && self.syntax.token(open) == Kind::L_CURLY).then(|| self.syntax.after_group(open, limit))
    }

    /// What follows `=>`: the inside of braces, or all up to a comma; and where the next arm starts.
    fn arm_body(&self, start: u32, limit: u32) -> (Range<u32>, u32) {
        if let Some(end) = self.group(start, limit) {
            let comma = end < limit && self.syntax.token(end) == Kind::COMMA;
            // `{ a }.b()` is an expression that only starts with braces.
            if comma || self.syntax.token(end) != Kind::DOT {
                return (self.syntax.inside(start..end), end + u32::from(comma));
            }
        }
        let mut at = start;
        while at < limit && self.syntax.token(at) != Kind::COMMA {
            at = self.syntax.after_group(at, limit);
        }
        (start..at, (at + 1).min(limit))
    }

    /// `matches!(expression, pattern if guard)`, also with a message behind it.
    pub(super) fn matches(&mut self, tokens: Range<u32>) -> Option<MacroReading> {
        let parts = self.split(tokens, &[Kind::COMMA]);
        let (subject, rest) = parts.split_first()?;
        let (arm, message) = rest.split_first()?;
        let guard = self.find(arm.clone(), |this, at| this.syntax.token(at) == Kind::IF_KW);
        let mark = self.locals.mark();
        let from = self.pending.len();
        if !self.expression_in(subject.clone()) {
            self.scan(subject.clone());
        }
        if self.pattern_in(arm.start..guard.unwrap_or(arm.end)).is_none() {
            self.scan(arm.clone());
        }
        self.bind_pending(from);
        if let Some(guard) = guard {
            self.expression_or_scan(guard + 1..arm.end);
        }
        self.locals.leave(mark);
        for part in message {
            self.expression_or_scan(part.clone());
        }
        Some(MacroReading::Patterns)
    }

    /// The first token of a range, outside brackets, that `wanted` accepts.
    pub(super) fn find(&self, tokens: Range<u32>, wanted: impl Fn(&Self, u32) -> bool) -> Option<u32> {
        let mut at = tokens.start;
        while at < tokens.end {
            if wanted(self, at) {
                return Some(at);
            }
            at = self.syntax.after_group(at, tokens.end);
        }
        None
    }

    fn expression_or_scan(&mut self, tokens: Range<u32>) {
        if !tokens.is_empty() && !self.expression_in(tokens.clone()) {
            self.scan(tokens);
        }
    }

    /// `pattern = expression, if condition => body` and the forms of other crates' `select!`.
    pub(super) fn select(&mut self, tokens: Range<u32>) -> Option<MacroReading> {
        self.find(tokens.clone(), |this, at| this.syntax.at_fat_arrow(at))?;
        let mut at = tokens.start;
        while at < tokens.end {
            let Some(arrow) = self.find(at..tokens.end, |this, at| this.syntax.at_fat_arrow(at)) else {
                self.expression_or_scan(at..tokens.end);
                break;
            };
            let (body, next) = self.arm_body(arrow + 2, tokens.end);
            // `biased;` stands before the first arm.
            let head = self.find(at..arrow, |this, at| this.syntax.token(at) == Kind::SEMICOLON);
            let mark = self.locals.mark();
            self.select_head(head.map_or(at, |semicolon| semicolon + 1)..arrow);
            if !body.is_empty() && self.statements_in(body.clone(), true).is_none() {
                self.pieces(body);
            }
            self.locals.leave(mark);
            at = next;
        }
        Some(MacroReading::Expressions)
    }

    fn select_head(&mut self, head: Range<u32>) {
        let from = self.pending.len();
        let assigned = self
            .find(head.clone(), |this, at| this.syntax.token(at) == Kind::EQ && this.syntax.token(at + 1) != Kind::EQ);
        if let Some(equals) = assigned {
            let parts = self.split(equals + 1..head.end, &[Kind::COMMA]);
            if self.pattern_in(head.start..equals).is_none() {
                self.scan(head.start..equals);
            }
            for (at, part) in parts.into_iter().enumerate() {
                let condition = at > 0 && self.syntax.token(part.start) == Kind::IF_KW;
                self.expression_or_scan(part.start + u32::from(condition)..part.end);
            }
        } else if let Some(arrow) = self.find(head.clone(), |this, at| {
            this.syntax.token(at) == Kind::MINUS && this.syntax.token(at + 1) == Kind::R_ANGLE
        }) {
            // `recv(channel) -> message`, where `recv` is a word of the macro.
            let open = self.find(head.start..arrow, |this, at| this.syntax.token(at) == Kind::L_PAREN);
            if let Some(open) = open {
                self.expression_or_scan(open..arrow);
            }
            if arrow + 2 < head.end && self.pattern_in(arrow + 2..head.end).is_none() {
                self.scan(arrow + 2..head.end);
            }
        } else if self.syntax.token(head.start + 1) == Kind::L_PAREN && head.len() > 2 {
            self.expression_or_scan(head.start + 1..head.end);
        }
        self.bind_pending(from);
    }

    /// `target: ".."`, `key = value`, `key = %value`, `?value`, `%value`, and a message with its arguments.
    pub(super) fn event(&mut self, tree: Range<u32>) -> MacroReading {
        // Most are a message and its arguments.
        let simple = self.split(self.syntax.inside(tree.clone()), &[Kind::COMMA]);
        let place = simple.iter().position(|part| part.len() == 1 && self.syntax.token(part.start) == Kind::STRING);
        if let Some(reading) = self.expressions(tree.clone(), Kind::L_PAREN, place) {
            return reading;
        }
        let inside = self.syntax.inside(tree);
        for part in self.split(inside, &[Kind::COMMA, Kind::SEMICOLON]) {
            self.field_of_event(part);
        }
        MacroReading::Expressions
    }

    fn field_of_event(&mut self, part: Range<u32>) {
        if self.group(part.start, part.end) == Some(part.end) {
            // `{ fields }` before the message.
            for field in self.split(self.syntax.inside(part), &[Kind::COMMA]) {
                self.field_of_event(field);
            }
            return;
        }
        let mut start = part.start;
        let labelled = self.syntax.token(start + 1) == Kind::COLON && !self.syntax.at_double_colon(start + 1);
        if labelled && self.syntax.token(start) == Kind::IDENT && part.len() > 2 {
            start += 2;
        }
        let equals = self.find(start..part.end, |this, at| {
            let (before, after) = (this.syntax.token(at.saturating_sub(1)), this.syntax.token(at + 1));
            let compared = matches!(before, Kind::EQ | Kind::BANG | Kind::L_ANGLE | Kind::R_ANGLE);
            this.syntax.token(at) == Kind::EQ && after != Kind::EQ && after != Kind::R_ANGLE && !compared
        });
        start = equals.map_or(start, |equals| equals + 1);
        if matches!(self.syntax.token(start), Kind::PERCENT | Kind::QUESTION) {
            start += 1;
        }
        if start >= part.end {
            return;
        }
        if start + 1 == part.end && self.syntax.token(start) == Kind::STRING {
            self.template_token(start, &[]);
        } else {
            self.expression_or_scan(start..part.end);
        }
    }

    /// `asm!`: `sym path`, `const expression`, `in(reg) expression`, `inout(reg) a => b`.
    pub(super) fn assembly(&mut self, tokens: Range<u32>) -> MacroReading {
        for part in self.split(tokens, &[Kind::COMMA]) {
            let mut start = part.start;
            if self.syntax.token(start + 1) == Kind::EQ && part.len() > 2 {
                start += 2;
            }
            let word = self.syntax.token_text(start);
            match word {
                "options" | "clobber_abi" => continue,
                "sym" | "const" | "label" => start += 1,
                "in" | "out" | "inout" | "lateout" | "inlateout" => {
                    start = self.syntax.after_group(start + 1, part.end);
                }
                _ => {}
            }
            let arrow = self.find(start..part.end, |this, at| this.syntax.at_fat_arrow(at));
            self.expression_or_scan(start..arrow.unwrap_or(part.end));
            if let Some(arrow) = arrow {
                self.expression_or_scan(arrow + 2..part.end);
            }
        }
        MacroReading::Expressions
    }

    /// `bitflags!`: a struct is written like a trait whose constants have no type.
    pub(super) fn bit_flags(&mut self, tokens: Range<u32>) -> Option<MacroReading> {
        let parsed = self.syntax.parse(Entry::Items, tokens.clone(), |_, kind| match kind {
            Kind::STRUCT_KW => Kind::TRAIT_KW,
            kind => kind,
        });
        let before = std::mem::replace(&mut self.at.flags, true);
        if parsed.root < parsed.end {
            self.with_item_scope(tokens, |this| this.walk(parsed.root + 1..parsed.end));
        }
        self.at.flags = before;
        self.syntax.forget(parsed);
        Some(MacroReading::Items)
    }
}

/// A branch that is taken where its condition holds and no earlier one.
fn branch(earlier: &mut Vec<CfgExpr>, condition: CfgExpr, body: Range<u32>) -> Branch {
    let mut all: Vec<CfgExpr> = earlier.iter().map(|other| CfgExpr::Not(Box::new(other.clone()))).collect();
    earlier.push(condition.clone());
    all.push(condition);
    Branch { condition: CfgExpr::All(all), body }
}
