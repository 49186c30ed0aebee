//! The tiles of the window: where each view is, and which of them keys and commands act on.
//!
//! In: what is asked of them.  Out: [`Tiles`], a part of the state.  A view is in one tile at most; there is always at least
//! one tile.  Not here: what follows for the document (`tiling`), and drawing tiles (`views::tiles`).

use egui::Id;
use egui_tiles::{Container, Linear, LinearDir, SimplificationOptions, Tabs, Tile, TileId, Tree};

use super::pane::Pane;
use super::plan::{Branch, Plan};

/// Where a tile comes to lie beside another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    Left,
    Right,
    Above,
    Below,
}

/// What hands ask of tiles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum OnTiles {
    /// Keys and commands act on this one.
    Focus(Pane),
    /// A view comes to lie beside another one.
    Split {
        at: Pane,
        pane: Pane,
        edge: Edge,
    },
    Close(Pane),
    /// They were moved by hand.
    Moved,
}

#[derive(Debug)]
pub(crate) struct Tiles {
    pub(crate) tree: Tree<Pane>,
    pub(crate) focused: Pane,
    /// How the tiles were before the last one was closed.
    pub(crate) before_close: Option<Plan>,
}

/// Every tile has a tab: that is what it is moved by.
pub(crate) const SIMPLIFIED: SimplificationOptions = SimplificationOptions {
    prune_empty_tabs: true,
    prune_single_child_tabs: true,
    prune_empty_containers: true,
    prune_single_child_containers: true,
    all_panes_must_have_tabs: true,
    join_nested_linear_containers: true,
    flatten_tabs_in_tabs: true,
};

impl Tiles {
    /// One tile, as large as the window.
    pub(crate) fn only(pane: Pane) -> Self {
        Self { tree: Tree::new_tabs(Id::unique("tiles"), vec![pane]), focused: pane, before_close: None }
    }

    pub(crate) fn has(&self, pane: Pane) -> bool {
        self.tree.tiles.find_pane(&pane).is_some()
    }

    pub(crate) fn is_single(&self) -> bool {
        self.tree.tiles.tiles().filter(|tile| tile.is_pane()).count() == 1
    }

    /// What is in sight, from left to right and from top to bottom.
    pub(crate) fn in_sight(&self) -> Vec<Pane> {
        fn collect(branch: &Branch, found: &mut Vec<Pane>) {
            match branch {
                Branch::View(view) => found.push(Pane::of(*view)),
                Branch::Tabs { front, tiles } => collect(&tiles[*front], found),
                Branch::Row(parts) | Branch::Column(parts) => parts.iter().for_each(|(_, part)| collect(part, found)),
            }
        }
        let mut found = Vec::new();
        collect(&self.plan().tiles, &mut found);
        found
    }

    pub(crate) fn shows(&self, pane: Pane) -> bool {
        self.in_sight().contains(&pane)
    }

    /// Brings a view to where it can be seen: in its own tile, or else instead of the view that is acted on.
    pub(crate) fn show(&mut self, pane: Pane) {
        if let Some(tile) = self.tree.tiles.find_pane(&pane) {
            self.tree.make_active(|id, _| id == tile);
        } else if let Some(tile) = self.tree.tiles.find_pane(&self.focused) {
            self.tree.tiles.insert(tile, Tile::Pane(pane));
        }
        self.focused = pane;
    }

