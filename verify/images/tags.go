package images

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"conductor-registry/model"
)

// maxTags is how many tags are asked for; ECR takes no more.
const maxTags = 1000

// narrow finds out whether it is the tag or the repository that is not there: some registries give the same code for
// both. A tag that is there and looks like the one that was asked for is worth a word.
func (t *try) narrow(ctx context.Context, v *verdict) {
	path := fmt.Sprintf("/v2/%s/tags/list?n=%d", t.ref.Context().RepositoryStr(), maxTags)
	answer, err := t.request(ctx, http.MethodGet, path)
	if err != nil {
		if refused, ok := errors.AsType[*transport.Error](err); ok && refused.StatusCode == http.StatusNotFound {
			v.id, v.said = repositoryUnknown, ""
		} else {
			v.id = imageNotFound
		}
		return
	}
	defer func() { _ = answer.Body.Close() }()
	var list struct{ Tags []string }
	if err := json.NewDecoder(io.LimitReader(answer.Body, maxManifest)).Decode(&list); err != nil {
		v.id = imageNotFound
		return
	}
	if near := model.Nearest(t.ref.Identifier(), list.Tags); near != "" {
		v.near = "; there is a tag " + tame(near)
	}
}
