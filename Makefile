# unsplice: cleans raw/ into cleaned/. `make` alone lists the targets.
#
# RAW      file or folder of scraped pages [raw]       CLEANED  output folder [cleaned]
# ARGS     further options, such as --workers 4        PYTHON   interpreter for the virtual environment, 3.11 or later
# CORPUS   files that `make model` trains on, and `make strangers` leaves out in turn; one per publisher
#
# This file can be included in another Makefile, after RAW and CLEANED are set, or called with `make -C`. Targets are
# named unsplice-<name>. The short names exist too; in an including Makefile only run and check, unless UNSPLICE_TARGETS
# lists others. $(CLEANED)/manifest.json is a target to depend on: it changes when the results change.
# Neither make nor the shell ever sees the names of raw files: the program itself decides whether there is work to do.

unsplice_goal := $(.DEFAULT_GOAL)
unsplice_self := $(lastword $(MAKEFILE_LIST))
unsplice_included := $(word 2,$(MAKEFILE_LIST))
unsplice_dir := $(patsubst %/,%,$(dir $(unsplice_self)))
ifeq ($(wildcard $(unsplice_dir)/pyproject.toml),)
  $(error unsplice: make cannot include a path with spaces; name it from a folder below them, or use make -C)
endif
unsplice_all := help setup run check report test lint dist bench model strangers clean
UNSPLICE_TARGETS ?= $(if $(unsplice_included),run check,$(unsplice_all))

unsplice_quote = '$(subst ','\'',$(1))'
unsplice_given = $(and $($(1)),$(filter-out undefined default,$(firstword $(origin $(1)))))
unsplice_asked = $(and $($(1)),$(filter command environment,$(firstword $(origin $(1)))))

