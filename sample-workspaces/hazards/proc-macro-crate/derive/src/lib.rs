mod expand;

use proc_macro::TokenStream;

/// Implements `runtime::describe::Describe`.
#[proc_macro_derive(Describe, attributes(describe))]
pub fn derive_describe(input: TokenStream) -> TokenStream {
    expand::describe(&input.to_string()).parse().expect("the text below is an impl for any name")
}

/// Leaves the item as it is.
#[proc_macro_attribute]
pub fn traced(_arguments: TokenStream, item: TokenStream) -> TokenStream {
    item
}
