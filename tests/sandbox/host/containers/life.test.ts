import { describe, expect, it } from 'vitest';
import { TestEngine } from './test-engine.ts';

const startFailed =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';

describe('a container that cannot start', () => {
  it.each([
    [
      'a command that is not there',
      { Cmd: ['nosuch'] },
      `400 ${startFailed}exec: "nosuch": executable file not found in $PATH`,
      127,
    ],
    [
      'a folder for a command',
      { Cmd: ['/etc'] },
      `400 ${startFailed}exec: "/etc": is a directory: permission denied`,
      126,
    ],
    [
      'a user that is not there',
      { Cmd: ['sh'], User: 'boo' },
      '500 unable to find user boo: no matching entries in passwd file',
      128,
    ],
    [
      'a network that is not there',
      { Cmd: ['sh'], HostConfig: { NetworkMode: 'nonet' } },
      '404 failed to set up container networking: network nonet not found',
      128,
    ],
    [
      'a network of nobody',
      { Cmd: ['sh'], HostConfig: { NetworkMode: 'container:boo' } },
      '500 joining network namespace of container: No such container: boo',
      128,
    ],
    [
      'a network of one that does not run',
      { Cmd: ['sh'], HostConfig: { NetworkMode: 'container:idle' } },
      '409 cannot join network namespace of a non running container: container idle is created',
      128,
    ],
  ])('says so for %s, and stays created', (_, body, answer, exitCode) => {
    const engine = new TestEngine();
    engine.create('idle');
    engine.create('web', body);
    expect(engine.outcome('POST', '/containers/web/start')).toBe(answer);
    expect(engine.inspect('web', 'State')).toMatchObject({
      Status: 'created',
      ExitCode: exitCode,
      Error: answer.slice(4),
      StartedAt: '0001-01-01T00:00:00Z',
    });
    expect(engine.events('web')).toEqual(['create']);
  });

  it('says which port is taken, and goes on when it is free again', () => {
    const engine = new TestEngine();
    const HostConfig = { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] } };
    engine.run('one', { Cmd: ['sleep', '1000'], HostConfig });
    engine.create('two', { Cmd: ['sleep', '1000'], HostConfig });
    expect(engine.outcome('POST', '/containers/two/start')).toMatch(
      /^500 failed to set up container networking: driver failed programming external connectivity on endpoint two \([0-9a-f]{64}\): Bind for 0\.0\.0\.0:8080 failed: port is already allocated$/,
    );
    expect(engine.outcome('DELETE', '/containers/one?force=1')).toBe('204');
    expect(engine.outcome('POST', '/containers/two/start')).toBe('204');
    expect(engine.inspect('two', 'State')).toMatchObject({ Status: 'running', Error: '', ExitCode: 0 });
  });

  it('is gone when it was to be removed at its end', () => {
    const engine = new TestEngine();
    engine.create('web', { Cmd: ['nosuch'], HostConfig: { AutoRemove: true } });
    expect(engine.outcome('POST', '/containers/web/start')).toContain('executable file not found');
    expect(engine.outcome('GET', '/containers/web/json')).toBe('404 No such container: web');
  });
});

