//! Names that no declaration holds, although the code compiles.

use super::{check, model};

#[test]
fn what_a_macro_makes_counts_for_the_module_it_is_used_through() {
    check(
        "//- /src/lib.rs lib:k
mod ids { entity_id::entity_id! { UserId, GroupId } }
mod facade { pub use crate::ids::UserId as Person; }
mod user { use crate::ids::GroupId; fn f(_: GroupId, id: crate::facade::Person) { crate::ids::make(id) } }
",
        &["k::facade -> k::ids: reexport", "k::user -> k::ids: call type use via k::facade"],
    );
}

#[test]
fn what_is_named_below_a_made_name_counts_for_its_module() {
    check(
        "//- /src/lib.rs lib:k
mod table { #[derive(Model)] pub struct Row; }
mod user { use crate::table::Column; fn f() { Column::Name; crate::table::Entity::Made; } }
",
        &["k::user -> k::table: use value"],
    );
}

#[test]
fn a_private_glob_from_outside_hides_nothing_from_other_modules() {
    check(
        "//- /src/lib.rs lib:k
mod table { use orm::prelude::*; pub struct Row; mod inner { use super::Column; } }
mod prelude { pub use crate::table::Entity as Rows; }
mod open { pub use orm::*; }
mod user { use crate::prelude::*; use crate::open::Thing; fn f() { Rows::find() } }
",
        &["k::prelude -> k::table: reexport", "k::user -> k::prelude: use", "k::user -> k::table: call via k::prelude"],
    );
}

#[test]
fn a_name_that_several_modules_may_make_is_not_guessed() {
    check(
        "//- /src/lib.rs lib:k
mod a { make! {} }
mod b { make! {} pub use crate::a::*; }
mod user { use crate::b::Thing; }
",
        &["k::b -> k::a: reexport"],
    );
}

#[test]
fn imports_that_wait_for_each_other_make_nothing() {
    check(
        "//- /src/lib.rs lib:k
mod a { pub use crate::b::Thing; }
mod b { pub use crate::a::Thing; }
",
        &[],
    );
}

#[test]
fn a_made_name_is_no_item_and_no_export() {
    let model = model(
        "//- /src/lib.rs lib:k
pub mod a { make! {} }
pub use a::Thing;
",
    );
    let made = model.node_ids().map(|node| model.path(node)).find(|path| path.contains("Thing"));
    assert_eq!(made, None);
}

#[test]
fn a_name_before_another_is_a_module_that_a_macro_makes() {
    check(
        "//- /src/lib.rs lib:k
mod proto { tonic::include_proto!(\"shop\"); }
mod user {
    use crate::proto::order_service::Client;
    use crate::proto::{item, other as renamed};
    fn f(_: crate::proto::Order, _: item::Kind, _: renamed::Kind, _: crate::proto::deep::deeper::Thing) {}
    fn g() -> Client { crate::proto::Status::Open.into() }
}
mod glob { use crate::proto::everything::*; fn f(_: Unknown) {} }
",
        &[
            "k::glob -> k::proto::everything: use",
            "k::user -> k::proto: type value",
            "k::user -> k::proto::deep::deeper: type",
            "k::user -> k::proto::item: type use",
            "k::user -> k::proto::order_service: type use",
            "k::user -> k::proto::other: type use",
        ],
    );
}

#[test]
fn a_derive_may_write_a_module_beside_its_type() {
    check(
        "//- /src/lib.rs lib:k
mod query {
    #[derive(GraphQLQuery)]
    pub struct GetUser;
    fn f(_: get_user::Variables, _: serde_json::Value) {}
    mod tests { use super::*; fn f(_: get_user::Variables) {} }
}
",
        &[
            "k::query -> k::query::get_user: type",
            "k::query::tests -> k::query: use",
            "k::query::tests -> k::query::get_user: type",
        ],
    );
}

#[test]
fn a_name_before_another_that_may_come_from_elsewhere_is_no_module() {
    check(
        "//- /src/lib.rs lib:k
mod a { use orm::prelude::*; fn f(_: column::Name, _: self::column::Name, _: u32::Err) {} }
mod b { #[cfg(any())] fn f(_: crate::a::gone::Name) {} }
",
        &[],
    );
}

#[test]
fn of_modules_that_globs_read_the_one_whose_macro_call_has_the_name_made_it() {
    check(
        "//- /src/lib.rs lib:k
mod ids { use outside::*; entity_id::entity_id! { UserId } entity_id::entity_id! { Shared } pub struct Known; }
mod more { entity_id::entity_id! { GroupId, Shared } use crate::ids::*; }
mod facade { pub use crate::ids::*; pub use crate::more::*; pub use outside::*; }
mod user { use crate::facade::{GroupId, Shared}; use crate::ids::*; fn f(_: UserId, _: GroupId, _: Known, _: Nobodys) {} }
mod own { entity_id::entity_id! { OwnId } fn f(_: OwnId) { fn inner() { use crate::more::*; let _: GroupId; } } }
",
        &[
            "k::facade -> k::ids: reexport",
            "k::facade -> k::more: reexport",
            "k::more -> k::ids: use",
            "k::own -> k::more: type use",
            "k::user -> k::ids: type use",
            "k::user -> k::more: type use via k::facade",
        ],
    );
}
