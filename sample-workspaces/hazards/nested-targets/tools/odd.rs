mod part;

fn main() {
    println!("{}", part::read());
}
