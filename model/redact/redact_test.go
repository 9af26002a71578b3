package redact_test

import (
	"strings"
	"testing"

	"conductor-registry/model/redact"
)

// TestSecretsAreMasked tries each way to write a secret: S3CRET and TAIL never survive.
func TestSecretsAreMasked(t *testing.T) {
	for _, text := range []string{
		"imageCredentials:\n  password: S3CRET\n",
		"imageCredentials:\n  password: S3CRET,TAIL\n",
		"imageCredentials:\n  password: S3}CRET\n",
		"imageCredentials: {registry: r.io, password: S3CRET, email: e}\n",
		"imageCredentials: {registry: r.io, \"password\": \"S3CRET TAIL\"}\n",
		"imageCredentials:\n  anything: S3CRET\n  nested: {x: [S3CRET]}\n",
		"imageCredentails:\n  anything: S3CRET\n",
		"imageCredentials: S3CRET\n",
		"imageCredentials:\n- S3CRET\n",
		"imageCredentials.anything: S3CRET\n",
		"imageCredentials:\n  registry: {a: S3CRET}\n",
		"sub:\n  customImagePullSecrets:\n    registries:\n    - registry: r.io\n      username: u\n      other: S3CRET\n",
		"customImagePullSecrets: {registries: [{registry: r, foo: S3CRET}]}\n",
		"postgres:\n  password: &a S3CRET\n",
		"postgres:\n  password: !!str S3CRET\n",
		"postgres:\n  password: !S3CRET\n",
		"postgres:\n  password: &S3CRET\n",
		"postgres:\n  password: #S3CRET\n",
		"postgres:\n  password: a1b2c3 #S3CRET\n",
		"postgres:\n  password: [S3CRET]\n",
		"postgres:\n  password: {S3CRET}\n",
		"postgres:\n  password: {S3CRET: TAIL}\n",
		"postgres:\n  password: *S3CRET\n",
		"postgres:\n  password: |\n    S3CRET\n    # TAIL\n",
		"postgres:\n  password: >-\n\n    S3CRET\n\n    TAIL\n  host: x\n",
		"postgres:\n  password: \"S3CRET\n    TAIL\"\n",
		"postgres:\n  password: 'S3CRET\n# TAIL'\n",
		"postgres:\n  password: S3CRET\n    TAIL\n",
		"postgres:\n  password:\n    S3CRET\n",
		"postgres:\n  pasword: S3CRET\n",
		"postgres:\n  passwrd: S3CRET\n",
		"DB_PASSWORD: S3CRET\n",
		"orkesdbpassword: S3CRET\n",
		"app:\n  jwtSecret: S3CRET\n  secretKey: S3CRET\n  accessToken: S3CRET\n  api_key: S3CRET\n",
		"secret: S3CRET\n",
		"auth: S3CRET\n",
		"url: postgres://u:S3CRET@h/db\n",
		"url: postgres://u:S3/C#RET@TAIL@h/db\n",
		"url: postgres://u:S3CRET TAIL@h/db\n",
		"url: https://S3CRET@github.com/x\n",
		"url: \"postgres:\\/\\/u:S3CRET@h\"\n",
		"url: \"jdbc:postgresql://h/db?user=u&password=S3CRET\"\n",
		"image: u:S3CRET@r.io/x\n",
		"imageCredentials:\n  registry: \"u:S3CRET@host\"\n",
		"imageCredentials:\n  registry: \"u:S3CRET TAIL@host\"\n",
		"env:\n- name: DB_PASSWORD\n  value: S3CRET\n",
		"parameters:\n- name: imageCredentials.foo\n  value: S3CRET\n",
		"extraObjects:\n- kind: Secret\n  stringData:\n    foo: S3CRET\n",
		"a: &x S3CRET\npassword: *x\n",
		"a: &x\n  foo: S3CRET\nimageCredentials: *x\n",
		"a: &x\n  foo: S3CRET\nimageCredentials:\n  <<: *x\n",
		"password: S3CRET\nname: my-S3CRET-x # S3CRET\nS3CRET: a\n",
		"password: S3CRET\nname: \"my-S3\\x43RET-x\"\n",
		"password: postgres1\n# the password is postgres1\n",
		"# password: S3CRET\n",
		"# the password was S3CRET, once\n",
		"#imageCredentials:\n#  password: S3CRET\n",
		"x: ENC[AES256_GCM,data:S3CRET,iv:TAIL]\n",
		"x: eyJhbGciOiJIUzI1NiJ9.S3CRET.TAIL\n",
		"x: dXNlcjpTM0NSRVQ=\n",
		"x: 'Authorization: Bearer S3CRET'\n",
		"tls:\n  key: |\n    -----BEGIN RSA PRIVATE KEY-----\n    S3CRET\n    -----END RSA PRIVATE KEY-----\n",
		"config: |\n  spring.datasource.password=S3CRET\n",
		"config: '{\"auths\": {\"r.io\": {\"auth\": \"S3CRET\"}}}'\n",
		"config: |\n  imageCredentials:\n    foo: S3CRET\n",
		"args: [--db-password, S3CRET, --password=S3CRET, \"--token S3CRET\"]\npassword: S3CRET\n",
		"conductor.env: 'DB_PASSWORD=S3CRET'\n",
		"a: b\n---\npassword: S3CRET\n",
		"a: b\nc: \"\n\npassword: S3CRET,TAIL }\n",
		"a:\n\tb: x\nimageCredentials:\n  foo: S3CRET\n  bar:\n    - S3CRET\n",
		"a: b\n bad\nimageCredentials:\n  password: |\n    S3CRET\n\n    TAIL\n  registry: x\n",
		"a: b\n bad\nurl: postgres://u:S3CRET@h\n# password is S3CRET\n",
		"password:S3CRET\na: b\n",
		"\xff: x\npassword: S3CRET\n",
	} {
		out := string(redact.Values([]byte(text)))
		if strings.Contains(out, "S3CRET") || strings.Contains(out, "TAIL") || strings.Contains(out, "postgres1") ||
			strings.Contains(out, "dXNlcjpTM0NSRVQ") || strings.Contains(out, "CRET") {
			t.Errorf("%s\nis shown as\n%s", text, out)
		}
		if strings.Count(out, "\n") != strings.Count(text, "\n") {
			t.Errorf("%s\nhas other lines:\n%s", text, out)
		}
	}
}

