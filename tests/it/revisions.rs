//! Commands on commits: a small repository, made without git.

use std::path::{Path, PathBuf};

use crate::support::{riprap, stderr, stdout, write_files};

const RULES: &str = "version = 1\nstyle = \"modular-monolith\"\n[boundary.orders]\ncontains = [\"k::orders\"]\nowner = \
                     \"@shop/orders\"\nmay_use = []\n[boundary.web]\ncontains = [\"k::web\"]\nowner = \"@shop/web\"\n";
const MANIFEST: &str = "[package]\nname = \"k\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
const ORDERS: &str = "pub mod stock { pub struct Level; }\npub struct Order;\n";

/// A repository whose commits have these texts of `src/web.rs`, the last of them checked out.
fn repository(folder: &Path, versions: &[&str]) -> PathBuf {
    let root = folder.join("shop");
    let repository = gix::init(&root).expect("a repository can be made");
    for (number, web) in versions.iter().enumerate() {
        let files = [
            ("riprap.toml", RULES),
            ("Cargo.toml", MANIFEST),
            ("src/lib.rs", "pub mod orders;\npub mod web;\n"),
            ("src/orders.rs", ORDERS),
            ("src/web.rs", web),
        ];
        write_files(&root, &files);
        let mut tree = repository.edit_tree(repository.empty_tree().id).expect("an empty tree");
        for (path, text) in files {
            let id = repository.write_blob(text).expect("a blob can be written");
            tree.upsert(path, gix::objs::tree::EntryKind::Blob, id).expect("a path");
        }
        let tree = tree.write().expect("a tree can be written");
        let time = format!("{} +0000", 1_704_067_200 + number * 86_400);
        let ada = gix::actor::SignatureRef { name: "Ada".into(), email: "ada@example.org".into(), time: &time };
        let parent = repository.head_id().ok().map(gix::Id::detach);
        repository.commit_as(ada, ada, "HEAD", format!("Version {number}"), tree, parent).expect("a commit");
    }
    root
}

fn run(root: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut all = vec![arguments[0], root.to_str().expect("the path is text"), "--quiet"];
    all.extend(&arguments[1..]);
    let output = riprap(&all);
    (output.status.code(), format!("{}{}", stdout(&output), stderr(&output)))
}

const CLEAN: &str = "use crate::orders::Order;\npub struct Page(pub Order);\n";
const BROKEN: &str =
    "use crate::orders::Order;\nuse crate::orders::stock::Level;\npub struct Page(pub Order, Level);\n";
const WORSE: &str = "use crate::orders::Order;\nuse crate::orders::stock::Level;\npub struct Page(pub Order, Level);\n\
                     pub mod menu { pub struct Menu(crate::orders::stock::Level); }\n";

#[test]
fn a_revision_is_checked_as_if_it_were_checked_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN, BROKEN, CLEAN]);
    let status = |revision: &str| run(&root, &["check", "--rev", revision]).0;
    assert_eq!([status("HEAD~2"), status("HEAD~1"), status("HEAD"), status("WORKTREE")], [0, 1, 0, 0].map(Some));
    write_files(&root, &[("src/web.rs", BROKEN)]);
    assert_eq!([status("HEAD"), status("WORKTREE")], [0, 1].map(Some));
}

#[test]
fn only_what_came_since_a_revision_is_judged() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN, BROKEN, WORSE]);
    let (status, said) = run(&root, &["check", "--since", "HEAD~1"]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("k::web::menu") && !said.contains("`k::web` names"), "{said}");
    assert!(said.contains("orders (@shop/orders), web (@shop/web)"), "{said}");
    let (status, said) = run(&root, &["check", "--since", "HEAD"]);
    assert_eq!(status, Some(0), "{said}");
    let (status, said) = run(&root, &["check", "--rev", "HEAD~1", "--since", "HEAD~2"]);
    assert_eq!(status, Some(1), "{said}");
}

