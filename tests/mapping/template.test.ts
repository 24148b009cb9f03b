import { describe, expect, it } from 'vitest';
import {
  fillTemplate,
  placeholdersIn,
  singlePlaceholders,
  templateWords,
} from '../../src/mapping/template.ts';

const known = new Set([
  'container',
  'args',
  'name',
  'image',
  'value',
  'rest',
  'flag.since',
  'flag.memory',
  'flag.env',
]);

const fill = (template: string, values: Record<string, string[]> = {}): string[] =>
  fillTemplate(template, known, new Map(Object.entries(values)));

describe('a template', () => {
  it.each<[string, string, Record<string, string[]>, string[]]>([
    ['keeps words without placeholders', 'kubectl get pods', {}, ['kubectl', 'get', 'pods']],
    ['puts an argument in', 'kubectl logs {container}', { container: ['web'] }, ['kubectl', 'logs', 'web']],
    [
      'puts it in the middle of a word',
      'deployment/{container}:8080',
      { container: ['web'] },
      ['deployment/web:8080'],
    ],
    ['puts two into one word', '{name}={image}', { name: ['web'], image: ['nginx'] }, ['web=nginx']],
    ['puts the same in twice', '{name}-{name}', { name: ['web'] }, ['web-web']],
    [
      'spreads the rest, a word each',
      'kubectl delete pod {args...}',
      { args: ['a', 'b c'] },
      ['kubectl', 'delete', 'pod', 'a', 'b c'],
    ],
    [
      'spreads the rest inside a word',
      'deployment/{args...}',
      { args: ['a', 'b'] },
      ['deployment/a', 'deployment/b'],
    ],
    [
      'spreads with another beside it',
      '{args...}={image}',
      { args: ['a', 'b'], image: ['x'] },
      ['a=x', 'b=x'],
    ],
    ['takes the value of a flag', '--since={flag.since}', { 'flag.since': ['1h'] }, ['--since=1h']],
    [
      'takes the last of several values',
      '--since={flag.since}',
      { 'flag.since': ['1h', '2h'] },
      ['--since=2h'],
    ],
    ['leaves a word out that has no value', 'kubectl logs {container}', {}, ['kubectl', 'logs']],
    [
      'leaves the flag before it out too',
      'kubectl logs -n {name} {container}',
      { container: ['web'] },
      ['kubectl', 'logs', 'web'],
    ],
    ['leaves a long flag before it out too', 'kubectl run --env {flag.env} x', {}, ['kubectl', 'run', 'x']],
    [
      'but no flag that has its value',
      'kubectl logs --tail=5 {container}',
      {},
      ['kubectl', 'logs', '--tail=5'],
    ],
    ['and no word that is no flag', 'kubectl logs {container}', {}, ['kubectl', 'logs']],
    [
      'leaves out dashes with nothing behind them',
      'kubectl exec {container} -- {args...}',
      { container: ['web'] },
      ['kubectl', 'exec', 'web'],
    ],
    [
      'keeps dashes with something behind them',
      'kubectl exec {container} -- {args...}',
      { container: ['web'], args: ['ls', '-l'] },
      ['kubectl', 'exec', 'web', '--', 'ls', '-l'],
    ],
    ['takes no words at all', '', {}, []],
  ])('%s', (_, template, values, words) => {
    expect(fill(template, values)).toEqual(words);
  });

  it.each([
    ["-o jsonpath='{.status.podIP}'", ['-o', 'jsonpath={.status.podIP}']],
    [
      "-o 'jsonpath={range .items[*]}{.metadata.name}{end}'",
      ['-o', 'jsonpath={range .items[*]}{.metadata.name}{end}'],
    ],
    ['-p \'{"spec":{"suspend":true}}\'', ['-p', '{"spec":{"suspend":true}}']],
    ['--format {{.Names}}', ['--format', '{{.Names}}']],
    ['{unknown} {flag.unknown} {UPPER} {}', ['{unknown}', '{flag.unknown}', '{UPPER}', '{}']],
  ])('keeps braces that are none of its own: %s', (template, words) => {
    expect(fill(template)).toEqual(words);
  });

  it.each([
    ['{image}', '{image}=nginx'],
    ['$&', '$&=nginx'],
    ["$'", "$'=nginx"],
    ['{args...}', '{args...}=nginx'],
    ['', '=nginx'],
  ])('takes a value as it is, whatever it looks like: %s', (value, word) => {
    expect(fill('{name}={image}', { name: [value], image: ['nginx'] })).toEqual([word]);
  });

  it.each([
    ['{flag.memory|memory}', '512m', '512Mi'],
    ['{flag.memory|memory}', '1g', '1Gi'],
    ['{value|signal}', 'SIGHUP', 'HUP'],
    ['{value|signal}', 'sigterm', 'TERM'],
    ['{value|signal}', '9', '9'],
    ['{value|key}', 'web=3', 'web'],
    ['{value|key}', 'web', 'web'],
    ['{value|value}', 'web=3', '3'],
    ['{value|value}', 'a=b=c', 'b=c'],
    ['{value|name}', 'my_shop', 'my-shop'],
    ['{value|nonsense}', 'x', 'x'],
  ])('writes a value in the words of the other side: %s of %s', (template, value, word) => {
    expect(fill(template, { value: [value], 'flag.memory': [value] })).toEqual([word]);
  });

  it('names its placeholders, and those that stand for one word', () => {
    const template = "kubectl exec {container} -o '{.x}' --x={flag.since|signal} -- {args...}";
    expect(placeholdersIn(template)).toEqual(['container', 'flag.since', 'args']);
    expect(singlePlaceholders(template)).toEqual(['container', 'flag.since']);
  });

  it.each([
    ['a  b', ['a', 'b']],
    ["'a b' c", ['a b', 'c']],
    ['x"a b"y', ['xa by']],
    [`'it"s'`, ['it"s']],
    ["''", ['']],
    ['', []],
  ])('is split as a shell does: %s', (template, words) => {
    expect(templateWords(template)).toEqual(words);
  });
});