# --- RAW and CLEANED: with `make -C`, paths from the caller are relative to the caller's folder ---
unsplice_flags = $(filter --no-print-directory,$(MAKEFLAGS))$(findstring w,$(firstword -$(MAKEFLAGS)))
unsplice_moved = $(and $(unsplice_flags)$(findstring s,$(firstword -$(MAKEFLAGS))),$(if $(unsplice_included),,$(PWD)))
define unsplice_where
raw=$(call unsplice_quote,$(or $(RAW),raw)); out=$(call unsplice_quote,$(or $(CLEANED),cleaned)); \
from=$(call unsplice_quote,$(unsplice_moved)); \
$(if $(and $(unsplice_moved),$(call unsplice_asked,RAW)),case "$$raw" in \
  (/*) ;; (*) if [ -e "$$from/$$raw" ]; then raw="$$from/$$raw"; else from=.; fi ;; esac;) \
$(if $(and $(unsplice_moved),$(call unsplice_asked,CLEANED)),case "$$out" in (/*) ;; (*) out="$$from/$$out" ;; esac;)
endef

# --- The virtual environment: stamp files in it record what is installed; pyproject.toml makes them out of date ---
unsplice_venv := $(unsplice_dir)/.venv
unsplice_setup := $(unsplice_venv)/.setup$(if $(call unsplice_given,PYTHON),-$(subst $() ,_,$(subst /,_,$(PYTHON))))
unsplice_python = $(unsplice_venv)/bin/python -P
define unsplice_find_python
python=; for each in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
  if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$each; break; fi; done
endef
define unsplice_make_venv
version='import sys; print(sys.version_info[:2])'; have=$$(.venv/bin/python -c "$$version" 2>/dev/null) || have=; \
if [ -z "$$have" ] || { [ -n '$(call unsplice_given,PYTHON)' ] && [ "$$have" != "$$("$$python" -c "$$version")" ]; }; then \
  echo "unsplice: creating .venv with $$python"; rm -rf .venv; \
  if command -v uv >/dev/null; then uv venv --quiet --python "$$python" .venv; else "$$python" -m venv .venv; fi \
  || { rm -rf .venv; echo "unsplice: could not create .venv; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; fi
endef
# $(1): the package to install, with or without an extra
define unsplice_install
echo "unsplice: installing $(1) into .venv"; \
if command -v uv >/dev/null; then uv pip install --quiet --python .venv/bin/python -e '$(1)'; else \
  { .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null; } && \
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -e '$(1)'; fi
endef

$(unsplice_setup): $(unsplice_dir)/pyproject.toml
	@cd $(unsplice_dir) && { $(unsplice_find_python); } && \
	if [ -z "$$python" ] && command -v uv >/dev/null; then python='>=3.11'; fi && \
	if [ -z "$$python" ]; then echo "unsplice: needs Python 3.11 or later; name one with PYTHON=" >&2; exit 1; fi && \
	{ $(unsplice_make_venv); } && { $(call unsplice_install,.); } && \
	touch .venv/.setup .venv/$(notdir $@)

$(unsplice_venv)/.dev $(unsplice_venv)/.train: $(unsplice_setup)
	@cd $(unsplice_dir) && { $(call unsplice_install,.[$(patsubst .%,%,$(notdir $@))]); } && touch .venv/$(notdir $@)

# --- The targets ---
unsplice-help:  ## List the targets
	@awk -F ':.*## ' -v name=$(if $(unsplice_included),,unsplice-) \
	'/^unsplice-[a-z]+:.*## / { sub("^" name, "", $$1); printf "%-16s %s\n", $$1, $$2 }' $(unsplice_self)

unsplice-setup: $(unsplice_setup)  ## Create .venv and install the package into it

unsplice-run: $(unsplice_setup)  ## Clean RAW into CLEANED, if input, options or program changed
	@$(unsplice_where) \
	stamp=$(unsplice_venv)/.run-$$(printf '%s\n' "$$PWD" "$$out" | cksum | cut -d ' ' -f 1); \
	$(unsplice_python) -m unsplice run --out "$$out" --stamp "$$stamp" $(ARGS) -- "$$raw"

unsplice-check: $(unsplice_setup)  ## Report damage in RAW; write nothing
	@$(unsplice_where) $(unsplice_python) -m unsplice check $(ARGS) -- "$$raw"

unsplice-report: unsplice-run  ## Print the path of the report, after a run if needed
	@$(unsplice_where) $(unsplice_python) -m unsplice report --out "$$out"

unsplice-test: $(unsplice_venv)/.dev  ## Run the tests
	@cd $(unsplice_dir) && .venv/bin/python -m pytest $(ARGS)

unsplice-lint: $(unsplice_venv)/.dev  ## Check style and types
	@cd $(unsplice_dir) && .venv/bin/python -m ruff check . && .venv/bin/python -m ruff format --check . && \
	.venv/bin/python -m mypy

unsplice-dist: $(unsplice_venv)/.dev  ## Build the wheel and the sdist into dist/, and test the wheel
	@cd $(unsplice_dir) && .venv/bin/python -m tests.dist

unsplice-bench: $(unsplice_venv)/.dev  ## Measure quality and speed
	@cd $(unsplice_dir) && .venv/bin/python benchmarks/run.py $(ARGS)

unsplice-model: $(unsplice_venv)/.train  ## Train the models on the files CORPUS
	@if [ -z $(call unsplice_quote,$(CORPUS)) ]; then echo 'unsplice: name files with CORPUS=' >&2; exit 1; fi && \
	$(unsplice_python) -m unsplice learn --out $(unsplice_dir)/pipeline/models $(ARGS) -- $(CORPUS)

unsplice-strangers: $(unsplice_venv)/.train  ## Measure on publishers of CORPUS that were left out of training
	@if [ -z $(call unsplice_quote,$(CORPUS)) ]; then echo 'unsplice: name files with CORPUS=' >&2; exit 1; fi && \
	$(unsplice_python) $(unsplice_dir)/benchmarks/strangers.py $(ARGS) -- $(CORPUS)

# Works without an environment, where the package can only be imported by the name of its folder.
unsplice-clean:  ## Remove .venv, caches, build results, and what a run wrote to CLEANED
	@$(unsplice_where) python=$(unsplice_venv)/bin/python; [ -x "$$python" ] || { $(unsplice_find_python); }; \
	if [ -e "$$out/manifest.json" ] || [ -e "$$out/.unsplice" ]; then PYTHONPATH=$(unsplice_dir) PYTHONDONTWRITEBYTECODE=1 "$$python" -P -c \
	'import sys, pathlib, pipeline.write.stamp as o; o.clear(pathlib.Path(sys.argv[1]))' "$$out" || exit; fi; \
	cd $(unsplice_dir) && rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist ./*.egg-info && \
	find pipeline tests benchmarks -type d -name __pycache__ -prune -exec rm -rf {} +

# A file target, if make can handle the name. It depends on a phony target, so that make always checks it again.
unsplice_odd := $(foreach each,: ; % * ? [ ] = ~ \ | &,$(findstring $(each),$(CLEANED)))
ifeq ($(strip $(unsplice_odd)),)
$(subst $() ,\ ,$(or $(CLEANED),cleaned))/manifest.json: unsplice-run ;
endif

ifneq ($(strip $(UNSPLICE_TARGETS)),)
$(UNSPLICE_TARGETS): %: unsplice-%
endif
.PHONY: $(UNSPLICE_TARGETS) $(addprefix unsplice-,$(unsplice_all))
.DEFAULT_GOAL := $(or $(unsplice_goal),$(if $(unsplice_included),,unsplice-help))
