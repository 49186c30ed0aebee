fn main() {
    println!("{}", nested_targets::engine::run());
}
