import type { ComposeRefusal } from '../../../../docker/compose/refusal.ts';
import { mappingOr, patterns, textOr, validating } from './schema-words.ts';
import { pathAt, valueAt } from './yaml-place.ts';
import { yamlWords } from './yaml-words.ts';

/** What is known of a refusal beside its message. */
interface Refused {
  readonly file: string;
  readonly hint: string;
  /** What stands at the place, as it was written. */
  readonly value: string;
  /** The keys that lead there: `services.web.image`. */
  readonly path: string;
  /** Of the whole file. */
  readonly text: string;
}

type Rule = readonly [
  message: RegExp,
  words: (found: readonly string[], refused: Refused) => string | undefined,
];

const invalid = 'invalid compose project';

const isNumber = (value: string): boolean => /^[-+]?\d+(\.\d+)?$/.test(value);

const notCast = (path: string, why: string): string =>
  `error while interpolating ${path.replace(/\[\d+\]/g, '.[]')}: failed to cast to expected type: ${why}`;

const decoding = (path: string, why: string): string =>
  `decoding failed due to the following error(s):\n\n'${path.replace(/^services\.([^.]+)/, 'services[$1]')}' ${why}`;

/** The value that a hint repeats: `It is "lots".` */
/** What Go says of a text that is no duration (ParseDuration of package time). */
function durationFault(text: string): string {
  const quoted = JSON.stringify(text);
  const [, unit] = /^[-+]?(?:[\d.]+(?:ns|us|µs|ms|s|m|h))*(?:\d+\.?\d*|\.\d+)([^\d.]+)/.exec(text) ?? [];
  return unit === undefined
    ? `invalid duration ${quoted}`
    : `unknown unit ${JSON.stringify(unit)} in duration ${quoted}`;
}

const saidIn = (hint: string): string => hint.replace(/^It is "(.*)"\.$/, '$1');

