import { describe, expect, it } from 'vitest';
import { asksForChange } from '../../../src/sandbox/overview/last-line.ts';
import { Onlooker } from './onlooker.ts';

const pod = (spec: object): string =>
  `kubectl run web --image=nginx:1.28 --overrides='${JSON.stringify({ spec })}'`;

describe('why tells in order', () => {
  it('who did what after the last line that changed something', () => {
    const onlooker = new Onlooker(
      'kubectl create deployment web --image=nginx:1.28 --replicas=2',
      'sleep 10',
      'kubectl get pods',
    );
    const { since, steps, findings, settled } = onlooker.why();
    expect(since?.line).toBe('kubectl create deployment web --image=nginx:1.28 --replicas=2');
    expect(steps.map(({ who }) => who.replace(/worker-\d/, 'a node'))).toEqual(
      expect.arrayContaining([
        'deployment controller',
        'replicaset controller',
        'scheduler',
        'kubelet on a node',
      ]),
    );
    expect(steps[0]?.did).toMatch(/^made ReplicaSet web-\w+ for Deployment web, and asked it for 2 Pods$/);
    expect(steps[1]?.did).toMatch(/^made 2 Pods for ReplicaSet web-\w+: web-\S+ and web-\S+$/);
    expect(steps[2]?.did).toMatch(/^put web-\S+ on worker-\d; web-\S+ on worker-\d$/);
    expect(steps.some(({ did }) => /^pulled nginx:1\.28 for web-\S+ \([\d.]+m?s\)$/.test(did))).toBe(true);
    expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).sort((one, other) => one - other));
    expect(findings).toEqual([]);
    expect(settled).toEqual(['Deployment web has the 2 Pods that it asks for, ready.']);
  });

  it('nothing where nothing was done', () => {
    expect(new Onlooker().why()).toMatchObject({ since: undefined, steps: [], findings: [] });
  });

  it('a rollout step by step', () => {
    const onlooker = new Onlooker(
      'kubectl create deployment web --image=nginx:1.28 --replicas=2',
      'sleep 10',
      'kubectl set image deployment/web nginx=nginx:1.27',
      'sleep 20',
    );
    const did = onlooker
      .why()
      .steps.map((step) => step.did.replace(/web-\w{8,10}(-\w{5})?/g, (_, end) => (end ? 'POD' : 'SET')));
    expect(did.filter((text) => /asked|made ReplicaSet/.test(text))).toEqual([
      'made ReplicaSet SET for Deployment web, and asked it for 1 Pod',
      'asked ReplicaSet SET for 1 Pod instead of 2',
      'asked ReplicaSet SET for 2 Pods instead of 1',
      'asked ReplicaSet SET for 0 Pods instead of 1',
    ]);
  });

  it('what the Docker Engine did', () => {
    const onlooker = new Onlooker('docker run -d --name web nginx:1.28');
    expect(onlooker.why().steps.map(({ who, did }) => `${who} ${did}`)).toEqual([
      'Docker Engine pulled nginx:1.28',
      'Docker Engine made container web from nginx:1.28',
      'Docker Engine started container web',
    ]);
  });

  it('from the line before, when one only looked or let time pass', () => {
    const onlooker = new Onlooker(
      'kubectl create configmap a',
      'fast 1m',
      'sleep 1',
      'kubectl get pods',
      'docker ps',
    );
    expect(onlooker.why().since?.line).toBe('kubectl create configmap a');
    onlooker.type('undo');
    expect(onlooker.why().since?.line).toBe('kubectl create configmap a');
    onlooker.type('node stop worker-1');
    expect(onlooker.why().since?.line).toBe('node stop worker-1');
  });

  it('of one object, what belongs to it', () => {
    const onlooker = new Onlooker(
      'kubectl create deployment web --image=nginx:1.28',
      'kubectl create deployment other --image=nginx:1.28',
      'sleep 10',
    );
    const { about, steps } = onlooker.why('deploy/web');
    expect(about).toBe('Deployment web');
    expect(steps.length).toBeGreaterThan(3);
    expect(steps.some(({ did }) => did.includes('other'))).toBe(false);
    const name =
      onlooker
        .show()
        .nodes?.flatMap((node) => node.pods)
        .find((each) => each.name.startsWith('web-'))?.name ?? '';
    expect(onlooker.why(`pod ${name}`).steps[0]?.did).toContain(`made 1 Pod for ReplicaSet`);
  });
});

