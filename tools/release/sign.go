package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/ProtonMail/go-crypto/openpgp"
	"helm.sh/helm/v4/pkg/provenance"
)

// sign signs the files of a release with the OpenPGP key in SIGNING_KEY_FILE, an armored private key, whose passphrase is
// in SIGNING_KEY_PASSPHRASE: checksums.txt, and with Helm's provenance files its plugins.
func sign(out string) error {
	key, err := signingKey(os.Getenv("SIGNING_KEY_FILE"), os.Getenv("SIGNING_KEY_PASSPHRASE"))
	if err != nil {
		return err
	}
	plugins, err := filepath.Glob(filepath.Join(out, "helm", "*.tgz"))
	if err != nil {
		return err
	}
	for _, plugin := range plugins {
		if err := writeProvenance(plugin, key); err != nil {
			return fmt.Errorf("%s: %w", plugin, err)
		}
	}
	sums, err := os.ReadFile(filepath.Join(out, "checksums.txt"))
	if err != nil {
		return err
	}
	var signature bytes.Buffer
	if err := openpgp.ArmoredDetachSign(&signature, key, bytes.NewReader(sums), nil); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "checksums.txt.asc"), append(signature.Bytes(), '\n'), 0o644)
}

// signingKey returns the key of a file, decrypted.
func signingKey(name, passphrase string) (*openpgp.Entity, error) {
	if name == "" {
		return nil, errors.New("SIGNING_KEY_FILE is not set\n  hint: gpg --armor --export-secret-keys ID >release.key")
	}
	in, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	keys, err := openpgp.ReadArmoredKeyRing(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(keys) != 1 || keys[0].PrivateKey == nil {
		return nil, fmt.Errorf("%s: must contain one private key", name)
	}
	if keys[0].PrivateKey.Encrypted {
		if err := keys[0].DecryptPrivateKeys([]byte(passphrase)); err != nil {
			return nil, fmt.Errorf("%s: SIGNING_KEY_PASSPHRASE does not decrypt the key: %w", name, err)
		}
	}
	return keys[0], nil
}

// writeProvenance writes the provenance file of a Helm plugin, which helm plugin install verifies.
func writeProvenance(plugin string, key *openpgp.Entity) error {
	data, err := os.ReadFile(plugin)
	if err != nil {
		return err
	}
	metadata, err := fileOfTar(data, program+"/plugin.yaml")
	if err != nil {
		return err
	}
	text, err := (&provenance.Signatory{Entity: key}).ClearSign(data, filepath.Base(plugin), metadata)
	if err != nil {
		return err
	}
	return os.WriteFile(plugin+".prov", []byte(text), 0o644)
}

// fileOfTar returns a file of a .tar.gz.
func fileOfTar(data []byte, name string) ([]byte, error) {
	unpacked, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	archive := tar.NewReader(unpacked)
	for {
		header, err := archive.Next()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if header.Name == name {
			return io.ReadAll(archive)
		}
	}
}
