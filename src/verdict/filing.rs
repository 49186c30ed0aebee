//! Which riprap.baseline an accepted violation stands in.
//!
//! In: an entry, the boundaries on a model, the folders of packages.  Out: the folder of its file.  Not here: reading and
//! writing; whatever file an entry stands in, it counts.

use super::Entry;
use crate::boundary::{Boundaries, BoundaryId};
use crate::model::{Model, NodeId, NodeKind};
use crate::source::{self, SourceTree};

/// `baseline` of riprap.toml.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filing {
    /// All entries in one file, beside riprap.toml.
    #[default]
    One,
    /// Those of a boundary where its code is, so that its owner owns them.
    PerBoundary,
}

impl Filing {
    pub const ALL: [Self; 2] = [Self::One, Self::PerBoundary];

    /// The word of riprap.toml.
    pub fn word(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::PerBoundary => "per-boundary",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filing| filing.word() == word)
    }

    /// The folder of an entry's file, from the workspace's; empty for that itself, where also everything stands that is in
    /// no boundary.
    pub fn folder(
        self,
        entry: &Entry,
        model: &Model,
        boundaries: &Boundaries,
        sources: &SourceTree,
        packages: &[(NodeId, String)],
    ) -> String {
        if self == Self::One {
            return String::new();
        }
        let of_code = || boundaries.of(model.find(&entry.from)?);
        let boundary = boundaries.find(&entry.from).or_else(of_code);
        let folder = boundary.and_then(|id| home(id, model, boundaries, sources, packages)).unwrap_or_default();
        // What lies outside the workspace is somebody else's.
        if folder.starts_with("..") { String::new() } else { folder }
    }
}

/// Where a boundary is at home: the folder of the package that has its name, else of its first package; for one of modules
/// the folder of the first one's file.
fn home(
    id: BoundaryId,
    model: &Model,
    boundaries: &Boundaries,
    sources: &SourceTree,
    packages: &[(NodeId, String)],
) -> Option<String> {
    let members = boundaries.members(id);
    let named = members.iter().find(|member| *model.node(**member).name == *boundaries.name(id));
    let member = *named.or(members.first())?;
    match model.node(member).kind {
        NodeKind::Package | NodeKind::Target(_) => {
            let package = model.package_of(member)?;
            packages.iter().find(|(node, _)| *node == package).map(|(_, folder)| folder.clone())
        }
        _ => {
            let file = model.within(member, |node| node.file.is_some())?;
            Some(source::folder_of(&sources.file(model.node(file).file?).path).to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::{Fixture, declarations};
    use crate::verdict::What;

    fn folder(filing: Filing, from: &str) -> String {
        let fixture = Fixture::new(
            "package orders core/orders\npackage orders-db core/orders-db\npackage app app bin\nmod bin:app::cart\n\
             package web ../web\npackage tools tools\nmod orders::stock",
        );
        let boundaries = fixture.boundaries(declarations(&[
            ("orders", "contains orders-db orders"),
            ("sales", "contains app"),
            ("web", "contains web"),
        ]));
        let what = What::Thing(String::new());
        let entry = Entry { rule: "internal-access".to_owned(), from: from.to_owned(), what };
        filing.folder(&entry, &fixture.model, &boundaries, &fixture.sources, &fixture.folders)
    }

    #[test]
    fn an_entry_stands_with_the_boundary_that_it_comes_from() {
        let per_boundary = |from| folder(Filing::PerBoundary, from);
        assert_eq!(per_boundary("orders::stock"), "core/orders");
        assert_eq!(per_boundary("orders_db"), "core/orders");
        assert_eq!(per_boundary("orders"), "core/orders");
        assert_eq!(per_boundary("bin:app::cart"), "app");
        assert_eq!(folder(Filing::One, "orders::stock"), "");
    }

    #[test]
    fn what_is_nobodys_stands_beside_riprap_toml() {
        for from in ["workspace", "tools", "gone::module", "web"] {
            assert_eq!(folder(Filing::PerBoundary, from), "", "{from}");
        }
    }
}
