mod common;

#[test]
fn it_runs() {
    assert_eq!(nested_targets::engine::run(), common::expected());
}
