package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"conductor-registry/model"
	"conductor-registry/model/lint"
	"conductor-registry/model/values"
)

type testSuites struct {
	XMLName  xml.Name    `xml:"testsuites"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Suites   []testSuite `xml:"testsuite"`
}

type testSuite struct {
	Name     string     `xml:"name,attr"`
	Tests    int        `xml:"tests,attr"`
	Failures int        `xml:"failures,attr"`
	Cases    []testCase `xml:"testcase"`
}

type testCase struct {
	Name      string   `xml:"name,attr"`
	ClassName string   `xml:"classname,attr"`
	File      string   `xml:"file,attr,omitempty"`
	Failure   *failure `xml:"failure,omitempty"`
	Output    string   `xml:"system-out,omitempty"`
}

type failure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// JUnit prints findings as a JUnit report: a suite for each file, a failed case for each error and warning. An info is a
// passed case with output, and a file without findings has one passed case. Shown masks secrets before they are escaped.
func JUnit(w io.Writer, findings []lint.Finding, sources []values.Source, shown func(string) string) error {
	var names []string
	for _, s := range sources {
		names = append(names, s.Name)
	}
	for _, f := range findings {
		names = append(names, placeName(f))
	}
	report := testSuites{Name: "conductor-registry lint"}
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			continue
		}
		suite := junitSuite(name, findings, shown)
		report.Suites = append(report.Suites, suite)
		report.Tests += suite.Tests
		report.Failures += suite.Failures
	}
	data, err := xml.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, data)
	return err
}

// junitSuite returns the suite of one file.
func junitSuite(name string, findings []lint.Finding, shown func(string) string) testSuite {
	suite := testSuite{Name: shown(slashed(name))}
	for _, f := range findings {
		if placeName(f) != name {
			continue
		}
		test := testCase{Name: shown(fmt.Sprintf("%s: line %d, %s", f.Rule, max(1, f.Line), f.Summary)),
			ClassName: suite.Name, File: shown(slashed(f.File))}
		var text []string
		for _, line := range Problem(f.Problem) {
			text = append(text, shown(line))
		}
		if f.Severity == model.Info {
			test.Output = strings.Join(text, "\n")
		} else {
			test.Failure = &failure{string(f.Severity), shown(f.Summary), strings.Join(text, "\n")}
			suite.Failures++
		}
		suite.Cases = append(suite.Cases, test)
	}
	if len(suite.Cases) == 0 {
		suite.Cases = []testCase{{Name: "no problems", ClassName: suite.Name, File: suite.Name}}
	}
	suite.Tests = len(suite.Cases)
	return suite
}
