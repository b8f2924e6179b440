# Espalier from a clone to a running program. `make` lists what there is.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build test interop soak lint format bench release install clean deps deps-for-tests

PREFIX ?= /usr/local
DESTDIR ?=
# Handed on to the program: make run ARGS='--preset paper --seed 7'
ARGS ?=
# Which benchmark: make bench NAME=search
NAME ?=

# One set of flags for the debug build, so that tests and lint share it. The check lets a target import
# only what Package.swift gives it; .ci/check-walls sees the rest, such as Foundation.
CHECKED := --explicit-target-dependency-import-check error
# With the Swift runtime in it and at a fixed address, so that the loader has nothing to relocate: this
# halves the time before `main`, and the binary needs no Swift where it runs. The compiler knows which
# conformances a generic type of ours needs; by a mangled name the program would search them among all
# that there are, which is a fifth of what it does before its first picture.
RELEASE := --configuration release --static-swift-stdlib -Xlinker -no-pie \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
DIST := .build/dist
FORMATTED := Sources Tests Package.swift

help: ## list these targets
	@echo 'make TARGET, where TARGET is one of:'
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

run: deps ## build for speed and open the live search; ARGS='...' are its arguments
	swift build $(RELEASE) --product espalier
	@"$$(swift build $(RELEASE) --show-bin-path)/espalier" $(ARGS)

build: deps ## build the program and its tests for development
	swift build --build-tests $(CHECKED)

# One after another: many tests run real programs, terminals and servers with timers of their own, and
# side by side on two cores they starve each other.
test: deps-for-tests ## build and run all tests
	@[ -d ../shared ] || echo 'note: there is no ../shared here: the tests that read it are skipped'
	swift build --build-tests $(CHECKED)
	swift test --skip-build --no-parallel $(CHECKED)

interop: deps-for-tests ## meet the genuine servers that are installed here; ../shared/notes/servers has them
	.ci/interop

lint: deps-for-tests ## check format, walls, paths and warnings
	.ci/check-walls
	.ci/check-paths
	swift format lint --strict --parallel --recursive $(FORMATTED)
	swift build --build-tests $(CHECKED) 2>&1 | tee .build/lint.log
	@! grep --line-number 'warning:' .build/lint.log

format: deps ## lay the sources out as lint wants them
	swift format --in-place --parallel --recursive $(FORMATTED)

soak: deps-for-tests ## thousands of calls of a failing server, also under sanitizers; every way to be killed
	.ci/soak

bench: deps ## build for speed and run the benchmarks, or the one called NAME
	swift build $(RELEASE) --product espalier
	swift build $(RELEASE) --product espalier-bench
	@"$$(swift build $(RELEASE) --show-bin-path)/espalier-bench" $(NAME) $(ARGS)

release: deps ## one stripped binary, man page and completions: .build/dist
	swift build $(RELEASE) --product espalier
	swift build --product generate-manual
	@rm -rf $(DIST) && mkdir -p $(DIST)
	strip -o $(DIST)/espalier "$$(swift build $(RELEASE) --show-bin-path)/espalier"
	"$$(swift build --show-bin-path)/generate-manual" $(DIST)/espalier --output-directory $(DIST)
	$(DIST)/espalier --generate-completion-script bash >$(DIST)/espalier.bash
	$(DIST)/espalier --generate-completion-script zsh >$(DIST)/_espalier
	$(DIST)/espalier --generate-completion-script fish >$(DIST)/espalier.fish
	@ls -l $(DIST)

install: ## install the binary of `make release`, its man page and completions: PREFIX=... DESTDIR=...
	@# Under sudo there is often no Swift to be found, and a build as root would spoil the clone.
	@[ -n "$${SUDO_USER:-}" ] && [ -x $(DIST)/espalier ] || $(MAKE) --no-print-directory release
	install -D --mode 755 $(DIST)/espalier '$(DESTDIR)$(PREFIX)/bin/espalier'
	install -D --mode 644 $(DIST)/espalier.1 '$(DESTDIR)$(PREFIX)/share/man/man1/espalier.1'
	install -D --mode 644 $(DIST)/espalier.bash '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/espalier'
	install -D --mode 644 $(DIST)/_espalier '$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_espalier'
	install -D --mode 644 $(DIST)/espalier.fish '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/espalier.fish'

clean: ## remove all that was built
	rm -rf .build

deps:
	@.ci/deps

deps-for-tests:
	@.ci/deps test
