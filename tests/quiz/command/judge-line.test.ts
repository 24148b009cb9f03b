import { describe, expect, it } from 'vitest';
import { judgeLine } from '../../../src/quiz/command/judge-line.ts';
import type { Item } from '../../../src/quiz/item.ts';
import { itemOf, optionOf } from '../../fixtures/item.ts';

function asking(...answers: readonly string[]): Item {
  return itemOf(
    'command',
    answers.map((text, place) => optionOf(String.fromCharCode(97 + place), { text, correct: true })),
  );
}

/** For each answer the lines that have the same effect. */
const same: Readonly<Record<string, readonly string[]>> = {
  'kubectl get pods -n shop': [
    'kubectl get pods --namespace shop',
    'kubectl get pods --namespace=shop',
    'kubectl get pods -nshop',
    'kubectl get pods -n=shop',
    'kubectl -n shop get pods',
    'kubectl --namespace shop get pods',
    'kubectl get -n shop po',
    'kubectl get pod -n shop',
    'kubectl get Pods -n shop',
    'k get po -n shop',
    '$ kubectl get pods -n shop',
    '  kubectl   get  pods   -n   shop  ',
    'kubectl get "pods" -n \'shop\'',
    'sudo kubectl get pods -n shop',
    'kubectl get pods -n shop -o wide',
    'kubectl get pods -n shop --show-labels',
    'kubectl get pods -n shop -v=2',
    'kubectl get pods -n shop --request-timeout=5s',
    'kubectl get pods -n shop --watch=false',
    'kubectl get pods -n other -n shop',
  ],
  'kubectl get pods': [
    'kubectl get pods -n default',
    'kubectl get po --namespace=default',
    'kubectl get pods --all-namespaces=false',
    'kubectl get pods --chunk-size=500',
  ],
  'kubectl get pods -A': ['kubectl get po --all-namespaces', 'kubectl get pods --all-namespaces=true'],
  'kubectl get deployment web': [
    'kubectl get deployment/web',
    'kubectl get deploy web',
    'kubectl get deploy/web',
    'kubectl get deployments.apps web',
    'kubectl get deployments.apps/web',
    'kubectl get deployments.v1.apps/web',
  ],
  'kubectl get deploy,svc': ['kubectl get svc,deploy', 'kubectl get services,deployments'],
  'kubectl delete pod web api': [
    'kubectl delete pod api web',
    'kubectl delete pod/web pod/api',
    'kubectl delete po web api --wait=false',
    'kubectl delete pods web api --ignore-not-found',
  ],
  'kubectl logs web -c app': [
    'kubectl logs web app',
    'kubectl logs pod/web --container=app',
    'kubectl logs -c app web',
    'kubectl logs web -c app --timestamps',
    'kubectl logs web -c app --tail=-1',
  ],
  'kubectl logs -f deploy/web --tail=20 --since=1h': [
    'kubectl logs --follow deployment/web --since 60m --tail 20',
    'kubectl logs deployments.apps/web -f --tail=20 --since=3600s',
  ],
  'kubectl exec -it web -- sh': [
    'kubectl exec web -i -t -- sh',
    'kubectl exec -ti pod/web -- sh',
    'kubectl exec --stdin --tty web -- sh',
    'kubectl exec web -it -n default -- sh',
  ],
  'kubectl exec web -- ls /data': ['kubectl exec -it web -- ls /data', 'kubectl exec pods/web -- ls "/data"'],
  'kubectl run web --image=nginx:1.28 --restart=Never': [
    'kubectl run --image nginx:1.28 --restart Never web',
    'kubectl run web --restart=Never --image=docker.io/library/nginx:1.28',
  ],
  'kubectl run web --image=nginx': [
    'kubectl run web --image=nginx:latest',
    'kubectl run web --image nginx --restart=Always',
  ],
  'kubectl create deployment web --image=nginx:1.28': [
    'kubectl create deploy web --image nginx:1.28',
    'kubectl create deployment web --image=nginx:1.28 --replicas=1',
    'kubectl create deployment --image=nginx:1.28 web -o name',
  ],
  'kubectl create deployment web --image=nginx:1.28 --replicas=3': [
    'kubectl create deployment web -r 3 --image=nginx:1.28',
  ],
  'kubectl scale deployment web --replicas=3': [
    'kubectl scale --replicas=3 deployment/web',
    'kubectl scale deploy/web --replicas 3',
    'kubectl scale --replicas=3 deploy web --timeout=1m',
  ],
  'kubectl set image deployment/web web=nginx:1.28': [
    'kubectl set image deploy web web=nginx:1.28',
    'kubectl set image deployments.apps/web web=docker.io/nginx:1.28',
    'kubectl set image deployment web web=nginx:1.28 --record',
  ],
  'kubectl label node worker-1 disk=ssd tier=data': [
    'kubectl label nodes worker-1 tier=data disk=ssd',
    'kubectl label node/worker-1 disk=ssd tier=data --overwrite',
    'kubectl label no worker-1 disk=ssd tier=data',
  ],
  'kubectl expose deployment web --port=80': [
    'kubectl expose deploy web --port 80 --target-port=80',
    'kubectl expose deployment/web --port=80 --name=web --type=ClusterIP',
    'kubectl expose deployment web --port=80 --protocol=TCP',
  ],
  'kubectl port-forward svc/web 8080:80': [
    'kubectl port-forward service/web 8080:80',
    'kubectl port-forward services/web 8080:80 --address localhost',
  ],
  'kubectl port-forward pod/web 8080': ['kubectl port-forward web 8080:8080'],
  'kubectl apply -f web.yaml': [
    'kubectl apply -f ./web.yaml',
    'kubectl apply --filename=web.yaml',
    'kubectl apply -f web.yaml --server-side',
    'kubectl apply -f web.yaml --validate=true',
  ],
  'kubectl apply -f a.yaml -f b.yaml': ['kubectl apply -f b.yaml,a.yaml'],
  'kubectl apply -f k8s/': ['kubectl apply -f k8s', 'kubectl apply -f ./k8s/'],
  'kubectl create deployment web --image=nginx --dry-run=client -o yaml': [
    'kubectl create deploy web --image=nginx -o=yaml --dry-run=client',
    'kubectl create deploy web --image=nginx --output yaml --dry-run=client',
  ],
  'kubectl create configmap app --from-literal=A=1 --from-literal=B=2': [
    'kubectl create cm app --from-literal B=2 --from-literal A=1',
  ],
  'kubectl create namespace shop': ['kubectl create ns shop'],
  'kubectl get pods -l app=web,tier=front': [
    'kubectl get pods --selector tier=front,app=web',
    "kubectl get pods -l 'app==web, tier=front'",
  ],
  'kubectl rollout undo deployment/web': [
    'kubectl rollout undo deploy web',
    'kubectl rollout undo deploy/web --to-revision=0',
  ],
  'kubectl rollout status deployment web': [
    'kubectl rollout status deploy/web --timeout=60s',
    'kubectl rollout status deploy/web -w',
  ],
  'kubectl top pod': ['kubectl top pods', 'kubectl top po'],
  'kubectl drain worker-1 --ignore-daemonsets': ['kubectl drain --ignore-daemonsets node/worker-1'],
  'kubectl wait --for=condition=Ready pod/web': [
    'kubectl wait pod web --for condition=ready',
    'kubectl wait --for=condition=Ready=true pods/web --timeout=2m',
  ],
  'kubectl explain deployment.spec.replicas': [
    'kubectl explain deploy.spec.replicas',
    'kubectl explain deployments.spec.replicas',
  ],
  'kubectl auth can-i create deployments': ['kubectl auth can-i create deploy'],
  'kubectl autoscale deployment web --min=2 --max=5 --cpu=50%': [
    'kubectl autoscale deploy/web --max=5 --min=2 --cpu-percent=50',
  ],
  'kubectl config set-context --current --namespace=shop': [
    'kubectl config set-context --namespace shop --current',
  ],
  'kubectl cp web:/etc/nginx/nginx.conf nginx.conf': [
    'kubectl cp default/web:/etc/nginx/nginx.conf ./nginx.conf',
  ],
  "kubectl get pods -l 'app in (web, api),!tier'": ["kubectl get pods --selector '!tier,app in (web, api)'"],
  'kubectl get events --field-selector type=Warning': ['kubectl get events --field-selector=type==Warning'],
  'kubectl wait --for=jsonpath={.status.phase}=Running pod/web': [
    "kubectl wait pods/web --for='jsonpath={.status.phase}=Running'",
  ],
  'kubectl wait --for=delete pod/web': ['kubectl wait po web --for=delete --timeout=30s'],
  'kubectl delete pod web --dry-run=client': ['kubectl delete po web --dry-run'],
  'kubectl create service clusterip web --tcp=80': ['kubectl create svc clusterip web --tcp=80:80'],
  'kubectl events --for pod/web': ['kubectl events --for=po/web', 'kubectl events --for pods/web'],
  'kubectl set image pod/web web=nginx:latest side=redis:7': [
    'kubectl set image po web side=redis:7 web=nginx',
  ],
  'kubectl get pods --all-namespaces=true': ['kubectl get pods -A', 'kubectl get pods --all-namespaces=1'],
  'kubectl explain widgets.spec': ['kubectl explain widgets.spec --recursive=false'],
  'kubectl auth can-i get widgets': ['kubectl auth can-i get widgets -n default'],
  'kubectl events --for widget/web': ['kubectl events --for=widget/web'],
  'kubectl expose -f web.yaml --port=80': ['kubectl expose --filename=./web.yaml --port 80'],
  'kubectl rollout status deploy/web --timeout=90s': [
    'kubectl rollout status deployment web --timeout=1m30s',
  ],
  'kubectl apply -k k8s': ['kubectl apply --kustomize ./k8s/'],
  'kubectl auth can-i list pods --as=dev': ['kubectl auth can-i list po --as dev'],
  'kubectl get pod web -o yaml > web.yaml': [
    'kubectl get pod/web -o yaml >web.yaml',
    'kubectl get po web -oyaml > web.yaml',
  ],
  'docker ps': ['docker container ls', 'docker container ps', 'docker container list', 'sudo docker ps'],
  'docker run -d --name web -p 8080:80 nginx:1.28': [
    'docker container run -p 8080:80 --name=web --detach nginx:1.28',
    'docker run -dp 8080:80 --name web nginx:1.28',
    'docker run --detach=true --publish 8080:80 --name web --rm=false nginx:1.28',
  ],
  'kubectl annotate pod web a=1 b=2': ['kubectl annotate po/web b=2 a=1'],
  'kubectl taint nodes worker-1 a=b:NoSchedule': ['kubectl taint node worker-1 a=b:NoSchedule'],
  'kubectl describe pod web': ['kubectl describe po/web'],
  'kubectl edit deployment web': ['kubectl edit deploy/web'],
  'kubectl patch deployment web -p {}': ['kubectl patch deploy/web --patch={}'],
  'kubectl rollout history deployment web': ['kubectl rollout history deploy/web'],
  'kubectl rollout pause deployment web': ['kubectl rollout pause deploy/web'],
  'kubectl rollout resume deployment web': ['kubectl rollout resume deploy/web'],
  'kubectl rollout restart deployment web': ['kubectl rollout restart deploy/web'],
  'kubectl cordon worker-1': ['kubectl cordon node/worker-1'],
  'kubectl uncordon worker-1': ['kubectl uncordon node/worker-1'],
  'kubectl attach web': ['kubectl attach pod/web'],
  'kubectl debug web --image=busybox': ['kubectl debug pod/web --image=busybox:latest'],
  'kubectl set env deployment web A=1 B=2': ['kubectl set env deploy/web B=2 A=1'],
  'kubectl set selector service web app=web': ['kubectl set selector svc/web app=web'],
  'kubectl set serviceaccount deployment web shop': ['kubectl set sa deploy/web shop'],
  'kubectl apply view-last-applied deployment web': ['kubectl apply view-last-applied deploy/web'],
  'kubectl get pods -n kube-system --kubeconfig=a': ['kubectl --kubeconfig a -n kube-system get po'],
  'docker run nginx:1.28': [
    'docker run --name web nginx:1.28',
    'docker run -q nginx:1.28',
    'docker run --detach=false --rm=0 -t=F nginx:1.28',
    'docker run -d -d=false nginx:1.28',
    'docker run  nginx:1.28',
  ],
  'docker run -e B=2 -e A=1 --label y=2 --label x=1 nginx': [
    'docker run --label x=1 --env A=1 --label y=2 --env B=2 nginx',
  ],
  'docker run --mount type=tmpfs,dst=/a --mount type=tmpfs,dst=/b --ulimit nofile=9 --ulimit core=0 nginx': [
    'docker run --ulimit core=0 --ulimit nofile=9 --mount type=tmpfs,dst=/b --mount type=tmpfs,dst=/a nginx',
  ],
  'docker run --hostname b --cpus 2 --cpu-shares 9 --memory 2g --stop-timeout 3 --health-interval 9s nginx': [
    'docker run --hostname a --hostname b --cpus 1 --cpus 2 --cpu-shares 8 --cpu-shares 9 --memory 1g --memory 2g --stop-timeout 3 --health-interval 8s --health-interval 9s nginx',
  ],
  'docker run --blkio-weight 20 --ip 10.0.0.2 nginx': [
    'docker run --ip 10.0.0.1 --blkio-weight 10 --blkio-weight 20 --ip 10.0.0.2 nginx',
  ],
  'docker run --network shop --network-alias db --dns-option ndots:1 nginx': [
    'docker run --net shop --net-alias db --dns-opt ndots:1 nginx',
  ],
  'docker logs web > out.txt': ['docker logs web >out.txt', 'docker container logs web   >  out.txt'],
  'docker run --rm bitnami/kubectl get pods': ['docker container run --rm=true bitnami/kubectl get pods'],
  'docker compose up -d': ['docker-compose up -d', 'docker compose up --detach'],
  'docker push registry.example.com/shop/web:1.4': ['docker image push registry.example.com/shop/web:1.4'],
};

