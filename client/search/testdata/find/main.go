// Command find searches a script under a strategy and prints each anomaly
// that is no printed price, with its steps and faults. The tests build it with a bug in a core.
package main

import (
	"context"
	"fmt"
	"os"

	"optimist/client/search"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

func main() {
	if err := find(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func find(path, under string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	script, err := scenario.Parse(path, text)
	if err != nil {
		return err
	}
	scope, err := search.NewScope(script, strategy.Of(under))
	if err != nil {
		return err
	}
	r, err := search.Explore(context.Background(), scope, search.Options{})
	if err != nil {
		return err
	}
	for i := range r.Films {
		if f := &r.Films[i]; !f.Finding.Price {
			fmt.Printf("%s %d/%d\n", f.Anomaly.ID, f.Steps, f.Faults)
		}
	}
	return nil
}