    /// Puts a view into a tile of its own beside another one, and acts on it from now on.
    pub(crate) fn split(&mut self, at: Pane, pane: Pane, edge: Edge) {
        if at == pane || !self.has(at) {
            return;
        }
        if let Some(tile) = self.tree.tiles.find_pane(&pane) {
            self.tree.remove_recursively(tile);
        }
        let Some(tile) = self.tree.tiles.find_pane(&at) else { return };
        let neighbour = self.tree.tiles.parent_of(tile).unwrap_or(tile);
        let parent = self.tree.tiles.parent_of(neighbour);
        let new = self.tree.tiles.insert_pane(pane);
        let (direction, is_first) = match edge {
            Edge::Left => (LinearDir::Horizontal, true),
            Edge::Right => (LinearDir::Horizontal, false),
            Edge::Above => (LinearDir::Vertical, true),
            Edge::Below => (LinearDir::Vertical, false),
        };
        let both = if is_first { [new, neighbour] } else { [neighbour, new] };
        let split = self.tree.tiles.insert_container(Linear::new_binary(direction, both, 0.5));
        match parent.and_then(|parent| self.tree.tiles.get_mut(parent)) {
            Some(Tile::Container(container)) => {
                let _index = container.replace_child(neighbour, split);
            }
            _ => self.tree.root = Some(split),
        }
        self.tree.simplify(&SIMPLIFIED);
        self.show(pane);
    }

    /// The view that a split opens: the first that is nowhere yet.
    pub(crate) fn next(&self) -> Option<Pane> {
        Pane::ALL.into_iter().find(|pane| !self.has(*pane))
    }

    /// The last tile stays.
    pub(crate) fn close(&mut self, pane: Pane) {
        if self.is_single() {
            return;
        }
        let Some(tile) = self.tree.tiles.find_pane(&pane) else { return };
        self.before_close = Some(self.plan());
        self.tree.remove_recursively(tile);
        self.tree.simplify(&SIMPLIFIED);
        self.settle();
    }

    /// To the next tile, or the one before, around and around.
    pub(crate) fn step(&mut self, forward: bool) {
        let panes = self.in_sight();
        let here = panes.iter().position(|pane| *pane == self.focused).unwrap_or(0);
        let by = if forward { 1 } else { panes.len() - 1 };
        self.focused = panes[(here + by) % panes.len()];
    }

    /// Acts on something that is in sight, after hands have moved the tiles.
    pub(crate) fn settle(&mut self) {
        self.tree.simplify(&SIMPLIFIED);
        let panes = self.in_sight();
        if !panes.contains(&self.focused) {
            self.focused = panes[0];
        }
    }

    pub(crate) fn plan(&self) -> Plan {
        let tiles = self.tree.root.and_then(|root| self.branch(root));
        Plan { focused: self.focused.view(), tiles: tiles.unwrap_or(Branch::View(self.focused.view())) }
    }

    fn branch(&self, tile: TileId) -> Option<Branch> {
        match self.tree.tiles.get(tile)? {
            Tile::Pane(pane) => Some(Branch::View(pane.view())),
            Tile::Container(Container::Tabs(tabs)) => {
                let shown = tabs.children.iter().filter_map(|child| Some((*child, self.branch(*child)?)));
                let shown: Vec<(TileId, Branch)> = shown.collect();
                let front = shown.iter().position(|(child, _)| tabs.is_active(*child)).unwrap_or(0);
                let mut tiles: Vec<Branch> = shown.into_iter().map(|(_, branch)| branch).collect();
                if tiles.len() > 1 { Some(Branch::Tabs { front, tiles }) } else { tiles.pop() }
            }
            Tile::Container(Container::Linear(linear)) => {
                let part = |child: &TileId| Some((linear.shares[*child], self.branch(*child)?));
                let parts: Vec<(f32, Branch)> = linear.children.iter().filter_map(part).collect();
                match (parts.is_empty(), linear.dir) {
                    (true, _) => None,
                    (false, LinearDir::Horizontal) => Some(Branch::Row(parts)),
                    (false, LinearDir::Vertical) => Some(Branch::Column(parts)),
                }
            }
            // No hand and no command makes one.
            Tile::Container(Container::Grid(grid)) => {
                let parts: Vec<(f32, Branch)> =
                    grid.children().filter_map(|child| Some((1.0, self.branch(*child)?))).collect();
                (!parts.is_empty()).then_some(Branch::Row(parts))
            }
        }
    }

    /// The tiles that a plan tells of.
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut tiles = egui_tiles::Tiles::default();
        let root = plant(&plan.tiles, &mut tiles);
        let tree = Tree::new(Id::unique("tiles"), root, tiles);
        let mut tiles = Self { tree, focused: Pane::of(plan.focused), before_close: None };
        tiles.settle();
        tiles
    }
}

