//! What holds for one boundary, and where each of it is said.
//!
//! In: a boundary.  Out: [`Setting`]s, in the order of riprap.toml's description.  Not here: showing them.

use super::declaration::{Declaration, Origin, Shown};
use super::{Boundaries, BoundaryId, Pattern, Placed};

/// The value of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    pub key: &'static str,
    /// As it would be written, or in words where nothing is.
    pub value: String,
    /// `None` for what holds where nobody says anything.
    pub origin: Option<Placed<Origin>>,
}

impl Boundaries {
    /// Every key that has a value, those included whose value nobody set.
    pub fn effective(&self, id: BoundaryId) -> Vec<Setting> {
        let declaration = self.declaration(id);
        let mut settings = vec![
            setting(declaration, "contains", quoted(declaration.contains.iter().map(text))),
            setting(declaration, "api", quoted(declaration.api.iter().map(|shown| shown_text(&shown.value)))),
            setting(declaration, "may_use", self.may_use(declaration)),
        ];
        let mut tell = |key: &'static str, value: Option<String>| {
            settings.extend(value.map(|value| setting(declaration, key, value)));
        };
        tell("events_only", some(declaration.events_only.iter().map(|entry| entry.value.clone())));
        tell("external", self.external_text(id));
        tell("owner", declaration.owner.as_ref().map(|owner| format!("\"{owner}\"")));
        tell("layer", self.layer_text(id));
        tell("tags", some(declaration.tags.iter().cloned()));
        tell("role", declaration.role.map(|role| format!("\"{}\"", role.word())));
        tell("stable", declaration.stable.then(|| "true".to_owned()));
        tell("tables", some(declaration.tables.iter().map(|table| table.value.clone())));
        tell("domain", some(declaration.domain.iter().map(text)));
        tell("adapters", some(declaration.adapters.iter().map(text)));
        settings
    }

    fn may_use(&self, declaration: &Declaration) -> String {
        match &declaration.may_use {
            Some(entries) => quoted(entries.iter().map(|entry| entry.value.clone())),
            None if self.strict => "nothing: riprap.toml is `strict`".to_owned(),
            None => "anything".to_owned(),
        }
    }

    /// The third-party crates that it may use, as the boundary around it says where it says nothing.
    fn external_text(&self, id: BoundaryId) -> Option<String> {
        let said = self.external_source(id)?;
        let external = self.declaration(said).external.as_ref()?;
        let list = |entries: &[Placed<String>]| quoted(entries.iter().map(|entry| entry.value.clone()));
        let allow = external.allow.as_ref().map(|allow| format!("allow = {}", list(allow)));
        let deny = (!external.deny.is_empty()).then(|| format!("deny = {}", list(&external.deny)));
        let keys: Vec<String> = allow.into_iter().chain(deny).collect();
        let around = if said == id { String::new() } else { format!(", as `{}` around it", self.name(said)) };
        Some(format!("{{ {} }}{around}", keys.join(", ")))
    }

    /// The layer, or that of the boundary around it.
    fn layer_text(&self, id: BoundaryId) -> Option<String> {
        let own = |id: BoundaryId| self.declaration(id).layer.as_ref().map(|layer| format!("\"{}\"", layer.value));
        own(id).or_else(|| {
            let around = self.outwards(id).skip(1).find(|around| own(*around).is_some())?;
            Some(format!("{}, as `{}` around it", own(around)?, self.name(around)))
        })
    }
}

fn setting(declaration: &Declaration, key: &'static str, value: String) -> Setting {
    Setting { key, value, origin: declaration.origins.get(key).cloned() }
}

fn text(pattern: &Placed<Pattern>) -> String {
    pattern.value.text().to_owned()
}

fn shown_text(shown: &Shown) -> String {
    match shown {
        Shown::Root => "root".to_owned(),
        Shown::Pub => "pub".to_owned(),
        Shown::Path(pattern) => pattern.text().to_owned(),
        Shown::Only { users, show } => {
            let users: Vec<&str> = users.iter().map(|user| user.value.as_str()).collect();
            let show: Vec<&str> = show.iter().map(Pattern::text).collect();
            format!("{} for {} alone", show.join(", "), users.join(", "))
        }
    }
}

fn quoted(texts: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = texts.map(|text| format!("\"{text}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn some(texts: impl ExactSizeIterator<Item = String>) -> Option<String> {
    (texts.len() > 0).then(|| quoted(texts))
}

#[cfg(test)]
mod tests {
    use crate::boundary::Intent;
    use crate::boundary::fixture::{Fixture, declarations, template};

    #[test]
    fn each_value_has_the_place_that_says_it() {
        let fixture = Fixture::new("package orders core/orders\npackage web web");
        let boundaries = declarations(&[("orders", "may_use web"), ("web", "contains web")]);
        let templates = vec![template("<n>", "contains core/<n>; owner @<n>")];
        let boundaries = fixture.boundaries(Intent { boundaries, templates, ..Intent::default() });
        let lines = |name: &str| -> Vec<String> {
            let settings = boundaries.effective(boundaries.find(name).unwrap());
            let origin =
                |setting: &super::Setting| setting.origin.as_ref().map_or("-".to_owned(), |it| it.value.to_string());
            settings.iter().map(|it| format!("{} = {} ({})", it.key, it.value, origin(it))).collect()
        };
        assert_eq!(
            lines("orders"),
            [
                "contains = [\"core/orders\"] (the template `[boundary.\"<n>\"]`)",
                "api = [\"root\"] (-)",
                "may_use = [\"web\"] (its own table)",
                "owner = \"@orders\" (the template `[boundary.\"<n>\"]`)",
            ]
        );
        assert_eq!(lines("web")[2], "may_use = anything (-)");
    }
}
