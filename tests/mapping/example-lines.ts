import { type CommandGrammar, commandGrammar, type FlagGrammar } from '../../src/docker/grammar.ts';
import { quoteWord } from '../../src/docker/words.ts';
import { sampleValues } from './run/sample-values.ts';

/** Arguments of commands that check what they are given, or that take a word of their own. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  'docker compose alpha scale': ['web=3'],
  'docker compose cp': ['web:/data', './data'],
  'docker compose exec': ['web', 'ls', '-l'],
  'docker compose run': ['web', 'ls', '-l'],
  'docker compose scale': ['web=3', 'api=2'],
  'docker container cp': ['web:/data', './data'],
  'docker container create': ['nginx:1.27', 'nginx', '-g', 'daemon off;'],
  'docker container exec': ['web', 'ls', '-l'],
  'docker container run': ['nginx:1.27', 'nginx', '-g', 'daemon off;'],
  'docker image build': ['.'],
  'docker image tag': ['shop:1', 'registry.example.com/shop:1'],
  'docker plugin set': ['shop/driver', 'DEBUG=1'],
  'docker secret create': ['token', './token'],
  'docker service create': ['nginx:1.27', 'nginx', '-g', 'daemon off;'],
  'docker service scale': ['web=3', 'api=2'],
  'docker swarm join-token': ['worker'],
};

/** Flags without which a command refuses whatever else is given, and flags that want another beside them. */
const neededBy: Readonly<Record<string, string>> = {
  'docker container update': '--memory=512m',
  'docker login --password-stdin': '--username=ada',
};

/** Values for flags that check them in their own way. */
const valuesOf: Readonly<Record<string, readonly string[]>> = {
  '--add-host': ['db:10.0.0.5'],
  '--availability': ['drain'],
  '--cache-from': ['type=registry,ref=shop/cache'],
  '--dns': ['10.0.0.53'],
  '--dns-add': ['10.0.0.53'],
  '--dns-search': ['example.com'],
  '--dns-search-add': ['example.com'],
  '--docker': ['host=ssh://ada@build.example.com'],
  '--driver-opt': ['replicas=2'],
  '--endpoint-mode': ['vip', 'dnsrr'],
  '--env-add': ['DEBUG=1'],
  '--filter': ['label=tier=web', 'name=web', 'status=running', 'until=24h', 'dangling=true'],
  '--format': ['{{.Names}}', '{{.ID}}: {{.Name}}', 'json', 'table {{.ID}}\t{{.Status}}', '{{json .}}'],
  '--format-add': ['json'],
  '--from-file': ['./file'],
  '--host': ['db:10.0.0.5'],
  '--host-add': ['db:10.0.0.5'],
  '--isolation': ['default'],
  '--mode': ['global', 'replicated-job'],
  '--mount-add': ['type=volume,source=data,target=/data'],
  '--order': ['start-first'],
  '--output': ['type=local,dest=out', 'json'],
  '--policy': ['service', 'missing'],
  '--progress': ['plain'],
  '--publish': ['8080:80', '53:53/udp'],
  '--publish-add': ['published=8080,target=80'],
  '--publish-rm': ['8080'],
  '--pull': ['always', 'missing'],
  '--resolve-image': ['never'],
  '--restart': ['always', 'on-failure:3'],
  '--restart-condition': ['on-failure'],
  '--role': ['manager'],
  '--scale': ['web=3'],
  '--secret': ['token'],
  '--signal': ['SIGHUP', 'HUP', '9'],
  '--since': ['10m', '2026-01-02T15:04:05'],
  '--sort': ['name'],
  '--status': ['running'],
  '--subnet': ['10.1.0.0/16'],
  '--sysctl': ['net.core.somaxconn=1024'],
  '--sysctl-add': ['net.core.somaxconn=1024'],
  '--tag': ['shop:1'],
  '--tail': ['5', 'all'],
  '--type': ['container'],
  '--until': ['10m'],
  '--user': ['1000:1000'],
};

