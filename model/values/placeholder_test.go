package values_test

import (
	"testing"

	"conductor-registry/model/values"
)

func TestPlaceholder(t *testing.T) {
	for text, want := range map[string]string{
		"${mirrorHost}/orkes": "${mirrorHost}", "https://${H:-r.io}/x": "${H:-r.io}", "$REGISTRY/x": "$REGISTRY",
		"$(ImageRepo)/s": "$(ImageRepo)", "{{ .StateValues.x }}/c": "{{ .StateValues.x }}", "a-{{x}}": "{{x}}",
		"ref+awssm://Reg#Host": "ref+awssm://Reg#Host", "<path:secret/data/x#Host>": "<path:secret/data/x#Host>",
		"ENC[AES256_GCM,data:Zm9v,type:str]": "ENC[AES256_GCM,data:Zm9v,type:str]", "%REGISTRY%/x": "%REGISTRY%",
		"__REGISTRY_HOST__/o": "__REGISTRY_HOST__", "__Registry__": "__Registry__", "#{Registry}#": "#{Registry}#",
		"r.io/a__b__c": "", "r.io/a%20b": "", "<your-registry>": "", "100% of %": "", "r.io:5000/a_b/c": "", "5.2.42@sha256:ab": "", "": "",
		"a{b}": "", "$5": "",
	} {
		if got := values.Placeholder(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
