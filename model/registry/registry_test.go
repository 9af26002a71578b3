package registry_test

import (
	"maps"
	"strings"
	"sync"
	"testing"

	"conductor-registry/model/registry"
	"conductor-registry/presets/presetstest"
)

func catalog(t testing.TB) *registry.Catalog {
	t.Helper()
	return presetstest.Catalog(t).Registries
}

func preset(t testing.TB, id string) *registry.Preset {
	t.Helper()
	p, ok := catalog(t).Preset(id)
	if !ok {
		t.Fatalf("no preset %s", id)
	}
	return p
}

func TestNormalise(t *testing.T) {
	type fields = map[string]string
	for _, c := range []struct {
		preset, field, typed string
		value                string
		fields               fields
		notes                string // joined by "; "
	}{
		{"acr", "name", "myacr", "myacr", nil, ""},
		{"acr", "name", " MyACR ", "myacr", nil, "removed spaces; changed to lower case"},
		{"acr", "name", "https://myacr.azurecr.us/", "myacr", fields{"cloud": "us-gov"}, "removed https://; removed the slash at the end"},
		{"acr", "name", "MyACR.azurecr.io/conductor/server:1", "myacr", fields{"cloud": "public", "path": "conductor"}, "left out server:1, which is part of one image; changed to lower case"},
		{"acr", "name", "myacr-abc123.azurecr.io", "myacr", fields{"cloud": "public", "host": "myacr-abc123.azurecr.io"}, ""},
		{"acr", "name", "not a name", "not a name", nil, ""},
		{"acr", "cloud", " china", "china", nil, ""},
		{"ecr", "account", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/conductor-server", "123456789012", fields{"region": "eu-west-1", "path": "conductor-server"}, ""},
		{"ecr", "region", "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", "cn-north-1", fields{"account": "123456789012"}, ""},
		{"ecr", "account", "123456789012.dkr-ecr.eu-west-1.on.aws", "123456789012", fields{"region": "eu-west-1", "host": "123456789012.dkr-ecr.eu-west-1.on.aws"}, ""},
		{"ecr-public", "alias", "https://gallery.ecr.aws/a1b2c3d4/server", "a1b2c3d4", fields{"path": "server"}, "removed https://"},
		{"gar", "location", "us-central1-docker.pkg.dev/my-project/docker", "us-central1", fields{"project": "my-project", "repository": "docker"}, ""},
		{"gar", "host", "us-central1-docker.pkg.dev/my-project/docker/a/b", "us-central1-docker.pkg.dev", fields{"project": "my-project", "repository": "docker", "path": "a/b"}, ""},
		{"gcr", "project", "eu.gcr.io/example.com/my-project/server", "example.com/my-project", fields{"location": "eu", "path": "server"}, ""},
		{"gcr", "project", "gcr.io/my-project", "my-project", fields{"location": ""}, ""},
		{"gcr", "project", "example.com/my-project", "example.com/my-project", nil, ""},
		{"jfrog", "company", "https://acme.jfrog.io/artifactory/api/docker/docker-prod/", "acme", fields{"repository": "docker-prod"}, "removed https://; removed the slash at the end"},
		{"jfrog", "company", "https://acme.jfrog.io/ui/repos/tree", "acme", nil, "removed https://"},
		{"jfrog", "company", "https://images.acme.com/artifactory/docker-prod", "", fields{"host": "images.acme.com", "repository": "docker-prod"}, "removed https://"},
		{"jfrog", "host", "images.acme.com:8876", "images.acme.com:8876", nil, ""},
		{"harbor", "host", "https://Harbor.example.com/harbor/projects/3/repositories", "harbor.example.com", nil, "removed https://; changed to lower case"},
		{"harbor", "project", "https://harbor.example.com:8443/Team", "team", fields{"host": "harbor.example.com:8443"}, "removed https://"},
		{"harbor", "project", "/team/", "team", nil, "removed the slash at the end; removed the slash at the start"},
		{"quay", "namespace", "https://quay.io/organization/myorg", "myorg", fields{"host": "quay.io"}, "removed https://"},
		{"ghcr", "owner", "My-Org", "my-org", nil, "changed to lower case"},
		{"ghcr", "owner", "ghcr.io/My-Org/server", "my-org", fields{"host": "ghcr.io", "path": "server"}, ""},
		{"generic", "host", "oci://Registry.example.com:5000/team/app:1.2", "registry.example.com:5000", fields{"path": "team"}, "removed oci://; left out app:1.2, which is part of one image; changed to lower case"},
		{"generic", "host", "[2001:DB8::1]:5000", "[2001:db8::1]:5000", nil, "changed to lower case"},
		{"generic", "path", "/Team/images/", "team/images", nil, "removed the slash at the end; removed the slash at the start; changed to lower case"},
		{"generic", "nonsense", " x ", "x", nil, ""},
	} {
		got := preset(t, c.preset).Normalise(c.field, c.typed, nil)
		if got.Value != c.value || !maps.Equal(got.Fields, c.fields) || strings.Join(got.Notes, "; ") != c.notes {
			t.Errorf("%s.%s %q:\ngot  %q %v %q\nwant %q %v %q", c.preset, c.field, c.typed,
				got.Value, got.Fields, got.Notes, c.value, c.fields, c.notes)
		}
		if again := preset(t, c.preset).Normalise(c.field, got.Value, got.Fields); again.Value != got.Value || len(again.Notes) > 0 {
			t.Errorf("%s.%s: %q is not left alone: %q %v", c.preset, c.field, got.Value, again.Value, again.Notes)
		}
	}
}

// Whatever stands behind a host that is entered stays in front of the images.
func TestNoPathIsDropped(t *testing.T) {
	presets, err := catalog(t).All()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range presets {
		if _, ok := p.Field("host"); !ok {
			continue
		}
		for _, e := range p.Examples {
			for _, more := range []string{"", "/extra", "/extra/more"} {
				given := maps.Clone(e.Fields)
				delete(given, "host")
				n := p.Normalise("host", "https://"+e.Registry+more+"/", given)
				maps.Copy(given, n.Fields)
				given["host"] = n.Value
				if at, wrong := p.Locate(given); at.Registry() != e.Registry+more || len(wrong) > 0 {
					t.Errorf("%s: %s%s became %s, %v", p.ID, e.Registry, more, at.Registry(), wrong)
				}
			}
		}
	}
}

func TestLocateListsAllThatIsWrongAndStillPreviews(t *testing.T) {
	for _, c := range []struct {
		preset   string
		fields   map[string]string
		registry string
		wrong    string // ids, in order
	}{
		{"ecr", nil, "ACCOUNT.dkr.ecr.REGION.amazonaws.com", "account region"},
		{"ecr", map[string]string{"account": "1234567", "region": "us-east-1"}, "1234567.dkr.ecr.us-east-1.amazonaws.com", "account"},
		{"gar", map[string]string{"location": "eu"}, "eu-docker.pkg.dev/PROJECT/REPOSITORY", "location project repository"},
		{"gar", map[string]string{"host": "docker.us-east1.rep.pkg.dev"}, "docker.us-east1.rep.pkg.dev/PROJECT/REPOSITORY", "project repository"},
		{"jfrog", nil, "COMPANY.jfrog.io/REPOSITORY", "company repository"},
		{"jfrog", map[string]string{"method": "port"}, "HOST", "company"},
		{"generic", map[string]string{"host": "a b", "path": "x"}, "a b/x", "host"},
		{"quay", nil, "quay.io/NAMESPACE", "namespace"},
	} {
		loc, wrong := preset(t, c.preset).Locate(c.fields)
		var ids []string
		for _, w := range wrong {
			ids = append(ids, w.Field)
		}
		if loc.Registry() != c.registry || strings.Join(ids, " ") != c.wrong {
			t.Errorf("%s %v: got %s, wrong %v; want %s, wrong %s", c.preset, c.fields, loc.Registry(), wrong, c.registry, c.wrong)
		}
	}
}

func TestLocationHoldsWhatTheHostSays(t *testing.T) {
	for _, c := range []struct {
		preset string
		given  map[string]string
		want   map[string]string
	}{
		{"acr", map[string]string{"name": "other", "host": "myacr-abc123.azurecr.us", "provider": "acr"},
			map[string]string{"name": "myacr", "cloud": "us-gov", "host": "myacr-abc123.azurecr.us"}},
		{"ecr", map[string]string{"host": "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com"},
			map[string]string{"account": "123456789012", "region": "us-east-1", "host": "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com"}},
		{"jfrog", map[string]string{"company": "acme", "repository": "r"},
			map[string]string{"company": "acme", "repository": "r", "method": "path"}},
	} {
		loc, wrong := preset(t, c.preset).Locate(c.given)
		if len(wrong) > 0 || !maps.Equal(loc.Fields, c.want) {
			t.Errorf("%s %v: got %v %v, want %v", c.preset, c.given, loc.Fields, wrong, c.want)
		}
	}
}

func TestVisibleFollowsTheAnswers(t *testing.T) {
	has := func(fields map[string]string) bool {
		for _, f := range preset(t, "jfrog").Visible(fields) {
			if f.ID == "repository" {
				return true
			}
		}
		return false
	}
	if !has(nil) || !has(map[string]string{"method": "subdomain"}) || has(map[string]string{"method": "port"}) {
		t.Error("with the method port the repository is not asked for, otherwise it is")
	}
	port := map[string]string{"method": "port", "host": "a.example.com:1"}
	if err := preset(t, "jfrog").Check("repository", port); err != nil {
		t.Errorf("what is not asked for is not missing: %v", err)
	}
}

func TestExpandFillsCommands(t *testing.T) {
	p := preset(t, "ecr")
	loc, _ := p.Locate(map[string]string{"account": "123456789012", "region": "us-east-1"})
	for template, want := range map[string]string{
		p.Login.Password.Command:               "aws ecr get-login-password --region us-east-1",
		"{host} {path}| {registry}":            loc.Host + " | " + loc.Host,
		"--query '{a:b}' {unknown} ${HOME} {x": "--query '{a:b}' {unknown} ${HOME} {x",
		"{repository}:{tag}":                   "conductor/server:{tag}",
	} {
		if got := p.Expand(template, loc, map[string]string{"repository": "conductor/server"}); got != want {
			t.Errorf("%s: got %s, want %s", template, got, want)
		}
	}
	empty, _ := p.Locate(nil)
	if got := p.Expand("{account}", empty, nil); got != "ACCOUNT" {
		t.Errorf("a missing answer is %q, want its name in capitals", got)
	}
}

func TestNotesApplyToTheirFields(t *testing.T) {
	p := preset(t, "acr")
	for host, want := range map[string]int{"": 0, "images.example.com": 0, "myacr.azurecr.io": 0,
		"myacr-abc123.azurecr.io": 1, "myacr.eastus.geo.azurecr.io": 1} {
		if got := len(p.NotesFor(map[string]string{"host": host})); got != want {
			t.Errorf("host %q: %d notes, want %d", host, got, want)
		}
	}
}

func TestSuggestKnowsOtherNames(t *testing.T) {
	c := catalog(t)
	for id, want := range map[string]string{
		"azure": "acr", "AWS": "ecr", "google": "gar", "artifactory": "jfrog", "docker": "dockerhub", "docker-hub": "dockerhub",
		"arc": "acr", "ghrc": "ghcr", "harbour": "harbor", "artifactori": "jfrog", "zzzzzzzz": "",
	} {
		if got := c.Suggest(id); got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
}

func TestForHost(t *testing.T) {
	c := catalog(t)
	for host, want := range map[string]string{
		"myacr.azurecr.io": "acr", "myacr-abc123.azurecr.io": "acr", "myacr.eastus.data.azurecr.io": "generic",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com": "ecr", "123456.dkr.ecr.us-east-1.amazonaws.com": "generic",
		"public.ecr.aws": "ecr-public", "europe-docker.pkg.dev": "gar", "eu-docker.pkg.dev": "generic", "asia.gcr.io": "gcr",
		"acme-docker-local.jfrog.io": "jfrog", "quay.io": "quay", "ghcr.io": "ghcr", "containers.github.example.com": "ghcr",
		"docker.io": "dockerhub", "index.docker.io": "dockerhub", "hub.docker.com": "generic", "harbor.example.com": "generic",
	} {
		if got := c.ForHost(host); got.ID != want || got.MatchesHost(host) != (want != "generic") {
			t.Errorf("%s: got %s, want %s", host, got.ID, want)
		}
	}
}

// For the race detector: goroutines share a catalog.
func TestCatalogIsSafeForGoroutines(t *testing.T) {
	c := catalog(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			p, _ := c.Preset("acr")
			if _, wrong := p.Locate(map[string]string{"name": "myacr"}); len(wrong) > 0 {
				t.Error(wrong)
			}
		})
	}
	all.Wait()
}

func TestUnknownPresetAndField(t *testing.T) {
	if _, ok := catalog(t).Preset("nexus9"); ok {
		t.Error("nexus9 is no preset")
	}
	if err := preset(t, "acr").Check("company", nil); err == nil || !strings.Contains(err.Error(), "acr has no field company") {
		t.Errorf("got %v", err)
	}
}

func BenchmarkLocate(b *testing.B) {
	p := preset(b, "ecr")
	fields := map[string]string{"account": "123456789012", "region": "us-east-1"}
	for b.Loop() {
		p.Locate(fields)
	}
}

func BenchmarkLocateHost(b *testing.B) {
	p := preset(b, "ecr")
	fields := map[string]string{"host": "123456789012.dkr-ecr.us-east-1.on.aws"}
	for b.Loop() {
		p.Locate(fields)
	}
}

func BenchmarkLocateSubdomain(b *testing.B) {
	p := preset(b, "jfrog")
	fields := map[string]string{"company": "acme", "repository": "docker-local", "method": "subdomain"}
	for b.Loop() {
		p.Locate(fields)
	}
}
