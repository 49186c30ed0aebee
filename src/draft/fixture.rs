//! A ground from a few lines, for the tests of this stage.

use std::sync::Arc;

use super::{Given, Ground};
use crate::boundary::Declaration;
use crate::boundary::fixture::Fixture;
use crate::rules::Options;
use crate::source::Date;
use crate::verdict::{Levels, Style};
use crate::workspace::Workspace;

pub(super) fn ground(text: &str, declarations: Vec<Declaration>) -> Ground {
    let fixture = Fixture::new(text);
    let boundaries = fixture.boundaries(declarations);
    let given = Given {
        model: Arc::new(fixture.model),
        workspace: Arc::new(Workspace::default()),
        sources: Arc::new(fixture.sources),
        folders: fixture.folders,
        published: Vec::new(),
        intent: Default::default(),
        options: Options::default(),
        levels: Levels::of_style(Style::ModularMonolith),
        baseline: None,
        date: Date::default(),
    };
    Ground::new(given, &boundaries)
}
