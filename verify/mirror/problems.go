package mirror

import (
	"context"
	"errors"

	"conductor-registry/model"
)

// problemsOf returns an error as problems without secrets.
func problemsOf(ctx context.Context, err error) model.Problems {
	if problems, ok := errors.AsType[model.Problems](err); ok {
		return problems
	}
	if side, ok := errors.AsType[*sideError](err); ok {
		return model.Problems{side.client.Problem(ctx, err)}
	}
	return model.Problems{{Rule: "copy-failed", Severity: model.Error, Summary: err.Error(),
		Fix: "run the command again: what was copied is skipped"}}
}

func digestChanged(want, has string) model.Problem {
	return model.Problem{Rule: "digest-changed", Severity: model.Error,
		Summary: "the registry has " + has + " after " + want + " was pushed",
		Why:     "something between here and the registry changes manifests, or another program pushed the same tag",
		Fix:     "run the command again, and check the registry if it stays"}
}

func digestDiffers(image Image, got string) model.Problem {
	return model.Problem{Rule: "digest-differs", Severity: model.Error,
		Summary: image.Source + " has the digest " + got + ", and " + image.Digest + " is wanted",
		Why:     "the pods pull by that digest; an image of one platform has another digest than that of all platforms",
		Fix:     "copy all platforms, or pin the tag again after the copy: conductor-registry pin"}
}

func platformMissing(image Image, missing string) model.Problem {
	return model.Problem{Rule: "platform-missing", Severity: model.Error,
		Summary: image.Source + " is not built for " + missing,
		Fix:     "leave out --platform to copy all that there are"}
}

func notCopyable(why string) model.Problem {
	return model.Problem{Rule: "not-an-image", Severity: model.Error, Summary: "the source cannot be copied: " + why,
		Fix: "check the source: --source names another one"}
}
