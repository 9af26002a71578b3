// Program kubelet answers which credentials of a pull secret a kubelet tries for an image, with the kubelet's own
// package, for the tests that compare package secret with it. It reads a question a line on standard input and writes
// an answer a line; it must never grow rules of its own.
package main

import (
	"bufio"
	"encoding/json"
	"os"

	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/credentialprovider"
	credentialsecrets "k8s.io/kubernetes/pkg/credentialprovider/secrets"
)

// question is the data of a pull secret, and an image name without tag and digest.
type question struct {
	Type  string
	Data  []byte
	Image string
}

// answer holds the user names and passwords in the order in which the kubelet tries them.
type answer struct {
	Error string      `json:",omitempty"`
	Tried [][2]string `json:",omitempty"`
}

func main() {
	in, out := bufio.NewScanner(os.Stdin), json.NewEncoder(os.Stdout)
	in.Buffer(nil, 1<<24)
	for in.Scan() {
		var q question
		if err := json.Unmarshal(in.Bytes(), &q); err != nil {
			panic(err)
		}
		if err := out.Encode(ask(q)); err != nil {
			panic(err)
		}
	}
}

func ask(q question) answer {
	key := v1.DockerConfigJsonKey
	if q.Type == string(v1.SecretTypeDockercfg) {
		key = v1.DockerConfigKey
	}
	secret := v1.Secret{Type: v1.SecretType(q.Type), Data: map[string][]byte{key: q.Data}}
	keyring, err := credentialsecrets.MakeDockerKeyring([]v1.Secret{secret}, &credentialprovider.BasicDockerKeyring{})
	if err != nil {
		return answer{Error: err.Error()}
	}
	found, _ := keyring.Lookup(q.Image)
	var a answer
	for _, c := range found {
		a.Tried = append(a.Tried, [2]string{c.Username, c.Password})
	}
	return a
}