describe('why says what does not go on', () => {
  it.each<readonly [name: string, lines: readonly string[], words: string, expected: RegExp]>([
    [
      'an image that is not there',
      ['kubectl run web --image=nginx:9.99', 'sleep 20'],
      'pod/web',
      /^Pod web: The registry has no image nginx:9\.99\./,
    ],
    [
      'a registry that is not there',
      ['kubectl run web --image=nope.invalid/x', 'sleep 20'],
      'pod/web',
      /^Pod web: There is no registry nope\.invalid\./,
    ],
    [
      'a container that crashes',
      ["kubectl run web --image=busybox:1.36 -- sh -c 'echo no database; exit 3'", 'sleep 120'],
      'pod/web',
      /^Pod web: It ended with exit code 3\. It wrote last: "no database"\. It was started again \d times/,
    ],
    [
      'one that is done and has to go on',
      ['kubectl run web --image=busybox:1.36 -- true', 'sleep 60'],
      'pod/web',
      /exit code 0: its command was done, and a container of this Pod is to go on\. It wrote nothing\./,
    ],
    ...(
      [
        ['startup', 150, 'It ended with exit code 0 then. It was started again'],
        ['liveness', 150, 'It ended with exit code 0 then. It was started again'],
        // It has just been started anew.
        ['startup', 60, 'It was started again 4 times, and is not ready yet.'],
      ] as const
    ).map(([probe, seconds, rest]): [string, string[], string, RegExp] => [
      `a container that is ended for its ${probe} probe, after ${seconds} seconds`,
      [
        pod({
          containers: [
            {
              name: 'web',
              image: 'nginx:1.28',
              [`${probe}Probe`]: { tcpSocket: { port: 81 }, failureThreshold: 2, periodSeconds: 2 },
            },
          ],
        }),
        `sleep ${seconds}`,
      ],
      'pod/web',
      new RegExp(
        `^Pod web: The kubelet ended it, since its ${probe} probe failed: dial tcp 10\\.\\S+:81: connect: connection refused\\. ${rest}`,
      ),
    ]),
    [
      'a command that is not there',
      ['kubectl run web --image=busybox:1.36 --command -- nope', 'sleep 10'],
      'pod/web',
      /^Pod web: (It could not be|The container cannot be) started: exec: "nope": executable file not found in \$PATH/,
    ],
    [
      'too little memory',
      [
        pod({
          containers: [
            {
              name: 'web',
              image: 'busybox:1.36',
              command: ['tail', '/dev/zero'],
              resources: { limits: { memory: '20Mi' } },
            },
          ],
        }),
        'sleep 60',
      ],
      'pod/web',
      /^Pod web: It ended with exit code 137: it used more memory than its limit of 20Mi\./,
    ],
    [
      'a ConfigMap that is not there',
      [
        pod({
          containers: [{ name: 'web', image: 'nginx:1.28', envFrom: [{ configMapRef: { name: 'nope' } }] }],
        }),
        'sleep 10',
      ],
      'pod/web',
      /^Pod web: The kubelet cannot put the container together: configmap "nope" not found\.$/,
    ],
    [
      'a volume that is not there',
      [
        pod({
          containers: [{ name: 'web', image: 'nginx:1.28' }],
          volumes: [{ name: 'v', configMap: { name: 'nope' } }],
        }),
        'sleep 10',
      ],
      'pod/web',
      /^Pod web: It cannot start before its volumes are there: volume v: configmap "nope" not found\.$/,
    ],
    [
      'no node with enough left',
      [pod({ containers: [{ name: 'web', image: 'nginx:1.28', resources: { requests: { cpu: '30' } } }] })],
      'pod/web',
      /^Pod web: None of 3 nodes takes it: 1 has a taint that it does not tolerate; 2 have not enough CPU left\. It requests cpu 30\.$/,
    ],
    [
      'no node with its label',
      [pod({ nodeSelector: { disk: 'ssd' }, containers: [{ name: 'web', image: 'nginx:1.28' }] })],
      'pod/web',
      /2 have not the labels that it asks for/,
    ],
    [
      'a claim that is not there',
      [
        pod({
          containers: [{ name: 'web', image: 'nginx:1.28' }],
          volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }],
        }),
      ],
      'pod/web',
      /^Pod web: It wants the claim data, and there is none\.$/,
    ],
    [
      'a readiness probe',
      [
        pod({
          containers: [
            { name: 'web', image: 'nginx:1.28', readinessProbe: { httpGet: { path: '/nope', port: 80 } } },
          ],
        }),
        'sleep 40',
      ],
      'pod/web',
      /^Pod web: It runs, but its readiness probe fails: HTTP probe failed with statuscode: 404\. No Service sends it anything/,
    ],
    [
      'a Service whose labels nobody has',
      ['kubectl create deployment web --image=nginx:1.28', 'kubectl create service clusterip lost --tcp=80'],
      'svc/lost',
      /^Service lost: It has no endpoints: no Pod in the namespace default has the labels app=lost\. There are Pods with app=web\.$/,
    ],
    [
      'a Service whose Pods are not ready',
      [
        'kubectl create deployment web --image=nginx:9.99',
        'kubectl expose deployment web --port=80',
        'sleep 20',
      ],
      'svc/web',
      /Service web: 1 Pod has its labels, and none is ready: web-/,
    ],
    [
      'a Service that asks a port where nobody listens',
      [
        'kubectl create deployment web --image=nginx:1.28',
        'kubectl expose deployment web --port=80 --target-port=8080',
        'sleep 20',
      ],
      'svc/web',
      /^Service web: It sends what comes on port 80 to port 8080 of its Pods, and nothing listens there\.$/,
    ],
    [
      'a port that has another name',
      [
        'kubectl create deployment web --image=nginx:1.28',
        'kubectl expose deployment web --port=80 --target-port=http',
        'sleep 20',
      ],
      'svc/web',
      /Its targetPort is http, and no container of its Pods has a port of that name\./,
    ],
    [
      'a load balancer that nobody gives',
      ['kubectl create service loadbalancer web --tcp=80'],
      'svc/web',
      /^Service web: It waits for an address of a load balancer, and nobody in this cluster gives one\./,
    ],
    [
      'a quota that is used up',
      [
        'kubectl create quota small --hard=pods=1',
        'kubectl create deployment web --image=nginx:1.28 --replicas=2',
        'sleep 10',
      ],
      'deploy/web',
      /Deployment web: Its Pods cannot be made: .*exceeded quota: small/,
    ],
    [
      'a Job that failed',
      ["kubectl create job once --image=busybox:1.36 -- sh -c 'exit 1'", 'fast 30m'],
      'job/once',
      /Job once: It is given up: \d+ Pods failed, and its backoffLimit is 6\./,
    ],
    [
      'a node that is silent',
      ['node stop worker-1', 'fast 60s'],
      'node/worker-1',
      /^Node worker-1: Its kubelet has not been heard of for 6\d seconds\./,
    ],
    [
      'a node that is cordoned',
      ['kubectl cordon worker-1'],
      'node worker-1',
      /^Node worker-1: It is cordoned: the scheduler gives it no new Pods\.$/,
    ],
    [
      'an autoscaler without requests',
      [
        'kubectl create deployment web --image=nginx:1.28',
        'kubectl autoscale deployment web --min=1 --max=3 --cpu=50%',
        'fast 2m',
      ],
      'hpa/web',
      /^Autoscaler web: .*missing request for cpu/,
    ],
  ])('%s', (_, lines, words, expected) => {
    expect(new Onlooker(...lines).because(words)).toMatch(expected);
  });

  it.each<readonly [name: string, lines: readonly string[], expected: RegExp]>([
    [
      'out of memory',
      ['docker run -d --name web -m 20m busybox:1.36 tail /dev/zero', 'sleep 5'],
      /it used more memory than its 20MiB\. Its restart policy is no: nobody starts it again\.$/,
    ],
    [
      'an exit code',
      ["docker run -d --name web busybox:1.36 sh -c 'echo boom; exit 2'", 'sleep 5'],
      /exit code 2\. It wrote last: "boom"\. Its restart policy is no/,
    ],
    [
      'one that is started again and again',
      ["docker run -d --name web --restart always busybox:1.36 sh -c 'exit 2'", 'sleep 30'],
      /Its restart policy is always: it was started again \d+ times?, with longer and longer pauses\./,
    ],
    [
      'a health check',
      [
        "docker run -d --name web --health-cmd 'exit 1' --health-interval 1s --health-retries 2 nginx:1.28",
        'sleep 20',
      ],
      /It runs, but its health check has failed \d+ times in a row.* Docker only marks it/,
    ],
    [
      'a health check that says what it meets',
      [
        "docker run -d --name web --health-cmd 'echo no database; exit 1' --health-interval 1s --health-retries 2 nginx:1.28",
        'sleep 20',
      ],
      /its health check has failed \d+ times in a row: no database\. Docker only marks it/,
    ],
    [
      'a health check that has not spoken yet',
      ['docker run -d --name web --health-cmd true --health-interval 30s nginx:1.28'],
      /^container web: It runs; its health check has not succeeded yet\.$/,
    ],
    [
      'a command that is not there',
      ['docker run -d --name web busybox:1.36 nosuch'],
      /^container web: It could not be started: exec: "nosuch": executable file not found in \$PATH\.$/,
    ],
    [
      'a port that another has',
      ['docker run -d --name other -p 8080:80 nginx:1.28', 'docker run -d --name web -p 8080:80 nginx:1.28'],
      /^container web: It could not be started: another has port 8080 of this machine already\.$/,
    ],
    [
      'one that was given up',
      ["docker run -d --name web --restart on-failure:2 busybox:1.36 sh -c 'exit 9'", 'sleep 20'],
      /exit code 9\. Its restart policy is on-failure:2, and it was started again 2 times: that was the last\.$/,
    ],
    [
      'one that somebody has stopped, whatever its restart policy',
      ['docker run -d --name web --restart unless-stopped busybox:1.36 sleep 1000', 'docker stop -t 1 web'],
      /SIGKILL ended it\. Its restart policy is unless-stopped, which does not bring back what somebody has stopped\.$/,
    ],
    [
      'one that failed and was never to be stopped',
      [
        'docker run -d --name web --restart on-failure busybox:1.36 sh -c \'trap "exit 7" TERM; sleep 1000 & wait\'',
        'sleep 2',
        'docker stop web',
      ],
      /exit code 7\. Its restart policy is on-failure, which does not bring back what somebody has stopped\.$/,
    ],
    ['one that is done', ['docker run --name web busybox:1.36 true'], /^$/],
    [
      'a pause',
      ['docker run -d --name web nginx:1.28', 'docker pause web'],
      /It is paused: its processes are frozen/,
    ],
    [
      'one that was never started',
      ['docker create --name web nginx:1.28'],
      /It was made and never started\./,
    ],
  ])('of a container of Docker: %s', (_, lines, expected) => {
    expect(new Onlooker(...lines).because('container web')).toMatch(expected);
  });

  it('tells of Pods that have the same trouble once', () => {
    const { findings } = new Onlooker(
      'kubectl create deployment web --image=nginx:9.99 --replicas=3',
      'sleep 20',
    ).why();
    expect(findings.filter(({ about }) => about.includes('Pod')).map(({ about }) => about)).toEqual([
      expect.stringMatching(/^3 Pods \(web-/),
    ]);
  });

  it('says of what is only starting that it is on its way', () => {
    const { findings } = new Onlooker('kubectl create deployment web --image=nginx:1.28').why();
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ isPassing: true });
  });

  it('does not count what somebody has stopped', () => {
    const onlooker = new Onlooker('docker run -d --name web busybox:1.36 sleep 1000', 'docker stop -t 1 web');
    expect(onlooker.why().findings).toEqual([]);
    expect(onlooker.because('container/web')).toContain('SIGKILL ended it');
  });
});

