// Command goreleaser decodes goreleaser configurations as goreleaser does, strictly: an unknown key is an error. goreleaser
// itself takes too long to build for a test.
package main

import (
	"fmt"
	"os"

	"github.com/goreleaser/goreleaser/v2/pkg/config"
)

func main() {
	for _, name := range os.Args[1:] {
		if _, err := config.Load(name); err != nil {
			fmt.Fprintf(os.Stderr, "error: %s: %v\n", name, err)
			os.Exit(1)
		}
	}
}
