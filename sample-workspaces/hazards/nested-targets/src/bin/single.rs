mod helper;

fn main() {
    println!("{}", helper::read());
}
