//! What is known of the standard library and of crates like it, as data.
//!
//! In: names of types and methods.  Out: which of a few shapes a type has, and what its methods give.  Types that
//! behave alike are one shape: whatever can be iterated is a [`Standard::Sequence`].  Not here: types of the workspace.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Sym;
use super::super::symbols::Symbols;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Standard {
    Sequence,
    Map,
    Option,
    Result,
    /// Dereferences to its argument.
    Pointer,
    /// Gives a pointer to its argument when asked.
    Lock,
    Weak,
    /// Gives its argument when awaited.
    Future,
    Text,
    Number,
}

use Standard::{Future, Lock, Map, Number, Option as Maybe, Pointer, Result as Outcome, Sequence, Text, Weak};

const TYPES: &[(Standard, &str)] = &[
    (
        Sequence,
        "Vec VecDeque LinkedList BinaryHeap HashSet BTreeSet FxHashSet AHashSet IndexSet FxIndexSet SmallVec ArrayVec \
         ThinVec Iter IterMut IntoIter Peekable Rev Skip Take Chain Cloned Copied Enumerate Drain BoxStream",
    ),
    (Map, "HashMap BTreeMap FxHashMap AHashMap IndexMap FxIndexMap DashMap"),
    (Maybe, "Option"),
    (Outcome, "Result"),
    (
        Pointer,
        "Box Arc Rc Ref RefMut MutexGuard RwLockReadGuard RwLockWriteGuard OwnedMutexGuard Cow Pin Lazy LazyLock \
         LazyCell ManuallyDrop Reverse AssertUnwindSafe",
    ),
    (Lock, "Mutex RwLock RefCell Cell OnceCell OnceLock"),
    (Weak, "Weak"),
    (Future, "BoxFuture LocalBoxFuture"),
    (Text, "str String Path PathBuf OsStr OsString"),
    (Number, "bool char u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64"),
];

/// What a method takes and gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// What each parameter of the closure that it takes is, one template each.
    pub(super) closure: &'static str,
    /// A template: `s` the receiver, `0` and `1` its arguments, `f` what the closure gives, `e` an element of that,
    /// `a` the first argument, `E` an element of that, `n` a number, `_` unknown; `O` option, `R` result (of two), `S`
    /// sequence, `M` map (of two), `P` pointer, `t` pair, each of the templates behind it.
    pub(super) result: &'static str,
}

type Rows = &'static [(Standard, &'static str, &'static str, &'static str)];

