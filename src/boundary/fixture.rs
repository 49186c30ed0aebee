//! Models from a few lines of text, for the tests of this stage and of those that judge.
//!
//! ```text
//! package orders core/orders lib bin      a package, its folder, its targets (without any: a library)
//! external axum sqlx                      third-party packages, sorted
//! pub mod orders::stock                   also `mod`, `pub(crate) mod`; struct, enum, variant, fn, trait likewise
//! pub use orders::Stock = orders::stock::Stock
//! web::cart -> orders::stock::Stock call  a reference; words after it: a kind, test, inactive, inferred, glob, extern
//! ```
//!
//! A reference's route is looked up name by name.  `glob` keeps its last step alone; `extern` adds a step that looks up
//! the crate's name in the referring crate.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::{Boundaries, Code, Declaration, Intent, Origin, Pattern, Placed, Role, Shown, Template, resolve};
use crate::facts::{ItemKind, PathSource};
use crate::model::{
    Certainty, Export, Model, ModelBuilder, NewReference, Node, NodeId, NodeKind, ReferenceKind, Step, Visibility,
};
use crate::source::{SourceFile, SourceTree, Span};
use crate::workspace::TargetKind;

pub(crate) struct Fixture {
    pub(crate) model: Model,
    pub(crate) sources: SourceTree,
    /// Of each package.
    pub(crate) folders: Vec<(NodeId, String)>,
}

struct Build {
    builder: ModelBuilder,
    nodes: BTreeMap<String, NodeId>,
    /// (module, name) → what it leads to.
    names: BTreeMap<(NodeId, String), NodeId>,
    folders: Vec<(NodeId, String)>,
}

impl Fixture {
    pub(crate) fn new(text: &str) -> Self {
        let mut build = Build {
            builder: ModelBuilder::new("fixture"),
            nodes: BTreeMap::new(),
            names: BTreeMap::new(),
            folders: Vec::new(),
        };
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        for line in lines.iter().filter(|line| !line.contains(" -> ")) {
            build.declare(line);
        }
        let uses: Vec<&&str> = lines.iter().filter(|line| line.contains(" -> ")).collect();
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for line in &uses {
            let (from, path, words) = parts(line);
            let text = texts.entry(file_path(from)).or_default();
            if words.contains(&"call") {
                writeln!(text, "    {path}();").unwrap();
            } else {
                writeln!(text, "use {path};").unwrap();
            }
        }
        let sources =
            SourceTree::new(texts.into_iter().map(|(path, text)| SourceFile::new(path, Arc::from(text))).collect());
        let mut offsets: BTreeMap<String, u32> = BTreeMap::new();
        for line in &uses {
            build.refer(line, &sources, &mut offsets);
        }
        let model = build.builder.freeze();
        assert_eq!(model.verify(), Vec::<String>::new());
        Self { model, sources, folders: build.folders }
    }

    pub(crate) fn node(&self, path: &str) -> NodeId {
        self.model.find(path).unwrap_or_else(|| panic!("no node `{path}`"))
    }

    /// The boundaries that these declarations give; panics on problems.
    pub(crate) fn boundaries(&self, intent: impl Into<Intent>) -> Boundaries {
        resolve(self.code(), intent).unwrap()
    }

    pub(crate) fn code(&self) -> Code<'_> {
        Code { model: &self.model, folders: &self.folders, sources: &self.sources, owners: None }
    }
}

fn parts(line: &str) -> (&str, &str, Vec<&str>) {
    let (from, rest) = line.split_once(" -> ").unwrap();
    let mut words = rest.split_whitespace();
    (from, words.next().unwrap(), words.collect())
}

fn file_path(module: &str) -> String {
    format!("src/{}.rs", module.replace("::", "/").replace(':', "_"))
}

impl Build {
    fn add(
        &mut self,
        path: &str,
        name: &str,
        kind: NodeKind,
        parent: Option<NodeId>,
        visibility: Visibility,
    ) -> NodeId {
        let id = self.builder.add_node(Node {
            kind,
            name: name.into(),
            path: path.into(),
            parent,
            visibility,
            file: None,
            span: Span::default(),
            line: 1,
            lines: 1,
            test: matches!(kind, NodeKind::Target(target) if target.is_test()),
            active: true,
        });
        if kind != NodeKind::Package {
            self.nodes.insert(path.to_owned(), id);
        }
        id
    }

