package program

import (
	"errors"
	"io/fs"
	"net/url"
)

// Reason returns an error without the file name or URL that it repeats: the message around it has the name, and a URL
// can contain a signature.
func Reason(err error) error {
	if file, ok := errors.AsType[*fs.PathError](err); ok {
		return file.Err
	}
	if request, ok := errors.AsType[*url.Error](err); ok {
		return request.Err
	}
	return err
}
