//! What a file says about the types of its items and values, as written and nothing resolved.
//!
//! In: nothing; `signatures`, `values` and `bindings` fill it.  Out: [`Typing`]: flat lists of small entries that
//! refer to each other by number.  References and pointers to a type are the type itself: what is asked of types here
//! is which methods they have.  Not here: what a type means, which method a call means.

use super::{CfgId, Entries, ItemId, NameId, PathSource, ScopeId};
use crate::source::Span;

/// An index into [`Typing::types`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TypeId(pub u32);

/// An index into [`Typing::values`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ValueId(pub u32);

/// The type that is not written, or not understood.
pub const UNKNOWN_TYPE: TypeId = TypeId(0);
/// The value of which nothing is known.
pub const UNKNOWN_VALUE: ValueId = ValueId(0);

/// Types and values of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typing {
    /// The first is [`UNKNOWN_TYPE`].
    pub types: Vec<TypeFact>,
    pub type_lists: Vec<TypeId>,
    /// The first is [`UNKNOWN_VALUE`].
    pub values: Vec<ValueFact>,
    pub value_lists: Vec<ValueId>,
    pub members: Vec<Member>,
    pub signatures: Vec<Signature>,
    /// Those of one item follow each other, in the order in which arguments are given.
    pub generics: Vec<Generic>,
    /// Those of one struct, union or variant follow each other.
    pub fields: Vec<Field>,
    pub impls: Vec<ImplTypes>,
    /// What an alias, a constant, a static or an associated type stands for or has as its type.
    pub meanings: Vec<(ItemId, TypeId)>,
}

impl Default for Typing {
    fn default() -> Self {
        Self {
            types: vec![TypeFact::Unknown],
            type_lists: Vec::new(),
            values: vec![ValueFact::Unknown],
            value_lists: Vec::new(),
            members: Vec::new(),
            signatures: Vec::new(),
            generics: Vec::new(),
            fields: Vec::new(),
            impls: Vec::new(),
            meanings: Vec::new(),
        }
    }
}

impl Typing {
    /// Gives back the room for more: these lists are kept for every file.
    pub(super) fn shrink(&mut self) {
        self.types.shrink_to_fit();
        self.type_lists.shrink_to_fit();
        self.values.shrink_to_fit();
        self.value_lists.shrink_to_fit();
        self.members.shrink_to_fit();
        self.signatures.shrink_to_fit();
    }

    pub fn type_fact(&self, id: TypeId) -> TypeFact {
        self.types[id.0 as usize]
    }

    pub fn value(&self, id: ValueId) -> ValueFact {
        self.values[id.0 as usize]
    }

    pub fn type_list(&self, list: Entries) -> &[TypeId] {
        &self.type_lists[list.start as usize..list.end as usize]
    }

    pub fn value_list(&self, list: Entries) -> &[ValueId] {
        &self.value_lists[list.start as usize..list.end as usize]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeFact {
    Unknown,
    /// A path of [`super::FileFacts::paths`] with the arguments of its last segment.
    Path {
        path: u32,
        arguments: Entries,
    },
    /// `Self`, as seen in this item; in the result of a macro, that around the call.
    SelfType {
        owner: Option<ItemId>,
    },
    /// A generic parameter of this item or one around it.
    Parameter {
        name: NameId,
        owner: ItemId,
    },
    /// `T::Item`, `Self::Item`.
    Associated {
        base: TypeId,
        name: NameId,
    },
    /// `<A as Tr>`, as the beginning of a path.
    As {
        base: TypeId,
        trait_: TypeId,
    },
    /// `Item = A` among the arguments of a trait.
    Binding {
        name: NameId,
        meaning: TypeId,
    },
    Tuple {
        parts: Entries,
    },
    /// An array or slice.
    Slice {
        item: TypeId,
    },
    /// `impl A + B`, `dyn A + B`.
    Bounds {
        bounds: Entries,
    },
    /// A function pointer, or a bound like `Fn(A) -> B`.
    Function {
        parameters: Entries,
        result: TypeId,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueFact {
    Unknown,
    /// A value whose type is written.
    Typed(TypeId),
    /// `self` in this method; in the result of a macro, that around the call.
    SelfValue {
        owner: Option<ItemId>,
    },
    /// A path of [`super::FileFacts::paths`] with its generic arguments.
    Path {
        path: u32,
        arguments: Entries,
    },
    /// `Self::f`, `T::f`, `<A as Tr>::f`.
    Associated {
        base: TypeId,
        name: NameId,
    },
    Call {
        callee: ValueId,
        arguments: Entries,
    },
    /// A method call: an index into [`Typing::members`].
    Method(u32),
    /// Also an element of a tuple, by its number.
    Field {
        base: ValueId,
        name: NameId,
    },
    /// What a pattern like `S(x)` or `S { name: x }` takes out of a value.
    Part {
        base: ValueId,
        constructor: TypeId,
        name: NameId,
    },
    Index {
        base: ValueId,
    },
    Try {
        base: ValueId,
    },
    Await {
        base: ValueId,
    },
    /// What a `for` loop takes out of a value.
    Element {
        base: ValueId,
    },
    Tuple {
        parts: Entries,
    },
    /// By its first element.
    Array {
        first: ValueId,
    },
    /// The branches of an `if` or `match`.
    Either(ValueId, ValueId),
    /// `user`: the call that it is given to, as which argument.
    Closure {
        result: ValueId,
        user: ValueId,
        place: u8,
    },
    ClosureParameter {
        closure: ValueId,
        place: u8,
    },
    Text,
    Number,
    /// The result of a bang macro.
    Macro {
        name: NameId,
    },
}

/// What a member is sought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberBase {
    /// A method call.
    Value(ValueId),
    /// A path that begins with a type.
    Type(TypeId),
}

/// A name that only the type before it gives a meaning: `x.f()`, `Self::f`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    pub base: MemberBase,
    pub name: NameId,
    pub span: Span,
    /// Of a method call, without the receiver.
    pub arguments: Entries,
    /// Written generic arguments.
    pub types: Entries,
    pub scope: ScopeId,
    pub owner: Option<ItemId>,
    pub cfg: CfgId,
    pub source: PathSource,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    pub item: ItemId,
    /// It takes `self`, which is not among the parameters.
    pub method: bool,
    pub parameters: Entries,
    pub result: TypeId,
}

/// A generic parameter with bounds; also what a `where` clause says of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Generic {
    pub item: ItemId,
    /// `None`: of `Self` in a trait.
    pub name: Option<NameId>,
    pub bounds: Entries,
    /// It is a parameter of the item, and not only bounds of one.
    pub declared: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    pub owner: ItemId,
    /// For a tuple struct, the number.
    pub name: NameId,
    pub meaning: TypeId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImplTypes {
    pub item: ItemId,
    pub self_type: TypeId,
    pub trait_: TypeId,
}