#[test]
fn a_snapshot_of_a_revision_names_its_commit_and_serves_as_a_since() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN, BROKEN]);
    let file = folder.path().join("before.json");
    let file = file.to_str().expect("the path is text");
    let (status, said) = run(&root, &["snapshot", "--rev", "HEAD~1", "--output", file]);
    assert_eq!(status, Some(0), "{said}");
    let document: serde_json::Value =
        serde_json::from_slice(&std::fs::read(file).expect("it was written")).expect("it is JSON");
    let revision = document["revision"].as_str().expect("a revision");
    assert!(revision.len() == 40 && revision.bytes().all(|byte| byte.is_ascii_hexdigit()), "{revision}");
    let (with_file, with_revision) =
        (run(&root, &["check", "--since", file]), run(&root, &["check", "--since", "HEAD~1"]));
    assert_eq!((with_file.0, &with_file.1), (Some(1), &with_revision.1));
    let picture = folder.path().join("map.svg");
    let (status, said) = run(&root, &["export", "--rev", "HEAD~1", "--output", picture.to_str().expect("text")]);
    assert_eq!(status, Some(0), "{said}");
}

#[test]
fn two_revisions_are_compared_as_their_snapshots_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN, BROKEN, WORSE]);
    let path = root.to_str().expect("the path is text");
    let diff = |old: &str, new: &str| -> serde_json::Value {
        let output = riprap(&["diff", old, new, path, "--quiet", "--format", "json"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).expect("a document")
    };
    let worse = |document: &serde_json::Value| -> Vec<String> {
        let worse = document["violations"]["worse"].as_array().expect("a list").iter();
        let denied = worse.map(|it| &it["violation"]).filter(|it| it["level"] == "deny");
        denied.map(|it| it["from"].as_str().expect("text").to_owned()).collect()
    };
    assert_eq!(worse(&diff("HEAD~2", "HEAD")), ["k::web", "k::web::menu"]);
    assert_eq!(worse(&diff("HEAD~1", "HEAD")), ["k::web::menu"]);
    let (by_commit, backwards) = (diff("HEAD~2", "HEAD"), diff("HEAD", "HEAD~2"));
    assert!(by_commit["before"].as_str().is_some_and(|name| name.starts_with("HEAD~2 (")), "{}", by_commit["before"]);
    assert_eq!(worse(&backwards), [""; 0]);
    assert_eq!(backwards["violations"]["fixed"].as_array().map(Vec::len), Some(2));

    let file = folder.path().join("before.json");
    let file = file.to_str().expect("the path is text");
    run(&root, &["snapshot", "--rev", "HEAD~2", "--output", file]);
    let (mut by_file, mut by_revision) = (diff(file, "WORKTREE"), by_commit);
    for end in ["before", "after"] {
        (by_file[end], by_revision[end]) = ("".into(), "".into());
    }
    assert_eq!(by_file, by_revision);
    let output = riprap(&["diff", "v9", "HEAD", path]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("v9"), "{}", stderr(&output));
}

