import { describe, expect, it } from 'vitest';
import { changedContent, itFinds, lessonFile, replacing, saidOf } from '../fixtures/changed-content.ts';

const marks = 'only `code`, **strong**, *em* and [text](url) are drawn';

describe('markdown that a terminal cannot draw', () => {
  itFinds('is refused:', [
    {
      name: 'indented code',
      from: 'Now guess what',
      to: '    docker ps\n\nNow guess what',
      at: '    docker ps',
      says: 'indented code: put it between ``` fences and name the language',
    },
    {
      name: 'a list in a list',
      from: '- Its containers share a node.',
      to: '- Its containers share a node.\n  - And a clock.',
      at: '- Its containers share an address',
      says: 'a list item holds one paragraph; lists inside lists are not drawn',
    },
    {
      name: 'two paragraphs in a list item',
      from: '1. The Pod is written down.',
      to: '1. The Pod is written down.\n\n   In etcd.',
      at: '1. The Pod',
      says: 'a list item holds one paragraph; lists inside lists are not drawn',
    },
    {
      name: 'a block of HTML',
      from: 'Now guess what',
      to: '<details>Hidden</details>\n\nNow guess what',
      at: '<details>',
      says: 'html is not drawn in a terminal; use plain paragraphs and lists',
    },
    {
      name: 'a comment that says nothing to the replay',
      from: 'Now guess what',
      to: '<!-- to be done -->\n\nNow guess what',
      at: '<!-- to be done',
      says: 'a comment is `<!-- file: … -->`, before, outside or differs',
    },
    {
      name: 'a comment for the replay before a paragraph',
      from: 'Now guess what',
      to: '<!-- outside: it is too far -->\n\nNow guess what',
      at: 'Now guess what',
      says: 'a comment for the replay stands right before a block',
    },
    {
      name: 'a tag of HTML in a sentence',
      from: 'Now guess what',
      to: 'Press <kbd>Enter</kbd>, and guess what',
      at: 'Press <kbd>',
      says: `'<kbd>' is html; ${marks}`,
    },
    {
      name: 'an image',
      from: 'Now guess what',
      to: '![A Pod](pod.png)\n\nNow guess what',
      at: '![A Pod]',
      says: `'![A Pod](pod.png)' is image; ${marks}`,
    },
    {
      name: 'an image in a link',
      from: 'Now guess what',
      to: '[![A Pod](pod.png)](https://kubernetes.io/)\n\nNow guess what',
      at: '[![A Pod]',
      says: `'![A Pod](pod.png)' is image; ${marks}`,
    },
    {
      name: 'text that is struck out',
      from: '**one address**',
      to: '**one ~~name~~ address**',
      at: 'A Pod is what runs.',
      says: `'~~name~~' is del; ${marks}`,
    },
    {
      name: 'a remark of two paragraphs',
      from: '> Docker keeps a stopped container.',
      to: '> Docker keeps it.\n>\n> So much for Docker.',
      at: '> Docker keeps it.',
      says: 'a remark (>) holds one paragraph and no more',
    },
    {
      name: 'a list in a remark',
      from: '> Docker keeps a stopped container.',
      to: '> - Docker keeps a stopped container.',
      at: '> - Docker keeps',
      says: 'a remark (>) holds one paragraph and no more',
    },
    {
      name: 'a table of four columns',
      from: '| What | Docker | Kubernetes |\n|---|---|---|\n',
      to: '| What | Docker | Kubernetes | Swarm |\n|---|---|---|---|\n',
      at: '| What |',
      says: 'a table has at most three columns',
    },
    {
      name: 'an address kept for later',
      from: 'Now guess what',
      to: '[pods]: https://kubernetes.io/\n\nNow guess what',
      at: '[pods]:',
      says: 'def is not drawn in a terminal; use plain paragraphs and lists',
    },
  ]);
});

describe('a block between fences', () => {
  itFinds('is refused when', [
    {
      name: 'a console block does not say who printed it',
      from: '```console docker 28.5.2',
      to: '```console',
      at: '```console',
      says: 'say what printed it: ```console docker 28.5.2',
    },
    {
      name: 'a console block shows no command',
      from: '$ docker run -d --name web \\\n>   nginx:1.28\n',
      to: '',
      at: '```console',
      says: 'a console block shows a command: a line that starts with "$ "',
    },
    {
      name: 'its kind is misspelt',
      from: '```dockerfile',
      to: '```dockerfiel',
      at: '```dockerfiel',
      says: 'there is no block "dockerfiel"; is it "dockerfile"',
    },
    {
      name: 'its kind is one the course does not draw',
      from: '```dockerfile',
      to: '```mermaid',
      at: '```mermaid',
      says: 'there is no block "mermaid"; there are console, diagram, predict, check, try, counterparts, yaml, dockerfile, text',
    },
    {
      name: 'it has no kind',
      from: '```dockerfile',
      to: '```',
      at: '```\nFROM',
      says: 'say what is in the block, such as ```yaml or ```text',
    },
    {
      name: 'it is not closed before the next one',
      from: 'FROM nginx:1.28\n```\n',
      to: 'FROM nginx:1.28\n',
      at: '```dockerfile',
      says: 'this block is not closed: it ends in a line of ``` and holds no other',
    },
    {
      name: 'the last one is not closed',
      from: '  note: Make a new one.\n```',
      to: '  note: Make a new one.',
      at: '```counterparts',
      says: 'this block is not closed: it ends in a line of ``` and holds no other',
    },
    {
      name: 'a diagram is not named',
      from: '```diagram two-boxes',
      to: '```diagram',
      at: '```diagram',
      says: 'say which drawing: ```diagram two-layers',
    },
    {
      name: 'a diagram is nowhere',
      from: '```diagram two-boxes',
      to: '```diagram three-boxes',
      at: '```diagram',
      says: 'there is no drawing lessons/diagrams/three-boxes.txt',
    },
    {
      name: 'a table of counterparts has too few rows',
      from: '- docker: docker start web\n  kubernetes: none\n  grade: none\n  note: Make a new one.\n',
      to: '',
      at: '- docker: docker run',
      says: 'needs 5 to 9 rows',
    },
    {
      name: 'a row of it has no likeness that there is',
      from: '  grade: exact',
      to: '  grade: similar',
      at: '  grade: similar',
      says: '[3].grade: must be one of exact, approximate, none, false-friend',
    },
    {
      name: 'a task has one hint',
      from: '  - It is kubectl run.\n',
      to: '',
      at: 'hints:',
      says: 'hints: are exactly two: a nudge, then a pointer',
    },
    {
      name: 'a task does not say who printed its solution',
      from: '  from: kubernetes 1.36.1\n',
      to: '',
      at: 'solution:',
      says: 'solution.from: is missing',
    },
    {
      name: 'a solution types nothing',
      from: '    $ kubectl run web --image=nginx:1.28\n    pod/web created\n    $ kubectl delete pod web\n    pod "web" deleted\n    # crictl pods -q',
      to: '    pod/web created',
      at: '```try',
      says: 'first-pod.make-one: a console block shows a command: a line that starts with "$ "',
    },
  ]);

  it('may be empty of a space where a continued line is empty', () => {
    const folder = changedContent({
      [lessonFile]: replacing('>   nginx:1.28', '>   nginx:1.28 <<EOF\n> one\n>\n> three\n> EOF'),
    });
    expect(saidOf(folder)).toEqual([]);
  });
});
