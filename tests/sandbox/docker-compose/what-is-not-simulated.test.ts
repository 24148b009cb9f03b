import { describe, expect, it } from 'vitest';
import { ComposeMachine } from './project.ts';

const image = 'image: "busybox:1.36"';

describe('what compose would do and nothing here does', () => {
  it.each([
    ['pre_start', `{${image}, pre_start: [{command: ["true"]}]}`, ''],
    ['provider', '{provider: {type: awesomecloud}}', ''],
    ['models', `{${image}, models: [ai]}`, 'models: {ai: {model: some/model}}'],
    ['use_api_socket', `{${image}, use_api_socket: true}`, ''],
    ['credential_spec', `{${image}, credential_spec: {file: spec.json}}`, ''],
    ['build.ssh', '{build: {context: ., ssh: [default]}}', ''],
    ['build.additional_contexts', '{build: {context: ., additional_contexts: {more: ./more}}}', ''],
    ['build.platforms', '{build: {context: ., platforms: [linux/arm64]}}', ''],
  ])('%s is refused by its name, and nothing is made', (key, service, top) => {
    const machine = new ComposeMachine(`  web: ${service}\n${top}`);
    const { text, code } = machine.run('docker compose up -d');
    expect([text, code]).toEqual([expect.stringContaining(`services.web.${key} is not simulated here\n`), 1]);
    expect(machine.run('docker ps -aq; docker network ls -q -f name=shop').text).toBe('');
  });

  it('is no matter where it is said to be off', () => {
    const machine = new ComposeMachine(
      `  web: {${image}, command: "true", use_api_socket: false, pre_start: []}`,
    );
    expect(machine.run('docker compose up -d').code).toBe(0);
  });
});

describe('secrets of a build', () => {
  const service = '  web: {build: {context: ., secrets: [key, {source: word, target: pass}]}}';
  const secrets = 'secrets: {key: {file: ./key.txt}, word: {environment: WORD}}';
  const dockerfile = [
    'FROM busybox:1.36',
    'RUN --mount=type=secret,id=key --mount=type=secret,id=pass cat /run/secrets/key /run/secrets/pass > /told',
    '',
  ].join('\n');

  it('are there while it runs, from a file and from a variable', () => {
    const machine = new ComposeMachine(`${service}\n${secrets}`);
    machine.run(`cat > Dockerfile <<'END'\n${dockerfile}END\necho from a file > key.txt`);
    expect(machine.run('WORD=hush docker compose build').code).toBe(0);
    expect(machine.run('docker run --rm shop-web cat /told').text).toBe('from a file\nhush');
    expect(machine.run('docker run --rm shop-web ls /run/secrets').code).toBe(1);
  });

  it('from a file that is not there end it', () => {
    const machine = new ComposeMachine(`${service}\n${secrets}`);
    machine.run(`cat > Dockerfile <<'END'\n${dockerfile}END`);
    const { text, code } = machine.run('docker compose build');
    expect([text, code]).toEqual([expect.stringContaining('key.txt: no such file or directory'), 1]);
  });
});

describe('variables of compose itself', () => {
  it('COMPOSE_PARALLEL_LIMIT has to be a number, and changes nothing else', () => {
    const machine = new ComposeMachine(`  web: {${image}, command: "true"}`);
    expect(machine.run('COMPOSE_PARALLEL_LIMIT=1 docker compose up -d').code).toBe(0);
    expect(machine.run('COMPOSE_PARALLEL_LIMIT=few docker compose ps')).toEqual({
      text: 'COMPOSE_PARALLEL_LIMIT must be an integer (found: "few")\n',
      code: 1,
    });
  });

  it('COMPOSE_STATUS_STDOUT has the status said on standard output', () => {
    const machine = new ComposeMachine(`  web: {${image}, init: true, command: sleep 1d}`);
    expect(machine.sit('docker compose up 2>/dev/null', 5000).text).not.toContain('Gracefully');
    expect(machine.sit('COMPOSE_STATUS_STDOUT=1 docker compose up 2>/dev/null', 5000).text).toContain(
      'Gracefully',
    );
  });
});
