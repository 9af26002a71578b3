package plain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"conductor-registry/model/answers"
	"conductor-registry/model/chart"
	"conductor-registry/presets/presetstest"
	"conductor-registry/ui/plain"
)

func TestAnEntryIsTakenByNumberNameOrWords(t *testing.T) {
	for text, want := range map[string]string{
		"acr":                       "Details. Azure Container Registry",
		"2":                         "Amazon ECR (ecr).",
		"QUAY":                      "Quay (quay).",
		"azure":                     "Azure Container Registry (acr).",
		"har":                       "Harbor (harbor).",
		"Docker Hub":                "Docker Hub (dockerhub).",
		"artifactory":               "JFrog Artifactory (jfrog).",
		"https://myacr.azurecr.io/": "recognized Azure Container Registry; its details are filled in from the address",
		"artifact":                  `error: "artifact" matches 4, Google Artifact Registry, and 5, Google Container Registry`,
		"aws":                       `error: "aws" matches 2, Amazon ECR, and 3, Amazon ECR Public`,
		"0":                         "error: the numbers go from 1 to 19",
		"20":                        "error: the numbers go from 1 to 19",
		"jforg":                     `error: "jforg" is not one of acr, ecr, ecr-public, gar, gcr, jfrog`,
		"zz":                        `error: "zz" is not one of`,
		"io":                        `error: "io" is not one of`, // two letters are in too much
		"":                          "error: choose an entry by its number or name",
	} {
		talk(t, plain.Options{}, lines("", text)).hears(want)
	}
}

func TestAnEntryThatTheChartHasNotIsRefusedWithTheReason(t *testing.T) {
	c := presetstest.Catalog(t)
	profile, err := c.Chart("3.0")
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range profile.Methods {
		if p.Missing != "" {
			said := talk(t, plain.Options{}, lines("3.0", "acr", "myacr", "", "", "", "", fmt.Sprint(i+1)))
			said.hears(": not available, "+p.Missing, "error: "+p.Missing)
			return
		}
	}
	t.Fatal("chart 3.0 has every method now: take another example")
}

func TestAReleaseOfAChartIsTakenThoughNoListHasIt(t *testing.T) {
	talk(t, plain.Options{}, lines("2.8.0")).hears("Step 2 of 7: Registry")
}

func TestALongListIsCutAndHelpHasAllOfIt(t *testing.T) {
	c := presetstest.Catalog(t)
	entries := slices.Clone(c.Charts.Entries())
	for i := range 25 {
		id := fmt.Sprintf("9.%d", i)
		entries = append(entries, chart.Entry{ID: id, Title: id})
	}
	charts := chart.NewCatalog(entries, func(id string) (*chart.Profile, error) {
		p := *c.Charts.Default()
		p.ID = id
		return &p, nil
	})
	long := &answers.Catalog{Registries: c.Registries, Charts: charts}
	cut := talk(t, plain.Options{Catalog: long}, "").hears("20. 9.16", "8 more: ? lists all")
	if strings.Contains(cut.said, "21. ") {
		t.Errorf("the list is not cut:\n%s", cut.said)
	}
	talk(t, plain.Options{Catalog: long}, lines("?")).hears("28. 9.24")
	talk(t, plain.Options{Catalog: long}, lines("28")).hears("Step 2 of 7")
}

func TestAPastedAddressIsPutRightAndFillsTheRest(t *testing.T) {
	talk(t, plain.Options{}, lines("", "acr", "https://MyACR.azurecr.us/", "", "")).hears("Read as myacr.",
		"Corrected: removed https://", "Azure cloud is set to us-gov.", "Azure cloud [us-gov]:",
		"Image of server: myacr.azurecr.us/orkes-conductor-server:5.2.42")
	talk(t, plain.Options{}, lines("", "acr", "https://images.example.com")).hears("Login server is set to images.example.com.",
		"Login server [images.example.com]:")
}

func TestAWrongAnswerChangesNothing(t *testing.T) {
	talk(t, plain.Options{}, lines("", "acr", "myacr", "<", "no name!", "")).hears("error: ", "Registry name [myacr]:",
		"Step 4 of 7")
}

