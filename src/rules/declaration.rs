//! What the text of one item says.
//!
//! In: the words of an item.  Out: [`Declaration`]: attributes, the part that others see, types, the body.  Not here: names
//! (the model resolves them), and items that a macro made: their text is not there.

use super::Context;
use crate::boundary::Role;
use crate::facts::{ItemKind, Word};
use crate::model::{NodeId, NodeKind};
use crate::source::{FileId, Span};

/// One item as written.
#[derive(Debug)]
pub(super) struct Declaration<'t> {
    pub(super) words: Vec<Word<'t>>,
    /// Of the piece in its file, in bytes.
    pub(super) start: u32,
    /// The index of the word that introduces the item (`fn`, `static`), and of its name.
    pub(super) keyword: usize,
    pub(super) name: usize,
    /// Of a function: its body's words, the braces left out.
    body: Option<(usize, usize)>,
    /// Where a body begins that was not read.
    cut_at: Option<u32>,
}

/// One field of a struct.
#[derive(Debug)]
pub(super) struct Field<'d, 't> {
    /// Plainly: everywhere.
    pub(super) is_public: bool,
    pub(super) name: String,
    /// Its type.
    pub(super) words: &'d [Word<'t>],
}

/// In attributes and comments before a function there may be so many braces.
const MOST_BRACES: usize = 8;

/// The words that introduce an item that has a name.
const KEYWORDS: [&str; 10] =
    ["fn", "static", "const", "struct", "enum", "union", "trait", "type", "macro_rules", "mod"];

impl<'t> Declaration<'t> {
    /// `None` for what is not written where the model says: a macro made it.
    pub(super) fn of(context: &Context<'t>, node: NodeId) -> Option<Self> {
        let item = context.model.node(node);
        Self::of_words(context.words(item.file?, item.span), item.span.start, &item.name)
    }

    /// [`Self::of`], of a function without its body: most of the text of a workspace is in bodies.
    pub(super) fn without_body(context: &Context<'t>, node: NodeId) -> Option<Self> {
        let item = context.model.node(node);
        if matches!(item.kind, NodeKind::Item(ItemKind::Function | ItemKind::Method)) {
            let text = &context.sources?.file(item.file?).text;
            let piece = text.get(item.span.start as usize..item.span.end as usize)?;
            // A brace in a comment or before the name opens no body.
            for (at, _) in piece.match_indices('{').take(MOST_BRACES) {
                let head = Span::new(item.span.start, item.span.start + at as u32);
                let declaration = Self::of_words(context.words(item.file?, head), item.span.start, &item.name);
                if let Some(declaration) = declaration.filter(Self::is_whole_signature) {
                    return Some(Self { cut_at: Some(head.end), ..declaration });
                }
            }
        }
        Self::of(context, node)
    }

    /// All that stands before a body: parameters, and nothing open that a brace could belong to.
    fn is_whole_signature(&self) -> bool {
        let words = &self.words;
        let Some(open) = self.parameters_at().filter(|_| words[self.keyword].text == "fn") else { return false };
        let end = after_group(words, open);
        let open_angles = words[end.min(words.len())..].windows(2).fold(0_i32, |depth, pair| match pair[1].text {
            "<" => depth + 1,
            ">" if pair[0].text != "-" && pair[0].text != "=" => depth - 1,
            _ => depth,
        });
        text_at(words, end.saturating_sub(1)) == ")" && open_angles == 0
    }

    #[cfg(test)]
    pub(super) fn read(piece: &'t str, start: u32, name: &str) -> Option<Self> {
        Self::of_words(crate::facts::words(piece), start, name)
    }

    fn of_words(words: Vec<Word<'t>>, start: u32, name: &str) -> Option<Self> {
        let is_name = |at: usize| words.get(at).is_some_and(|word| word.text.trim_start_matches("r#") == name);
        let mut at = 0;
        while words.get(at)?.text == "#" {
            at = after_group(&words, at + 1);
        }
        // Between the attributes and the keyword stand only `pub(in path)`, `unsafe`, `extern "C"` and the like.
        let keyword = (at..words.len().min(at + 24)).find(|at| {
            KEYWORDS.contains(&words[*at].text)
                && ["mut", "ref", "!"].contains(&text_at(&words, at + 1)) | is_name(at + 1)
        })?;
        let name = (keyword + 1..keyword + 4).find(|at| is_name(*at))?;
        let body = (words[keyword].text == "fn").then(|| function_body(&words, name)).flatten();
        Some(Self { words, start, keyword, name, body, cut_at: None })
    }

