package helm

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

// What an archive may hold: a chart has kilobytes, and a small archive can unpack to anything.
const (
	maxUnpacked = 100 << 20
	maxEntries  = 10000
)

// readArchive takes the two files out of the one folder at the top of a .tgz.
func readArchive(name string) (map[string][]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("can't read the chart %s: %w", name, cause(err))
	}
	defer func() { _ = file.Close() }()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s is no chart: neither a folder nor a .tgz archive", name)
	}
	files, err := pick(tar.NewReader(io.LimitReader(unzipped, maxUnpacked)))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s can't be unpacked: %w; is it whole?", name, err)
	case files[metadata] == nil:
		return nil, fmt.Errorf("%s is no chart: it has no %s in a folder at its top", name, metadata)
	}
	return files, nil
}

// pick reads entries up to the end, and keeps those that are the chart's own: charts it depends on lie deeper.
func pick(archive *tar.Reader) (map[string][]byte, error) {
	files := map[string][]byte{}
	for range maxEntries {
		entry, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		folder, base := path.Split(path.Clean(entry.Name))
		if entry.Typeflag != tar.TypeReg || strings.Count(folder, "/") != 1 || folder == "/" || folder == "../" ||
			base != metadata && base != defaults {
			continue
		}
		if entry.Size > maxFile {
			return nil, fmt.Errorf("%s: %w", entry.Name, tooLarge())
		}
		if files[base], err = io.ReadAll(archive); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("it has more than %d entries", maxEntries)
}

// cause is what the operating system said, without the path.
func cause(err error) error {
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return failed.Err
	}
	return err
}
