package secret

import "strings"

// ending is what becomes of the secret that a script has made.
type ending struct {
	header, finish string   // the pieces
	programs       []string // that it needs beside kubectl
	locals         []string // shell variables that hold the secret
	about          []string // what to know before it runs: lines of a comment
	suffix         string   // of the file that the output goes to
}

func applied() ending { return ending{header: headerKubectlSH, finish: applySH} }

func sealed() ending {
	return ending{
		header: headerEncryptedSH, finish: sealSH, programs: []string{"kubeseal"},
		suffix: "sealed",
		about: []string{
			"Only the controller in the cluster can open it, under this name and in this namespace (strict scope).",
			"kubeseal asks the cluster for the controller's certificate; SEALED_SECRETS_CERT=cert.pem does without.",
		},
	}
}

func encrypted() ending {
	return ending{
		header: headerEncryptedSH, finish: sopsSH, programs: []string{"sops"}, locals: []string{"secrets"},
		suffix: "sops",
		about: []string{
			"Who has the key can open it: Flux does by itself, Argo CD and Helm with a plugin. sops, 3.9 or newer,",
			"takes the key from .sops.yaml, or from SOPS_AGE_RECIPIENTS, SOPS_KMS_ARN and their like.",
		},
	}
}

// SealedSecret is a script that prints the secret as Sealed Secrets encrypts it
// (github.com/bitnami-labs/sealed-secrets). The error says why there is none.
func SealedSecret(r Request) (string, error) { return encryptedScript(r, sealed()) }

// SOPS is a script that prints the secret as SOPS encrypts it (getsops.io). The error says why there is none.
func SOPS(r Request) (string, error) { return encryptedScript(r, encrypted()) }

func encryptedScript(r Request, end ending) (string, error) {
	if err := r.onlyScript(); err != nil {
		return "", err
	}
	r.FileName = strings.Replace(r.FileName, "pull-secret", end.suffix+"-secret", 1)
	return script(r, end), nil
}

// output is the file that the script's output goes to.
func (e ending) output(r Request) string { return r.Name + "." + e.suffix + ".yaml" }

// comment is the lines, each behind the mark.
func comment(mark string, lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(strings.TrimRight(mark+oneLine(line), " ") + "\n")
	}
	return b.String()
}

// instead is a comment on how nodes can pull without the secret where that is better, with an empty line before it; ""
// is the usual case. Lines that begin with a blank are commands.
func instead(r Request) string {
	const mark = "# "
	var lines []string
	for _, l := range r.Logins {
		for _, line := range l.Instead {
			indent := ""
			if strings.HasPrefix(line, " ") {
				indent = "  "
			}
			lines = append(lines, mark+indent+oneLine(line))
		}
	}
	if len(lines) == 0 {
		return ""
	}
	return "#\n" + strings.Join(lines, "\n") + "\n"
}
