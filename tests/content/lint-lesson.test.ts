import { describe, expect, it } from 'vitest';
import { changedContent, itFinds, lessonFile, replacing, saidOf } from '../fixtures/changed-content.ts';

describe('the front matter of a lesson', () => {
  itFinds('is refused when it', [
    {
      name: 'is missed',
      from: '---\nid: first-pod',
      to: 'id: first-pod',
      at: 'id: first-pod',
      says: 'starts with front matter between two lines of three hyphens',
    },
    {
      name: 'has a key that is misspelt',
      from: 'minutes: 5',
      to: 'minutes: 5\nminuets: 6',
      at: 'minuets',
      says: "unknown key 'minuets'; look for a slip of the pen",
    },
    {
      name: 'has a key too few',
      from: 'title: The first Pod\n',
      to: '',
      at: 'id: first-pod',
      says: 'title: is missing',
    },
    {
      name: 'has a key with nothing after it',
      from: 'title: The first Pod',
      to: 'title:',
      at: 'title:',
      says: 'title: is empty',
    },
    {
      name: 'has a number where a text belongs',
      from: 'title: The first Pod',
      to: 'title: 2026',
      at: 'title: 2026',
      says: 'title: must be a text; put it in quotes',
    },
    {
      name: 'has a text where a number belongs',
      from: 'minutes: 5',
      to: 'minutes: five',
      at: 'minutes: five',
      says: 'minutes: must be a number',
    },
    {
      name: 'has a text where a list belongs',
      from: 'misconceptions: [a-pod-is-a-container]',
      to: 'misconceptions: a-pod-is-a-container',
      at: 'misconceptions:',
      says: 'misconceptions: must be a list: each on a line of its own that starts with "- "',
    },
    {
      name: 'promises a lesson that is too long',
      from: 'minutes: 5',
      to: 'minutes: 45',
      at: 'minutes:',
      says: 'minutes: a lesson takes 5 to 10 minutes',
    },
    {
      name: 'names too few objectives',
      from: '  - Delete it\n',
      to: '',
      at: 'objectives:',
      says: 'objectives: needs 3 or 4 objectives',
    },
    {
      name: 'has an id that is not kebab-case',
      from: '---\nid: first-pod',
      to: '---\nid: First Pod',
      at: 'id: First Pod',
      says: 'id: must be kebab-case: small letters, digits and single hyphens',
    },
    {
      name: 'has a title that is not in British spelling',
      from: 'title: The first Pod',
      to: 'title: The color of a Pod',
      at: 'id: first-pod',
      says: '"color": the course is in British spelling',
    },
    {
      name: 'shouts an objective',
      from: '  - Delete it',
      to: '  - Delete it!',
      at: 'id: first-pod',
      says: 'no exclamation marks, please',
    },
  ]);
});

describe('the sections and steps of a lesson', () => {
  itFinds('are refused when', [
    {
      name: 'a heading is there twice, as far as progress can tell',
      from: '## What becomes of it',
      to: '## What is in it?',
      at: '## What is in it?',
      says: 'there is a section "What is in it" already; progress is kept by its name',
    },
    {
      name: 'a heading is too long',
      from: '## What becomes of it',
      to: '## What becomes of it when somebody deletes it for good',
      at: '## What becomes',
      says: 'a heading has at most 44 characters',
    },
    {
      name: 'a heading is of another depth',
      from: '## What becomes of it',
      to: '### What becomes of it',
      at: '### What becomes',
      says: 'only "## " headings are used; the title is in the front matter',
    },
    {
      name: 'a heading shouts',
      from: '## What becomes of it',
      to: '## What becomes of it!',
      at: '## What becomes',
      says: 'no exclamation marks, please',
    },
    {
      name: 'text and --- have no line between them, which makes a heading of the text',
      from: 'Now guess what the same wish gives in a cluster.',
      to: 'Now guess.\n---\n\nWhat does the same wish give in a cluster?',
      at: 'Now guess.',
      says: 'text with --- right below it is a heading to markdown: leave a line empty between them',
    },
    {
      name: 'text stands before the first heading',
      from: '## From a container',
      to: 'You type `docker ps` every day.[^k8s-pods]\n\n## From a container',
      at: 'You type',
      says: 'text before the first "## heading": give it a section',
    },
    {
      name: 'a step is taller than a terminal',
      from: '```diagram two-boxes\n```',
      to: `\`\`\`yaml\n${'- tall\n'.repeat(21)}\`\`\``,
      at: '```yaml',
      says: 'this step takes 21 lines of a terminal; split it with --- (at most 20)',
    },
    {
      name: 'a line of a block is wider than a terminal',
      from: 'FROM nginx:1.28',
      to: `FROM nginx:1.28 ${'#'.repeat(60)}`,
      at: '```dockerfile',
      says: 'a line is 76 columns wide; at most 74 fit',
    },
    {
      name: 'a line of a console block is wider than a terminal',
      from: '3f1c…',
      to: '3f1c'.repeat(19),
      at: '```console',
      says: 'a line is 76 columns wide; at most 74 fit',
    },
    {
      name: 'a line of a listing is wider than a terminal',
      from: '  web    1/2     Running',
      to: `  web    1/2     ${'Running'.repeat(9)}`,
      at: '```check\nid: ready',
      says: 'first-pod.ready: a line is 78 columns wide; at most 74 fit',
    },
    {
      name: 'a line of a solution is wider than a terminal',
      from: '    pod/web created',
      to: `    pod/${'web'.repeat(25)}`,
      at: '```try',
      says: 'first-pod.make-one: a line is 79 columns wide; at most 74 fit',
    },
  ]);
});

