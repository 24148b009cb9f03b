import { beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { runOurs, worldAfter } from '../parity/worlds.ts';

// The commands that read, in a world where time passes while they wait.

let world: World;

beforeAll(() => {
  world = worldAfter([
    'kubectl create deployment web --image=nginx:1.28 --replicas=2',
    'kubectl expose deployment web --port=80',
    'kubectl create namespace dev',
    'kubectl create serviceaccount reader',
    'kubectl create role reader --verb=get,list --resource=pods',
    'kubectl create rolebinding reader --role=reader --serviceaccount=default:reader',
  ]);
});

function lines(...typed: readonly string[]): string {
  const sandbox = new Sandbox(world);
  return typed
    .map((line) => {
      const { stdout, stderr, code } = runOurs(sandbox, line);
      return `${stdout}${stderr}${code === 0 ? '' : `[${code}]`}`;
    })
    .at(-1) as string;
}

describe('several types before a name', () => {
  it('mean that name of each of them', () => {
    expect(lines('kubectl get deployment,service web -o name')).toBe('deployment.apps/web\nservice/web\n');
  });

  it.each([
    ['get pods, services', 'arguments in resource/name form must have a single resource and name'],
    ['get pods,', 'the server doesn\'t have a resource type ""'],
    ['get all web', 'you must specify only one resource'],
    ['describe deploy,svc nothing', undefined],
    ['describe deploy,pods web', 'you may only specify a single resource type'],
  ])('are read as kubectl reads them: %s', (words, message) => {
    const said =
      message === undefined
        ? /^Error from server \(NotFound\): deployments\.apps "nothing" not found\nError/
        : `error: ${message}\n[1]`;
    expect(lines(`kubectl ${words}`).slice(-200)).toEqual(
      typeof said === 'string' ? said : expect.stringMatching(said),
    );
  });
});

describe('what cannot be done', () => {
  it('the namespaces that a cluster needs are not deleted', () => {
    expect(lines('kubectl delete namespace kube-system')).toBe(
      'Error from server (Forbidden): namespaces "kube-system" is forbidden: this namespace may not be deleted\n[1]',
    );
  });

  it('one reason against draining a node is told as several are', () => {
    const text = lines('kubectl drain worker-1');
    expect(text).toMatch(/\n worker-1\ncannot delete DaemonSet-managed Pods .*\n\[1\]$/);
  });

  it('a process that cannot be started', () => {
    expect(lines('kubectl exec deploy/web -- nothing')).toMatch(
      /^error: Internal error occurred: Internal error occurred: error executing command in container: .*exec: "nothing": executable file not found in \$PATH\n\[1\]$/,
    );
  });
});

describe('in a world that lives', () => {
  it('wait lets time pass until the condition holds', () => {
    const text = lines(
      'kubectl scale deployment web --replicas=4',
      "kubectl wait deployment/web --for=jsonpath='{.status.readyReplicas}'=4",
    );
    expect(text).toBe('deployment.apps/web condition met\n');
  });

  it('wait gives up after its timeout, of the time of the world', () => {
    const sandbox = new Sandbox(world);
    const before = sandbox.simulation.store.now;
    const { stderr, code } = runOurs(sandbox, 'kubectl wait deploy/web --for=delete --timeout=90s');
    expect([stderr, code]).toEqual(['error: timed out waiting for the condition on deployments/web\n', 1]);
    expect(sandbox.simulation.store.now - before).toBe(90_000);
  });

  it('a watch shows what changes, and ends when it is told to', () => {
    const text = lines(
      'kubectl run new --image=nginx:1.28',
      'kubectl get pod new -w --no-headers --request-timeout=1m',
    );
    const states = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/\s+/)[2]);
    expect(states.at(-1)).toBe('Running');
    expect(new Set(states).size).toBeGreaterThan(1);
  });

  it.each([
    ['auth can-i list pods --as=system:serviceaccount:default:reader', 'yes\n'],
    ['auth can-i delete pods --as=system:serviceaccount:default:reader', 'no\n[1]'],
    ['auth can-i list pods -n dev --as=system:serviceaccount:default:reader -q', '[1]'],
    [
      'get deploy --as=system:serviceaccount:default:reader',
      'Error from server (Forbidden): deployments.apps is forbidden: User "system:serviceaccount:default:reader" cannot list resource "deployments" in API group "apps" in the namespace "default"\n[1]',
    ],
    ['get pods -n dev', 'No resources found in dev namespace.\n'],
    ['config view --minify -o jsonpath={.contexts[0].context.namespace}', 'default'],
  ])('kubectl %s', (line, text) => {
    expect(lines(`kubectl ${line}`)).toBe(text);
  });

  it('another namespace is the default after it was set', () => {
    const text = lines('kubectl config set-context --current --namespace=dev', 'kubectl get pods');
    expect(text).toBe('No resources found in dev namespace.\n');
  });

  it.each(['describe deploy web', 'describe svc web', 'describe ns dev', 'describe sa reader'])(
    'kubectl %s says the same of the same world',
    (line) => {
      expect(lines(`kubectl ${line}`)).toBe(lines(`kubectl ${line}`));
      expect(lines(`kubectl ${line}`)).toMatch(/^Name: +/);
    },
  );
});

describe('the help', () => {
  it('names what there is, and what is not simulated', () => {
    const text = lines('kubectl --help');
    expect(text).toMatch(/^ {2}describe {7}all about an object/m);
    expect(text).toMatch(/^Not simulated here: .*\bcompletion\b/m);
  });

  it.each([
    ['kubectl get --help', 'kubectl get: list objects, or show some of them.'],
    ['kubectl get pods -h', 'kubectl get: list objects, or show some of them.'],
    ['kubectl help get', 'kubectl get: list objects, or show some of them.'],
    ['kubectl top', 'kubectl top: how much nodes and Pods use.'],
    ['kubectl config', 'kubectl config: which cluster and namespace you mean.'],
    ['kubectl', 'kubectl speaks to a Kubernetes cluster'],
    ['kubectl options', 'Flags that every command takes:'],
  ])('%s begins with: %s', (line, start) => {
    expect(lines(line).startsWith(start)).toBe(true);
  });

  it.each(['completion bash', 'cluster-info dump', 'proxy'])('kubectl %s is refused by name', (line) => {
    expect(lines(`kubectl ${line}`)).toMatch(
      /^error: kubectl [\w -]+ is not simulated here\. Everything that is: kubectl --help\n\[1\]$/,
    );
  });
});
