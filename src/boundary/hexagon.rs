//! The hexagonal form of a boundary: a domain inside, adapters around it.
//!
//! In: the `domain` and `adapters` of declarations, and the boundaries on a model.  Out: the side of each module.  Not
//! here: who may use whom (`rules`).

use super::boundaries::{Boundaries, Side, Unmatched};
use super::pattern::Coverage;
use super::{BoundaryId, Pattern};
use crate::model::{Model, NodeId};

impl Boundaries {
    /// The side of a module and the boundary whose hexagon it is in; `None` for code that is in none.
    pub fn side(&self, module: NodeId) -> Option<(BoundaryId, Side)> {
        self.sides.get(&module).copied()
    }

    /// True if any boundary has the hexagonal form.
    pub fn has_hexagons(&self) -> bool {
        !self.sides.is_empty()
    }

    /// An adapter inside a domain is an adapter.
    pub(super) fn resolve_sides(&mut self, model: &Model) {
        for id in self.ids() {
            let declaration = self.declaration(id);
            let name = declaration.name.clone();
            let sides =
                [("domain", Side::Domain, &declaration.domain), ("adapters", Side::Adapter, &declaration.adapters)];
            let sides = sides.map(|(key, side, patterns)| (key, side, patterns.clone()));
            for (key, side, patterns) in sides {
                for pattern in patterns {
                    if !self.put(model, id, side, &pattern.value) {
                        self.unmatched.push(Unmatched {
                            span: pattern.span,
                            boundary: name.clone(),
                            pattern: pattern.value.to_string(),
                            key,
                        });
                    }
                }
            }
        }
    }

    /// False if no module of the boundary is covered.
    fn put(&mut self, model: &Model, id: BoundaryId, side: Side, pattern: &Pattern) -> bool {
        let covers = |module: &NodeId| {
            self.contains(id, *module) && pattern.covers_name(model, *module, None) == Coverage::AtOrBelow
        };
        let covered: Vec<NodeId> = model.module_ids().filter(covers).collect();
        let any = !covered.is_empty();
        self.sides.extend(covered.into_iter().map(|module| (module, (id, side))));
        any
    }
}

#[cfg(test)]
mod tests {
    use crate::boundary::Side;
    use crate::boundary::fixture::{Fixture, declarations};

    #[test]
    fn modules_stand_on_the_side_that_names_them() {
        let fixture =
            Fixture::new("package pay pay\nmod pay::domain\nmod pay::domain::money\nmod pay::pg\nmod pay::app");
        let declared = declarations(&[("pay", "contains pay; domain pay::domain; adapters pay::pg pay::gone")]);
        let boundaries = fixture.boundaries(declared);
        let side = |path: &str| boundaries.side(fixture.node(path)).map(|(_, side)| side);
        assert_eq!(side("pay::domain::money"), Some(Side::Domain));
        assert_eq!(side("pay::pg"), Some(Side::Adapter));
        assert_eq!((side("pay::app"), side("pay")), (None, None));
        let told: Vec<String> = boundaries.unmatched().iter().map(ToString::to_string).collect();
        assert_eq!(told, ["`pay::gone` in `adapters` of boundary `pay` matches no module of it"]);
    }
}
