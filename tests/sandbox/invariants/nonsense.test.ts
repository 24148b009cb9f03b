import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiRequest } from '../../../src/sandbox/cluster/api/request.ts';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { ShellExit } from '../../../src/sandbox/shell/line/control-flow.ts';
import { runToEnd } from '../../../src/sandbox/shell/run-to-end.ts';
import { Shell } from '../../../src/sandbox/shell/shell.ts';
import { brokenInvariants } from './invariants.ts';
import { commandLine } from './steps.ts';

interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

const now = Date.parse('2026-11-20T09:00:00Z');
const world = Sandbox.fresh({ now, seed: 1 }).snapshot();

/** To look further than the tests do: `FC_RUNS=1000 FC_SEED=7 npx vitest run …`. */
const numRuns = Number(process.env.FC_RUNS ?? 100);

function run(shell: Shell, line: string, input = ''): Outcome {
  const outcome = { stdout: '', stderr: '', code: 0 };
  const write = (to: 'stdout' | 'stderr', text: string): void => {
    outcome[to] += text;
  };
  try {
    outcome.code = runToEnd(shell.run(line), shell, { write, input: () => input });
  } catch (error) {
    // `exit` ends the shell, as it should.
    if (!(error instanceof ShellExit)) throw error;
    outcome.code = error.code;
  }
  return outcome;
}

function shell(): Shell {
  return new Shell(new Sandbox(world), () => undefined);
}

const verbs =
  'get describe create run apply diff edit patch replace delete scale autoscale expose set rollout logs exec attach cp port-forward debug label annotate taint cordon uncordon drain wait top explain api-resources api-versions config version auth events cluster-info kustomize certificate proxy plugin completion options'.split(
    ' ',
  );
const nouns =
  'pods pod/web deploy deployment/web svc nodes node/worker-1 ns events all pvc cm/none jobs.batch nothing / a/b/c deployment.apps/web -- - . web=1 web- image web'.split(
    ' ',
  );
const flags =
  '-o -o=json -o=yaml -o=wide -o=jsonpath={.items[*].x} -o=go-template={{.}} -o=custom-columns=A:.b -f - -f=none.yaml -n -n=none -A --all -l -l=a=b,c!=d --field-selector=a=b -w --watch --for=delete --for=condition=x --timeout=1s --replicas=-1 --replicas=99999999999999999999 --image= --image=nginx --dry-run=client --dry-run=server --force --grace-period=-5 -c=x -it --sort-by=.x -p={} -p=[] --type=json --type=merge --show-labels --raw=/ --raw=/x?y=%zz --from-literal=a=b --port=x --v=9 --help -h --nonsense'.split(
    ' ',
  );

/** Letters, and what has a meaning to some part that reads lines. */
const anyWord = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    '\u0000',
    '\u001b[2J',
    '\u2028',
    '\ud800',
    '"',
    "'",
    '$(',
    '`',
    '${',
    '|',
    '>',
    '<<E',
    '&',
    ';',
    '\\',
  ),
);

const nonsense = fc
  .tuple(
    fc.constantFrom(...verbs),
    fc.array(fc.oneof(fc.constantFrom(...nouns), fc.constantFrom(...flags), anyWord), { maxLength: 6 }),
  )
  .map(([verb, words]) => `kubectl ${verb} ${words.join(' ')}`);

