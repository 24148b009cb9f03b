// Prints how Go's JSON decoder sees the types of the Kubernetes API: what .scripts/record-kubernetes-schema.mjs
// cannot learn from the OpenAPI documents. Needs a module that requires k8s.io/api, k8s.io/apimachinery and k8s.io/metrics
// at the version that is recorded:
//
//	go run .scripts/kubernetes-fields.go > fields.json
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	authenticationv1 "k8s.io/api/authentication/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

type field struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Of       string `json:"of"` // the kind of Go type: struct, string, int32, slice, map, ...
	Elem     string `json:"elem,omitempty"`
	ElemOf   string `json:"elemOf,omitempty"`
	Pointer  bool   `json:"pointer,omitempty"`
	Omits    bool   `json:"omits,omitempty"`
	Strategy string `json:"strategy,omitempty"`
	MergeKey string `json:"mergeKey,omitempty"`
	// Number of the field in protocol buffers; below an embedded struct `2.3`.
	Number string `json:"number,omitempty"`
}

var found = map[string][]field{}

func name(t reflect.Type) string { return t.PkgPath() + "." + t.Name() }

var scalars = map[string]bool{"Time": true, "MicroTime": true, "Quantity": true, "IntOrString": true, "FieldsV1": true, "RawExtension": true, "Duration": true, "MicroDuration": true}

func of(t reflect.Type) string {
	if scalars[t.Name()] {
		return t.Name()
	}
	if t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
		return "bytes"
	}
	if t.Kind() == reflect.Struct {
		need(t)
		return "struct " + name(t)
	}
	return t.Kind().String()
}

func need(t reflect.Type) {
	if _, known := found[name(t)]; known {
		return
	}
	found[name(t)] = nil
	found[name(t)] = fieldsOf(t, "")
}

func fieldsOf(t reflect.Type, above string) []field {
	all := []field{}
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		tag := strings.Split(f.Tag.Get("json"), ",")
		number := ""
		if proto := strings.Split(f.Tag.Get("protobuf"), ","); len(proto) > 1 && above != "none" {
			number = above + proto[1]
		}
		if tag[0] == "-" {
			continue
		}
		if tag[0] == "" && f.Anonymous {
			inner := f.Type
			if inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			// What is embedded without a number, the type's own name and version, stands elsewhere.
			if number == "" {
				number = "none"
			} else {
				number += "."
			}
			all = append(all, fieldsOf(inner, number)...)
			continue
		}
		one := field{Name: tag[0], Type: f.Type.String(), Strategy: f.Tag.Get("patchStrategy"), MergeKey: f.Tag.Get("patchMergeKey"), Number: number}
		inner := f.Type
		if inner.Kind() == reflect.Pointer {
			one.Pointer = true
			inner = inner.Elem()
		}
		for _, option := range tag[1:] {
			// A struct is never empty to omitempty; omitzero asks it.
			if option == "omitzero" || option == "omitempty" && (one.Pointer || inner.Kind() != reflect.Struct) {
				one.Omits = true
			}
		}
		one.Of = of(inner)
		if one.Of == "slice" || one.Of == "map" {
			elem := inner.Elem()
			if elem.Kind() == reflect.Pointer {
				elem = elem.Elem()
			}
			one.Elem = elem.String()
			one.ElemOf = of(elem)
			if one.ElemOf == "slice" {
				one.ElemOf = "slice of " + of(elem.Elem())
			}
		}
		all = append(all, one)
	}
	return all
}

func main() {
	for _, each := range []any{
		corev1.ConfigMap{}, corev1.Endpoints{}, corev1.Event{}, corev1.LimitRange{}, corev1.Namespace{}, corev1.Node{},
		corev1.PersistentVolume{}, corev1.PersistentVolumeClaim{}, corev1.Pod{}, corev1.ResourceQuota{}, corev1.Secret{},
		corev1.Service{}, corev1.ServiceAccount{}, corev1.Binding{},
		appsv1.ControllerRevision{}, appsv1.DaemonSet{}, appsv1.Deployment{}, appsv1.ReplicaSet{}, appsv1.StatefulSet{},
		autoscalingv1.Scale{}, autoscalingv1.HorizontalPodAutoscaler{}, autoscalingv2.HorizontalPodAutoscaler{},
		batchv1.CronJob{}, batchv1.Job{}, discoveryv1.EndpointSlice{}, networkingv1.Ingress{}, networkingv1.IngressClass{},
		networkingv1.NetworkPolicy{}, policyv1.Eviction{}, policyv1.PodDisruptionBudget{},
		rbacv1.ClusterRole{}, rbacv1.ClusterRoleBinding{}, rbacv1.Role{}, rbacv1.RoleBinding{},
		schedulingv1.PriorityClass{}, storagev1.StorageClass{},
		authenticationv1.TokenRequest{}, authenticationv1.SelfSubjectReview{},
		authorizationv1.SelfSubjectAccessReview{}, authorizationv1.SubjectAccessReview{},
		authorizationv1.LocalSubjectAccessReview{}, authorizationv1.SelfSubjectRulesReview{},
		metav1.Status{}, metav1.DeleteOptions{},
	} {
		need(reflect.TypeOf(each))
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	if err := out.Encode(found); err != nil {
		panic(err)
	}
}
