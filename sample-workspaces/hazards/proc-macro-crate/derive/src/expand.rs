pub(crate) fn describe(item: &str) -> String {
    let words = item.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let name = words.skip_while(|&word| word != "struct").nth(1).unwrap_or("Unnamed");
    format!(
        "impl ::runtime::describe::Describe for {name} {{ fn describe(&self) -> String {{ \"{name}\".to_owned() }} }}"
    )
}
