# Needs Go, git and GNU make. Programs for the tests and the linter are built once from pinned Go modules (tools/go.mod,
# tools/lint/go.mod, tools/registry/go.mod, tools/kubelet/go.mod, tools/gitops/go.mod) and kept outside the repository.
# `make help` lists the targets.

GO        ?= go
CACHE     ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/conductor-registry/tools
FUZZTIME  ?= 10s
RELEASE    = -trimpath -ldflags '-s -w'

BIN       ?= bin/conductor-registry

# Go records the commit in the program where git can be asked; otherwise it would fail.
VCS        = $(shell git status --porcelain >/dev/null 2>&1 && echo auto || echo false)

# Built programs are named after the checksum of their module and source files, so that an old one is never used by mistake.
sum        = $(shell cat $(1)/go.mod $(1)/go.sum $(wildcard $(1)/*.go) | cksum | cut -d ' ' -f 1)
TOOLS      = $(CACHE)/tests-$(call sum,tools)
BUILT      = $(TOOLS)/kubectl
LINT       = $(CACHE)/golangci-lint-$(call sum,tools/lint)

# The kubectl that runs the generated scripts in tests: KUBECTL, else the installed one, else one built here.
KUBECTL   ?= $(shell command -v kubectl 2>/dev/null || echo "$(BUILT)")

# The helm 3 and 4 that tests compare with, the same two rendering many values files in one process, and one that merges.
HELM3     ?= $(TOOLS)/3/helm
HELM4     ?= $(TOOLS)/4/helm
ORACLES    = KUBECTL="$(KUBECTL)" HELM3="$(HELM3)" HELM4="$(HELM4)" \
             RENDER3="$(TOOLS)/3/render3" RENDER4="$(TOOLS)/4/render4" MERGE="$(TOOLS)/merge" REGISTRY="$(REGISTRY)" \
             KUBELET="$(shell test -x "$(KUBELET)" && echo "$(KUBELET)")"

# The registry server for the tests of probe. It has its own module, so that no other tool is rebuilt for it.
REGISTRY  ?= $(CACHE)/registry-$(call sum,tools/registry)

# The kubelet's own rules for pull secrets, a module of its own too. Only make fuzz builds it; without it its test is skipped.
KUBELET   ?= $(CACHE)/kubelet-$(call sum,tools/kubelet)

# The Go types of Flux and kustomize, for the objects of generate --gitops. Only make test-release builds it.
GITOPS    ?= $(CACHE)/gitops-$(call sum,tools/gitops)

# krew's check of manifests and goreleaser's of its configuration, each a module of its own. Only make test-release builds them.
KREW      ?= $(CACHE)/validate-krew-manifest-$(call sum,tools/krew)
GORELEASER ?= $(CACHE)/goreleaser-check-$(call sum,tools/goreleaser)

# The packages whose tests compare with golden files, for go list.
USES_GOLDEN = {{$$p := .ImportPath}}{{range .TestImports}}{{if eq . "conductor-registry/golden"}}{{$$p}} {{end}}{{end}}\
{{range .XTestImports}}{{if eq . "conductor-registry/golden"}}{{$$p}} {{end}}{{end}}

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run build test check kubectl oracles kubelet helm golden bench pictures fuzz trust dist sign goreleaser \
        test-release lint clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ## open the wizard (ARGS='--out DIR' and the like are passed on)
	@test -e bin/conductor-registry || echo 'Building the wizard (the first time about a minute) ...' >&2
	@$(MAKE) build
	@bin/conductor-registry $(ARGS) || { code=$$?; test $$code -eq 130 || exit $$code; }

build: ## build bin/conductor-registry, one static binary (BIN=PATH for another place)
	@CGO_ENABLED=0 $(GO) build $(RELEASE) -buildvcs=$(VCS) -o "$(BIN)" ./cmd/conductor-registry

test: check kubectl oracles ## everything: formatting, vet, all tests
	@echo 'Running the tests (the first time they compile, about a minute) ...'
	@$(ORACLES) $(GO) test ./...

check:
	@unformatted=$$("$$($(GO) env GOROOT)/bin/gofmt" -l .) && test -z "$$unformatted" || \
		{ echo "not formatted (fix with: gofmt -w .):" >&2; echo "$$unformatted" >&2; exit 1; }
	@echo 'Checking with go vet (the first time it fetches the modules and compiles, about a minute) ...'
	@$(GO) vet ./...

kubectl:
	@command -v "$(KUBECTL)" >/dev/null || { \
		test "$(KUBECTL)" = "$(BUILT)" || { echo 'KUBECTL=$(KUBECTL) is not a program' >&2; exit 1; }; \
		echo 'No kubectl found: building one, once (about 2 minutes on 2 cores) ...'; \
		CGO_ENABLED=0 $(GO) build -C tools $(RELEASE) -o "$(BUILT)" ./kubectl; }

oracles:
	@test -x "$(TOOLS)/3/render3" -a -x "$(TOOLS)/4/render4" -a -x "$(TOOLS)/merge" || { \
		echo 'Building helm 3 and 4, which the tests compare with, once (about 3 minutes on 2 cores) ...'; \
		CGO_ENABLED=0 $(GO) build -C tools $(RELEASE) -o "$(TOOLS)/3/" helm.sh/helm/v3/cmd/helm ./render3 && \
		CGO_ENABLED=0 $(GO) build -C tools $(RELEASE) -o "$(TOOLS)/4/" helm.sh/helm/v4/cmd/helm ./render4 && \
		CGO_ENABLED=0 $(GO) build -C tools $(RELEASE) -o "$(TOOLS)/merge" ./merge; }
	@test -x "$(REGISTRY)" || { \
		echo 'Building the registry server for the tests of probe, once (about a minute on 2 cores) ...'; \
		CGO_ENABLED=0 $(GO) build -C tools/registry $(RELEASE) -o "$(REGISTRY)" .; }

kubelet:
	@test -x "$(KUBELET)" || { \
		echo "Building the kubelet's rules for pull secrets, once (about 2 minutes on 2 cores) ..."; \
		CGO_ENABLED=0 $(GO) build -C tools/kubelet $(RELEASE) -o "$(KUBELET)" .; }

helm: ## build the pinned helm into bin/, to render a chart with what the wizard wrote
	@echo 'Building helm (the first time about 2 minutes) ...' >&2
	@CGO_ENABLED=0 $(GO) build -C tools $(RELEASE) -o "$(CURDIR)/bin/helm" helm.sh/helm/v3/cmd/helm

golden: kubectl oracles ## rewrite the golden files with what the program makes now; then read the diff
	@UPDATE_GOLDEN=1 $(GO) test -count=1 ./presets # index.json is part of the program: it comes first
	@UPDATE_GOLDEN=1 $(ORACLES) $(GO) test -count=1 ./golden $$($(GO) list -f '$(USES_GOLDEN)' ./...)

pictures: ## draw the pictures of the README anew, from the frames that the wizard draws now
	@UPDATE_GOLDEN=1 $(GO) test -count=1 -run TestPictures ./ui

bench: oracles ## all benchmarks: speed, memory, first frame, binary size
	@$(ORACLES) $(GO) test -run '^$$' -bench . -benchmem ./...

fuzz: oracles kubelet ## every fuzz target for FUZZTIME (10s)
	@for package in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' "$$package" | grep '^Fuzz'); do \
			echo "$$package $$target"; \
			$(ORACLES) $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$package" || exit 1; \
		done; \
	done

trust: ## injected faults, kills, concurrent runs and full disks on every path that writes files (Linux, strace, root)
	@echo 'Injecting faults into every command that writes files (about 40 minutes on 2 cores) ...'
	@$(GO) test -tags trust -count=1 -v -timeout 60m -run '^TestTrust' ./cmd/internal/cli

dist: ## build a release into dist/ (VERSION=1.2.3); docs/releasing.md lists what is in it
	@$(GO) run -C tools/release . -root "$(CURDIR)" -version "$(or $(VERSION),0.0.0)"

sign: ## sign dist/ with the OpenPGP key in SIGNING_KEY_FILE
	@$(GO) run -C tools/release . -root "$(CURDIR)" -sign

goreleaser: ## rewrite .goreleaser.yaml from its template and presets/project.yaml
	@$(GO) run -C tools/release . -root "$(CURDIR)" -goreleaser .goreleaser.yaml

test-release: oracles ## build a release twice, compare both, check what is in it, and vet for Windows and macOS
	@test -x "$(KREW)" -a -x "$(GORELEASER)" || { \
		echo 'Building the checks of krew and goreleaser, once (about a minute on 2 cores) ...'; \
		CGO_ENABLED=0 $(GO) build -C tools/krew $(RELEASE) -o "$(KREW)" sigs.k8s.io/krew/cmd/validate-krew-manifest && \
		CGO_ENABLED=0 $(GO) build -C tools/goreleaser $(RELEASE) -o "$(GORELEASER)" .; }
	@HELM3="$(HELM3)" HELM4="$(HELM4)" KREW="$(KREW)" GORELEASER="$(GORELEASER)" GO="$(GO)" tools/release/test.sh
	@CGO_ENABLED=0 $(GO) build -C tools/gitops $(RELEASE) -o "$(GITOPS)" . && \
		KUBECTL="$(KUBECTL)" GITOPS="$(GITOPS)" $(GO) test -count=1 ./model/gitops

lint: ## the linters of .golangci.yml
	@test -x "$(LINT)" || { \
		echo 'Building the linters, once (about 3 minutes on 2 cores) ...'; \
		mkdir -p "$(CACHE)" && CGO_ENABLED=0 $(GO) build -C tools/lint $(RELEASE) -o "$(LINT)" \
			github.com/golangci/golangci-lint/v2/cmd/golangci-lint; }
	@"$(LINT)" run ./...

clean: ## remove what was built (bin/ and the tools kept outside the repository)
	@rm -rf bin "$(CACHE)"
