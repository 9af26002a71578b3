package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

const passphrase = "open sesame"

// newKey writes an encrypted private key, and a keyring with its public half.
func newKey(t *testing.T) (private, keyring string) {
	t.Helper()
	key, err := openpgp.NewEntity("Example", "", "release@example.com", &packet.Config{RSABits: 2048})
	if err != nil {
		t.Fatal(err)
	}
	var public, secret bytes.Buffer
	if err := key.Serialize(&public); err != nil {
		t.Fatal(err)
	}
	if err := key.EncryptPrivateKeys([]byte(passphrase), nil); err != nil {
		t.Fatal(err)
	}
	w, err := armor.Encode(&secret, openpgp.PrivateKeyType, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := firstError(key.SerializePrivateWithoutSigning(w, nil), w.Close()); err != nil {
		t.Fatal(err)
	}
	private, keyring = filepath.Join(t.TempDir(), "release.key"), filepath.Join(t.TempDir(), "pubring.gpg")
	for name, data := range map[string][]byte{private: secret.Bytes(), keyring: public.Bytes()} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return private, keyring
}

// gpg verifies the signature of the checksums, and helm 4 the plugin's provenance. Both refuse a changed file.
func TestSignatures(t *testing.T) {
	plugin := releasedIn(t, "helm", "-"+os.Getenv("PLATFORM")+".tgz")
	folder := t.TempDir()
	copied := filepath.Join(folder, "helm", filepath.Base(plugin))
	sums := filepath.Join(folder, "checksums.txt")
	if err := os.Mkdir(filepath.Join(folder, "helm"), 0o755); err != nil {
		t.Fatal(err)
	}
	for to, from := range map[string]string{copied: plugin, sums: filepath.Join(os.Getenv("RELEASE"), "checksums.txt")} {
		if err := os.WriteFile(to, read(t, from), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	private, keyring := newKey(t)
	t.Setenv("SIGNING_KEY_FILE", private)
	t.Setenv("SIGNING_KEY_PASSPHRASE", "wrong")
	if err := sign(folder); err == nil || !strings.Contains(err.Error(), "SIGNING_KEY_PASSPHRASE") {
		t.Errorf("wrong passphrase: %v", err)
	}
	t.Setenv("SIGNING_KEY_PASSPHRASE", passphrase)
	if err := sign(folder); err != nil {
		t.Fatal(err)
	}
	keys, err := openpgp.ReadKeyRing(bytes.NewReader(read(t, keyring)))
	if err != nil {
		t.Fatal(err)
	}
	signature := bytes.NewReader(read(t, sums+".asc"))
	if _, err := openpgp.CheckArmoredDetachedSignature(keys, bytes.NewReader(read(t, sums)), signature, nil); err != nil {
		t.Error(err)
	}
	if out, err := install(t, copied, keyring); err != nil {
		t.Errorf("helm: %v: %s", err, out)
	}
	if err := os.WriteFile(copied, append(read(t, copied), 0), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := install(t, copied, keyring); err == nil || !strings.Contains(out, "verif") {
		t.Errorf("helm installs a changed plugin: %v: %s", err, out)
	}
	if gpg, err := exec.LookPath("gpg"); err != nil {
		t.Log("gpg is not installed: it does not verify the checksums")
	} else if out, err := exec.Command(gpg, "--homedir", t.TempDir(), "--no-default-keyring", "--keyring", keyring,
		"--trust-model", "always", "--verify", sums+".asc", sums).CombinedOutput(); err != nil {
		t.Errorf("gpg: %v: %s", err, out)
	}
}

// install installs a plugin with helm 4, into a new folder.
func install(t *testing.T, plugin, keyring string) (string, error) {
	t.Helper()
	home := t.TempDir()
	cmd := exec.Command(os.Getenv("HELM4"), "plugin", "install", "--keyring", keyring, plugin)
	cmd.Env = append(os.Environ(), "HELM_DATA_HOME="+home+"/data", "HELM_CACHE_HOME="+home+"/cache", "HELM_CONFIG_HOME="+home)
	out, err := cmd.CombinedOutput()
	return string(out), err
}
