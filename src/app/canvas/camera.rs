//! Where the eye is: the mapping between the scene's coordinates and the window's, and its flights.
//!
//! In: pans, zooms, things to fit.  Out: points and lengths on the screen.  Scene coordinates are `f64`, so that deep
//! zooms stay exact.  Not here: input events, painting.

use egui::{Pos2, Rect, Vec2, pos2};

use crate::scene::shape;

/// The least and the most screen points for one point of the scene.
pub(crate) const ZOOM_RANGE: (f64, f64) = (0.02, 40.0);

/// How long a flight takes, in seconds.
const FLIGHT_SECS: f64 = 0.2;

#[derive(Clone, Copy, Debug, PartialEq)]
struct Pose {
    /// The point of the scene in the middle of the canvas.
    center: (f64, f64),
    /// Screen points for one point of the scene.
    zoom: f64,
}

#[derive(Clone, Copy, Debug)]
struct Flight {
    from: Pose,
    to: Pose,
    /// In egui's seconds; `None` until the first frame of the flight.
    started: Option<f64>,
}

/// The eye.  [`Camera::begin_frame`] must run before anything is mapped in a frame.
#[derive(Clone, Debug)]
pub(crate) struct Camera {
    pose: Pose,
    flight: Option<Flight>,
    /// Where the canvas is in the window.
    canvas: Rect,
}

impl Default for Camera {
    fn default() -> Self {
        Self { pose: Pose { center: (0.0, 0.0), zoom: 1.0 }, flight: None, canvas: Rect::ZERO }
    }
}

impl Camera {
    /// Shows a scene around its `center` at its own size, and stays there.
    pub(crate) fn still(canvas: Rect, center: shape::Point) -> Self {
        let center = (f64::from(center.x), f64::from(center.y));
        Self { pose: Pose { center, zoom: 1.0 }, flight: None, canvas }
    }

    /// Shows just `world` on a canvas of the same proportions, and stays there.
    pub(crate) fn framing(canvas: Rect, world: shape::Rect) -> Self {
        let zoom = f64::from(canvas.width()) / f64::from(world.width().max(1e-3));
        let center = world.center();
        let center = (f64::from(center.x), f64::from(center.y));
        Self { pose: Pose { center, zoom }, flight: None, canvas }
    }

    /// The same eye on another canvas.
    pub(crate) fn on(&self, canvas: Rect) -> Self {
        Self { canvas, ..self.clone() }
    }

    /// Takes the canvas of this frame and moves a flight on; true while more frames are needed.
    pub(crate) fn begin_frame(&mut self, canvas: Rect, now_secs: f64) -> bool {
        self.canvas = canvas;
        let Some(flight) = &mut self.flight else { return false };
        let started = *flight.started.get_or_insert(now_secs);
        let part = ((now_secs - started) / FLIGHT_SECS).clamp(0.0, 1.0);
        // Slow at both ends, so that the eye can follow.
        let eased = part * part * (3.0 - 2.0 * part);
        let mix = |from: f64, to: f64| from + (to - from) * eased;
        self.pose = Pose {
            center: (mix(flight.from.center.0, flight.to.center.0), mix(flight.from.center.1, flight.to.center.1)),
            zoom: flight.from.zoom * (flight.to.zoom / flight.from.zoom).powf(eased),
        };
        if part >= 1.0 {
            self.flight = None;
        }
        self.flight.is_some()
    }

    pub(crate) fn is_flying(&self) -> bool {
        self.flight.is_some()
    }

    pub(crate) fn canvas(&self) -> Rect {
        self.canvas
    }

    /// Screen points for one point of the scene.
    pub(crate) fn zoom(&self) -> f64 {
        self.pose.zoom
    }

    pub(crate) fn to_screen(&self, x: f64, y: f64) -> Pos2 {
        let middle = self.canvas.center();
        pos2(
            (f64::from(middle.x) + (x - self.pose.center.0) * self.pose.zoom) as f32,
            (f64::from(middle.y) + (y - self.pose.center.1) * self.pose.zoom) as f32,
        )
    }

    pub(crate) fn to_world(&self, point: Pos2) -> (f64, f64) {
        let from_middle = point - self.canvas.center();
        (
            self.pose.center.0 + f64::from(from_middle.x) / self.pose.zoom,
            self.pose.center.1 + f64::from(from_middle.y) / self.pose.zoom,
        )
    }

