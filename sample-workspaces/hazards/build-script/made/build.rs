fn main() {
    let folder = std::env::var_os("OUT_DIR").expect("Cargo sets it for build scripts");
    let path = std::path::Path::new(&folder).join("constants.rs");
    std::fs::write(path, maker::text::constant("ANSWER", 42)).expect("the folder was made for this script");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(has_answer)");
    println!("cargo::rustc-cfg=has_answer");
}
