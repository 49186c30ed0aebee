#!/bin/sh
# How `shop` became `shop-eroded`: a git repository whose commits, days and people are the same on every machine.
#
#     sh sample-workspaces/shop-history.sh FOLDER
#     riprap history FOLDER
#
# The first commit is `shop`, the last one `shop-eroded` to the byte.  Needs git.
set -eu

if [ $# -ne 1 ] || [ -e "$1" ]; then
    echo "usage: sh shop-history.sh FOLDER, one that is not there yet" >&2
    exit 2
fi
samples=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cd "$1"

# Nothing that somebody has configured changes the hashes.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
git init --quiet --initial-branch=main .
git config core.autocrlf false
git config commit.gpgsign false

# DAY NAME SUBJECT: everything that lies here, as that person on that day.
commit() {
    git add --all
    GIT_AUTHOR_NAME=$2 GIT_AUTHOR_EMAIL="$(echo "$2" | tr 'A-Z ' 'a-z.')@shop.example" GIT_AUTHOR_DATE="$1T10:00:00Z" \
        GIT_COMMITTER_NAME=$2 GIT_COMMITTER_EMAIL=merge@shop.example GIT_COMMITTER_DATE="$1T10:00:00Z" \
        git commit --quiet --message "$3"
}

# PATH...: these as they are a year later; what is not there any more goes.
a_year_later() {
    for path in "$@"; do
        rm -rf "$path"
        if [ -e "$samples/shop-eroded/$path" ]; then
            mkdir -p "$(dirname "$path")"
            cp -R "$samples/shop-eroded/$path" "$path"
        fi
    done
    rm -rf target
}

cp -R "$samples/shop/." .
rm -rf target
commit 2025-08-04 "Ada Sommer" "Open the shop"
git tag v1.0
a_year_later crates/contracts
commit 2025-09-15 "Bo Lindqvist" "Put taxes where everybody finds them"
a_year_later crates/catalog
commit 2025-10-06 "Ada Sommer" "Discounts beside prices"
a_year_later crates/inventory
commit 2025-11-21 "Chidi Okafor" "Black Friday: cache what is free"
a_year_later crates/billing-ledger crates/loyalty crates/billing Cargo.toml Cargo.lock
commit 2026-01-19 "Dana Kovacs" "Find what was never billed"
git tag v1.1
a_year_later crates/orders
commit 2026-02-09 "Ada Sommer" "Check the credit before an order is placed"
a_year_later crates/shipping
commit 2026-03-23 "Chidi Okafor" "Rates by weight and carrier"
a_year_later crates/notifications
commit 2026-04-13 "Ada Sommer" "Text messages, in the customer's language"
a_year_later crates/app
commit 2026-06-01 "Dana Kovacs" "A telephone in the back office, and a nightly job"
rm -rf ./* .cargo .gitignore
cp -R "$samples/shop-eroded/." .
rm -rf target
commit 2026-08-03 "Bo Lindqvist" "Write down what happened"
git tag v2.0
