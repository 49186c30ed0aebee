mod inner;

fn main() {
    println!("{}", inner::read());
}
