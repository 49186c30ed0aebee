//! Attributes: conditions, what they say of an item, and the macros that they name.
//!
//! In: a node that starts with attributes.  Out: [`Attributes`].  Not here: doc comments, which are no tokens, and
//! what the attributes for derive macros name (`derive_arguments`).

use std::ops::Range;

use super::collect::{Collector, Written};
use super::conditions::predicate;
use super::literals::text_of;
use super::syntax::Kind;
use super::{CfgId, PathRole, PathRoot};
use crate::workspace::cfg::CfgExpr;

/// What the attributes of one node say.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    /// Of everything around the node and of the node itself.
    pub(super) cfg: CfgId,
    /// `#[test]` or the like.
    pub(super) test: bool,
    /// `#[path = ".."]`, with the condition of a `cfg_attr` around it.
    pub(super) paths: Vec<(Box<str>, CfgId)>,
    pub(super) macro_use: bool,
    pub(super) macro_export: bool,
    pub(super) local_inner_macros: bool,
    pub(super) no_std: bool,
    pub(super) no_core: bool,
    pub(super) no_implicit_prelude: bool,
    pub(super) procedural: Option<Procedural>,
    /// Macros that it names, recorded once its condition is known.
    mentions: Vec<Mention>,
    /// The arguments of attributes for derive macros.
    pub(super) helpers: Vec<Helper>,
}

/// The arguments of an attribute that a derive macro reads.
#[derive(Clone, Debug)]
pub(super) struct Helper {
    pub(super) tokens: Range<u32>,
    pub(super) condition: Option<CfgExpr>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Procedural {
    Function,
    Attribute,
    /// The token with the name of the derive macro.
    Derive(u32),
}

#[derive(Clone, Debug)]
struct Mention {
    tokens: Range<u32>,
    role: PathRole,
    condition: Option<CfgExpr>,
}

/// A part of an attribute that waits for the condition of the whole.
#[derive(Default)]
struct Reading {
    attributes: Attributes,
    conditions: Vec<CfgExpr>,
    files: Vec<(Box<str>, Option<CfgExpr>)>,
    /// Paths of macros are of interest.
    item: bool,
    /// The node is data, or a part of it: other attributes are for its derive macros.
    data: bool,
}

impl Collector<'_> {
    /// Reads the attributes that a node starts with.  Those of an `item` also name macros, recorded by
    /// [`Self::mention_macros`].
    pub(super) fn attributes(&mut self, id: u32, item: bool) -> Attributes {
        let mut reading = Reading { item, ..Reading::default() };
        self.read_attributes(id, &mut reading);
        self.finish(reading)
    }

    /// The same, with the inner attributes of `list`, which belong to the node too (`mod m { #![cfg(..)] }`).
    pub(super) fn attributes_with(&mut self, id: u32, list: Option<u32>) -> Attributes {
        let mut reading = Reading { item: true, ..Reading::default() };
        self.read_attributes(id, &mut reading);
        if let Some(list) = list {
            self.read_attributes(list, &mut reading);
        }
        self.finish(reading)
    }

    fn read_attributes(&self, id: u32, reading: &mut Reading) {
        let end = self.syntax.end(id);
        reading.data = matches!(
            self.syntax.kind(id),
            Kind::STRUCT | Kind::ENUM | Kind::UNION | Kind::VARIANT | Kind::RECORD_FIELD | Kind::TUPLE_FIELD
        );
        let mut at = id + 1;
        while at < end && self.syntax.kind(at) == Kind::ATTR {
            let node = self.syntax.node(at);
            let mut token = node.first + 1;
            if self.syntax.token(token) == Kind::BANG {
                token += 1;
            }
            if self.syntax.token(token) == Kind::L_BRACK {
                let inside = self.syntax.inside(token..node.last);
                self.meta(inside, None, reading);
            }
            at = node.end;
        }
    }

    fn finish(&mut self, reading: Reading) -> Attributes {
        let mut attributes = reading.attributes;
        attributes.cfg = self.at.cfg;
        for condition in reading.conditions {
            attributes.cfg = self.condition(attributes.cfg, condition);
        }
        for (file, condition) in reading.files {
            let cfg = match condition {
                Some(condition) => self.condition(attributes.cfg, condition),
                None => attributes.cfg,
            };
            attributes.paths.push((file, cfg));
        }
        attributes
    }

