pub const FOLDER_ODD: u8 = 5;
