//! Tables with a header of their own: where they go, and whose the comments around that place are.
//!
//! In: the document.  Out: the document with one table more.  A new table follows the last one of its kind, or ends the
//! file.  Comments right below what it follows stay there; comments right above the next table stay with that one.
//! Not here: which keys it has.

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::Refusal;

/// The keys of a table that are there, in their order.
pub(super) type Keys<'a> = Vec<(&'a str, Value)>;

/// One more `[[kind]]`, in the form that those before it have.
pub(super) fn push(document: &mut DocumentMut, kind: &str, keys: Keys<'_>) -> Result<(), Refusal> {
    match document.get_mut(kind) {
        Some(Item::Value(Value::Array(array))) => {
            super::list::push(array, InlineTable::from_iter(keys).into());
            return Ok(());
        }
        None | Some(Item::ArrayOfTables(_)) => {}
        Some(_) => return Err(Refusal::UnknownForm(kind.to_owned())),
    }
    let table = placed(document, kind, keys);
    let tables = document.entry(kind).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let tables = tables.as_array_of_tables_mut().ok_or_else(|| Refusal::UnknownForm(kind.to_owned()))?;
    tables.push(table);
    Ok(())
}

/// One more `[kind.name]`.
pub(super) fn insert(document: &mut DocumentMut, kind: &str, name: &str, keys: Keys<'_>) -> Result<(), Refusal> {
    if document.get(kind).is_none_or(Item::is_table) {
        let table = placed(document, kind, keys);
        let tables = document.entry(kind).or_insert_with(|| Item::Table(implicit()));
        let tables = tables.as_table_like_mut().ok_or_else(|| Refusal::UnknownForm(kind.to_owned()))?;
        tables.insert(name, Item::Table(table));
        return Ok(());
    }
    let tables = document.get_mut(kind).and_then(Item::as_table_like_mut);
    let tables = tables.ok_or_else(|| Refusal::UnknownForm(kind.to_owned()))?;
    set(tables, name, InlineTable::from_iter(keys).into());
    Ok(())
}

/// The table `[kind]`, made at the end of the file if there is none.
pub(super) fn table<'a>(document: &'a mut DocumentMut, kind: &str) -> Result<&'a mut dyn TableLike, Refusal> {
    if document.get(kind).is_none() {
        let table = placed(document, kind, Vec::new());
        document.insert(kind, Item::Table(table));
    }
    let table = document.get_mut(kind).and_then(Item::as_table_like_mut);
    table.ok_or_else(|| Refusal::UnknownForm(kind.to_owned()))
}

/// Gives a key its value; what stands around the old one stays.
pub(super) fn set(table: &mut dyn TableLike, key: &str, mut value: Value) {
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        Some(other) => *other = Item::Value(value),
        None => {
            // Within braces: the space before the closing one belongs behind the new last value.
            if let Some((_, Item::Value(last))) = table.iter_mut().last()
                && let Some(suffix) = last.decor().suffix().and_then(|suffix| suffix.as_str()).map(str::to_owned)
                && suffix.chars().all(char::is_whitespace)
                && !suffix.is_empty()
            {
                last.decor_mut().set_suffix("");
                value.decor_mut().set_prefix(" ");
                value.decor_mut().set_suffix(suffix);
            }
            table.insert(key, Item::Value(value));
        }
    }
}

/// Takes a key out of a table.
pub(super) fn remove(table: &mut dyn TableLike, key: &str) {
    let Some(Item::Value(removed)) = table.remove(key) else { return };
    let suffix = removed.decor().suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default();
    if let Some((_, Item::Value(last))) = table.iter_mut().last()
        && last.decor().suffix().is_none_or(|suffix| suffix.as_str() == Some(""))
        && suffix.chars().all(char::is_whitespace)
    {
        last.decor_mut().set_suffix(suffix);
    }
}

fn implicit() -> Table {
    let mut table = Table::new();
    table.set_implicit(true);
    table
}

/// A table that will stand behind all of `document[kind]`, or at the end of the file.
fn placed(document: &mut DocumentMut, kind: &str, keys: Keys<'_>) -> Table {
    let mut table = Table::from_iter(keys.into_iter().map(|(key, value)| (key, Item::Value(value))));
    let is_first = document.is_empty();
    let mut of_kind = Vec::new();
    let mut all = Vec::new();
    if let Some(item) = document.get(kind) {
        positions(item, &mut of_kind);
    }
    positions(document.as_item(), &mut all);
    let end = all.iter().copied().max().unwrap_or_default();
    let after = of_kind.into_iter().max().unwrap_or(end);
    table.set_position(Some(after));
    let next = all.into_iter().filter(|position| *position > after).min();
    let above = match next {
        None => {
            let above = document.trailing().as_str().unwrap_or_default().to_owned();
            document.set_trailing("");
            above
        }
        Some(next) => at(document.as_table_mut(), next).map(leave_above).unwrap_or_default(),
    };
    let blank = if is_first && above.is_empty() { "" } else { "\n" };
    table.decor_mut().set_prefix(format!("{}{blank}", without_blank_end(&above)));
    table
}

/// A text without the blank lines at its end.
fn without_blank_end(text: &str) -> String {
    let said = text.trim_end();
    if said.is_empty() { String::new() } else { format!("{said}\n") }
}

/// The places of the tables in an item, as numbers that grow towards the end of the file.
fn positions(item: &Item, into: &mut Vec<isize>) {
    match item {
        Item::Table(table) => {
            into.extend(table.position());
            table.iter().for_each(|(_, item)| positions(item, into));
        }
        Item::ArrayOfTables(tables) => {
            for table in tables.iter() {
                into.extend(table.position());
                table.iter().for_each(|(_, item)| positions(item, into));
            }
        }
        Item::None | Item::Value(_) => {}
    }
}

fn at(table: &mut Table, position: isize) -> Option<&mut Table> {
    if table.position() == Some(position) {
        return Some(table);
    }
    table.iter_mut().find_map(|(_, item)| match item {
        Item::Table(table) => at(table, position),
        Item::ArrayOfTables(tables) => tables.iter_mut().find_map(|table| at(table, position)),
        Item::None | Item::Value(_) => None,
    })
}

/// Takes away what stands above a table and belongs to the one before: all before the last blank line.
fn leave_above(next: &mut Table) -> String {
    let prefix = next.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or("\n").to_owned();
    let lines: Vec<&str> = prefix.split_inclusive('\n').collect();
    let blank = lines.iter().rposition(|line| line.trim().is_empty());
    let (above, below) = lines.split_at(blank.unwrap_or_default());
    let above = above.concat();
    if above.trim().is_empty() {
        let blank = if blank.is_none() { "\n" } else { "" };
        next.decor_mut().set_prefix(format!("{blank}{prefix}"));
        return String::new();
    }
    next.decor_mut().set_prefix(below.concat());
    above
}