const METHODS: Rows = &[
    (Maybe, "unwrap expect unwrap_or unwrap_or_default unwrap_unchecked insert get_or_insert", "", "0"),
    (Maybe, "unwrap_or_else get_or_insert_with map_or_default", "", "0"),
    (Maybe, "as_ref as_mut as_deref as_deref_mut cloned copied take replace or or_else xor clone", "", "s"),
    (Maybe, "filter inspect take_if", "0", "s"),
    (Maybe, "is_some_and is_none_or", "0", "_"),
    (Maybe, "ok_or ok_or_else context with_context wrap_err", "", "R0_"),
    (Maybe, "map", "0", "Of"),
    (Maybe, "and_then", "0", "f"),
    (Maybe, "map_or_else map_or", "0", "f"),
    (Maybe, "zip", "", "Ot0E"),
    (Maybe, "iter iter_mut into_iter", "", "S0"),
    (Maybe, "flatten transpose", "", "0"),
    (Outcome, "unwrap expect unwrap_or unwrap_or_default into_ok", "", "0"),
    (Outcome, "unwrap_or_else", "1", "0"),
    (Outcome, "unwrap_err expect_err", "", "1"),
    (Outcome, "as_ref as_mut as_deref cloned copied or or_else context with_context wrap_err clone", "", "s"),
    (Outcome, "inspect", "0", "s"),
    (Outcome, "is_ok_and", "0", "_"),
    (Outcome, "inspect_err", "1", "s"),
    (Outcome, "is_err_and", "1", "_"),
    (Outcome, "ok", "", "O0"),
    (Outcome, "err", "", "O1"),
    (Outcome, "map", "0", "Rf1"),
    (Outcome, "map_err", "1", "R0f"),
    (Outcome, "and_then", "0", "f"),
    (Outcome, "map_or map_or_else", "0", "f"),
    (Outcome, "iter into_iter", "", "S0"),
    (
        Sequence,
        "iter iter_mut into_iter drain rev skip take chain cloned copied peekable fuse step_by clone as_slice as_ref \
         as_mut to_vec into_boxed_slice by_ref cycle sorted dedup unique into_values into_par_iter par_iter union \
         intersection difference split_off extract as_mut_slice to_owned into_vec borrow collect_vec as_deref",
        "",
        "s",
    ),
    (Sequence, "filter skip_while take_while inspect sorted_by_key sorted_unstable_by_key unique_by", "0", "s"),
    (Sequence, "find rfind min_by_key max_by_key", "0", "O0"),
    (Sequence, "position rposition", "0", "On"),
    (Sequence, "partition", "0", "tss"),
    (
        Sequence,
        "for_each any all retain retain_mut partition_point sort_by_key sort_by_cached_key sort_unstable_by_key \
         dedup_by_key binary_search_by binary_search_by_key",
        "0",
        "_",
    ),
    (Sequence, "sorted_by", "00", "s"),
    (Sequence, "min_by max_by", "00", "O0"),
    (Sequence, "sort_by sort_unstable_by dedup_by is_sorted_by", "00", "_"),
    (Sequence, "next next_back last nth first get get_mut pop pop_front pop_back peek peek_mut first_mut", "", "O0"),
    (Sequence, "last_mut front front_mut back back_mut min max choose pop_first pop_last next_if", "", "O0"),
    (Sequence, "remove swap_remove", "", "0"),
    (Sequence, "map", "0", "Sf"),
    (Sequence, "filter_map map_while", "0", "Se"),
    (Sequence, "find_map", "0", "f"),
    (Sequence, "flat_map", "0", "Se"),
    (Sequence, "flatten", "", "SE"),
    (Sequence, "enumerate", "", "Stn0"),
    (Sequence, "zip zip_eq", "", "St0E"),
    (Sequence, "eq ne lt le gt ge cmp partial_cmp eq_by cmp_by", "", "_"),
    (Sequence, "fold", "a0", "a"),
    (Sequence, "reduce", "00", "O0"),
    (Sequence, "try_for_each", "0", "f"),
    (Sequence, "tuple_windows", "", "St00"),
    (Sequence, "windows chunks chunks_exact split rchunks", "", "SS0"),
    (Sequence, "split_first split_last", "", "Ot0S0"),
    (Sequence, "split_at", "", "tS0S0"),
    (Map, "get get_mut remove insert", "", "O1"),
    (Map, "iter iter_mut into_iter drain", "", "St01"),
    (Map, "keys into_keys", "", "S0"),
    (Map, "values values_mut into_values", "", "S1"),
    (Map, "entry", "", "P1"),
    (Map, "get_key_value first_key_value last_key_value remove_entry pop_first pop_last", "", "Ot01"),
    (Map, "retain", "01", "_"),
    (Map, "clone as_ref", "", "s"),
    (Lock, "lock read write try_lock try_read try_write borrow borrow_mut get_mut into_inner get_or_init", "", "P0"),
    (Lock, "blocking_lock lock_owned read_owned write_owned", "", "P0"),
    (Lock, "get set take", "", "_"),
    (Weak, "upgrade", "", "OP0"),
    (Pointer, "clone as_ref as_mut to_owned into_owned borrow", "", "s"),
    (Pointer, "or_insert or_insert_with or_default", "", "0"),
    (Pointer, "and_modify", "0", "s"),
    (Text, "clone to_owned as_str trim as_ref as_path to_path_buf to_string", "", "s"),
    (Number, "then", "", "Of"),
    (Number, "then_some", "", "Oa"),
    (Text, "lines split split_whitespace chars bytes components", "", "S_"),
];

