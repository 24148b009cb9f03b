import { parseNanoseconds } from '../../../../docker/durations.ts';
import { reworded } from '../../../../docker/refusal.ts';
import { DockerfileError } from './dockerfile-error.ts';
import { heredocOpening } from './heredocs.ts';
import type { Argument, InstructionContent, Pair } from './instruction.ts';
import { InstructionFlags } from './instruction-flags.ts';
import type { InstructionLine } from './instruction-line.ts';
import { checkMount } from './run-mount.ts';

type Parser = (line: InstructionLine) => InstructionContent;

/** What each instruction makes of its arguments (frontend/dockerfile/instructions of moby/buildkit 0.32). */
const parsers: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['add', (line) => copy('add', line)],
  ['arg', (line) => ({ kind: 'arg', args: argumentsOf(line) })],
  ['cmd', (line) => command('cmd', line)],
  ['copy', (line) => copy('copy', line)],
  ['entrypoint', (line) => command('entrypoint', line)],
  ['env', (line) => ({ kind: 'env', pairs: pairs(line, 'ENV') })],
  ['expose', expose],
  ['healthcheck', health],
  ['label', (line) => ({ kind: 'label', pairs: pairs(line, 'LABEL') })],
  ['maintainer', (line) => ({ kind: 'maintainer', text: only(line) })],
  ['onbuild', onbuild],
  ['run', run],
  ['shell', shell],
  ['stopsignal', (line) => ({ kind: 'stopsignal', text: only(line, false) })],
  ['user', (line) => ({ kind: 'user', text: only(line) })],
  ['volume', volume],
  ['workdir', (line) => ({ kind: 'workdir', text: only(line) })],
]);

/**
 * What an instruction says. FROM is not among them, since it begins a stage.
 *
 * @returns undefined when there is no such instruction
 * @throws DockerfileError without a place
 */
export function parseInstruction(line: InstructionLine): InstructionContent | undefined {
  return parsers.get(line.command.toLowerCase())?.(line);
}

function noFlags({ flags }: InstructionLine): void {
  new InstructionFlags(flags, {});
}

function only(line: InstructionLine, checksFlags = true): string {
  const [first = '', ...more] = line.args;
  if (line.args.length !== 1 || more.length > 0)
    throw new DockerfileError(`${line.command.toUpperCase()} requires exactly one argument`);
  if (checksFlags) noFlags(line);
  return first;
}

function atLeastOne(line: InstructionLine): void {
  if (line.args.length > 0) return;
  throw new DockerfileError(`${line.command.toUpperCase()} requires at least one argument`);
}

function pairs(line: InstructionLine, name: string): readonly Pair[] {
  noFlags(line);
  atLeastOne(line);
  const found: Pair[] = [];
  for (let place = 0; place < line.args.length; place += 3) {
    const [key = '', value = '', sign = ''] = line.args.slice(place, place + 3);
    if (key === '') throw new DockerfileError(`${name} names can not be blank`);
    found.push({ name: key, value, isLegacy: sign === '' });
  }
  return found;
}

function argumentsOf(line: InstructionLine): readonly Argument[] {
  atLeastOne(line);
  return line.args.map((arg) => {
    const equals = arg.indexOf('=');
    if (equals === 0) throw new DockerfileError('ARG names can not be blank');
    return equals < 0
      ? { name: arg, value: undefined }
      : { name: arg.slice(0, equals), value: arg.slice(equals + 1) };
  });
}

function copy(kind: 'copy' | 'add', { args, flags, heredocs }: InstructionLine): InstructionContent {
  const name = kind.toUpperCase();
  if (args.length < 2)
    throw new DockerfileError(
      `${name} requires at least two arguments, but only one was provided. Destination could not be determined`,
    );
  const given = new InstructionFlags(flags, {
    chown: 'text',
    chmod: 'text',
    link: 'switch',
    exclude: 'texts',
    ...(kind === 'copy'
      ? { from: 'text', parents: 'switch' }
      : { 'keep-git-dir': 'switch', checksum: 'text', unpack: 'switch' }),
  } as const);
  const [target = ''] = args.slice(-1);
  if (heredocOpening(target)) throw new DockerfileError(`${name} cannot accept a heredoc as a destination`);
  const before = args.slice(0, -1);
  const words = new Set(before.map((source) => heredocOpening(source)?.word).filter(Boolean));
  return {
    kind,
    sources: before.filter((source) => !heredocOpening(source)),
    texts: heredocs.filter(({ word }) => words.has(word)),
    target,
    from: given.text('from'),
    chown: given.text('chown'),
    chmod: given.text('chmod'),
    link: given.isOn('link'),
    parents: given.isOn('parents'),
    excludes: given.texts('exclude'),
    checksum: given.text('checksum'),
  };
}

