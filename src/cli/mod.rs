//! The command line: what was typed, lowered to the options of each command.
//!
//! In: arguments.  Out: an exit status: 0 nothing denied, 1 denied violations, 2 wrong use or configuration, 3 the
//! workspace could not be analysed.  Results go to standard output, progress and messages to standard error.
//! Not here: what the commands do, one file each.

mod affected;
mod baseline;
mod behaviour;
mod check;
mod diagnostic;
mod diff;
mod explain;
mod export;
mod first_page;
mod format;
mod history;
mod init;
mod may;
mod open;
mod progress;
mod query;
mod review;
mod since;
mod snapshot;
mod theme;
mod tiles;
mod whatif;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use theme::ThemeChoice;
use tiles::Tiles;

use crate::analysis::Asked;
use crate::enrich::Enrichment;
use crate::export::film::USUAL_SHOTS;
use crate::source::Date;

/// Deeply nested code is read by recursion: these threads have room for it.
const STACK_BYTES: usize = 64 << 20;

/// The modules of a Rust workspace, the boundaries between them, and what breaks those boundaries.
#[derive(Debug, Parser)]
#[command(name = "riprap", version, args_conflicts_with_subcommands = true, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    open: OpenArgs,
    #[command(flatten)]
    global: Global,
}

#[derive(Debug, Args)]
struct Global {
    /// Show no progress
    #[arg(long, global = true)]
    quiet: bool,
    /// When to colour messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// What to look at beyond the sources: out-dir, registry, scip=FILE, with commas; `check` does as riprap.toml says
    #[arg(long, global = true, value_name = "LIST", value_parser = Enrichment::parse)]
    enrich: Option<Enrichment>,
    /// The day for what holds until or from one; default: the commit's with --rev, else today (UTC)
    #[arg(long, global = true, value_name = "YYYY-MM-DD", value_parser = Date::parse)]
    date: Option<Date>,
    /// How many threads to use; default: one per core
    #[arg(long, global = true, value_name = "N")]
    jobs: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open a workspace in the window
    Open(OpenArgs),
    /// Write a riprap.toml from what folders, names and dependencies suggest
    Init(InitArgs),
    /// Judge a workspace: exit status 1 if anything is denied
    Check(CheckArgs),
    /// Accept today's violations, or take out of the accepted ones what is fixed
    Baseline(BaselineArgs),
    /// Would this dependency be legal?  Exit status 1 if not
    May(MayArgs),
    /// Find modules, items, references and ways by a query (docs/query.md)
    Query(QueryArgs),
    /// What a change reaches: boundaries, packages, binaries, tests
    Affected(AffectedArgs),
    /// Write pictures and data; the format follows from the file's extension
    Export(ExportArgs),
    /// Write everything riprap knows of a workspace as one JSON document
    Snapshot(SnapshotArgs),
    /// Compare two revisions: what got worse, what was fixed, what else differs
    Diff(DiffArgs),
    /// Go through commits: which one introduced each violation, and what each changed
    History(HistoryArgs),
    /// Two pages for people: what got worse, what was fixed, whose code it is, what to do next
    Review(ReviewArgs),
    /// Explain a rule, or what holds for a boundary
    Explain(ExplainArgs),
}

#[derive(Debug, Args)]
struct OpenArgs {
    /// A folder, a Cargo.toml, or a link to a view (riprap://open?..); without it, the welcome screen
    path: Option<PathBuf>,
    #[command(flatten)]
    rev: Rev,
    /// An earlier commit, branch or tag (or WORKTREE) to compare with
    #[arg(long, value_name = "REV")]
    compare: Option<String>,
    /// What to select and show: a module, an item, a boundary, or `A -> B` for an edge
    #[arg(long, value_name = "PATH")]
    focus: Option<String>,
    /// Which view to start with; default: map, with --compare compare
    #[arg(long)]
    view: Option<View>,
    /// Open everything so deep: 1 shows packages, 2 what they hold, and so on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=32))]
    level: Option<u32>,
    #[command(flatten)]
    tiles: Tiles,
    /// Default: as the system
    #[arg(long)]
    theme: Option<ThemeChoice>,
    /// Paint the view into a file, then exit
    #[arg(long, value_name = "FILE.png")]
    screenshot: Option<PathBuf>,
    /// Size of the window in points
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<(u32, u32)>,
    /// What paints the window
    #[arg(long, default_value = "auto")]
    renderer: Renderer,
}

#[derive(Debug, Args)]
struct Rev {
    /// A commit, branch or tag to look at instead of the files on disk (WORKTREE), judged by today's riprap.toml
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
}

