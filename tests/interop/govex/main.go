// Owns: what go-vex, the library of vexctl and of scanners, says of OpenVEX documents.
//
// Usage: govex    questions on stdin, one line of JSON each: {"path", "flaw", "product"}; answers in the same order on stdout:
// {"statuses": [..]} with the status of every statement that matches, or {"error": ".."}. Without a flaw every statement is validated.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/openvex/go-vex/pkg/vex"
)

type question struct{ Path, Flaw, Product string }

type answer struct {
	Statuses []string `json:"statuses"`
	Error    string   `json:"error,omitempty"`
}

// A document is asked many things in a row: only the last one is kept.
type reader struct {
	path string
	read *vex.VEX
}

func (r *reader) ask(q question) (answer, error) {
	if r.path != q.Path {
		read, err := vex.Open(q.Path)
		if err != nil {
			return answer{}, err
		}
		r.path, r.read = q.Path, read
	}
	told := answer{Statuses: []string{}}
	if q.Flaw == "" {
		for _, one := range r.read.Statements {
			if err := one.Validate(); err != nil {
				return answer{}, err
			}
			told.Statuses = append(told.Statuses, string(one.Status))
		}
		return told, nil
	}
	for _, one := range r.read.Matches(q.Flaw, q.Product, nil) {
		told.Statuses = append(told.Statuses, string(one.Status))
	}
	return told, nil
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	var r reader
	for lines.Scan() {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		told, err := r.ask(q)
		if err != nil {
			told = answer{Error: err.Error()}
		}
		if err := out.Encode(told); err != nil {
			os.Exit(2)
		}
	}
}