    /// The words of each attribute, the brackets left out.
    pub(super) fn attributes(&self) -> Vec<&[Word<'t>]> {
        let mut attributes = Vec::new();
        let mut at = 0;
        while text_at(&self.words, at) == "#" {
            let end = after_group(&self.words, at + 1);
            attributes.push(&self.words[at + 2..end.saturating_sub(1).max(at + 2)]);
            at = end;
        }
        attributes
    }

    /// Everything but the body of a function.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Word<'t>> {
        let (start, end) = self.body.unwrap_or((self.words.len(), self.words.len()));
        self.words[..start].iter().chain(&self.words[end..])
    }

    /// What those who use the item depend on: of a struct no private fields, of a function no body.
    pub(super) fn seen_by_users(&self) -> Vec<Word<'t>> {
        if self.words[self.keyword].text != "struct" {
            return self.shown().copied().collect();
        }
        let open = (self.name + 1..self.words.len()).find(|at| ["{", "(", ";"].contains(&text_at(&self.words, *at)));
        let open = open.unwrap_or(self.words.len());
        let head = self.words[..open].iter().chain(&self.words[after_group(&self.words, open).min(self.words.len())..]);
        let fields = self.public_fields().into_iter().flat_map(|(_, words)| words.to_vec());
        head.copied().chain(fields).collect()
    }

    /// `pub` or `pub(..)`.
    pub(super) fn is_public(&self) -> bool {
        self.words[..self.keyword].iter().any(|word| word.text == "pub")
    }

    /// Of a function: where its body begins and ends in the file, in bytes.
    pub(super) fn body_in_file(&self) -> Option<(u32, u32)> {
        if let Some(cut_at) = self.cut_at {
            return Some((cut_at, u32::MAX));
        }
        let place = |at: usize| self.words.get(at).map_or(u32::MAX, |word| self.start + word.start);
        self.body.map(|(start, end)| (place(start), place(end)))
    }

    /// True for a place in the file that says what a type must be able to do: in generics, after `where`, after the `:` of a
    /// trait or an associated type.
    pub(super) fn is_in_bound(&self, offset: u32) -> bool {
        let place = |at: usize| self.words.get(at).map_or(u32::MAX, |word| self.start + word.start);
        let holds = |from: usize, to: usize| place(from) <= offset && offset < place(to);
        let (name, words) = (self.name, &self.words);
        let generics = if text_at(words, name + 1) == "<" { end_of_generics(words, name + 1) } else { name + 1 };
        let clause = end_of_type(words, generics, &["where", "{", ";"]);
        let is_where = text_at(words, clause) == "where" && holds(clause, end_of_type(words, clause, &["{", ";"]));
        let is_supertrait =
            text_at(words, generics) == ":" && holds(generics, end_of_type(words, generics, &["{", ";", "="]));
        holds(name + 1, generics) || is_where || is_supertrait && ["trait", "type"].contains(&words[self.keyword].text)
    }

    pub(super) fn body(&self) -> &[Word<'t>] {
        self.body.map_or(&[], |(start, end)| &self.words[start..end])
    }

    /// `static mut`, `static ref`.
    pub(super) fn has_modifier(&self, modifier: &str) -> bool {
        self.words[self.keyword..self.name].iter().any(|word| word.text == modifier)
    }

    /// Of a constant or static: its type.
    pub(super) fn value_type(&self) -> &[Word<'t>] {
        let from = self.name + 2;
        if text_at(&self.words, self.name + 1) != ":" {
            return &[];
        }
        let end = end_of_type(&self.words, from, &["=", ";"]);
        &self.words[from..end]
    }

    /// Of a function: the type that it returns; empty for none.
    pub(super) fn result(&self) -> &[Word<'t>] {
        let Some(parameters) = self.parameters_at() else { return &[] };
        let after = after_group(&self.words, parameters);
        if (text_at(&self.words, after), text_at(&self.words, after + 1)) != ("-", ">") {
            return &[];
        }
        let end = end_of_type(&self.words, after + 2, &["{", ";", "where"]);
        &self.words[after + 2..end]
    }

    /// Of a function: the words between its parentheses.
    pub(super) fn parameters(&self) -> &[Word<'t>] {
        let Some(open) = self.parameters_at() else { return &[] };
        &self.words[open + 1..after_group(&self.words, open).saturating_sub(1).max(open + 1)]
    }

    fn parameters_at(&self) -> Option<usize> {
        let at = if text_at(&self.words, self.name + 1) == "<" {
            end_of_generics(&self.words, self.name + 1)
        } else {
            self.name + 1
        };
        (text_at(&self.words, at) == "(").then_some(at)
    }

    /// Of a struct: name and type of each field that is `pub`; a tuple's have numbers.
    pub(super) fn public_fields(&self) -> Vec<(String, &[Word<'t>])> {
        let public = self.fields().into_iter().filter(|field| field.is_public);
        public.map(|Field { name, words, .. }| (name, words)).collect()
    }

    /// Of a struct: everybody who has one sees all that is in it.  One without fields shows nothing.
    pub(super) fn shows_all_fields(&self) -> bool {
        let fields = self.fields();
        !fields.is_empty() && fields.iter().all(|field| field.is_public)
    }

    /// Of a struct: its fields; a tuple's have numbers.
    pub(super) fn fields(&self) -> Vec<Field<'_, 't>> {
        let open = (self.name + 1..self.words.len()).find(|at| ["{", "(", ";"].contains(&text_at(&self.words, *at)));
        let Some(open) = open.filter(|at| text_at(&self.words, *at) != ";") else { return Vec::new() };
        let named = text_at(&self.words, open) == "{";
        let end = after_group(&self.words, open).saturating_sub(1);
        let mut fields = Vec::new();
        let (mut at, mut number) = (open + 1, 0);
        while at < end {
            while text_at(&self.words, at) == "#" {
                at = after_group(&self.words, at + 1);
            }
            let restricted = ["crate", "self", "super", "in"];
            let is_restricted =
                text_at(&self.words, at + 1) == "(" && restricted.contains(&text_at(&self.words, at + 2));
            let is_public = text_at(&self.words, at) == "pub" && !is_restricted;
            let field_end = end_of_type(&self.words, at, &[","]).min(end);
            let start = match text_at(&self.words, at) {
                "pub" if is_restricted => after_group(&self.words, at + 1),
                "pub" => at + 1,
                _ => at,
            };
            let name = if named { text_at(&self.words, start).to_owned() } else { format!("{number}") };
            let from = (if named { start + 2 } else { start }).min(field_end);
            if from < field_end {
                fields.push(Field { is_public, name, words: &self.words[from..field_end] });
            }
            at = field_end + 1;
            number += 1;
        }
        fields
    }
}

