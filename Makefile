# make demo    everything on this machine, with nothing set up; prints one URL
# make test    every test, against a real Postgres and a real Redis
# make lint    gofmt, go vet, staticcheck
# make build   the program ./gridbot
# make image   the container image gridbot (needs docker)
.PHONY: demo test lint build image

# Where .tools/install puts what it cannot install for the whole machine.
export PATH := $(CURDIR)/.cache/pg/bin:$(PATH)

# The race detector needs a C compiler; without one the tests run without it.
RACE := $(shell command -v cc >/dev/null 2>&1 && echo -race)

demo: build
	@.tools/install postgres
	@./gridbot demo

test:
	@.tools/install postgres redis chromium fonts
	go test $(RACE) ./...

lint:
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "not formatted: $$unformatted"; exit 1; fi
	go vet ./...
	go tool -modfile=.tools/staticcheck/go.mod staticcheck ./...

build:
	CGO_ENABLED=0 go build -trimpath -o gridbot ./cmd/gridbot

image:
	docker build -t gridbot .
