import { describe, expect, it } from 'vitest';
import { containerOf, linesOf, objectOf, soundly, translated, verdictOn } from './translated.ts';

const run = (flags: string) => soundly(`docker run -d --name web ${flags} nginx:1.27`);

describe('variables', () => {
  it.each([
    ['-e A=b', 'A', 'b'],
    ['-e A=', 'A', ''],
    ['-e A=b=c', 'A', 'b=c'],
    ["-e 'A=b c'", 'A', 'b c'],
    ["-e 'A=$(B)'", 'A', '$$(B)'],
    ["-e 'A=a$$b'", 'A', 'a$$$b'],
    ["-e 'A=$B'", 'A', '$B'],
    ['-e A=\\$B', 'A', '$B'],
    ['-e spring.datasource.url=jdbc:x', 'spring.datasource.url', 'jdbc:x'],
    ['-e A=1 -e A=2', 'A', '2'],
    ['-e PUBLIC_KEY_PATH=/k', 'PUBLIC_KEY_PATH', '/k'],
    ['-e ALLOW_EMPTY_PASSWORD=yes', 'ALLOW_EMPTY_PASSWORD', 'yes'],
    ['-e POSTGRES_PASSWORD_FILE=/run/secrets/p', 'POSTGRES_PASSWORD_FILE', '/run/secrets/p'],
    ['-e KEYBOARD=de', 'KEYBOARD', 'de'],
    ['-e MYSQL_ALLOW_EMPTY_PASSWORD=yes', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'yes'],
    ['-e ALLOW_EMPTY_PASSWORD=1', 'ALLOW_EMPTY_PASSWORD', '1'],
    ['-e DB_URL=postgres://db:5432/shop', 'DB_URL', 'postgres://db:5432/shop'],
  ])('%s is set as it stands', (flags, name, value) => {
    const translation = run(flags);
    expect(containerOf(translation).env).toEqual([{ name, value }]);
    expect(translation.flags.filter((each) => each.flag === '--env').map((each) => each.grade)).not.toContain(
      'none',
    );
  });

  it.each([
    'DB_PASSWORD',
    'POSTGRES_PASSWORD',
    'API_TOKEN',
    'SECRET_KEY',
    'AWS_SECRET_ACCESS_KEY',
    'apiKey',
    'MYSQL_PWD',
    'JWT_SECRET',
    'GITHUB_PAT_TOKEN',
    'PGPASSWORD',
  ])('%s comes from a Secret', (name) => {
    const translation = run(`-e ${name}=s3cret`);
    expect(containerOf(translation).env).toEqual([
      { name, valueFrom: { secretKeyRef: { name: 'web-env', key: name } } },
    ]);
    expect(objectOf(translation, 'Secret')).toMatchObject({
      metadata: { name: 'web-env' },
      stringData: { [name]: 's3cret' },
    });
    expect(translation.caveats.join(' ')).toMatch(/in plain text/);
    expect(verdictOn(translation, '--env')).toMatchObject({
      grade: 'exact',
      kubernetes: 'Secret, containers.env.valueFrom.secretKeyRef',
    });
  });

  it('takes credentials in a URL for a secret', () => {
    expect(objectOf(run('-e DB_URL=postgres://app:s3cret@db/shop'), 'Secret').stringData).toEqual({
      DB_URL: 'postgres://app:s3cret@db/shop',
    });
  });

  it('keeps all secrets in one Secret', () => {
    expect(objectOf(run('-e A_TOKEN=1 -e B_PASSWORD=2'), 'Secret').stringData).toEqual({
      A_TOKEN: '1',
      B_PASSWORD: '2',
    });
  });

  it.each([
    [
      '-e HOME',
      'HOME',
      'configMapKeyRef',
      'web-shell',
      'kubectl create configmap web-shell --from-literal=HOME=$HOME',
    ],
    [
      '-e TAG=$TAG',
      'TAG',
      'configMapKeyRef',
      'web-shell',
      'kubectl create configmap web-shell --from-literal=TAG=$TAG',
    ],
    [
      '-e NOW=$(date)',
      'NOW',
      'configMapKeyRef',
      'web-shell',
      'kubectl create configmap web-shell --from-literal=NOW=$(date)',
    ],
    [
      '-e API_TOKEN',
      'API_TOKEN',
      'secretKeyRef',
      'web-shell-secret',
      'kubectl create secret generic web-shell-secret --from-literal=API_TOKEN=$API_TOKEN',
    ],
    [
      '-e "PASSWORD=$PW"',
      'PASSWORD',
      'secretKeyRef',
      'web-shell-secret',
      'kubectl create secret generic web-shell-secret --from-literal=PASSWORD=$PW',
    ],
    [
      '-e DB=pg://u:$PW@db',
      'DB',
      'secretKeyRef',
      'web-shell-secret',
      'kubectl create secret generic web-shell-secret --from-literal=DB=pg://u:$PW@db',
    ],
  ])('%s takes the value of the shell, by a command', (flags, name, kind, object, command) => {
    const translation = run(flags);
    expect(containerOf(translation).env).toEqual([
      { name, valueFrom: { [kind]: { name: object, key: name } } },
    ]);
    expect(linesOf(translation)).toEqual([command, 'kubectl apply -f web.yaml']);
    expect(verdictOn(translation, '--env').grade).toBe('approximate');
  });

  it('makes one ConfigMap of several variables of the shell', () => {
    expect(linesOf(run('-e A -e B'))[0]).toBe(
      'kubectl create configmap web-shell --from-literal=A=$A --from-literal=B=$B',
    );
  });

  it.each([
    [
      '--env-file env.list',
      { configMapRef: { name: 'web-env-file' } },
      'kubectl create configmap web-env-file --from-env-file=env.list',
    ],
    [
      '--env-file .env',
      { secretRef: { name: 'web-env-file' } },
      'kubectl create secret generic web-env-file --from-env-file=.env',
    ],
    [
      '--env-file ./secrets.env',
      { secretRef: { name: 'web-env-file' } },
      'kubectl create secret generic web-env-file --from-env-file=./secrets.env',
    ],
  ])('%s is taken whole', (flags, from, command) => {
    const translation = run(flags);
    expect(containerOf(translation).envFrom).toEqual([from]);
    expect(linesOf(translation)[0]).toBe(command);
    expect(verdictOn(translation, '--env-file').grade).toBe('exact');
  });

  it('tells several files apart', () => {
    const translation = run('--env-file a.env --env-file b.env');
    expect(containerOf(translation).envFrom).toEqual([
      { configMapRef: { name: 'web-a-env' } },
      { configMapRef: { name: 'web-b-env' } },
    ]);
  });

  it('says of a variable that is given twice that the last one counts', () => {
    const translation = run('-e A=1 -e A=2');
    expect(verdictOn(translation, '--env', 0)).toMatchObject({ kubernetes: 'nothing' });
    expect(verdictOn(translation, '--env', 1)).toMatchObject({ kubernetes: 'containers.env' });
  });

  it('leaves out a name that the API refuses', () => {
    const translation = run('-e ÄRGER=1');
    expect(containerOf(translation).env).toBeUndefined();
    expect(verdictOn(translation, '--env').grade).toBe('none');
  });

  it('keeps a secret whose name can be no key where it was', () => {
    expect(containerOf(run("-e 'my token=x'")).env).toEqual([{ name: 'my token', value: 'x' }]);
  });
});

