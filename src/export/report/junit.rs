//! The verdict as test results, in the XML of JUnit: a suite per rule, a case per violation.
//!
//! In: a verdict and where its references stand.  Out: XML without times, so that the same input gives the same bytes.
//! Not here: levels; what is denied failed, and everything else passed and has something to say.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::wording;
use crate::snapshot::Parts;
use crate::verdict::{Count, Judged};

type Xml = Writer<Vec<u8>>;

/// Places listed for a violation.
const SHOWN: usize = 4;

pub fn write(parts: &Parts<'_>) -> String {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    suites(&mut xml, parts).expect("a vector takes every byte");
    let mut text = String::from_utf8(xml.into_inner()).expect("only text was written");
    text.push('\n');
    text
}

fn suites(xml: &mut Xml, parts: &Parts<'_>) -> io::Result<()> {
    let counts = &parts.verdict.counts;
    let tests: usize = counts.iter().map(cases).sum();
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .with_attribute(("name", attribute(&format!("riprap check {}", parts.workspace)).as_str()))
        .with_attributes(numbers(tests, parts.verdict.denied()).each())
        .write_inner_content(|xml| counts.iter().try_for_each(|count| suite(xml, parts, count)))?;
    Ok(())
}

/// A rule that found nothing is a case, too: it was looked at, and is fine.
fn cases(count: &Count) -> usize {
    count.violations.max(1)
}

fn suite(xml: &mut Xml, parts: &Parts<'_>, count: &Count) -> io::Result<()> {
    xml.create_element("testsuite")
        .with_attribute(("name", count.rule))
        .with_attributes(numbers(cases(count), count.denied).each())
        .write_inner_content(|xml| {
            if count.violations == 0 {
                let names = [("classname", count.rule), ("name", "nothing found")];
                xml.create_element("testcase").with_attributes(names).write_empty()?;
            }
            let violations = parts.verdict.violations.iter().filter(|judged| judged.violation.rule == count.rule);
            violations.into_iter().try_for_each(|judged| case(xml, parts, judged))
        })?;
    Ok(())
}

fn case(xml: &mut Xml, parts: &Parts<'_>, judged: &Judged) -> io::Result<()> {
    let violation = &judged.violation;
    // A cycle has no `to`; rings of one container have different members, and so different messages.
    let name = match violation.members.is_empty() {
        true => format!("{} -> {}", violation.from, violation.to),
        false => violation.message.clone(),
    };
    let mut case = xml
        .create_element("testcase")
        .with_attribute(("classname", violation.rule))
        .with_attribute(("name", attribute(&name).as_str()));
    if let Some((place, _)) = wording::best_place(parts, violation) {
        case = case
            .with_attribute(("file", attribute(&place.file).as_str()))
            .with_attribute(("line", place.line.to_string().as_str()));
    }
    case.write_inner_content(|xml| {
        let body = legal(&body(parts, judged));
        let element = match judged.denied {
            true => xml
                .create_element("failure")
                .with_attribute(("message", attribute(&violation.message).as_str()))
                .with_attribute(("type", violation.rule)),
            false => xml.create_element("system-out"),
        };
        element.write_text_content(BytesText::new(&body))?;
        Ok(())
    })?;
    Ok(())
}

/// Everything about a violation, for a reader who sees nothing but this case.
fn body(parts: &Parts<'_>, judged: &Judged) -> String {
    let violation = &judged.violation;
    let shown = violation.evidence(parts.model, SHOWN);
    let mut text = wording::sentences(judged);
    for evidence in &shown {
        let (place, line) = wording::place(parts, evidence);
        text += &format!("\n{}:{}:{}: {}", place.file, place.line, place.column, line.trim());
    }
    let hidden = violation.removal() - shown.len();
    if hidden > 0 {
        text += &format!("\nand {}", wording::counted(hidden, "more reference", "more references"));
    }
    text
}

/// The attributes that a reader adds up.
struct Numbers {
    tests: String,
    failures: String,
}

fn numbers(tests: usize, failures: usize) -> Numbers {
    Numbers { tests: tests.to_string(), failures: failures.to_string() }
}

impl Numbers {
    fn each(&self) -> [(&str, &str); 4] {
        [("tests", &self.tests), ("failures", &self.failures), ("errors", "0"), ("skipped", "0")]
    }
}

/// A reader makes spaces of line breaks in attributes, so they are none from the start.
fn attribute(text: &str) -> String {
    legal(&wording::one_line(text))
}

/// Without the characters that XML 1.0 cannot hold, not even escaped (section 2.2).
fn legal(text: &str) -> String {
    let is_legal = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().map(|c| if is_legal(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{CLEAN, ERODED};
    use super::*;

    #[test]
    fn what_is_denied_failed_and_what_is_quiet_passed() {
        insta::assert_snapshot!(write(&ERODED.parts()));
    }

    #[test]
    fn the_numbers_of_the_suites_are_those_of_their_cases() {
        for parts in [ERODED.parts(), CLEAN.parts()] {
            let text = write(&parts);
            let document = roxmltree::Document::parse(&text).unwrap();
            let count = |suite: roxmltree::Node<'_, '_>, tag: &str| {
                suite.descendants().filter(|node| node.has_tag_name(tag)).count().to_string()
            };
            for suite in document.descendants().filter(|node| node.tag_name().name().starts_with("testsuite")) {
                assert_eq!(suite.attribute("tests"), Some(count(suite, "testcase").as_str()));
                assert_eq!(suite.attribute("failures"), Some(count(suite, "failure").as_str()));
            }
        }
    }

    #[test]
    fn every_text_gives_well_formed_xml() {
        let nasty = "a<b> & \"c\" 'd' ]]> \u{0}\u{1b}\u{fffe}\r\n\t<!-- é 🦀";
        let mut parts = ERODED.parts();
        let mut verdict = parts.verdict.clone();
        for judged in &mut verdict.violations {
            let violation = &mut judged.violation;
            for text in [&mut violation.from, &mut violation.to, &mut violation.message, &mut violation.why] {
                *text = nasty.to_owned();
            }
        }
        parts.verdict = &verdict;
        parts.workspace = nasty;
        let text = write(&parts);
        let document = roxmltree::Document::parse(&text).unwrap();
        let failure = document.descendants().find(|node| node.has_tag_name("failure")).unwrap();
        let message = "a<b> & \"c\" 'd' ]]>   \u{fffd}   <!-- é 🦀";
        assert_eq!(failure.attribute("message"), Some(message));
        assert!(failure.text().unwrap().contains("a<b> & \"c\" 'd' ]]> \u{fffd}\u{fffd}\u{fffd}"));
    }
}
