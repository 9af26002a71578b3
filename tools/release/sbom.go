package main

import (
	"debug/buildinfo"
	"os"
	"path/filepath"
	"runtime/debug"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// writeSBOM writes the modules that Go recorded in a binary as a CycloneDX document, BASE.cdx.json. It has no serial
// number and no time, so that it is the same for each build of a commit.
func (r *release) writeSBOM(binary, base string) (err error) {
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	bom := cdx.NewBOM()
	bom.Metadata = &cdx.Metadata{Component: &cdx.Component{BOMRef: program, Type: cdx.ComponentTypeApplication,
		Name: program, Version: r.version, Description: summary,
		Licenses: &cdx.Licenses{{License: &cdx.License{ID: "Apache-2.0"}}}}}
	components := []cdx.Component{module(&debug.Module{Path: "std", Version: info.GoVersion[len("go"):]})}
	references := []string{components[0].BOMRef}
	for _, dependency := range info.Deps {
		component := module(dependency)
		components, references = append(components, component), append(references, component.BOMRef)
	}
	bom.Components = &components
	bom.Dependencies = &[]cdx.Dependency{{Ref: program, Dependencies: &references}}
	out, err := os.Create(filepath.Join(r.out, base+".cdx.json"))
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, out.Close()) }()
	return cdx.NewBOMEncoder(out, cdx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(bom, cdx.SpecVersion1_6)
}

// module returns a Go module as a library.
func module(m *debug.Module) cdx.Component {
	if m.Replace != nil {
		m = m.Replace
	}
	address := "pkg:golang/" + m.Path + "@" + m.Version
	return cdx.Component{BOMRef: address, Type: cdx.ComponentTypeLibrary, Name: m.Path, Version: m.Version,
		PackageURL: address, Scope: cdx.ScopeRequired}
}