describe('a line with the same effect is right:', () => {
  it.each(
    Object.entries(same).flatMap(([answer, lines]) =>
      [answer, ...lines].map((line) => [line, answer] as const),
    ),
  )('%s for %s', (line, answer) => {
    expect(judgeLine(asking(answer), line)).toMatchObject({ kind: 'right', option: { text: answer } });
  });

  it('names the answer it agrees with, where there are several', () => {
    const item = asking('kubectl delete pod web', 'kubectl delete -f web.yaml');
    expect(judgeLine(item, 'kubectl delete -f ./web.yaml')).toMatchObject({
      kind: 'right',
      option: { id: 'b' },
    });
  });
});

/** Flags that change what is logged, cached, waited for or shown, by a line that they may be added to. */
const harmless: Readonly<Record<string, string>> = {
  'kubectl get pods':
    '--vmodule=a=1 --log-flush-frequency=1s --cache-dir=/tmp --kuberc=off --warnings-as-errors --match-server-version --disable-compression --profile=cpu --profile-output=a --show-managed-fields --allow-missing-template-keys=false --chunk-size=9 --server-print=false --show-kind --sort-by=.metadata.name --label-columns=app',
  'kubectl logs web': '--prefix --ignore-errors --max-log-requests=9 --pod-running-timeout=9s',
  'kubectl apply -f web.yaml': '--field-manager=me --wait --output=name',
  'kubectl create deployment web --image=nginx': '--save-config --output=yaml',
  'kubectl run web --image=nginx': '--attach --quiet',
  'kubectl rollout status deploy/web': '--watch=false',
  'kubectl top pod': '--no-headers --sort-by=cpu --use-protocol-buffers=false',
  'kubectl top node': '--no-headers --sort-by=cpu --use-protocol-buffers=false',
  'kubectl exec web -- ls': '--stdin --tty',
};

