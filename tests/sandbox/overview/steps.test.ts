import { describe, expect, it } from 'vitest';
import { Onlooker } from './onlooker.ts';
import { aPod, applied, aWorkload, nginx, shell } from './small-worlds.ts';

/** Lines, of which the last is what is told of, and who did what then. */
type Steps = readonly [name: string, lines: readonly string[], expected: readonly (string | RegExp)[]];

const nodes = ['worker-1', 'worker-2'];
const taint = `kubectl taint nodes ${nodes.join(' ')} gone=yes:NoExecute`;
const patient = [{ key: 'gone', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }];
const event = (more: object): string =>
  applied(
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'told' },
      involvedObject: { kind: 'Pod', name: 'web', namespace: 'default' },
      ...more,
    }),
  );

describe('why tells who did what in the cluster', () => {
  it.each<Steps>([
    [
      'a StatefulSet makes claims and Pods, and deletes them again',
      [
        aWorkload(
          'apps/v1',
          'StatefulSet',
          'db',
          {
            serviceName: 'db',
            volumeClaimTemplates: [
              {
                metadata: { name: 'data' },
                spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
              },
            ],
          },
          { containers: [nginx({ volumeMounts: [{ name: 'data', mountPath: '/data' }] })] },
        ),
        'sleep 20',
      ],
      [
        'statefulset controller made 1 claim: data-db-0',
        'statefulset controller made 1 Pod for StatefulSet db: db-0',
        'volume controller leaves claim data-db-0 unbound until a Pod uses it',
        'volume controller asked the provisioner for a volume for claim data-db-0',
        'local-path provisioner made a volume for claim data-db-0',
      ],
    ],
    [
      'a StatefulSet that has fewer',
      [
        aWorkload('apps/v1', 'StatefulSet', 'db', { serviceName: 'db' }, { containers: [nginx()] }),
        'sleep 10',
        'kubectl scale sts db --replicas=0',
        'sleep 3',
      ],
      [
        'statefulset controller deleted db-0 of StatefulSet db',
        /^kubelet on worker-\d stops container web of db-0$/,
      ],
    ],
    [
      'a CronJob whose time has come',
      ["kubectl create cronjob tick --image=busybox:1.36 --schedule='*/5 * * * *' -- true", 'fast 6m'],
      [
        /^cronjob controller made Job tick-\d+ for CronJob tick: it was time$/,
        /^job controller made 1 Pod for Job tick-\d+: tick-\d+-\w+$/,
        /^job controller marked Job tick-\d+ complete$/,
        /^cronjob controller saw that Job tick-\d+ has ended$/,
      ],
    ],
    [
      'a Job that is suspended, and goes on',
      [
        aWorkload(
          'batch/v1',
          'Job',
          'work',
          {},
          { restartPolicy: 'Never', containers: [shell('sleep 100')] },
        ),
        'sleep 5',
        `kubectl patch job work -p '{"spec":{"suspend":true}}'`,
        'sleep 2',
      ],
      [/^job controller deleted 1 Pod of Job work: work-\w+$/, 'job controller suspended Job work'],
    ],
    [
      'a Job that goes on',
      [
        aWorkload(
          'batch/v1',
          'Job',
          'work',
          { suspend: true },
          { restartPolicy: 'Never', containers: [shell('sleep 100')] },
        ),
        'sleep 5',
        `kubectl patch job work -p '{"spec":{"suspend":false}}'`,
        'sleep 2',
      ],
      [/^job controller made 1 Pod for Job work: work-\w+$/, 'job controller lets Job work go on'],
    ],
    [
      'a taint that a Pod does not tolerate',
      [aPod('web', { containers: [nginx()] }), 'sleep 10', taint, 'sleep 2'],
      ['taint eviction controller marked web for deletion: its node has a taint that it does not tolerate'],
    ],
    [
      'a taint that is taken away in time',
      [
        aPod('web', { tolerations: patient, containers: [nginx()] }),
        'sleep 10',
        taint,
        'sleep 10',
        taint.replace('=yes:NoExecute', '-'),
        'sleep 2',
      ],
      ['taint eviction controller lets web stay: the taint is gone'],
    ],
    [
      'a node that falls silent',
      [
        aPod('web', { nodeName: 'worker-1', containers: [nginx()] }),
        'sleep 10',
        'node stop worker-1',
        'fast 60s',
      ],
      [
        'node controller heard nothing of node worker-1 for 40 seconds, and marked it NotReady',
        'node controller marked the Pods of that node not ready: web',
      ],
    ],
    [
      'a node that comes back',
      ['node stop worker-1', 'fast 60s', 'node start worker-1', 'sleep 10'],
      ['kubelet on worker-1 says that node worker-1 is ready'],
    ],
    [
      'a node that takes Pods again',
      ['kubectl cordon worker-1', 'sleep 20', 'kubectl uncordon worker-1', 'sleep 20'],
      ['kubelet on worker-1 says that node worker-1 takes Pods again'],
    ],
    [
      'room that is made for a Pod that matters more',
      [
        'kubectl create priorityclass high --value=1000',
        ...nodes.map((node) =>
          aPod(`on-${node}`, {
            nodeSelector: { 'kubernetes.io/hostname': node },
            containers: [nginx({ resources: { requests: { cpu: '3' } } })],
          }),
        ),
        'sleep 5',
        aPod('web', {
          priorityClassName: 'high',
          containers: [nginx({ resources: { requests: { cpu: '3' } } })],
        }),
        'sleep 40',
      ],
      [/^scheduler sent on-worker-\d away, to make room for a Pod of higher priority$/],
    ],
    [
      'an autoscaler that wants more',
      [
        'kubectl create deployment web --image=nginx:1.28',
        'kubectl set resources deployment web --requests=cpu=10m',
        'kubectl autoscale deployment web --min=2 --max=3 --cpu=50%',
        'fast 1m',
      ],
      ['autoscaler asked for 2 Pods: Current number of replicas below Spec.MinReplicas'],
    ],
    [
      'a container that has another image',
      [
        aPod('web', { containers: [nginx()] }),
        'sleep 10',
        'kubectl set image pod/web web=nginx:1.27',
        'sleep 10',
      ],
      [
        'kubelet on worker-1 stops web: its definition changed',
        /^kubelet on worker-1 pulled nginx:1\.27 for web/,
      ],
    ],
    [
      'what somebody else tells of',
      [event({ reason: 'BackedUp', message: 'all of it', reportingComponent: 'backup', type: 'Normal' })],
      ['backup told of Pod web: all of it'],
    ],
    [
      'what the one who tells of it says with a source and no more',
      [event({ source: { component: 'backup' } })],
      ['backup told of Pod web: '],
    ],
  ])('%s', (_, lines, expected) => {
    const did = new Onlooker(...lines).why().steps.map((step) => `${step.who} ${step.did}`);
    for (const each of expected) {
      expect(did).toContainEqual(typeof each === 'string' ? each : expect.stringMatching(each));
    }
  });

  it('tells of a Pod what was told by its name only', () => {
    const onlooker = new Onlooker(
      aPod('web', { tolerations: patient, containers: [nginx()] }),
      'sleep 10',
      taint,
      'sleep 10',
      taint.replace('=yes:NoExecute', '-'),
      'sleep 2',
    );
    expect(onlooker.why('pod/web').steps.at(-1)?.did).toBe('lets web stay: the taint is gone');
  });

  it('leaves out all but the last of very many', () => {
    const lines = Array.from({ length: 30 }, (_, number) =>
      event({ message: `${number}` }).replace('told', `told-${number}`),
    );
    const { steps, omitted } = new Onlooker('kubectl create configmap a', `true; ${lines.join('\n')}`).why();
    expect({ steps: steps.length, omitted }).toEqual({ steps: 24, omitted: 6 });
  });
});

