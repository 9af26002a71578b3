//go:build unix

package secret

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// The scripts run with a PATH that holds nothing but links to this test binary. Under the name of a program it writes down
// what it was given, then runs the real program or plays it. Settings travel in the environment: fakeDir is where the
// record goes, fakeFail the kubectl call that fails, fakePassword the file with what aws prints.
const (
	fakeDir      = "FAKE_DIR"
	fakeFail     = "FAKE_FAIL"
	fakePassword = "FAKE_PASSWORD"
	fakePath     = "FAKE_PATH"
	fakeKubectl  = "FAKE_KUBECTL"
)

// kubectlPackage is built from the repository's tools module where no kubectl is installed.
const kubectlPackage = "conductor-registry/tools/kubectl"

// played is what the fake kubectl answers by itself to a call, by its first two words.
var played = map[string]string{
	"get namespace":       "namespace/conductor\n",
	"create namespace":    "namespace/conductor created\n",
	"apply --server-side": "secret/pull serverside-applied\n",
}

func TestMain(m *testing.M) {
	name := filepath.Base(os.Args[0])
	if os.Getenv(fakeDir) == "" || strings.HasSuffix(name, ".test") {
		os.Exit(m.Run())
	}
	os.Exit(fake(name))
}

// call is one program that a script started.
type call struct {
	Name  string
	Args  []string
	Env   []string
	Stdin string
}

// fake is the main function of a program in the scripts' PATH.
func fake(name string) int {
	c := call{Name: name, Args: os.Args[1:], Env: os.Environ()}
	var input []byte
	if name == "kubectl" || encrypts(name) {
		if slices.ContainsFunc(c.Args, readsInput) || encrypts(name) {
			input, _ = io.ReadAll(os.Stdin)
		}
		c.Stdin = string(input)
	}
	record(c)
	words := strings.Join(c.Args[:min(2, len(c.Args))], " ")
	if fail := os.Getenv(fakeFail); fail != "" && slices.Contains(strings.Split(fail, ","), words) {
		fmt.Fprintln(os.Stderr, "Error from server (Forbidden): "+words)
		return 1
	}
	switch {
	case name == "aws":
		b, err := os.ReadFile(os.Getenv(fakePassword))
		_, failed := os.Stdout.Write(b)
		if err != nil || failed != nil {
			return 1
		}
		return 0
	case encrypts(name):
		fmt.Printf("encrypted by %s\n", name)
		return 0
	case name == "kubectl" && (words == "create secret" || words == "label --local"):
		cmd := exec.Command(os.Getenv(fakeKubectl), c.Args...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), os.Stdout, os.Stderr
		cmd.Env = append(os.Environ(), "PATH="+os.Getenv(fakePath))
		if cmd.Run() != nil {
			return 1
		}
		return 0
	case name == "kubectl":
		fmt.Print(played[words])
		return 0
	}
	return become(name)
}

// encrypts tells whether the program makes of a secret what may be kept in git.
func encrypts(name string) bool { return name == "kubeseal" || name == "sops" }

// readsInput tells whether an argument makes kubectl read its standard input.
func readsInput(arg string) bool {
	return arg == "-f" || arg == "--filename=-" || arg == "--filename" || arg == "--from-file=.dockerconfigjson=/dev/stdin"
}

// become is the real program of that name.
func become(name string) int {
	for _, dir := range filepath.SplitList(os.Getenv(fakePath)) {
		if path := filepath.Join(dir, name); syscall.Access(path, 1) == nil {
			fmt.Fprintln(os.Stderr, syscall.Exec(path, append([]string{name}, os.Args[1:]...), os.Environ()))
		}
	}
	return 127
}

// record writes c to a file of its own, so that programs of one pipe do not mix.
func record(c call) {
	b, err := json.Marshal(c)
	if err == nil {
		err = os.WriteFile(filepath.Join(os.Getenv(fakeDir), fmt.Sprintf("%s-%d.call", c.Name, os.Getpid())), b, 0o600)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "fake:", err)
	}
}

// realKubectl is the kubectl that builds the secrets: $KUBECTL, the one in PATH, or one built for the tests.
var realKubectl = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("KUBECTL"); path != "" {
		return path, nil
	}
	if path, err := exec.LookPath("kubectl"); err == nil {
		return path, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	path := filepath.Join(cache, "conductor-registry-tools", "kubectl")
	out, err := exec.Command("go", "build", "-C", "../../tools", "-o", path, kubectlPackage).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("no kubectl: set KUBECTL to one, for example KUBECTL=/usr/bin/kubectl: %w\n%s", err, out)
	}
	return path, nil
})
