package secret

import "errors"

// Format is one form in which the secret's commands or manifests are written.
type Format struct {
	ID    string // as secret --format names it
	About string // what it is, in a few words
	Text  func(Request) (string, error)
}

// bash is Script, with the error that its script would end with.
func bash(r Request) (string, error) {
	if v := newView(r, applied()); v.Impossible != "" {
		return "", errors.New(v.Impossible)
	}
	return Script(r), nil
}

// Formats are all forms, the usual one first.
func Formats() []Format {
	return []Format{
		{"script", "a script for bash", bash},
		{"oneline", "the familiar kubectl line", OneLine},
		{"powershell", "a script for Windows PowerShell 5.1 and PowerShell 7", PowerShell},
		{"manifest", "a Secret to keep in git, filled in when it is applied", Manifest},
		{"external-secret", "for External Secrets, which renews it", ExternalSecret},
		{"sealed-secret", "a script that prints it for Sealed Secrets", SealedSecret},
		{"sops", "a script that prints it encrypted with SOPS", SOPS},
	}
}