    pub(crate) fn rect_to_screen(&self, world: shape::Rect) -> Rect {
        Rect::from_min_max(
            self.to_screen(f64::from(world.min.x), f64::from(world.min.y)),
            self.to_screen(f64::from(world.max.x), f64::from(world.max.y)),
        )
    }

    /// The part of the scene that the canvas shows.
    pub(crate) fn visible(&self) -> shape::Rect {
        let corner = |point| {
            let (x, y) = self.to_world(point);
            shape::Point::new(x as f32, y as f32)
        };
        shape::Rect { min: corner(self.canvas.min), max: corner(self.canvas.max) }
    }

    pub(crate) fn pan(&mut self, by: Vec2) {
        self.flight = None;
        self.pose.center.0 -= f64::from(by.x) / self.pose.zoom;
        self.pose.center.1 -= f64::from(by.y) / self.pose.zoom;
    }

    /// Brings a point of the scene into the middle.
    pub(crate) fn look_at(&mut self, x: f64, y: f64) {
        self.flight = None;
        self.pose.center = (x, y);
    }

    /// Zooms; what is under `pointer` stays there.
    pub(crate) fn zoom_about(&mut self, pointer: Pos2, factor: f64) {
        self.flight = None;
        let before = self.to_world(pointer);
        self.pose.zoom = (self.pose.zoom * factor).clamp(ZOOM_RANGE.0, ZOOM_RANGE.1);
        let after = self.to_world(pointer);
        self.pose.center.0 += before.0 - after.0;
        self.pose.center.1 += before.1 - after.1;
    }

    /// Zooms about the middle of the canvas, in a flight.
    pub(crate) fn zoom_by(&mut self, factor: f64, animated: bool) {
        let pose = self.target();
        self.go(Pose { zoom: (pose.zoom * factor).clamp(ZOOM_RANGE.0, ZOOM_RANGE.1), ..pose }, animated);
    }

    /// To a zoom of one.
    pub(crate) fn zoom_reset(&mut self, animated: bool) {
        let pose = self.target();
        self.go(Pose { zoom: 1.0, ..pose }, animated);
    }

    /// Shows all of `world`, at most `max_zoom` large.
    pub(crate) fn fit(&mut self, world: shape::Rect, max_zoom: f64, animated: bool) {
        let margin = 24.0;
        let room = (
            f64::from(self.canvas.width() - 2.0 * margin).max(1.0),
            f64::from(self.canvas.height() - 2.0 * margin).max(1.0),
        );
        let zoom =
            (room.0 / f64::from(world.width().max(1.0))).min(room.1 / f64::from(world.height().max(1.0))).min(max_zoom);
        let zoom = zoom.clamp(ZOOM_RANGE.0, ZOOM_RANGE.1);
        let center = world.center();
        self.go(Pose { center: (f64::from(center.x), f64::from(center.y)), zoom }, animated);
    }

    /// Shows all of `world` and as little else as the canvas allows.
    pub(crate) fn frame(&mut self, world: shape::Rect, animated: bool) {
        let zoom = |room: f32, length: f32| f64::from(room.max(1.0)) / f64::from(length.max(1.0));
        let zoom = zoom(self.canvas.width(), world.width()).min(zoom(self.canvas.height(), world.height()));
        let center = world.center();
        let center = (f64::from(center.x), f64::from(center.y));
        self.go(Pose { center, zoom: zoom.clamp(ZOOM_RANGE.0, ZOOM_RANGE.1) }, animated);
    }

    /// Moves no more than needed until `world` is in sight and large enough to be read.
    pub(crate) fn reveal(&mut self, world: shape::Rect, animated: bool) {
        let large_enough = f64::from(world.width()) * self.pose.zoom >= 60.0;
        if large_enough && self.flight.is_none() && self.visible().contains_rect(world) {
            return;
        }
        let surroundings = shape::Rect::new(
            world.min.x - world.width(),
            world.min.y - world.height() * 1.5,
            world.width() * 3.0,
            world.height() * 4.0,
        );
        self.fit(surroundings, 1.25, animated);
    }

