package cli

import (
	"crypto/x509"
	"errors"
	"slices"
	"strings"
	"time"

	"conductor-registry/model"
	"conductor-registry/model/secret"
	"conductor-registry/verify/images"
)

// registryFlags say which credentials to use and how to reach a registry.
type registryFlags struct {
	dockerConfig, username, registry, caFile string
	passwordStdin, insecure                  bool
	timeout                                  time.Duration
	isCopy                                   bool // the time is not limited by default
}

const (
	defaultTimeout     = 30 * time.Second
	credentialsSection = "Credentials (default: the docker config of this machine)"
)

func (f *registryFlags) add(c *command) {
	flags := c.Flags()
	flags.StringVar(&f.dockerConfig, "dockerconfigjson", "",
		"`FILE` with the content of the pull secret's .dockerconfigjson; - is standard input")
	flags.StringVar(&f.username, "username", "", "user `NAME`, with --password-stdin")
	flags.BoolVar(&f.passwordStdin, "password-stdin", false, "read the password from standard input")
	flags.StringVar(&f.registry, "registry", "",
		"`HOST` that the credentials are for, if the images come from several")
	inSection(flags, credentialsSection,
		"dockerconfigjson", "username", "password-stdin", "registry")
	flags.StringVar(&f.caFile, "ca-file", "", "PEM `FILE` with CA certificates to trust, besides the system's")
	flags.BoolVar(&f.insecure, "insecure", false, "accept unknown certificates and plain HTTP")
	usual := defaultTimeout
	if f.isCopy {
		usual = 0
	}
	flags.DurationVar(&f.timeout, "timeout", usual, "maximum time for all requests")
	inSection(flags, "Network (proxies come from HTTPS_PROXY and NO_PROXY)", "ca-file", "insecure", "timeout")
	_ = c.MarkFlagFilename("dockerconfigjson", "json")
	_ = c.MarkFlagFilename("ca-file", "pem", "crt")
}

// check refuses flags that cannot be combined. InputTaken reports whether something else is read from standard input.
func (f *registryFlags) check(c *command, inputTaken bool) error {
	if err := c.exclude("dockerconfigjson", "username"); err != nil {
		return err
	}
	if err := c.refuseEmpty("username"); err != nil {
		return err
	}
	switch {
	case c.changed("username") && !f.passwordStdin:
		return usage("--username needs --password-stdin: other users of this machine can see a password on the command line")
	case f.passwordStdin && !c.changed("username"):
		return usage("--password-stdin needs --username NAME")
	case c.changed("registry") && !c.changed("username"):
		return usage("--registry needs --username")
	case inputTaken && (f.passwordStdin || f.dockerConfig == "-"):
		return errInputTwice()
	case f.timeout <= 0 && (!f.isCopy || c.changed("timeout")):
		return usage("--timeout %s: must be positive, for example 30s", f.timeout)
	}
	return nil
}

func errInputTwice() error {
	return usage("standard input can be read only once: give a file for one of the two")
}

// credential returns the credentials for images, and the problems of a pull secret that no kubelet could use.
func (f *registryFlags) credential(c *command, refs []string) (images.Credential, model.Problems, error) {
	if c.changed("dockerconfigjson") {
		data, err := c.streams.read(f.dockerConfig)
		if err != nil {
			return images.Credential{}, nil, err
		}
		found, problems := images.PullSecret(f.dockerConfig, data)
		return found, problems, nil
	}
	if f.username == "" {
		return images.DockerConfig(), nil, nil
	}
	key, err := f.key(refs)
	if err != nil {
		return images.Credential{}, nil, err
	}
	data, err := readFile("-", c.streams.In)
	if err != nil {
		return images.Credential{}, nil, err
	}
	login, err := passwordLogin(c, "--password-stdin", key, f.username, string(data))
	return login, nil, err
}

// passwordLogin returns the login with a password that a flag reads from standard input, with or without a line end.
func passwordLogin(c *command, flag, key, username, text string) (images.Credential, error) {
	password := strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	if password == "" {
		return images.Credential{}, usage("%s: standard input is empty", flag)
	}
	c.streams.known.AddSecret(password)
	return images.Login(key, username, password), nil
}

// key returns the auths key that the credentials are for. A password is sent to one registry only.
func (f *registryFlags) key(refs []string) (string, error) {
	var keys []string
	for _, image := range refs {
		if key := secret.KeyFor(image); key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	switch {
	case f.registry == "docker.io":
		return secret.DockerHubKey, nil
	case f.registry != "":
		return f.registry, nil
	case len(keys) > 1:
		return "", usage(
			"the credentials are for one registry, and the images come from %s\n"+
				"hint: --registry HOST names the one the credentials are for; "+
				"--dockerconfigjson takes credentials for both",
			strings.Join(keys, " and "),
		)
	}
	return strings.Join(keys, ""), nil
}

// options returns how to reach the registry.
func (f *registryFlags) options() (images.Options, error) {
	o := images.Options{Insecure: f.insecure}
	if f.caFile == "" {
		return o, nil
	}
	data, err := readFile(f.caFile, nil)
	if err != nil {
		return o, err
	}
	if o.RootCAs, err = x509.SystemCertPool(); err != nil {
		o.RootCAs = x509.NewCertPool()
	}
	if !o.RootCAs.AppendCertsFromPEM(data) {
		return o, errors.New(f.caFile + ": no PEM certificate found")
	}
	return o, nil
}
