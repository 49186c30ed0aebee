// The same file as the library's module, and another module: its types are not the library's.
mod store;

fn main() {
    let mine = store::Store::default();
    let theirs = twin::store::Store { names: mine.names };
    println!("{}", twin::api::count(&theirs));
}
