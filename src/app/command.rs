//! Everything that a person can ask of the window, once: the menus, the palette, the shortcuts, the tooltips and the
//! shortcut sheet all read this list.
//!
//! In: nothing.  Out: labels, tooltips, keys.  Not here: what is possible now (`availability`), what a command does
//! (`execute`), and actions that carry something, like a click on a thing (`action`).

use egui::{Key, KeyboardShortcut, Modifiers};

/// Where a command stands in the menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    File,
    Go,
    Map,
    History,
    View,
    Help,
}

impl Group {
    pub(crate) const ALL: [Self; 6] = [Self::File, Self::Go, Self::Map, Self::History, Self::View, Self::Help];

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Go => "Go",
            Self::Map => "Map",
            Self::History => "History",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

macro_rules! commands {
    ($($(#[doc = $doc:literal])* $command:ident: $group:ident, $label:literal, $tooltip:literal, [$($key:expr),*];)*) => {
        /// A command without further input.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Command { $($(#[doc = $doc])* $command,)* }

        impl Command {
            /// Every command, in the order of the menus.
            pub(crate) const ALL: &[Self] = &[$(Self::$command),*];

            /// Sentence case; `…` where more input follows.
            pub(crate) fn label(self) -> &'static str {
                match self { $(Self::$command => $label,)* }
            }

            pub(crate) fn tooltip(self) -> &'static str {
                match self { $(Self::$command => $tooltip,)* }
            }

            pub(crate) fn group(self) -> Group {
                match self { $(Self::$command => Group::$group,)* }
            }

            /// The first is the one that is shown.
            pub(crate) fn shortcuts(self) -> &'static [KeyboardShortcut] {
                match self { $(Self::$command => const { &[$($key),*] },)* }
            }
        }
    };
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn ctrl_alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::ALT), key)
}