/// Methods that give the receiver itself, whatever its type.
const SAME: &str = "clone to_owned by_ref as_ref as_mut borrow borrow_mut deref deref_mut instrument in_current_span \
                    boxed with_subscriber into_future";
/// What a guard that may have been poisoned is asked: the answer is the guard.
const GUARD: &str = "unwrap expect";

/// The names that this workspace uses, looked up once.
#[derive(Debug, Default)]
pub(super) struct Names {
    types: FxHashMap<Sym, Standard>,
    methods: FxHashMap<(Standard, Sym), Row>,
    same: FxHashSet<Sym>,
    guard: FxHashSet<Sym>,
    pub(super) item: Option<Sym>,
    pub(super) output: Option<Sym>,
    pub(super) target: Option<Sym>,
    pub(super) deref: Option<Sym>,
    pub(super) some: Option<Sym>,
    pub(super) ok: Option<Sym>,
    pub(super) err: Option<Sym>,
    pub(super) collect: Option<Sym>,
    pub(super) text_macros: FxHashSet<Sym>,
    pub(super) constructors: FxHashSet<Sym>,
    pub(super) wrapping: FxHashSet<Sym>,
    /// Which of all names that are known here anybody uses.
    used: Vec<bool>,
}

impl Names {
    pub(super) fn new(symbols: &Symbols) -> Self {
        let known = |text: &'static str| text.split_whitespace().filter_map(|name| symbols.get(name));
        let mut types = FxHashMap::default();
        for (standard, names) in TYPES {
            types.extend(known(names).map(|name| (name, *standard)));
        }
        let mut methods = FxHashMap::default();
        for (standard, names, closure, result) in METHODS {
            methods.extend(known(names).map(|name| ((*standard, name), Row { closure, result })));
        }
        Self {
            types,
            methods,
            same: known(SAME).collect(),
            guard: known(GUARD).collect(),
            item: symbols.get("Item"),
            output: symbols.get("Output"),
            target: symbols.get("Target"),
            deref: symbols.get("Deref"),
            some: symbols.get("Some"),
            ok: symbols.get("Ok"),
            err: symbols.get("Err"),
            collect: symbols.get("collect"),
            text_macros: known("format concat stringify env include_str file module_path").collect(),
            constructors: known("new default with_capacity from from_iter new_in open create").collect(),
            wrapping: known("new from pin new_cyclic").collect(),
            used: used(symbols),
        }
    }

    /// Whether the same names are used: nobody asks for one that is not.
    pub(super) fn are_those_of(&self, other: &Self) -> bool {
        self.used == other.used
    }

    pub(super) fn type_named(&self, name: Sym) -> Option<Standard> {
        self.types.get(&name).copied()
    }

    pub(super) fn method(&self, standard: Standard, name: Sym) -> Option<Row> {
        self.methods.get(&(standard, name)).copied()
    }

    pub(super) fn gives_same(&self, name: Sym) -> bool {
        self.same.contains(&name)
    }

    pub(super) fn is_guard(&self, name: Sym) -> bool {
        self.guard.contains(&name)
    }
}

/// The names in code that are looked for beside those of the tables.
const OTHERS: &str = "Item Output Target Deref Some Ok Err None collect format concat stringify env include_str file \
                      module_path new default with_capacity from from_iter new_in open create pin new_cyclic";

fn used(symbols: &Symbols) -> Vec<bool> {
    let tables = TYPES.iter().map(|(_, names)| *names).chain(METHODS.iter().map(|(_, names, ..)| *names));
    let names = tables.chain([SAME, GUARD, OTHERS]).flat_map(str::split_whitespace);
    names.map(|name| symbols.get(name).is_some()).collect()
}