impl Rev {
    /// What is asked for, of this revision.
    fn of(&self, asked: Asked) -> Asked {
        Asked { revision: self.rev.clone(), ..asked }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Renderer {
    #[default]
    Auto,
    Wgpu,
    Glow,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum View {
    #[default]
    Map,
    Matrix,
    Treemap,
    Timeline,
    Compare,
    Findings,
    Violations,
    Notes,
    Rules,
    Whatif,
    Boundaries,
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// A folder or a Cargo.toml
    #[arg(default_value = ".")]
    path: PathBuf,
    #[command(flatten)]
    rev: Rev,
    /// An earlier state, a revision or a snapshot: judge only what was added since
    #[arg(long, value_name = "REV|FILE.json")]
    since: Option<String>,
    /// Without a riprap.toml: all that is worth knowing, not only the first page
    #[arg(long)]
    all: bool,
    /// A report: text (the default), json, sarif, junit, github or markdown; without a file it goes to standard output.
    /// May be given several times, once without a file
    #[arg(long = "format", value_name = "F[=FILE]", value_parser = format::parse::<check::Report>)]
    formats: Vec<format::Wanted<check::Report>>,
}

#[derive(Debug, Args)]
struct DiffArgs {
    /// The earlier revision: what git calls it, WORKTREE for the files on disk, or the file of a snapshot (.json)
    old: String,
    /// The later one
    new: String,
    /// Of revisions and WORKTREE: a folder or a Cargo.toml
    #[arg(default_value = ".")]
    path: PathBuf,
    /// A report: text (the default), json, markdown or html; without a file it goes to standard output.
    /// May be given several times, once without a file
    #[arg(long = "format", value_name = "F[=FILE]", value_parser = format::parse::<diff::Report>)]
    formats: Vec<format::Wanted<diff::Report>>,
}

#[derive(Debug, Args)]
struct BaselineArgs {
    /// A folder or a Cargo.toml
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Accept violations that are new, too
    #[arg(long)]
    accept_new: bool,
    /// Write nothing; exit status 1 if riprap.baseline would change
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Args)]
struct InitArgs {
    /// A folder or a Cargo.toml
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Add boundaries for packages that have none to the riprap.toml that is there, and change nothing else
    #[arg(long)]
    update: bool,
    /// What to put together; without it folders, and of many those whose names begin alike
    #[arg(long, value_enum, conflicts_with = "update")]
    by: Option<init::By>,
    /// Print the text instead of writing it
    #[arg(long)]
    print: bool,
}

#[derive(Debug, Args)]
struct QueryArgs {
    /// What to find: `kind:trait vis:pub orders`, `uses(billing::*)`, `orders -> billing`, `path(web, storage)`
    #[arg(value_name = "EXPR")]
    expression: String,
    /// A folder or a Cargo.toml
    #[arg(default_value = ".")]
    path: PathBuf,
    #[command(flatten)]
    rev: Rev,
    /// Also what only tests refer to
    #[arg(long)]
    tests: bool,
    #[arg(long, default_value = "text")]
    format: AnswerFormat,
}

#[derive(Debug, Args)]
struct AffectedArgs {
    /// A folder or a Cargo.toml
    #[arg(default_value = ".")]
    path: PathBuf,
    /// A commit, branch or tag: what differs from it is the change
    #[arg(long, value_name = "REV")]
    since: String,
    #[command(flatten)]
    rev: Rev,
    /// cargo: arguments such as `-p NAME` for every package with something to build or test
    #[arg(long, default_value = "text")]
    format: AffectedFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum AffectedFormat {
    #[default]
    Text,
    Json,
    Cargo,
}

#[derive(Debug, Args)]
struct MayArgs {
    /// Who would refer: a module, an item, a package or a boundary
    from: String,
    /// To what: a path as code would write it, a package or a boundary
    to: String,
    /// A folder or a Cargo.toml
    #[arg(default_value = ".")]
    path: PathBuf,
    #[arg(long, default_value = "text")]
    format: AnswerFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum AnswerFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Args)]
struct ExportArgs {
    /// A folder or a Cargo.toml
    #[arg(default_value = ".")]
    path: PathBuf,
    #[command(flatten)]
    rev: Rev,
    /// An earlier commit, branch or tag (or WORKTREE) to compare with, for the view `compare`
    #[arg(long, value_name = "REV")]
    compare: Option<String>,
    /// A file to write: .json, .svg, .png or .pdf; of the views `compare` and `timeline` also .html; of `whatif` .patch or .md,
    /// of `exposed` .patch
    #[arg(short, long = "output", required = true, value_name = "FILE")]
    outputs: Vec<PathBuf>,
    /// What to open and show: a module, an item or a boundary
    #[arg(long, value_name = "PATH")]
    focus: Option<String>,
    /// Which picture; default: map, with --compare compare
    #[arg(long)]
    view: Option<Picture>,
    /// Open everything so deep: 1 shows packages, 2 what they hold, and so on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=32))]
    level: Option<u32>,
    #[command(flatten)]
    tiles: Tiles,
    /// A named view as the window saves it: what is shown, open, selected and in sight
    #[arg(long, value_name = "riprap.views/NAME.toml", conflicts_with_all = ["view", "focus", "compare", "level", "size_by", "colour_by"])]
    view_file: Option<PathBuf>,
    #[arg(long, default_value = "light")]
    theme: ThemeChoice,
    /// How much of the view
    #[arg(long, default_value = "whole")]
    area: Area,
    /// Of a PNG: pixels for each unit of the picture
    #[arg(long, value_name = "1-4", default_value = "2", value_parser = clap::value_parser!(u8).range(1..=4))]
    scale: u8,
    /// Free space around the picture, in its units
    #[arg(long, value_name = "UNITS", default_value = "24", value_parser = clap::value_parser!(u16).range(0..=1000))]
    margin: u16,
    /// Leave the legend out
    #[arg(long)]
    no_legend: bool,
    /// Leave the background out; a PDF keeps it
    #[arg(long)]
    transparent: bool,
    /// Write nothing; exit status 1 if a file is not what would be written
    #[arg(long)]
    check: bool,
}

/// How much of a view is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Area {
    #[default]
    Whole,
    /// What was in sight when the named view was saved
    Visible,
    /// What is selected, with all that uses it or is used by it
    Selection,
}

/// A view that can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Picture {
    #[default]
    Map,
    Matrix,
    Treemap,
    /// Of all commits that lead to the revision
    Timeline,
    Compare,
    /// The moves of riprap.draft.toml, as .patch or .md
    Whatif,
    /// What `over-exposed` finds, as .patch
    Exposed,
}

