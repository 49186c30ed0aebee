use proptest::prelude::*;

use super::*;
use crate::boundary::{Intent, Origin, Role};
use crate::source::SourceFile;

/// `line:column message; help` of every problem.
#[track_caller]
fn check_problems(text: &str, expected: &[&str]) {
    let file = SourceFile::new("riprap.toml".into(), text.into());
    let problems: Vec<String> = read(text)
        .unwrap_err()
        .into_iter()
        .map(|problem| {
            let at = file.line_column(problem.span.start);
            let help = problem.help.map_or(String::new(), |help| format!("; {help}"));
            format!("{}:{} {}{help}", at.line, at.column, problem.message)
        })
        .collect();
    assert_eq!(problems, expected);
}

#[test]
fn everything_that_is_supported_is_read() {
    let config = read(
        r#"
        version = 1
        style = "modular-monolith"
        features = ["std", "web/tls"]
        target = "aarch64-apple-darwin"
        enrich = ["scip=index.scip", "out-dir"]

        [boundary.payments]
        contains = ["core/pay*", "payments-api", "app::payments"]
        api = ["payments::api", "root"]
        may_use = ["orders", "billing::quotes"]
        owner = "@shop/billing"

        [boundary.orders]
        contains = ["orders"]

        [rules]
        module-cycle = "deny"
        boundary-cycle = { level = "off" }
        over-exposed = "off"
        "#,
    )
    .unwrap();
    let names: Vec<&str> = config.intent.boundaries.iter().map(|declaration| declaration.name.as_str()).collect();
    assert_eq!(names, ["orders", "payments"]);
    let payments = &config.intent.boundaries[1];
    assert_eq!(payments.contains.len(), 3);
    assert_eq!(payments.api[1].value, crate::boundary::Shown::Root);
    assert_eq!(payments.may_use.as_ref().unwrap()[1].value, "billing::quotes");
    assert_eq!(payments.owner.as_deref(), Some("@shop/billing"));
    assert_eq!(config.intent.boundaries[0].may_use, None);
    assert_eq!(config.features, FeatureSelection::List(vec!["std".to_owned(), "web/tls".to_owned()]));
    assert_eq!(config.target.as_deref(), Some("aarch64-apple-darwin"));
    assert_eq!(config.enrich, Enrichment { out_dir: true, registry: false, scip: Some("index.scip".into()) });
    assert_eq!(config.levels.of("module-cycle"), Level::Deny);
    assert_eq!(config.levels.of("boundary-cycle"), Level::Off);
    assert_eq!(config.levels.of("internal-access"), Level::Deny);
}

#[test]
fn an_empty_file_is_a_configuration() {
    let config = read("").unwrap();
    assert!(config.levels.is_configured());
    assert!(!Config::default().levels.is_configured());
    assert_eq!(config.levels.of("module-cycle"), Level::Ratchet);
}

#[test]
fn unknown_keys_have_a_place_and_the_nearest_known_one() {
    check_problems(
        "verson = 1\n\n[boundary.orders]\ncontains = [\"orders\"]\n  mayuse = []\n[rules]\nmodul-cycle = \"deny\"\n",
        &[
            "1:1 `verson` is no key of riprap.toml; did you mean `version`?",
            "5:3 `mayuse` is no key of a boundary; did you mean `may_use`?",
            "7:1 no rule is called `modul-cycle`; did you mean `module-cycle`?",
        ],
    );
    check_problems(
        "zzz = 1",
        &[
            "1:1 `zzz` is no key of riprap.toml; known are version, style, strict, features, target, enrich, layers, defaults, crates, boundary, forbid, exception, cycle-hint, ratchet, deployables, unassigned, baseline, rules",
        ],
    );
}

#[test]
fn what_is_planned_is_not_silently_ignored() {
    check_problems("[rules]\nforeign-write = \"warn\"\n", &["2:1 rule `foreign-write` is not supported yet"]);
}