    fn declare(&mut self, line: &str) {
        if let Some(names) = line.strip_prefix("external ") {
            return self.builder.set_external_crates(names.split_whitespace());
        }
        if let Some(package) = line.strip_prefix("package ") {
            return self.declare_package(package);
        }
        if let Some(export) = line.strip_prefix("pub use ") {
            let (alias, path) = export.split_once(" = ").unwrap();
            let (module, name) = alias.rsplit_once("::").unwrap();
            let node = self.lookup(path).last().map_or_else(|| self.nodes[path], |step| step.node);
            let module = self.nodes[module];
            return self.export(module, name, node, Visibility::Public, true);
        }
        let (words, path) = line.rsplit_once(' ').unwrap();
        let (parent_path, name) = path.rsplit_once("::").unwrap();
        let parent = *self.nodes.get(parent_path).unwrap_or_else(|| panic!("no parent of `{path}`"));
        let (visibility, word) = match words.split_once(' ') {
            Some(("pub", word)) => (Visibility::Public, word),
            Some(("pub(crate)", word)) => (Visibility::Within(self.target_of(parent)), word),
            _ if words == "variant" => (Visibility::Public, words),
            _ => (Visibility::Within(parent), words),
        };
        let kind = match word {
            "mod" => NodeKind::Module,
            "struct" => NodeKind::Item(ItemKind::Struct),
            "enum" => NodeKind::Item(ItemKind::Enum),
            "variant" => NodeKind::Item(ItemKind::Variant),
            "fn" => NodeKind::Item(ItemKind::Function),
            "trait" => NodeKind::Item(ItemKind::Trait),
            other => panic!("what is `{other}`?"),
        };
        let id = self.add(path, name, kind, Some(parent), visibility);
        self.names.insert((parent, name.to_owned()), id);
        if self.builder.node(parent).kind.is_module() {
            self.export(parent, name, id, visibility, false);
        }
    }

    fn declare_package(&mut self, text: &str) {
        let mut words = text.split_whitespace();
        let (name, folder) = (words.next().unwrap(), words.next().unwrap());
        let package = self.add(name, name, NodeKind::Package, None, Visibility::Public);
        self.folders.push((package, folder.to_owned()));
        let mut targets: Vec<&str> = words.collect();
        if targets.is_empty() {
            targets.push("lib");
        }
        for target in targets {
            let (kind, target_name) = target.split_once(':').unwrap_or((target, name));
            let crate_name = target_name.replace('-', "_");
            let (kind, label) = match kind {
                "lib" => (TargetKind::Lib, crate_name),
                "bin" => (TargetKind::Bin, format!("bin:{crate_name}")),
                "test" => (TargetKind::Test, format!("test:{crate_name}")),
                other => panic!("what target is `{other}`?"),
            };
            self.add(&label, target_name, NodeKind::Target(kind), Some(package), Visibility::Public);
        }
    }

    fn export(&mut self, module: NodeId, name: &str, node: NodeId, visibility: Visibility, reexport: bool) {
        let symbol = self.builder.symbol(name);
        self.names.insert((module, name.to_owned()), node);
        self.builder.add_export(module, Export { name: symbol, node, visibility, reexport });
    }

    fn target_of(&self, mut node: NodeId) -> NodeId {
        while !matches!(self.builder.node(node).kind, NodeKind::Target(_)) {
            node = self.builder.node(node).parent.unwrap();
        }
        node
    }

    fn module_of(&self, mut node: NodeId) -> NodeId {
        while !self.builder.node(node).kind.is_module() {
            node = self.builder.node(node).parent.unwrap();
        }
        node
    }

    /// The steps of a path that starts with a target's label; the look-up of a crate's name is none.
    fn lookup(&mut self, path: &str) -> Vec<Step> {
        let (label, rest) = path.split_once("::").unwrap_or((path, ""));
        let mut here = *self.nodes.get(label).unwrap_or_else(|| panic!("no target `{label}`"));
        let mut steps = Vec::new();
        for name in rest.split("::").filter(|name| !name.is_empty()) {
            let node = *self.names.get(&(here, name.to_owned())).unwrap_or_else(|| panic!("no `{name}` in `{path}`"));
            steps.push(Step { module: self.module_of(here), name: self.builder.symbol(name), node });
            here = node;
        }
        steps
    }

