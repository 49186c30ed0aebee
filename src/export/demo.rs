//! Scenes for the tests of the exporters.
//!
//! In: nothing.  Out: a small scene with one shape of each kind, and a large one with every state of a map.
//! Not here: layout; the positions are set by hand.

use crate::scene::outline::{diamond, flatten_cubic, hull, point_along};
use crate::scene::shape::{
    Align, Arrow, BoxShape, Emphasis, HitId, Label, Point, Polygon, Rect, Ribbon, Shape, Stroke,
};
use crate::scene::{Layer, Scene};
use crate::theme::{Face, Measurer, Role, TextSize, line, radius, spacing};

fn box_shape(rect: Rect, fill: Role, stroke: Role, hit: u32) -> BoxShape {
    let (fill, stroke) = (Some(fill), Some(Stroke::solid(stroke, line::HAIR)));
    BoxShape { rect, fill, stroke, radius: radius::MEDIUM, hit: Some(HitId(hit)), emphasis: Emphasis::Normal }
}

fn label(anchor: Point, text: &str, face: Face, size: TextSize, role: Role) -> Label {
    let text = text.to_owned();
    Label { anchor, align: Align::Start, text, whole: None, face, size, role, hit: None, emphasis: Emphasis::Normal }
}

/// Between the sides of two boxes that face each other.
fn edge(from: Rect, to: Rect, stroke: Stroke) -> Ribbon {
    let down = from.max.y <= to.min.y;
    let start = Point::new(from.center().x, if down { from.max.y } else { from.min.y });
    let end = Point::new(to.center().x, if down { to.min.y } else { to.max.y });
    let bend = (end.y - start.y) * 0.5;
    let points = flatten_cubic(start, Point::new(start.x, start.y + bend), Point::new(end.x, end.y - bend), end, 0.2);
    Ribbon { points, closed: false, stroke, arrow: Arrow::End, hit: None, emphasis: Emphasis::Normal }
}

fn marker(ribbon: &Ribbon, role: Role) -> Polygon {
    let center = point_along(&ribbon.points, 0.5).unwrap();
    Polygon {
        points: diamond(center, 7.0),
        fill: Some(role),
        stroke: Some(Stroke::solid(Role::Background, line::MEDIUM)),
        hit: None,
        emphasis: Emphasis::Normal,
    }
}

pub(super) fn small() -> Scene {
    let (container, above, below) =
        (Rect::new(10.0, 10.0, 220.0, 180.0), Rect::new(30.0, 44.0, 90.0, 36.0), Rect::new(120.0, 136.0, 90.0, 36.0));
    let mut uses = edge(above, below, Stroke::solid(Role::Edge, line::THIN));
    uses.hit = Some(HitId(3));
    let back = Ribbon {
        points: vec![Point::new(190.0, 136.0), Point::new(190.0, 62.0), Point::new(120.0, 62.0)],
        closed: false,
        stroke: Stroke::dashed(Role::Violation, line::THICK),
        arrow: Arrow::End,
        hit: None,
        emphasis: Emphasis::Dimmed,
    };
    let marker = marker(&back, Role::Violation);
    let mut count = label(Point::new(200.0, 158.5), "12", Face::Mono, TextSize::Caption, Role::TextWeak);
    count.align = Align::End;
    let mut name = label(Point::new(75.0, 66.7), "price <T>", Face::Medium, TextSize::Body, Role::Text);
    name.align = Align::Center;
    let outline = hull(&[below], spacing::SMALL, radius::LARGE).swap_remove(0);
    Scene {
        bounds: Rect::new(0.0, 0.0, 240.0, 200.0),
        layers: vec![
            Layer {
                name: "surfaces",
                shapes: vec![box_shape(container, Role::Surface1, Role::SurfaceStroke, 0).into()],
            },
            Layer {
                name: "hulls",
                shapes: vec![Shape::Polygon(Polygon {
                    points: outline,
                    fill: Some(Role::BoundaryFill1),
                    stroke: Some(Stroke::dotted(Role::Boundary1, line::MEDIUM)),
                    hit: None,
                    emphasis: Emphasis::Normal,
                })],
            },
            Layer {
                name: "boxes",
                shapes: vec![
                    box_shape(above, Role::Module, Role::ModuleStroke, 1).into(),
                    box_shape(below, Role::Module, Role::ModuleStroke, 2).into(),
                ],
            },
            Layer { name: "edges", shapes: vec![uses.into(), back.into(), marker.into()] },
            Layer {
                name: "labels",
                shapes: vec![
                    label(
                        Point::new(20.0, 32.0),
                        "orders & billing",
                        Face::SemiBold,
                        TextSize::Title,
                        Role::TextStrong,
                    )
                    .into(),
                    name.into(),
                    label(Point::new(128.0, 158.7), "stock", Face::Medium, TextSize::Body, Role::Text).into(),
                    count.into(),
                ],
            },
        ],
        ..Scene::default()
    }
}