describe('the command', () => {
  it.each([
    ['busybox:1.36 echo hi', undefined, ['echo', 'hi']],
    ['busybox:1.36', undefined, undefined],
    ["busybox:1.36 sh -c 'echo $(date)'", undefined, ['sh', '-c', 'echo $$(date)']],
    ["busybox:1.36 sh -c 'echo $HOME $$'", undefined, ['sh', '-c', 'echo $HOME $$$']],
    ['--entrypoint sh busybox:1.36 -c date', ['sh'], ['-c', 'date']],
    ['--entrypoint /bin/sh busybox:1.36', ['/bin/sh'], undefined],
    ['--entrypoint "" busybox:1.36 date -u', ['date', '-u'], undefined],
    ['--entrypoint= busybox:1.36', undefined, undefined],
    ["--entrypoint '$(X)' busybox:1.36", ['$$(X)'], undefined],
    ['nginx:1.27 --port=80 -d', undefined, ['--port=80', '-d']],
  ])('of %s is command %j and args %j', (rest, command, args) => {
    const translation = soundly(`docker run ${rest}`);
    expect(containerOf(translation).command).toEqual(command);
    expect(containerOf(translation).args).toEqual(args);
  });

  it('stands in the positionals as it was typed', () => {
    expect(translated("docker run busybox:1.36 sh -c 'echo $(date)'").positionals).toEqual({
      image: 'busybox:1.36',
      args: ['sh', '-c', 'echo $(date)'],
    });
  });

  it('says that the shell would have replaced a variable', () => {
    expect(soundly('docker run busybox:1.36 echo $HOME').caveats.join(' ')).toMatch(/Your shell replaces/);
    expect(soundly("docker run busybox:1.36 echo '$HOME'").caveats.join(' ')).not.toMatch(
      /Your shell replaces/,
    );
  });

  it.each([
    ['-w /app', '/app', 'exact'],
    ['--workdir=/srv/x', '/srv/x', 'exact'],
    ['-w ""', undefined, 'exact'],
    ['-w $PWD', undefined, 'none'],
  ])('runs with %s in %s', (flags, directory, grade) => {
    const translation = run(flags);
    expect(containerOf(translation).workingDir).toBe(directory);
    expect(verdictOn(translation, '--workdir').grade).toBe(grade);
  });
});
