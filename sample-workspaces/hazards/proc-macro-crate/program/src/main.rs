mod stone;

use runtime::describe::Describe;

fn main() {
    println!("{}", stone::Stone.describe());
}
