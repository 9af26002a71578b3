package diagnose

import "conductor-registry/model"

// absences are about pods that are not there, or are not the ones that were asked for.
func absences() []Cause {
	return []Cause{
		{
			ID: "pods-missing", Severity: model.Error,
			Summary: "there are no pods of {which} in the namespace {namespace}",
			Why:     "nothing was installed here, or it was under another name or in another namespace",
			Steps: []Step{
				{"see what is installed where", "helm list --all-namespaces"},
				{"look for its pods", "kubectl get pods --all-namespaces --selector app.kubernetes.io/name={chart}"},
			},
		},
		{
			ID: "pods-refused", Severity: model.Error, Summary: "no pods are made: the API server refuses them",
			Why: "{said}. Nothing is pulled for a pod that does not exist, so this is no matter of images",
			Steps: []Step{
				{"read the refusal; a quota wants to be raised, or the values to keep to the policy",
					"kubectl describe replicaset {name} --namespace {namespace}"},
			},
		},
		{
			ID: "pods-not-wanted", Severity: model.Warning, Summary: "the Deployment {name} is scaled to no pods",
			Why:   "nothing is pulled for a pod that does not exist, so this is no matter of images",
			Steps: []Step{{"ask for one", "kubectl scale deployment {name} --namespace {namespace} --replicas 1"}},
		},
		{
			ID: "pod-stale", Severity: model.Warning, Summary: "pods are from before the last change of their Deployment",
			Why: "they still have {was}, and the Deployment says {now}",
			Steps: []Step{
				{"see what keeps the new pods", "kubectl rollout status deployment/{name} --namespace {namespace} --timeout 60s"},
				{"make them all anew", "kubectl rollout restart deployment/{name} --namespace {namespace}"},
			},
		},
	}
}

// nameCauses are about what the pod asks for.
func nameCauses() []Cause {
	return []Cause{
		{
			ID: "values-not-installed", Severity: model.Error, Summary: "pods have {has}, and your values give something else",
			Why:   "your values give {wanted}: helm was not run with them, or was run again with others",
			Steps: []Step{{"install what you have", "helm upgrade {release} {ref} --namespace {namespace} -f values.yaml"}},
		},
		{
			ID: "image-name-invalid", Severity: model.Error, Signs: []string{"invalid reference format", "couldn't parse image"},
			Summary: "{image} is no image name", Why: "{explained}",
			Steps: []Step{
				{"see which value makes it so", "conductor-registry lint -f values.yaml"},
				{"mend it, and upgrade the release", "helm upgrade {release} {ref} --namespace {namespace} -f values.yaml"},
			},
		},
		{
			ID: "image-never-pulled", Severity: model.Error, Signs: []string{"is not present with pull policy of never"},
			Summary: "the pull policy is Never, and the node does not have the image",
			Why:     "with Never a node runs only images that someone has put there",
			Steps: []Step{
				{"set the pull policy to IfNotPresent, and upgrade the release; see which key decides it",
					"conductor-registry resolve -f values.yaml"},
			},
		},
	}
}

