//! What methods of the standard library give, by the table of `standard`.
//!
//! In: a receiver, a row of the table, arguments.  Out: types.  Not here: the table.

use super::super::Sym;
use super::Inferer;
use super::arena::{Kind, List, Ty, UNKNOWN};
use super::methods::MAX_STEPS;
use super::standard::{Row, Standard};
use crate::facts::{Entries, ValueFact, ValueId};

impl Inferer<'_> {
    /// What the table says of a method of a type or of what it dereferences to; which type that is, and its arguments.
    pub(super) fn row(&mut self, receiver: Ty, name: Sym) -> Option<(Row, Ty, List)> {
        let mut at = receiver;
        for _ in 0..MAX_STEPS {
            match self.arena.kind(at) {
                Kind::Standard(standard, list) => {
                    if let Some(row) = self.shared.names.method(standard, name) {
                        return Some((row, at, list));
                    }
                }
                // Whatever can be iterated is a sequence.
                Kind::Item(..) | Kind::Parameter(_) | Kind::Bounds(_) => {
                    if let Some(row) = self.shared.names.method(Standard::Sequence, name) {
                        let element = self.element(at);
                        if element != UNKNOWN {
                            return Some((row, at, self.arena.push_list([element])));
                        }
                    }
                }
                _ => {}
            }
            at = self.deref(at)?;
        }
        None
    }

    /// The type that the beginning of a template means.
    pub(super) fn by_template(
        &mut self,
        template: &'static str,
        receiver: Ty,
        list: List,
        arguments: &[ValueId],
    ) -> Ty {
        self.read_template(&mut template.bytes(), receiver, list, arguments)
    }

    fn read_template(
        &mut self,
        template: &mut std::str::Bytes<'static>,
        receiver: Ty,
        list: List,
        arguments: &[ValueId],
    ) -> Ty {
        let shape = match template.next() {
            Some(b's') => {
                // What can be iterated is a sequence of the same elements, whatever it was.
                return match self.arena.kind(receiver) {
                    Kind::Standard(..) => receiver,
                    _ => self.arena.push(Kind::Standard(Standard::Sequence, list)),
                };
            }
            Some(b'0') => return self.arena.argument(list, 0),
            Some(b'1') => return self.arena.argument(list, 1),
            Some(b'f') => return self.result_of_argument(arguments),
            Some(b'e') => {
                let result = self.result_of_argument(arguments);
                return self.element(result);
            }
            Some(b'a') => return arguments.first().map_or(UNKNOWN, |first| self.value(*first)),
            Some(b'E') => {
                let of = match arguments.first() {
                    Some(first) => self.value(*first),
                    None => self.arena.argument(list, 0),
                };
                return self.element(of);
            }
            Some(b'n') => return self.arena.standard(Standard::Number, []),
            Some(b'O') => Standard::Option,
            Some(b'S') => Standard::Sequence,
            Some(b'P') => Standard::Pointer,
            Some(b'R') => Standard::Result,
            Some(b'M') => Standard::Map,
            Some(b't') => {
                let first = self.read_template(template, receiver, list, arguments);
                let second = self.read_template(template, receiver, list, arguments);
                let parts = self.arena.push_list([first, second]);
                return self.arena.push(Kind::Tuple(parts));
            }
            _ => return UNKNOWN,
        };
        let first = self.read_template(template, receiver, list, arguments);
        if matches!(shape, Standard::Result | Standard::Map) {
            let second = self.read_template(template, receiver, list, arguments);
            return self.arena.standard(shape, [first, second]);
        }
        self.arena.standard(shape, [first])
    }

    /// What the function among the arguments gives.
    pub(super) fn result_of_argument(&mut self, arguments: &[ValueId]) -> Ty {
        let Some(last) = arguments.last() else { return UNKNOWN };
        match self.facts(self.instance).typing.value(*last) {
            ValueFact::Closure { result, .. } => self.value(result),
            ValueFact::Path { path, arguments } => {
                let meaning = self.meaning(self.instance, path, false);
                self.call_of(meaning, arguments, &[], path)
            }
            _ => UNKNOWN,
        }
    }

    /// `collect::<Vec<_>>()`.
    pub(super) fn collected(&mut self, receiver: Ty, types: Entries) -> Ty {
        let element = self.element(receiver);
        let list = self.lower_list(self.instance, types, &[]);
        let wanted = self.arena.argument(list, 0);
        match self.arena.kind(wanted) {
            Kind::Unknown | Kind::Standard(Standard::Sequence, _) => self.arena.standard(Standard::Sequence, [element]),
            Kind::Standard(shape @ (Standard::Result | Standard::Option), _) => match self.arena.kind(element) {
                Kind::Standard(_, inner) => {
                    let inner = self.arena.argument(inner, 0);
                    let all = self.arena.standard(Standard::Sequence, [inner]);
                    self.arena.standard(shape, [all, UNKNOWN])
                }
                _ => wanted,
            },
            Kind::Standard(Standard::Map, given) if self.arena.argument(given, 1) == UNKNOWN => {
                match self.arena.kind(element) {
                    Kind::Tuple(parts) => self.arena.push(Kind::Standard(Standard::Map, parts)),
                    _ => wanted,
                }
            }
            _ => wanted,
        }
    }
}
