//! The real window, gated by `RIPRAP_TEST_WINDOW=1`: needs a display (Xvfb will do) and something that can draw.

use crate::support::{riprap, sample, stderr};

fn gated() -> bool {
    std::env::var("RIPRAP_TEST_WINDOW").is_ok_and(|value| value == "1")
}

/// How many pixels of a picture are within `tolerance` of a colour.
fn near(pixels: &[[u8; 4]], color: [u8; 3], tolerance: u8) -> usize {
    let close = |pixel: &[u8; 4]| color.iter().zip(pixel).all(|(a, b)| a.abs_diff(*b) <= tolerance);
    pixels.iter().filter(|pixel| close(pixel)).count()
}

#[test]
fn the_window_paints_the_eroded_shop() {
    if !gated() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    for (theme, look) in [("dark", riprap::theme::Theme::dark()), ("light", riprap::theme::Theme::light())] {
        let file = folder.path().join(format!("{theme}.png"));
        let shop = sample("shop-eroded");
        let output = riprap(&[
            "open",
            shop.to_str().expect("text"),
            "--theme",
            theme,
            "--size",
            "1280x800",
            "--screenshot",
            file.to_str().expect("text"),
        ]);
        assert!(output.status.success(), "{}", stderr(&output));
        let picture = resvg::tiny_skia::Pixmap::load_png(&file).expect("the screenshot is a PNG");
        assert_eq!((picture.width(), picture.height()), (1280, 800));
        let pixels: Vec<[u8; 4]> =
            picture.pixels().iter().map(|it| [it.red(), it.green(), it.blue(), it.alpha()]).collect();
        // The map's ground, boxes on it, text, and strands that stand out are all there.
        let all = pixels.len();
        for (role, least) in [
            (riprap::theme::Role::Background, all / 50),
            (riprap::theme::Role::surface(1), all / 200),
            (riprap::theme::Role::Violation, 40),
            (riprap::theme::Role::TextStrong, 200),
        ] {
            let color = look.color(role);
            let count = near(&pixels, [color.r, color.g, color.b], 6);
            assert!(count >= least, "{theme}: {count} pixels of {role:?}, expected {least}");
        }
    }
}

#[test]
fn without_a_display_open_names_the_commands_that_need_none() {
    let shop = sample("shop");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_riprap"))
        .args(["open", shop.to_str().expect("text")])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the program starts");
    if cfg!(target_os = "linux") {
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).contains("riprap export") && stderr(&output).contains("riprap check"));
    }
}
