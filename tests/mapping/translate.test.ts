import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allCommands, commandGrammar } from '../../src/docker/grammar.ts';
import { DockerRefusal } from '../../src/docker/refusal.ts';
import { quoteWord, splitWords } from '../../src/docker/words.ts';
import { toYaml } from '../../src/kubernetes/yaml.ts';
import type { CommandRow } from '../../src/mapping/command-row.ts';
import { translateLine } from '../../src/mapping/translate.ts';
import type { Translation } from '../../src/mapping/translation.ts';
import { styleFor } from '../../src/terminal/style.ts';
import { drawTranslation } from '../../src/terminal/views/translation-view.ts';
import { openCourse } from '../fixtures/course.ts';

const course = openCourse();
const rows = new Map<string, CommandRow>();

/** Rows are read once, so that the time that is measured is that of the translation. */
function rowOf(command: string): CommandRow {
  const row = rows.get(command) ?? course.commandRow(command);
  rows.set(command, row);
  return row;
}

const translate = (line: string): Translation =>
  translateLine(splitWords(line).words, line, { kubernetes: '1.36' }, rowOf);

const typed = (line: string): string[] => translate(line).commands.map(({ argv }) => argv.join(' '));

describe('a docker line', () => {
  it.each([
    ['docker ps', 'docker container ls'],
    ['docker container ls', 'docker container ls'],
    ['docker rmi nginx', 'docker image rm'],
    ['docker-compose up', 'docker compose up'],
    ['podman images', 'docker image ls'],
    ['nerdctl logs web', 'docker container logs'],
    ['sudo docker info', 'docker system info'],
    ['DOCKER_HOST=tcp://x docker ps', 'docker container ls'],
    ['docker', 'docker'],
    ['docker compose', 'docker compose'],
    ['docker run nginx', 'docker container run'],
    ['docker create nginx', 'docker container create'],
  ])('is translated under its canonical name: %s', (line, command) => {
    expect(translate(line).command).toBe(command);
  });

  it('of run makes objects, of another command none', () => {
    expect(translate('docker run -d nginx').objects.map(({ kind }) => kind)).toEqual(['Deployment']);
    expect(translate('docker ps').objects).toEqual([]);
  });

  it.each([
    ['docker rm -f $(docker ps -aq)', 'kubectl delete deployment NAME'],
    ['docker rm web `sudo docker ps -q`', 'kubectl delete deployment web NAME'],
    ['docker rm "$@"', 'kubectl delete deployment NAME'],
    ['docker exec -it $(docker ps -qf name=web) bash', 'kubectl exec deploy/NAME -i -t -- bash'],
    ['docker volume rm $(docker volume ls -q)', 'kubectl delete pvc NAME'],
  ])('leaves names open that docker would be asked for: %s', (line, command) => {
    expect(typed(line)[0]).toBe(command);
    expect(translate(line).caveats[0]).toMatch(/^`.+` stands for names of docker's.* for NAME/);
  });

  it.each([
    ['docker logs $(cat id)', 'kubectl logs deploy/$(cat id)'],
    ["docker exec web '$(docker ps)'", 'kubectl exec deploy/web -- $(docker ps)'],
  ])('keeps what does not come from docker, and the words of a command: %s', (line, command) => {
    expect(typed(line)[0]).toBe(command);
    expect(translate(line).caveats.join()).not.toContain('NAME, as');
  });

  it.each(['docker run --help', 'docker create --help', 'docker run --rm --help nginx', 'docker help run'])(
    'that asks for help starts nothing: %s',
    (line) => {
      const { objects, flags } = translate(line);
      expect(objects).toEqual([]);
      expect(flags.map((flag) => flag.flag)).toContain('--help');
    },
  );

  it('keeps what was typed', () => {
    const { input, argv } = translate("sudo docker exec web 'a b'");
    expect(input).toBe("sudo docker exec web 'a b'");
    expect(argv).toEqual(['docker', 'exec', 'web', 'a b']);
  });

  it.each(['', 'echo docker', 'docker nope', 'docker run', 'docker run --nope x', "docker 'x"])(
    'that docker would refuse is refused: %s',
    (line) => {
      expect(() => translate(line)).toThrow(DockerRefusal);
    },
  );
});

describe('a flag before the command', () => {
  it.each<[string, [string, string | undefined][]]>([
    [
      'docker --context prod ps -a',
      [
        ['--context', 'prod'],
        ['--all', undefined],
      ],
    ],
    [
      'docker -D -H tcp://h:1 logs web',
      [
        ['--debug', undefined],
        ['--host', 'tcp://h:1'],
      ],
    ],
    [
      'docker compose -f a.yml -p shop ps',
      [
        ['--file', 'a.yml'],
        ['--project-name', 'shop'],
      ],
    ],
    [
      'docker --context x compose -f a.yml up -d',
      [
        ['--context', 'x'],
        ['--file', 'a.yml'],
        ['--detach', undefined],
      ],
    ],
    ['docker buildx --builder b ls', [['--builder', 'b']]],
    [
      'docker --context prod run -d nginx',
      [
        ['--context', 'prod'],
        ['--detach', undefined],
      ],
    ],
    ['docker --version', [['--version', undefined]]],
  ])('is judged first, by whose flag it is: %s', (line, flags) => {
    const translation = translate(line);
    expect(translation.flags.map(({ flag, value }) => [flag, value])).toEqual(flags);
    expect(translation.flags.map(({ why }) => why)).not.toContain('There is no counterpart on record.');
  });

  it('bears on every kubectl line', () => {
    const lines = typed('docker --context prod ps --no-trunc');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toContain('--context=prod');
  });

  it('given twice counts once', () => {
    const { flags, commands } = translate('docker -c one --context two ps');
    expect(flags.map(({ kubernetes }) => kubernetes === 'nothing')).toEqual([true, false]);
    expect(commands[0]?.argv).toContain('--context=two');
    expect(commands[0]?.argv).not.toContain('--context=one');
  });

  it('stands before the dashes of a command to run inside', () => {
    const [line = ''] = typed('docker --context prod exec web ls --context other');
    expect(line.indexOf('--context=prod')).toBeLessThan(line.indexOf(' -- '));
    expect(line).toMatch(/ -- ls --context other$/);
  });
});

/** What could stand in a line, and what bends one: many more than a test a kind could name. */
const realLines = [
  'docker run -d --name web -p 8080:80 -v data:/data -e A=b --restart always nginx:1.27',
  'docker run --rm -it --mount type=bind,source=/srv/x,target=/x,readonly alpine sh -c "echo $HOME"',
  'docker create --memory 512m --cpus .5 --health-cmd "curl -f localhost" redis',
  'docker ps -a --filter label=a=b --filter status=running --format "{{.Names}}"',
  'docker compose -f a.yml --profile dev up -d --build --scale web=3 web db',
  'docker service create --name s --replicas 3 --publish published=80,target=80 --mount type=volume,source=v,target=/v nginx',
  'docker service update --image nginx:2 --env-add A=b --limit-memory 1g s',
  'docker build -t a/b:1 --build-arg X=y --platform linux/amd64,linux/arm64 --push .',
  'docker logs -f --since 10m --tail 5 web 2>&1 | grep error',
  'docker exec -it -e A=b -w /app -u 1000 web sh -c "ls | wc -l"',
  'docker cp web:/etc/hosts ./hosts && docker rm -fv web',
  'docker login -u me -p "$(cat token)" registry.example.com',
  'docker stack deploy -c stack.yml shop',
  'docker volume create -d local -o type=nfs --label a=b data',
  'docker network connect --alias db --ip 10.1.2.3 net web',
  'sudo -E docker update --memory 1g --cpus 2 web',
  'docker system prune -af --volumes --filter until=24h',
];

const noise = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...' \t\n\r\'"\\`$(){}[]<>|;&#=-,:/.~*?!%^@+_\0\x07\x1b\x7f\x9b\u202e\u2028é漢😀'),
    fc.constantFrom('docker ', 'run ', '--', '-', ' -it ', '$(', '${', '<<EOF', '\\\n', "''", '2>&1'),
    fc.string({ minLength: 1, maxLength: 1 }),
  ),
  maxLength: 40,
});

