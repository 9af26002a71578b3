package ui_test

import (
	"strings"
	"testing"

	"conductor-registry/golden"
	"conductor-registry/golden/svg"
	"conductor-registry/model/answers"
)

// The size of the README's pictures in cells, and the most that one may weigh.
const pictureWidth, pictureHeight, pictureBytes = 110, 34, 150_000

// TestPictures keeps the README's pictures what the wizard shows, on dark and on light terminals.
func TestPictures(t *testing.T) {
	folder := golden.Open(t, "../docs/pictures")
	begin := starter(func(from *answers.Answers) *driver {
		d := start(t, from)
		d.resize(pictureWidth, pictureHeight)
		return d
	})
	check := func(name string, data []byte) {
		if folder.Check(name, data); len(data) > pictureBytes {
			t.Errorf("%s has %d bytes", name, len(data))
		}
	}
	for name, d := range map[string]*driver{
		"start":        begin(nil),
		"filtered":     begin(nil).press("enter").write("art"),
		"error":        begin.details("ecr").write("1234567").press("enter"),
		"pattern":      begin.azure("down"),
		"environments": begin.environments().press("right", "down", "down", "down"),
		"review":       begin.environments().to("Review"),
	} {
		for _, theme := range svg.Themes() {
			check(name+"-"+theme.Name+".svg", svg.Draw(picture(d), theme))
		}
	}
	steps := pasteToFiles(begin)
	for _, theme := range svg.Themes() {
		check("paste-"+theme.Name+".svg", svg.Animate(steps, theme))
	}
}

// picture returns what the screen shows.
func picture(d *driver) svg.Frame { return svg.NewFrame(d.model.View().Content, d.width, d.height) }

// pasteToFiles returns the way from a paste to the files, frame by frame.
func pasteToFiles(begin starter) []svg.Step {
	d := begin(nil)
	steps := []svg.Step{{Frame: picture(d), Seconds: 2.5}}
	d.paste("docker pull us-central1-docker.pkg.dev/my-project/docker/conductor-server:5.2.42")
	steps = append(steps, svg.Step{Frame: picture(d), Seconds: 4})
	d.press("enter")
	end := strings.Split(strings.TrimSpace(d.model.Done()), "\n")
	shell := "$ conductor-registry\n\n" + strings.Join(end[:min(len(end), pictureHeight-2)], "\n")
	return append(steps, svg.Step{Frame: svg.NewFrame(shell, pictureWidth, pictureHeight), Seconds: 5})
}