/// How many lines may stand before the mark of a program that wrote a file.
const MARK_WITHIN: usize = 10;

impl Context<'_> {
    /// Code that a program wrote: by the role of its boundary, or by what its file says at the top.
    pub(super) fn is_generated(&self, node: NodeId) -> bool {
        if self.boundaries.has_role(node, Role::Generated) {
            return true;
        }
        self.model.node(node).file.is_some_and(|file| self.is_generated_file(file))
    }

    /// By what it says at the top; an `include!` brings such a file into a module of another.
    pub(super) fn is_generated_file(&self, file: FileId) -> bool {
        self.sources.is_some_and(|sources| {
            let mut top = sources.file(file).text.lines().take(MARK_WITHIN);
            top.any(|line| line.starts_with("//") && (line.contains("@generated") || line.contains("DO NOT EDIT")))
        })
    }

    /// The line that declares an item or module, from its first word on.
    pub(super) fn place_of(&self, node: NodeId) -> Option<(FileId, Span)> {
        let (model, sources) = (self.model, self.sources?);
        let item = model.node(node);
        // A module is declared in the file of the one around it.
        let declaring = if item.kind == NodeKind::Module { item.parent? } else { node };
        let file = model.node(declaring).file?;
        let line = sources.file(file).line_text(item.line);
        let start = sources.file(file).line_start(item.line)? + (line.len() - line.trim_start().len()) as u32;
        Some((file, Span::new(start, start + line.trim().len() as u32)))
    }

    /// The items of this workspace that some words of an item name: by the references that stand there, and for items of
    /// its own module, between which there are no references, by name.
    pub(super) fn named_in(&self, item: NodeId, words: &[Word<'_>]) -> Vec<NodeId> {
        let model = self.model;
        let Some(module) = model.module_of(item) else { return Vec::new() };
        let is_named = |node: &NodeId| words.iter().any(|word| *word.text == *model.node(*node).name);
        let mut named: Vec<NodeId> = model.children(module).iter().copied().filter(is_named).collect();
        for edge in model.edges_from(module) {
            let of_item = model.references_of(edge).filter(|(_, it)| model.is_within(it.from_item, item));
            named.extend(of_item.map(|(_, it)| it.to_item).filter(is_named));
        }
        named.sort();
        named.dedup();
        named
    }
}

