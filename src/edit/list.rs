//! Lists: one entry more or less, in the form that the list has.
//!
//! In: an array.  Out: the array, on one line or on several as before, its comments beside what they are about.  Not
//! here: which entry.

use toml_edit::{Array, RawString, Value};

/// How far entries stand in, where a list of several lines has none that shows it.
const INDENT: &str = "    ";

/// What fits on one line, in characters.
const LINE: usize = 100;

/// A new list, on several lines if it is long.
pub(super) fn new<'a>(entries: impl IntoIterator<Item = &'a str>) -> Value {
    let mut array: Array = entries.into_iter().collect();
    let length: usize = array.iter().filter_map(Value::as_str).map(|entry| entry.len() + 4).sum();
    if length > LINE {
        for entry in array.iter_mut() {
            entry.decor_mut().set_prefix(format!("\n{INDENT}"));
        }
        array.set_trailing_comma(true);
        array.set_trailing("\n");
    }
    array.into()
}

pub(super) fn contains(array: &Array, entry: &str) -> bool {
    array.iter().any(|value| value.as_str() == Some(entry))
}

/// Adds an entry at the end.
pub(super) fn push(array: &mut Array, mut value: Value) {
    let gap = gap(array);
    let before = array.iter().last().map(prefix);
    let (before_value, before_bracket) = match gap.rsplit_once('\n') {
        // What was said behind the last entry stays behind it.
        Some((said, indent)) => {
            let own = before.as_deref().and_then(|prefix| prefix.rsplit_once('\n')).map_or(INDENT, |(_, own)| own);
            (format!("{said}\n{own}"), format!("\n{indent}"))
        }
        None => match before.as_deref().map(|prefix| prefix.rsplit_once('\n')) {
            None => (String::new(), String::new()),
            Some(None) => (" ".to_owned(), gap),
            Some(Some((_, own))) => (format!("\n{own}"), gap),
        },
    };
    if array.is_empty() && before_bracket.contains('\n') {
        array.set_trailing_comma(true);
    }
    value.decor_mut().set_prefix(before_value);
    if !array.trailing_comma() {
        set_gap(array, "");
    }
    array.push_formatted(value);
    set_gap(array, &before_bracket);
}

/// Takes an entry out, with what is said about it.
pub(super) fn remove(array: &mut Array, entry: &str) {
    let Some(index) = array.iter().position(|value| value.as_str() == Some(entry)) else { return };
    let gap = gap(array);
    let removed = prefix(&array.remove(index));
    // On the line of the entry before.
    let said_before = removed.split_once('\n').map_or("", |(said, _)| said);
    let closed_up = |after: &str| match after.split_once('\n') {
        Some((_, rest)) => format!("{said_before}\n{rest}"),
        None => removed.clone(),
    };
    match array.get_mut(index) {
        Some(next) => {
            let closed_up = closed_up(&prefix(next));
            next.decor_mut().set_prefix(closed_up);
        }
        None if gap.contains('\n') => set_gap(array, &closed_up(&gap)),
        None => set_gap(array, &gap),
    }
}

fn prefix(value: &Value) -> String {
    text(value.decor().prefix())
}

fn text(raw: Option<&RawString>) -> String {
    raw.and_then(RawString::as_str).unwrap_or_default().to_owned()
}

/// What stands between the last entry, or the comma behind it, and the closing bracket.
fn gap(array: &Array) -> String {
    match array.iter().last() {
        Some(last) if !array.trailing_comma() => text(last.decor().suffix()),
        _ => text(Some(array.trailing())),
    }
}

fn set_gap(array: &mut Array, gap: &str) {
    let has_comma = array.trailing_comma();
    match array.iter_mut().last() {
        Some(last) if !has_comma => last.decor_mut().set_suffix(gap),
        _ => array.set_trailing(gap),
    }
}