// TestNothingElseIsMasked holds what is not secret to its bytes.
func TestNothingElseIsMasked(t *testing.T) {
	for _, text := range []string{
		"global:\n  image:\n    registry: mycompany.jfrog.io:8443/docker-prod\n    tag: \"5.2.42\" # the tag\n    pullSecrets: [regcred]\n",
		"existingImagePullSecret: jfrog-prod-creds-1\n",
		"image:\n  repository: r.io/acme/server:5.2.42@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03\n",
		"image: oci://ghcr.io/acme/s:5@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03\n",
		"imagePullSecrets:\n- name: a\n- name: b2c3d4\n",
		"imageCredentials:\n  enabled: true\n  registry: https://index.docker.io/v1/\n  username: orkesdocker\n  email: dockeracess@orkes.io\n",
		"customImagePullSecrets:\n  enabled: true\n  name: custom-registry-secret1\n  registries:\n  - {registry: r.io, username: me, email: me@x.io}\n",
		"secrets:\n  type: ssm\n  ssmPath: /a/b\nserviceAccount: {annotations: {eks.amazonaws.com/role-arn: \"arn:aws:iam::111111111111:role/x\"}}\n",
		"env:\n- name: A\n  valueFrom: {secretKeyRef: {name: db, key: pw1}}\n",
		"password: \"\"\ntoken: null\nuseToken: true\n",
		"postgres:\n  url: jdbc:postgresql://db.example.com:5432/conductor?sslmode=require\n  host: db.example.com\n",
		"redis: {host: redis-master, port: 6379}\nmail: me@example.com\n",
		"# see https://docs.example.com/a/@scope/b, or ask me@example.com\na: b # x: y\n",
		"server:\n  image: {repository: orkesio/orkes-conductor-server, tag: 1.2.3}\n  podLabels: {app.kubernetes.io/name: conductor}\n",
		"a: b\n bad yaml\nserver:\n  image:\n    tag: 5.10\nexistingImagePullSecret: regcred\n",
	} {
		if out := string(redact.Values([]byte(text))); out != text {
			t.Errorf("%s\nis shown as\n%s", text, out)
		}
	}
}

