//! Conditional compilation: expressions as written, and whether they hold for a configuration.
//!
//! In: `#[cfg(..)]` expressions from `facts`, `[target.'cfg(..)'.dependencies]` keys, and the target and features of a
//! package.  Out: an [`Activity`], or whether a dependency counts.  Not here: where an expression stands, and which
//! features are on (`features`).

use std::collections::BTreeSet;

use cfg_expr::targets::get_builtin_target_by_triple;

/// A `cfg` predicate (The Rust Reference, "Conditional compilation").
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CfgExpr {
    All(Vec<CfgExpr>),
    Any(Vec<CfgExpr>),
    Not(Box<CfgExpr>),
    /// `unix`, `test`, `true`.
    Flag(Box<str>),
    /// `feature = "x"`, `target_os = "linux"`.
    KeyValue(Box<str>, Box<str>),
}

impl CfgExpr {
    /// Holds always: the empty conjunction.
    pub fn always() -> Self {
        Self::All(Vec::new())
    }

    /// Reads a predicate, with or without an outer `cfg(..)`; `None` if it is none.
    ///
    /// This is the grammar of manifests: names, plain string literals, `all`, `any`, `not`, trailing commas.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let inner = text.strip_prefix("cfg").map(str::trim_start).and_then(|rest| rest.strip_prefix('('));
        let text = match inner {
            Some(rest) => rest.strip_suffix(')')?,
            None => text,
        };
        let mut reader = Reader { rest: text.trim_start() };
        let expr = reader.predicate(0)?;
        reader.rest.is_empty().then_some(expr)
    }
}

/// Deeper nesting than this is refused, so that no text can exhaust the stack.
const MAX_DEPTH: usize = 128;

/// What is left of a predicate's text; white space is skipped after each token.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn predicate(&mut self, depth: usize) -> Option<CfgExpr> {
        if depth > MAX_DEPTH {
            return None;
        }
        let name = self.name()?;
        if self.eat('(') {
            let mut inner = Vec::new();
            while !self.eat(')') {
                inner.push(self.predicate(depth + 1)?);
                if !self.eat(',') && !self.rest.starts_with(')') {
                    return None;
                }
            }
            return match &*name {
                "all" => Some(CfgExpr::All(inner)),
                "any" => Some(CfgExpr::Any(inner)),
                "not" if inner.len() == 1 => inner.pop().map(|expr| CfgExpr::Not(Box::new(expr))),
                _ => None,
            };
        }
        if self.eat('=') {
            let (value, rest) = self.rest.strip_prefix('"')?.split_once('"')?;
            let value = value.into();
            self.rest = rest.trim_start();
            return Some(CfgExpr::KeyValue(name, value));
        }
        Some(CfgExpr::Flag(name))
    }

    fn name(&mut self) -> Option<Box<str>> {
        let text = self.rest.strip_prefix("r#").unwrap_or(self.rest);
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.rest = rest.trim_start();
        Some(name.into())
    }

    fn eat(&mut self, token: char) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }
}

/// When a piece of code is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Activity {
    /// In the configuration, outside tests.
    Active,
    /// In the configuration, for tests alone.
    Test,
    /// Not in the configuration.
    Inactive,
}

impl Activity {
    /// Of code inside code: both must be built.
    pub fn and(self, inner: Self) -> Self {
        self.max(inner)
    }
}

/// What one package is compiled with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CfgOptions {
    /// The target triple; empty for none.
    pub triple: String,
    /// `unix`, `debug_assertions`, ...; never `test`.
    pub flags: BTreeSet<String>,
    /// `("target_os", "linux")`, ...
    pub values: BTreeSet<(String, String)>,
    /// The features that are on.
    pub features: BTreeSet<String>,
    /// Names that a build script may set (`cargo::rustc-cfg=NAME`): both answers are kept (RESOLUTION.md G5).
    pub unknown: BTreeSet<String>,
}