#[test]
fn templates_defaults_and_apis_for_some_are_read() {
    let config = read(
        r#"
        strict = true
        style = "hexagonal"
        [defaults]
        api = "pub"
        owner = "@all"
        [boundary."<name>"]
        contains = ["core/<name>/*", "<name>-db"]
        api = ["<name>::api", { only = ["orders"], show = ["<name>::for_orders"] }]
        [boundary.orders]
        may_use = ["billing"]
        "#,
    )
    .unwrap();
    let Intent { boundaries, templates, defaults, strict, .. } = config.intent;
    assert!(strict);
    assert_eq!(templates[0].variable, "<name>");
    assert_eq!(templates[0].declaration.contains.len(), 2);
    assert_eq!(templates[0].declaration.api[1].value.patterns()[0].text(), "<name>::for_orders");
    assert_eq!(boundaries[0].origins.keys().copied().collect::<Vec<_>>(), ["may_use"]);
    assert_eq!(defaults.owner.as_deref(), Some("@all"));
    assert_eq!(defaults.origins.values().map(|said| &said.value).collect::<Vec<_>>(), [&Origin::Defaults; 2]);
    assert_eq!(config.levels.of("leaky-contract"), Level::Deny);
}

#[test]
fn templates_that_cannot_be_meant_are_problems() {
    check_problems(
        "[boundary.\"<a>-<b>\"]\ncontains = [\"<a>\"]\n[boundary.\"<>\"]\ncontains = [\"x\"]\n\
         [boundary.\"<n>\"]\ncontains = [\"core/<n>\", \"core/x\", \"core/<m>\"]\n\
         api = [{ only = [\"a\"] }]\n[boundary.\"<n>-x\"]\n[boundary.y]\ncontains = [\"<n>\"]\n[defaults]\ncontains = []\n",
        &[
            "1:11 `<a>-<b>` is no template: its name has one variable, as in `<name>-api`",
            "3:11 `<>` is no template: its name has one variable, as in `<name>-api`",
            "6:25 `core/x` in `contains`: in a template every pattern has `<n>`: without it all boundaries would claim the \
             same code",
            "6:35 `core/<m>` in `contains`: in a template every pattern has `<n>`: without it all boundaries would claim \
             the same code",
            "7:8 an API for single users needs `only` and `show`; say who may name what: \
             `{ only = [\"orders\"], show = [\"payments::capture\"] }`",
            "8:11 template `<n>-x` contains nothing; say what makes a boundary: `contains = [\"core/<n>/*\"]`",
            "10:13 `<n>` in `contains`: a variable has a meaning in templates alone: `[boundary.\"<name>\"]`",
            "12:1 `contains` is no key of `[defaults]`; known are api, may_use, events_only, stable, owner, layer, tags, role, external",
        ],
    );
}

#[test]
fn wrong_values_say_what_would_be_right() {
    check_problems(
        "version = 2\nfeatures = 3\ntarget = \"x86_64-unknown-plan9\"\n[boundary.orders]\ncontains = \"orders\"\n\
         may_use = [1]\n[boundary.empty]\n[boundary.\"a/b\"]\ncontains = [\"crate::a\"]\n[rules]\nmodule-cycle = \"wran\"\n",
        &[
            "1:11 this riprap reads version 1 of the format",
            "2:12 `features` is \"default\", \"all\", or a list of features",
            "3:10 unknown target `x86_64-unknown-plan9`; `rustc --print target-list` shows the known ones",
            "5:12 `contains` takes a list of strings, not a string; write `contains = [\"orders\"]`",
            "6:12 `may_use` takes a string, not an integer",
            "8:11 `a/b` cannot name a boundary: `/`, `*`, `:`, `@` and quotes mean something else",
            "9:13 `crate::a` in `contains`: `crate` means nothing here: a module path starts with the crate's name",
            "11:16 `wran` is no level; did you mean `warn`?",
        ],
    );
}

#[test]
fn a_word_that_asks_for_nothing_has_a_place_and_the_nearest_known_one() {
    check_problems(
        "enrich = [\"outdir\", \"out-dir\", \"registry\"]\n",
        &[
            "1:11 `outdir` is nothing to look at beyond the sources; known are out-dir, registry, scip=FILE; did you mean `out-dir`?",
        ],
    );
    check_problems(
        "enrich = \"out-dir\"\n",
        &["1:10 `enrich` takes a list of strings, not a string; write `enrich = [\"out-dir\"]`"],
    );
}

#[test]
fn text_that_is_no_toml_has_a_place() {
    let problems = read("version = 1\n[boundary.orders\ncontains = [\"orders\"]\n").unwrap_err();
    assert!(problems[0].message.starts_with("riprap.toml is not valid TOML: "), "{}", problems[0].message);
    let file = SourceFile::new("riprap.toml".into(), "version = 1\n[boundary.orders\n".into());
    assert_eq!(file.line_column(problems[0].span.start).line, 2);
}

