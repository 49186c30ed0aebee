pub const ALL: [&str; 2] = ["quartz", "basalt"];
