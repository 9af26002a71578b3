package diagnose

// The objects of a cluster (k8s.io/api, core/v1 and apps/v1), with only the fields that a diagnosis needs. Others are
// dropped when they are read, so that a saved state holds no environment variable, annotation or value of a secret.

// Pod is a pod with its state.
type Pod struct {
	Kind     string    `json:"kind"`
	Metadata Meta      `json:"metadata"`
	Spec     PodSpec   `json:"spec"`
	Status   PodStatus `json:"status"`
}

// Meta is the metadata of an object.
type Meta struct {
	Name        string            `json:"name"`
	Namespace   string            `json:"namespace,omitempty"`
	Created     string            `json:"creationTimestamp,omitempty"` // RFC 3339, as all times here
	Deleted     string            `json:"deletionTimestamp,omitempty"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations Annotations       `json:"annotations,omitzero"`
	Owners      []Reference       `json:"ownerReferences,omitempty"`
}

// Annotations hold the one that Helm writes on what it installs; the ReplicaSets of a Deployment have it too.
type Annotations struct {
	Release string `json:"meta.helm.sh/release-name,omitempty"`
}

// Reference refers to an object; without a kind to a Secret.
type Reference struct {
	Kind      string `json:"kind,omitempty"`
	Name      string `json:"name"`
	Namespace string `json:"namespace,omitempty"`
}

// PodSpec is what a pod runs.
type PodSpec struct {
	Account     string      `json:"serviceAccountName,omitempty"`
	PullSecrets []Reference `json:"imagePullSecrets,omitempty"`
	Init        []Container `json:"initContainers,omitempty"`
	Containers  []Container `json:"containers,omitempty"`
}

// Container is one container of a pod.
type Container struct {
	Name       string `json:"name"`
	Image      string `json:"image"`
	PullPolicy string `json:"imagePullPolicy,omitempty"`
}

// PodStatus is the state of a pod.
type PodStatus struct {
	Phase      string            `json:"phase,omitempty"`
	Reason     string            `json:"reason,omitempty"`
	Message    Message           `json:"message,omitempty"`
	Conditions []Condition       `json:"conditions,omitempty"`
	Init       []ContainerStatus `json:"initContainerStatuses,omitempty"`
	Containers []ContainerStatus `json:"containerStatuses,omitempty"`
}

// Condition is one condition of a pod.
type Condition struct {
	Type    string  `json:"type"`
	Status  string  `json:"status"`
	Reason  string  `json:"reason,omitempty"`
	Message Message `json:"message,omitempty"`
}

// ContainerStatus is the state of a container, now and before its last restart.
type ContainerStatus struct {
	Name  string         `json:"name"`
	State ContainerState `json:"state"`
	Last  ContainerState `json:"lastState"`
}

// ContainerState has one field set; with none the container waits.
type ContainerState struct {
	Waiting    *Waiting    `json:"waiting,omitempty"`
	Running    *struct{}   `json:"running,omitempty"`
	Terminated *Terminated `json:"terminated,omitempty"`
}

// Waiting says why a container does not run yet.
type Waiting struct {
	Reason  Message `json:"reason,omitempty"`
	Message Message `json:"message,omitempty"`
}

// Terminated says how a container ended.
type Terminated struct {
	Code    int     `json:"exitCode"`
	Reason  Message `json:"reason,omitempty"`
	Message Message `json:"message,omitempty"`
}

// Event is an event of an object.
type Event struct {
	Kind     string    `json:"kind"`
	Metadata Meta      `json:"metadata"`
	Of       Reference `json:"involvedObject"`
	Reason   string    `json:"reason,omitempty"`
	Message  Message   `json:"message,omitempty"`
	Last     string    `json:"lastTimestamp,omitempty"` // of those that kubelets write
	At       string    `json:"eventTime,omitempty"`     // of those in the newer form
}

// Workload is a Deployment or a ReplicaSet.
type Workload struct {
	Kind     string `json:"kind"`
	Metadata Meta   `json:"metadata"`
	Spec     struct {
		Replicas *int `json:"replicas,omitempty"` // how many pods there should be; unset is one
		Template struct {
			Spec PodSpec `json:"spec"`
		} `json:"template"`
	} `json:"spec"`
	Status struct {
		Replicas   int         `json:"replicas"`
		Conditions []Condition `json:"conditions,omitempty"`
	} `json:"status"`
}

// Account is a ServiceAccount. Its pull secrets are given to pods that are created without their own.
type Account struct {
	Kind        string      `json:"kind"`
	Metadata    Meta        `json:"metadata"`
	PullSecrets []Reference `json:"imagePullSecrets,omitempty"`
}
