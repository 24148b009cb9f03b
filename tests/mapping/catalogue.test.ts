import { describe, expect, it } from 'vitest';
import { allCommands } from '../../src/docker/grammar.ts';
import { type CatalogueLine, nearestWords, searchCatalogue } from '../../src/mapping/catalogue.ts';
import { openCourse } from '../fixtures/course.ts';

const all = openCourse().catalogue();

/** What is found, as it is typed, without the word docker. */
const found = (words: string): string[] =>
  searchCatalogue(all, words).map(({ typed }) => typed.replace(/^docker /, ''));

describe('the search finds first', () => {
  it.each<[string, string]>([
    // By the command, in any of its spellings.
    ['ps', 'ps'],
    ['docker ps', 'ps'],
    ['container ls', 'ps'],
    ['logs', 'logs'],
    ['log', 'logs'],
    ['LOGS', 'logs'],
    ['exec', 'exec'],
    ['cp', 'cp'],
    ['rm', 'rm'],
    ['rmi', 'rmi'],
    ['image rm', 'rmi'],
    ['images', 'images'],
    ['run', 'run'],
    ['stats', 'stats'],
    ['top', 'top'],
    ['inspect', 'inspect'],
    ['build', 'build'],
    ['push', 'push'],
    ['pull', 'pull'],
    ['login', 'login'],
    ['port', 'port'],
    ['pause', 'pause'],
    ['commit', 'commit'],
    ['export', 'export'],
    ['history', 'history'],
    ['version', 'version'],
    ['up', 'compose up'],
    ['down', 'compose down'],
    ['compose up', 'compose up'],
    ['docker-compose up', 'compose up'],
    ['docker compose logs', 'compose logs'],
    ['stack deploy', 'stack deploy'],
    ['service scale', 'service scale'],
    ['volume ls', 'volume ls'],
    ['ls volume', 'volume ls'],
    ['network', 'network'],
    ['bake', 'bake'],
    // By what one wants.
    ['see container logs', 'logs'],
    ['how do i see the logs of a container', 'logs'],
    ['follow logs', 'logs'],
    ['tail logs', 'logs'],
    ['copy a file', 'cp'],
    ['how to copy a file into a container', 'cp'],
    ['list containers', 'ps'],
    ['show running containers', 'ps'],
    ['what is running', 'ps'],
    ['open a shell', 'exec'],
    ['shell into a container', 'exec'],
    ['enter a container', 'exec'],
    ['stop a container', 'stop'],
    ['start a container', 'start'],
    ['delete a container', 'rm'],
    ['remove', 'rm'],
    ['remove an image', 'rmi'],
    ['build an image', 'build'],
    ['push an image', 'push'],
    ['log in to a registry', 'login'],
    ['publish a port', 'port'],
    ['memory usage', 'stats'],
    ['disk usage', 'system df'],
    ['clean up', 'system prune'],
    ['start everything', 'compose up'],
    ['switch cluster', 'context use'],
    ['roll back', 'service rollback'],
    // By what Kubernetes calls it, and its short names.
    ['pods', 'ps'],
    ['pod', 'ps'],
    ['po', 'ps'],
    ['kubectl get pods', 'ps'],
    ['kubectl logs', 'logs'],
    ['kubectl exec', 'exec'],
    ['port-forward', 'port'],
    ['rollout', 'restart'],
    ['rollout restart', 'restart'],
    ['svc', 'service'],
    ['pvc', 'volume'],
    ['configmap', 'config ls'],
    ['cm', 'config ls'],
    ['kubeconfig', 'context import'],
  ])('for "%s": docker %s', (words, first) => {
    expect(found(words)[0]).toBe(first);
  });

  it('every command by its own name', () => {
    const lost = all.filter(({ typed }) => searchCatalogue(all, typed)[0]?.typed !== typed);
    // Of the group `docker` every word is silent; its row is there for the line.
    expect(lost.map(({ typed }) => typed)).toEqual(['docker']);
  });

  it('every command by its canonical name, among the first', () => {
    const lost = allCommands().filter(
      (command) =>
        command !== 'docker' &&
        !searchCatalogue(all, command)
          .slice(0, 3)
          .some((line) => line.command === command),
    );
    expect(lost).toEqual([]);
  });

  it('every command by each of its intents, unless an intent of another is the same', () => {
    const lost = all.flatMap(({ typed, intents }) =>
      intents
        .filter((intent) => !searchCatalogue(all, intent).some((line) => line.typed === typed))
        .map((intent) => `${typed}: ${intent}`),
    );
    expect(lost).toEqual([]);
  });
});