#[test]
fn what_cannot_be_a_revision_is_wrong_use() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN]);
    let (status, said) = run(&root, &["check", "--rev", "v9"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("no revision `v9`"), "{said}");
    let (status, said) = run(&root, &["check", "--since", "gone"]);
    assert_eq!(status, Some(2), "{said}");
    let (status, said) = run(&root, &["snapshot", "--rev", "HEAD", "--enrich", "out-dir", "--output", "x.json"]);
    assert_eq!(status, Some(2), "{said}");
    let elsewhere = tempfile::tempdir().expect("a folder");
    write_files(elsewhere.path(), &[("Cargo.toml", MANIFEST), ("src/lib.rs", "")]);
    let (status, said) = run(elsewhere.path(), &["check", "--rev", "HEAD"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("lies in no git repository"), "{said}");
}

#[test]
fn a_history_says_who_introduced_what_and_is_written_to_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN, BROKEN, WORSE, BROKEN]);
    let file = |name: &str| folder.path().join(name).to_str().expect("the path is text").to_owned();
    let (json, csv) = (file("history.json"), file("history.csv"));
    let (status, said) = run(&root, &["history", "--persons", "--output", &json, "--output", &csv]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.starts_with("shop: 4 commits, 2024-01-01 to 2024-01-04\n"), "{said}");
    let introduced = said.lines().skip_while(|line| !line.contains("Ada: Version 1")).nth(1);
    assert_eq!(introduced, Some("  internal-access k::web -> k::orders::stock::Level"), "{said}");
    let read = |path: &str| std::fs::read_to_string(path).expect("it was written");
    let document: serde_json::Value = serde_json::from_str(&read(&json)).expect("it is JSON");
    assert_eq!(document["commits"].as_array().map(Vec::len), Some(4));
    assert_eq!(read(&csv).lines().count(), 5);
    let again = (read(&json), read(&csv));
    let (status, said) = run(&root, &["history", "--jobs", "1", "--output", &json, "--output", &csv]);
    assert_eq!(status, Some(0), "{said}");
    assert!((read(&json), read(&csv)) == again, "the same history, other bytes");
    let pictures = ["svg", "png", "html"].map(|extension| file(&format!("history.{extension}")));
    let outputs = pictures.iter().flat_map(|picture| ["--output", picture]);
    let (status, said) =
        run(&root, &["history", "--axis", "commits"].into_iter().chain(outputs).collect::<Vec<&str>>());
    assert_eq!(status, Some(0), "{said}");
    let bytes = pictures.map(|picture| std::fs::read(picture).expect("it was written"));
    assert!(
        bytes[0].starts_with(b"<svg") && bytes[1].starts_with(b"\x89PNG") && bytes[2].starts_with(b"<!doctype html>")
    );
    let (status, said) = run(&root, &["export", "--view", "timeline", "--output", &file("timeline.svg")]);
    assert_eq!(status, Some(0), "{said}");
    assert!(read(&file("timeline.svg")).contains("shop: open violations by rule"));
    let (status, said) = run(&root, &["history", "--output", "x.txt"]);
    assert_eq!(status, Some(2), "{said}");
    let (status, said) = run(&root, &["history", "--range", "HEAD..HEAD~1"]);
    assert_eq!(status, Some(2), "{said}");
}

#[test]
fn a_history_is_judged_by_other_rules_and_by_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN, BROKEN, CLEAN]);
    let strict = folder.path().join("strict.toml");
    let strict = strict.to_str().expect("the path is text");
    let write = |text: &str| std::fs::write(strict, text).expect("it can be written");
    write(&RULES.replace("owner = \"@shop/web\"", "may_use = []"));
    let (status, said) = run(&root, &["history", "--rules", strict]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("would have stopped 2 of 3 commits"), "{said}");
    assert!(said.contains("2024-01-02") && !said.contains("Ada"), "{said}");
    write("version = 1\n[boundary.web]\ncontents = [\"k::web\"]\n");
    let (status, said) = run(&root, &["history", "--rules", strict]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("contents") && said.contains("contains"), "{said}");
    let (status, said) = run(&root, &["history", "--own-rules"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("no commit allowed anything"), "{said}");
    assert_eq!(run(&root, &["history", "--own-rules", "--rules", strict]).0, Some(2));
}

#[test]
fn a_history_is_the_same_with_and_without_what_was_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN, BROKEN, CLEAN]);
    let first = run(&root, &["history"]);
    assert_eq!(run(&root, &["history"]), first);
    assert_eq!(run(&root, &["history", "--no-cache"]), first);
    assert_eq!(run(&root, &["check"]).0, Some(0));
    let inside: Vec<_> = std::fs::read_dir(&root).expect("a folder").filter_map(Result::ok).collect();
    assert_eq!(inside.len(), 4, "nothing is kept in the workspace: {inside:?}");
}

#[test]
fn two_commits_are_exported_on_one_picture() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN, WORSE]);
    let file = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    let (svg, html) = (file("changes.svg"), file("changes.html"));
    let both = ["export", "--compare", "HEAD~1", "--rev", "HEAD", "--output", &svg, "--output", &html];
    assert_eq!(run(&root, &both), (Some(0), String::new()));
    assert_eq!(run(&root, &[&both[..], &["--check"]].concat()), (Some(0), String::new()), "the same bytes again");
    let picture = std::fs::read_to_string(&svg).expect("the picture is there");
    for told in [">menu<", "id=\"changes\"", ">added<", ">newly broken: denied<", "new violations"] {
        assert!(picture.contains(told), "`{told}` is not in the picture");
    }
    let page = std::fs::read_to_string(&html).expect("the page is there");
    assert!(page.contains("<figure>") && page.contains("data:image/svg+xml;base64,"));
    // Nothing differs: a picture of that is a picture, too.
    let same = ["export", "--compare", "HEAD", "--rev", "HEAD", "--output", &svg];
    assert_eq!(run(&root, &same), (Some(0), String::new()));
}

