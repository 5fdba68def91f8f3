#!/usr/bin/env bash
# Install vntk and what it needs into node_modules/ beside this file, in the versions of the lock.
#
# Of the native modules only crfsuite is built, which needs a C++ compiler and Node's headers. It is
# built here in any case: its own install script would rather take a binary from elsewhere.
set -euo pipefail
cd "$(dirname "$0")"

npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
prefix=$(node -p 'require("path").resolve(process.execPath, "../..")')
if [ -d "$prefix/include/node" ]; then
    export npm_config_nodedir=$prefix
fi
npm_config_build_from_source=true npm rebuild crfsuite --loglevel=error
