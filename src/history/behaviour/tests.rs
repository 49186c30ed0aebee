use super::*;

/// `FILE BOUNDARY LAYER TEAM`, with `-` for none; the module is called as the file.
fn ground(files: &[&str], edges: &[(&str, &str)]) -> Ground {
    let mut ground = Ground::default();
    for line in files {
        let words: Vec<&str> = line.split(' ').collect();
        let word = |at: usize| words.get(at).filter(|word| **word != "-").map(|word| (*word).to_owned());
        let belonging = Belonging {
            module: words[0].to_owned(),
            boundary: word(1),
            layer: word(2),
            teams: word(3).into_iter().collect(),
        };
        ground.files.insert(words[0].to_owned(), belonging);
        ground.modules.insert(words[0].to_owned(), Weight { lines: 10, violations: 0 });
    }
    ground.module_edges = edges.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    ground
}

/// `3 a b` is three commits that changed `a` and `b`.
fn commits(text: &[&str]) -> Vec<Vec<String>> {
    let one = |line: &&str| {
        let mut words = line.split(' ').map(str::to_owned);
        let count: usize = words.next().unwrap().parse().unwrap();
        vec![words.collect::<Vec<_>>(); count]
    };
    text.iter().flat_map(one).collect()
}

#[track_caller]
fn check_modules(text: &[&str], edges: &[(&str, &str)], expected: &[&str]) {
    let ground = ground(&["a", "b", "c", "d"], edges);
    let told: Vec<String> = Behaviour::new(&ground, &commits(text))
        .modules
        .iter()
        .map(|it| {
            let link = if it.linked { "-" } else { "hidden" };
            format!("{} {} {:.2} {:.2} {:.1} {link}", it.a, it.b, it.confidence(), it.confidence_back(), it.lift)
        })
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn what_changes_together_is_told_from_the_rarer_one() {
    check_modules(&["6 a b", "4 b", "2 a", "20 c"], &[("b", "a")], &["a b 0.75 0.60 2.4 -"]);
}

#[test]
fn a_pair_without_an_edge_is_hidden_coupling() {
    check_modules(&["5 a b", "20 c"], &[], &["a b 1.00 1.00 5.0 hidden"]);
}

#[test]
fn few_commits_low_confidence_and_chance_are_no_pair() {
    check_modules(&["4 a b", "20 c"], &[], &[]);
    check_modules(&["5 a b", "15 a", "15 b", "60 c"], &[], &[]);
    // Every commit changes `a`: of course those of `b` do.
    check_modules(&["9 a b", "9 a"], &[], &[]);
}

#[test]
fn large_commits_are_counted_and_left_out() {
    let ground = ground(&["a", "b"], &[]);
    let mut large: Vec<String> = (0..MAX_FILES_OF_COMMIT).map(|number| format!("other{number}")).collect();
    large.push("a".to_owned());
    let nowhere = vec!["gone".to_owned()];
    let behaviour = Behaviour::new(&ground, &[large, nowhere, vec!["a".to_owned(), "gone".to_owned()]]);
    assert_eq!((behaviour.commits, behaviour.too_large), (1, 1));
}

#[test]
fn commits_across_boundaries_layers_and_teams_are_counted() {
    let ground = ground(&["a shop top @red", "b shop low @red", "c store low @blue", "d - - -"], &[]);
    let behaviour = Behaviour::new(&ground, &commits(&["2 a b", "1 a c", "4 d", "3 b c d"]));
    assert_eq!(behaviour.across_boundaries, Share { of: 6, did: 4 });
    assert_eq!(behaviour.across_layers, Share { of: 6, did: 3 });
    let teams: Vec<String> = behaviour
        .teams
        .iter()
        .map(|it| format!("{} {} files, {} of {}", it.name, it.files, it.with_others.did, it.with_others.of))
        .collect();
    assert_eq!(teams, ["@blue 1 files, 4 of 4", "@red 2 files, 4 of 6"]);
}

#[test]
fn a_hotspot_is_changed_often_and_long() {
    let mut ground = ground(&["a", "b", "c", "d"], &[]);
    let weigh = |ground: &mut Ground, name: &str, lines| {
        ground.modules.insert(name.to_owned(), Weight { lines, violations: 0 });
    };
    weigh(&mut ground, "a", 900);
    weigh(&mut ground, "b", 10);
    weigh(&mut ground, "c", 700);
    let behaviour = Behaviour::new(&ground, &commits(&["9 b", "6 a", "5 c", "4 d"]));
    let names: Vec<&str> = behaviour.hotspots.iter().map(|it| it.module.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
}