#[test]
fn a_key_twice_is_a_problem() {
    assert!(read("version = 1\nversion = 1\n").is_err());
}

proptest! {
    #[test]
    fn reading_never_panics(text in "(\\[?(boundary|rules|version|api|contains)(\\.x)?\\]?( = )?(\"[a-z:*/<]{0,6}\"|1|\\[\\]|\\{\\}|\\[\"a\"\\])?\n){0,6}") {
        let _ = read(&text);
    }

    #[test]
    fn reading_any_text_never_panics(text in "\\PC{0,40}") {
        let _ = read(&text);
    }
}

#[test]
fn layers_tags_roles_and_forbidden_dependencies_are_read() {
    let config = read(
        "layers = { order = [\"apps\", \"domain\"], closed = true }\nunassigned = \"deny\"\n\
         [boundary.web]\ncontains = [\"web\"]\nlayer = \"apps\"\ntags = [\"pci\"]\nrole = \"composition\"\n\
         [[forbid]]\nfrom = \"**\"\nto = \"tag:pci\"\nunless_through = \"authz\"\nreason = \"PCI scope\"\n",
    )
    .unwrap();
    let intent = &config.intent;
    let order: Vec<&str> = intent.layers.order.iter().map(|layer| layer.value.as_str()).collect();
    assert_eq!((order, intent.layers.closed), (vec!["apps", "domain"], true));
    let web = &intent.boundaries[0];
    assert_eq!(web.layer.as_ref().map(|layer| layer.value.as_str()), Some("apps"));
    assert_eq!((web.tags.as_slice(), web.role), (["pci".to_owned()].as_slice(), Some(Role::Composition)));
    let forbid = &intent.forbids[0];
    assert_eq!((forbid.from.value.as_str(), forbid.to.value.as_str()), ("**", "tag:pci"));
    assert_eq!(forbid.unless_through.as_ref().map(|it| it.value.as_str()), Some("authz"));
    assert_eq!(config.levels.of("unassigned-code"), Level::Deny);
}

#[test]
fn every_role_has_a_word_that_is_read() {
    for role in Role::ALL {
        let config = read(&format!("[boundary.x]\ncontains = [\"x\"]\nrole = \"{}\"\n", role.word())).unwrap();
        assert_eq!(config.intent.boundaries[0].role, Some(role));
    }
    check_problems(
        "[boundary.x]\ncontains = [\"x\"]\nrole = \"tests\"\n",
        &["3:8 `tests` is no role; roles are composition, contracts, reporting, test-support, generated"],
    );
}

#[test]
fn options_of_rules_are_read_and_leave_the_level_alone() {
    let config = read(
        "[rules]\nboundary-count = { level = \"deny\", max = 12 }\nmodule-cycle = { min_lines = 1_000 }\n\
         oversized-boundary = { max_lines = 20_000, max_share = 0.25 }\n",
    )
    .unwrap();
    assert_eq!(config.levels.of("boundary-count"), Level::Deny);
    assert_eq!(config.levels.of("oversized-boundary"), Level::Warn);
    assert_eq!(config.options.boundary_count.max, 12);
    assert_eq!(config.options.module_cycle.min_lines, 1_000);
    let size = config.options.oversized_boundary;
    assert_eq!((size.max_lines, size.max_share), (20_000, 0.25));
}

#[test]
fn options_that_mean_nothing_are_problems() {
    check_problems(
        "[rules]\nboundary-count = { max = 0, maxx = 3 }\noversized-boundary = { max_lines = \"many\", max_share = 1.5 }\n\
         layer-order = { max = 3 }\n",
        &[
            "2:26 `max` takes a whole number, at least 1",
            "2:29 `maxx` is no key of this rule; did you mean `max`?",
            "3:36 `max_lines` takes a whole number, at least 1",
            "3:56 `max_share` takes a share over 0 and at most 1",
            "4:17 `max` is no key of this rule; known are level, deny_from",
        ],
    );
}

#[test]
fn statements_about_several_boundaries_are_checked_for_their_parts() {
    check_problems(
        "layers = [\"a\", \"b\", \"a\"]\n[[forbid]]\nfrom = \"web\"\n[[forbid]]\nfrom = \"web\"\ntoo = \"cards\"\n\
         [boundary.web]\ncontains = [\"web\"]\nrole = \"compositon\"\n",
        &[
            "1:21 layer `a` stands twice",
            "2:1 a `[[forbid]]` needs `from` and `to`; say who must not use what: `from = \"**\"`, `to = \"tag:pci\"`",
            "6:1 `too` is no key of `[[forbid]]`; did you mean `to`?",
            "9:8 `compositon` is no role; did you mean `composition`?",
        ],
    );
}

