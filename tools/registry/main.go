// Command registry is the registry of the CNCF (distribution), which many others are built on, for tests: with TLS, a
// certificate of its own, images in memory or in a folder, and one user of an htpasswd file. The first line of standard input is
// USER:PASSWORD. It prints its address and its certificate, and ends with its standard input.
package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/distribution/distribution/v3/configuration"
	_ "github.com/distribution/distribution/v3/registry/auth/htpasswd"
	"github.com/distribution/distribution/v3/registry/handlers"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/filesystem"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/inmemory"
	"golang.org/x/crypto/bcrypt"
)

func main() {
	if err := run(bufio.NewReader(os.Stdin)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(in *bufio.Reader) error {
	folder, err := os.MkdirTemp("", "registry-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	users := filepath.Join(folder, "htpasswd")
	if err := letIn(in, users); err != nil {
		return err
	}
	pair, err := certificate()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	config := &configuration.Configuration{
		Storage: storage(),
		Auth:    configuration.Auth{"htpasswd": {"realm": "test", "path": users}},
	}
	config.Log.Level = "error"
	config.HTTP.Secret = "of the test"
	server := &http.Server{Handler: handlers.NewApp(context.Background(), config), TLSConfig: &tls.Config{
		Certificates: []tls.Certificate{pair}}}
	go func() {
		_, _ = io.Copy(io.Discard, in) // until the test ends
		_ = server.Close()
	}()
	fmt.Println(listener.Addr())
	if err := pem.Encode(os.Stdout, &pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]}); err != nil {
		return err
	}
	os.Stdout.Close()
	if err := server.ServeTLS(listener, "", ""); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// storage keeps images in memory, or in the folder of the first argument: memory is slow for layers of many megabytes.
func storage() configuration.Storage {
	if len(os.Args) > 1 {
		return configuration.Storage{"filesystem": configuration.Parameters{"rootdirectory": os.Args[1]}}
	}
	return configuration.Storage{"inmemory": nil}
}

// letIn writes the htpasswd file.
func letIn(in *bufio.Reader, file string) error {
	line, err := in.ReadString('\n')
	if err != nil {
		return err
	}
	user, password, _ := strings.Cut(strings.TrimSpace(line), ":")
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(user+":"+string(hash)+"\n"), 0o600)
}

// certificate is one for 127.0.0.1, signed by itself.
func certificate() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour),
		NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}
