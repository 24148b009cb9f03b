import { describe, expect, it } from 'vitest';
import { separateLine } from '../src/own-words.ts';

/** What was typed, and what of it is ours and what the line's, parted by `--`. */
describe('our own words end', () => {
  it.each([
    ['map docker ps -a', 'map -- docker ps -a'],
    ['map --json docker run --debug nginx', 'map --json -- docker run --debug nginx'],
    ['map -o yaml docker run -o x nginx', 'map -o yaml -- docker run -o x nginx'],
    ['map docker run --json nginx', 'map -- docker run --json nginx'],
    ['map docker-compose up -d', 'map -- docker-compose up -d'],
    ['map podman run --rm x', 'map -- podman run --rm x'],
    ['map nerdctl ps -a', 'map -- nerdctl ps -a'],
    ['map kubectl get pods -A', 'map -- kubectl get pods -A'],
    ['map /usr/bin/docker ps -a', 'map -- /usr/bin/docker ps -a'],
    ['map C:\\docker.exe ps -a', 'map -- C:\\docker.exe ps -a'],
    ['map docker exec web docker ps -a', 'map -- docker exec web docker ps -a'],
    ['--plain map --json docker ps -a', '--plain map --json -- docker ps -a'],
    ['map --as job --kubernetes 1.32 docker run x', 'map --as job --kubernetes 1.32 -- docker run x'],
  ])('before the program: %s', (typed, parted) => {
    expect(separateLine(typed.split(' ')).join(' ')).toBe(parted);
  });

  it.each([
    ['map sudo docker ps -a', 'map -- sudo docker ps -a'],
    ['map sudo -E -u ada docker ps -a', 'map -- sudo -E -u ada docker ps -a'],
    ['map --json sudo -E docker ps', 'map --json -- sudo -E docker ps'],
    ['map -o yaml env A=b docker run x', 'map -o yaml -- env A=b docker run x'],
    ['map DOCKER_HOST=tcp://x docker ps -a', 'map -- DOCKER_HOST=tcp://x docker ps -a'],
    ['map time docker ps -a', 'map -- time docker ps -a'],
    ['map sudo kubectl get pods -A', 'map -- sudo kubectl get pods -A'],
  ])('before what stands before the program: %s', (typed, parted) => {
    expect(separateLine(typed.split(' ')).join(' ')).toBe(parted);
  });

  it.each([
    ['map k get pods -A', 'map -- k get pods -A'],
    ['map --json k get pods -A', 'map --json -- k get pods -A'],
    ['map --kubernetes 1.32 k exec web -- ls', 'map --kubernetes 1.32 -- k exec web -- ls'],
    ['map k run docker --image x', 'map -- k run docker --image x'],
  ])('before k, where it is the first word: %s', (typed, parted) => {
    expect(separateLine(typed.split(' ')).join(' ')).toBe(parted);
  });

  it.each([
    'map',
    'map logs --json',
    'map copy a file',
    'map exec',
    'map sudo',
    'map see k pods --json',
    'map -- docker ps -a',
    'map --json -- docker ps -a',
    'map -- k get pods',
    'map sudo -- docker ps',
    'map --category container',
    'learn docker',
    'glossary docker --json',
    '--json',
    '',
  ])('nowhere, or where they are parted already: %s', (typed) => {
    expect(separateLine(typed.split(' ')).join(' ')).toBe(typed);
  });

  it.each([
    [['map', 'docker run -d nginx', '--json']],
    [['map', '--json', 'kubectl get pods -A']],
    [['map', 'dockerfile', '--json']],
    [['map', 'compose.yaml', '-o', 'yaml']],
  ])('nowhere, where the line is one word: %j', (argv) => {
    expect(separateLine(argv)).toEqual(argv);
  });

  it.each([
    ['quiz answer pods.x kubectl get pods -n shop', 'quiz answer pods.x -- kubectl get pods -n shop'],
    ['quiz answer pods.x k get pods -A', 'quiz answer pods.x -- k get pods -A'],
    ['quiz answer --sure 3 pods.x docker ps -a', 'quiz answer --sure 3 pods.x -- docker ps -a'],
    [
      'quiz --plain answer pods.x --json kubectl get po',
      'quiz --plain answer pods.x --json -- kubectl get po',
    ],
    ['quiz answer pods.x kubectl get pods -A --json', 'quiz answer pods.x --json -- kubectl get pods -A'],
    ['quiz answer pods.x -- kubectl get pods --json', 'quiz answer pods.x -- kubectl get pods --json'],
    ['quiz answer pods.x a,c --json', 'quiz answer pods.x a,c --json'],
    ['quiz answer pods.x', 'quiz answer pods.x'],
    ['quiz answer', 'quiz answer'],
    ['quiz show docker --json', 'quiz show docker --json'],
    ['quiz docker --list --json', 'quiz docker --list --json'],
    ['quiz', 'quiz'],
  ])('before the line that answers a question: %s', (typed, parted) => {
    expect(separateLine(typed.split(' ')).join(' ')).toBe(parted);
  });

  it('and the words stay as they are', () => {
    const argv = ['map', 'docker', 'run', '-e', 'A=b c', '', '\x00'];
    expect(separateLine(argv)).toEqual(['map', '--', ...argv.slice(1)]);
  });

  it.each([[[]], [['map', '--']], [['--']], [['', '']]])('of %j without an exception', (argv) => {
    expect(separateLine(argv)).toEqual(argv);
  });
});
