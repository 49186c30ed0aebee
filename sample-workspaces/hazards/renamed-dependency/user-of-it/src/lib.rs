pub mod near {
    pub fn twice() -> u32 {
        ground::depth() * 2
    }
}

pub mod far {
    use ground as soil;
    use soil::hidden;

    pub fn half() -> u32 {
        hidden::depth() / 2
    }
}