/// Boundaries, open and closed boxes at all depths, every kind of edge, every state and text size.
pub(super) fn large() -> Scene {
    let mut canvas = Canvas::default();
    let boundaries = [("orders", "@shop/orders"), ("inventory", "@shop/stock"), ("billing", "@shop/money")];
    let mut closed = Vec::new();
    for (index, (name, owner)) in boundaries.into_iter().enumerate() {
        let left = 24.0 + index as f32 * 400.0;
        closed.push(canvas.boundary(index, name, owner, Rect::new(left, 70.0, 376.0, 430.0)));
    }
    let mut rows = Vec::new();
    for index in 3..8 {
        let rect = Rect::new(24.0 + (index - 3) as f32 * 240.0, 540.0, 216.0, 108.0);
        canvas.hull(index, ["catalog", "shipping", "contracts", "ledger", "platform"][index - 3], "", rect);
        let inner = Rect::new(rect.min.x + 16.0, rect.min.y + 46.0, 184.0, 44.0);
        canvas.closed(inner, Role::Package, Role::PackageStroke, "shop-package", "18 modules · 2.1k lines");
        rows.push(inner);
    }
    let [orders, inventory, billing] = [&closed[0], &closed[1], &closed[2]];
    let edges = [
        (orders[0], orders[2], Stroke::solid(Role::Edge, line::THIN), false),
        (orders[1], orders[3], Stroke::solid(Role::Edge, 2.0), false),
        (orders[2], rows[0], Stroke::solid(Role::Callee, line::MEDIUM), false),
        (orders[3], rows[2], Stroke::solid(Role::Callee, 3.5), false),
        (inventory[2], rows[2], Stroke::dashed(Role::Caller, line::MEDIUM), false),
        (inventory[3], rows[3], Stroke::dashed(Role::Caller, 3.5), false),
        (billing[2], rows[4], Stroke::solid(Role::Edge, line::THIN), false),
        (billing[3], rows[1], Stroke::dashed(Role::Violation, line::THICK), true),
        (orders[0], inventory[3], Stroke::dashed(Role::Violation, line::THICK), true),
        (inventory[0], inventory[3], Stroke::dotted(Role::Test, line::THIN), false),
        (inventory[1], inventory[2], Stroke::solid(Role::EdgeHover, line::MEDIUM), false),
        (billing[0], billing[3], Stroke::dotted(Role::Inactive, line::THIN), false),
        (billing[3], billing[1], Stroke::solid(Role::Upward, line::MEDIUM), false),
    ];
    for (from, to, stroke, marked) in edges {
        let ribbon = edge(from, to, stroke);
        if marked {
            canvas.marks.push(marker(&ribbon, stroke.role).into());
        }
        canvas.edges.push(ribbon.into());
    }
    canvas.state(orders[2], Role::SelectedFill, Role::Selected);
    canvas.state(billing[2], Role::SearchHitFill, Role::SearchHit);
    canvas.state(inventory[2], Role::HoverFill, Role::EdgeHover);
    let mut left = 24.0;
    for size in TextSize::ALL.into_iter().rev() {
        let text = format!("riprap {}", size.points());
        let width = Measurer::new().width(&text, Face::SemiBold, size);
        canvas.text(Point::new(left, 44.0), &text, Face::SemiBold, size, Role::TextStrong);
        left += width + spacing::HUGE;
    }
    for (text, role) in [
        ("Text", Role::Text),
        ("weak", Role::TextWeak),
        ("disabled", Role::TextDisabled),
        ("link", Role::TextLink),
        ("success", Role::Success),
        ("warning", Role::Warning),
        ("error", Role::Error),
        ("violation", Role::Violation),
    ] {
        canvas.text(Point::new(left, 44.0), text, Face::Regular, TextSize::Body, role);
        left += Measurer::new().width(text, Face::Regular, TextSize::Body) + spacing::LARGE;
    }
    canvas.scene(Rect::new(0.0, 0.0, 1224.0, 672.0))
}

#[derive(Default)]
struct Canvas {
    surfaces: Vec<Shape>,
    edges: Vec<Shape>,
    labels: Vec<Shape>,
    marks: Vec<Shape>,
    n_hits: u32,
}

