import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readYaml } from '../../src/content/yaml-source.ts';
import { itFinds } from '../fixtures/changed-content.ts';

const quote = 'put the text in quotes, or on the next line after >-';

describe('a slip in YAML between fences', () => {
  itFinds('is reported at its own line of the file:', [
    {
      name: 'a colon in a text',
      from: '    explanation: A Pod is placed as a whole.',
      to: '    explanation: A Pod: it is placed as a whole.',
      at: '    explanation: A Pod: it',
      says: `this is not YAML: Nested mappings are not allowed in compact mappings; ${quote}`,
    },
    {
      name: 'a text that starts with a backtick',
      from: '  - text: The address\n',
      to: '  - text: `hostIP`\n',
      at: '  - text: `hostIP`',
      says: `this is not YAML: Plain value cannot start with reserved character \`; ${quote}`,
    },
    {
      name: 'a text that is all emphasis',
      from: '  - text: The address\n',
      to: '  - text: *address*\n',
      at: '  - text: *address*',
      says: `this is not YAML: a text cannot start with *; ${quote}`,
    },
    {
      name: 'a text that starts with emphasis',
      from: '  - text: The address\n',
      to: '  - text: **The** address\n',
      at: '  - text: **The**',
      says: `this is not YAML: Unexpected scalar at node end; ${quote}`,
    },
    {
      name: 'a quote that is never closed',
      from: 'prompt: What do the containers of a Pod share?',
      to: 'prompt: "What do the containers of a Pod share?',
      at: 'prompt: "What',
      says: 'this is not YAML: Missing closing "quote',
    },
    {
      name: 'a key that is not lined up',
      from: '    explanation: A Pod is placed as a whole.',
      to: '   explanation: A Pod is placed as a whole.',
      at: '   explanation: A Pod is placed',
      says: 'this is not YAML: Sequence item without - indicator',
    },
    {
      name: 'a text that goes on without being set in',
      from: 'explanation: The address and the node.',
      to: 'explanation: The address\nand the node.',
      at: 'and the node.',
      says: 'this is not YAML: Implicit keys need to be on a single line; the line has no `key:`, or it is text that should be indented',
    },
    {
      name: 'a tab',
      from: '  - text: The node\n',
      to: '\t- text: The node\n',
      at: '\t- text: The node',
      says: 'this is not YAML: Tabs are not allowed as indentation',
    },
    {
      name: 'a key that is there twice',
      from: 'difficulty: 3\n',
      to: 'difficulty: 3\ndifficulty: 2\n',
      at: 'difficulty: 2\nprompt: A bare',
      says: 'this is not YAML: Map keys must be unique',
    },
    {
      name: 'a key that is misspelt',
      from: '    explanation: A Pod is placed as a whole.',
      to: '    explanation: A Pod is placed as a whole.\n    explantion: Again.',
      at: '    explantion:',
      says: "options[2]: unknown key 'explantion'; look for a slip of the pen",
    },
    {
      name: 'a key whose list is of another shape',
      from: 'hints:\n  - The command has a verb that you know from Docker.\n  - It is kubectl run.\n',
      to: 'hints: The command has a verb that you know from Docker.\n',
      at: 'hints:',
      says: 'hints: must be a list: each on a line of its own that starts with "- "',
    },
  ]);
});

describe('a slip in a YAML file', () => {
  itFinds('is reported at its line:', [
    {
      name: 'an id that is not kebab-case',
      file: 'sources.yaml',
      from: 'docker-run:\n',
      to: 'Docker Run:\n',
      at: 'Docker Run:',
      says: 'Docker Run: must be kebab-case, as the ids of pages in lessons/sources.yaml are',
    },
    {
      name: 'an address that is not https',
      file: 'sources.yaml',
      from: 'https://docs.docker.com',
      to: 'http://docs.docker.com',
      at: '  url: http://',
      says: 'docker-run.url: must be an https address',
    },
    {
      name: 'a term of one side without its counterpart on the other',
      file: 'glossary.yaml',
      from: '  kubernetes:\n    counterpart: none\n    grade: none\n',
      to: '  docker:\n    counterpart: none\n    grade: none\n',
      at: '- id: bind-mount',
      says: '[3]: needs `kubernetes:`, its counterpart there, or `counterpart: none`',
    },
    {
      name: 'a verdict of no weight there is',
      file: 'choose.yaml',
      from: '            weight: 2',
      to: '            weight: 10',
      at: '            weight: 10',
      says: 'questions[1].options[1].speaks[1].weight: is 1 (a hint), 2 (strong) or 3 (decisive)',
    },
    {
      name: 'a verdict about what is never recommended',
      file: 'choose.yaml',
      from: '          - for: docker\n',
      to: '          - for: nomad\n',
      at: '          - for: nomad',
      says: 'questions[1].options[1].speaks[1].for: must be one of docker, compose, swarm, kubernetes-managed, kubernetes-own',
    },
    {
      name: 'a course without a unit',
      file: 'course.yaml',
      from: 'units:\n  - id: begin\n    title: Begin here\n    lessons: [first-pod]\n',
      to: 'units: []\n',
      at: 'units:',
      says: 'units: needs at least one unit',
    },
    {
      name: 'a file with nothing in it',
      file: 'course.yaml',
      from: 'units:\n  - id: begin\n    title: Begin here\n    lessons: [first-pod]\n',
      to: '',
      at: '# The smallest',
      says: 'is empty',
    },
  ]);
});

describe('the way back from a value to its line', () => {
  const text = 'pods:\n  - name: web\n    note: >-\n      two\n      lines\n\n  - name: cache\n';
  const schema = z.object({ pods: z.array(z.object({ name: z.string(), note: z.string().optional() })) });
  it.each<[PropertyKey[], number]>([
    [[], 11],
    [['pods'], 11],
    [['pods', 0], 12],
    [['pods', 0, 'note'], 13],
    [['pods', 1], 17],
    [['pods', 1, 'note'], 17],
    [['pods', 9, 'name'], 11],
    [['services'], 11],
  ])('leads from %j to line %i of a file that the text starts in at line 11', (path, line) => {
    const read = readYaml(text, schema, 'a.yaml', 11);
    expect(Array.isArray(read) ? read : read.lineOf(path)).toBe(line);
  });
});