describe('what is asked of a container', () => {
  /** Requests to `up`, which runs, `paused`, `done`, which has ended, and `idle`, which never ran; and the answers of the real engine. */
  it.each([
    ['POST', 'up/start', '304'],
    ['POST', 'paused/start', '409 cannot start a paused container, try unpause instead'],
    ['POST', 'up/unpause', '500 Container ID is not paused'],
    ['POST', 'paused/pause', '409 container ID is already paused'],
    ['POST', 'done/pause', '409 container ID is not running'],
    ['POST', 'done/stop', '304'],
    ['POST', 'done/kill', '409 cannot kill container: done: container ID is not running'],
    ['POST', 'done/kill?signal=BOO', '400 cannot kill container: done: invalid signal: BOO'],
    ['POST', 'up/stop?t=x', '400 strconv.Atoi: parsing "x": invalid syntax'],
    ['POST', 'up/stop?signal=x', '500 cannot stop container: up: invalid signal: x'],
    [
      'DELETE',
      'up',
      '409 cannot remove container "up": container is running: stop the container before removing or force remove',
    ],
    [
      'DELETE',
      'paused',
      '409 cannot remove container "paused": container is paused and must be unpaused first',
    ],
    ['DELETE', 'nosuch', '404 No such container: nosuch'],
    ['POST', 'up/rename?name=up', '400 Renaming a container with the same name as its current name'],
    ['POST', 'up/rename?name=', '400 Neither old nor new names may be empty'],
    [
      'POST',
      'up/rename?name=a!',
      '400 Error when allocating new name: Invalid container name (/a!), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
    ],
    ['POST', 'nosuch/rename?name=x2', '404 No such container: nosuch'],
    ['POST', 'up/wait?condition=boo', '400 invalid condition: "boo"'],
    ['POST', 'up/resize?h=1&w=x', '400 invalid resize width "x": invalid syntax'],
    ['POST', 'done/resize?h=1&w=2', '409 container ID is not running'],
    ['GET', 'done/top', '409 container ID is not running'],
    ['GET', 'up/top?ps_args=-o%20args', "500 Couldn't find PID field in ps output"],
    ['GET', 'up/logs', "400 must specify at least one of 'stdout' or 'stderr'"],
    [
      'GET',
      'up/logs?stdout=1&since=x',
      '400 invalid value for "since": invalid timestamp "x": invalid seconds "x": invalid syntax',
    ],
    ['GET', 'up/archive', '400 bad parameter: path cannot be empty'],
    ['GET', 'up/archive?path=/nosuch', '404 Could not find the file /nosuch in container up'],
    ['POST', 'paused/attach', '409 container paused is paused, unpause the container before attach'],
    ['GET', 'up/nosuch', '404 page not found'],
  ] as const)('%s /containers/%s is answered as by the real engine', (method, target, answer) => {
    const engine = new TestEngine();
    engine.run('up', { Cmd: ['sleep', '1000'] });
    engine.run('paused', { Cmd: ['sleep', '1000'] });
    engine.answer('POST', '/containers/paused/pause');
    engine.script('done', 'exit 0');
    engine.create('idle');
    expect(engine.outcome(method, `/containers/${target}`).replace(/[0-9a-f]{64}/, 'ID')).toBe(answer);
  });

  it.each([
    ['up', { Cmd: [] }, '400 No exec command specified'],
    ['up', { Cmd: ['ls'], User: 'boo' }, '400 unable to find user boo: no matching entries in passwd file'],
    ['done', { Cmd: ['ls'] }, '409 container ID is not running'],
    ['paused', { Cmd: ['ls'] }, '409 Container paused is paused, unpause the container before exec'],
  ])('an exec in %s with %j is refused', (name, body, answer) => {
    const engine = new TestEngine();
    engine.run('up', { Cmd: ['sleep', '1000'] });
    engine.run('paused', { Cmd: ['sleep', '1000'] });
    engine.answer('POST', '/containers/paused/pause');
    engine.script('done', 'exit 0');
    expect(engine.outcome('POST', `/containers/${name}/exec`, body).replace(/[0-9a-f]{64}/, 'ID')).toBe(
      answer,
    );
  });
});

