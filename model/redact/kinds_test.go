package redact_test

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"conductor-registry/model/redact"
)

const canary = "Zq7kWv9RtLm4Xp"

// TestKindsOfSecrets tries the ways in which programs are given secrets: the canary and what it is encoded as never survive.
func TestKindsOfSecrets(t *testing.T) {
	encode := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	const notYAML = "a: [\n"
	for _, text := range []string{
		utf16Text(binary.LittleEndian, "registry: 'u:CANARY@r.io'\n"),
		utf16Text(binary.BigEndian, "# ä\npassword: CANARY\nname: CANARY\n"),
		"registry: !!binary " + encode("u:"+canary+"@r.io") + "\nname: CANARY\n",
		"password: !!binary " + encode(canary) + "\nname: CANARY\n",
		"password: !!binary |\n  " + encode(canary)[:8] + "\n  " + encode(canary)[8:] + "\nname: CANARY\n",
		"auth: " + encode("u:"+canary) + "\nname: CANARY\n",
		"global: {image: {tag: \"password=CANARY\"}}\nname: CANARY\n",
		"host: '{\"auths\":{\"r.io\":{\"username\":\"u\",\"password\":\"CANARY\"}}}'\nname: LOWER\n",
		"host: \"{\\\"password\\\": \\\"CANARY\\\"}\"\nname: CANARY\n",
		"imageCredentials: {password: CANARY}\nserver: *CANARY\n",
		notYAML + "password: |\n  ABCDEFGS==CANARY\n  CANARY=x\n  CANARY: x\n  # CANARY\n",
		notYAML + "password: &a |- # x\n  x=CANARY\n",
		notYAML + "password: \"x\n  y=CANARY\n  z: CANARY\"\n",
		notYAML + "password: {x: [\nCANARY: 1\n}, CANARY: 2\n}\n",
		"password:\n  CANARY: 1\n",
		"imageCredentials:\n  CANARY:\n",
		"imageCredentials:\n  hunter.CANARY: {x: y}\n",
		"imageCredentials: {\nfoo: CANARY,\n",
		notYAML + "imageCredentials: {registry: r.io, password: CANARY}\nserver: {foo: CANARY}\n",
		notYAML + "- name: DB_PASSWORD\n  value: CANARY\n- {name: X_TOKEN, value: CANARY}\n",
		notYAML + "kind: Secret\nstringData:\n  foo: CANARY\n  CANARY: x\n",
		"args: [\"--password\", \"CANARY\"]\n",
		"args:\n- --db-password\n- CANARY\n",
		"args: [mysql, -u, root, -pCANARY]\n",
		"args: [docker, login, -p, CANARY, r.io]\n",
		"run: x --host db --password CANARY --token CANARY\nname: CANARY\n",
		"args: [--host, db, --password, \"${P}\", --token, CANARY]\n",
		"args: [redis-cli, -a, \"CANARY\"]\n",
		"args: [curl, --user, \"u:CANARY\", \"https://h.example.com\"]\n",
		notYAML + "args: [\"--password\", \"CANARY\"]\nb: [\"docker\", \"login\", \"-p\", \"CANARY\"]\n",
		"run: curl -s -u user:CANARY https://h.example.com\n",
		"run: |\n  set -e\n  mysql -h db -pCANARY x\n",
		"run: echo CANARY | docker login --password-stdin -u me r.io\n",
		"run: printf '%s' \"CANARY\" | docker login -u me --password-stdin r.io\n",
		"run: docker login -u me --password-stdin r.io <<< CANARY\n",
		"env: [{Name: DB_PASSWORD, Value: CANARY}]\n",
		"dbpass: CANARY\n", "DBPASS: CANARY\n", "passwd: CANARY\n", "pwd: CANARY\n", "passphrase: CANARY\n", "userPass: CANARY\n",
		"x: |\n  env:\n  - name: DB_PASSWORD\n    value: CANARY\n",
		"x: |\n  kind: Secret\n  stringData:\n    foo: CANARY\n",
		"x: |\n  a: b\n  ---\n  kind: Secret\n  data:\n    foo: CANARY\n",
		"x: \"kind: Secret\\ndata:\\n  foo: CANARY\\n\"\n",
		"x: |\n  y: |\n    customImagePullSecrets: {registries: [{foo: CANARY}]}\n",
		"url: https://a.blob.core.windows.net/c?sv=2020&sig=CANARY&se=1\n",
		"url: jdbc:oracle:thin:scott/tiger@h:1521\nx: scott/CANARY@h\n",
		"x: |\n  -----BEGIN PGP PRIVATE KEY BLOCK-----\n  CANARY\n  -----END PGP PRIVATE KEY BLOCK-----\n",
		"password: CANARY\nx: " + encode(canary+"\n") + "\n",
		"? {password: CANARY}\n: x\n",
		"? [{name: X_TOKEN, value: CANARY}]\n: x\n",
		"registry: CANARY@r.io\n", "image: CANARY@r.io/acme/server:1\n", "x: CANARY@r.io\n",
		"registry: u%3ACANARY%40r.io\n", "x: https://u%3aCANARY@r.io\n",
		"username: 'u:CANARY'\n",
		"password: $ecretCANARY\nname: $ecretCANARY\n",
	} {
		text = strings.NewReplacer("CANARY", canary, "LOWER", strings.ToLower(canary)).Replace(text)
		out := strings.ToLower(string(redact.Values([]byte(text))))
		for _, spelling := range []string{canary, encode(canary)[:8], encode("u:" + canary)[:12], "tiger"} {
			if strings.Contains(strings.ReplaceAll(out, "\x00", ""), strings.ToLower(spelling)) {
				t.Errorf("%s\nis shown as\n%s", text, out)
			}
		}
	}
}

