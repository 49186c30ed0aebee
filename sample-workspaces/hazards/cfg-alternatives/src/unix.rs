pub fn separator() -> &'static str {
    let _ = crate::shared::HOME;
    "/"
}