describe('stopping', () => {
  it('waits ten seconds for who does not listen, and then kills', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'] });
    expect(engine.ask('POST', '/containers/web/stop').status).toBe(102);
    engine.advance(9_900);
    expect(engine.inspect('web', 'State')).toMatchObject({ Status: 'running' });
    engine.advance(200);
    expect(engine.inspect('web', 'State')).toMatchObject({ Status: 'exited', ExitCode: 137, Pid: 0 });
    expect(engine.events('web')).toEqual(['create', 'start', 'kill 15', 'kill 9', 'stop', 'die 137']);
  });

  it.each([
    ['?t=1', 1_000],
    ['?t=0', 0],
  ])('%s gives another time', (query, milliseconds) => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'] });
    const before = engine.store.now;
    expect(engine.outcome('POST', `/containers/web/stop${query}`)).toBe('204');
    expect(engine.store.now - before).toBe(milliseconds);
  });

  it('sends the signal that the image names', () => {
    const engine = new TestEngine(['nginx:1.28']);
    engine.run('web', { Image: 'nginx:1.28' });
    engine.advance(1_000);
    expect(engine.outcome('POST', '/containers/web/stop')).toBe('204');
    expect(engine.inspect('web', 'State')).toMatchObject({ ExitCode: 0 });
    expect(engine.events('web')).toEqual(['create', 'start', 'kill 3', 'stop', 'die 0']);
  });

  it('thaws one that is paused', () => {
    const engine = new TestEngine(['busybox:1.36']);
    engine.script('web', 'trap "exit 5" TERM; while true; do sleep 1; done');
    engine.answer('POST', '/containers/web/pause');
    expect(engine.get<{ Status: string }[]>('/containers/json')[0]).toMatchObject({
      State: 'paused',
      Status: 'Up Less than a second (Paused)',
    });
    expect(engine.outcome('POST', '/containers/web/stop')).toBe('204');
    expect(engine.inspect('web', 'State')).toMatchObject({ ExitCode: 5, Paused: false });
  });

  it('starts again with restart, its processes counted from the first', () => {
    const engine = new TestEngine();
    engine.script('web', 'echo one of $$; sleep 1000');
    engine.exec('web', ['touch', '/kept']);
    expect(engine.outcome('POST', '/containers/web/restart?t=1')).toBe('204');
    expect(engine.logs('web')).toBe('one of 1\none of 1\n');
    expect(engine.exec('web', ['ls', '/kept'])).toBe('/kept\n');
    expect(engine.events('web')).toEqual([
      ...['create', 'start', 'kill 15', 'kill 9', 'stop', 'die 137', 'start', 'restart'],
    ]);
    expect(engine.outcome('POST', '/containers/web/restart?t=0')).toBe('204');
    expect(engine.inspect('web', 'State')).toMatchObject({ Status: 'running', ExitCode: 0 });
  });

  it('says why it cannot start again', () => {
    const engine = new TestEngine();
    engine.script('base', 'sleep 1000');
    engine.script('web', 'rm /bin/sh; sleep 1000', { HostConfig: { NetworkMode: 'container:base' } });
    engine.advance(100);
    expect(engine.outcome('POST', '/containers/web/restart?t=0')).toBe(
      `400 Cannot restart container web: ${startFailed}exec: "sh": executable file not found in $PATH`,
    );
  });

  it('can be asked for by a name, an id and the beginning of one', () => {
    const engine = new TestEngine();
    const id = engine.run('web', { Cmd: ['sleep', '1000'] });
    for (const term of ['web', '/web', id, id.slice(0, 12), id.slice(0, 4)])
      expect(engine.get<{ Id: string }>(`/containers/${encodeURIComponent(term)}/json`).Id).toBe(id);
  });
});

describe('memory', () => {
  it('that runs out ends a container with 137', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['tail', '/dev/zero'], HostConfig: { Memory: 10 * 2 ** 20 } });
    engine.advance(10_000);
    expect(engine.inspect('web', 'State')).toMatchObject({
      OOMKilled: true,
      ExitCode: 137,
      Status: 'exited',
    });
    expect(engine.events('web')).toEqual(['create', 'start', 'oom', 'die 137']);
  });

  it('is twice as large with swap, unless somebody says otherwise', () => {
    const engine = new TestEngine();
    engine.create('web', { HostConfig: { Memory: 64 * 2 ** 20 } });
    expect(engine.inspect('web', 'HostConfig')).toMatchObject({ MemorySwap: 128 * 2 ** 20 });
  });
});

describe('updating', () => {
  it.each([
    [
      { Memory: 50_000_000 },
      '409 Cannot update container ID: Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time',
    ],
    [{ Memory: 1 }, '400 Minimum memory limit allowed is 6MB'],
    [{ Memory: 50_000_000, MemorySwap: 60_000_000 }, '200'],
    [{ RestartPolicy: { Name: 'always' } }, '200'],
    [{ NanoCpus: 5e8 }, '200'],
  ])('a container with %j is answered as by the real engine', (body, answer) => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'] });
    expect(engine.outcome('POST', '/containers/web/update', body).replace(/[0-9a-f]{64}/, 'ID')).toBe(answer);
    if (answer === '200') expect(engine.inspect('web', 'HostConfig')).toMatchObject(body);
  });

  it('is felt by what runs', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'] });
    engine.answer('POST', '/containers/web/update', { Memory: 50_000_000, MemorySwap: 60_000_000 });
    expect(engine.exec('web', ['cat', '/sys/fs/cgroup/memory.max'])).toBe('50000000\n');
  });
});

describe('renaming', () => {
  it('takes the new name everywhere', () => {
    const engine = new TestEngine();
    const id = engine.run('web', { Cmd: ['sleep', '1000'] });
    expect(engine.outcome('POST', '/containers/web/rename?name=shop')).toBe('204');
    expect(engine.get('/containers/shop/json')).toMatchObject({ Id: id, Name: '/shop' });
    expect(engine.outcome('GET', '/containers/web/json')).toBe('404 No such container: web');
    engine.create('web');
  });
});