/** What the loader refuses, and what compose says of it; the first that fits counts. */
const rules: readonly Rule[] = [
  [
    /^(.*) has no key "(.*)"$/,
    ([path = '', key], { file }) =>
      validating(file, path === 'a compose file' ? '' : path, `additional properties '${key}' not allowed`),
  ],
  [
    /^(.*) cannot have the key "(.*)"$/,
    ([path = '', key], { file }) => validating(file, path, `additional properties '${key}' not allowed`),
  ],
  [/^(services(?:\.[^.]+)?) has to be a mapping$/, ([path]) => `${path} must be a mapping`],
  [
    /^(.*) has to be a mapping$/,
    ([path = ''], { file, value }) => validating(file, path, mappingOr(path, value)),
  ],
  [
    /^(.*\.(?:environment|labels|args))\[(\d+)\] has to be a text$/,
    ([path, place], { value }) =>
      `${path}.[${place}]: unexpected type ${/^(true|false)$/.test(value) ? 'bool' : value.includes('.') ? 'float64' : 'int'}`,
  ],
  [
    /^(.*) has to be a text, a number or a switch$/,
    ([path = ''], { file }) => validating(file, path, 'must be a boolean, null, number or string'),
  ],
  [
    /^(.*) has to be a text(?: or a number)?$/,
    ([path = ''], { file }) => validating(file, path, textOr(path)),
  ],
  [
    /^(.*) has to be a list$/,
    ([path = ''], { file }) =>
      validating(file, path, /\.(environment|labels)$/.test(path) ? 'must be a mapping' : 'must be a array'),
  ],
  [
    /^(.*) has to be true or false$/,
    ([path = ''], { file, value }) =>
      isNumber(value)
        ? validating(file, path, 'must be a boolean or string')
        : notCast(path, `invalid boolean: ${value}`),
  ],
  [
    /^(.*) has to be a (whole )?number$/,
    ([path = '', isWhole], { value }) => {
      const parse = isWhole ? 'Atoi' : 'ParseFloat';
      return notCast(path, `strconv.${parse}: parsing ${JSON.stringify(value)}: invalid syntax`);
    },
  ],
  [
    /^(.*) has to be a size such as 512m$/,
    ([path = ''], { hint }) => decoding(path, `invalid size: '${saidIn(hint)}'`),
  ],
  [
    /^(.*) has to be a duration such as .*$/,
    ([path = ''], { file, hint, value }) =>
      isNumber(value)
        ? validating(file, path, 'must be a string')
        : decoding(path, `time: ${durationFault(saidIn(hint))}`),
  ],
  [
    /^(.*) is "[^"]*"$/,
    ([path = ''], { file, hint }) => {
      const words = hint.replace(/^It is one of (.*)\.$/, '$1');
      const quoted = words.split(', ').map((word) => `'${word}'`);
      return validating(file, path, `value must be one of ${quoted.join(', ')}`);
    },
  ],
  [
    /^(.*) is no (name for a container|policy of pulling)$/,
    ([path = '', what = ''], { file, hint }) =>
      validating(file, path, `'${saidIn(hint)}' does not match pattern '${patterns[what]}'`),
  ],
  [
    /^services\.(.*)\.(device|volume)s(\[\d+\]) needs the key target$/,
    ([name, what, place]) => `service ${what} services.${name}.${what}s.${place} is missing a mount target`,
  ],
  [
    /^services\.(.*)\.ports(\[\d+\]) needs the key target$/,
    ([name, place]) => `service ports services.${name}.ports.${place} is missing a target port`,
  ],
  [
    /^(.*) needs the key (.*)$/,
    ([path = '', key], { file }) => validating(file, path, `missing property '${key}'`),
  ],
  [
    /^(.*) has no address for "(.*)"$/,
    ([path = '', host]) =>
      decoding(path.replace(/\[\d+\]$/, ''), `invalid additional host, missing IP: ${host}`),
  ],
  [
    /^services\.(.*) depends on (.*), which is (?:not there|of a profile that is not active)$/,
    ([name, other]) => `service "${name}" depends on undefined service "${other}": ${invalid}`,
  ],
  [
    /^services\.(.*) shares the network of (.*), which is not there$/,
    ([name, other]) => `service "${name}" depends on undefined service "${other}": ${invalid}`,
  ],
  [
    /^services\.(.*) uses the (build secret|\w+) (.*), which is not there$/,
    ([name, what, other]) => `service "${name}" refers to undefined ${what} ${other}: ${invalid}`,
  ],
  [
    /^services\.(.*) has neither an image nor a build$/,
    ([name]) => `service "${name}" has neither an image nor a build context specified: ${invalid}`,
  ],
  [
    /^services\.(.*) has network_mode and networks$/,
    ([name]) => `service ${name} declares mutually exclusive \`network_mode\` and \`networks\`: ${invalid}`,
  ],
  [
    /^services\.(.*)\.build has dockerfile and dockerfile_inline$/,
    ([name]) => `service "${name}" declares mutualy exclusive dockerfile and dockerfile_inline: ${invalid}`,
  ],
  [
    /^services\.(.*) has (\w+) and deploy\.(.*), which are not the same$/,
    ([name, key, other]) =>
      `services.${name}: can't set distinct values on '${key}' and 'deploy.${other}': ${invalid}`,
  ],
  [
    /^services\.(.*) cannot have (?:-?\d+) replicas$/,
    ([name], { text }) =>
      `services.${name}.${/\bscale:/.test(text) ? 'scale' : 'deploy.replicas'}: must be greater than or equal to 0`,
  ],
  [
    /^services\.(.*) has a container_name and \d+ replicas$/,
    ([name], { text }) =>
      `services.${/\bscale:/.test(text) ? 'scale' : 'deploy.replicas'}: can't set container_name and ${name} as container name must be unique: ${invalid}`,
  ],
  [
    /^services\.(.*)\.((?:volumes|tmpfs)\[\d+\]) is mounted at (.*), as (.*) is$/,
    ([name, key, target, other]) =>
      `services.${name}.${key}: target ${target} already mounted as services.${name}.${other}`,
  ],
  [
    /^(\w+)\.(.*) is external and has (.*)$/,
    ([section, key, other]) =>
      `${section}.${key}: conflicting parameters "external" and "${other}" specified`,
  ],
  [
    /^secrets\.(.*) needs one of (.*)$/,
    ([key]) => `secret "${key}" must declare either \`file\` or \`environment\`: ${invalid}`,
  ],
  [
    /^(configs|secrets)\.(.*) has (?:file|environment|content) and .*$/,
    ([section, key]) =>
      `${section}.${key}: file|environment${section === 'configs' ? '|content' : ''} attributes are mutually exclusive`,
  ],
  [
    /^(\w+)\.(.*) needs one of (.*)$/,
    ([section, key, keys = '']) => `${section}.${key}: one of ${keys.replaceAll(', ', '|')} must be set`,
  ],
  [
    /^services depend on each other in a circle: (.*)$/,
    ([circle = '']) => `dependency cycle detected: ${circle.replaceAll(', which depends on ', ' -> ')}`,
  ],
  [
    /^(.*) has "(.*)", which is no address$/,
    ([path, address]) => `${path}.[]: invalid ip address: ${address}`,
  ],
  [/^(.*) cannot be split into words$/, ([path = '']) => decoding(path, 'invalid command line string')],
  [
    /^(.*)\[\d+\] has a blank before the =$/,
    ([path = ''], { value }) =>
      decoding(
        path,
        `environment variable ${value.split('=')[0]?.replace(/^["']/, '').trimEnd()}  is declared with a trailing space`,
      ),
  ],
  [
    /^.*\.healthcheck\.test begins with .*$/,
    () => 'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"',
  ],
  [
    /^services extend each other in a circle: (.*)$/,
    ([circle = '']) => `Circular reference:\n  ${circle.replaceAll(', extends ', '\n  extends ')}`,
  ],
  [
    /^files include each other in a circle: (.*)$/,
    ([circle = '']) => `include cycle detected:\n${circle.replaceAll(', includes ', '\n include ')}`,
  ],
  [
    /^a key has to be a text, and (.*) is none$/,
    ([key], { path }) => `non-string key in ${path.split('.').slice(0, -1).join('.')}: ${key}`,
  ],
  [
    /^"(.*)" is no volume$/,
    ([text = '']) =>
      `invalid spec: ${text}: ${text.split(':').length > 3 ? 'too many colons' : 'empty section between colons'}`,
  ],
  [
    /^control characters are not allowed: U\+(.*)$/,
    ([code = '']) =>
      `go-yaml load error in reader at <unknown position>: control characters are not allowed (value: ${Number.parseInt(code, 16)})`,
  ],
  [/^the compose file is empty$/, () => 'empty compose file'],
  [/^the project has no name$/, () => 'project name must not be empty'],
  [/^a document holds nothing$/, () => 'top-level object must be a mapping'],
  [
    /^the variable (.*?) is needed and missing(?:: (.*))?$/s,
    ([name, why], { path }) =>
      `error while interpolating ${path}: required variable ${name} is missing a value${why ? `: ${why}` : ''}`,
  ],
  [
    /^\$\{.* is no variable$/s,
    (_, { path, value }) =>
      `invalid interpolation format for ${path}.\nYou may need to escape any $ with another $.\n${value}`,
  ],
  [
    /^services\.(.*) extends (.*), which is not in (.*)$/,
    ([name, other, from]) => `cannot extend service "${name}" in ${from}: service "${other}" not found`,
  ],
  [
    /^(.*), which (?:is included|.* extends), cannot be read$/,
    ([path]) => `open ${path}: no such file or directory`,
  ],
  [
    /^a compose file is a mapping at its top$/,
    (_, { value }) =>
      /^[-[]/.test(value)
        ? 'yaml: construct errors: line 1: cannot construct !!seq into cli.named'
        : `yaml: construct errors: line 1: cannot construct !!str \`${value}\` into cli.named`,
  ],
];

/**
 * A refusal of a compose file in the words of compose. What it says otherwise is said as the loader says it.
 *
 * @param text of the file; empty where it is not known
 */
export function refusalWords(refusal: ComposeRefusal, text: string): string {
  const { message, file, hint, line, column } = refusal;
  const yaml = yamlWords(refusal, text);
  if (yaml !== undefined) return yaml;
  const refused: Refused = {
    file,
    hint,
    text,
    value: valueAt(text, line, column),
    path: pathAt(text, line, column),
  };
  for (const [pattern, words] of rules) {
    const found = pattern.exec(message);
    const said = found && words(found.slice(1), refused);
    if (said) return said;
  }
  return message;
}
