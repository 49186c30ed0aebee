//! Boundaries whose code is known already, for pictures of what no riprap.toml has to say.
//!
//! In: names, owners, how they nest, and the innermost boundary of each node.  Out: [`Boundaries`] that say where code
//! belongs and nothing of what it may do.  Not here: patterns.

use super::{Boundaries, BoundaryId, Declaration};
use crate::model::Model;

/// What is known of one boundary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    pub name: String,
    pub owner: Option<String>,
    /// The name of the boundary around it.
    pub parent: Option<String>,
}

impl Boundaries {
    /// `laid` is sorted by name, no two alike; `owners` has the name of the innermost boundary of each node.  A name that
    /// no boundary has means none.
    pub fn laid(laid: Vec<Laid>, owners: &[Option<&str>], model: &Model) -> Self {
        let find = |name: &str| {
            let index = laid.binary_search_by(|boundary| boundary.name.as_str().cmp(name)).ok()?;
            Some(BoundaryId(index as u32))
        };
        let parents: Vec<Option<BoundaryId>> = laid.iter().map(|it| it.parent.as_deref().and_then(find)).collect();
        let owners = owners.iter().map(|name| name.and_then(find)).collect();
        let count = laid.len();
        let declare = |it: Laid| Declaration { name: it.name, owner: it.owner, ..Declaration::default() };
        let mut boundaries = Self {
            parents: unringed(parents),
            declarations: laid.into_iter().map(declare).collect(),
            owners,
            roots: vec![Vec::new(); count],
            members: vec![Vec::new(); count],
            shown_packages: vec![Vec::new(); count],
            permissions: vec![Vec::new(); count],
            users: vec![Vec::new(); count],
            ranks: vec![None; count],
            ..Self::default()
        };
        for id in model.node_ids().skip(1) {
            let above = model.node(id).parent.and_then(|above| boundaries.of(above));
            if let Some(owner) = boundaries.of(id).filter(|owner| above != Some(*owner)) {
                boundaries.members[owner.0 as usize].push(id);
            }
        }
        boundaries
    }
}

/// Two revisions may nest two boundaries in each other; then neither is around the other.
fn unringed(mut parents: Vec<Option<BoundaryId>>) -> Vec<Option<BoundaryId>> {
    for start in 0..parents.len() {
        let mut steps = 0;
        let mut at = parents[start];
        while let Some(id) = at {
            steps += 1;
            if id.0 as usize == start || steps > parents.len() {
                parents[start] = None;
                break;
            }
            at = parents[id.0 as usize];
        }
    }
    parents
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boundary::fixture::Fixture;

    fn laid(name: &str, parent: Option<&str>) -> Laid {
        Laid { name: name.to_owned(), owner: None, parent: parent.map(str::to_owned) }
    }

    #[test]
    fn code_is_where_it_was_laid_and_rings_are_opened() {
        let model = Fixture::new("package shop shop\npub mod shop::cart\npub mod shop::menu").model;
        let owners: Vec<Option<&str>> = model
            .node_ids()
            .map(|id| match model.path(id) {
                "shop::cart" => Some("cart"),
                "" => None,
                _ => Some("shop"),
            })
            .collect();
        let boundaries =
            Boundaries::laid(vec![laid("cart", Some("shop")), laid("shop", Some("cart"))], &owners, &model);
        let cart = model.find("shop::cart").unwrap();
        let names: Vec<&str> = boundaries.chain(cart).map(|id| boundaries.name(id)).collect();
        assert_eq!(names[0], "cart");
        assert!(names.len() <= 2);
        let menu = model.find("shop::menu").unwrap();
        assert_eq!(boundaries.of(menu).map(|id| boundaries.name(id)), Some("shop"));
        assert_eq!(boundaries.members(boundaries.find("cart").unwrap()), [cart]);
    }
}
