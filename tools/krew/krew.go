// Package krew pins the program that checks manifests for krew, the package manager of kubectl. krew is a module of its
// own here, since it needs old versions of Kubernetes' libraries.
package krew