/// A target triple that the built-in table does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown target `{triple}`; `rustc --print target-list` shows the known ones")]
pub struct UnknownTarget {
    pub triple: String,
}

/// Kleene's three values, in an order that makes `and` the minimum and `or` the maximum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Truth {
    No,
    Unknown,
    Yes,
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

impl CfgOptions {
    /// What `rustc --print cfg` shows for a target in a development build, and the given features.
    ///
    /// # Errors
    /// A triple that is not built into rustc.
    pub fn for_target(triple: &str, features: BTreeSet<String>) -> Result<Self, UnknownTarget> {
        let unknown = || UnknownTarget { triple: triple.to_owned() };
        let info = get_builtin_target_by_triple(triple).ok_or_else(unknown)?;
        let mut options = Self { triple: triple.to_owned(), features, ..Self::default() };
        options.flags.insert("debug_assertions".to_owned());
        let mut set = |key: &str, value: &str| options.values.insert((key.to_owned(), value.to_owned()));
        set("panic", info.panic.as_str());
        set("target_abi", info.abi.as_ref().map_or("", |abi| abi.as_str()));
        set("target_arch", info.arch.as_str());
        set("target_endian", if info.endian == cfg_expr::targets::Endian::big { "big" } else { "little" });
        set("target_env", info.env.as_ref().map_or("", |env| env.as_str()));
        set("target_os", info.os.as_ref().map_or("none", |os| os.as_str()));
        set("target_pointer_width", &info.pointer_width.to_string());
        set("target_vendor", info.vendor.as_ref().map_or("", |vendor| vendor.as_str()));
        for family in info.families.iter() {
            set("target_family", family.as_str());
        }
        for width in info.has_atomics.iter() {
            set("target_has_atomic", &width.to_string());
        }
        for feature in baseline_instructions(info.arch.as_str()) {
            set("target_feature", feature);
        }
        let families = info.families.iter().map(|family| family.as_str());
        options.flags.extend(families.filter(|family| matches!(*family, "unix" | "windows")).map(str::to_owned));
        Ok(options)
    }

    /// When code under an expression is built.
    ///
    /// An expression that depends on an [unknown](Self::unknown) name counts as holding, so that both branches of an
    /// `if` and `if not` are kept; a name that nobody sets does not hold.
    pub fn activity(&self, expr: &CfgExpr) -> Activity {
        if self.truth(expr, false) != Truth::No {
            Activity::Active
        } else if self.truth(expr, true) != Truth::No {
            Activity::Test
        } else {
            Activity::Inactive
        }
    }

    /// Whether a dependency under `[target.WRITTEN.dependencies]` counts: `WRITTEN` is a triple or `cfg(..)`.
    ///
    /// As in Cargo, features, build scripts and `test` have no say in it.
    pub fn holds_for_dependency(&self, written: &str) -> bool {
        let written = written.trim();
        if !written.starts_with("cfg") || !written.ends_with(')') {
            return written == self.triple;
        }
        let platform = Self { flags: self.flags.clone(), values: self.values.clone(), ..Self::default() };
        CfgExpr::parse(written).is_some_and(|expr| platform.truth(&expr, false) == Truth::Yes)
    }

    fn truth(&self, expr: &CfgExpr, test: bool) -> Truth {
        match expr {
            CfgExpr::All(inner) => inner.iter().map(|expr| self.truth(expr, test)).min().unwrap_or(Truth::Yes),
            CfgExpr::Any(inner) => inner.iter().map(|expr| self.truth(expr, test)).max().unwrap_or(Truth::No),
            CfgExpr::Not(inner) => match self.truth(inner, test) {
                Truth::No => Truth::Yes,
                Truth::Unknown => Truth::Unknown,
                Truth::Yes => Truth::No,
            },
            CfgExpr::Flag(name) => match &**name {
                "true" => Truth::Yes,
                "false" => Truth::No,
                "test" => test.into(),
                name if self.flags.contains(name) => Truth::Yes,
                name => self.unset(name),
            },
            CfgExpr::KeyValue(key, value) if &**key == "feature" => self.features.contains(&**value).into(),
            CfgExpr::KeyValue(key, value) => {
                if self.values.contains(&(key.to_string(), value.to_string())) {
                    Truth::Yes
                } else {
                    self.unset(key)
                }
            }
        }
    }