#[test]
fn exceptions_and_dated_levels_are_read() {
    let config = read(
        r#"
        [rules]
        empty-pattern = { level = "warn", deny_from = 2027-03-31 }
        [[exception]]
        rule = "internal-access"
        from = "billing::*"
        to = "orders::price"
        max = 3
        until = 2027-01-31
        owner = "@shop/billing"
        reason = "moves to contracts"
        "#,
    )
    .unwrap();
    let exception = &config.intent.exceptions[0];
    assert_eq!(exception.rule, "internal-access");
    assert_eq!(exception.from.as_ref().unwrap().value, "billing::*");
    assert_eq!((exception.max, exception.until), (Some(3), crate::source::Date::new(2027, 1, 31)));
    assert_eq!(
        (exception.owner.as_deref(), exception.reason.as_deref()),
        (Some("@shop/billing"), Some("moves to contracts"))
    );
    assert_eq!(config.levels.deny_from("empty-pattern"), crate::source::Date::new(2027, 3, 31));
}

#[test]
fn exceptions_and_dates_that_mean_nothing_are_problems() {
    check_problems(
        "[[exception]]\nrule = \"internal-acess\"\nfrom = \"a\"\n[[exception]]\nrule = \"internal-access\"\n\
         [[exception]]\nrule = \"internal-access\"\nto = \"a\"\nuntil = \"2027-01-31\"\nmax = -1\n\
         [rules]\nempty-pattern = { level = \"deny\", deny_from = 2027-01-31T10:00:00 }\n",
        &[
            "2:8 no rule is called `internal-acess`; did you mean `internal-access`?",
            "4:1 an `[[exception]]` needs `rule`, and `from` or `to`; say what is excepted: `rule = \"internal-access\"`, \
             `from = \"billing::*\"`, `to = \"orders::price\"`",
            "9:9 `until` takes a day, not a string; write it without quotes: `until = 2027-01-31`",
            "10:7 `max` takes a whole number, at least 1",
            "12:35 `deny_from` changes nothing for a rule whose level is `deny`; give the rule the level it has until then: \
             `level = \"warn\"`",
            "12:47 `deny_from`: `2027-01-31T10:00:00` is no day; a day is written as 2027-01-31",
        ],
    );
}

#[test]
fn third_party_crates_are_read() {
    let config = read(
        r#"
        [crates]
        web = ["axum*", "tower"]
        [boundary.orders]
        contains = ["orders"]
        external = { deny = ["@web"], allow = ["serde"] }
        [boundary.web]
        contains = ["web"]
        [rules]
        leaky-contract = { level = "warn", crates = ["@web"], allow = ["http"], strict = true }
        "#,
    )
    .unwrap();
    let texts = |placed: &[crate::boundary::Placed<String>]| -> Vec<String> {
        placed.iter().map(|placed| placed.value.clone()).collect()
    };
    assert_eq!(config.intent.crate_groups[0].name.value, "web");
    assert_eq!(texts(&config.intent.crate_groups[0].patterns), ["axum*", "tower"]);
    let external = config.intent.boundaries[0].external.as_ref().unwrap();
    assert_eq!(
        (texts(&external.deny), texts(external.allow.as_ref().unwrap())),
        (vec!["@web".into()], vec!["serde".into()])
    );
    assert_eq!(config.intent.boundaries[1].external, None);
    let leaks = &config.intent.leaks;
    assert_eq!(texts(leaks.crates.as_ref().unwrap()), ["@web"]);
    assert_eq!((texts(&leaks.allow), leaks.strict), (vec!["http".to_owned()], true));
    assert_eq!(config.levels.of("leaky-contract"), Level::Warn);
}

