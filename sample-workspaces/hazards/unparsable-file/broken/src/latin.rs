// Not UTF-8: ιθό
pub const PLACE: &str = "Zόrich";