describe('why is asked the wrong things', () => {
  it.each([
    ['why nonsense', 'why: there is nothing of the name nonsense here', 1],
    ['why cat/web', 'why: there is no kind cat', 1],
    ['why deploy/nope', 'why: there is no deploy nope in the namespace default', 1],
    ['why deploy/nope -n shop', 'in the namespace shop', 1],
    ['why container nope', 'why: there is no container nope', 1],
    ['why a b c', 'usage: why', 2],
    ['why /', 'usage: why', 2],
    ['why --all', 'usage: why', 2],
    ['why web -n', 'usage: why', 2],
    ['why deploy/web --namespace=shop', 'why: there is no deploy web in the namespace shop', 1],
    ['why deploy/web -nshop', 'why: there is no deploy web in the namespace shop', 1],
    ['why componentstatus/etcd-0', 'why: there is no kind componentstatus', 1],
  ])('%s', (line, message, status) => {
    const onlooker = new Onlooker();
    expect(onlooker.type(line)).toBe(status);
    expect(onlooker.err).toContain(message);
  });

  it('a name alone means what has it, when one thing has', () => {
    const onlooker = new Onlooker(
      'kubectl create deployment web --image=nginx:1.28',
      'docker run -d --name db redis:7',
    );
    expect(onlooker.why('web').about).toBe('Deployment web');
    expect(onlooker.why('db').about).toBe('container db');
    onlooker.type('kubectl expose deployment web --port=80');
    expect(onlooker.type('why web')).toBe(1);
    expect(onlooker.err).toBe('why: several things have the name web: deployment/web, service/web\n');
  });
});

describe('a request asks for change', () => {
  it.each([
    ['GET', '/api/v1/pods', {}, false],
    ['POST', '/api/v1/namespaces/default/pods', {}, true],
    ['POST', '/api/v1/namespaces/default/pods', { dryRun: 'All' }, false],
    ['POST', '/api/v1/namespaces/default/pods/web/exec', {}, false],
    ['POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {}, false],
    ['DELETE', '/api/v1/namespaces/default/pods/web', {}, true],
    ['POST', '/containers/web/start', {}, true],
    ['POST', '/exec/1234/start', {}, false],
    ['POST', '/containers/web/wait', {}, false],
    ['HEAD', '/_ping', {}, false],
  ])('%s %s %j: %s', (method, path, query, expected) => {
    expect(asksForChange({ method, path, query })).toBe(expected);
  });
});