func TestText(t *testing.T) {
	for text, shown := range map[string]string{
		"imageCredentials.password=A,B":                 "imageCredentials.password=******",
		"a=b,imageCredentials.password=A,B":             "a=b,imageCredentials.password=******",
		"customImagePullSecrets.registries[0].foo=A":    "customImagePullSecrets.registries[0].foo=******",
		"user:S3CRET@reg.example.com":                   "user:******@reg.example.com",
		"https://user:S3CRET@reg.example.com/v2/":       "https://user:******@reg.example.com/v2/",
		"reg.example.com:5000/a/b:1.2":                  "reg.example.com:5000/a/b:1.2",
		"global.image.tag=5.2.42":                       "global.image.tag=5.2.42",
		"existingImagePullSecret=regcred":               "existingImagePullSecret=regcred",
		"imageCredentials.registry=r.io":                "imageCredentials.registry=r.io",
		"imageCredentials.registry=u:p@r.io":            "imageCredentials.registry=u:******@r.io",
		`imageCredentials={"password":"x"}`:             "imageCredentials=******",
		"https://index.docker.io/v1/":                   "https://index.docker.io/v1/",
		"--set postgres.password=x y":                   "--set postgres.password=******",
		"docker login r.io -u me -p abc":                "docker login r.io -u me -p ******",
		"server.image.repository=r.io/a/b@sha256:abcde": "server.image.repository=r.io/a/b@sha256:abcde",
	} {
		if out := redact.Text(text); out != shown {
			t.Errorf("%q is shown as %q, not %q", text, out, shown)
		}
	}
}

func TestTextAboutFiles(t *testing.T) {
	r := redact.New([]byte("password: S3CRET\n"))
	if out := r.Text("the tag xS3CRETx is mutable"); out != "the tag x******x is mutable" {
		t.Error(out)
	}
}

func TestPair(t *testing.T) {
	old, updated := redact.Pair([]byte("password: old-s3cret\ntoken: same-t0ken\ntag: a\n"),
		[]byte("password: new-s3cret\ntoken: same-t0ken\ntag: b\n"))
	if string(old) != "password: ****** (old)\ntoken: ******\ntag: a\n" || string(updated) != "password: ****** (new)\ntoken: ******\ntag: b\n" {
		t.Errorf("%s\n%s", old, updated)
	}
}

func TestVisible(t *testing.T) {
	for text, shown := range map[string]string{
		"a\x1b[31mb": `a\x1b[31mb`, "a\nb\tc\r": `a\nb\tc\r`, "\u202ex\u2028\u200b": `\u202ex\u2028\u200b`, "\u0085\u009b": `\u0085\u009b`,
		"\xffä": `\xffä`, "日本語 é ü 🙂": "日本語 é ü 🙂", "\U000e0041": `\U000e0041`, `a\b`: `a\b`, "\x7f": `\x7f`, "\ufffd": "\ufffd",
	} {
		if out := redact.Visible(text); out != shown {
			t.Errorf("%q is shown as %s, not %s", text, out, shown)
		}
	}
	if out := redact.VisibleLines("a\n\tb\x1b\r\n"); out != "a\n\tb\\x1b\\r\n" {
		t.Errorf("%q", out)
	}
	if out := string(redact.JSON([]byte("{\"a\":\"\u202e\u009b\U000e0041ä\x7f\"}\n"))); out != `{"a":"\u202e\u009b\udb40\udc41ä\u007f"}`+"\n" {
		t.Error(out)
	}
}
