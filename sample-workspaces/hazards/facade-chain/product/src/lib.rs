pub mod greeting {
    use facade::prelude::Account;

    pub fn greet(account: &Account) -> String {
        format!("Good morning, {}", account.name)
    }
}

pub mod deep {
    pub fn nobody() -> facade::prelude::model::user::User {
        facade::prelude::Account::named("nobody")
    }
}
