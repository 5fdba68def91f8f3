#!/usr/bin/env bash
# Build the wheel, install it into a new environment, and use the corpus from another folder,
# with no network allowed to `datasets`.
set -euo pipefail

uv=$(realpath "$1")
python=$2
here=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$uv" build --quiet --wheel --out-dir "$work/dist" "$here"
"$uv" venv --quiet --python "$python" "$work/venv"
VIRTUAL_ENV="$work/venv" "$uv" pip install --quiet "$work"/dist/*.whl

cd "$work"
export HF_HUB_OFFLINE=1 HF_DATASETS_CACHE="$work/cache"
"$work/venv/bin/python" - <<'PY'
import vinee

rows = vinee.load("ner", split="test")
assert len(rows) == sum(len(d.sentences) for d in vinee.documents()), len(rows)
assert "site-packages" in vinee.__file__, vinee.__file__
print(f"wheel: {len(rows)} sentences, {len(vinee.documents())} articles")
PY
"$work/venv/bin/python" -c 'from vinee.labelstudio.server.environment import CONSTRAINTS; assert CONSTRAINTS.is_file(), CONSTRAINTS'
"$work/venv/bin/vinee" corpus validate