func utf16Text(order binary.AppendByteOrder, text string) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		out = order.AppendUint16(out, unit)
	}
	return string(out)
}

// TestLikeSecretsButShown holds what looks like the kinds of secrets, and is not one, to its bytes.
func TestLikeSecretsButShown(t *testing.T) {
	for _, text := range []string{
		"compass: north1\nbypass: a-b1\ntrespass: abc123\nencompass: x1y2z3\n",
		"password: ${DB_PASSWORD}\ntoken: '{{ .Values.token }}'\napiKey: $(API_KEY)\n",
		"env: [{Name: DB_HOST, Value: db1}, {name: LEVEL, value: debug1}]\n",
		"args: [--port, \"8080\", --password-file, /run/secrets/p1, --token-path, /x1]\n",
		"args: [\"--password\", \"--host\", \"db1\"]\n",
		"args: [docker, run, -p, \"8080:80\", -u, \"1000:1000\", \"r.io/acme/server:5.2\"]\n",
		"run: echo $TOKEN | docker login --password-stdin -u me r.io\n",
		"run: echo \"${TOKEN}\" | docker login --password-stdin\n",
		"run: docker login -u me -p $TOKEN r.io\nother: curl -u $LOGIN https://h.example.com\n",
		"run: mysql -h db -P 3306 -u root conductor1\n",
		"run: echo hello1 | grep h\n",
		"x: |\n  kind: ConfigMap\n  data:\n    foo: shown1\n",
		"x: |\n  env:\n  - name: DB_HOST\n    value: db1.example.com\n",
		"x: '{\"auths\": {\"r.io\": {\"username\": \"me\"}}}'\n",
		"repository: git@github.com:acme/server.git\nregistry: r.io:5000\nmail: me.and.you@example.com\n",
		"image: acme/server2@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03\nuses: actions/checkout@v4\n",
		"url: https://h.example.com/a%3Ab?q=1%202\n",
		"username: me\nuser: \"1000:1000\"\nsubject: {username: \"system:serviceaccount:x:y\"}\n",
		"# {a: b}\nauth:\n  enabled: true\n  existingSecret: db1\n",
		"x: !!binary aGVsbG8gd29ybGQ=\n? [a, b]\n: c\n",
		"a: [\nserver:\n  image: {tag: 5.2}\n  name: x1\n  value: y1\n",
	} {
		if out := string(redact.Values([]byte(text))); out != text {
			t.Errorf("%s\nis shown as\n%s", text, out)
		}
	}
}

// TestShownBesideSecrets holds keys and values around secrets to their bytes.
func TestShownBesideSecrets(t *testing.T) {
	for text, shown := range map[string]string{
		"args: [\"--password\", \"S3CRET\", \"--host\", \"db\"]\n":    "args: [\"--password\", ******, \"--host\", \"db\"]\n",
		"args: [mysql, -pS3CRET, -h, db]\n":                           "args: [mysql, -p******, -h, db]\n",
		"run: curl -u user:S3CRET https://h.example.com/a\n":          "run: curl -u user:****** https://h.example.com/a\n",
		"registry: S3CRET@r.io\nusername: 'u:S3CRET'\n":               "registry: ******@r.io\nusername: 'u:******'\n",
		"imageCredentials:\n  usernam: me\n  registry: r.io\n":        "imageCredentials:\n  usernam: ******\n  registry: r.io\n",
		"auth:\n  database: x1y2\n  rootPassword: abc\n":              "auth:\n  database: ******\n  rootPassword: ******\n",
		"a: [\npassword: |\n  x\nb: shown\n":                          "a: [\npassword: |\n  ******\nb: shown\n",
		"imageCredentials: {\nfoo: S3CRET,\n}\nserver: {tag: 5}\n[":   "imageCredentials: {\n******\n}\nserver: {tag: 5}\n[",
		"x: |\n  kind: Secret\n  data:\n    foo: S3CRET\n  type: y\n": "x: |\n  kind: Secret\n  data:\n    foo: ******\n  type: y\n",
	} {
		if out := string(redact.Values([]byte(text))); out != shown {
			t.Errorf("%s\nis shown as\n%s", text, out)
		}
	}
}

// A line with many keys is read in a short time.
func TestLongLine(t *testing.T) {
	long := strings.Repeat("password: x1Y2z3, ", 2000)
	for _, text := range []string{"a: '" + long + "'\n", "a: [\n" + long, "a: '" + strings.Repeat("--token x1Y2 ", 2000) + "'\n"} {
		if out := string(redact.Values([]byte(text))); strings.Contains(out, "x1Y2") {
			t.Errorf("%.200s", out)
		}
	}
}