describe('names that nobody gave', () => {
  it('are an adjective and a surname, and all different', () => {
    const engine = new TestEngine();
    const names = Array.from({ length: 30 }, () => {
      const made = engine.answer('POST', '/containers/create', { Image: 'busybox:1.36' });
      const { Id: id } = ('body' in made ? made.body : {}) as { Id: string };
      return engine.get<{ Name: string }>(`/containers/${id}/json`).Name;
    });
    expect(new Set(names).size).toBe(30);
    for (const name of names) expect(name).toMatch(/^\/[a-z]+_[a-z]+\d?$/);
  });
});

describe('pruning', () => {
  it('removes what does not run, and fits', () => {
    const engine = new TestEngine();
    engine.run('up', { Cmd: ['sleep', '1000'] });
    const one = engine.script('one', 'echo 1 > /file', { Labels: { keep: 'yes' } });
    const two = engine.create('two');
    const kept = engine.answer('POST', '/containers/prune?filters={"label!":["keep"]}');
    expect('body' in kept && kept.body).toEqual({ ContainersDeleted: [two], SpaceReclaimed: 0 });
    const all = engine.answer('POST', '/containers/prune');
    expect('body' in all && all.body).toEqual({ ContainersDeleted: [one], SpaceReclaimed: 4096 });
    const none = engine.answer('POST', '/containers/prune');
    expect('body' in none && none.body).toEqual({ ContainersDeleted: null, SpaceReclaimed: 0 });
    expect(engine.outcome('POST', '/containers/prune?filters={"boo":["x"]}')).toBe(
      "400 invalid filter 'boo'",
    );
  });
});

describe('--init', () => {
  it('hands signals on, so that stopping takes no time', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'], HostConfig: { Init: true } });
    engine.advance(100);
    expect(engine.exec('web', ['ps', '-o', 'pid,args'])).toMatch(
      /^PID +COMMAND\n +1 \/sbin\/docker-init -- sleep 1000\n +7 sleep 1000\n/,
    );
    const before = engine.store.now;
    engine.answer('POST', '/containers/web/stop');
    expect(engine.inspect('web', 'State')).toMatchObject({ ExitCode: 143 });
    expect(engine.store.now - before).toBeLessThan(1_000);
  });

  it('starts even where there is no such command', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['nosuch'], HostConfig: { Init: true } });
    expect(engine.inspect('web', 'State')).toMatchObject({ Status: 'exited', ExitCode: 127, Error: '' });
    expect(engine.logs('web')).toBe('[FATAL tini (7)] exec nosuch failed: No such file or directory\n');
  });
});

describe('--pid container:', () => {
  it('shows the processes of another container, and ends with it', () => {
    const engine = new TestEngine();
    engine.run('web', { Cmd: ['sleep', '1000'] });
    const HostConfig = { PidMode: 'container:web' };
    engine.run('debug', { Cmd: ['sh', '-c', 'ps; sleep 900'], HostConfig });
    engine.advance(100);
    expect(engine.logs('debug')).toMatch(/ 1 root +0:00 sleep 1000\n/);
    engine.answer('POST', '/containers/web/kill');
    expect(engine.inspect('debug', 'State')).toMatchObject({ Status: 'exited', ExitCode: 137 });
  });

  it.each([
    ['container:nosuch', '400 No such container: nosuch'],
    ['host', '501 sharing the processes of the host (--pid host) is not simulated here'],
  ])('%s is refused', (PidMode, answer) => {
    const body = { Image: 'busybox:1.36', HostConfig: { PidMode } };
    expect(new TestEngine().outcome('POST', '/containers/create', body)).toBe(answer);
  });
});

describe('devices', () => {
  it.each([
    [
      { Devices: [{ PathOnHost: '/dev/nosuch', PathInContainer: '/dev/x' }] },
      '500 error gathering device information while adding custom device "/dev/nosuch": no such file or directory',
    ],
    [
      { DeviceRequests: [{ Count: -1, Capabilities: [['gpu']] }] },
      '500 failed to discover GPU vendor from CDI: no known GPU vendor found',
    ],
    [{ Devices: [{ PathOnHost: '/dev/null', PathInContainer: '/dev/x' }] }, '204'],
  ])('%j: %s', (HostConfig, answer) => {
    const engine = new TestEngine();
    engine.create('web', { Cmd: ['sleep', '1000'], HostConfig });
    expect(engine.outcome('POST', '/containers/web/start')).toBe(answer);
  });
});
