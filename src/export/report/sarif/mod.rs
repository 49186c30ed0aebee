//! The verdict as SARIF 2.1.0, the format that code scanning reads.
//!
//! In: a verdict and where its references stand.  Out: one run with every rule and every violation.  Not here: the shape
//! of the format (`log`), and which results are new: whoever keeps the logs compares them by fingerprint.

mod log;

use std::collections::BTreeMap;

use self::log::{
    ArtifactLocation, AutomationDetails, BaseId, Configuration, Driver, Identifier, Invocation, Level, Location, Log,
    LogicalLocation, Message, Notification, PhysicalLocation, Properties, Region, ReportingDescriptor, ResultEntry,
    Run, Suppression, Text, Tool,
};
use super::{Severity, wording};
use crate::rules::{Evidence, RULES, Rule, Violation};
use crate::snapshot::{self, Parts};
use crate::verdict::{self, Acceptance, Judged, Verdict};

/// The identity of a violation under this name is the same in every revision; another way to make it is another name.
const FINGERPRINT: &str = "riprapIdentity/v1";

/// The folder of the workspace, in the word that readers of SARIF know for the root of the sources.
const BASE: &str = "%SRCROOT%";

/// Further references listed for a violation.
const RELATED: usize = 20;

pub fn write(parts: &Parts<'_>) -> String {
    let tool = snapshot::Tool::this();
    let driver = Driver {
        name: &tool.name,
        version: &tool.version,
        semantic_version: &tool.version,
        rules: RULES.iter().map(|rule| descriptor(parts.verdict, rule)).collect(),
    };
    let base = BaseId { description: Message { text: "the folder of the workspace".to_owned() } };
    let run = Run {
        tool: Tool { driver },
        automation_details: AutomationDetails { id: format!("riprap/{}/", parts.workspace) },
        invocations: [invocation(parts)],
        original_uri_base_ids: BTreeMap::from([(BASE, base)]),
        column_kind: "unicodeCodePoints",
        results: parts.verdict.violations.iter().map(|judged| result(parts, judged)).collect(),
    };
    let log = Log { version: log::VERSION, schema: log::SCHEMA, runs: [run] };
    serde_json::to_string_pretty(&log).expect("these values are JSON") + "\n"
}

/// A rule with its page; what is off was not looked for.
fn descriptor<'a>(verdict: &Verdict, rule: &'a Rule) -> ReportingDescriptor<'a> {
    let level = verdict.counts.iter().find(|count| count.rule == rule.name).map(|count| count.level);
    ReportingDescriptor {
        id: rule.name,
        short_description: Text { text: rule.summary, markdown: None },
        full_description: Text { text: what_it_finds(rule), markdown: None },
        help: Text { text: rule.documentation, markdown: Some(rule.documentation) },
        default_configuration: Configuration {
            enabled: level.is_some(),
            level: match level {
                Some(verdict::Level::Deny) => Level::Error,
                _ => Level::Warning,
            },
        },
        properties: Properties { tags: [rule.group] },
    }
}

/// The first section of a rule's page; every page has it.
fn what_it_finds(rule: &Rule) -> &str {
    let sections = rule.documentation.split("\n## ");
    sections.filter_map(|section| section.split_once('\n')).nth(1).map_or(rule.summary, |(_, text)| text.trim())
}

/// That the run came to its end, and how much it could not see.
fn invocation<'a>(parts: &Parts<'a>) -> Invocation<'a> {
    let notification = |(kind, count): (&'a str, usize)| Notification {
        descriptor: Identifier { id: kind },
        level: Level::Note,
        message: Message { text: format!("{} not seen: {kind}", wording::counted(count, "place", "places")) },
    };
    Invocation {
        execution_successful: true,
        exit_code: parts.verdict.exit_status(),
        tool_execution_notifications: wording::blind_spots(parts).into_iter().map(notification).collect(),
    }
}

fn suppression(acceptance: &Acceptance) -> Suppression {
    let kind = match acceptance {
        Acceptance::Baseline | Acceptance::Exception(_) => "external",
        Acceptance::BesideCode(_) => "inSource",
    };
    Suppression { kind, justification: acceptance.to_string() }
}

fn result<'a>(parts: &Parts<'a>, judged: &'a Judged) -> ResultEntry<'a> {
    let violation = &judged.violation;
    let evidence = violation.evidence(parts.model, RELATED + 1);
    let (first, further) = evidence.split_first().map_or((None, &[][..]), |(first, further)| (Some(first), further));
    let logical =
        LogicalLocation { fully_qualified_name: &violation.from, kind: violation.from_node.map(|_| "module") };
    let primary = Location {
        id: None,
        message: Some(message(first.map_or(&violation.label, |evidence| &evidence.label))),
        physical_location: first.map(|evidence| physical(parts, evidence)).or_else(|| own(parts, violation)),
        logical_locations: vec![logical],
    };
    let related = further.iter().zip(1..).map(|(evidence, number)| Location {
        id: Some(number),
        message: Some(message(&evidence.label)),
        physical_location: Some(physical(parts, evidence)),
        logical_locations: Vec::new(),
    });
    ResultEntry {
        rule_id: violation.rule,
        rule_index: RULES.iter().position(|rule| rule.name == violation.rule),
        level: match Severity::of(judged) {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Note => Level::Note,
        },
        message: message(&wording::sentences(judged)),
        locations: [primary],
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::from([(FINGERPRINT, violation.id.as_str())]),
        suppressions: judged.accepted.iter().map(suppression).collect(),
    }
}

/// Braces would be places for arguments (section 3.11.5).
fn message(text: &str) -> Message {
    Message { text: text.replace('{', "{{").replace('}', "}}") }
}

fn physical(parts: &Parts<'_>, evidence: &Evidence) -> PhysicalLocation {
    let file = parts.sources.file(evidence.file);
    let (start, end) = (file.line_column(evidence.span.start), file.line_column(evidence.span.end));
    PhysicalLocation {
        artifact_location: ArtifactLocation { uri: uri(&file.path), uri_base_id: BASE },
        region: Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        },
    }
}

/// The place of a violation that no reference proves.
fn own(parts: &Parts<'_>, violation: &Violation) -> Option<PhysicalLocation> {
    let (place, _) = wording::own_place(parts, violation)?;
    let (line, column) = (place.line, place.column);
    Some(PhysicalLocation {
        artifact_location: ArtifactLocation { uri: uri(&place.file), uri_base_id: BASE },
        region: Region { start_line: line, start_column: column, end_line: line, end_column: column },
    })
}

/// A relative path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    let escape = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests;
