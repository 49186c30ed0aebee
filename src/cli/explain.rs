//! `riprap explain`: a rule's page, or the list of rules.
//!
//! In: a rule's name.  Out: text.  Not here: the pages, which stand beside each rule.

use super::progress::message;
use super::{ExplainArgs, Outcome};
use crate::boundary::spelling;
use crate::rules::{LATER, RULES};

pub(super) fn run(args: &ExplainArgs) -> Outcome {
    let Some(name) = args.rule.as_deref() else {
        for rule in RULES {
            anstream::println!("{:24} {}", rule.name, rule.summary);
        }
        let later: Vec<&str> = LATER.iter().map(|(name, _)| *name).collect();
        anstream::println!("\nNot there yet: {}", later.join(", "));
        return Outcome::Fine;
    };
    if let Some(rule) = RULES.iter().find(|rule| rule.name == name) {
        anstream::println!("{}", rule.documentation.trim_end());
        return Outcome::Fine;
    }
    if LATER.iter().any(|(later, _)| *later == name) {
        anstream::println!("`{name}` is planned and not there yet: nothing is checked under this name");
        return Outcome::Fine;
    }
    let known = RULES.iter().map(|rule| rule.name).chain(LATER.iter().map(|(name, _)| *name));
    let hint = spelling::did_you_mean(name, known).unwrap_or_else(|| "`riprap explain` lists all rules".to_owned());
    message(&format!("no rule is called `{name}`; {hint}"));
    Outcome::WrongUse
}
