package cli

import (
	"bytes"
	"slices"
	"strings"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model/gitops"
	"conductor-registry/model/plan"
	"conductor-registry/model/secret"
	"conductor-registry/model/shell"
)

// externalSecret is the only format of a pull secret that git can hold as it is: the others need the password.
const externalSecret = "external-secret"

func (g *generateCommand) checkGitOpsFlags() error {
	switch {
	case g.gitops != "" && !slices.Contains(gitops.Tools(), g.gitops):
		return usage("--gitops %q is not one of %s", g.gitops, strings.Join(gitops.Tools(), ", "))
	case g.secretFormat == "":
		return nil
	case g.secretFormat != externalSecret:
		return usage("--secret-format %q is not %s\nhint: conductor-registry secret --answers FILE --format FORMAT prints "+
			"the others", g.secretFormat, externalSecret)
	case g.gitops == "":
		return usage("--secret-format is for --gitops\nhint: conductor-registry secret --answers FILE --format %s",
			externalSecret)
	}
	return nil
}

// checkGitOps refuses --gitops where a script has to hand credentials to helm: Argo CD and Flux do not run it.
func (g *generateCommand) checkGitOps(p *plan.Plan) error {
	for _, env := range p.Environments {
		if g.gitops != "" && env.HasScript() && env.Secret.Script != secret.Kubectl {
			return usage("--gitops %s: the method %s passes the credentials to helm, and %[1]s runs helm without them\n"+
				"hint: --set pullSecret.method=existing, or global", g.gitops, env.Secret.Method)
		}
	}
	return nil
}

// addObjects adds the objects that install the chart to the files of the plan, with the lines that were filled in. An
// External Secret replaces the script.
func (g *generateCommand) addObjects(p *plan.Plan, all []plan.File) ([]plan.File, error) {
	objects, err := gitops.Files(g.gitops, p, gitops.Options{External: g.secretFormat != ""})
	if err != nil {
		return nil, err
	}
	for i, object := range objects {
		if old, err := g.folder.Read(object.Name); err == nil && old != nil {
			objects[i].Data = []byte(gitops.Keep(string(object.Data), string(old)))
		}
	}
	if g.secretFormat != "" {
		all = slices.DeleteFunc(all, func(f plan.File) bool {
			return slices.ContainsFunc(p.Environments, func(e *plan.Environment) bool { return f.Name == e.FileName("pull-secret") })
		})
	}
	g.objects = objects
	return append(all, objects...), nil
}

// steps returns the next steps of an environment. With --gitops the objects install the chart, in place of helm; a
// secret that they create can be tried after that.
func (g *generateCommand) steps(env *plan.Environment) []plan.Step {
	steps := env.Steps(g.out)
	if g.gitops == "" {
		return steps
	}
	install := g.installObjects()
	var before, after []plan.Step
	for _, s := range steps {
		switch s.Kind {
		case plan.FetchChart, plan.Render, plan.Install:
		case plan.CreateSecret:
			if g.secretFormat == "" {
				before = append(before, s)
			}
		case plan.Probe, plan.PullTest:
			if g.secretFormat != "" {
				after = append(after, s)
				continue
			}
			before = append(before, s)
		default:
			before = append(before, s)
		}
	}
	return slices.Concat(before, []plan.Step{install}, after)
}

// installObjects returns the step that lets the tool install the chart.
func (g *generateCommand) installObjects() plan.Step {
	command := "kubectl apply -k " + shell.Quote(g.out)
	if g.gitops == gitops.ArgoCD {
		command = "kubectl apply"
		for _, object := range g.objects {
			if !strings.HasPrefix(object.Name, externalSecret) { // which the Application brings
				command += " -f " + shell.Quote(files.Folder(g.out).Path(object.Name))
			}
		}
	}
	what := "lets " + g.gitops + " install the chart; before it, "
	if marks := g.marks(); len(marks) > 0 {
		what += "replace what is marked " + strings.Join(marks, " or ") + ", "
	}
	return plan.Step{Kind: plan.Install, Command: command, What: what + "commit and push"}
}

// marks returns the comments of the objects behind what only the user knows.
func (g *generateCommand) marks() []string {
	isUnused := func(mark string) bool {
		return !slices.ContainsFunc(g.objects, func(o plan.File) bool { return bytes.Contains(o.Data, []byte(mark)) })
	}
	return slices.DeleteFunc([]string{"# change", "# fill in"}, isUnused)
}
