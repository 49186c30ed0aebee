#!/bin/sh
# Puts the samples of the welcome screen into `assets/samples`: what git needs to have each with its history.
#
#     sh sample-workspaces/pack-samples.sh
#
# Needs git.  A test holds the packs to the samples.
set -eu

samples=$(cd "$(dirname "$0")" && pwd)
assets=$samples/../assets/samples
drafts=$(mktemp -d)
trap 'rm -rf "$drafts"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

# NAME: the repository of that name among the drafts.
pack() {
    cd "$drafts/$1"
    git -c pack.threads=1 -c pack.writeReverseIndex=false repack -a -d -f --depth=50 --window=250 --quiet
    # As if nobody had looked at the files so far: nothing of this machine is in it.
    rm .git/index
    git read-tree HEAD
    mkdir -p "$assets/$1"
    cp .git/objects/pack/*.pack "$assets/$1/objects.pack"
    cp .git/objects/pack/*.idx "$assets/$1/objects.idx"
    cp .git/index "$assets/$1/index"
    chmod 644 "$assets/$1"/*
    git for-each-ref --format='%(objectname) %(refname)' > "$assets/$1/refs"
}

sh "$samples/shop-history.sh" "$drafts/shop"
pack shop

mkdir "$drafts/shop-services"
cd "$drafts/shop-services"
cp -R "$samples/shop-services/." .
rm -rf target
git init --quiet --initial-branch=main .
git config core.autocrlf false
git add --all
GIT_AUTHOR_NAME="Ada Sommer" GIT_AUTHOR_EMAIL=ada.sommer@shop.example GIT_AUTHOR_DATE=2026-02-02T10:00:00Z \
    GIT_COMMITTER_NAME="Ada Sommer" GIT_COMMITTER_EMAIL=merge@shop.example GIT_COMMITTER_DATE=2026-02-02T10:00:00Z \
    git commit --quiet --message "Cut the shop into services"
pack shop-services