fn plant(branch: &Branch, tiles: &mut egui_tiles::Tiles<Pane>) -> TileId {
    let mut line = |direction: LinearDir, parts: &[(f32, Branch)]| {
        let children: Vec<TileId> = parts.iter().map(|(_, part)| plant(part, tiles)).collect();
        let mut linear = Linear::new(direction, children.clone());
        for (child, (share, _)) in children.iter().zip(parts) {
            linear.shares.set_share(*child, *share);
        }
        tiles.insert_container(linear)
    };
    match branch {
        Branch::View(view) => tiles.insert_pane(Pane::of(*view)),
        Branch::Row(parts) => line(LinearDir::Horizontal, parts),
        Branch::Column(parts) => line(LinearDir::Vertical, parts),
        Branch::Tabs { front, tiles: parts } => {
            let children: Vec<TileId> = parts.iter().map(|part| plant(part, tiles)).collect();
            let mut tabs = Tabs::new(children.clone());
            tabs.set_active(children[*front]);
            tiles.insert_container(tabs)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::look::Drawing;

    const MATRIX: Pane = Pane::Canvas(Drawing::Matrix);

    /// `map | (rules / timeline)`, the one that is acted on with a star.
    fn told(tiles: &Tiles) -> String {
        fn tell(branch: &Branch) -> String {
            let all = |parts: &[(f32, Branch)], between: &str| {
                let parts: Vec<String> = parts.iter().map(|(_, part)| tell(part)).collect();
                format!("({})", parts.join(between))
            };
            match branch {
                Branch::View(view) => view.word().to_owned(),
                Branch::Tabs { front, tiles } => {
                    let tabs: Vec<String> = tiles.iter().map(tell).collect();
                    format!("[{} of {}]", tabs[*front], tabs.join(" "))
                }
                Branch::Row(parts) => all(parts, " | "),
                Branch::Column(parts) => all(parts, " / "),
            }
        }
        let plan = tiles.plan();
        format!("{} at {}", tell(&plan.tiles), plan.focused.word())
    }

    #[test]
    fn tiles_are_split_moved_and_closed() {
        let mut tiles = Tiles::only(Pane::MAP);
        assert_eq!(told(&tiles), "map at map");
        tiles.split(Pane::MAP, MATRIX, Edge::Right);
        assert_eq!(told(&tiles), "(map | matrix) at matrix");
        tiles.split(MATRIX, Pane::Timeline, Edge::Below);
        assert_eq!(told(&tiles), "(map | (matrix / timeline)) at timeline");
        tiles.split(Pane::MAP, Pane::Timeline, Edge::Left);
        assert_eq!(told(&tiles), "(timeline | map | matrix) at timeline");
        tiles.close(Pane::Timeline);
        tiles.close(Pane::MAP);
        assert_eq!(told(&tiles), "matrix at matrix");
        tiles.close(MATRIX);
        assert_eq!(told(&tiles), "matrix at matrix", "the last tile stays");
    }

    #[test]
    fn a_view_is_shown_in_its_own_tile_or_instead_of_the_one_that_is_acted_on() {
        let mut tiles = Tiles::only(Pane::MAP);
        tiles.split(Pane::MAP, MATRIX, Edge::Right);
        tiles.show(Pane::Rules);
        assert_eq!(told(&tiles), "(map | rules) at rules");
        tiles.show(Pane::MAP);
        assert_eq!(told(&tiles), "(map | rules) at map");
        tiles.step(true);
        assert_eq!(tiles.focused, Pane::Rules);
        tiles.step(true);
        assert_eq!(tiles.focused, Pane::MAP);
    }

    #[test]
    fn tiles_are_as_their_plan_says() {
        let mut tiles = Tiles::only(Pane::MAP);
        tiles.split(Pane::MAP, MATRIX, Edge::Right);
        tiles.split(MATRIX, Pane::Rules, Edge::Above);
        let plan = tiles.plan();
        assert_eq!(Tiles::of(&plan).plan(), plan);
    }
}