commands! {
    OpenFolder: File, "Open folder…", "Choose a folder with a Cargo.toml", [ctrl(Key::O)];
    Reload: File, "Reload", "Analyse the workspace again", [ctrl(Key::R), plain(Key::F5)];
    Cancel: File, "Cancel analysis", "Stop what is being analysed", [];
    CloseWorkspace: File, "Close workspace", "Back to the first screen", [ctrl(Key::W)];
    SketchBoundaries: File, "Find first boundaries…", "Group code by folder, name, owner or community, put it right by hand, and save it as riprap.toml", [alt(Key::Num0)];
    BeginRules: File, "Begin a riprap.toml", "A first text with nothing but a style, in the rules view", [];
    ProposeRules: File, "Propose a riprap.toml", "Boundaries from folders, names and dependencies, as a draft in the rules view", [];
    SaveRules: File, "Save riprap.toml", "Write the draft of the rules view", [ctrl(Key::S)];
    RevertRules: File, "Revert riprap.toml", "Drop the draft of the rules view for what the file says", [];
    ExportPicture: File, "Export picture…", "Write what is shown as SVG, PNG or PDF", [ctrl(Key::E)];
    SaveFilm: File, "Save as film…", "The map commit by commit, as a page that plays it or an animated PNG", [];
    CopyPng: File, "Copy picture as PNG", "What is shown, as pixels, with what was chosen at the last export", [];
    CopySvg: File, "Copy picture as SVG", "What is shown, as text, with what was chosen at the last export", [];
    OpenPicture: File, "Open exported picture", "The picture that was written last, in the program that this system has for it", [];
    OpenPictureFolder: File, "Open folder of picture", "Where the last picture was written", [];
    SaveView: File, "Save view…", "Name what is shown and keep it in the repository, in riprap.views", [ctrl_shift(Key::S)];
    ShowViews: File, "Named views…", "What somebody named: look at it, rename it, delete it", [ctrl_shift(Key::V)];
    CopyLink: File, "Copy link to view", "A line that opens the same workspace in the same way", [ctrl_shift(Key::L)];
    SaveDraft: File, "Save draft", "Write the moves of the what-if view into riprap.draft.toml", [ctrl_alt(Key::S)];
    CopyMoves: File, "Copy moves as Markdown", "What to do in which order, for an issue or a pull request", [];
    WriteMoves: File, "Write moves as Markdown", "The same into riprap.draft.md", [];
    WritePatch: File, "Write moves as patch", "The source edits that the moves mean, proved by analysing them, into riprap.draft.patch; no source is touched", [];
    UndoEdit: File, "Undo edit of file", "Take back what was last written into riprap.toml, riprap.baseline or a named view", [ctrl_alt(Key::Z)];
    RedoEdit: File, "Redo edit of file", "Write again what was taken back", [ctrl_alt(Key::Y)];
    ChooseEditor: File, "Choose editor…", "Which program opens places, and how", [];
    Quit: File, "Quit", "Close the window", [ctrl(Key::Q)];

    Palette: Go, "Find anything…", "Commands, modules and items in one list", [ctrl(Key::P), ctrl_shift(Key::P), ctrl(Key::K)];
    Search: Go, "Find module or item…", "Type a part of its path, then Enter to fly there", [ctrl(Key::F), plain(Key::Slash)];
    FindWays: Go, "Find ways from selection…", "Why it depends on something: type to what the ways shall lead", [plain(Key::W)];
    FindReached: Go, "Show what reaches selection", "Modules that a change of it can reach, over any number of uses", [plain(Key::R)];
    Blast: Go, "Blast radius of selection", "Rings around what is selected or gathered: who names it, who names those, and what is built again", [shift(Key::R)];
    Back: Go, "Back", "To what was selected before", [alt(Key::ArrowLeft)];
    Forward: Go, "Forward", "To what was selected next", [alt(Key::ArrowRight)];
    Undo: Go, "Undo", "Take back the last change of what the map shows", [ctrl(Key::Z)];
    Redo: Go, "Redo", "Repeat what was taken back", [ctrl_shift(Key::Z), ctrl(Key::Y)];
    SelectParent: Go, "Select container", "The box around the selected one", [plain(Key::Backspace)];
    NextViolation: Go, "Next violation", "Select the next violation and show its references", [plain(Key::F8)];
    PreviousViolation: Go, "Previous violation", "Select the violation before", [shift(Key::F8)];
    NextReference: Go, "Next reference", "Show the next reference of the selected edge", [plain(Key::N)];
    PreviousReference: Go, "Previous reference", "Show the reference before", [shift(Key::N)];
    NextDifference: Go, "Next difference", "Show what differs next between the two revisions", [plain(Key::F7), plain(Key::J)];
    PreviousDifference: Go, "Previous difference", "Show the difference before", [shift(Key::F7), plain(Key::K)];
    OpenInEditor: Go, "Open in editor", "Show the selected reference, violation or module in your editor", [plain(Key::O), plain(Key::F4)];
    ClearSelection: Go, "Clear selection", "Select and gather nothing", [plain(Key::Escape)];

    ZoomIn: Map, "Zoom in", "Make the map larger", [plain(Key::Plus), plain(Key::Equals)];
    ZoomOut: Map, "Zoom out", "Make the map smaller", [plain(Key::Minus)];
    ZoomReset: Map, "Zoom to 100 %", "Show the map at its own size", [plain(Key::Num0)];
    Fit: Map, "Fit map", "Show the whole map", [plain(Key::F)];
    FitSelection: Map, "Fit selection", "Show the selected thing as large as possible", [shift(Key::F)];
    ToggleExpanded: Map, "Expand or collapse", "Open or close the selected box in place", [plain(Key::Enter), plain(Key::Space)];
    ExpandToPackages: Map, "Expand to packages", "Show packages alone", [plain(Key::Num1)];
    ExpandToLevel2: Map, "Expand to level 2", "Open one level of each package", [plain(Key::Num2)];
    ExpandToLevel3: Map, "Expand to level 3", "Open two levels of each package", [plain(Key::Num3)];
    ExpandToLevel4: Map, "Expand to level 4", "Open three levels of each package", [plain(Key::Num4)];
    FocusMore: Map, "Focus one step further", "Keep what is one more step around the selection in focus", [plain(Key::CloseBracket)];
    FocusLess: Map, "Focus one step less", "Keep one step less around the selection in focus", [plain(Key::OpenBracket)];
    TogglePin: Map, "Pin", "Hold the selected box where it is, whatever is arranged anew, or let it go", [plain(Key::P)];
    UnpinAll: Map, "Unpin all", "Let all pinned boxes go", [];
    ArrangeAnew: Map, "Arrange anew", "Forget where boxes were before; pinned boxes stay", [shift(Key::L)];
    Gather: Map, "Gather", "Take the selected box up to make a boundary of it, or let it go", [plain(Key::G)];
    Lasso: Map, "Lasso", "Gather what a line is drawn around", [plain(Key::L)];
    MakeBoundary: Map, "Make boundary…", "Declare what is gathered, or selected, as a boundary in riprap.toml", [plain(Key::B)];
    MoveTo: Map, "Move to…", "In the draft: put the selected module, item or package somewhere else", [plain(Key::M)];
    CutEdge: Map, "Cut edge", "In the draft: take all references of the selected edge as gone", [plain(Key::Delete)];
    SplitOff: Map, "Split off as boundary", "In the draft: make a boundary of what is gathered, or selected", [];
    MergeInto: Map, "Merge into…", "In the draft: make the selected boundary a part of another one", [];
    DropMoves: Map, "Drop all moves", "In the draft: back to what the code is today", [];
    AllowEdge: Map, "Allow…", "Let riprap.toml allow the selected edge", [];
    ForbidEdge: Map, "Forbid…", "Let riprap.toml forbid the selected edge", [];
    ExceptEdge: Map, "Except…", "Let riprap.toml excuse what is broken on the selected edge, with a reason", [];
    ToggleEdges: Map, "Show all edges", "Not only those that point up, break a rule, or touch the selection", [plain(Key::E)];
    ToggleTests: Map, "Show tests", "Modules, targets and references that only tests use", [plain(Key::T)];
    ToggleInactive: Map, "Show inactive code", "What the configured features and target leave out", [plain(Key::I)];

    EarlierCommit: History, "Earlier commit", "Move the timeline's cursor to the commit before", [plain(Key::ArrowLeft)];
    LaterCommit: History, "Later commit", "Move the timeline's cursor to the next commit", [plain(Key::ArrowRight)];
    FirstCommit: History, "First commit", "Move the timeline's cursor to the beginning", [plain(Key::Home)];
    LastCommit: History, "Last commit", "Move the timeline's cursor to the newest commit", [plain(Key::End)];
    NextChange: History, "Next change", "The next commit at which violations came or went", [plain(Key::N)];
    PreviousChange: History, "Previous change", "The commit before at which violations came or went", [plain(Key::P), shift(Key::N)];
    PlayHistory: History, "Play", "Go through the commits one after the other, or stop", [plain(Key::Space)];
    PickCommit: History, "Pick commit", "Pick the commit at the cursor for a comparison, or let it go", [plain(Key::C)];
    ComparePicked: History, "Compare picked commits", "Show what differs between the two commits that were picked", [plain(Key::D)];
    WholeHistory: History, "Whole timeline", "Show all commits that were gone through", [plain(Key::F)];
    CancelHistory: History, "Cancel going through commits", "Stop; what is known of them so far stays", [];
    TryRules: History, "Try against history", "Tell which commits the draft of riprap.toml would have stopped", [];
    ReturnFromCommit: History, "Return from commit", "Show again what was opened: the files on disk", [alt(Key::Home)];

    ShowMap: View, "Map", "Modules and boundaries", [alt(Key::Num1)];
    ShowMatrix: View, "Matrix", "The same as rows and columns: what uses what, and what points up", [alt(Key::Num3)];
    TurnMatrix: View, "Turn matrix", "Rows use columns, or columns use rows", [];
    ShowTreemap: View, "Treemap", "Tiles as large as their code, coloured by what is known of it", [alt(Key::Num6)];
    SizeByLines: View, "Size by lines", "Of the treemap's tiles: lines of code", [];
    SizeByItems: View, "Size by items", "Of the treemap's tiles: how many items", [];
    ColourByChurn: View, "Colour by churn", "Of the treemap's tiles: how many commits of the last year changed it", [];
    ColourByAge: View, "Colour by age", "Of the treemap's tiles: since when it was not changed", [];
    ColourByViolations: View, "Colour by violations", "Of the treemap's tiles: how many violations begin in it", [];
    ColourByOwner: View, "Colour by owner", "Of the treemap's tiles: whose it is, as CODEOWNERS and riprap.toml say", [];
    ColourByInstability: View, "Colour by instability", "Of the treemap's tiles: 0 only serves others, 1 only uses others", [];
    ColourByLeak: View, "Colour by API leak", "Of the treemap's tiles: how much of what enters its boundary goes around the API", [];
    ShowTimeline: View, "Timeline", "Violations and metrics over the commits: which one broke what", [alt(Key::Num5)];
    ShowCompare: View, "Compare", "Two revisions on one picture: what came, what went, what changed", [alt(Key::Num4)];
    CompareWith: View, "Compare revisions…", "Choose two revisions: a commit, a branch, a tag, or the files on disk", [ctrl(Key::D)];
    SwapRevisions: View, "Swap revisions", "The later one becomes the earlier one", [plain(Key::X)];
    SideBySide: View, "Side by side", "Each of the two revisions on its own picture, both seen from the same place", [plain(Key::D)];
    ShowWhatIf: View, "What if", "Move modules in a draft and see what breaks and what is mended", [alt(Key::Num9)];
    ShowRules: View, "Rules", "Edit riprap.toml and see what it would lead to", [alt(Key::Num2)];
    SplitRight: View, "Split right", "Show another view beside this one, with the same selection", [ctrl(Key::Backslash)];
    SplitBelow: View, "Split below", "Show another view below this one, with the same selection", [ctrl_shift(Key::Backslash), ctrl_shift(Key::Pipe)];
    NextTile: View, "Next tile", "Let keys and commands act on the next view in sight", [plain(Key::F6)];
    PreviousTile: View, "Previous tile", "Let keys and commands act on the view before", [shift(Key::F6)];
    CloseTile: View, "Close tile", "Give its room to the others", [ctrl_shift(Key::W)];
    ReopenTile: View, "Reopen tile", "Arrange the tiles as they were before the last one was closed", [];
    ResetLayout: View, "Reset layout", "One tile, as large as the window, for the view that commands act on", [];
    ShowInspector: View, "Inspector", "What is selected: its references, callers and callees", [ctrl(Key::Num1)];
    ShowFindings: View, "Findings", "What is worth knowing of this code, with or without a riprap.toml", [ctrl(Key::Num4)];
    ShowViolations: View, "Violations", "All violations by rule", [ctrl(Key::Num2)];
    ShowNotes: View, "Notes", "What could not be seen", [ctrl(Key::Num3)];
    ToggleMinimap: View, "Minimap", "All of the picture in a corner, with a frame around what is in sight", [plain(Key::Z)];
    Present: View, "Presentation", "The view alone, on the whole screen; Escape brings the rest back", [plain(Key::F11)];
    ToggleSidePanel: View, "Show side panel", "Hide it to give the map all the room", [ctrl(Key::B)];
    ThemeDark: View, "Dark theme", "Light on dark", [];
    ThemeLight: View, "Light theme", "Dark on light", [];
    ThemeDarkHighContrast: View, "Dark theme of high contrast", "Light on black, for eyes that need more", [];
    ThemeLightHighContrast: View, "Light theme of high contrast", "Black on white, for eyes that need more", [];
    ThemeSystem: View, "Theme of the system", "Follow the system's setting", [];
    ToggleTheme: View, "Switch theme", "From dark to light and back", [ctrl_shift(Key::T)];
    ToggleMotion: View, "Reduce motion", "Show changes at once, without animation", [];
    LargerText: View, "Larger interface", "Scale everything up", [ctrl(Key::Plus), ctrl(Key::Equals)];
    SmallerText: View, "Smaller interface", "Scale everything down", [ctrl(Key::Minus)];
    NormalText: View, "Normal interface size", "Scale everything to 100 %", [ctrl(Key::Num0)];

    CopyPath: Help, "Copy path of selection", "The path as the command line takes it with --focus", [ctrl_shift(Key::C)];
    Shortcuts: Help, "Keyboard shortcuts", "All keys on one page", [plain(Key::F1), shift(Key::Questionmark), plain(Key::Questionmark), shift(Key::Slash)];
}