func TestAnAnswerThatNoLongerFitsIsTold(t *testing.T) {
	from := saved("registry.provider", "jfrog", "registry.company", "acme", "registry.method", "port")
	talk(t, plain.Options{Answers: from}, lines("", "", "")).hears("error: JFrog cloud hosts have no port", "URL method [port]:")
}

func TestThePageIsNotLeftWhileSomethingBeforeIsWrong(t *testing.T) {
	from := saved("registry.provider", "acr", "registry.host", "images.example.com")
	talk(t, plain.Options{Answers: from}, lines("", "", "", "-")).hears("Login server [images.example.com]:",
		"Registry name:") // without a host a name is needed
}

func TestBackKeepsTheAnswers(t *testing.T) {
	said := talk(t, plain.Options{}, lines("<", "", "acr", "myacr", "<", "", "<", "<", "")).said
	for _, want := range []string{"This is the first question", "Registry name [myacr]:", "Registry [acr]:"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
}

func TestMinusEmptiesAnAnswerThatMayBeEmpty(t *testing.T) {
	from := saved("environments", "dev, prod", "registry.provider", "acr", "registry.name", "myacr")
	talk(t, plain.Options{Answers: from}, lines("", "-", "", "", "")).hears("Environments [dev, prod]:",
		"Image of server: myacr.azurecr.io/")
	talk(t, plain.Options{}, lines("", "acr", "-")).hears("error: Registry name is required, for example myacr")
}

func TestWhatWasSaidIsSaidAgainOnlyOnAnotherVisit(t *testing.T) {
	from := saved("environments", "dev, prod", "registry.provider", "quay", "registry.namespace", "myorg")
	said := talk(t, plain.Options{Answers: from}, strings.Repeat("\n", 25)).hears("The same choices, 1 to 3; ? lists them.").said
	if n := strings.Count(said, "where the pods run"); n != 1 {
		t.Errorf("said %d times what a namespace is:\n%s", n, said)
	}
	again := talk(t, plain.Options{}, azure("<")).said // from the review back to the last question
	if n := strings.Count(again, "where the pods run"); n != 2 {
		t.Errorf("said %d times on two visits what a namespace is:\n%s", n, again)
	}
}

func TestPlusGoesBackToWhatWasPassedBy(t *testing.T) {
	said := talk(t, plain.Options{}, lines("", "jfrog", "acme", "", "docker", "+", "+")).hears("no more optional questions").said
	talk(t, plain.Options{}, lines("", "jfrog", "acme", "", "+")).hears("Also asked: Host, Path, Cache of.", "Host (optional):")
	if strings.Contains(said, "Host (optional)") {
		t.Errorf("plus on the next page asks of the page before:\n%s", said)
	}
}

func TestHelpKnowsTheRegistry(t *testing.T) {
	talk(t, plain.Options{}, lines("", "acr", "?")).hears("Azure Container Registry, Credentials:", "password: password of the token")
	talk(t, plain.Options{}, lines("", "acr", "myacr", "?")).hears(`writes global.image.registry: "myacr.azurecr.io"`)
	mixed := saved("registry.provider", "acr", "registry.name", "myacr", "components.workers.registry.provider", "quay")
	talk(t, plain.Options{Answers: mixed}, lines("", "", "", "", "", "?")).hears("Workers organization:", "Quay, Credentials:")
}

func TestNamesAreNotSaidBeforeTheyAreKnown(t *testing.T) {
	said := talk(t, plain.Options{}, lines("", "acr", "myacr", "per-component", "gcr")).said
	if strings.Contains(said, "Image of workers: gcr.io") {
		t.Errorf("a name without its project:\n%s", said)
	}
}

// An image name answers most questions, and :s takes the defaults for the rest.
func TestAnImageNameAndTheDefaults(t *testing.T) {
	c := talk(t, plain.Options{}, lines("docker pull quay.io/myorg/conductor-server:1", "y"))
	c.hears("understood: Quay quay.io/myorg", "workers conductor-workers (guessed)").wrote("values.yaml", "pull-secret.sh", "answers.yaml")
	c = talk(t, plain.Options{}, lines(":s", "quay", ":s", "myorg", ":s", "y"))
	c.hears("Image of server: quay.io/myorg/orkes-conductor-server:5.2.42").wrote("values.yaml", "pull-secret.sh", "answers.yaml")
}