function run({ args, isJson, flags, heredocs }: InstructionLine): InstructionContent {
  const given = new InstructionFlags(flags, {
    mount: 'texts',
    network: 'text',
    security: 'text',
    device: 'texts',
  });
  const network = given.text('network');
  if (!['', 'default', 'none', 'host'].includes(network))
    throw new DockerfileError(`invalid network mode ${JSON.stringify(network)}`);
  const security = given.text('security');
  if (!['', 'sandbox', 'insecure'].includes(security))
    throw new DockerfileError(`security ${JSON.stringify(security)} is not valid`);
  const mounts = given.texts('mount');
  for (const mount of mounts) checkMount(mount);
  return { kind: 'run', words: args, isShell: !isJson, heredocs, mounts, network };
}

function command(kind: 'cmd' | 'entrypoint', line: InstructionLine): InstructionContent {
  noFlags(line);
  return { kind, words: line.args, isShell: !line.isJson };
}

function shell(line: InstructionLine): InstructionContent {
  noFlags(line);
  atLeastOne(line);
  if (!line.isJson) throw new DockerfileError('SHELL requires the arguments to be in JSON form');
  return { kind: 'shell', words: line.args };
}

function expose(line: InstructionLine): InstructionContent {
  atLeastOne(line);
  noFlags(line);
  return { kind: 'expose', ports: [...line.args].sort() };
}

function volume(line: InstructionLine): InstructionContent {
  atLeastOne(line);
  noFlags(line);
  const paths = line.args.map((path) => path.trim());
  if (paths.includes('')) throw new DockerfileError('VOLUME specified can not be an empty string');
  return { kind: 'volume', paths };
}

function onbuild(line: InstructionLine): InstructionContent {
  atLeastOne(line);
  noFlags(line);
  const [first = ''] = line.args;
  const trigger = first.trim().toUpperCase();
  if (trigger === 'ONBUILD')
    throw new DockerfileError("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
  if (trigger === 'MAINTAINER' || trigger === 'FROM')
    throw new DockerfileError(`${trigger} isn't allowed as an ONBUILD trigger`);
  const texts = line.heredocs.map(({ content, word }) => `\n${content}${word}`);
  return { kind: 'onbuild', text: line.original.replace(/^\s*ONBUILD\s*/i, '') + texts.join('') };
}

function health(line: InstructionLine): InstructionContent {
  atLeastOne(line);
  const [kind = '', ...args] = line.args;
  const type = kind.toUpperCase();
  const nothing = { interval: 0, timeout: 0, startPeriod: 0, startInterval: 0, retries: 0 };
  if (type === 'NONE') {
    if (args.length > 0) throw new DockerfileError('HEALTHCHECK NONE takes no arguments');
    return { kind: 'healthcheck', test: ['NONE'], ...nothing };
  }
  const given = new InstructionFlags(line.flags, {
    interval: 'text',
    timeout: 'text',
    'start-period': 'text',
    'start-interval': 'text',
    retries: 'text',
  });
  if (type !== 'CMD')
    throw new DockerfileError(`Unknown type ${JSON.stringify(type)} in HEALTHCHECK (try CMD)`);
  if (args.length === 0) throw new DockerfileError('Missing command after HEALTHCHECK CMD');
  return {
    kind: 'healthcheck',
    test: [line.isJson ? 'CMD' : 'CMD-SHELL', ...args],
    interval: time(given, 'interval'),
    timeout: time(given, 'timeout'),
    startPeriod: time(given, 'start-period'),
    startInterval: time(given, 'start-interval'),
    retries: retries(given.text('retries')),
  };
}

function time(given: InstructionFlags, name: string): number {
  const text = given.text(name);
  if (text === '') return 0;
  const read = () => parseNanoseconds(text);
  const nanoseconds = reworded(read, ({ message }) => new DockerfileError(message));
  if (nanoseconds !== 0 && nanoseconds < 1e6)
    throw new DockerfileError(`Interval "${name}" cannot be less than 1ms`);
  return nanoseconds / 1e6;
}

function retries(text: string): number {
  if (text === '') return 0;
  if (!/^[+-]?\d+$/.test(text))
    throw new DockerfileError(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  const count = Number(text);
  if (count > 2 ** 31 - 1)
    throw new DockerfileError(`strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range`);
  if (count < 0) throw new DockerfileError(`--retries cannot be negative (${count})`);
  return count;
}