describe('a flag that changes nothing of what is done may be there:', () => {
  it.each(
    Object.entries(harmless).flatMap(([answer, flags]) =>
      flags.split(' ').map((flag) => [flag, answer] as const),
    ),
  )('%s in %s', (flag, answer) => {
    const [line = '', ...behind] = answer.split(' -- ');
    const typed = [`${line} ${flag}`, ...behind].join(' -- ');
    expect(judgeLine(asking(answer), typed)).toMatchObject({ kind: 'right' });
  });

  it.each([
    ['kubectl get pods -o wide', 'kubectl get pods -o json'],
    ['kubectl get pods --prefix', 'kubectl get pods'],
    ['kubectl logs web --watch', 'kubectl logs web'],
    ['kubectl logs web --all-containers', 'kubectl logs web'],
    [
      'kubectl create deployment web --image=nginx -o yaml --dry-run=client',
      'kubectl create deployment web --image=nginx --dry-run=client',
    ],
    ['kubectl get pods -o name', 'kubectl get pods'],
    ['kubectl explain pods -o plaintext-openapiv2', 'kubectl explain pods'],
    ['docker ps --all', 'docker ps'],
    ['docker -H tcp://other ps', 'docker ps'],
    ['docker run --name web --rm nginx', 'docker run --name web nginx'],
  ])('but not what makes %s of %s', (line, answer) => {
    expect(judgeLine(asking(answer), line).kind).not.toBe('right');
  });
});