describe('Nonsense', () => {
  it('is answered, whatever is typed, and the world stays sound', () => {
    const at = shell();
    fc.assert(
      fc.property(fc.oneof(nonsense, nonsense, anyWord, commandLine), (line) => {
        const { code, stdout, stderr } = run(at, line);
        expect(Number.isInteger(code) && code >= 0 && code < 256, line).toBe(true);
        expect(stdout.length + stderr.length).toBeLessThan(5_000_000);
      }),
      { numRuns: numRuns * 4, examples: [['kubectl get pods \ud800'], ['kubectl delete pods -l app']] },
    );
    at.advance(30 * 60_000);
    expect(brokenInvariants(at.sandbox)).toEqual([]);
  }, 60_000);

  it('is refused by the API in the form of a Status, whatever is asked', () => {
    const { sandbox } = shell();
    const path = fc.oneof(
      fc.webPath(),
      fc.constantFrom(
        '/api/v1/pods',
        '/apis/apps/v1/namespaces/default/deployments',
        '/api',
        '/',
        '/openapi/v2',
      ),
      fc.array(anyWord, { maxLength: 6 }).map((words) => `/api/v1/${words.join('/')}`),
    );
    const request = fc.record({
      method: fc.constantFrom<ApiRequest['method'][]>('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
      path,
      query: fc.dictionary(
        fc.constantFrom(
          'watch',
          'limit',
          'continue',
          'labelSelector',
          'fieldSelector',
          'dryRun',
          'resourceVersion',
        ),
        anyWord,
      ),
      headers: fc.dictionary(fc.constantFrom('content-type', 'accept'), anyWord),
      body: fc.jsonValue(),
    });
    fc.assert(
      fc.property(request, (asked) => {
        // Everything else may be asked, but not that all of the world goes.
        fc.pre(asked.method !== 'DELETE');
        const response = sandbox.request(asked);
        if ('stream' in response) response.stream.close();
        if (response.status >= 400 && 'body' in response)
          expect(response.body).toMatchObject({ kind: 'Status' });
        expect(response.status).toBeLessThan(600);
        expect(response.status).not.toBe(500);
      }),
      { numRuns: numRuns * 4 },
    );
  }, 60_000);
});

describe('What is much too large', () => {
  let large: Shell;
  beforeAll(() => {
    large = shell();
  });

  function apply(text: string): Outcome {
    return run(large, 'kubectl apply -f -', text);
  }

  const named = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\n';

  it.each<[what: string, text: string, says: RegExp]>([
    [
      'a value of ten megabytes',
      `${named}data:\n  a: ${'x'.repeat(10_000_000)}\n`,
      /Too long: may not be more than/,
    ],
    [
      'thirty thousand fields',
      `${named}data:\n${Array.from({ length: 30_000 }, (_, each) => `  k${each}: v\n`).join('')}`,
      /./,
    ],
    [
      'ten thousand levels of lists',
      `${named}data: ${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      /exceeded max depth$/m,
    ],
    [
      'ten thousand levels of JSON',
      `{"a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
      /exceeded max depth$/m,
    ],
    ['a hundred thousand open braces', '{'.repeat(100_000), /./],
    [
      'an alias of aliases of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((each, place) => `${each}: &${each} [${Array(9).fill(`*${'abcdefgh'[place]}`).join(',')}]\n`).join('')}`,
      /./,
    ],
    ['control characters', `${named}data:\n  a: "\u0000\u0007\u001b[31m"\n  b: \u0001\n`, /./],
    ['a binary', '\u007fELF\u0000\u0001\u0002'.repeat(1000), /./],
    ['two thousand objects', `${named}---\n`.repeat(2_000), /configmap\/big/],
  ])(
    '%s: an answer or an error, soon',
    (_, text, says) => {
      const outcome = apply(text);
      expect(outcome.stdout + outcome.stderr).toMatch(says);
      // Nothing of it may turn the learner's terminal.
      expect(outcome.stdout + outcome.stderr).not.toContain('\u001b[31m');
    },
    20_000,
  );

  it('is a line of a megabyte', () => {
    expect(run(large, `kubectl get ${'pods '.repeat(20_000)}`).code).toBe(1);
    expect(run(large, `kubectl get pods ${'x'.repeat(1_000_000)}`).code).toBe(1);
    expect(run(large, `echo ${'a'.repeat(1_000_000)} | wc -c`).stdout.trim()).toBe('1000001');
    expect(run(large, '('.repeat(50_000)).code).toBe(2);
    expect(run(large, `echo ${'$('.repeat(20_000)}`).code).toBe(2);
  }, 20_000);

  it('is a number of replicas, which the cluster takes as it can', () => {
    const { code, stderr } = run(
      large,
      'kubectl create deployment many --image=nginx:1.27 --replicas=2147483648',
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining('2147483648')]);
  });
});

describe('A watch that is never read', () => {
  it('is ended before it holds too much', () => {
    const at = shell();
    const watch = at.request({
      method: 'GET',
      path: '/api/v1/configmaps',
      query: { watch: 'true' },
      headers: {},
    });
    if (!('stream' in watch) || watch.stream.kind !== 'watch') throw new Error('no watch');
    at.request({
      method: 'POST',
      path: '/api/v1/namespaces/default/configmaps',
      query: {},
      headers: {},
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'busy' }, data: { at: '0' } },
    });
    for (let each = 1; each <= 12_000; each++) {
      at.request({
        method: 'PATCH',
        path: '/api/v1/namespaces/default/configmaps/busy',
        query: {},
        headers: { 'content-type': 'application/merge-patch+json' },
        body: { data: { at: `${each}` } },
      });
    }
    const events = watch.stream.next();
    expect(events.length).toBeLessThanOrEqual(10_001);
    expect(events.at(-1)).toMatchObject({ type: 'ERROR', object: { code: 410 } });
    expect(watch.stream.ended).toBe(true);
  }, 20_000);
});
