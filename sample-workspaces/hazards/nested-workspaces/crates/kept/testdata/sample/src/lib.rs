pub fn nobody_compiles_this() {}
