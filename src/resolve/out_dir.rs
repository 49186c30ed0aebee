//! Which generated file `include!(concat!(env!("OUT_DIR"), "/x.rs"))` means (RESOLUTION.md G6).
//!
//! In: the text of the call's arguments.  Out: the file, as seen from `OUT_DIR`.  Not here: where that folder is.

/// What stands for `env!("OUT_DIR")` in the text that an expression gives.
const OUT_DIR: char = '\0';

/// Calls within calls are followed this far.
const MAX_DEPTH: u8 = 8;

/// `None` where the arguments are computed in another way.
pub(super) fn included(arguments: &str) -> Option<String> {
    let path = value(within(arguments)?, MAX_DEPTH)?;
    let below = path.strip_prefix(OUT_DIR)?.strip_prefix(['/', '\\'])?;
    (!below.is_empty() && !below.contains(OUT_DIR)).then(|| below.to_owned())
}

/// The text that a literal, `concat!(..)` or `env!("OUT_DIR")` gives.
fn value(expression: &str, depth: u8) -> Option<String> {
    let expression = expression.trim();
    if let Some(text) = expression.strip_prefix('"') {
        let text = text.strip_suffix('"')?;
        return (!text.contains(['"', '\\'])).then(|| text.to_owned());
    }
    let (path, arguments) = expression.split_once('!')?;
    let arguments = within(arguments)?;
    match path.trim().rsplit("::").next()?.trim() {
        "env" => (value(arguments.trim_end().trim_end_matches(','), depth)? == "OUT_DIR").then(|| OUT_DIR.to_string()),
        "concat" => {
            let depth = depth.checked_sub(1)?;
            let parts = parts(arguments)?;
            parts.into_iter().map(|part| value(part, depth)).collect()
        }
        _ => None,
    }
}

/// The inside of a pair of brackets.
fn within(text: &str) -> Option<&str> {
    text.trim().strip_prefix(['(', '[', '{'])?.strip_suffix([')', ']', '}'])
}

/// What commas separate, outside of strings and brackets; without what may follow the last one.
fn parts(arguments: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut is_string) = (0, 0_usize, false);
    for (at, character) in arguments.char_indices() {
        match character {
            '"' => is_string = !is_string,
            _ if is_string => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => {
                parts.push(&arguments[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    let last = &arguments[start..];
    if !last.trim().is_empty() {
        parts.push(last);
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_begin_with_out_dir_are_read() {
        let check = |arguments: &str, expected: &str| assert_eq!(included(arguments).as_deref(), Some(expected));
        check(r#"(concat!(env!("OUT_DIR"), "/x.rs"))"#, "x.rs");
        check(r#"{ core::concat![env!("OUT_DIR",), "/", "a,b/", "x.rs",] }"#, "a,b/x.rs");
        check(r#"( concat ! ( ::std::env ! ("OUT_DIR"), concat!("/", "x", ".rs") ) )"#, "x.rs");
    }

    #[test]
    fn what_is_computed_in_another_way_is_not_guessed() {
        let others = [
            r#"("x.rs")"#,
            r#"(concat!("/x.rs", env!("OUT_DIR")))"#,
            r#"(concat!(env!("CARGO_MANIFEST_DIR"), "/x.rs"))"#,
            r#"(concat!(env!("OUT_DIR"), "x.rs"))"#,
            r#"(concat!(env!("OUT_DIR"), $name))"#,
            r#"(concat!(env!("OUT_DIR"), "\x2fx.rs"))"#,
            r#"(env!("OUT_DIR"))"#,
            "(concat!())",
            "",
            "(concat!)))",
        ];
        for arguments in others {
            assert_eq!(included(arguments), None, "{arguments}");
        }
        assert_eq!(included(&format!("({}\"\"{})", "concat!(".repeat(99), ")".repeat(99))), None);
    }
}
