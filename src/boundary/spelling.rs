//! "Did you mean": the known name that was probably meant.
//!
//! In: a name that nobody knows, and the names that exist.  Out: the nearest, if it is near.  Not here: wording.

/// The candidate with the smallest edit distance, the first of equals; `None` if even that one needs more than a third
/// of the name to be changed.
pub fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(&wanted.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// "did you mean `x`?" for the nearest candidate.
pub fn did_you_mean<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(wanted, candidates).map(|name| format!("did you mean `{name}`?"))
}

/// The fewest insertions, deletions, replacements and swaps of neighbours that make one text the other (optimal string
/// alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before_last[j - 2] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood() {
        let names = ["contains", "may_use", "owner"];
        assert_eq!(nearest("contians", names), Some("contains"));
        assert_eq!(nearest("mayuse", names), Some("may_use"));
        assert_eq!(nearest("Owner", names), Some("owner"));
    }

    #[test]
    fn another_word_is_not_guessed_at() {
        assert_eq!(nearest("schema", ["contains", "may_use", "owner"]), None);
        assert_eq!(nearest("", ["contains"]), None);
    }
}