impl Command {
    /// The key combination to show, as this system writes it.
    pub(crate) fn shortcut_text(self, ctx: &egui::Context) -> Option<String> {
        self.shortcuts().first().map(|shortcut| ctx.format_shortcut(shortcut))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_says_what_it_is() {
        for command in Command::ALL {
            let (label, tooltip) = (command.label(), command.tooltip());
            assert!(label.starts_with(|c: char| c.is_uppercase()), "{label}");
            assert!(!tooltip.is_empty() && !label.ends_with('.') && !tooltip.ends_with('.'), "{label}: {tooltip}");
        }
    }

    #[test]
    fn no_two_commands_share_a_label_or_a_key() {
        for (index, a) in Command::ALL.iter().enumerate() {
            for b in &Command::ALL[index + 1..] {
                assert_ne!(a.label(), b.label());
                // Those of the timeline are possible only there, and those of the map only on the map.
                let are_apart = (a.group() == Group::History) != (b.group() == Group::History);
                for shortcut in a.shortcuts().iter().filter(|_| !are_apart) {
                    assert!(!b.shortcuts().contains(shortcut), "{} and {}: {shortcut:?}", a.label(), b.label());
                }
            }
        }
    }

    #[test]
    fn commands_stand_in_the_order_of_their_groups() {
        let groups: Vec<Group> = Command::ALL.iter().map(|command| command.group()).collect();
        let mut sorted = groups.clone();
        sorted.sort();
        assert_eq!(groups, sorted);
    }
}
