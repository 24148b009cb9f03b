import { describe, expect, it } from 'vitest';
import type { EngineRequest, EngineResponse } from '../../../src/sandbox/host/engine/request.ts';
import { type Desk, typeToDocker } from './type-to-docker.ts';

const config = '/home/you/.docker/config.json';
/** `team:shop-1234` in base64. */
const auth = 'dGVhbTpzaG9wLTEyMzQ=';

/** A registry that lets `team` in. */
function registry(requests: EngineRequest[] = []): Desk['answer'] {
  return (request): EngineResponse => {
    requests.push(request);
    const { username, password } = request.body as { readonly username: string; readonly password: string };
    return username === 'team' && password === 'shop-1234'
      ? { status: 200, body: { Status: 'Login Succeeded', IdentityToken: '' } }
      : { status: 401, body: { message: 'login attempt failed with status: 401 Unauthorized' } };
  };
}

describe('docker login at a terminal', () => {
  it('asks for a name and a password, and keeps them', () => {
    const files = new Map<string, string>();
    const desk = { answer: registry(), typed: ['team', 'shop-1234'], isTerminal: true, files };
    const { stdout, stderr, code } = typeToDocker(['login', 'registry.example.com'], desk);
    expect(stdout).toBe('Username: Password: \nLogin Succeeded\n');
    expect(stderr).toContain(`WARNING! Your credentials are stored unencrypted in '${config}'.`);
    expect(code).toBe(0);
    expect(JSON.parse(files.get(config) ?? '')).toEqual({ auths: { 'registry.example.com': { auth } } });
  });

  it('asks for the password alone where the line has the name', () => {
    const desk = { answer: registry(), typed: ['shop-1234'], isTerminal: true, files: new Map() };
    const { stdout, code } = typeToDocker(['login', '-u', 'team', 'registry.example.com'], desk);
    expect({ stdout, code }).toEqual({ stdout: 'Password: \nLogin Succeeded\n', code: 0 });
  });

  it('offers the name that it knows, and falls back to it', () => {
    const files = new Map([
      [config, JSON.stringify({ auths: { 'registry.example.com': { auth: 'dGVhbTp3cm9uZw==' } } })],
    ]);
    const desk = { answer: registry(), typed: ['', 'shop-1234'], isTerminal: true, files };
    const { stdout, stderr, code } = typeToDocker(['login', 'registry.example.com'], desk);
    expect(stderr).toContain('Authenticating with existing credentials... [Username: team]\n');
    expect(stderr).toContain('Stored credentials invalid or expired\n');
    expect(stdout).toBe('Username (team): Password: \nLogin Succeeded\n');
    expect(code).toBe(0);
  });

  it.each([
    { typed: [''], says: 'error: username is required' },
    { typed: ['team', ''], says: 'error: password is required' },
    { typed: [], says: 'error: username is required' },
    { typed: ['team', 'wrong'], says: '401 Unauthorized' },
  ])('ends with 1 where $typed is typed', ({ typed, says }) => {
    const files = new Map<string, string>();
    const desk = { answer: registry(), typed, isTerminal: true, files };
    const { stderr, code } = typeToDocker(['login', 'registry.example.com'], desk);
    expect(stderr).toContain(says);
    expect(code).toBe(1);
    expect(files.size).toBe(0);
  });

  it('says of Docker Hub that nobody can log in in a browser here', () => {
    const desk = { answer: registry(), typed: ['you', 'x'], isTerminal: true };
    const { stdout, stderr, code } = typeToDocker(['login'], desk);
    expect(stderr).toContain('Failed to start web-based login');
    expect(stdout).toContain('Log in with your Docker ID or email address');
    expect(code).toBe(1);
  });
});

describe('docker login and the settings', () => {
  it('leaves other settings and other registries as they are', () => {
    const before = { auths: { 'a.example.com': { auth: 'eDp5' } }, psFormat: '{{.Names}}' };
    const files = new Map([[config, JSON.stringify(before)]]);
    typeToDocker(['login', '-u', 'team', '-p', 'shop-1234', 'registry.example.com'], {
      answer: registry(),
      files,
    });
    expect(JSON.parse(files.get(config) ?? '')).toEqual({
      auths: { 'a.example.com': { auth: 'eDp5' }, 'registry.example.com': { auth } },
      psFormat: '{{.Names}}',
    });
    typeToDocker(['logout', 'https://registry.example.com/v2/'], { answer: registry(), files });
    expect(JSON.parse(files.get(config) ?? '')).toEqual(before);
  });

  it('does not write over settings that it cannot read', () => {
    const files = new Map([[config, '{ "auths": ']]);
    const desk = { answer: registry(), files };
    const { stderr, code } = typeToDocker(['login', '-u', 'team', '-p', 'shop-1234', 'r.example.com'], desk);
    expect(stderr).toContain('error loading config file');
    expect(code).toBe(1);
    expect(files.get(config)).toBe('{ "auths": ');
  });

  it.each(['not base64 !', '', 'YWJj'])('takes nobody to be logged in by an auth of "%s"', (broken) => {
    const files = new Map([[config, JSON.stringify({ auths: { 'docker.io': { auth: broken } } })]]);
    const requests: EngineRequest[] = [];
    const answer = (request: EngineRequest): EngineResponse => {
      requests.push(request);
      return { status: 404, body: { message: 'not found' } };
    };
    typeToDocker(['pull', 'busybox:1.36'], { answer, files });
    const sent = requests[0]?.headers['x-registry-auth'] ?? '';
    expect(JSON.parse(Buffer.from(sent, 'base64url').toString())).not.toHaveProperty(
      'password',
      expect.stringMatching(/./),
    );
  });

  it('sends what it keeps for Docker Hub with a pull, whatever letters are in it', () => {
    const kept = Buffer.from('zoë:pass:wörd').toString('base64');
    const files = new Map([
      [config, JSON.stringify({ auths: { 'https://index.docker.io/v1/': { auth: kept } } })],
    ]);
    const requests: EngineRequest[] = [];
    const answer = (request: EngineRequest): EngineResponse => {
      requests.push(request);
      return { status: 200, body: { status: 'done' } };
    };
    typeToDocker(['pull', '-q', 'busybox'], { answer, files });
    const sent = Buffer.from(requests[0]?.headers['x-registry-auth'] ?? '', 'base64url').toString();
    expect(JSON.parse(sent)).toMatchObject({ username: 'zoë', password: 'pass:wörd' });
  });
});
