#!/usr/bin/env bash
# Make an environment with the model libraries, in which their adapters are tested.
#
#   bash scripts/adapters_env.sh PYTHON FOLDER
#
# pip is used, which takes a CPU build of torch where it is offered one: on Linux set
# PIP_EXTRA_INDEX_URL to PyTorch's index of CPU builds, or several gigabytes for CUDA come with it.
# The versions are pinned, for the tests build models with the libraries' own classes.
set -euo pipefail

python=$1
folder=$2

"$python" -m venv "$folder"
# Byte code is made of what is imported, when it is: of these packages that is a small part.
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile \
    torch==2.13.0 \
    transformers==5.16.1 \
    spacy==3.8.18 \
    stanza==1.15.0 \
    gliner==0.2.29 \
    'hypothesis>=6.120' \
    'pytest>=8.3' \
    --editable '.[baselines]'
