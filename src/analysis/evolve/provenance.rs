//! Violations planted in made-up histories: is the commit that introduced each one found?
//!
//! Each history grows a workspace by commits that plant violations, fix them and bring them back, while modules, crates
//! and the things that are named move, branches are merged and several changes are squashed into one commit.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::git::fixture::Made;
use crate::history::CommitId;

/// Numbers that are the same in every run (Knuth's linear congruential generator, MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

#[derive(Clone)]
struct Module {
    krate: usize,
    /// Below which other module it stands, if any.
    group: Option<usize>,
    name: String,
    /// What else its text says.
    filler: Vec<usize>,
    violations: Vec<usize>,
}

/// A workspace at one commit.
#[derive(Clone)]
struct World {
    crates: Vec<String>,
    modules: Vec<Module>,
    /// The modules that hold what nobody outside should name: provider, name.
    inner: Vec<(usize, String)>,
    /// By item: which of them holds it.
    items: Vec<usize>,
    names: usize,
}

const PROVIDERS: usize = 2;
const GROUPS: usize = 2;

impl World {
    fn new(items: usize) -> Self {
        let module = |at: usize| Module {
            krate: at % 3,
            group: None,
            name: format!("page{at}"),
            filler: (0..14).map(|line| at * 100 + line).collect(),
            violations: Vec::new(),
        };
        Self {
            crates: (0..3).map(|at| format!("site{at}")).collect(),
            modules: (0..9).map(module).collect(),
            inner: (0..4).map(|at| (at % PROVIDERS, format!("inner{at}"))).collect(),
            items: (0..items).map(|item| item % 4).collect(),
            names: 0,
        }
    }

    fn fresh(&mut self, what: &str) -> String {
        self.names += 1;
        format!("{what}_{}", self.names)
    }

    /// The files of the workspace.
    fn text(&self) -> String {
        let mut text = "//- riprap.toml\nversion = 1\nstyle = \"modular-monolith\"\n".to_owned();
        for folder in (0..PROVIDERS).map(|at| format!("p{at}")).chain((0..3).map(|at| format!("c{at}"))) {
            let _ = writeln!(text, "[boundary.{folder}]\ncontains = [\"all/{folder}\"]");
        }
        text += "//- Cargo.toml\n[workspace]\nmembers = [\"all/*\"]\n";
        for provider in 0..PROVIDERS {
            let _ =
                writeln!(text, "//- all/p{provider}/Cargo.toml\n[package]\nname = \"p{provider}\"\nedition = \"2021\"");
            let inner: Vec<usize> = (0..4).filter(|at| self.inner[*at].0 == provider).collect();
            let _ = writeln!(text, "//- all/p{provider}/src/lib.rs\npub struct Api;");
            for at in &inner {
                let _ = writeln!(text, "pub mod {};", self.inner[*at].1);
            }
            for at in inner {
                let _ = writeln!(text, "//- all/p{provider}/src/{}.rs\npub struct Base{at};", self.inner[at].1);
                for item in (0..self.items.len()).filter(|item| self.items[*item] == at) {
                    let _ = writeln!(text, "pub struct L{item};");
                }
            }
        }
        for (at, krate) in self.crates.iter().enumerate() {
            let _ = writeln!(
                text,
                "//- all/c{at}/Cargo.toml\n[package]\nname = \"{krate}\"\nedition = \"2021\"\n[dependencies]"
            );
            for provider in 0..PROVIDERS {
                let _ = writeln!(text, "p{provider} = {{ path = \"../p{provider}\" }}");
            }
            let own = || self.modules.iter().filter(|module| module.krate == at);
            let _ = writeln!(text, "//- all/c{at}/src/lib.rs");
            own().filter(|it| it.group.is_none()).for_each(|it| writeln!(text, "pub mod {};", it.name).unwrap());
            for group in 0..GROUPS {
                let inside: Vec<&Module> = own().filter(|module| module.group == Some(group)).collect();
                if !inside.is_empty() {
                    let mods: String = inside.iter().map(|module| format!(" pub mod {};", module.name)).collect();
                    let _ = writeln!(text, "pub mod group{group} {{{mods} }}");
                }
            }
            for module in own() {
                let folder = module.group.map_or_else(String::new, |group| format!("group{group}/"));
                let _ = writeln!(text, "//- all/c{at}/src/{folder}{}.rs", module.name);
                for line in &module.filler {
                    let _ = writeln!(text, "pub fn filler_{line}(number: u32) -> u32 {{ number + {line} }}");
                }
                for item in &module.violations {
                    let (provider, inner) = &self.inner[self.items[*item]];
                    let _ = writeln!(text, "pub fn uses_{item}(_: p{provider}::{inner}::L{item}) {{}}");
                }
            }
        }
        text
    }
}

/// One history, and what is known of it.
struct Story {
    made: Made,
    dice: Dice,
    world: World,
    head: CommitId,
    unused: Vec<usize>,
    fixed: Vec<usize>,
    /// By item, the commit that introduced its violation last.
    truth: BTreeMap<usize, CommitId>,
}

