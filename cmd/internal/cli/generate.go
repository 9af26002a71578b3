package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"conductor-registry/cmd/internal/files"
	"conductor-registry/model"
	"conductor-registry/model/answers"
	"conductor-registry/model/gitops"
	"conductor-registry/model/plan"
	"conductor-registry/ui/session"
)

type generateCommand struct {
	command
	answers                     answerFlags
	chart                       chartFlags
	out                         string
	dryRun, check, force, merge bool
	gitops, secretFormat        string
	folder                      *files.Snapshot // of --out
	objects                     []plan.File     // that gitops writes
}

// newGenerate returns the command, and a function that adds a flag for each question once the catalog is loaded.
func newGenerate(catalog *answers.Catalog, s Streams) (cmd *cobra.Command, addQuestions func()) {
	g := &generateCommand{command: command{streams: s, catalog: catalog}}
	g.Command = &cobra.Command{
		Use: "generate", Short: "Write the files from answers, without questions", Args: noArguments,
		Long: `Write values.yaml and pull-secret.sh (one set for each environment) from an
answers file, from flags, or from both: a flag overrides the file. The same
answers give the same bytes.

A file that differs is shown as a diff and kept, unless --force or --merge is
given. --merge changes our keys in the existing values files and keeps every
other byte. It removes a key of ours that these answers do not write, and says
so. It replaces the script.

--gitops argocd also writes an Application, or one ApplicationSet for several
environments; --gitops flux writes a HelmRelease for each environment and the
kustomization that puts the values into ConfigMaps. Lines with "# change" name
what the answers do not have, such as your repository. What you write there
stays when the files are generated again, as long as the comment stays.
With --secret-format external-secret, External Secrets creates the pull secret
from git, and no script is written.

Secrets in the existing files are masked in what is shown. Only the files have
them, and --dry-run with --merge or with a base: it prints your own file as it
is.

Every answer can be set with --set. A component's own registry has flags too,
such as --workers-registry-host.

Exit codes: 0 written or up to date, 1 failure, 2 answers missing or invalid
(all are listed), 4 a file differs.`,
		Example: `  conductor-registry generate --answers answers.yaml
  conductor-registry generate --answers answers.yaml --check
  conductor-registry generate --registry-provider acr --registry-name myacr \
      --tag 5.2.42 --dry-run`,
		RunE: func(*cobra.Command, []string) error { return g.run() },
	}
	flags := g.Flags()
	flags.SortFlags = false
	g.answers.add(&g.command)
	g.chart.add(&g.command)
	inSection(flags, "Answers", "chart", "profile")
	flags.StringVar(&g.out, "out", ".", "write the files to `FOLDER`")
	flags.BoolVar(&g.dryRun, "dry-run", false, "print the files and write nothing")
	flags.BoolVar(&g.check, "check", false, "write nothing; exit 4 if a file is missing or differs")
	flags.BoolVar(&g.force, "force", false, "overwrite files that differ; keep each old one as FILE.bak")
	flags.BoolVar(&g.merge, "merge", false, "change only our keys in values files; keep each old one as FILE.bak")
	flags.StringVar(&g.gitops, "gitops", "", "also write the objects that install the chart with `TOOL`: "+
		strings.Join(gitops.Tools(), " or "))
	completeWith(g.Command, "gitops", gitops.Tools())
	flags.StringVar(&g.secretFormat, "secret-format", "", "with --gitops: write the pull secret as `FORMAT`, "+
		externalSecret+", in place of the script")
	completeWith(g.Command, "secret-format", []string{externalSecret})
	_ = g.MarkFlagDirname("out")
	g.addOutput()
	inSection(flags, "Files", "out", "dry-run", "check", "force", "merge", "gitops", "secret-format", "output")
	return g.Command, func() { g.answers.addQuestions(&g.command) }
}