const mutated = fc
  .tuple(
    fc.constantFrom(...realLines),
    fc.array(fc.tuple(fc.nat(200), fc.nat(6), noise), { minLength: 1, maxLength: 3 }),
  )
  .map(([line, edits]) =>
    edits.reduce(
      (text, [at, length, put]) =>
        text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + length),
      line,
    ),
  );

const runnable = allCommands().filter((command) => commandGrammar(command)?.runs);

const randomFlags = fc
  .tuple(
    fc.constantFrom(...runnable).chain((command) => {
      const flags = commandGrammar(command)?.flags ?? [];
      const flag =
        flags.length > 0 ? fc.constantFrom(...flags) : fc.constant({ name: '--help', type: 'bool' });
      const value = fc.oneof(
        fc.constantFrom(
          '1',
          '5m',
          '512m',
          'a=b',
          'x',
          'label=a',
          'true',
          'false',
          '',
          '{{.ID}}',
          '/a:/b',
          '8080:80',
          '$X',
        ),
        noise,
      );
      return fc.tuple(
        fc.constant(command),
        fc.array(
          fc.tuple(flag, value, fc.boolean()).map(([each, text, apart]) => {
            if (each.type === 'bool' && apart) return each.name;
            const written = quoteWord(text);
            return apart ? `${each.name} ${written}` : `${each.name}=${written}`;
          }),
          { maxLength: 6 },
        ),
      );
    }),
    fc.array(fc.oneof(fc.constantFrom('web', 'nginx', 'a:1', '.', '-', 'x=1', '--'), noise.map(quoteWord)), {
      maxLength: 4,
    }),
  )
  .map(([[command, flags], args]) => [command, ...flags, ...args].join(' '));

