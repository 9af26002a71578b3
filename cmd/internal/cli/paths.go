package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"conductor-registry/verify/program"
)

// expandPaths returns the files that arguments name: each file, and the .yaml and .yml files below each folder, without
// hidden ones. IsListed says which of them were found in a folder.
func expandPaths(paths []string) (names []string, isListed map[string]bool, err error) {
	isListed = map[string]bool{}
	for _, path := range paths {
		info, err := os.Stat(path)
		if path == "-" || err == nil && !info.IsDir() {
			names = append(names, path)
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("cannot read %s: %w", shownName(path), program.Reason(err))
		}
		err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return fmt.Errorf("cannot read %s: %w", shownName(name), program.Reason(err))
			case entry.IsDir() && name != path && strings.HasPrefix(entry.Name(), "."):
				return fs.SkipDir
			case entry.Type().IsRegular() && isYAMLName(entry.Name()):
				names, isListed[name] = append(names, name), true
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return names, isListed, nil
}

// noteNothing prints that paths have no values files, so that a wrong folder is noticed.
func noteNothing(s Streams, paths []string) {
	printf(s.Err, "note: no values files in %s\n", strings.Join(paths, ", "))
}

func isYAMLName(name string) bool {
	return !strings.HasPrefix(name, ".") && (strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml"))
}