describe('a line with another effect says what differs:', () => {
  it.each<[line: string, answer: string, says: string]>([
    ['kubectl run web --image=nginx -- ls', 'kubectl run web --image=nginx', '`-- ls` is not asked for.'],
    ['kubectl run web --image=nginx', 'kubectl run web --image=nginx -- ls', '`-- ls` is missing.'],
    [
      'kubectl exec web -- ls /a',
      'kubectl exec web -- ls',
      'Behind `--` stands `ls /a` where it should be `ls`.',
    ],
    [
      'kubectl run web --image=nginx -- sleep 60',
      'kubectl run web --image=nginx',
      '`-- sleep 60` is not asked for.',
    ],
    ['docker volume create', 'docker volume create data', '`data` is missing.'],
    [
      'kubectl set selector svc web app=api',
      'kubectl set selector svc web app=web',
      'It says `app=api` where it should be `app=web`.',
    ],
    [
      'kubectl set serviceaccount deploy web a',
      'kubectl set serviceaccount deploy web b',
      'It says `a` where it should be `b`.',
    ],
    [
      'kubectl taint node/worker-1 a=b:NoSchedule',
      'kubectl taint node worker-1 a=b:NoSchedule',
      'The kind `nodes` is missing, and the name `worker-1` is missing.',
    ],
    [
      'kubectl get pods',
      'kubectl get pods -l app=web,tier=front',
      '`--selector=app=web,tier=front` is missing.',
    ],
    [
      'docker run -e A=1 -e B=2 nginx',
      'docker run -e A=1 -e B=3 nginx',
      '`--env` is `A=1, B=2` where it should be `A=1, B=3`.',
    ],
    ['docker run nginx', 'docker run -e A=1 -e B=3 nginx', '`--env=A=1,B=3` is missing.'],
    ['docker run nginx', 'docker run --hostname "" nginx', '`--hostname` is missing.'],
    ['kubectl get pods > a', 'kubectl get pods', '`>a` at the end is not asked for.'],
    ['kubectl get pods', 'kubectl get pods > a', '`>a` is missing at the end.'],
    ['kubectl get pods > a', 'kubectl get pods > b', 'It ends in `>a`.'],
    ['kubectl api-resources x', 'kubectl api-resources', '`x` is not asked for.'],
    [
      'kubectl set image deploy/web web=redis',
      'kubectl set image deploy/web web=nginx',
      'It says `web=redis` where it should be `web=nginx`.',
    ],
    [
      'kubectl get pods -l ""',
      'kubectl get pods -l app=web',
      '`--selector` is empty where it should be `app=web`.',
    ],
    [
      'kubectl describe pods -n shop',
      'kubectl get pods -n shop',
      'The command is `kubectl describe` where it should be `kubectl get`.',
    ],
    ['kubectl get services', 'kubectl get pods', 'The kind is `services` where it should be `pods`.'],
    ['kubectl get containers', 'kubectl get pods', 'The kind is `containers` where it should be `pods`.'],
    ['kubectl delete pod wbe', 'kubectl delete pod web', 'The name is `wbe` where it should be `web`.'],
    ['kubectl delete pod web api', 'kubectl delete pod web', 'The name `api` is not asked for.'],
    ['kubectl get pods', 'kubectl get pods web', 'The name `web` is missing.'],
    ['kubectl get pods', 'kubectl get pods -n shop', '`--namespace=shop` is missing.'],
    [
      'kubectl get pods -n shp',
      'kubectl get pods -n shop',
      '`--namespace` is `shp` where it should be `shop`.',
    ],
    [
      'kubectl get pods -A',
      'kubectl get pods',
      '`--all-namespaces` is not asked for, and changes what happens.',
    ],
    ['kubectl get pods -w', 'kubectl get pods', '`--watch` is not asked for, and changes what happens.'],
    [
      'kubectl get pods -o json',
      'kubectl get pods',
      '`--output=json` is not asked for, and changes what happens.',
    ],
    [
      'kubectl scale deploy web --replicas=2',
      'kubectl scale deploy web --replicas=3',
      '`--replicas` is `2` where it should be `3`.',
    ],
    [
      'kubectl exec web -- ls',
      'kubectl exec web -- ls /data',
      'Behind `--` stands `ls` where it should be `ls /data`.',
    ],
    [
      'kubectl run web --image=nginx',
      'kubectl run web --image=nginx -- sleep 60',
      '`-- sleep 60` is missing.',
    ],
    ['kubectl exec web -- sh', 'kubectl exec -it web -- sh', '`--stdin` is missing, and `--tty` is missing.'],
    [
      'kubectl create deployment web --image=nginx:1.28 -o yaml',
      'kubectl create deployment web --image=nginx:1.28 --dry-run=client -o yaml',
      '`--dry-run=client` is missing.',
    ],
    [
      'kubectl create deployment web --image=nginx:1.28 --dry-run=client',
      'kubectl create deployment web --image=nginx:1.28 --dry-run=client -o yaml',
      '`--output=yaml` is missing.',
    ],
    [
      'kubectl set image deploy/web web=nginx:1.27',
      'kubectl set image deploy/web web=nginx:1.28',
      'It says `web=nginx:1.27` where it should be `web=nginx:1.28`.',
    ],
    [
      'kubectl port-forward svc/web 80:8080',
      'kubectl port-forward svc/web 8080:80',
      'It says `80:8080` where it should be `8080:80`.',
    ],
    [
      'kubectl get pod web -o yaml',
      'kubectl get pod web -o yaml > web.yaml',
      '`>web.yaml` is missing at the end.',
    ],
    [
      'kubectl get svc -n shp',
      'kubectl get pods -n shop',
      'The kind is `services` where it should be `pods`, and `--namespace` is `shp` where it should be `shop`.',
    ],
    [
      'kubectl config set-context --current',
      'kubectl config set-context --current --namespace=default',
      '`--namespace=default` is missing.',
    ],
    [
      'kubectl cp pod/web:/etc/hosts hosts',
      'kubectl cp web:/etc/hosts hosts',
      'It says `pod/web:/etc/hosts` `hosts` where it should be `web:/etc/hosts` `hosts`.',
    ],
    [
      "kubectl wait pod/web --for=jsonpath='{.status.phase}'=running",
      "kubectl wait pod/web --for=jsonpath='{.status.phase}'=Running",
      '`--for` is `jsonpath={.status.phase}=running` where it should be `jsonpath={.status.phase}=Running`.',
    ],
    ['podman ps', 'docker ps', 'The program is `podman` where it should be `docker`.'],
    ['kubectl get pods', 'docker ps', 'The program is `kubectl` where it should be `docker`.'],
    ['docker ps -a', 'docker ps', '`--all` is not asked for, and changes what happens.'],
    ['docker run -d nginx', 'docker run nginx', '`--detach` is not asked for, and changes what happens.'],
    ['docker stop api', 'docker stop web', 'It says `api` where it should be `web`.'],
  ])('%s for %s', (line, answer, says) => {
    expect(judgeLine(asking(answer), line)).toMatchObject({ kind: 'differs', says });
  });

  it('by the answer that comes nearest', () => {
    const item = asking('kubectl delete -f web.yaml --force', 'kubectl delete pod web -n shop');
    expect(judgeLine(item, 'kubectl delete pod web')).toMatchObject({
      says: '`--namespace=shop` is missing.',
    });
  });
});

