import { beforeAll, describe, expect, it } from 'vitest';
import { completionsFor } from '../../../src/sandbox/shell/complete/complete.ts';
import { ShellVisitor } from './shell-visitor.ts';

const visitor = new ShellVisitor();

beforeAll(() => {
  visitor.type('mkdir demo; cd demo; touch notes.txt .hidden; mkdir site');
  visitor.type(
    'cat > compose.yaml <<END\nservices:\n  web: {image: "nginx:1.28"}\n  cache: {image: "redis:7"}\nEND',
  );
  visitor.type('docker pull -q nginx:1.28; docker run -d --name shop-web nginx:1.28');
  visitor.type(
    'docker create --name shop-job nginx:1.28; docker volume create shop-data; docker network create shop-net',
  );
  visitor.type(
    'kubectl run api --image=nginx:1.28; kubectl create namespace other; kubectl run db -n other --image=nginx:1.28',
  );
  visitor.shell.advance(10_000);
});

visitor.type("alias d='docker'");

const complete = (line: string): readonly string[] => completionsFor(line, visitor.shell);

describe('Tab completes', () => {
  it.each([
    ['kube', ['kubectl']],
    ['docker sto', ['stop']],
    ['docker container ls --no', ['--no-trunc']],
    ['docker stop ', ['shop-web']],
    ['docker start ', ['shop-job']],
    ['docker rm shop-w', ['shop-web']],
    ['docker rm shop-web shop-', ['shop-job', 'shop-web']],
    ['docker logs -f shop', ['shop-job', 'shop-web']],
    ['docker rmi ng', ['nginx:1.28']],
    ['docker run --network sh', ['shop-net']],
    ['docker run --restart on', ['on-failure']],
    ['docker volume inspect sh', ['shop-data']],
    ['docker network rm shop', ['shop-net']],
    ['docker compose up ', ['cache', 'web']],
    ['docker compose lo', ['logs']],
    ['docker build -f comp', ['compose.yaml']],
    ['sudo docker stop sh', ['shop-web']],
    ['kubectl get po', ['po', 'poddisruptionbudgets', 'pods']],
    ['kubectl get pods a', ['api']],
    ['kubectl delete pod/a', ['pod/api']],
    ['kubectl logs -n other d', ['daemonsets/', 'db', 'deployments/']],
    ['kubectl exec api -c ', ['api']],
    ['kubectl get pods -n o', ['other']],
    ['kubectl rollout re', ['restart', 'resume']],
    ['kubectl apply -f co', ['compose.yaml']],
    ['kubectl get pods -o wi', ['wide']],
    ['kubectl get pods | gre', ['grep']],
    ['cat n', ['notes.txt']],
    ['cd s', ['site/']],
    ['cat .h', ['.hidden']],
    ['cat ', ['compose.yaml', 'notes.txt', 'site/']],
    ['echo a > no', ['notes.txt']],
    ['map d', ['docker']],
    ['node s', ['ssh', 'start', 'stop']],
    ['node ssh con', ['control-plane']],
    ['help unn', []],
    ['nonsense --x', []],
    ['docker frob ', []],
    ['docker cp shop-w', ['shop-web:']],
    ['docker cp shop-web: no', ['notes.txt']],
    ['docker image load ', ['compose.yaml', 'notes.txt', 'site/']],
    ['docker context use ', ['default']],
    ['docker volume rm shop-', ['shop-data']],
    ['docker network connect shop-net shop-w', ['shop-web']],
    ['docker run --volumes-from shop-', ['shop-job', 'shop-web']],
    ['docker run --env-file no', ['notes.txt']],
    ['DEBUG=1 time docker stop sh', ['shop-web']],
    ['d stop sh', ['shop-web']],
    ['./si', ['./site/']],
    ['/no', []],
    ['cat nope/', []],
    ['wc < no', ['notes.txt']],
    ['map docker sto', ['stop']],
    ['map no', ['notes.txt']],
    ['node start w', ['worker-1']],
    ['node start worker-1 ', []],
    ['show -', ['--watch']],
    ['which kubec', ['kubectl']],
    ['expo', ['export']],
  ])('%j to %j', (line, words) => {
    expect(complete(line)).toEqual(words);
  });

  // As `kubectl __complete` of 1.36 answered, of which what is typed already was left by bash.
  it.each([
    ['kubectl drain w', ['worker-1']],
    ['kubectl drain worker-1 ', []],
    ['kubectl uncordon ', ['control-plane', 'worker-1']],
    ['kubectl taint ', ['node']],
    ['kubectl taint nodes worker-1 ', ['control-plane']],
    ['kubectl top pod ', ['api']],
    ['kubectl top node w', ['worker-1']],
    ['kubectl logs two ', []],
    ['kubectl logs api ', ['api']],
    ['kubectl logs pod/api -c ', ['api']],
    ['kubectl exec -n other db -c ', ['db']],
    ['kubectl exec api ', []],
    ['kubectl exec de', ['deployments/']],
    ['kubectl exec pods/', ['pods/api']],
    ['kubectl port-forward pod/', ['pod/api']],
    ['kubectl get pods api ', []],
    ['kubectl get pods,services a', ['api']],
    ['kubectl get pod/api ', []],
    ['kubectl get nope ', []],
    ['kubectl get nope/', []],
    ['kubectl get deploy', ['deploy', 'deployments']],
    ['kubectl get deployments ', []],
    ['kubectl get namespaces o', ['other']],
    ['kubectl scale ', ['deployment', 'replicaset', 'replicationcontroller', 'statefulset']],
    ['kubectl rollout undo d', ['daemonset', 'deployment']],
    ['kubectl rollout pause ', ['deployment']],
    ['kubectl expose p', ['pod']],
    ['kubectl expose pod ', ['api']],
    ['kubectl set image c', ['cronjobs']],
    ['kubectl set image pods ', ['api']],
    ['kubectl debug no', ['no', 'nodes']],
    ['kubectl config use-context ', ['sandbox']],
    ['kubectl get pods --context ', ['sandbox']],
    ['kubectl cp ap', ['api:']],
    ['kubectl cp api:/f ./si', ['./site/']],
    ['kubectl run ', ['compose.yaml', 'notes.txt', 'site/']],
    ['kubectl create deployment ', ['compose.yaml', 'notes.txt', 'site/']],
    ['kubectl get pods --namespace=other d', ['db']],
    ['kubectl get pods -o js', ['json', 'jsonpath=']],
  ])('%j to %j, as kubectl itself does', (line, words) => {
    expect(complete(line)).toEqual(words);
  });

  it('without a file of kubectl there are no contexts, and the namespace is the default one', () => {
    const { shell } = new ShellVisitor();
    shell.laptop.write('/tmp/config', 'contexts: [');
    shell.setVariable('KUBECONFIG', '/tmp/config:/tmp/other');
    expect(completionsFor('kubectl config use-context ', shell)).toEqual([]);
    expect(shell.namespace()).toBe('default');
    shell.laptop.write(
      '/tmp/config',
      'current-context: a\ncontexts: [{name: a, context: {namespace: shop}}]',
    );
    expect(shell.namespace()).toBe('shop');
    shell.laptop.write('/tmp/config', '');
    expect(shell.namespace()).toBe('default');
  });

  it('services of a file that is none are none', () => {
    const { shell } = new ShellVisitor();
    expect(completionsFor('docker compose up ', shell)).toEqual([]);
    shell.laptop.write('compose.yml', 'services: [');
    expect(completionsFor('docker compose up ', shell)).toEqual([]);
  });

  it.each(['docker ', 'docker run --', 'kubectl ', 'kubectl get ', 'kubectl get pods '])(
    '%j at once',
    (line) => {
      complete(line);
      const begun = performance.now();
      for (let times = 0; times < 5; times++) complete(line);
      expect((performance.now() - begun) / 5).toBeLessThan(50);
    },
  );

  it('of a world with many Pods at once', () => {
    const { shell } = new ShellVisitor();
    const pods = Array.from({ length: 300 }, (_, number) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `pod-${number}` },
      spec: { containers: [{ name: 'c', image: 'nginx:1.28' }] },
    }));
    for (const body of pods) {
      shell.request({
        method: 'POST',
        path: '/api/v1/namespaces/default/pods',
        query: {},
        headers: {},
        body,
      });
    }
    const begun = performance.now();
    expect(completionsFor('kubectl logs pod-29', shell)).toHaveLength(11);
    expect(performance.now() - begun).toBeLessThan(50);
  });
});
