package redact

// AddMessage adds the secrets of a text that a program wrote, such as an event of a cluster: logins, and what is secret by
// its shape. The word behind "token:" in it is a sentence.
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