    /// One attribute without its brackets; `condition` is that of the `cfg_attr` around it.
    fn meta(&self, tokens: Range<u32>, condition: Option<&CfgExpr>, reading: &mut Reading) {
        if tokens.is_empty() {
            return;
        }
        if self.syntax.token(tokens.start) == Kind::UNSAFE_KW {
            return self.meta(self.syntax.inside(tokens.start + 1..tokens.end), condition, reading);
        }
        let path = tokens.start..self.end_of_path(tokens.clone());
        let (first, last) = (path.start, path.end.max(path.start + 1) - 1);
        let plain = path.len() == 1;
        let name = self.syntax.token_text(last);
        let arguments = path.end..tokens.end;
        let has_arguments = self.syntax.token(path.end) == Kind::L_PAREN && !arguments.is_empty();
        let inside = self.syntax.inside(arguments.clone());
        let attributes = &mut reading.attributes;
        match name {
            "cfg" if plain && has_arguments => {
                if let Some((written, _)) = predicate(&self.syntax, inside.start, inside.end) {
                    reading.conditions.push(implied(condition, written));
                }
                return;
            }
            "cfg_attr" if plain && has_arguments => {
                let Some((written, after)) = predicate(&self.syntax, inside.start, inside.end) else { return };
                let both = match condition {
                    Some(outer) => CfgExpr::All(vec![outer.clone(), written]),
                    None => written,
                };
                for part in self.split(after..inside.end, &[Kind::COMMA]) {
                    self.meta(part, Some(&both), reading);
                }
                return;
            }
            "derive" if plain && has_arguments => {
                for part in self.split(inside, &[Kind::COMMA]) {
                    attributes.mentions.push(Mention {
                        tokens: part,
                        role: PathRole::Derive,
                        condition: condition.cloned(),
                    });
                }
                return;
            }
            "path" if plain && self.syntax.token(path.end) == Kind::EQ && arguments.len() > 1 => {
                if self.syntax.token(path.end + 1) == Kind::STRING {
                    let file = text_of(self.syntax.token_text(path.end + 1));
                    reading.files.push((file, condition.cloned()));
                }
                return;
            }
            "macro_use" if plain => attributes.macro_use = true,
            "macro_export" if plain => {
                attributes.macro_export = true;
                attributes.local_inner_macros |= has_arguments
                    && (inside.start..inside.end).any(|at| self.syntax.token_text(at) == "local_inner_macros");
            }
            "no_std" if plain && condition.is_none() => attributes.no_std = true,
            "no_core" if plain && condition.is_none() => attributes.no_core = true,
            "no_implicit_prelude" if plain && condition.is_none() => attributes.no_implicit_prelude = true,
            "proc_macro" if plain => attributes.procedural = Some(Procedural::Function),
            "proc_macro_attribute" if plain => attributes.procedural = Some(Procedural::Attribute),
            "proc_macro_derive" if plain && self.syntax.token(inside.start) == Kind::IDENT => {
                attributes.procedural = Some(Procedural::Derive(inside.start));
            }
            _ if is_test(name) => {
                attributes.test = true;
                reading.conditions.push(implied(condition, CfgExpr::Flag("test".into())));
            }
            _ => {}
        }
        let first_name = self.syntax.token_text(first);
        let known = if plain { is_built_in(name) } else { is_tool(first_name) };
        if reading.data && !known && has_arguments {
            reading.attributes.helpers.push(Helper { tokens: inside, condition: condition.cloned() });
        }
        if reading.item && !known && !path.is_empty() {
            reading.attributes.mentions.push(Mention {
                tokens: path,
                role: PathRole::Attribute,
                condition: condition.cloned(),
            });
        }
    }

    /// After `a::b::c`.
    fn end_of_path(&self, tokens: Range<u32>) -> u32 {
        let mut at = tokens.start;
        while at < tokens.end && (self.syntax.token(at) == Kind::COLON || self.syntax.is_name(at)) {
            at += 1;
        }
        at
    }

    /// Records the derive and attribute macros, in the scope at hand and with the item that has them as owner.
    pub(super) fn mention_macros(&mut self, attributes: &Attributes) {
        self.mention_helpers(attributes);
        for mention in &attributes.mentions {
            let cfg = match &mention.condition {
                Some(condition) => self.condition(attributes.cfg, condition.clone()),
                None => attributes.cfg,
            };
            self.under(cfg, |this| {
                let from = this.segments.len();
                if let Some((written, _)) = this.scan_path(mention.tokens.start, mention.tokens.end) {
                    this.record(from, written, mention.role, this.at.source);
                }
                this.segments.truncate(from);
            });
        }
    }

    /// The parts of a range between separators; brackets are skipped.
    pub(super) fn split(&self, tokens: Range<u32>, separators: &[Kind]) -> Vec<Range<u32>> {
        let mut parts = Vec::new();
        let mut start = tokens.start;
        let mut at = tokens.start;
        while at < tokens.end {
            if separators.contains(&self.syntax.token(at)) {
                if at > start {
                    parts.push(start..at);
                }
                start = at + 1;
                at += 1;
            } else {
                at = self.syntax.after_group(at, tokens.end);
            }
        }
        if tokens.end > start {
            parts.push(start..tokens.end);
        }
        parts
    }

