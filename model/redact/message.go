package redact

// AddMessage adds the secrets of a text that a program wrote, such as an event of a cluster: logins, and what is secret by
// its form. Unlike in a values file, what follows "token:" in such a text is a sentence and not a secret.
func (k *Known) AddMessage(text string) {
	s := newScan([]byte(text))
	s.isCertain = true
	s.shapes()
	for _, line := range splitLines(s.data, 0, len(s.data)) {
		s.urls(line)
		s.logins(line)
	}
	k.add(s)
}
