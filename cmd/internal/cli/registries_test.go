package cli

import (
	"cmp"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"conductor-registry/verify/images/registrytest"
)

// asksRegistries matches the scripts that need registries.
var asksRegistries = regexp.MustCompile("^script-(probe|pin|mirror)")

// canary is the password of those registries. No output may contain it.
var canary = rand.Text()

const robot = "robot$ci"

// moving holds the servers of each script, for move.
var moving sync.Map

// startRegistries runs a registry for each kind of login. The variables OPEN, BASIC, TOKEN, LIMIT and PAGE have the hosts,
// and the folder GIVEN has files for the flags.
func startRegistries(env *testscript.Env) error {
	basic := registrytest.Basic(robot, canary)
	limit := registrytest.Answer("", http.StatusTooManyRequests, http.Header{"Retry-After": {"90"}}, "")
	page := registrytest.Answer("", http.StatusOK, http.Header{"Content-Type": {"text/html"}}, "<html>")
	hosts := map[string]string{}
	var authorities []byte
	for name, doors := range map[string][]registrytest.Middleware{
		"OPEN": nil, "BASIC": {basic}, "TOKEN": {registrytest.Tokens(robot, canary, "team/")}, "LIMIT": {limit}, "PAGE": {page},
	} {
		s, err := registrytest.Start(doors...)
		if err != nil {
			return err
		}
		env.Defer(s.Close)
		env.Setenv(name, s.Host)
		hosts[name] = s.Host
		authorities = append(authorities, s.CA...)
		moving.Store(env.WorkDir+name, s)
	}
	given := filepath.Join(env.WorkDir, "given")
	env.Setenv("GIVEN", given)
	env.Setenv("HOME", given)
	env.Setenv("USERNAME", robot)
	env.Setenv("SERVER", registrytest.ServerDigest)
	env.Setenv("WORKERS", registrytest.WorkersDigest)
	env.Setenv("MOVED", registrytest.MovedDigest)
	auth := base64.StdEncoding.EncodeToString([]byte(robot + ":" + canary))
	wrong := base64.StdEncoding.EncodeToString([]byte(robot + ":" + canary + "x"))
	secret := `{"auths":{"%s":{"auth":"%s"},"%s":{"auth":"%[2]s"}}}`
	if err := os.Mkdir(given, 0o755); err != nil {
		return err
	}
	for name, text := range map[string]string{
		"ca.pem": string(authorities), "password.txt": canary + "\n", "wrong.txt": canary + "x\n",
		"secret.json":    fmt.Sprintf(secret, hosts["BASIC"], auth, hosts["TOKEN"]),
		"wrong.json":     fmt.Sprintf(secret, hosts["BASIC"], wrong, hosts["TOKEN"]),
		"malformed.json": fmt.Sprintf(secret, hosts["BASIC"], auth[:9], hosts["TOKEN"]),
		"store.json":     `{"auths":{},"credsStore":"desktop"}`,
		"secret.base64":  base64.StdEncoding.EncodeToString(fmt.Appendf(nil, secret, hosts["BASIC"], auth, hosts["TOKEN"])),
	} {
		if err := os.WriteFile(filepath.Join(given, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// expand FILE... replaces the script's variables in files.
func expand(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		text := os.Expand(ts.ReadFile(name), ts.Getenv)
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(text), 0o644))
	}
}

// move REGISTRY pushes another build to the tag of the server image.
func move(ts *testscript.TestScript, _ bool, args []string) {
	s, ok := moving.Load(ts.Getenv("WORK") + args[0])
	if !ok {
		ts.Fatalf("there is no registry %s", args)
	}
	server, _ := s.(*registrytest.Server)
	ts.Check(server.Move())
}

// noCanary checks that nothing that was printed or written contains the password of the registries, in any form.
func noCanary(ts *testscript.TestScript) {
	given := ts.Getenv("GIVEN")
	if given == "" {
		return
	}
	texts := map[string]string{"standard output": ts.ReadFile("stdout"), "standard error": ts.ReadFile("stderr")}
	ts.Check(filepath.WalkDir(ts.Getenv("WORK"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || name == given {
			return cmp.Or(err, fs.SkipDir)
		}
		if entry.Type().IsRegular() {
			data, err := os.ReadFile(name)
			texts[name] = string(data)
			return err
		}
		return nil
	}))
	for where, text := range texts {
		for _, form := range []string{canary, base64.StdEncoding.EncodeToString([]byte(canary)),
			base64.StdEncoding.EncodeToString([]byte(robot + ":" + canary))[:20]} {
			if strings.Contains(text, form) {
				ts.Fatalf("the password is in %s: %s", where, text)
			}
		}
	}
}