describe('a search', () => {
  it.each(['l', 'lo', 'log', 'logs'])('finds docker logs while it is typed: %s', (words) => {
    expect(found(words)[0]).toBe('logs');
  });

  it.each(['d', 'do', 'doc', 'docke', 'docker', 'docker l', 'docker lo'])(
    'finds something at "%s"',
    (words) => {
      expect(found(words)).not.toEqual([]);
    },
  );

  it.each(['', ' ', 'the', 'docker', 'how do i', '!?'])('of no telling word finds all: "%s"', (words) => {
    expect(searchCatalogue(all, words)).toHaveLength(all.length);
  });

  it.each([
    ['see logs container', 'container logs see'],
    ['copy file', 'FILE, copy!'],
    ['list images', 'list  the   images'],
  ])('does not mind order, case and little words: %s, %s', (one, other) => {
    expect(found(one)).toEqual(found(other));
  });

  it('wants every word', () => {
    expect(found('logs zebra')).toEqual([]);
    expect(found('zebra')).toEqual([]);
  });

  it('finds a counterpart that means the same before one that only sounds the same', () => {
    const names = found('rollout');
    expect(names.indexOf('restart')).toBeLessThan(names.indexOf('pause'));
  });

  it('of a constructor of objects is no exception', () => {
    expect(found('constructor')).toEqual([]);
    expect(found('__proto__ toString')).toEqual([]);
  });

  it.each([
    ['one long word', 'x'.repeat(1_000_000)],
    ['many words', 'logs pods zebra '.repeat(60_000)],
    ['control characters', '\x00\x1b[31m\u202e'.repeat(100_000)],
  ])('of a megabyte is quick: %s', (_, words) => {
    const before = process.cpuUsage().user;
    searchCatalogue(all, words);
    nearestWords(all, words);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(500);
  });
});

describe('words that come near', () => {
  it.each([
    ['lgos', 'logs'],
    ['contianer', 'container'],
    ['see contianer logs', 'container'],
    ['deploymnet', 'deployment'],
    ['buidl', 'build'],
    ['volumne', 'volume'],
    ['netwrok', 'network'],
    ['imagse', 'image'],
    ['composse', 'compose'],
    ['secrt', 'secret'],
  ])('to "%s" are offered: %s', (typed, meant) => {
    expect(searchCatalogue(all, typed)).toEqual([]);
    expect(nearestWords(all, typed)).toContain(meant);
  });

  it.each(['logs', 'see container logs', 'zzzzzzzzzzzz', ''])('are none to "%s"', (words) => {
    expect(nearestWords(all, words)).toEqual([]);
  });
});

describe('a line of the catalogue', () => {
  it.each([
    ['docker container ls', 'docker ps'],
    ['docker image rm', 'docker rmi'],
    ['docker image ls', 'docker images'],
    ['docker image build', 'docker build'],
    ['docker buildx build', 'docker buildx build'],
    ['docker stack deploy', 'docker stack deploy'],
    ['docker system info', 'docker info'],
    ['docker compose up', 'docker compose up'],
    ['docker volume ls', 'docker volume ls'],
  ])('of %s is typed as %s', (command, typed) => {
    expect(all.find((line) => line.command === command)?.typed).toBe(typed);
  });

  it('is there for every command, once', () => {
    expect(all.map(({ command }) => command).sort()).toEqual([...allCommands()].sort());
  });

  it('stands with its category, and the daily ones first', () => {
    const categories = [...new Set(all.map(({ category }) => category))];
    expect(categories.slice(0, 2)).toEqual(['container', 'image']);
    expect(all.map(({ category }) => category)).toEqual(
      categories.flatMap((category) => all.filter((line) => line.category === category).map(() => category)),
    );
  });

  it('has a caveat that is not empty', () => {
    expect(all.filter(({ caveat }: CatalogueLine) => caveat.trim() === '')).toEqual([]);
  });
});
