package secret

import (
	"strings"
	"testing"
)

// The logins of the presets, as the plan would give them.
var (
	acr = Login{AuthKey: "myacr.azurecr.io", Title: "Azure Container Registry",
		UsernameHelp: "service principal's application id, or the token's name", PasswordHelp: "its client secret", Lifetime: "1 year"}
	ecr = Login{AuthKey: "123456789012.dkr.ecr.us-east-1.amazonaws.com", Title: "Amazon ECR", Username: "AWS",
		From: Command, Command: "aws ecr get-login-password --region us-east-1", Lifetime: "12 hours", Expires: true}
	gar = Login{AuthKey: "us-central1-docker.pkg.dev", Title: "Google Artifact Registry", Username: "_json_key_base64",
		From: KeyFile, Encode: Base64, PasswordHelp: "JSON key of a service account"}
	rawKey = Login{AuthKey: "gcr.io", Title: "Google Container Registry", Username: "_json_key", From: KeyFile}
	harbor = Login{AuthKey: "harbor.example.com:8443", Title: "Harbor", Username: "robot$ci+puller", From: Prompt,
		PasswordHelp: "the robot's token"}
	hub = Login{AuthKey: "https://index.docker.io/v1/", Title: "Docker Hub", UsernameHelp: "Docker ID",
		PasswordHelp: "access token", Anonymous: true}
)

// request is one for these logins, each with a prefix when there are several.
func request(method string, logins ...Login) Request {
	if len(logins) == 2 {
		logins[0].Prefix, logins[1].Prefix = "SERVER_", "WORKERS_"
	}
	return Request{Name: "pull", Namespaces: []string{"conductor"}, Method: method, Logins: logins,
		FileName: "pull-secret.sh", ValuesFile: "values.yaml", Chart: "./orkes-conductor"}
}

// nasty are passwords that a careless script breaks or shows. Each holds "s3cret", which must be found nowhere.
var nasty = map[string]string{
	"plain":           "s3cret",
	"quotes":          `"s3cret'`,
	"dollar":          "$s3cret${HOME}$(id)`id`$$",
	"backslash":       `s3cret\n\\t\`,
	"newline":         "s3cret\nsecond\n\nlast",
	"last newline":    "s3cret\n",
	"first newline":   "\ns3cret",
	"utf-8":           "s3cret-pässwörd-密码-🔑",
	"option":          "-n s3cret",
	"double dash":     "--s3cret",
	"format":          "%s3cret%s%d%%",
	"blanks":          "  s3cret  two ",
	"tab":             "\ts3cret\t",
	"glob":            "*s3cret?[a-z]~",
	"colon":           "s3cret:more:",
	"braces":          "{{s3cret}}#!&;|<>(",
	"line separators": "s3cret\r\n\u0085\u2028\u2029.",
	"yaml":            "s3cret: |-\n  # no",
	"key":             jsonKey,
}

// jsonKey looks like a Google service account key: about 2 kB of JSON with escapes and line breaks.
var jsonKey = "{\n  \"type\": \"service_account\",\n  \"private_key\": \"-----BEGIN PRIVATE KEY-----\\n" +
	strings.Repeat("s3cretMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\\n", 32) +
	"-----END PRIVATE KEY-----\\n\",\n  \"client_email\": \"puller@my-project.iam.gserviceaccount.com\"\n}\n"

// scriptOf returns the text that a format gives for a request.
func scriptOf(t *testing.T, text func(Request) (string, error), r Request) string {
	t.Helper()
	script, err := text(r)
	if err != nil {
		t.Fatal(err)
	}
	return script
}

// docker returns a request whose logins come from docker's configuration.
func docker(t *testing.T, logins ...Login) Request {
	t.Helper()
	r, err := request(Kubectl, logins...).FromDockerConfig()
	if err != nil {
		t.Fatal(err)
	}
	return r
}
