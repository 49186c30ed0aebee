//! Pictures by command: formats, parts of a view, named views, and links.

use std::path::Path;
use std::process::Output;

use crate::support::{riprap, sample, stderr};

const VIEW: &str = "version = 1
name = \"Billing\"
focus = \"billing -> orders\"
all_edges = true
open = [\"billing\", \"orders\", \"package:gone\"]

[region]
at = \"billing\"
x = -30
y = -30
width = 300
height = 200
";

fn export(more: &[&str]) -> Output {
    let shop = sample("shop-eroded");
    riprap(&[&["export", shop.to_str().expect("text")], more].concat())
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path is text")
}

#[test]
fn a_named_view_is_drawn_again_as_the_same_bytes_and_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let (view, picture) = (folder.path().join("billing.toml"), folder.path().join("billing.svg"));
    std::fs::write(&view, VIEW).expect("the view can be written");
    let named = ["--view-file", text(&view), "--output", text(&picture)];
    let run = export(&named);
    assert!(run.status.success(), "{}", stderr(&run));
    let said = stderr(&run);
    assert!(said.contains("names what is no longer there: `package:gone`"), "{said}");
    let whole = std::fs::read_to_string(&picture).expect("the picture was written");
    assert_eq!(export(&[&named[..], &["--check"]].concat()).status.code(), Some(0));
    std::fs::write(&picture, whole.replace("billing", "bilking")).expect("the picture can be changed");
    assert_eq!(export(&[&named[..], &["--check"]].concat()).status.code(), Some(1));

    let run = export(&[&named[..], &["--area", "visible", "--no-legend", "--margin", "0"]].concat());
    assert!(run.status.success(), "{}", stderr(&run));
    let part = std::fs::read_to_string(&picture).expect("the picture was written");
    assert!(part.contains(" width=\"300\" ") || part.contains(" height=\"200\" "), "{}", &part[..200]);
    assert!(part.len() < whole.len());
}

#[test]
fn a_view_that_is_wrong_is_told_with_file_line_and_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let view = folder.path().join("bad.toml");
    std::fs::write(&view, "version = 1\nname = \"x\"\nview = \"mapp\"\n").expect("the view can be written");
    let run = export(&["--view-file", text(&view), "--output", "never.svg"]);
    assert_eq!(run.status.code(), Some(2));
    let said = stderr(&run);
    assert!(said.contains("bad.toml`: line 3, column 8: `mapp` is no view with a picture"), "{said}");
    let run = export(&["--view-file", "no/such.toml", "--output", "never.svg"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(stderr(&run).contains("no/such.toml"), "{}", stderr(&run));
}

#[test]
fn a_part_needs_what_says_which_part() {
    for (more, said) in [
        (&["--area", "selection"][..], "nothing is selected: `--focus PATH`"),
        (&["--area", "visible"], "what is in sight is said by a named view"),
        (
            &["--area", "selection", "--view", "matrix", "--focus", "billing"],
            "a matrix and a treemap have no neighbours",
        ),
        (&["--scale", "9"], "--scale"),
    ] {
        let run = export(&[more, &["--output", "never.svg"]].concat());
        assert_eq!(run.status.code(), Some(2), "{more:?}");
        assert!(stderr(&run).contains(said), "{more:?}: {}", stderr(&run));
    }
}

#[test]
fn one_run_writes_every_format_of_the_selection_with_its_neighbours() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| text(&folder.path().join(name)).to_owned();
    let (svg, png, pdf) = (file("a.svg"), file("a.png"), file("a.pdf"));
    let run = export(&[
        "--focus",
        "billing",
        "--area",
        "selection",
        "--scale",
        "1",
        "--transparent",
        "--output",
        &svg,
        "--output",
        &png,
        "--output",
        &pdf,
    ]);
    assert!(run.status.success(), "{}", stderr(&run));
    let read = |name: &str| std::fs::read(name).expect("the picture was written");
    let part = String::from_utf8(read(&svg)).expect("SVG is UTF-8");
    assert!(part.contains(">billing<") && part.contains("clip-path"));
    assert!(read(&png).starts_with(b"\x89PNG") && read(&pdf).starts_with(b"%PDF-1."));
    let whole = export(&["--focus", "billing", "--output", &svg]);
    assert!(whole.status.success() && read(&svg).len() > part.len());
}

#[test]
fn a_link_that_is_wrong_is_refused_before_any_window() {
    for (words, said) in [
        (&["open", "riprap://open?view=map"][..], "the link has no `path`"),
        (&["riprap://open?path=/shop&view=mapp"], "`view` of the link is `mapp`"),
        (&["open", "riprap://open?path=/shop", "--focus", "orders"], "leave out `--focus`"),
    ] {
        let run = riprap(words);
        assert_eq!(run.status.code(), Some(2), "{words:?}");
        assert!(stderr(&run).contains(said), "{words:?}: {}", stderr(&run));
    }
}
