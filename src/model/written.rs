//! Written paths in the terms of a model.
//!
//! In: a resolution's written paths, and the node of each module and item.  Out: [`Written`].  Not here: what is written
//! instead (`patch`).

use super::origins::Origins;
use super::{NodeId, Visibility};
use crate::facts::{PathRole, PathRoot, PathSource};
use crate::resolve::{self, Def, Resolution};
use crate::source::{FileId, Span};
use crate::workspace::cfg::Activity;

/// A path, or a leaf of a `use` tree.
#[derive(Clone, Debug)]
pub struct Written {
    pub file: FileId,
    /// The module around it.
    pub from: NodeId,
    /// It stands in a block that has names of its own.
    pub in_block: bool,
    /// The item around it; the module where there is none.
    pub from_item: NodeId,
    pub root: PathRoot,
    pub source: PathSource,
    pub test: bool,
    pub span: Span,
    pub names: Vec<Name>,
    pub form: Form,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    Path(PathRole),
    /// A leaf of the `use` item at `item`; `brings` is what it is called here.
    Use {
        item: Span,
        brings: Option<Box<str>>,
        glob: bool,
        visibility: Visibility,
    },
}

/// One name of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub text: Box<str>,
    /// `None` for one that the body of a macro wrote.
    pub start: Option<u32>,
    pub meaning: Meaning,
    /// Other nodes that the last name of an import brings.
    pub also: Vec<NodeId>,
    /// Where it was looked up; `None` for crates, variants and macros by the order of the text.
    pub module: Option<NodeId>,
    /// It was found in a block.
    pub in_block: bool,
    pub by: By,
    pub visibility: Visibility,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Node(NodeId),
    /// Something outside the workspace.
    Outside,
    Unknown,
}

/// What brings a name where it is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Declaration,
    /// A `use` of this file and place.
    Import(FileId, u32),
    /// A glob; in the end this module declares it.
    Glob(NodeId),
    /// A glob; in the end an import of this module has it, at this file and place.
    GlobOfImport(NodeId, FileId, u32),
    /// Crates, variants, macros by the order of the text, and what nobody knows.
    Elsewhere,
}

impl Name {
    pub fn node(&self) -> Option<NodeId> {
        match self.meaning {
            Meaning::Node(node) => Some(node),
            Meaning::Outside | Meaning::Unknown => None,
        }
    }
}

impl Origins {
    /// Every path of a resolution, in the order of its files.
    pub fn written(&self, resolution: &mut Resolution) -> Vec<Written> {
        let all = resolution.written();
        let converter = Converter { origins: self, resolution };
        all.iter().map(|written| converter.path(written)).collect()
    }
}

struct Converter<'a> {
    origins: &'a Origins,
    resolution: &'a Resolution,
}

impl Converter<'_> {
    fn path(&self, written: &resolve::Written) -> Written {
        let from = self.origins.module(self.resolution, written.scope);
        let owner = written.owner.and_then(|owner| self.origins.items[owner.0 as usize]);
        let form = match written.form {
            resolve::Form::Path(role) => Form::Path(role),
            resolve::Form::Use { item, brings, glob, visibility } => Form::Use {
                item,
                brings: brings.map(|name| self.resolution.symbols.text(name).into()),
                glob,
                visibility: self.visibility(visibility),
            },
        };
        Written {
            file: written.file,
            from,
            in_block: self.resolution.is_block(written.scope),
            from_item: owner.unwrap_or(from),
            root: written.root,
            source: written.source,
            test: written.activity == Activity::Test,
            span: written.span,
            names: written.names.iter().map(|name| self.name(name)).collect(),
            form,
        }
    }

    fn name(&self, name: &resolve::Name) -> Name {
        let module = |scope| self.origins.module(self.resolution, scope);
        let node = |def| self.origins.node_of(self.resolution, def);
        Name {
            text: self.resolution.symbols.text(name.sym).into(),
            start: name.start,
            meaning: match name.def {
                Some(Def::External(_)) => Meaning::Outside,
                Some(def) => node(def).map_or(Meaning::Unknown, Meaning::Node),
                None => Meaning::Unknown,
            },
            also: name.also.iter().filter_map(|def| node(*def)).collect(),
            module: name.module.map(module),
            in_block: name.module.is_some_and(|scope| self.resolution.is_block(scope)),
            by: match name.by {
                resolve::By::Declaration => By::Declaration,
                resolve::By::Import(file, offset) => By::Import(file, offset),
                resolve::By::Glob(scope) => By::Glob(module(scope)),
                resolve::By::GlobOfImport(scope, file, offset) => By::GlobOfImport(module(scope), file, offset),
                resolve::By::Elsewhere => By::Elsewhere,
            },
            visibility: self.visibility(name.visibility),
        }
    }

    fn visibility(&self, visibility: resolve::Visibility) -> Visibility {
        match visibility {
            resolve::Visibility::Public => Visibility::Public,
            resolve::Visibility::Within(scope) => Visibility::Within(self.origins.module(self.resolution, scope)),
        }
    }
}