    /// Keeps what was at `before` on the screen at the same place, now that it lies at `after` in the scene.
    pub(crate) fn follow(&mut self, before: (f64, f64), after: (f64, f64)) {
        let by = (after.0 - before.0, after.1 - before.1);
        let moved = |pose: Pose| Pose { center: (pose.center.0 + by.0, pose.center.1 + by.1), ..pose };
        self.pose = moved(self.pose);
        if let Some(flight) = &mut self.flight {
            flight.from = moved(flight.from);
            flight.to = moved(flight.to);
        }
    }

    /// The canvas may have any size before the first frame: a fit is only right after it.
    pub(crate) fn has_canvas(&self) -> bool {
        self.canvas.is_positive()
    }

    fn target(&self) -> Pose {
        self.flight.map_or(self.pose, |flight| flight.to)
    }

    fn go(&mut self, to: Pose, animated: bool) {
        if animated && self.has_canvas() {
            self.flight = Some(Flight { from: self.pose, to, started: None });
        } else {
            self.pose = to;
            self.flight = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;

    fn camera() -> Camera {
        let mut camera = Camera::default();
        camera.begin_frame(Rect::from_min_size(pos2(10.0, 20.0), vec2(800.0, 600.0)), 0.0);
        camera
    }

    #[test]
    fn mapping_there_and_back_is_the_same_point() {
        let mut camera = camera();
        camera.zoom_about(pos2(100.0, 100.0), 3.0);
        camera.pan(vec2(-33.0, 12.0));
        let point = camera.to_screen(123.0, -45.0);
        let (x, y) = camera.to_world(point);
        assert!((x - 123.0).abs() < 1e-3 && (y + 45.0).abs() < 1e-3);
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let mut camera = camera();
        let pointer = pos2(321.0, 234.0);
        let before = camera.to_world(pointer);
        camera.zoom_about(pointer, 1.7);
        let after = camera.to_world(pointer);
        assert!((before.0 - after.0).abs() < 1e-6 && (before.1 - after.1).abs() < 1e-6);
    }

    #[test]
    fn zoom_stays_in_its_range() {
        let mut camera = camera();
        camera.zoom_about(pos2(0.0, 0.0), 1e9);
        assert_eq!(camera.zoom(), ZOOM_RANGE.1);
        camera.zoom_about(pos2(0.0, 0.0), 1e-9);
        assert_eq!(camera.zoom(), ZOOM_RANGE.0);
    }

    #[test]
    fn a_fit_shows_all_of_it() {
        let mut camera = camera();
        let world = shape::Rect::new(-500.0, 40.0, 3000.0, 900.0);
        camera.fit(world, 1.0, false);
        assert!(camera.canvas().contains_rect(camera.rect_to_screen(world)));
    }

    #[test]
    fn a_frame_shows_all_of_it_and_no_more_in_one_direction() {
        let mut camera = camera();
        let world = shape::Rect::new(-50.0, 40.0, 400.0, 100.0);
        camera.frame(world, false);
        let visible = camera.visible();
        assert!((visible.width() - 400.0).abs() < 0.1 && visible.height() > 100.0, "{visible:?}");
        assert!(visible.expand(0.1).contains_rect(world));
        let canvas = Rect::from_min_size(pos2(5.0, 5.0), vec2(80.0, 20.0));
        let whole = Camera::framing(canvas, world).rect_to_screen(world);
        assert!((whole.min - canvas.min).length() < 0.01 && (whole.max - canvas.max).length() < 0.01, "{whole:?}");
    }

    #[test]
    fn a_flight_ends_where_it_was_sent() {
        let mut camera = camera();
        let world = shape::Rect::new(0.0, 0.0, 100.0, 100.0);
        camera.fit(world, 2.0, true);
        assert!(camera.begin_frame(camera.canvas(), 1.0));
        assert!(!camera.begin_frame(camera.canvas(), 2.0));
        assert_eq!(camera.zoom(), 2.0);
        assert_eq!(camera.to_screen(50.0, 50.0), camera.canvas().center());
    }

    #[test]
    fn following_keeps_the_place_on_the_screen() {
        let mut camera = camera();
        let before = camera.to_screen(70.0, 80.0);
        camera.follow((70.0, 80.0), (170.0, 20.0));
        assert_eq!(camera.to_screen(170.0, 20.0), before);
    }
}
