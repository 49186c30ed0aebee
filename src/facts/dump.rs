//! Facts as text, one fact a line, for the tests of this stage.
//!
//! In: [`FileFacts`].  Out: text.  What is usual (private, file scope, written, no condition) is left out.

use std::fmt::Write;

use super::*;

fn root(root: PathRoot) -> String {
    match root {
        PathRoot::Plain => String::new(),
        PathRoot::Global => "::".into(),
        PathRoot::Crate => "crate::".into(),
        PathRoot::DollarCrate(krate) => format!("$crate{krate}::"),
        PathRoot::Super(0) => "self::".into(),
        PathRoot::Super(up) => "super::".repeat(up.into()),
    }
}

fn path(facts: &FileFacts, start: PathRoot, segments: SegmentRange) -> String {
    let names: Vec<&str> = facts.segments(segments).iter().map(|segment| facts.name(segment.name)).collect();
    root(start) + &names.join("::")
}

fn owner(facts: &FileFacts, item: ItemId) -> String {
    match facts.item(item).name {
        Some(name) => facts.name(name).into(),
        None => facts.item(item).kind.word().into(),
    }
}

fn condition(expression: &CfgExpr) -> String {
    let list = |parts: &[CfgExpr]| parts.iter().map(condition).collect::<Vec<_>>().join(", ");
    match expression {
        CfgExpr::All(parts) => format!("all({})", list(parts)),
        CfgExpr::Any(parts) => format!("any({})", list(parts)),
        CfgExpr::Not(part) => format!("not({})", condition(part)),
        CfgExpr::Flag(flag) => flag.to_string(),
        CfgExpr::KeyValue(key, value) => format!("{key}={value}"),
    }
}

fn place(facts: &FileFacts, scope: ScopeId, around: Option<ItemId>, cfg: CfgId) -> String {
    let mut text = String::new();
    if scope != FILE_SCOPE {
        write!(text, " in {}", scope.0).unwrap();
    }
    if let Some(item) = around {
        write!(text, " of {}", owner(facts, item)).unwrap();
    }
    if cfg != CfgId::default() {
        write!(text, " if {}", condition(facts.cfg(cfg))).unwrap();
    }
    text
}

fn visibility(facts: &FileFacts, visibility: Visibility) -> String {
    match visibility {
        Visibility::Private => String::new(),
        Visibility::Public => "pub ".into(),
        Visibility::Crate => "pub(crate) ".into(),
        Visibility::Super(up) => format!("pub({}) ", root(PathRoot::Super(up)).trim_end_matches("::")),
        Visibility::In { root, segments } => format!("pub(in {}) ", path(facts, root, segments)),
        Visibility::Inherited => "inherited ".into(),
    }
}

pub(super) fn scopes(facts: &FileFacts) -> String {
    let mut text = String::new();
    for (at, scope) in facts.scopes.iter().enumerate().skip(1) {
        let parent = scope.parent.map_or(0, |parent| parent.0);
        let kind = match scope.kind {
            ScopeKind::File => "file".into(),
            ScopeKind::Module(item) => format!("module {}", owner(facts, item)),
            ScopeKind::Block => "block".into(),
        };
        writeln!(text, "{at}: {kind} in {parent}").unwrap();
    }
    text
}

pub(super) fn items(facts: &FileFacts) -> String {
    let mut text = String::new();
    for item in &facts.items {
        let name = item.name.map_or("_", |name| facts.name(name));
        write!(text, "{}{} {name}", visibility(facts, item.visibility), item.kind.word()).unwrap();
        match &item.details {
            ItemDetails::None | ItemDetails::Function { test: false } => {}
            ItemDetails::Function { test: true } => text += " [test]",
            ItemDetails::Struct { constructor: true } => text += " [value]",
            ItemDetails::Struct { constructor: false } => {}
            ItemDetails::Module(module) => {
                if module.inline.is_none() {
                    text += ";";
                }
                for (file, cfg) in &module.paths {
                    write!(text, " [path {file}{}]", place(facts, FILE_SCOPE, None, *cfg)).unwrap();
                }
                if module.macro_use {
                    text += " [macro_use]";
                }
            }
            ItemDetails::Impl(header) => {
                let name = |index: Option<u32>| {
                    index.map_or("?".into(), |index| {
                        let found = &facts.paths[index as usize];
                        path(facts, found.root, found.segments)
                    })
                };
                let of = if header.trait_.is_some() { format!("{} for ", name(header.trait_)) } else { String::new() };
                write!(text, " [{of}{}]", name(header.self_type)).unwrap();
            }
            ItemDetails::ProcMacro { exported, derive, attribute } => {
                let kind = if *derive {
                    "derive"
                } else if *attribute {
                    "attribute"
                } else {
                    "function"
                };
                write!(text, " [{kind} {}]", facts.name(*exported)).unwrap();
            }
        }
        writeln!(text, "{}", place(facts, item.scope, item.parent, item.cfg)).unwrap();
    }
    text
}

pub(super) fn imports(facts: &FileFacts) -> String {
    let mut text = String::new();
    for import in &facts.imports {
        let start = path(facts, import.root, import.segments);
        let start = start.trim_end_matches("::");
        let named = |name: NameId| facts.name(name).to_owned();
        let leaf = match import.kind {
            ImportKind::Single { name } => format!("{start} as {}", named(name)),
            ImportKind::SelfOnly { name } => format!("{start}::{{self}} as {}", named(name)),
            ImportKind::Unnamed => format!("{start} as _"),
            ImportKind::Glob => format!("{start}::*"),
            ImportKind::ExternCrate { name, macro_use } => {
                let used = if macro_use { " [macro_use]" } else { "" };
                format!("crate {start} as {}{used}", name.map_or("_".into(), named))
            }
        };
        let around = place(facts, import.scope, import.owner, import.cfg);
        writeln!(text, "{}{leaf}{around}", visibility(facts, import.visibility)).unwrap();
    }
    text
}

pub(super) fn paths(facts: &FileFacts) -> String {
    let mut text = String::new();
    for found in &facts.paths {
        let source = match found.source {
            PathSource::Written => "",
            PathSource::MacroArgument => " (argument)",
            PathSource::MacroBody => " (body)",
            PathSource::MacroScan => " (scan)",
            PathSource::Index => " (index)",
        };
        let around = place(facts, found.scope, found.owner, found.cfg);
        writeln!(text, "{:?} {}{source}{around}", found.role, path(facts, found.root, found.segments)).unwrap();
    }
    text
}

pub(super) fn macros(facts: &FileFacts) -> String {
    let mut text = String::new();
    for definition in &facts.macro_defs {
        let flag = |on: bool, word: &str| if on { format!(" {word}") } else { String::new() };
        let (exported, inner) = (flag(definition.exported, "exported"), flag(definition.local_inner_macros, "inner"));
        writeln!(
            text,
            "macro {}{exported}{inner}{}",
            owner(facts, definition.item),
            flag(definition.textual, "textual")
        )
        .unwrap();
    }
    for call in &facts.macro_calls {
        let found = &facts.paths[call.path as usize];
        writeln!(text, "{}! {:?} {:?}", path(facts, found.root, found.segments), call.position, call.reading).unwrap();
    }
    text
}