func (g *generateCommand) run() error {
	for _, names := range [][]string{{"dry-run", "check", "force"}, {"force", "merge"}} {
		if err := g.exclude(names...); err != nil {
			return err
		}
	}
	if err := g.checkGitOpsFlags(); err != nil {
		return err
	}
	if err := checkFolder(g.out); err != nil {
		return err
	}
	input, err := g.answers.read(&g.command)
	if err != nil {
		return err
	}
	if _, err := g.chart.use(&g.command, input.answers); err != nil {
		return err
	}
	g.folder = files.NewSnapshot(g.out)
	if g.merge {
		input.merge = g.folder
	}
	p, problems := input.plan(g.catalog)
	if len(problems) > 0 {
		return g.fail(exit{exitUsage, input.withFlagNames(problems, g.catalog)}, refusedAnswers(problems))
	}
	if err := g.checkGitOps(p); err != nil {
		return err
	}
	return g.deliver(p, append(input.located(p.Problems()), gitops.Problems(g.gitops, p)...))
}

// deliver writes the files, or shows what would be written.
func (g *generateCommand) deliver(p *plan.Plan, problems model.Problems) error {
	set, err := g.compare(p)
	if err != nil {
		return err
	}
	differs := slices.ContainsFunc(set, func(f session.File) bool {
		return f.Differs() && !f.Overwrite || g.check && !f.Unchanged()
	})
	actions := actionsOf(set)
	if g.dryRun || g.check || differs { // one file that differs stops all: half a set is worse than none
		for i := range actions {
			if actions[i].Action != session.Unchanged {
				actions[i].Action = session.WouldChange
			}
		}
	} else if err := g.writeFiles(set); err != nil {
		return err
	}
	var document any
	if g.json() { // it holds the steps of all environments, megabytes for thousands of them
		document = g.generatedJSON(p, actions, problems)
	}
	err = g.print(exitOK, document, func() error {
		g.printFiles(p, set, actions, problems)
		return nil
	})
	if err == nil && differs && !g.dryRun {
		err = exit{exitDiffers, g.howToWrite(set)}
	}
	return err
}

// writeFiles writes the files that differ, and removes what a killed run left beside the others.
func (g *generateCommand) writeFiles(set []session.File) error {
	others := g.streams.inputs.all()
	var names []string
	for _, f := range set {
		names = append(names, f.Name)
		if !f.Writes() {
			others = append(others, f.Path)
		}
	}
	folder := files.Folder(g.out)
	folder.Tidy(names...)
	changed := session.Writing(set)
	if len(changed) == 0 {
		return nil
	}
	err := g.write(func() error { return folder.Write(changed, others...) })
	return withWriteHint(err, "--out FOLDER writes the files into another folder")
}

// compare returns the files of the plan beside those that exist. A base that would be overwritten by its own copy is an
// error.
func (g *generateCommand) compare(p *plan.Plan) ([]session.File, error) {
	all := p.Files()
	if g.gitops != "" {
		var err error
		if all, err = g.addObjects(p, all); err != nil {
			return nil, err
		}
	}
	set := session.Compare(g.folder, all)
	for i, f := range set {
		g.streams.known.AddFile(f.Old)
		switch {
		case f.Err != nil:
			return nil, f.Err
		case f.IsEdit() && !g.merge:
			return nil, usage("base %q is the file to write: remove base from the answers and use --merge", f.Path)
		}
		set[i].Overwrite = g.force || g.merge
	}
	return set, nil
}

// howToWrite returns the error for files that differ, with the way to write them.
func (g *generateCommand) howToWrite(set []session.File) error {
	var names []string
	for _, f := range set {
		if f.Differs() && (g.check || !f.Overwrite) || g.check && f.Old == nil {
			names = append(names, f.Path)
		}
	}
	text := strings.Join(names, ", ")
	if g.check {
		return fmt.Errorf("not up to date with the answers: %s\nhint: the same command without --check writes them", text)
	}
	return fmt.Errorf(
		"nothing was written, because existing files differ: %s\nhint: --merge changes only our keys in values files, "+
			"--force overwrites; both keep the old file as FILE.bak",
		text,
	)
}