describe('a line of docker where kubectl is wanted', () => {
  it.each(['docker ps', 'docker logs web', 'sudo docker ps -a', 'docker-compose up', '$ docker ps'])(
    'is known as one: %s',
    (line) => {
      expect(judgeLine(asking('kubectl get pods'), line)).toMatchObject({ kind: 'differs', isDocker: true });
    },
  );

  it('is none where docker is wanted', () => {
    expect(judgeLine(asking('docker ps'), 'docker logs web').isDocker).toBe(false);
  });

  it('is known though docker would refuse it', () => {
    const verdict = judgeLine(asking('kubectl get pods'), 'docker psx');
    expect(verdict).toMatchObject({ kind: 'refused', by: 'docker', isDocker: true });
  });
});

describe('a line that is refused', () => {
  it.each<[line: string, by: string, message: string, position: number]>([
    ['kubectl get pods --namspace shop', 'kubectl', 'unknown flag: --namspace', 17],
    ['kubectl gte pods', 'kubectl', 'unknown command "gte" for "kubectl"', 8],
    ['  $ kubectl gte pods', 'kubectl', 'unknown command "gte" for "kubectl"', 12],
    ['kubectl scale deploy web --replicas=three', 'kubectl', 'invalid argument "three"', 25],
    ['docker psx', 'docker', 'unknown command: docker psx', 7],
    ['get pods', 'shell', 'get is neither kubectl nor docker', 0],
    ["kubectl get pods -l 'app=web", 'shell', 'a single quote is not closed', 20],
  ])('%s is refused by %s', (line, by, message, position) => {
    const verdict = judgeLine(asking('kubectl get pods'), line);
    expect(verdict).toMatchObject({ kind: 'refused', by, message: expect.stringContaining(message) });
    // The line is shown without the blanks before it.
    expect(verdict).toMatchObject({ position: position - (line.length - line.trimStart().length) });
  });
});
