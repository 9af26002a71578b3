package files

// Snapshot is a folder in which each file is read once, so that all that is made from a file is made from the same bytes.
type Snapshot struct {
	of   Folder
	read map[string]reading
}

type reading struct {
	data []byte
	err  error
}

// NewSnapshot returns a folder, which need not exist yet.
func NewSnapshot(folder string) *Snapshot {
	return &Snapshot{Folder(folder), map[string]reading{}}
}

// Folder returns the folder as the user named it.
func (s *Snapshot) Folder() string { return s.of.Folder() }

// Path returns the path of a file in the folder, as the user would name it.
func (s *Snapshot) Path(name string) string { return s.of.Path(name) }

// Read returns the content that a file had when it was first read; nil without an error when it did not exist.
func (s *Snapshot) Read(name string) ([]byte, error) {
	known, ok := s.read[name]
	if !ok {
		known.data, known.err = s.of.Read(name)
		s.read[name] = known
	}
	return known.data, known.err
}
