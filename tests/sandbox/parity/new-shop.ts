import type { Scenario } from './scenario.ts';
import { shop, stateful } from './shop-manifests.ts';

/** What is only to be seen in the first minutes: events, and what changed lately. */
export const aNewShop: Scenario = {
  name: 'a new shop',
  setup: [shop, stateful, 'kubectl scale deployment web --replicas=2', 'fast 5m'],
  lines: [
    'kubectl get pods',
    'kubectl get all',
    'kubectl get events',
    'kubectl get events -o wide',
    'kubectl get events --field-selector=involvedObject.kind=Deployment',
    // More than twelve that happened at once stand in the order that the Go of a kubectl sorts them in.
    'kubectl get events --field-selector=reason=Scheduled --sort-by=.metadata.creationTimestamp --no-headers',
    'kubectl get events -o custom-columns=REASON:.reason,OBJECT:.involvedObject.name,COUNT:.count',
    'kubectl events --for pod/db-0',
    'kubectl events --for statefulset/db -A',
    'kubectl events --for deployment/web',
    'kubectl events --types=Warning',
    'kubectl events --for pvc/data-db-0 --no-headers',
    'kubectl describe deployment web',
    'kubectl describe pod -l app=web',
    'kubectl describe pod db-0',
    'kubectl describe statefulset db',
    'kubectl describe pvc data-db-0',
    'kubectl describe node worker-1',
    'kubectl top pods',
    'kubectl top nodes',
    'kubectl get pods -o wide --sort-by=.spec.nodeName',
    'kubectl get deployment web -o jsonpath="{range .status.conditions[*]}{.type}={.status} {end}"',
    'kubectl logs db-0 --since=10m',
    'kubectl logs deploy/web --since-time=2020-01-01T00:00:00Z --tail=1',
    'kubectl get rs',
    'kubectl rollout history deployment/web',
  ],
};
