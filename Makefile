# optimist: build, see, test. `make` alone lists the targets.

GO      = go
VERSION = $(shell git describe --tags --always --dirty 2>/dev/null || echo unversioned)

# The SQLite driver is C.
export CGO_ENABLED = 1

# The linter is compiled once, into a directory that git ignores.
LINT_VERSION = v2.15.0
LINT         = bin/tools/golangci-lint-$(LINT_VERSION)

# Tests in files that carry `//go:build e2e` start programs. `make e2e` runs them
# alone: all others are `make test`'s.
E2E_PACKAGES = $(shell grep -rl --include='*_test.go' '^//go:build e2e' client server scenarios | xargs -r -n 1 dirname | sort -u | sed 's,^,./,')
E2E_TESTS    = $(shell grep -rl --include='*_test.go' '^//go:build e2e' client server scenarios | xargs grep -ho '^func Test[A-Za-z0-9]*' | sed 's/^func //' | sort -u | paste -s -d '|')
E2E_PROGRAMS = tmux sqlite3 chromium ssh

# Packages whose TestPicture draws a picture of scenarios/pictures, and finds it
# stale when it would be another.
PICTURE_PACKAGES = ./client/tui ./client/film

# Packages with benchmarks. A benchmark prints its figures itself, each at the
# start of a line: `figure NAME VALUE UNIT (goal GOAL)`, NAME and UNIT without
# spaces, VALUE a number. (A parent does so after its last sub-benchmark; one
# without any prints an empty line first.) `make bench` repeats them at its end.
BENCH          = .
BENCH_PACKAGES = $(shell grep -rl --include='*_test.go' '^func Benchmark' client server shared | xargs -r -n 1 dirname | sort -u | sed 's,^,./,')
FIGURE         = ^figure [^ ]+ [0-9][0-9.]* [^ ]+ \(goal .+\)$$

.NOTPARALLEL:
.PHONY: help build demo test check lint e2e bench oracle pictures matrix clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-9s%s\n", $$1, $$2 }' Makefile

build: ## build bin/optimist and bin/optimistd
	@$(GO) build -ldflags '-X main.version=$(VERSION)' -o bin/optimist ./client
	@$(GO) build -ldflags '-X main.version=$(VERSION)' -o bin/optimistd ./server

demo: build ## build, then live through the race in this terminal
	@bin/optimist --demo

test: ## run all tests with the race detector; needs only Go, gcc and make
	@$(GO) test -race -timeout 10m ./...

check: lint test ## lint, then test: what every commit passes

lint: $(LINT) ## gofmt, go vet, golangci-lint
	@files=$$(gofmt -l client server shared scenarios); \
	if [ -n "$$files" ]; then echo "gofmt would change:"; echo "$$files"; exit 1; fi
	@$(GO) vet -tags e2e ./...
	@GOTOOLCHAIN=local $(LINT) run

$(LINT):
	@echo "golangci-lint $(LINT_VERSION): compiling it, once"
	@mkdir -p bin/tools
	@GOTOOLCHAIN=local GOBIN=$(CURDIR)/bin/tools $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	@mv bin/tools/golangci-lint $@

e2e: ## run the tests that need programs: tmux, sqlite3, chromium, ssh
	@missing=; for p in $(E2E_PROGRAMS); do command -v $$p >/dev/null || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
		echo "make e2e: missing:$$missing" >&2; \
		echo "make e2e: get it with: apt-get install$$(echo "$$missing" | sed 's/ ssh$$/ openssh-client/')" >&2; \
		exit 1; \
	fi
	@if [ -z "$(E2E_PACKAGES)" ]; then echo "make e2e: no test carries //go:build e2e" >&2; exit 1; fi
	@$(MAKE) --no-print-directory build
	@$(GO) test -count=1 -tags e2e -run '^TestPicture$$' $(PICTURE_PACKAGES)
	@$(GO) test -count=1 -timeout 10m -tags e2e -run '^($(E2E_TESTS))$$' $(E2E_PACKAGES)

bench: ## run the benchmarks; the last lines are the figures (BENCH=PATTERN picks)
	@mkdir -p bin
	@rm -f bin/bench.done
	@{ $(GO) test -p 1 -timeout 30m -run '^$$' -bench '$(BENCH)' -benchmem $(BENCH_PACKAGES) && : >bin/bench.done; } | tee bin/bench.txt
	@rm bin/bench.done 2>/dev/null || { echo "make bench: a benchmark failed" >&2; exit 1; }
	@if grep '^figure ' bin/bench.txt | grep -Evq '$(FIGURE)'; then \
		echo "make bench: not of the form: figure NAME VALUE UNIT (goal GOAL)" >&2; \
		grep '^figure ' bin/bench.txt | grep -Ev '$(FIGURE)' >&2; \
		exit 1; \
	fi
	@echo
	@grep '^figure ' bin/bench.txt || { echo "make bench: no benchmark printed a figure" >&2; exit 1; }

oracle: ## count the states of the search's small model anew by SPIN (Debian: spin)
	@command -v spin >/dev/null || { echo "make oracle: install spin" >&2; exit 1; }
	@mkdir -p bin
	@shared/explore/testdata/oracle.sh >bin/oracle.txt
	@mv bin/oracle.txt shared/explore/testdata/oracle.txt

pictures: ## draw the pictures of the README anew
	@$(GO) test -count=1 -tags e2e -run '^TestPicture$$' $(PICTURE_PACKAGES) -update

matrix: ## search the matrix of the README and its films anew
	@$(GO) test -count=1 -v -timeout 10m -tags e2e -run '^TestReadme$$' ./client/matrix -update | grep states

clean: ## remove what was built
	@rm -rf bin
