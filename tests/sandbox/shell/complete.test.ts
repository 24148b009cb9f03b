import { beforeAll, describe, expect, it } from 'vitest';
import { completionsFor } from '../../../src/sandbox/shell/complete.ts';
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
    ['kubectl logs -n other ', ['db']],
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
  ])('%j to %j', (line, words) => {
    expect(complete(line)).toEqual(words);
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