#[derive(Debug, Args)]
struct SnapshotArgs {
    /// A folder or a Cargo.toml
    #[arg(default_value = ".")]
    path: PathBuf,
    #[command(flatten)]
    rev: Rev,
    /// The file to write
    #[arg(short, long, value_name = "FILE.json")]
    output: PathBuf,
}

#[derive(Debug, Args)]
struct HistoryArgs {
    /// A folder or a Cargo.toml in a clone
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Which commits: those that lead to B and not to A; default: all that lead to HEAD
    #[arg(long, value_name = "A..B")]
    range: Option<String>,
    /// Look only at each N-th commit, counted from the newest
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    every: u32,
    /// Also the commits of branches that were merged, not only the merges
    #[arg(long)]
    all: bool,
    /// Judge every commit by another riprap.toml, with nothing accepted: what would it have stopped?
    #[arg(long, value_name = "FILE", conflicts_with = "own_rules")]
    rules: Option<PathBuf>,
    /// Judge each commit by its own riprap.toml, and say which commits allowed more than the ones before
    #[arg(long)]
    own_rules: bool,
    /// Name the authors of commits, not only the owners of the code
    #[arg(long)]
    persons: bool,
    /// Look at every commit anew, and keep nothing for the next time
    #[arg(long)]
    no_cache: bool,
    /// Instead of violations: what is changed together, hotspots, teams.  Only the newest commit is analysed
    #[arg(long, conflicts_with_all = ["every", "rules", "own_rules", "persons"])]
    behaviour: bool,
    /// A file to write: .json, .csv, .svg, .png or .html; with `--behaviour` .json
    #[arg(short, long = "output", value_name = "FILE")]
    outputs: Vec<PathBuf>,
    /// A film of the map, commit by commit: .html (a page that plays it) or .png or .apng (animated)
    #[arg(long = "film", value_name = "FILE", conflicts_with = "behaviour")]
    films: Vec<PathBuf>,
    /// Of a film: how many commits it shows at most, those at which most changed
    #[arg(long, value_name = "N", default_value_t = USUAL_SHOTS as u32, value_parser = clap::value_parser!(u32).range(2..=1000))]
    frames: u32,
    /// Of pictures: how far two commits stand from each other, by the time between them or each as far as any other
    #[arg(long, default_value = "time")]
    axis: Axis,
    /// Of pictures; a page has both
    #[arg(long, default_value = "light")]
    theme: ThemeChoice,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Axis {
    #[default]
    Time,
    Commits,
}

impl Axis {
    fn axis(self) -> crate::scene::timeline::Axis {
        match self {
            Self::Time => crate::scene::timeline::Axis::Time,
            Self::Commits => crate::scene::timeline::Axis::Commits,
        }
    }
}

#[derive(Debug, Args)]
struct ReviewArgs {
    /// Where to begin: a number of days back from today (`90d`), or a commit, branch or tag
    #[arg(long, value_name = "REV|90d")]
    since: String,
    /// A folder or a Cargo.toml in a clone
    #[arg(default_value = ".")]
    path: PathBuf,
    /// Name the authors of commits, not only the owners of the code
    #[arg(long)]
    persons: bool,
    /// Look at every commit anew, and keep nothing for the next time
    #[arg(long)]
    no_cache: bool,
    /// A file to write: .md or .html; without it, Markdown on standard output
    #[arg(short, long = "output", value_name = "FILE")]
    outputs: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct ExplainArgs {
    /// A rule; without it, all rules are listed.  With `--config`, a folder or a Cargo.toml
    topic: Option<String>,
    /// Explain what riprap.toml says of this boundary, and where
    #[arg(long, value_name = "BOUNDARY")]
    config: Option<String>,
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let parsed = text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    match parsed {
        Some((width, height)) if (200..=16_384).contains(&width) && (200..=16_384).contains(&height) => {
            Ok((width, height))
        }
        _ => Err("a size is WIDTHxHEIGHT, each from 200 to 16384, such as 1280x800".to_owned()),
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Fine,
    Denied,
    WrongUse,
    NotAnalysed,
}

impl Outcome {
    fn status(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Denied => 1,
            Self::WrongUse => 2,
            Self::NotAnalysed => 3,
        }
    }
}

/// Runs the program; only `today` is not in what was typed.
pub fn main(today: Date) -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let status = if error.use_stderr() { Outcome::WrongUse } else { Outcome::Fine };
            // Nobody is left to tell if the terminal is gone.
            let _ = error.print();
            return ExitCode::from(status.status());
        }
    };
    ExitCode::from(run(cli, today).status())
}