describe('why tells what the Docker Engine did', () => {
  const sleeping = 'docker run -d --name web busybox:1.36 sleep 1000';

  it.each<readonly [lines: readonly string[], expected: string | RegExp]>([
    [['docker pull -q nginx:1.28'], 'pulled nginx:1.28'],
    [['docker pull -q nginx:1.28', 'docker tag nginx:1.28 mine:1'], 'gave an image the name mine:1'],
    [
      ['docker pull -q nginx:1.28', 'docker tag nginx:1.28 mine:1', 'docker rmi mine:1'],
      'took the name mine:1 from an image',
    ],
    [['docker pull -q nginx:1.28', 'docker rmi nginx:1.28'], /^removed the image sha256:/],
    [
      [
        'docker pull -q nginx:1.28',
        'docker tag nginx:1.28 registry.example.com/team/web:1',
        'docker login registry.example.com -u team -p shop-1234',
        'docker push -q registry.example.com/team/web:1',
      ],
      'pushed registry.example.com/team/web:1',
    ],
    [['docker network create net'], 'made network net'],
    [['docker network create net', 'docker network rm net'], 'removed network net'],
    [
      ['docker network create net', 'docker run -d --network net nginx:1.28'],
      /^put container [0-9a-f]{12} on network net$/,
    ],
    [['docker volume create data'], 'made volume data'],
    [['docker volume create data', 'docker volume rm data'], 'removed volume data'],
    [[sleeping, 'docker pause web'], 'paused container web'],
    [[sleeping, 'docker pause web', 'docker unpause web'], 'let container web go on'],
    [[sleeping, 'docker rename web shop'], 'gave a container the name shop'],
    [[sleeping, 'docker kill web'], 'sent signal 9 to container web'],
    [[sleeping, 'docker rm -f web'], 'removed container web'],
    [
      ["docker run -d --name web busybox:1.36 sh -c 'exit 127'"],
      'saw container web end with exit code 127: its command was not found',
    ],
    [["docker run -d --name web busybox:1.36 sh -c 'exit 3'"], 'saw container web end with exit code 3'],
    [
      ['docker run -d --name web -m 20m busybox:1.36 tail /dev/zero'],
      'saw container web use more memory than its limit',
    ],
    [
      ['docker run -d --name web --health-cmd true --health-interval 1s nginx:1.28'],
      'found container web healthy, by its health check',
    ],
    [
      ["docker run -d --name web --health-cmd 'exit 1' --health-interval 1s --health-retries 1 nginx:1.28"],
      'found container web unhealthy, by its health check',
    ],
  ])('%j', (lines, expected) => {
    const did = new Onlooker(...lines, 'sleep 3').why().steps.map((step) => step.did);
    expect(did).toContainEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  });

  it('says nothing of the networks that every container is on, nor of what is no news', () => {
    const onlooker = new Onlooker(
      'docker run -d --name web busybox:1.36 sleep 1000',
      'docker image prune -f',
      'docker exec web true',
    );
    const { steps } = onlooker.why('container/web');
    expect(steps.map(({ did }) => did)).toEqual([
      'made container web from busybox:1.36',
      'started container web',
    ]);
    expect(onlooker.why().steps.some(({ did }) => /network|prune/.test(did))).toBe(false);
  });
});
