import { describe, expect, it } from 'vitest';
import { type ComposeInput, loadCompose } from '../../../src/docker/compose/load.ts';
import { ComposeRefusal } from '../../../src/docker/compose/refusal.ts';

function refusalOf(text: string, input: Partial<ComposeInput> = {}): ComposeRefusal {
  try {
    loadCompose({ files: [{ path: '/p/compose.yaml', text }], directory: '/p', ...input });
  } catch (error) {
    if (error instanceof ComposeRefusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

const web = 'services:\n  web:\n    image: nginx\n';

const cases: readonly (readonly [
  text: string,
  message: RegExp,
  hint: RegExp,
  line: number,
  column: number,
])[] = [
  ['', /empty/, /services/, 1, 1],
  [
    'services:\n  web:\n    image: nginx\n    prots: ["80:80"]\n',
    /services\.web has no key "prots"/,
    /ports/,
    4,
    5,
  ],
  ['servces:\n  web: {image: a}\n', /a compose file has no key "servces"/, /services/, 1, 1],
  [
    `${web}    healthcheck:\n      intervall: 5s\n`,
    /services\.web\.healthcheck has no key "intervall"/,
    /interval/,
    5,
    7,
  ],
  [`${web}    deploy:\n      replica: 2\n`, /services\.web\.deploy has no key "replica"/, /replicas/, 5, 7],
  [`${web}volumes:\n  data:\n    drivr: local\n`, /volumes\.data has no key "drivr"/, /driver/, 6, 5],
  [`${web}    ports: 80\n`, /services\.web\.ports has to be a list/, /number/, 4, 12],
  [`${web}    ports: ["80:eighty"]\n`, /invalid containerPort: eighty/, /container port/, 4, 13],
  [`${web}    environment:\n`, /services\.web\.environment has to be a mapping/, /empty/, 4, 5],
  [`${web}    environment:\n      8080: x\n`, /a key has to be a text, and 8080 is none/, /quotes/, 5, 7],
  [`${web}    privileged: maybe\n`, /services\.web\.privileged has to be true or false/, /text/, 4, 17],
  [`${web}    command: 5\n`, /services\.web\.command has to be a text/, /quotes/, 4, 14],
  [`${web}    command: echo "open\n`, /services\.web\.command cannot be split/, /quote/, 4, 14],
  [`${web}    mem_limit: lots\n`, /has to be a size/, /lots/, 4, 16],
  [`${web}    stop_grace_period: 90\n`, /stop_grace_period has to be a text/, /quotes/, 4, 24],
  [`${web}    stop_grace_period: 90 s\n`, /has to be a duration/, /90 s/, 4, 24],
  [`${web}    image: other\n`, /"image" is already given in line 3/, /one of the two/, 4, 5],
  ['services:\n\tweb:\n\t\timage: nginx\n', /tab/, /spaces/, 2, 1],
  [`${web}    labels: {a: [1\n`, /not YAML/, /./, 5, 1],
  [`${web}    image2: &a *b\n`, /not YAML|anchor/, /./, 4, 16],
  [`${web}    labels: *none\n`, /\*none refers to an anchor that is not there/, /&none/, 4, 13],
  ['x: &a [*a]\nservices: {}\n', /\*a stands inside of what it repeats/, /anchor/, 1, 8],
  ['- a\n', /a compose file is a mapping/, /services/, 1, 1],
  ['services:\n  web:\n', /services\.web has to be a mapping/, /image/, 2, 3],
  ['services:\n  web:\n    command: x\n', /neither an image nor a build/, /image/, 2, 3],
  ['services:\n  web/1: {image: a}\n', /cannot have the key "web\/1"/, /Letters/, 2, 3],
  [`${web}    depends_on: [db]\n`, /depends on db, which is not there/, /service/, 4, 5],
  [`${web}    networks: [front]\n`, /uses the network front, which is not there/, /front/, 4, 5],
  [`${web}    volumes: ["data:/data"]\n`, /uses the volume data, which is not there/, /volumes/, 4, 5],
  [`${web}    secrets: [key]\n`, /uses the secret key, which is not there/, /secrets/, 4, 5],
  [`${web}    extends: nobody\n`, /services\.web extends nobody, which is not in/, /web/, 4, 5],
  [
    `${web}    extends: {file: other.yaml, service: a}\n`,
    /other\.yaml, which .* extends, cannot be read/,
    /\/p\/other\.yaml/,
    4,
    5,
  ],
  [
    'include: [other.yaml]\nservices: {}\n',
    /other\.yaml, which is included, cannot be read/,
    /relative/,
    1,
    11,
  ],
  [
    'services:\n  a: {image: x, extends: b}\n  b: {image: x, extends: a}\n',
    /extend each other in a circle: a in .*, extends b in .*, extends a/,
    /extends/,
    2,
    17,
  ],
  [
    'services:\n  a: {image: x, depends_on: [b]}\n  b: {image: x, depends_on: [c]}\n  c: {image: x, depends_on: [b]}\n',
    /depend on each other in a circle: b, which depends on c, which depends on b/,
    /depends_on/,
    2,
    17,
  ],
  [
    `services:\n  a: {image: "x:\${TAG:?say which}"}\n`,
    /the variable TAG is needed and missing: say which/,
    /Set TAG/,
    2,
    14,
  ],
  [`services:\n  a: {image: "x:\${TAG"}\n`, /\$\{TAG is no variable/, /\$\$/, 2, 14],
  [`${web}    image3: "a\u0001"\n`, /control characters are not allowed: U\+0001/, /escape/, 4, 15],
  [`${web}    volumes: [{type: bnd, source: a, target: /a}]\n`, /volumes\[0\]\.type is "bnd"/, /bind/, 4, 22],
  [`${web}    volumes: ["data:/b:ro:x"]\n`, /"data:\/b:ro:x" is no volume/, /source:target/, 4, 15],
  [`${web}    volumes: [{type: bind, source: /a}]\n`, /volumes\[0\] needs the key target/, /target/, 4, 15],
  [`${web}    ports: [{published: "80"}]\n`, /ports\[0\] needs the key target/, /target/, 4, 13],
  [`${web}    configs: [{target: /a}]\n`, /configs\[0\] needs the key source/, /source/, 4, 15],
  [
    `${web}    build: {secrets: [key]}\n`,
    /services\.web uses the build secret key, which is not there/,
    /secrets/,
    4,
    5,
  ],
  [
    `${web}    depends_on: {db: {required: false}}\n`,
    /depends_on\.db needs the key condition/,
    /condition/,
    4,
    22,
  ],
  [`${web}    extra_hosts: {db: }\n`, /extra_hosts\.db has to be a text/, /empty/, 4, 19],
  [`${web}---\n# nothing\n`, /a document holds nothing/, /---/, 4, 4],
  [`name: "!!"\n${web}`, /the project has no name/, /Small letters/, 1, 1],
  [`${web}    extends: db\n  db: image\n`, /services\.db has to be a mapping/, /image/, 5, 7],
  [`${web}    cap_add: {a: b}\n`, /cap_add has to be a list/, /mapping/, 4, 14],
  [`${web}    mem_limit: [a]\n`, /mem_limit has to be a text or a number/, /list/, 4, 16],
  [`${web}    cpus: {a: b}\n`, /cpus has to be a number/, /mapping/, 4, 11],
  [`${web}    networks: {a: {gw_priority: true}}\n`, /gw_priority has to be a number/, /switch/, 4, 33],
];

describe('a refusal', () => {
  it.each(cases)('of %j says what, where and what to do', (text, message, hint, line, column) => {
    const refusal = refusalOf(text);
    expect(refusal.message).toMatch(message);
    expect(refusal.hint).toMatch(hint);
    expect({ file: refusal.file, line: refusal.line, column: refusal.column }).toEqual({
      file: '/p/compose.yaml',
      line,
      column,
    });
  });

  it('names the file that it is about', () => {
    const input = {
      readFile: (path: string) =>
        path === '/p/base.yaml' ? 'services:\n  base:\n    image: x\n    prots: []\n' : undefined,
    };
    const refusal = refusalOf('services:\n  web:\n    extends: {file: base.yaml, service: base}\n', input);
    expect({ message: refusal.message, file: refusal.file, line: refusal.line }).toEqual({
      message: 'services.web has no key "prots"',
      file: '/p/base.yaml',
      line: 4,
    });
  });

  it('of a name for a project says what a name is', () => {
    expect(refusalOf(web, { directory: '/' }).message).toBe('the project has no name');
    expect(refusalOf(web, { name: 'Shop' }).hint).toContain('Small letters');
  });

  it('comes where there is no file', () => {
    expect(refusalOf('', { files: [] }).message).toBe('there is no compose file');
  });
});