    fn refer(&mut self, line: &str, sources: &SourceTree, offsets: &mut BTreeMap<String, u32>) {
        let (from_path, path, words) = parts(line);
        let from = *self.nodes.get(from_path).unwrap_or_else(|| panic!("no module `{from_path}`"));
        let mut steps = self.lookup(path);
        let label = path.split("::").next().unwrap();
        let to_item = steps.last().map_or(self.nodes[label], |step| step.node);
        if words.contains(&"extern") {
            let step = Step { module: self.target_of(from), name: self.builder.symbol(label), node: self.nodes[label] };
            steps.insert(0, step);
        }
        if words.contains(&"glob") {
            steps = steps.split_off(steps.len() - 1);
        }
        let kind = ReferenceKind::ALL.into_iter().find(|kind| words.contains(&kind.word()));
        let file_path = file_path(from_path);
        let file = sources.find(&file_path).unwrap();
        let text = &sources.file(file).text;
        let offset = offsets.entry(file_path).or_default();
        let line_start = *offset;
        let line_text = text[line_start as usize..].lines().next().unwrap();
        *offset += line_text.len() as u32 + 1;
        let start = line_start + line_text.find(path).unwrap() as u32;
        let span = Span::new(start, start + path.len() as u32);
        let at = sources.file(file).line_column(start);
        let route = self.builder.steps_list(&steps);
        self.builder.add_reference(NewReference {
            from,
            to: self.module_of(to_item),
            kind: kind.unwrap_or(ReferenceKind::Use),
            source: PathSource::Written,
            certainty: if words.contains(&"inferred") { Certainty::Inferred } else { Certainty::Resolved },
            test: words.contains(&"test"),
            active: !words.contains(&"inactive"),
            shown: words.contains(&"shown"),
            file,
            span,
            line: at.line,
            column: at.column,
            from_item: from,
            to_item,
            named: Default::default(),
            facades: Default::default(),
            route,
        });
    }
}

/// `contains a b; api root; may_use c; owner @team`; without `api` the default.
pub(crate) fn declare(name: &str, text: &str) -> Declaration {
    declarations(&[(name, text)]).remove(0)
}

/// Several [`declare`]s whose places differ, in the order given.
pub(crate) fn declarations(declared: &[(&str, &str)]) -> Vec<Declaration> {
    let parse = |text: &str| Pattern::parse(text).unwrap();
    let mut place = places();
    declared.iter().map(|(name, text)| declaration(name, text, &mut place, &parse)).collect()
}

/// A template whose variable stands in its name.
pub(crate) fn template(name: &str, text: &str) -> Template {
    let variable = name[name.find('<').unwrap()..=name.find('>').unwrap()].to_owned();
    let parse = |text: &str| Pattern::with_variable(text, &variable).unwrap();
    let declaration = declaration(name, text, &mut places(), &parse);
    Template { variable, declaration }
}

fn places() -> impl FnMut() -> Span {
    let mut at = 0;
    move || {
        at += 10;
        Span::new(at, at + 5)
    }
}

/// The keys that a declaration of a fixture may have.
const KEYS: [&str; 11] =
    ["contains", "api", "may_use", "events_only", "layer", "tags", "domain", "adapters", "role", "stable", "owner"];

fn declaration(
    name: &str,
    text: &str,
    place: &mut dyn FnMut() -> Span,
    parse: &dyn Fn(&str) -> Pattern,
) -> Declaration {
    let mut declaration = Declaration {
        name: name.to_owned(),
        span: place(),
        api: vec![Placed { value: Shown::Root, span: Span::default() }],
        ..Declaration::default()
    };
    let pattern = |word: Placed<String>| Placed { value: parse(&word.value), span: word.span };
    let shown = |word: Placed<String>| {
        let value = match word.value.as_str() {
            "root" => Shown::Root,
            "pub" => Shown::Pub,
            path => Shown::Path(parse(path)),
        };
        Placed { value, span: word.span }
    };
    for part in text.split(';') {
        let mut words = part.split_whitespace().map(|word| Placed { value: word.to_owned(), span: place() });
        let key = words.next().map_or(String::new(), |word| word.value);
        let key = KEYS.iter().find(|known| **known == key).unwrap_or_else(|| panic!("what is `{key}`?"));
        match *key {
            "contains" => declaration.contains = words.map(pattern).collect(),
            "api" => declaration.api = words.map(shown).collect(),
            "may_use" => declaration.may_use = Some(words.collect()),
            "events_only" => declaration.events_only = words.collect(),
            "layer" => declaration.layer = words.next(),
            "tags" => declaration.tags = words.map(|word| word.value).collect(),
            "domain" => declaration.domain = words.map(pattern).collect(),
            "adapters" => declaration.adapters = words.map(pattern).collect(),
            "stable" => declaration.stable = words.next().is_some_and(|word| word.value == "true"),
            "role" => declaration.role = words.next().and_then(|word| Role::parse(&word.value)),
            _ => declaration.owner = words.next().map(|word| word.value),
        }
        declaration.origins.insert(key, Placed { value: Origin::Own, span: Span::default() });
    }
    declaration
}
