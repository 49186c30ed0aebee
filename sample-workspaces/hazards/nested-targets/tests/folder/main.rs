#[path = "../common/mod.rs"]
mod common;
mod inner;

#[test]
fn it_runs_here_too() {
    assert_eq!(inner::run(), common::expected());
}
