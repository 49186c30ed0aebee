//! A commit, without what it holds.

use std::fmt;

use crate::source::Date;

/// The identity of a commit, as git has it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId {
    bytes: [u8; 32],
    len: u8,
}

impl CommitId {
    /// Of the bytes of a hash; what is longer than any hash is cut off.
    pub fn new(hash: &[u8]) -> Self {
        let mut bytes = [0; 32];
        let len = hash.len().min(bytes.len());
        bytes[..len].copy_from_slice(&hash[..len]);
        Self { bytes, len: len as u8 }
    }

    /// Of all hexadecimal digits of a hash, as it is displayed.
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |digit: u8| char::from(digit).to_digit(16);
        let byte = |pair: &[u8]| Some((digit(pair[0])? << 4 | digit(*pair.get(1)?)?) as u8);
        let bytes: Vec<u8> = text.as_bytes().chunks(2).map(byte).collect::<Option<_>>()?;
        matches!(bytes.len(), 20 | 32).then(|| Self::new(&bytes))
    }

    /// The bytes of the hash.
    pub fn hash(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// As many digits as a person reads.
    pub fn short(&self) -> String {
        self.to_string().chars().take(10).collect()
    }
}

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hash().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A point in time: seconds since 1970 (UTC); never before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub u64);

impl Moment {
    /// The day in UTC.
    pub fn date(self) -> Date {
        Date::of_days(u32::try_from(self.0 / 86_400).unwrap_or(u32::MAX / 2))
    }
}

/// Who made a commit, when, and after which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    pub id: CommitId,
    pub parents: Vec<CommitId>,
    /// Who wrote it, by name and mail address.
    pub author: String,
    pub email: String,
    /// When it was written.
    pub authored: Moment,
    /// When it came to stand where it stands.
    pub committed: Moment,
    /// The first line of its message.
    pub subject: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_shown_as_git_shows_it() {
        let id = CommitId::new(&[0xab; 20]);
        assert_eq!((id.to_string(), id.short()), ("ab".repeat(20), "ab".repeat(5)));
        assert_eq!(CommitId::new(id.hash()), id);
        assert_eq!(CommitId::parse(&id.to_string()), Some(id));
        assert_eq!(
            [CommitId::parse(""), CommitId::parse(&"a".repeat(39)), CommitId::parse(&"xy".repeat(20))],
            [None; 3]
        );
    }

    #[test]
    fn a_moment_has_its_day() {
        assert_eq!(Moment(86_399).date().to_string(), "1970-01-01");
        assert_eq!(Moment(1_700_000_000).date().to_string(), "2023-11-14");
        // Nobody lives to see it, and nothing panics.
        let _ = Moment(u64::MAX).date();
    }
}