// registryCauses are about what the registry, or the way to it, says. Their order matters where one message has the
// signs of two.
func registryCauses() []Cause {
	return []Cause{
		{
			ID: "registry-rate-limit", Severity: model.Error, Signs: []string{"toomanyrequests", "429 too many requests", "rate limit"},
			Summary: "{host} lets no more pulls through for now: its rate limit is reached",
			Why:     "pulls are counted by the login, or by the address of the nodes without one{notes}",
			Steps: []Step{
				{"pull with a login: put one for {key} into the pull secret", "{script}"},
				{"or mirror the images into a registry of your own, and name that in the values", ""},
			},
		},
		{
			ID: "registry-unknown-ca", Severity: model.Error,
			Signs:   []string{"certificate signed by unknown authority", "self-signed certificate", "self signed certificate"},
			Summary: "the nodes do not trust the certificate of {host}",
			Why: "the container runtime of each node pulls, so the authority must be known there; a trust store in the " +
				"values or in a pod does not help",
			Steps: []Step{
				{"put the authority's certificate on every node, for containerd as " +
					"/etc/containerd/certs.d/{host}/ca.crt with a hosts.toml that names it", ""},
				{"see who signed it", "openssl s_client -connect {address} -showcerts </dev/null"},
			},
		},
		{
			ID: "registry-certificate", Severity: model.Error, Signs: []string{"x509:", "tls: failed to verify"},
			Summary: "the certificate of {host} is not valid for the nodes",
			Why:     "it is out of date, or for another name, or a node's clock is wrong",
			Steps:   []Step{{"look at its names and dates", "openssl s_client -connect {address} </dev/null | openssl x509 -noout -subject -dates -ext subjectAltName"}},
		},
		{
			ID: "registry-plain-http", Severity: model.Error, Signs: []string{"server gave http response to https client"},
			Summary: "{host} speaks HTTP, and the nodes ask with HTTPS",
			Why:     "container runtimes use HTTPS unless they are told not to, host by host",
			Steps: []Step{
				{"give the registry a certificate; or, on every node, allow HTTP for this host, for containerd in " +
					"/etc/containerd/certs.d/{host}/hosts.toml: server = \"http://{host}\"", ""},
				{"or use the port that speaks HTTPS in the image names", ""},
			},
		},
		{
			ID: "registry-unknown-host", Severity: model.Error, Signs: []string{"no such host", "server misbehaving", ": try again"},
			Summary: "the nodes find no address for {host}",
			Why:     "it is misspelt, or the nodes' own DNS does not know it; that is not the cluster's DNS for pods",
			Steps: []Step{
				{"compare the host with the registry's, letter by letter", "conductor-registry resolve -f values.yaml"},
				{"ask for it on a node", "nslookup {name}"},
			},
		},
		{
			ID: "registry-unreachable", Severity: model.Error,
			Signs: []string{"i/o timeout", "context deadline exceeded", "tls handshake timeout", "connection refused",
				"connection reset", "no route to host", "network is unreachable", "proxyconnect", "client.timeout", ": eof"},
			Summary: "the nodes do not reach {host}",
			Why:     "a firewall, a proxy or the registry itself keeps them from it: {said}",
			Steps: []Step{
				{"ask it from a node; 401 is a good answer, it says that the way is free", "curl -sSI https://{host}/v2/"},
				{"if nodes need a proxy, the container runtime must know it: HTTPS_PROXY and NO_PROXY of its service", ""},
				{"wait if the registry was down: nodes try again within five minutes", ""},
			},
		},
		{
			ID: "image-wrong-platform", Severity: model.Error,
			Signs:   []string{"no match for platform in manifest", "no matching manifest for", "exec format error", "no image found in manifest list"},
			Summary: "the image is not made for the processor of the node",
			Why:     "the registry has it for another platform only, such as arm64 where the node is amd64; copies made on a laptop are",
			Steps: []Step{
				{"see what the nodes are", "kubectl get nodes --label-columns kubernetes.io/arch"},
				{"see what there is", "docker manifest inspect {image}"},
				{"copy the image again with all its platforms; SOURCE is where it came from", "docker buildx imagetools create --tag {image} SOURCE"},
			},
		},
		{
			ID: "node-disk-full", Severity: model.Error, Signs: []string{"no space left on device", "disk pressure", "diskpressure", "ephemeral-storage"},
			Summary: "a node has no room for the image",
			Why:     "the two images need some gigabytes while they are unpacked",
			Steps:   []Step{{"see which nodes say DiskPressure", "kubectl describe nodes | grep -E '^Name:|DiskPressure'"}, {"make room on the node, or give it a larger disk", ""}},
		},
		{
			ID: notFound, Severity: model.Error, Signs: []string{"not found", "manifest unknown", "name unknown", "does not exist", "manifest_unknown", "name_unknown"},
			Summary: "{host} does not have the image",
			Why:     "the tag, the path or the host is another, or the image was never copied there; the nodes may ask, so the login is not it",
			Steps: []Step{
				{"see whether the image exists", "{check}"},
				{"see which value makes the name so", "conductor-registry resolve -f values.yaml"},
				{"copy it there, if it is not; SOURCE is where it comes from", "docker buildx imagetools create --tag {image} SOURCE"},
			},
		},
		{
			ID: "pull-failed", Severity: model.Error, Summary: "{image} can't be pulled",
			Why:   "the container runtime gives a reason that is not known here: {said}",
			Steps: []Step{{"read all that it says", "kubectl describe pod {pod} --namespace {namespace}"}, {"see whether the image exists", "{check}"}},
		},
	}
}

// others are about pods whose images are there, or on their way.
func others() []Cause {
	return []Cause{
		{
			ID: "pull-going-on", Severity: model.Info, Summary: "{image} is being pulled",
			Why:   "the images are large, and a first pull takes minutes",
			Steps: []Step{{"wait, and look again", "kubectl get pods --namespace {namespace} --watch"}},
		},
		{
			ID: "pod-unscheduled", Severity: model.Warning, Summary: "no node takes the pod",
			Why:   "{said}. Nothing is pulled before a node is found, so this is no matter of images",
			Steps: []Step{{"read what the scheduler wants", "kubectl describe pod {pod} --namespace {namespace}"}},
		},
		{
			ID: "container-not-made", Severity: model.Warning, Summary: "the image is there, and the container {container} can't be made",
			Why:   "{said}. The pull works, so this is no matter of images",
			Steps: []Step{{"see what it misses", "kubectl describe pod {pod} --namespace {namespace}"}},
		},
		{
			ID: "container-crashes", Severity: model.Warning, Summary: "the image is there, and the program in {container} ends at once",
			Why: "it ended with exit code {code}. The pull works, so this is no matter of images, unless its log says exec " +
				"format error: then the image is for another processor",
			Steps: []Step{
				{"read why it ended", "kubectl logs {pod} --namespace {namespace} --container {container} --previous"},
				{"if it says exec format error, compare the processors", "kubectl get nodes --label-columns kubernetes.io/arch"},
			},
		},
	}
}
