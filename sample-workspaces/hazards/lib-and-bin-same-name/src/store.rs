#[derive(Default)]
pub struct Store {
    pub names: Vec<String>,
}