/// The exit status of what was typed, the name of the program first.
#[cfg(all(test, feature = "gui"))]
pub(crate) fn status_of(words: &[&str]) -> u8 {
    let cli = Cli::try_parse_from(words).expect("the words are good");
    run(cli, Date::default()).status()
}

fn run(cli: Cli, today: Date) -> Outcome {
    match cli.global.color {
        ColorChoice::Auto => {}
        ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
    }
    let mut threads = rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES).thread_name(|n| format!("worker {n}"));
    if let Some(jobs) = cli.global.jobs {
        threads = threads.num_threads(jobs);
    }
    // The pool exists once per process: a second one would be refused and the first kept.
    let _ = threads.build_global();
    let Global { quiet, enrich, date, .. } = cli.global;
    let asked = Asked { enrich: enrich.clone().unwrap_or_default(), date, today, ..Asked::default() };
    match cli.command.unwrap_or(Command::Open(cli.open)) {
        Command::Open(args) => open::run(args, asked),
        Command::Init(args) => init::run(&args, &asked, quiet),
        Command::Check(args) => check::run(&args, enrich.as_ref(), asked, quiet),
        Command::Baseline(args) => baseline::run(&args, asked, quiet),
        Command::May(args) => may::run(&args, &asked, quiet),
        Command::Query(args) => query::run(&args, asked, quiet),
        Command::Affected(args) => affected::run(&args, asked, quiet),
        Command::Export(args) => export::run(&args, asked, quiet),
        Command::Snapshot(args) => snapshot::run(&args, asked, quiet),
        Command::Diff(args) => diff::run(&args, &asked, quiet),
        Command::History(args) if args.behaviour => behaviour::run(&args, &asked, quiet),
        Command::Review(args) => review::run(&args, &asked, quiet),
        Command::History(args) => history::run(&args, &asked, quiet),
        Command::Explain(args) => explain::run(&args, &asked, quiet),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_path_alone_opens_the_window() {
        let cli = Cli::try_parse_from(["riprap", "some/folder"]).unwrap();
        assert!(cli.command.is_none());
        assert_eq!(cli.open.path, Some("some/folder".into()));
    }

    #[test]
    fn sizes_are_two_numbers() {
        assert_eq!(size("1280x800"), Ok((1280, 800)));
        assert!(size("1280").is_err() && size("0x0").is_err() && size("ax5").is_err());
    }
}
