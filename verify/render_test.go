package verify

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A rendering is what helm made of a values file, or why it refused it.
type rendering struct{ Manifest, Error string }

// helms are the programs that render many values files in one process, by the variable that names each.
func helms() []string { return []string{"RENDER3", "RENDER4"} }

// render hands every values file to a chart of golden/charts.
func render(t testing.TB, program, chart string, files ...string) []rendering {
	t.Helper()
	return renderFolder(t, program, chartFolder(chart), files...)
}

// renderFolder hands every values file to the chart in a folder.
func renderFolder(t testing.TB, program, at string, files ...string) []rendering {
	t.Helper()
	path := os.Getenv(program)
	if path == "" {
		t.Skip(program + " is not set: make test builds it and names it")
	}
	folder, err := filepath.Abs(at)
	if err != nil {
		t.Fatal(err)
	}
	var in, out bytes.Buffer
	for _, values := range files {
		line, err := json.Marshal(map[string]string{"chart": folder, "values": values})
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(line, '\n'))
	}
	cmd := exec.Command(path)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, os.Stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	var all []rendering
	for decoder := json.NewDecoder(&out); ; {
		var one rendering
		if err := decoder.Decode(&one); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if len(all) != len(files) {
		t.Fatalf("%s rendered %d of %d files", path, len(all), len(files))
	}
	return all
}

// chartFolder is the small chart that reads keys as the charts of that profile do. REAL_CHARTS names a folder with the
// real ones, for a look by hand.
func chartFolder(id string) string {
	if folder := os.Getenv("REAL_CHARTS"); folder != "" {
		return filepath.Join(folder, id)
	}
	return filepath.Join("..", "golden", "charts", id)
}

// indented is text for a failure's report.
func indented(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ")
}
