package ui

import (
	"reflect"
	"slices"
	"testing"

	"charm.land/bubbles/v2/key"
)

// The help page and docs/keys.md take the keys from the groups: a binding that is in none would be missing there.
func TestEveryKeyIsInAGroup(t *testing.T) {
	k := newKeys()
	var listed []string
	for _, g := range allGroups(k) {
		for _, b := range g.keys {
			listed = append(listed, b.Help().Key+" "+b.Help().Desc)
		}
	}
	all := reflect.ValueOf(k)
	for i := range all.NumField() {
		b, _ := reflect.TypeAssert[key.Binding](all.Field(i))
		if help := b.Help().Key + " " + b.Help().Desc; !slices.Contains(listed, help) {
			t.Errorf("%s (%s) is in no group", all.Type().Field(i).Name, help)
		}
	}
}
