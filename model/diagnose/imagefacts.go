package diagnose

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/image"
	"conductor-registry/model/registry"
	"conductor-registry/model/secret"
	"conductor-registry/model/shell"
)

// factsOf returns the facts of a pod.
func (d *diagnosis) factsOf(p *Pod) facts {
	f := d.facts()
	f.set("pod", p.Metadata.Name)
	f.set("account", cmp.Or(p.Spec.Account, "default"))
	f.set("release", cmp.Or(d.releaseOf(p.Metadata), d.Release, "RELEASE"))
	return f
}

// facts returns the facts of the namespace.
func (d *diagnosis) facts() facts {
	f := newFacts()
	f.set("namespace", d.namespace)
	f.set("chart", d.Catalog.Charts.Default().Name)
	f.command("chartRef", "CHART")
	f.command("ref", "CHART") // with the files that an installation needs
	version, p := "", d.profile()
	if p != nil {
		reference := p.Reference()
		if p.Install.Path != "" {
			reference = shell.Quote(reference)
		}
		f.command("chartRef", reference)
		f.command("ref", strings.Join(append([]string{reference}, p.Install.Flags()...), " "))
	}
	if p != nil && p.ID != d.Catalog.Charts.Default().ID { // commands take the first without the flag
		version = " --chart-version " + shell.Quote(p.ID)
	}
	f.command("version", version)
	where, _ := d.secretSettings()
	f.set("keys", where)
	f.command("script", "conductor-registry secret -f values.yaml"+version+" --namespace "+shell.Quote(d.namespace)+
		" > pull-secret.sh && bash pull-secret.sh")
	return f
}

// setImageFacts adds what is known of an image and its registry.
func (d *diagnosis) setImageFacts(f facts, name string) {
	host := image.Host(name)
	f.set("image", name)
	f.set("explained", explainInvalid(name))
	f.set("host", cmp.Or(host, "the registry"))
	f.set("key", secret.KeyFor(name))
	f.set("path", strings.TrimPrefix(name, host+"/"))
	preset := d.Catalog.Registries.ForHost(host)
	if host == "" || preset == nil {
		return
	}
	location, _ := preset.Locate(map[string]string{"host": host})
	extra := imageParts(name, host)
	first := func(templates []string) string {
		if len(templates) == 0 {
			return ""
		}
		return preset.Expand(templates[0], location, extra)
	}
	f.command("check", first(preset.ImageCheck))
	f.set("password", preset.Login.Password.Help)
	if kinds := preset.Login.Credentials; len(kinds) > 0 { // the best for a pull secret is the first
		f.set("password", kinds[0].What+", "+kinds[0].How)
		f.command("create", first(kinds[0].Commands))
	}
	f.set("title", cmp.Or(preset.Login.Title, preset.Title))
	f.set("lifetime", preset.Login.Lifetime)
	ways := model.Map(preset.SecretlessFor(location.Fields), func(way registry.Secretless) string {
		return fmt.Sprintf("on %s, %s", way.Where, way.How)
	})
	f.set("secretless", strings.Join(ways, "; "))
	notes := model.Map(preset.NotesFor(location.Fields), func(n registry.Note) string { return n.Text })
	f.set("notes", strings.Join(notes, "; "))
}

// setFailureFacts adds what is known of who was asked.
func setFailureFacts(f facts, failed failure) {
	asked := failed.host
	imageHost := f.words["host"]
	peer := map[source]string{
		fromToken:   "the token service " + asked + " of " + imageHost,
		fromStorage: cmp.Or(strings.TrimSpace("the storage "+asked), "the storage of layers") + " of " + imageHost,
		fromMirror:  "the mirror " + asked,
		fromProxy:   strings.TrimSpace("the proxy " + asked),
	}[failed.from]
	f.set("peer", cmp.Or(peer, asked, "the registry"))
	f.set("asked", asked)
	name, port, _ := image.SplitHostPort(asked)
	f.set("address", name+":"+cmp.Or(port, "443"))
	f.set("lookup", cmp.Or(failed.lookup, name))
	server, _, _ := image.SplitHostPort(failed.server)
	f.set("server", server)
	target := imageHost
	if parsed, err := url.Parse(failed.url); err == nil && parsed.Host != "" {
		target = parsed.Host
	}
	f.set("target", target)
	f.set("url", "https://"+target+"/v2/")
	switch failed.from {
	case fromToken:
		f.set("url", failed.url)
	case fromStorage:
		f.set("url", "https://"+asked+"/")
	case fromMirror:
		f.set("url", "https://"+asked+"/v2/")
	case fromProxy:
		if asked != "" {
			f.command("url", "--proxy "+shell.Quote("http://"+asked)+" "+shell.Quote(f.words["url"]))
		}
	case fromRegistry, fromDNS, fromRuntime: // the URL of the image's own registry
	}
}

// imageParts returns the parts of an image name, quoted for commands.
func imageParts(name, host string) map[string]string {
	path := strings.TrimPrefix(strings.TrimPrefix(name, host), "/")
	path, _, _ = strings.Cut(path, "@")
	path, tag, _ := strings.Cut(path, ":")
	return map[string]string{"image": shell.Quote(name), "repository": shell.Quote(path),
		"tag": shell.Quote(cmp.Or(tag, "latest")), "registry": shell.Quote(host)}
}

// explainInvalid returns what is wrong with an image name.
func explainInvalid(name string) string {
	if before, digest, found := strings.Cut(name, ":sha256:"); found && !strings.Contains(before, "@") {
		if err := image.CheckTag("sha256:" + digest); err != nil {
			return err.Error()
		}
	}
	if err := image.Check(name); err != nil {
		return err.Error()
	}
	return "the container runtime refuses it"
}
