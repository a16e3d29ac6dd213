// Owns: go-tuf as a client of trees: all of a step's trees one after the other, and what it says of the last.
// Usage: client ADDRESS TREES SCRATCH    one line for each step: accept and the SHA-256 of the bundle, or refuse and why
package main

import (
	"crypto/sha256"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/theupdateframework/go-tuf/v2/metadata/config"
	"github.com/theupdateframework/go-tuf/v2/metadata/updater"
)

// look is a client that looks at one tree, with what it kept of those before.
func look(root []byte, home, base string) (string, error) {
	settings, err := config.New(base, root)
	if err != nil {
		return "", err
	}
	settings.LocalMetadataDir = home
	settings.LocalTargetsDir = filepath.Join(home, "targets")
	settings.RemoteTargetsURL = base + "/t"
	if err := settings.SetDefaultFetcherRetry(0, 1); err != nil {
		return "", err
	}
	client, err := updater.New(settings)
	if err != nil {
		return "", err
	}
	if err := client.Refresh(); err != nil {
		return "", err
	}
	listed, err := client.GetTargetInfo("all.zip")
	if err != nil {
		return "", err
	}
	_, bundle, err := client.DownloadTarget(listed, "", "")
	return fmt.Sprintf("%x", sha256.Sum256(bundle)), err
}

// newest is the root that a client kept when it looked last; a first root only serves until then.
func newest(root []byte, home string) []byte {
	if kept, err := os.ReadFile(filepath.Join(home, "root.json")); err == nil {
		return kept
	}
	return root
}

func step(root []byte, home, address string, trees []string) string {
	told := ""
	for seen, tree := range trees {
		bundle, err := look(newest(root, home), home, address+"/"+url.PathEscape(tree)+"/tuf")
		switch {
		case err == nil:
			told = "accept\t" + bundle
		case seen < len(trees)-1:
			return "stuck\t" + tree + ": " + err.Error()
		default:
			told = "refuse\t" + err.Error()
		}
	}
	return strings.ReplaceAll(told, "\n", " ")
}

func run(address, trees, scratch string) error {
	root, err := os.ReadFile(filepath.Join(trees, "root.json"))
	if err != nil {
		return err
	}
	steps, err := os.ReadFile(filepath.Join(trees, "steps.tsv"))
	if err != nil {
		return err
	}
	for at, line := range strings.Split(strings.TrimRight(string(steps), "\n"), "\n") {
		names := strings.Split(strings.Split(line, "\t")[1], " | ")
		fmt.Println(step(root, filepath.Join(scratch, strconv.Itoa(at)), address, names))
	}
	return nil
}

func main() {
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