    fn unset(&self, name: &str) -> Truth {
        if self.unknown.contains(name) { Truth::Unknown } else { Truth::No }
    }
}

/// The `target_feature` values that rustc shows without `-C target-cpu`, of the two architectures whose set does not
/// depend on the system; code asks for others mostly beside a run-time check.
fn baseline_instructions(arch: &str) -> &'static [&'static str] {
    match arch {
        "x86_64" => &["fxsr", "sse", "sse2"],
        "aarch64" => &["neon"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LINUX: &str = "x86_64-unknown-linux-gnu";

    fn linux(features: &[&str], unknown: &[&str]) -> CfgOptions {
        let features = features.iter().map(|name| (*name).to_owned()).collect();
        let mut options = CfgOptions::for_target(LINUX, features).unwrap();
        options.unknown = unknown.iter().map(|name| (*name).to_owned()).collect();
        options
    }

    fn check(text: &str, expected: Activity) {
        let expr = CfgExpr::parse(text).unwrap_or_else(|| panic!("{text} parses"));
        assert_eq!(linux(&["on"], &["maybe"]).activity(&expr), expected, "{text}");
    }

    /// `rustc 1.95.0 --print cfg --target x86_64-unknown-linux-gnu`.
    const RECORDED: &str = r#"debug_assertions
panic="unwind"
target_abi=""
target_arch="x86_64"
target_endian="little"
target_env="gnu"
target_family="unix"
target_feature="fxsr"
target_feature="sse"
target_feature="sse2"
target_has_atomic="16"
target_has_atomic="32"
target_has_atomic="64"
target_has_atomic="8"
target_has_atomic="ptr"
target_os="linux"
target_pointer_width="64"
target_vendor="unknown"
unix"#;

    #[test]
    fn the_default_target_has_what_rustc_prints() {
        let options = linux(&[], &[]);
        let values = options.values.iter().map(|(key, value)| format!("{key}={value:?}"));
        let mut lines: Vec<String> = options.flags.iter().cloned().chain(values).collect();
        lines.sort();
        assert_eq!(lines.join("\n"), RECORDED);
    }

    #[test]
    fn other_targets_differ_and_unknown_ones_are_refused() {
        let windows = CfgOptions::for_target("x86_64-pc-windows-msvc", BTreeSet::new()).unwrap();
        assert!(windows.flags.contains("windows") && !windows.flags.contains("unix"));
        let bare = CfgOptions::for_target("thumbv7m-none-eabi", BTreeSet::new()).unwrap();
        assert!(bare.values.contains(&("target_os".to_owned(), "none".to_owned())));
        let error = CfgOptions::for_target("x86_64-linux", BTreeSet::new()).unwrap_err();
        assert!(error.to_string().contains("`x86_64-linux`"));
    }

    #[test]
    fn predicates_of_the_configuration_hold() {
        check("unix", Activity::Active);
        check("windows", Activity::Inactive);
        check(r#"all(unix, target_os = "linux", not(windows))"#, Activity::Active);
        check(r#"any(windows, target_os = "macos")"#, Activity::Inactive);
        check(r#"feature = "on""#, Activity::Active);
        check(r#"feature = "off""#, Activity::Inactive);
        check("debug_assertions", Activity::Active);
        check("all()", Activity::Active);
        check("any()", Activity::Inactive);
        check("true", Activity::Active);
        check("not(false)", Activity::Active);
        check("nobody_sets_this", Activity::Inactive);
    }

    #[test]
    fn what_holds_with_test_alone_is_test() {
        check("test", Activity::Test);
        check("all(test, unix)", Activity::Test);
        check("all(test, windows)", Activity::Inactive);
        check("any(test, unix)", Activity::Active);
        check("not(test)", Activity::Active);
        check(r#"any(test, feature = "off")"#, Activity::Test);
    }

    #[test]
    fn both_branches_of_an_unknown_name_are_kept() {
        check("maybe", Activity::Active);
        check("not(maybe)", Activity::Active);
        check(r#"maybe = "x""#, Activity::Active);
        check("all(maybe, windows)", Activity::Inactive);
        check("not(all(maybe, windows))", Activity::Active);
        check("all(test, maybe)", Activity::Test);
    }

    #[test]
    fn nested_code_is_built_only_if_both_are() {
        assert_eq!(Activity::Active.and(Activity::Test), Activity::Test);
        assert_eq!(Activity::Test.and(Activity::Inactive), Activity::Inactive);
    }

    #[test]
    fn dependencies_are_gated_by_triple_or_predicate() {
        let options = linux(&["on"], &["maybe"]);
        for (written, holds) in [
            (LINUX, true),
            ("x86_64-pc-windows-msvc", false),
            ("cfg(unix)", true),
            ("cfg( not(unix) )", false),
            (r#"cfg(feature = "on")"#, false),
            ("cfg(maybe)", false),
            ("cfg(test)", false),
            ("cfg(", false),
        ] {
            assert_eq!(options.holds_for_dependency(written), holds, "{written}");
        }
        assert!(!CfgOptions::default().holds_for_dependency(LINUX));
    }

    #[test]
    fn what_is_no_predicate_is_refused() {
        for text in ["", "(", "all(", "all(unix", "unix)", "not()", "not(a, b)", "a b", "a = b", "a = \"b", "1a", "x()"]
        {
            assert_eq!(CfgExpr::parse(text), None, "{text}");
        }
        let deep = format!("{}unix{}", "not(".repeat(100_000), ")".repeat(100_000));
        assert_eq!(CfgExpr::parse(&deep), None);
        assert!(CfgExpr::parse("any(a, b,)").is_some());
    }

    fn write(expr: &CfgExpr) -> String {
        let list = |inner: &[CfgExpr]| inner.iter().map(write).collect::<Vec<_>>().join(", ");
        match expr {
            CfgExpr::All(inner) => format!("all({})", list(inner)),
            CfgExpr::Any(inner) => format!("any({})", list(inner)),
            CfgExpr::Not(inner) => format!("not({})", write(inner)),
            CfgExpr::Flag(name) => name.to_string(),
            CfgExpr::KeyValue(key, value) => format!("{key} = \"{value}\""),
        }
    }

    fn expressions() -> impl Strategy<Value = CfgExpr> {
        let flag =
            prop::sample::select(vec!["unix", "windows", "test", "maybe"]).prop_map(|name| CfgExpr::Flag(name.into()));
        let value = ("[a-z]{1,3}", "[a-z ]{0,3}").prop_map(|(key, value)| CfgExpr::KeyValue(key.into(), value.into()));
        prop_oneof![flag, value].prop_recursive(4, 24, 4, |inner| {
            let list = prop::collection::vec(inner.clone(), 0..4);
            prop_oneof![
                list.clone().prop_map(CfgExpr::All),
                list.prop_map(CfgExpr::Any),
                inner.prop_map(|expr| CfgExpr::Not(Box::new(expr))),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_written_expression_reads_back(expr in expressions()) {
            prop_assert_eq!(CfgExpr::parse(&write(&expr)), Some(expr));
        }

        #[test]
        fn no_text_panics(text in "[a-z(),= \"#é]{0,40}") {
            let _ = CfgExpr::parse(&text);
        }

        #[test]
        fn an_expression_or_its_negation_is_active(expr in expressions()) {
            let options = linux(&[], &["maybe"]);
            let negated = CfgExpr::Not(Box::new(expr.clone()));
            prop_assert!([options.activity(&expr), options.activity(&negated)].contains(&Activity::Active));
        }
    }
}
