import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Lab } from './lone-container.ts';

/** What was typed, what the real shell printed, both streams together, and its code. */
type Recorded = readonly (readonly [command: string, output: string, code: number])[];

function recorded(name: string): Recorded {
  return JSON.parse(readFileSync(join(import.meta.dirname, `../../fixtures/sandbox/${name}.json`), 'utf8'));
}

describe.each([
  ['ash', 'busybox:1.36', 'sh'],
  ['bash', 'nginx:1.28', 'bash'],
  ['dash', 'nginx:1.28', 'sh'],
])(
  '%s prints and exits as the real one did, recorded in containers of Docker 29.7.2',
  (name, image, shell) => {
    it.each(recorded(name))('%s', (command, output, code) => {
      const lab = new Lab();
      const id = lab.start(image, ['sleep', '1000']);
      expect(lab.exec(id, [shell, '-c', command])).toBe(`${output}${code === 0 ? '' : `[${code}]\n`}`);
    });
  },
);

describe('a script', () => {
  it.each([
    ['#!/bin/sh\necho "$0 $1 $#"\n', '/run.sh a 1\n'],
    ['#!/bin/sh -e\nfalse\necho not\n', '[1]\n'],
    ['#!/usr/bin/env sh\necho hi\n', 'hi\n'],
    ['#!/bin/nope\n', 'exec /run.sh: no such file or directory\n[255]\n'],
    ['echo hi\n', 'exec /run.sh: exec format error\n[255]\n'],
  ])('%j', (text, output) => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['sleep', '1000']);
    lab.exec(id, ['sh', '-c', `printf '%s' '${text.replaceAll("'", "'\\''")}' > /run.sh; chmod +x /run.sh`]);
    expect(lab.exec(id, ['/run.sh', 'a'])).toBe(output);
  });

  it('says the line in which something is wrong', () => {
    const lab = new Lab();
    const id = lab.start('busybox:1.36', ['sleep', '1000']);
    lab.exec(id, ['sh', '-c', "printf 'echo a\\nnope\\n' > /run.sh"]);
    expect(lab.exec(id, ['sh', '/run.sh'])).toBe('a\n/run.sh: line 2: nope: not found\n[127]\n');
    expect(lab.exec(id, ['sh', '/nope.sh'])).toBe(
      "sh: can't open '/nope.sh': No such file or directory\n[2]\n",
    );
  });
});

describe('what is not simulated says so', () => {
  it.each([
    ['busybox:1.36', 'vi x', 'vi: the sandbox does not simulate this program\n[1]\n'],
    ['alpine:3.22', 'apk search curl', 'apk: the sandbox does not simulate apk search\n[1]\n'],
    [
      'node:22',
      'echo {} > package.json; npm publish',
      'npm: the sandbox does not simulate npm publish\n[1]\n',
    ],
    ['busybox:1.36', 'alias ll=ls', 'sh: alias: line 0: aliases are not simulated\n[1]\n'],
    ['busybox:1.36', 'wget https://web', 'wget: TLS is not simulated in the sandbox\n[1]\n'],
    ['nginx:1.28', 'curl https://web', 'curl: (35) TLS is not simulated in the sandbox\n[35]\n'],
    ['busybox:1.36', 'ip link add x', 'ip: the sandbox simulates `ip addr` and `ip route` only\n[1]\n'],
  ])('%s: %s', (image, command, output) => {
    const lab = new Lab();
    expect(lab.exec(lab.start(image, ['sleep', '1000']), ['sh', '-c', command])).toContain(output);
  });

  it.each([
    ['node:22', ['node', '-e', 'fetch("x")'], /^node: the sandbox does not run programs of its own/],
    [
      'python:3.13',
      ['python3', '-c', 'import numpy; numpy.zeros(3)'],
      /^python3: the sandbox does not run programs/,
    ],
  ])('%s: %j', (image, argv, output) => {
    const lab = new Lab();
    expect(lab.exec(lab.start(image, ['sleep', '1000']), argv)).toMatch(output);
  });
});

describe('an image has only the programs it really has', () => {
  it.each([
    ['nginx:1.28', ['bash', 'curl'], ['ps', 'ping', 'vi', 'wget', 'nslookup']],
    ['redis:7', ['bash', 'redis-cli'], ['ps', 'curl', 'wget']],
    ['busybox:1.36', ['wget', 'nslookup', 'vi', 'httpd'], ['bash', 'curl', 'apk']],
    ['alpine:3.22', ['wget', 'apk', 'nslookup'], ['bash', 'curl', 'httpd']],
    ['nginx:1.28-alpine', ['curl', 'wget', 'ash'], ['bash']],
    ['node:22', ['node', 'npm', 'curl', 'ps', 'bash'], ['nslookup', 'vi']],
    ['node:22-slim', ['node', 'bash'], ['curl', 'ps']],
    ['python:3.13-alpine', ['python3', 'ash'], ['bash', 'curl']],
  ])('%s', (image, there, missing) => {
    const lab = new Lab();
    const id = lab.start(image, ['sleep', '1000']);
    for (const name of there) expect(lab.exec(id, ['which', name])).toMatch(new RegExp(`/${name}\n$`));
    for (const name of missing) expect(lab.exec(id, ['which', name])).toBe('[1]\n');
  });
});