    /// Reads a path from tokens to the end of [`Self::segments`]; gives it and the token after it.
    /// Generic arguments end it.
    pub(super) fn scan_path(&mut self, start: u32, limit: u32) -> Option<(Written, u32)> {
        let from = self.segments.len();
        let mut at = start;
        let mut root = PathRoot::Plain;
        if self.syntax.at_double_colon(at) {
            root = PathRoot::Global;
            at += 2;
        }
        let mut relative = false;
        let mut end = at;
        let mut expects_name = true;
        while at < limit {
            if !expects_name {
                if !(self.syntax.at_double_colon(at) && at + 2 < limit && self.syntax.is_name(at + 2)) {
                    break;
                }
                at += 2;
            }
            expects_name = false;
            let started = self.segments.len() > from;
            match (self.syntax.token(at), root) {
                (Kind::IDENT, _) => {
                    let symbol = self.symbol(at);
                    self.segments.push((symbol, self.syntax.offset(at)));
                }
                (Kind::CRATE_KW, PathRoot::Plain) if !started => root = self.crate_root(at),
                (Kind::SELF_KW, PathRoot::Plain) if !started => root = PathRoot::Super(0),
                (Kind::SELF_KW, PathRoot::Super(_)) if !started => {}
                (Kind::SUPER_KW, PathRoot::Plain) if !started => root = PathRoot::Super(1),
                (Kind::SUPER_KW, PathRoot::Super(up)) if !started => root = PathRoot::Super(up.saturating_add(1)),
                (Kind::SELF_TYPE_KW | Kind::SELF_KW | Kind::SUPER_KW | Kind::CRATE_KW, _) => relative = true,
                _ => break,
            }
            at += 1;
            end = at;
        }
        if end == start {
            return None;
        }
        let span = self.syntax.token_span(start..end);
        Some((Written { root, relative, trailing_self: false, arguments: false, span }, end))
    }
}

/// A condition that counts only where the `cfg_attr` around it holds.
fn implied(outer: Option<&CfgExpr>, inner: CfgExpr) -> CfgExpr {
    match outer {
        Some(outer) => CfgExpr::Any(vec![CfgExpr::Not(Box::new(outer.clone())), inner]),
        None => inner,
    }
}

/// Attributes whose functions are built for tests alone, by their last name.
fn is_test(name: &str) -> bool {
    matches!(name, "test" | "bench" | "rstest" | "test_case" | "test_matrix" | "wasm_bindgen_test" | "quickcheck")
}

/// Namespaces of tools, whose attributes are no macros (The Rust Reference, "Tool attributes").
fn is_tool(name: &str) -> bool {
    matches!(name, "clippy" | "rustfmt" | "diagnostic" | "miri" | "rust_analyzer" | "rustc" | "rustdoc")
}

/// Attributes of the language (The Rust Reference, "Built-in attributes index"), and unstable ones in use.
fn is_built_in(name: &str) -> bool {
    matches!(
        name,
        "allow"
            | "alloc_error_handler"
            | "allow_internal_unsafe"
            | "allow_internal_unstable"
            | "automatically_derived"
            | "bench"
            | "cfg"
            | "cfg_attr"
            | "cfg_eval"
            | "cold"
            | "collapse_debuginfo"
            | "const_trait"
            | "coroutine"
            | "coverage"
            | "crate_name"
            | "crate_type"
            | "debugger_visualizer"
            | "deny"
            | "deprecated"
            | "derive"
            | "derive_const"
            | "doc"
            | "expect"
            | "export_name"
            | "feature"
            | "ffi_const"
            | "ffi_pure"
            | "forbid"
            | "fundamental"
            | "global_allocator"
            | "ignore"
            | "inline"
            | "instruction_set"
            | "lang"
            | "link"
            | "link_name"
            | "link_ordinal"
            | "link_section"
            | "linkage"
            | "macro_export"
            | "macro_use"
            | "marker"
            | "may_dangle"
            | "must_not_suspend"
            | "must_use"
            | "naked"
            | "needs_allocator"
            | "needs_panic_runtime"
            | "no_builtins"
            | "no_core"
            | "no_implicit_prelude"
            | "no_link"
            | "no_main"
            | "no_mangle"
            | "no_std"
            | "non_exhaustive"
            | "optimize"
            | "panic_handler"
            | "path"
            | "prelude_import"
            | "proc_macro"
            | "proc_macro_attribute"
            | "proc_macro_derive"
            | "recursion_limit"
            | "reexport_test_harness_main"
            | "repr"
            | "should_panic"
            | "stable"
            | "target_feature"
            | "test"
            | "test_runner"
            | "thread_local"
            | "track_caller"
            | "type_length_limit"
            | "unstable"
            | "used"
            | "warn"
            | "windows_subsystem"
    ) || name.starts_with("rustc_")
}