const blockOf = (start: string): RegExp => new RegExp(`\`\`\`${start}\n.*?\n\`\`\`\n`, 's');

function without(...starts: readonly string[]): (text: string) => string {
  return (text) => starts.reduce((rest, start) => rest.replace(blockOf(start), ''), text);
}

describe('a lesson', () => {
  it.each<[string, (text: string) => string, string[]]>([
    [
      'opens from a docker command',
      (text) =>
        text
          .replace('sources: [docker-run, k8s-pods]', 'sources: [k8s-pods]')
          .replace(/You start a container[\s\S]*?3f1c…\n```/, 'You start containers every day.[^k8s-pods]'),
      ['the first step opens from a docker command'],
    ],
    [
      'asks for a guess',
      without('predict'),
      [
        'needs at least one `predict`',
        'no option of a predict or check reveals the misconception "a-pod-is-a-container"',
      ],
    ],
    ['gives something to do', without('try'), ['needs at least one `try`']],
    [
      'asks three questions',
      without('check\nid: ready', 'check\nid: stays-dead'),
      ['needs at least three `check`s'],
    ],
    [
      'asks in more than one way',
      (text) => {
        const [several = ''] = blockOf('check\nid: what-is-shared').exec(text) ?? [];
        const again = ['again', 'once-more'].map((id) => several.replace('id: what-is-shared', `id: ${id}`));
        const rest = without('check\nid: ready', 'check\nid: stays-dead', 'check\nid: the-end')(text);
        return rest.replace('Your turn.', `${again.join('\n')}\nYour turn.`);
      },
      ['its checks are all of one kind; vary them'],
    ],
    [
      'has a table of counterparts',
      without('counterparts'),
      ['needs exactly one `counterparts` block', 'ends in its `counterparts` block'],
    ],
    ['ends with that table', (text) => `${text}\nThat was it.\n`, ['ends in its `counterparts` block']],
    [
      'is taken in one sitting',
      replacing('Your turn.', `${'More.\n\n---\n\n'.repeat(8)}Your turn.`),
      ['a lesson has 9 to 18 steps, this one 19'],
    ],
    [
      'has an id of its own for each question',
      replacing('id: the-end', 'id: ready'),
      ['the id "first-pod.ready" is used twice'],
    ],
    [
      'has an id of its own for each task',
      replacing('id: make-one', 'id: ready'),
      ['the id "first-pod.ready" is used twice'],
    ],
    [
      'reveals the misconceptions it names',
      replacing('    misconception: a-pod-is-a-container\n', ''),
      ['no option of a predict or check reveals the misconception "a-pod-is-a-container"'],
    ],
    [
      'cites what it lists',
      replacing('every day.[^docker-run]', 'every day.[^k8s-pods]'),
      ['"docker-run" is in `sources` but cited nowhere'],
    ],
    [
      'lists what it cites',
      replacing('sources: [docker-run, k8s-pods]', 'sources: [k8s-pods]'),
      ['"docker-run" is cited but not in `sources`'],
    ],
    [
      'cites a source in every section',
      replacing('Your turn.', '## Your turn\n\nIt is your turn.'),
      ['the section "Your turn" cites no source'],
    ],
  ])('%s', (_, change, wanted) => {
    const folder = changedContent({ [lessonFile]: change });
    expect(saidOf(folder)).toEqual(wanted.map((message) => `lessons/${lessonFile}:2  ${message}`));
  });
});
