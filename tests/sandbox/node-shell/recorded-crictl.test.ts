import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NodeVisitor } from './node-visitor.ts';

const folder = new URL('../../fixtures/sandbox/crictl/', import.meta.url);
const textOf = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** A line, and what the real one on a real node printed, complained of and ended with. */
type Recorded = readonly [line: string, out: string, err: string, code: number];
const recorded: readonly Recorded[] = JSON.parse(textOf('recorded.json'));

/** Somebody on worker-1, beside the Pods that the recording was made with. The lines run in their order. */
function onWorker(): NodeVisitor {
  const visitor = new NodeVisitor();
  visitor.shell.laptop.write('pods.yaml', textOf('pods.yaml'));
  for (const line of [
    'kubectl create namespace tide',
    'kubectl config set-context --current --namespace=tide',
    'kubectl apply -f pods.yaml',
    'sleep 60',
    'node ssh worker-1',
  ])
    visitor.type(line);
  return visitor;
}

/** What chance and the clock have a hand in, by what it is. */
const chances: readonly (readonly [RegExp, string])[] = [
  [/time="[^"]*"/g, 'TIME'],
  [/^E\d{4} [\d:.]+ +\d+/gm, 'TIME'],
  [/\d{4}[/-]\d\d[/-]\d\d[T ][\d:]{8}(\.\d+)?(Z|[+-]\d\d:\d\d| \+0000 UTC)?/g, 'TIME'],
  [/\b1[67]\d{17}\b/g, 'TIME'],
  [/(\d+|About an?|Less than an?) (second|minute)s? ago/g, 'AGE'],
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UID'],
  [/\b([0-9a-f]{64}|[0-9a-f]{13})\b/g, 'ID'],
  [/(container\.hash(?::| ->)) "?[0-9a-f]{1,8}"?/g, '$1 HASH'],
  [/^(ID +)\d+( +RUNNING)/gm, '$1PID$2'],
  [/kube-api-access-\w{5}/g, 'kube-api-access-ANY'],
  [/(containers\/[a-z]+\/)[0-9a-f]{8}/g, '$1WORDS'],
  [/\/proc\/\d+\//g, '/proc/PID/'],
  [/\/volumes\/[^/"]*\/pvc-UID[^/"]*/g, '/volumes/CLAIM'],
  [/\b(10\.244|172\.\d+)\.\d+\.\d+/g, 'ADDRESS'],
  [/\b\d+(\.\d+)?[kMG]B\b/g, 'SIZE'],
  // Widths of columns follow from the others.
  [/ {2,}/g, '  '],
];

const settled = (text: string): string =>
  chances.reduce((each, [pattern, name]) => each.replaceAll(pattern, name), text);

/** Numbers that are another machine's. */
const measured =
  /\.(container\.hash|pid|memory\.workingSetBytes\.value|cpu\.usageNanoCores\.value|timestamp|oomScoreAdj)$/;

/** Where what is simulated says something that the real one does not: it leaves much out, and adds nothing. */
function additions(ours: unknown, real: unknown, path = ''): readonly string[] {
  if (measured.test(path)) return typeof ours === typeof real ? [] : [path];
  if (typeof ours !== 'object' || ours === null) {
    return settled(JSON.stringify(ours)) === settled(JSON.stringify(real ?? null))
      ? []
      : [`${path}: ${JSON.stringify(ours)} and not ${JSON.stringify(real)}`];
  }
  if (typeof real !== 'object' || real === null) return [`${path}: ${JSON.stringify(ours)}`];
  if (Array.isArray(ours) && Array.isArray(real)) {
    const [one, other] = /envs?$/.test(path) ? [variables(ours), variables(real)] : [ours, real];
    const lengths = one.length === other.length ? [] : [`${path}: ${one.length} and not ${other.length}`];
    return [...lengths, ...one.flatMap((each, place) => additions(each, other[place], `${path}[${place}]`))];
  }
  return Object.entries(ours).flatMap(([key, value]) =>
    additions(value, (real as Readonly<Record<string, unknown>>)[key], `${path}.${key}`),
  );
}

/** Variables, of which those for Services come in any order; those of the image are another build's. */
function variables(list: readonly unknown[]): readonly unknown[] {
  const own = list.filter((each) => !/NGINX_|PKG_/.test(JSON.stringify(each)));
  return own.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

function json(text: string): object | undefined {
  return text.startsWith('{') ? JSON.parse(text) : undefined;
}

describe('on a node', () => {
  const visitor = onWorker();

  it.each(recorded)('%s is answered as on a real one', (line, out, err, code) => {
    const ours = visitor.type(line);
    const [real, simulated] = [json(out), json(ours.out)];
    if (real && simulated) expect(additions(simulated, real)).toEqual([]);
    else {
      // What stands behind it in one line is a part of JSON, which is looked at by itself.
      const shown = (text: string): string => settled(text).replace(/^Info: map.*$/m, 'Info');
      expect(shown(ours.out)).toBe(shown(out));
    }
    expect([settled(ours.err), ours.status]).toEqual([settled(err), code]);
  });
});
