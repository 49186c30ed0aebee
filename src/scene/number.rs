//! Numbers in few characters.
//!
//! In: a count.  Out: text that fits into a badge, a cell or a caption.  Not here: where it stands.

/// `340`, `3.4k`, `1.2M`.
pub(super) fn short(n: u64) -> String {
    match n {
        0..1000 => n.to_string(),
        // 9 950 and more would be written as 10.0k.
        1000..9950 => format!("{:.1}k", n as f64 / 1e3),
        9950..999_500 => format!("{:.0}k", n as f64 / 1e3),
        _ => format!("{:.1}M", n as f64 / 1e6),
    }
}

/// `1 234 567`, with a narrow space between the groups.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('\u{2009}');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_round_to_what_they_are_near() {
        let written = [0, 999, 1000, 3449, 9949, 9950, 999_499, 999_500].map(short);
        assert_eq!(written, ["0", "999", "1.0k", "3.4k", "9.9k", "10k", "999k", "1.0M"]);
    }

    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1\u{2009}000", "1\u{2009}234\u{2009}567"]);
    }
}