#[test]
fn what_is_no_name_of_a_crate_or_group_has_its_place() {
    check_problems(
        "[crates]\nweb = [\"axum::Router\", \"@db\"]\n[boundary.orders]\ncontains = [\"orders\"]\nexternal = { deni = [\"\"], \
         allow = \"serde\" }\n[rules]\nleaky-contract = { stict = true }\n",
        &[
            "2:8 `axum::Router` in `web` is neither the name of a crate, `*` inside it, nor `@group`",
            "2:24 `@db` stands in a group: a group names crates, and no other group",
            "5:14 `deni` is no key of `external`; did you mean `deny`?",
            "5:35 `allow` takes a list of strings, not a string; write `allow = [\"serde\"]`",
            "7:20 `stict` is no key of this rule; did you mean `strict`?",
        ],
    );
}

#[test]
fn events_stability_and_tables_are_read() {
    let config = read(
        "[boundary.orders]\ncontains = [\"orders\"]\nevents_only = [\"mail\"]\nstable = true\n\
         tables = [\"orders.*\", \"line_items\"]\n[boundary.\"<n>\"]\ncontains = [\"<n>-db\"]\ntables = [\"<n>.*\"]\n",
    )
    .unwrap();
    let orders = &config.intent.boundaries[0];
    assert!(orders.stable && orders.may_use.is_none());
    assert_eq!(
        orders.permitted().map(|(key, entry)| (key, entry.value.as_str())).collect::<Vec<_>>(),
        [("events_only", "mail")]
    );
    assert_eq!(orders.tables.len(), 2);
    check_problems(
        "[boundary.orders]\ncontains = [\"orders\"]\nstable = \"yes\"\ntables = [\"orders.\", \"a b\", \"a.b.c.d\", \"<n>.x\"]\n",
        &[
            "3:10 `stable` takes true or false, not a string",
            "4:11 `orders.` in `tables` is no table; name tables or schemas, `*` inside the name: `orders.*`, `invoices`",
            "4:22 `a b` in `tables` is no table; name tables or schemas, `*` inside the name: `orders.*`, `invoices`",
            "4:29 `a.b.c.d` in `tables` is no table; name tables or schemas, `*` inside the name: `orders.*`, `invoices`",
            "4:40 `<n>.x` in `tables` is no table; name tables or schemas, `*` inside the name: `orders.*`, `invoices`",
        ],
    );
}

#[test]
fn where_accepted_violations_stand_is_read() {
    assert_eq!(read("baseline = \"per-boundary\"").unwrap().filing, Filing::PerBoundary);
    assert_eq!(read("").unwrap().filing, Filing::One);
    check_problems(
        "baseline = \"per-boundry\"",
        &["1:12 `per-boundry` is no way to keep accepted violations; did you mean `per-boundary`?"],
    );
}

#[test]
fn ratchets_that_mean_nothing_are_problems() {
    check_problems(
        "[[ratchet]]\nscope = \"orders\"\n[[ratchet]]\nmetric = \"leak_ratio\"\n[[ratchet]]\nmetric = \"instability\"\n\
         scop = \"a\"\n[[ratchet]]\nmetric = \"acd\"\n[[ratchet]]\nmetric = \"acd\"\n",
        &[
            "1:1 a `[[ratchet]]` needs `metric` or `query`; say which number may not get worse: `metric = \"leak-ratio\"`, `scope = \
             \"orders\"`",
            "4:10 no metric is called `leak_ratio`; did you mean `leak-ratio`?",
            "6:10 `instability` cannot be ratcheted: neither more nor less of it is better; docs/metrics.md says what it is \
             for: Ce / (Ca + Ce): 0 for what only serves others and is hard to change, 1 for what only uses others",
            "7:1 `scop` is no key of `[[ratchet]]`; did you mean `scope`?",
            "10:1 `acd` of `workspace` is ratcheted twice",
        ],
    );
}

#[test]
fn dependencies_that_stay_are_read_and_what_is_none_is_a_problem() {
    let config = read("[[cycle-hint]]\nkeep = \"orders -> inventory::stock\"\n").unwrap();
    let keep = &config.intent.keeps[0];
    assert_eq!((keep.from.value.as_str(), keep.to.value.as_str()), ("orders", "inventory::stock"));
    let help = "say which dependency stays: `keep = \"orders -> inventory\"`";
    check_problems(
        "[[cycle-hint]]\n[[cycle-hint]]\nkeep = \"orders\"\n[[cycle-hint]]\ncut = \"a -> b\"\n",
        &[
            &format!("1:1 a `[[cycle-hint]]` needs `keep`; {help}"),
            &format!("3:8 `orders` is no dependency; {help}"),
            "5:1 `cut` is no key of `[[cycle-hint]]`; known are keep",
        ],
    );
}