impl Canvas {
    fn scene(self, bounds: Rect) -> Scene {
        let layers =
            [("surfaces", self.surfaces), ("edges", self.edges), ("labels", self.labels), ("marks", self.marks)];
        let layers = layers.map(|(name, shapes)| Layer { name, shapes }).to_vec();
        Scene { bounds, layers, ..Scene::default() }
    }

    fn text(&mut self, anchor: Point, text: &str, face: Face, size: TextSize, role: Role) {
        self.labels.push(label(anchor, text, face, size, role).into());
    }

    fn hull(&mut self, index: usize, name: &str, owner: &str, rect: Rect) {
        self.surfaces.push(Shape::Polygon(Polygon {
            points: hull(&[rect], 0.0, radius::HUGE).swap_remove(0),
            fill: Some(Role::boundary_fill(index)),
            stroke: Some(Stroke::solid(Role::boundary(index), line::MEDIUM)),
            hit: None,
            emphasis: Emphasis::Normal,
        }));
        let at = Point::new(rect.min.x + 16.0, rect.min.y + 28.0);
        self.text(at, name, Face::SemiBold, TextSize::Heading, Role::boundary(index));
        let width = Measurer::new().width(name, Face::SemiBold, TextSize::Heading);
        self.text(Point::new(at.x + width + 10.0, at.y), owner, Face::Regular, TextSize::Small, Role::TextWeak);
    }

    fn closed(&mut self, rect: Rect, fill: Role, stroke: Role, name: &str, detail: &str) {
        self.surfaces.push(box_shape(rect, fill, stroke, self.n_hits).into());
        self.n_hits += 1;
        let at = Point::new(rect.min.x + 10.0, rect.min.y + 19.0);
        self.text(at, name, Face::Medium, TextSize::Body, Role::TextStrong);
        self.text(Point::new(at.x, at.y + 15.0), detail, Face::Regular, TextSize::Caption, Role::TextWeak);
    }

    fn open(&mut self, rect: Rect, depth: usize, name: &str) {
        let mut surface = box_shape(rect, Role::surface(depth), Role::SurfaceStroke, self.n_hits);
        surface.radius = radius::LARGE;
        self.surfaces.push(surface.into());
        self.n_hits += 1;
        let at = Point::new(rect.min.x + 10.0, rect.min.y + 20.0);
        self.text(
            at,
            name,
            Face::SemiBold,
            if depth == 0 { TextSize::Title } else { TextSize::Body },
            Role::TextStrong,
        );
    }

    /// A boundary with boxes nested four deep; the closed boxes that edges may join.
    fn boundary(&mut self, index: usize, name: &str, owner: &str, rect: Rect) -> [Rect; 4] {
        self.hull(index, name, owner, rect);
        let at = |x: f32, y: f32, width: f32, height: f32| Rect::new(rect.min.x + x, rect.min.y + y, width, height);
        self.open(at(16.0, 42.0, 344.0, 372.0), 0, &format!("shop-{name}"));
        let target = at(32.0, 76.0, 148.0, 44.0);
        self.closed(target, Role::Target, Role::TargetStroke, &format!("bin:{name}"), "3 modules · 420 lines");
        let top = at(196.0, 76.0, 148.0, 44.0);
        self.closed(top, Role::Module, Role::ModuleStroke, "service", "610 lines");
        self.open(at(32.0, 148.0, 312.0, 250.0), 1, "domain");
        self.open(at(44.0, 180.0, 288.0, 206.0), 2, "pricing");
        self.open(at(56.0, 212.0, 264.0, 82.0), 3, "rules");
        for (column, item) in ["Price", "Discount", "fn round"].into_iter().enumerate() {
            let rect = at(68.0 + column as f32 * 82.0, 244.0, 74.0, 28.0);
            self.surfaces.push(box_shape(rect, Role::Item, Role::ItemStroke, self.n_hits).into());
            self.n_hits += 1;
            self.text(Point::new(rect.min.x + 8.0, rect.min.y + 18.0), item, Face::Mono, TextSize::Small, Role::Text);
        }
        let (left, right) = (at(56.0, 322.0, 124.0, 44.0), at(196.0, 322.0, 124.0, 44.0));
        self.closed(left, Role::Module, Role::ModuleStroke, "price_list", "12 items · 340 lines");
        self.closed(right, Role::Module, Role::ModuleStroke, "voucher", "5 items · 120 lines");
        [target, top, left, right]
    }

    fn state(&mut self, rect: Rect, fill: Role, stroke: Role) {
        let mut shape = box_shape(rect.expand(1.5), fill, stroke, 0);
        shape.stroke = Some(Stroke::solid(stroke, line::THICK));
        shape.hit = None;
        self.edges.push(shape.into());
    }
}
