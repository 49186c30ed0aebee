//! How much a function decides and does, by the words of its body.
//!
//! In: a function as written.  Out: what makes it logic, or nothing.  Not here: whether logic may be there.

use super::declaration::{Declaration, after_group, text_at};
use crate::facts::Word;

/// Words that always mean work: waiting for something else, and repetition.
const WAITING: &str = "await";
const REPETITION: [&str; 3] = ["for", "while", "loop"];

/// A getter, a constructor, a setter and a mapping weigh less.
const LOGIC: usize = 4;

/// With what a statement of SQL begins.
const SQL: [&str; 7] = ["select ", "insert into ", "update ", "delete from ", "create table ", "alter table ", "with "];

/// Why a function is more than data: one clause about it; `None` for a getter, a constructor, a mapping.
///
/// Of a function that a trait asks for (`Display`, `FromStr`, `Serialize`), what it computes is part of the type.
pub(super) fn logic(function: &Declaration<'_>, of_trait: bool) -> Option<String> {
    let body = function.body();
    if let Some(statement) = body.iter().find(|word| is_sql(word.text)) {
        let verb =
            statement.text.trim_start_matches(['"', 'r', 'b', '#']).split_whitespace().next().unwrap_or_default();
        return Some(format!("holds SQL (`{} ..`)", verb.to_uppercase()));
    }
    let works = |word: &&Word<'_>| word.text == WAITING;
    let repeats = |word: &&Word<'_>| REPETITION.contains(&word.text);
    let is_data = of_trait || is_constructor(function);
    let work = body.iter().find(works).or_else(|| body.iter().find(repeats).filter(|_| !is_data));
    if let Some(work) = work {
        return Some(format!("has a body with `{}`", work.text));
    }
    (!is_data && !is_mapping(body) && weight(body) >= LOGIC)
        .then(|| "decides or computes more than a getter or a constructor does".to_owned())
}

/// Returns its own type, or that or an error: what it does is to check and to convert.
fn is_constructor(function: &Declaration<'_>) -> bool {
    function.result().iter().any(|word| word.text == "Self")
}

/// Branches, statements, and multiplications and the like.
fn weight(body: &[Word<'_>]) -> usize {
    let counts = |at: usize| match body[at].text {
        "if" | "match" | ";" => true,
        // Between two operands; `*` also means a dereference.
        "*" | "/" | "%" => at > 0 && is_operand(body[at - 1].text),
        _ => false,
    };
    (0..body.len()).filter(|at| counts(*at)).count()
}

fn is_operand(word: &str) -> bool {
    let is_name = word.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    word == ")" || word == "]" || (is_name && !["return", "in", "if", "match", "else"].contains(&word))
}

/// The whole body is one `match` whose arms are names and literals.
fn is_mapping(body: &[Word<'_>]) -> bool {
    if text_at(body, 0) != "match" {
        return false;
    }
    let Some(open) = body.iter().position(|word| word.text == "{") else { return false };
    after_group(body, open) == body.len() && weight(&body[open..]) == 0
}

fn is_sql(word: &str) -> bool {
    let Some(text) = word.trim_start_matches(['r', 'b', '#']).strip_prefix('"') else { return false };
    let start: String = text.trim_start().chars().take(16).collect::<String>().to_lowercase();
    SQL.iter().any(|verb| start.starts_with(verb))
        && (!start.starts_with("with ") || text.to_lowercase().contains(" as ("))
        && (!start.starts_with("select ") || text.to_lowercase().contains("from") || text.contains('('))
        && (!start.starts_with("update ") || text.to_lowercase().contains(" set "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_logic: bool) {
        let function = Declaration::read(text, 0, "f").unwrap();
        assert_eq!(logic(&function, false).is_some(), is_logic, "{text}");
    }

    #[test]
    fn data_has_constructors_getters_setters_and_mappings() {
        for text in [
            "fn f(a: u8) -> Self { Self { a, b: Vec::new() } }",
            "fn f(&self) -> &str { &self.name }",
            "fn f(mut self, a: u8) -> Self { self.a = a; self.b = a; self.c = a; self.d = a; self }",
            "fn f(text: &str) -> Result<Self, Error> { if text.is_empty() { return Err(Error); } for c in text.chars() { check(c)?; } Ok(Self(text.into())) }",
            "fn f(&self) -> &'static str { match self { Self::A => \"a\", Self::B => \"b\", Self::C => \"c\" } }",
            "fn f(&self) -> bool { matches!(self, Self::A | Self::B) }",
            "fn f(&self) -> String { if self.long { self.name.clone() } else { String::new() } }",
        ] {
            check(text, false);
        }
    }

    #[test]
    fn loops_waiting_sql_and_computing_are_logic() {
        for text in [
            "fn f(&self) -> u32 { let mut sum = 0; for x in &self.all { sum += x; } sum }",
            "async fn f(&self) -> Self { fetch().await }",
            "fn f(g: i64, a: &A) -> i64 { let p = match a.c { \"NL\" => X.load(R), _ => 0 }; g * p / (100 + p) }",
            "fn f() -> &'static str { \"SELECT id FROM orders\" }",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn what_a_trait_asks_for_may_compute_and_not_wait() {
        let computes = Declaration::read("fn f(&self) -> u8 { for x in 0..3 { y(x * 2); } 1 }", 0, "f").unwrap();
        assert_eq!(logic(&computes, true), None);
        let waits = Declaration::read("async fn f(&self) -> u8 { self.store.get().await }", 0, "f").unwrap();
        assert_eq!(logic(&waits, true).unwrap(), "has a body with `await`");
    }

    #[test]
    fn prose_is_no_sql() {
        check("fn f() -> &'static str { \"update your address\" }", false);
        check("fn f() -> &'static str { \"select a product\" }", false);
    }
}
