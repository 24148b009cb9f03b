import { describe, expect, it } from 'vitest';
import { loadContent } from '../../../src/content/load-content.ts';
import { dockerWrongWays } from './docker-wrong-ways.ts';
import { play, type WrongWays } from './play-lab.ts';

const { labs } = loadContent('lessons').content;

const wrongWays: WrongWays = {
  ...dockerWrongWays,
  'all-eggs': [
    ['kubectl scale deployment web --replicas=1', 'A Pod of `web` is on `worker-2`'],
    ['kubectl drain worker-1 --ignore-daemonsets', 'A Pod of `web` is on `worker-1`'],
  ],
  'close-the-stock': [
    [
      `kubectl apply -f - <<END
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed}
spec: {podSelector: {}, policyTypes: [Ingress]}
END`,
      'Pods of `web` get the items at `http://stock/items`',
    ],
    [
      `kubectl apply -f - <<END
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: service-port}
spec:
  podSelector: {matchLabels: {app: stock}}
  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 80}]}]
END`,
      'Pods of `web` get the items at `http://stock/items`',
    ],
    ['kubectl delete deployment games', 'Nor does any other Pod'],
  ],
  'container-or-pod': [
    [
      'kubectl run cache --image=redis:7\nfast 5s\nkubectl delete pod cache\nkubectl run cache --image=redis:7',
      'Its container has ended and was started again at least once',
    ],
    [
      'kubectl create deployment cache --image=redis:7',
      'There is a bare Pod `cache` with the image `redis:7`, and nothing owns it',
    ],
  ],
  'crash-loop': [
    ['kubectl set env deployment/db POSTGRES_PASSWORD=secret', 'No password stands in the Deployment itself'],
    ['kubectl set env deployment/db POSTGRES_HOST_AUTH_METHOD=trust', 'The password comes from a Secret'],
    [
      'kubectl create secret generic db --from-literal=PASSWORD=x\nkubectl set env deployment/db --from=secret/db',
      'The Pod of the Deployment `db` is ready, on `postgres:16`',
    ],
  ],
  'empty-a-node': [
    ['kubectl cordon worker-1', 'No Pod of `web` is on `worker-1`'],
    ['kubectl delete deployment web\nkubectl cordon worker-1', 'Four Pods of `web` are ready'],
    [
      'kubectl drain worker-1 --ignore-daemonsets\nkubectl uncordon worker-1',
      'No new Pod is placed on `worker-1`',
    ],
  ],
  'from-outside': [
    [
      'kubectl patch service web -p \'{"spec":{"type":"NodePort"}}\'',
      'From outside, port 30080 of worker-1 (172.30.0.12) gives the page',
    ],
    ['kubectl port-forward service/web 30080:80 &', 'So does port 30080 of worker-2 (172.30.0.13)'],
  ],
  'image-not-found': [
    ['kubectl rollout undo deployment/web', 'The Deployment `web` runs the image `nginx:1.28`'],
    ['kubectl delete pods -l app=web', 'No Pod of `web` waits for an image any more'],
  ],
  'keep-it-running': [
    ['kubectl create deployment web --image=nginx:1.28 --replicas=3', 'The bare Pod `web` is gone'],
    [
      'kubectl delete pod web\nkubectl create deployment web --image=nginx:1.28',
      'Three Pods of it are ready',
    ],
  ],
  'last-words': [
    ['kubectl logs worker > report.txt', '`report.txt` in your home directory holds the number of the order'],
    ['kubectl logs worker --previous > report.txt', 'It holds the exit code of the run that failed'],
  ],
  'let-it-breathe': [
    [
      'kubectl scale deployment web --replicas=5\nfast 2m',
      'An autoscaler is in charge of the Deployment `web`',
    ],
    [
      'kubectl autoscale deployment web --min=1 --max=8 --cpu=80%\nfast 5m',
      'It aims at half of what the Pods ask for, and has at most eight Pods',
    ],
  ],
  'move-the-shop': [
    [
      'kubectl create deployment api --image=registry.example.com/shop/api:1.4 --replicas=2\n' +
        'kubectl create deployment web --image=registry.example.com/shop/web:1.4\n' +
        "kubectl set env deployment/web API_URL=http://api:8080 GREETING='Welcome to our shop'\n" +
        'kubectl expose deployment web --port=8080',
      'Any Pod gets the items through it, at `http://web:8080/items`',
    ],
  ],
  'new-version': [
    ['kubectl set image deployment/web nginx=nginx:1.28', 'The history says why, and names 1.28'],
    [
      'kubectl delete deployment web\nkubectl create deployment web --image=nginx:1.28 --replicas=3',
      'The old revision is still there to go back to',
    ],
  ],
  'nightly-report': [
    [
      "kubectl delete deployment report\nkubectl create cronjob report --image=busybox:1.36 --schedule='3 0 * * *' -- date\nkubectl create job now --from=cronjob/report",
      'A CronJob `report` runs `busybox:1.36` each night at three',
    ],
    [
      "kubectl create cronjob report --image=busybox:1.36 --schedule='0 3 * * *' -- date\nkubectl create job now --from=cronjob/report",
      'The Deployment `report` is gone',
    ],
    [
      "kubectl delete deployment report\nkubectl create cronjob report --image=busybox:1.36 --schedule='0 3 * * *' -- date",
      'A Job of this image has succeeded',
    ],
  ],
  'not-before-it-is-ready': [
    [
      `kubectl patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"web",
        "readinessProbe":{"httpGet":{"path":"/healthz","port":8080}},
        "livenessProbe":{"httpGet":{"path":"/healthz","port":8080}}}]}}}}'`,
      'The Pods of `web` are asked at `/readyz` whether they are ready',
    ],
    [
      `kubectl patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"web",
        "readinessProbe":{"httpGet":{"path":"/readyz","port":80}},
        "livenessProbe":{"httpGet":{"path":"/healthz","port":8080}}}]}}}}'`,
      'Two Pods are ready, all of the new revision',
    ],
  ],
  'notes-that-stay': [
    [
      "kubectl exec deployment/notes -- sh -c 'echo milk > /data/notes.txt'",
      'It still does when the Pod is deleted and another has taken its place',
    ],
    [
      `kubectl exec deployment/notes -- sh -c 'echo milk > /data/notes.txt'
kubectl apply -f - <<END
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: notes}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
END`,
      'A claim is bound',
    ],
  ],
  'old-greeting': [
    [
      'kubectl set env deployment/web GREETING=Bonjour',
      'The Deployment takes its greeting from the ConfigMap',
    ],
    ['kubectl scale deployment web --replicas=3', 'Every Pod greets with Bonjour at `http://web`'],
  ],
  'one-name': [
    ['kubectl expose deployment api --port=80', 'Any Pod gets the items at `http://api/items`'],
    ['kubectl expose deployment api', 'Any Pod gets the items at `http://api/items`'],
    [
      'kubectl expose deployment api --port=8080\nkubectl set env deployment/web API_URL=http://api:8080',
      'The Deployment `web` still asks `http://api`',
    ],
  ],
  'own-namespace': [
    [
      'kubectl create namespace shop\nkubectl create deployment web --image=nginx:1.28 -n shop',
      'Your kubeconfig works in `shop` unless told otherwise',
    ],
    [
      'kubectl create namespace shop\nkubectl create deployment web --image=nginx:1.28\nkubectl config set-context --current --namespace=shop',
      'There is none in `default`',
    ],
  ],
  'pending-pods': [
    [
      'kubectl set resources deployment report --requests=cpu=0,memory=200Mi',
      'Each asks for half a processor at the most, and for something',
    ],
    ['kubectl scale deployment report --replicas=0', 'Two Pods of the Deployment `report` are ready'],
    [
      'kubectl set resources deployment report --requests=cpu=500m,memory=200m',
      'Each asks for 200Mi of memory',
    ],
  ],
  'private-image': [
    [
      'kubectl set image deployment/web web=registry.example.com/shop/web:1.4',
      'The Deployment `web` still runs the image from the private repository',
    ],
    [
      'kubectl create secret docker-registry regcred --docker-server=registry.example.com --docker-username=team --docker-password=shop-1234',
      'A Pod of `web` is ready',
    ],
    [
      'kubectl create secret generic regcred --from-literal=team=shop-1234',
      'A Secret holds the login in the form that is meant for pulling',
    ],
  ],
  'service-selects-nothing': [
    ['kubectl scale deployment web --replicas=4', 'Any Pod gets the page at `http://web`'],
    [
      'kubectl label pod -l app=web app=website --overwrite',
      'It still does when the Pods have been replaced by others',
    ],
  ],
  'two-in-one-pod': [
    [
      'kubectl apply -f shop.yaml',
      'The Pod `shop` has a container `web` from `nginx:1.28` and a container `writer`',
    ],
    [
      `cat >> shop.yaml <<END
    - name: writer
      image: busybox:1.36
      command: ["sh", "-c", "echo open until 18:00 > /index.html; sleep infinity"]
END
kubectl apply -f shop.yaml`,
      'Both mount the volume `page`',
    ],
  ],
  'which-runtime': [
    ['echo worker-2 docker://29.7.2 > answer.txt', 'It names the runtime of that node, with its version'],
    [
      'kubectl get node worker-1 -o wide > answer.txt',
      '`answer.txt` in your home directory names the node of the Pod',
    ],
  ],
};

describe('what is not what was asked for', () => {
  it('is tried in every lab', () => {
    expect(Object.keys(wrongWays).sort()).toEqual(labs.map(({ lab }) => lab.id).sort());
  });

  describe.each(labs.map((text) => [text.lab.id, text] as const))('in %s', (id, text) => {
    it.each(wrongWays[id] ?? [])('is told from it: %s', (script, fails) => {
      const { seen, transcript } = play(text, script);
      const failing = seen.filter(({ fulfilled }) => !fulfilled).map(({ says }) => says);
      expect(failing, transcript).toContain(fails);
    });
  });
});
