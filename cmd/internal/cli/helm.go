package cli

// Helm sets these variables for its plugins, and keeps its own flags to itself: "helm conductor-registry diagnose -n prod"
// has no -n here.
const (
	helmNamespaceVariable = "HELM_NAMESPACE"
	helmContextVariable   = "HELM_KUBECONTEXT"
)

// helmNamespace returns the namespace that helm was called with, or "". Helm says "default" also when nobody chose one.
func helmNamespace(s Streams) string {
	if namespace := variable(s, helmNamespaceVariable); namespace != "default" {
		return namespace
	}
	return ""
}

// helmContext returns the kubectl context that helm was called with, or "".
func helmContext(s Streams) string { return variable(s, helmContextVariable) }