impl Story {
    fn begin(seed: u64, items: usize) -> Self {
        let mut made = Made::new();
        let world = World::new(items);
        let head = made.commit(&world.text());
        let unused = (0..items).rev().collect();
        Self { made, dice: Dice(seed), world, head, unused, fixed: Vec::new(), truth: BTreeMap::new() }
    }

    /// A violation that was not there before, or is there again.
    fn plant(&mut self) -> Option<usize> {
        let again = !self.fixed.is_empty() && self.dice.below(3) == 0;
        let item = if again { self.fixed.pop()? } else { self.unused.pop()? };
        let module = self.dice.below(self.world.modules.len());
        self.world.modules[module].violations.push(item);
        Some(item)
    }

    fn fix(&mut self) {
        let module = self.dice.below(self.world.modules.len());
        if let Some(item) = self.world.modules[module].violations.pop() {
            self.truth.remove(&item);
            self.fixed.push(item);
        }
    }

    /// Something moves or gets another name.
    fn shift(&mut self) {
        let at = self.dice.below(self.world.modules.len());
        match self.dice.below(6) {
            0 => self.world.modules[at].name = self.world.fresh("page"),
            1 => {
                let group = self.dice.below(GROUPS);
                let module = &mut self.world.modules[at];
                module.group = if module.group.is_some() { None } else { Some(group) };
            }
            2 => self.world.modules[at].krate = self.dice.below(3),
            3 => {
                let krate = self.dice.below(3);
                self.world.crates[krate] = self.world.fresh("site");
            }
            4 => {
                let inner = self.dice.below(4);
                self.world.inner[inner].1 = self.world.fresh("inner");
            }
            _ => {
                let item = self.dice.below(self.world.items.len());
                self.world.items[item] = self.dice.below(4);
            }
        }
    }

    fn edit(&mut self) {
        let module = self.dice.below(self.world.modules.len());
        let line = self.dice.below(14);
        self.world.modules[module].filler[line] += 10_000;
    }

    fn commit(&mut self, planted: Vec<usize>) {
        self.head = self.made.commit_after(&self.world.text(), &[self.head]);
        self.truth.extend(planted.into_iter().map(|item| (item, self.head)));
    }

    /// A branch with some violations, merged after the main line went on.
    fn branch(&mut self) {
        let fork = self.head;
        let before = self.world.clone();
        let mut on_branch: Vec<(usize, usize)> = Vec::new();
        for _ in 0..1 + self.dice.below(3) {
            let planted: Vec<usize> = self.unused.pop().into_iter().collect();
            let module = self.dice.below(self.world.modules.len());
            self.world.modules[module].violations.extend(&planted);
            on_branch.extend(planted.iter().map(|item| (module, *item)));
            self.commit(planted);
        }
        let tip = self.head;
        (self.head, self.world) = (fork, before);
        self.edit();
        self.commit(Vec::new());
        for (module, item) in on_branch {
            self.world.modules[module].violations.push(item);
        }
        self.head = self.made.commit_after(&self.world.text(), &[self.head, tip]);
    }

    fn go_on(&mut self) {
        match self.dice.below(10) {
            0..=3 => {
                let planted = self.plant().into_iter().collect();
                self.commit(planted);
            }
            4 => {
                // Squashed: several changes at once.
                self.shift();
                let planted = (0..2 + self.dice.below(3)).filter_map(|_| self.plant()).collect();
                self.edit();
                self.commit(planted);
            }
            5 | 6 => {
                self.shift();
                self.commit(Vec::new());
            }
            7 => {
                self.fix();
                self.commit(Vec::new());
            }
            8 => self.branch(),
            _ => {
                self.edit();
                self.commit(Vec::new());
            }
        }
    }
}

#[test]
fn the_commit_that_introduced_a_violation_is_found() {
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for seed in 1..=4 {
        let mut story = Story::begin(seed, 80);
        while !story.unused.is_empty() {
            story.go_on();
        }
        for _ in 0..6 {
            story.shift();
            story.commit(Vec::new());
        }
        story.made.check_out(story.head);
        let (asked, stretch) = (Asked::default(), Stretch::default());
        let history = evolve(&story.made.root(), &asked, &stretch, &|_: Progress| {}, &AtomicBool::new(false)).unwrap();
        let mut found: BTreeMap<usize, CommitId> = BTreeMap::new();
        for life in history.lives().iter().filter(|life| life.is_open() && life.identity.rule == "internal-access") {
            let item = life.identity.to.rsplit_once("::L").unwrap().1.parse().unwrap();
            let introduced = life.spans.last().and_then(|span| history.introducing(span));
            found.extend(introduced.map(|commit| (item, commit.id)));
        }
        assert_eq!(found.len(), story.truth.len(), "every violation is there once");
        for (item, commit) in &story.truth {
            all += 1;
            if found.get(item) == Some(commit) {
                right += 1;
            } else {
                wrong.push(format!("history {seed}, L{item}: {commit}, found {:?}", found.get(item)));
            }
        }
    }
    assert!(all >= 200, "{all} violations are too few");
    assert!(right * 100 >= all * 98, "{right} of {all}:\n{}", wrong.join("\n"));
}
