use runtime::{Describe, traced};

#[derive(Describe)]
pub struct Stone;

impl Stone {
    #[traced]
    #[expect(dead_code, reason = "only the attribute is of interest")]
    fn weight(&self) -> u32 {
        3
    }
}