const screen = { columns: 80, rows: 24, colour: 0, unicode: true, plain: false, interactive: false } as const;

/** What a terminal would obey, or what turns the reading order around. */
const obeyed = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** @returns nothing where docker would refuse the line */
function answer(line: string): Translation | undefined {
  try {
    return translate(line);
  } catch (error) {
    if (error instanceof DockerRefusal) return undefined;
    throw error;
  }
}

function draw(translation: Translation): string {
  const yaml = translation.objects.length > 0 ? toYaml(translation.objects) : '';
  return drawTranslation(translation, yaml, [], styleFor(screen)).join('\n');
}

/** The least CPU time of a few tries: a collection of garbage in one of them is nobody's fault. */
function costs(line: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 5 && least > 50; tries++) {
    const before = cpu();
    answer(line);
    least = Math.min(least, cpu() - before);
  }
  return least;
}

describe('any line whatever', () => {
  const runs = Number(process.env.RUNS ?? 25_000);

  it.each([
    ['random strings', noise],
    ['shell-like noise after a command', noise.map((text) => `docker run ${text}`)],
    ['real lines, bent', mutated],
    ['random flags and arguments', randomFlags],
  ])(
    'is answered or refused, in time, and nothing in the answer moves the cursor: %s',
    (_, lines) => {
      fc.assert(
        fc.property(lines, (line) => {
          const before = cpu();
          const translation = answer(line);
          if (cpu() - before > 50) expect(costs(line)).toBeLessThan(50);
          if (!translation || !obeyed.test(line)) return;
          const printed = draw(translation);
          if (obeyed.test(printed)) expect(printed).not.toMatch(obeyed);
        }),
        { numRuns: runs, seed: 3, endOnFailure: true },
      );
    },
    120_000,
  );

  it.each([
    ['a word of 100,000 characters', `docker run ${'x'.repeat(100_000)}`],
    ['20,000 arguments', `docker rm ${'web '.repeat(20_000)}`],
    ['5,000 flags', `docker ps ${'-f label=a '.repeat(5_000)}`],
    ['5,000 flags of run', `docker run ${'-e A=b '.repeat(5_000)} nginx`],
    ['5,000 flags before the command', `docker compose ${'-f x.yml '.repeat(5_000)} ps`],
    ['open quotes', `docker run ${'"\\'.repeat(20_000)}`],
    ['nested expansions', `docker run ${'$('.repeat(20_000)}`],
    ['backslashes', `docker run ${'\\\n'.repeat(20_000)} nginx`],
  ])('that is long is answered too: %s', (_, line) => {
    const before = cpu();
    answer(line);
    expect(cpu() - before).toBeLessThan(3_000);
  });
});