const valuesByType: Readonly<Record<string, readonly string[]>> = {
  bytes: ['512m', '1g'],
  command: ['sh -c ls'],
  config: ['source=app,target=/app.conf'],
  'credential-spec': ['file://spec.json'],
  decimal: ['0.5'],
  duration: ['10s', '1m30s'],
  'external-ca': ['protocol=cfssl,url=https://ca.example.com'],
  filter: ['label=tier=web', 'name=web'],
  float: ['0.2'],
  'gpu-request': ['all'],
  int: ['3'],
  ip: ['10.1.2.3'],
  ipNetSlice: ['10.1.0.0/16'],
  ipSlice: ['10.1.2.3'],
  list: ['a=b'],
  map: ['a=b'],
  mount: ['type=volume,source=data,target=/data'],
  network: ['shop'],
  'node-addr': ['10.1.2.3:2377'],
  'pem-file': ['ca.pem'],
  port: ['published=8080,target=80'],
  pref: ['spread=node.labels.zone'],
  scale: ['web=3'],
  secret: ['source=token,target=/token'],
  string: ['web'],
  stringArray: ['web'],
  stringSlice: ['web'],
  stringToString: ['a=b'],
  uint: ['3'],
  uint16: ['300'],
  uint32: ['24'],
  ulimit: ['nofile=1024:2048'],
};

/** The grammar of a command that there is. */
export function grammarOf(command: string): CommandGrammar {
  const grammar = commandGrammar(command);
  if (!grammar) throw new Error(`docker has no ${command}`);
  return grammar;
}

/** Plausible arguments: as many as the command needs, and those of commands that look at them. */
function exampleArguments(command: string): readonly string[] {
  const { least, most } = grammarOf(command);
  const given = argumentsOf[command];
  if (given) return given;
  if (command.startsWith('docker context'))
    return least > 0 || most > 0 ? ['staging', 'other'].slice(0, Math.max(1, least)) : [];
  return ['web', 'api', 'db'].slice(0, Math.min(Math.max(1, least), most));
}

/** A flag as it is typed, with each of some plausible values. */
export function exampleFlags(command: string, flag: FlagGrammar): string[] {
  if (flag.type === 'bool') return [flag.name];
  const isRun = /^docker container (run|create)$/.test(command);
  const values = isRun ? sampleValues(flag) : (fitting(command, flag) ?? valuesByType[flag.type] ?? ['web']);
  return values.map(
    (value) => `${flag.name}=${/^[\w$]/.test(value) && isRun ? written(value) : quoteWord(value)}`,
  );
}

function fitting(command: string, { name, type }: FlagGrammar): readonly string[] | undefined {
  if (type === 'bool') return undefined;
  // The same name is a number here and a word there.
  const byName = valuesOf[name];
  if (byName && !['int', 'duration', 'bytes', 'uint', 'secret', 'config', 'port', 'mount'].includes(type)) {
    if (name === '--secret' || name === '--publish') return type === 'list' ? byName : undefined;
    if (name === '--format' && command.includes('history export')) return undefined;
    return byName;
  }
  return undefined;
}

/** A variable of the shell stays open to it. */
function written(value: string): string {
  return /\s|["'\\|;&<>#]|^$/.test(value) ? quoteWord(value) : value;
}

/** A line of a command, its arguments last. */
export function exampleLine(command: string, flags: readonly string[]): string {
  const needed = [command, ...flags.map((flag) => `${command} ${flag}`)].flatMap(
    (each) => neededBy[each] ?? [],
  );
  // The name is an argument or a flag, the content a file or a driver's.
  const fewer = /^docker (volume create --name|secret create --driver)=/.test(`${command} ${flags[0]}`)
    ? 1
    : 0;
  const args = exampleArguments(command);
  return [command, ...needed, ...flags, ...args.slice(0, args.length - fewer).map(quoteWord)].join(' ');
}