#[test]
fn a_treemap_is_coloured_by_the_commits_that_changed_each_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN, BROKEN, CLEAN]);
    let file = folder.path().join("treemap.svg").to_str().expect("text").to_owned();
    let export = |more: &[&str]| {
        let plain = ["export", "--view", "treemap", "--level", "2", "--output", &file];
        let (status, said) = run(&root, &[&plain[..], more].concat());
        (status, said, std::fs::read_to_string(&file).unwrap_or_default())
    };
    let (status, said, picture) = export(&[]);
    assert_eq!((status, said.as_str()), (Some(0), ""));
    for told in
        [">web<", ">2 commits<", ">0 commits<", "of 2 in the 365 days to 2024-01-03", "Area: lines of code, 6 shown"]
    {
        assert!(picture.contains(told), "`{told}` is not in the picture: {picture}");
    }
    assert_eq!(export(&["--check"]).0, Some(0), "the same bytes again");
    let (_, _, picture) = export(&["--colour-by", "owner", "--size-by", "items"]);
    for told in [">@shop/web<", "Area: number of items"] {
        assert!(picture.contains(told), "`{told}` is not in the picture: {picture}");
    }
    let (status, said, _) = export(&["--colour-by", "mood"]);
    assert_eq!(status, Some(2));
    for word in ["churn", "age", "violations", "owner", "instability", "leak"] {
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn a_treemap_without_a_repository_says_that_nothing_is_known_of_commits() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("shop");
    write_files(&root, &[("Cargo.toml", MANIFEST), ("src/lib.rs", "pub fn f() {}\n")]);
    let file = folder.path().join("treemap.svg").to_str().expect("text").to_owned();
    assert_eq!(run(&root, &["export", "--view", "treemap", "--output", &file]), (Some(0), String::new()));
    let picture = std::fs::read_to_string(&file).expect("it is there");
    assert!(picture.contains("Colour: commits: there is no git repository"), "{picture}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN]);
    let file = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    let (svg, html) = (file("changes.svg"), file("changes.html"));
    for (arguments, said) in [
        (&["--view", "compare", "--output", &svg][..], "--compare REV"),
        (&["--view", "matrix", "--compare", "HEAD", "--output", &svg], "leave out `--view` or `--compare`"),
        (&["--output", &html], "use .json, .svg, .png or .pdf"),
        (&["--compare", "nowhere", "--output", &svg], "nowhere"),
    ] {
        let (status, told) = run(&root, &[&["export"], arguments].concat());
        assert_eq!(status, Some(2), "{arguments:?}: {told}");
        assert!(told.contains(said), "{arguments:?}: {told}");
    }
}

#[test]
fn a_review_is_two_pages_and_says_where_there_is_nothing_to_review() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = repository(folder.path(), &[CLEAN, BROKEN]);
    let file = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    let (page, text) = (file("review.html"), file("review.md"));
    let both = ["review", "--since", "HEAD~1", "--output", &page, "--output", &text];
    assert_eq!(run(&root, &both), (Some(0), String::new()));
    let told = std::fs::read_to_string(&text).expect("it is there");
    assert!(told.contains("#### Next") && told.contains("#### Worse: 1 violation came"), "{told}");
    assert!(!told.contains("Ada"), "{told}");
    assert!(std::fs::read_to_string(&page).expect("it is there").contains("<figure>"));
    for (since, expected) in
        [("1d", "no commits since 2"), ("HEAD", "no commits since `HEAD`"), ("gone", "no revision `gone`")]
    {
        let (status, said) = run(&root, &["review", "--since", since]);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.contains(expected), "{said}");
    }
}
