import { afterAll, describe, expect, it } from 'vitest';
import { itemsOf } from '../../src/content/lint-bank.ts';
import { lintContent } from '../../src/content/lint-content.ts';
import { splitWords } from '../../src/docker/words.ts';
import { lessonsFolder } from '../fixtures/course.ts';
import { type Objection, RealClients } from '../fixtures/real-clients.ts';
import { commandsOf } from '../fixtures/shell-words.ts';
import { type ShownCommand, shownCommands } from '../fixtures/shown-commands.ts';

const { content } = lintContent(lessonsFolder);
const shown = content.lessons.flatMap(({ front, steps }) => shownCommands({ id: front.id, steps }));
const answers = itemsOf(content)
  .filter(({ kind }) => kind === 'command')
  .flatMap(({ id, options }) =>
    options
      .filter((option) => option.correct)
      .map(({ text }): Command => ({ lesson: id, typed: text, printed: '', words: wordsOf(text) })),
  );
const clients = new RealClients();
afterAll(() => clients.close());

/** A command of one tool, cut out of what a lesson shows. */
interface Command extends ShownCommand {
  readonly words: readonly string[];
}

function wordsOf(line: string): string[] {
  return splitWords(line).words.map(({ text }) => text);
}

function shownOf(tool: string): Command[] {
  const own = answers.filter(({ words }) => words[0] === tool);
  const all = shown.flatMap((each) => commandsOf(each.typed, tool).map((words) => ({ ...each, words })));
  return [
    ...new Map([...all, ...own].map((each) => [`${each.lesson}: ${each.words.join(' ')}`, each])).values(),
  ];
}

/** A lesson may show a command that fails, with what the client says of it. */
const isRefusal = /^(error|docker|unable|unknown|flag)\b/im;

function itUnderstands(
  commands: readonly Command[],
  client: { readonly name: string; readonly isInstalled: boolean },
  ask: (words: readonly string[]) => Promise<Objection>,
): void {
  if (!client.isInstalled) {
    it.skip(`${client.name} is not installed here, so ${commands.length} commands are not checked`);
    return;
  }
  it.concurrent.each(
    commands.map((each) => [each.lesson, each.words.join(' ').replaceAll('\n', ' '), each] as const),
  )(
    '%s: %s',
    async (_lesson, _typed, { words, printed }) => {
      const objection = await ask(words);
      if (objection !== undefined && isRefusal.test(printed)) return;
      expect(objection).toBeUndefined();
    },
    30_000,
  );
}

describe('the real kubectl understands', () => {
  const kubectl = {
    name: 'kubectl 1.32 or newer',
    isInstalled: clients.has(['kubectl', 'version', '--client'], { atLeast: [1, 32] }),
  };
  itUnderstands(shownOf('kubectl'), kubectl, (words) => clients.kubectl(words));

  it
    .skipIf(!kubectl.isInstalled)
    .each([
      ['kubectl get pods --colour'],
      ['kubectl gte pods'],
      ['kubectl rollout restrat deployment/web'],
      ['kubectl set img deployment/web web=nginx'],
      ['kubectl exec web -u root -- id'],
    ])('no %s, so this test would notice', async (typed) => {
    expect(await clients.kubectl(typed.split(' '))).toBeTypeOf('string');
  });
});

describe('the real docker understands', () => {
  const all = shownOf('docker');
  const plugins = ['compose', 'buildx'];
  const docker = {
    name: 'docker 28 or newer',
    isInstalled: clients.has(['docker', '--version'], { atLeast: [28, 0] }),
  };
  itUnderstands(
    all.filter(({ words }) => !plugins.includes(words[1] ?? '')),
    docker,
    (words) => clients.docker(words),
  );
  for (const plugin of plugins) {
    itUnderstands(
      all.filter(({ words }) => words[1] === plugin),
      {
        name: `docker ${plugin}`,
        isInstalled: docker.isInstalled && clients.has(['docker', plugin, 'version']),
      },
      (words) => clients.docker(words),
    );
  }

  it
    .skipIf(!docker.isInstalled)
    .each([
      ['docker ps --colour'],
      ['docker rnu nginx'],
      ['docker container satrt web'],
      ['docker run -d'],
      ['docker run -m lots nginx'],
      ['docker ps --format {{.Nmaes}}'],
      ['docker network create'],
      ['docker login --pass secret'],
    ])('no %s, so this test would notice', async (typed) => {
    expect(await clients.docker(typed.split(' '))).toBeTypeOf('string');
  });

  it
    .skipIf(!docker.isInstalled)
    .each([
      ['docker -H unix:///var/run/docker.sock ps'],
      ['docker --host=unix:///var/run/docker.sock ps'],
      ['docker --context default info'],
      ['docker run --rm -it --env-file not-here nginx'],
      ['docker login registry.example.com'],
      ['docker context use production'],
    ])('%s, and does nothing', async (typed) => {
    expect(await clients.docker(typed.split(' '))).toBeUndefined();
  });
});
