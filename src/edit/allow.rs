//! `may_use`: one permission more, where it has an effect.
//!
//! In: a boundary and what it shall be allowed to use.  Out: the entry in the list of its own table.  Where a template or
//! `[defaults]` say what it may use, its own table takes that over: what others may use stays as it is.  Not here: whether
//! the permission is needed.

use toml_edit::{DocumentMut, Item, Value};

use super::{Change, Refusal, block, list};
use crate::boundary::{Boundaries, BoundaryId, Origin};

impl Change {
    /// Lets a boundary use one thing more: a boundary, a package, a folder with `/`, the path of a module or item.
    ///
    /// # Errors
    /// A boundary that may use everything, or this already.
    pub fn allow(boundaries: &Boundaries, user: BoundaryId, uses: &str) -> Result<Self, Refusal> {
        let declaration = boundaries.declaration(user);
        let boundary = declaration.name.clone();
        if !boundaries.declares_dependencies(user) {
            return Err(Refusal::UsesEverything(boundary));
        }
        let known = boundaries.meaningful_permissions(user);
        if known.contains(&uses) {
            return Err(Refusal::AllowedAlready { boundary, uses: uses.to_owned() });
        }
        if let Some(Origin::Manifest(manifest)) = declaration.origin("may_use") {
            return Err(Refusal::SaidInManifest { boundary, key: "may_use", manifest: manifest.clone() });
        }
        let is_own = declaration.origin("may_use") == Some(&Origin::Own);
        let inherited = if is_own { Vec::new() } else { known };
        let starts_from = inherited.into_iter().map(str::to_owned).collect();
        Ok(Self::Allow { boundary, uses: uses.to_owned(), starts_from })
    }
}

pub(super) fn allow(
    document: &mut DocumentMut,
    boundary: &str,
    uses: &str,
    starts_from: &[String],
) -> Result<(), Refusal> {
    let entries = || list::new(starts_from.iter().map(String::as_str).chain([uses]));
    let tables = document.get_mut("boundary").and_then(Item::as_table_like_mut);
    let Some(item) = tables.and_then(|tables| tables.get_mut(boundary)) else {
        return block::insert(document, "boundary", boundary, vec![("may_use", entries())]);
    };
    let table = item.as_table_like_mut().ok_or_else(|| Refusal::UnknownForm(boundary.to_owned()))?;
    match table.get_mut("may_use") {
        None => block::set(table, "may_use", entries()),
        Some(Item::Value(Value::Array(array))) if list::contains(array, uses) => {
            return Err(Refusal::AllowedAlready { boundary: boundary.to_owned(), uses: uses.to_owned() });
        }
        Some(Item::Value(Value::Array(array))) => list::push(array, uses.into()),
        Some(_) => return Err(Refusal::UnknownForm("may_use".to_owned())),
    }
    Ok(())
}
