pub mod plain;

pub mod folder;

#[path = "elsewhere"]
pub mod inline {
    #[path = "renamed.rs"]
    pub mod leaf;
    pub mod neighbour;
}

pub mod user {
    use crate::folder::inline::odd::FOLDER_ODD;
    use crate::inline::leaf::LEAF;
    use crate::inline::neighbour::NEIGHBOUR;
    use crate::plain::beside::BESIDE;
    use crate::plain::beside::below::BELOW;
    use crate::plain::inline::odd::PLAIN_ODD;
    use crate::plain::tools::hammer::HAMMER;

    pub const ALL: [u8; 7] = [FOLDER_ODD, LEAF, NEIGHBOUR, BESIDE, BELOW, PLAIN_ODD, HAMMER];
}