/// A type as people write it.
pub(super) fn spelled(words: &[Word<'_>]) -> String {
    let mut text = String::new();
    let mut end_before = None;
    for word in words {
        // White space stands where it stood: between words that did not touch.
        if end_before.is_some_and(|end| end < word.start) {
            text.push(' ');
        }
        text.push_str(word.text);
        end_before = Some(word.start + word.text.len() as u32);
    }
    text
}

pub(super) fn text_at<'t>(words: &[Word<'t>], at: usize) -> &'t str {
    words.get(at).map_or("", |word| word.text)
}

/// For an opening bracket, what follows the closing one; else the next word.
pub(super) fn after_group(words: &[Word<'_>], open: usize) -> usize {
    let mut depth = 0usize;
    for (at, word) in words.iter().enumerate().skip(open) {
        match word.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    words.len()
}

/// For the `<` that opens generics, what follows the `>` that closes them; the `>` of an arrow closes nothing.
pub(super) fn end_of_generics(words: &[Word<'_>], open: usize) -> usize {
    let mut depth = 0usize;
    let mut at = open;
    while at < words.len() {
        match words[at].text {
            "(" | "[" | "{" => {
                at = after_group(words, at);
                continue;
            }
            "<" => depth += 1,
            ">" if text_at(words, at.wrapping_sub(1)) != "-" => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}

/// Where one of these words stands outside brackets and generics.
pub(super) fn end_of_type(words: &[Word<'_>], from: usize, ends: &[&str]) -> usize {
    let mut at = from.min(words.len());
    while at < words.len() && !ends.contains(&words[at].text) {
        at = match words[at].text {
            "(" | "[" | "{" => after_group(words, at),
            "<" => end_of_generics(words, at),
            _ => at + 1,
        };
    }
    at
}

/// The last braces of a function; a declaration in a trait ends with `;`.
fn function_body(words: &[Word<'_>], name: usize) -> Option<(usize, usize)> {
    let open = end_of_type(words, name + 1, &["{", ";"]);
    (text_at(words, open) == "{").then(|| (open + 1, after_group(words, open).saturating_sub(1).max(open + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'t>(text: &'t str, name: &str) -> Declaration<'t> {
        Declaration::read(text, 100, name).unwrap()
    }

    #[test]
    fn a_function_has_parameters_a_result_and_a_body() {
        let text = "#[must_use] pub(crate) async fn f<F: Fn(u8) -> u8>(&self, g: F) -> Result<Vec<u8>, E> where F: Copy { a(); b }";
        let function = read(text, "f");
        assert_eq!(spelled(function.parameters()), "&self, g: F");
        assert_eq!(spelled(function.result()), "Result<Vec<u8>, E>");
        assert_eq!(spelled(function.body()), "a(); b");
        assert_eq!(function.attributes().len(), 1);
        let place = |part: &str| 100 + text.find(part).unwrap() as u32;
        assert_eq!(function.body_in_file(), Some((place("a();"), place("}"))));
    }

    #[test]
    fn a_signature_ends_where_the_body_begins() {
        let whole = |text: &str| Declaration::read(text, 0, "f").is_some_and(|it| it.is_whole_signature());
        for text in [
            "pub fn f()",
            "fn f<T: Fn(u8) -> u8>(a: T) -> Vec<u8> where T: Copy",
            "fn f(a: [u8; 3]) -> impl Fn() -> u8",
        ] {
            assert!(whole(text), "{text}");
        }
        for text in
            ["/// fn f()", "#[doc(a = \"", "fn f<const N: usize =", "fn f(a: [u8;", "fn f() -> [u8; N<", "struct f"]
        {
            assert!(!whole(text), "{text}");
        }
    }

    #[test]
    fn bounds_are_told_from_the_rest_of_a_declaration() {
        let check = |text: &str, name: &str, expected: &[(&str, bool)]| {
            for (word, is_bound) in expected {
                let place = 100 + text.find(word).unwrap() as u32;
                assert_eq!(read(text, name).is_in_bound(place), *is_bound, "{word} in {text}");
            }
        };
        let function = "pub fn f<T: A>(t: B<T>) -> Option<C> where T: D, { e() }";
        check(function, "f", &[("A", true), ("B", false), ("C>", false), ("D", true), ("e()", false)]);
        check("pub trait S: A + B { fn g(); }", "S", &[("A", true), ("B", true), ("g", false)]);
        check("type F: A<B>;", "F", &[("A", true), ("B", true)]);
        check("pub type F<T: A> = B<T>;", "F", &[("A", true), ("B", false)]);
        check("pub struct S<T> where T: A { b: B }", "S", &[("A", true), ("B }", false)]);
        check("pub static S: A = A;", "S", &[("A", false)]);
    }

    #[test]
    fn a_static_has_a_type_and_modifiers() {
        let text = read("pub static ref X: Mutex<BTreeMap<u8, u8>> = Mutex::new(BTreeMap::new());", "X");
        assert_eq!(spelled(text.value_type()), "Mutex<BTreeMap<u8, u8>>");
        assert!(text.has_modifier("ref") && !text.has_modifier("mut"));
        assert!(read("static mut N: u8 = 0;", "N").has_modifier("mut"));
    }

    #[test]
    fn the_public_fields_of_a_struct_are_known() {
        let fields = |text: &str| -> Vec<String> {
            let declaration = read(text, "S");
            let fields = declaration.public_fields();
            fields.iter().map(|(name, words)| format!("{name}: {}", spelled(words))).collect()
        };
        assert_eq!(
            fields("pub struct S<T> { #[x(a, b)] pub a: Map<T, u8>, b: u8, pub(crate) c: u8, pub d: u8 }"),
            ["a: Map<T, u8>", "d: u8"]
        );
        assert_eq!(fields("struct S(u8, pub Vec<(u8, u8)>);"), ["1: Vec<(u8, u8)>"]);
        assert_eq!(fields("pub struct S(pub (u8, u8), pub(super) u8);"), ["0: (u8, u8)"]);
        assert!(fields("pub struct S;").is_empty());
        let all = read("struct S { a: u8, pub(crate) b: Map<T, u8>, pub c: u8 }", "S");
        let all: Vec<String> =
            all.fields().iter().map(|it| format!("{}: {} {}", it.name, spelled(it.words), it.is_public)).collect();
        assert_eq!(all, ["a: u8 false", "b: Map<T, u8> false", "c: u8 true"]);
        assert!(read("pub struct S { pub a: u8 }", "S").shows_all_fields());
        assert!(!read("pub struct S { pub a: u8, b: u8 }", "S").shows_all_fields());
    }

    #[test]
    fn what_a_macro_made_has_no_declaration() {
        assert!(Declaration::read("make!(a, b)", 0, "S").is_none());
        assert!(Declaration::read("S", 0, "S").is_none());
    }
}
