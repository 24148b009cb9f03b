import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changedContent, itFinds, replacing, type Slip, saidOf } from '../fixtures/changed-content.ts';

const quizFile = '01-first-pod/quiz.yaml';
const said = (name: string, what: string): string => `first-pod.${name}: ${what}`;

/** A slip in the question of a name. */
function slip(name: string, item: string, from: string, to: string, says: string): Slip {
  return { name, file: quizFile, from, to, at: `- id: ${item}\n`, says: said(item, says) };
}

describe('a question beside a lesson', () => {
  itFinds('is refused when', [
    {
      name: 'it has no line of contrast',
      file: quizFile,
      from: '  contrast: In Docker you run a container; in Kubernetes a Pod.\n',
      to: '',
      at: '- id: one-more',
      says: '[1].contrast: is missing',
    },
    {
      name: 'it is of no kind there is',
      file: quizFile,
      from: '  kind: mistake\n',
      to: '  kind: error\n',
      at: '  kind: error',
      says: '[5].kind: must be one of one, several, true-false, order, match, predict, command, mistake',
    },
    {
      name: 'it has an unknown key',
      file: quizFile,
      from: '  explanation: Verb, kind, namespace.\n',
      to: '  explanation: Verb, kind, namespace.\n  hint: Think.\n',
      at: '  hint: Think.',
      says: "[4]: unknown key 'hint'; look for a slip of the pen",
    },
    slip(
      'its id is used in the lesson',
      'ready',
      '- id: one-more\n',
      '- id: ready\n',
      'the id is used twice, here or in the lesson',
    ),
    slip(
      'it names a misconception that there is not',
      'list-them',
      '      misconception: a-pod-is-a-container\n      explanation: There is no such kind.\n',
      '      misconception: docker-is-dead\n      explanation: There is no such kind.\n',
      'there is no misconception "docker-is-dead" in lessons/misconceptions.yaml',
    ),
    slip(
      'it rests on a page that there is not',
      'partners',
      'in Kubernetes about an object.\n  sources: [docker-run]',
      'in Kubernetes about an object.\n  sources: [docker-rum]',
      'there is no page "docker-rum" in lessons/sources.yaml',
    ),
    slip(
      'it asks about a row that there is not',
      'one-more',
      '  explanation: A Pod and nothing more.\n',
      '  explanation: A Pod and nothing more.\n  rows: [docker ps]\n',
      'lessons/mapping/ has no row "docker ps"; its long name is needed',
    ),
    slip(
      'it is not in British spelling',
      'one-more',
      'explanation: A Pod and nothing more.',
      'explanation: The behavior of a Pod.',
      '"behavior": the course is in British spelling',
    ),
    slip(
      'its listing is wider than a terminal',
      'printed',
      '    $ kubectl run web --image=nginx:1.28\n',
      `    $ kubectl run web --image=${'n'.repeat(60)}\n`,
      'a line is 86 columns wide; at most 74 fit',
    ),
    slip(
      'its listing is longer than a screen',
      'printed',
      '    $ kubectl run web --image=nginx:1.28\n',
      '    $ kubectl get pods\n'.repeat(23),
      'the listing has more than 22 lines',
    ),
  ]);
});

describe('a `match`', () => {
  itFinds('is refused when', [
    slip(
      'a left side has no partner',
      'partners',
      '      match: kubectl delete pod web\n',
      '',
      'option c has no partner: give it a `match`',
    ),
    slip(
      'two left sides have the same partner',
      'other-partners',
      '      match: Pod\n',
      '      match: container\n',
      'two options have the same partner',
    ),
    slip(
      'an option is correct',
      'other-partners',
      '      match: Pod\n',
      '      match: Pod\n      correct: true\n',
      'a `match` has no `correct`: each option has its partner',
    ),
    slip(
      'a wrong pair is made with what is no partner',
      'partners',
      '        - match: kubectl logs web\n',
      '        - match: kubectl log web\n',
      '`mixed` of option a: "kubectl log web" is the partner of no other option',
    ),
    slip(
      'a wrong pair is the right one',
      'partners',
      '        - match: kubectl logs web\n',
      '        - match: kubectl get pods\n',
      '`mixed` of option a: "kubectl get pods" is the partner of no other option',
    ),
    slip(
      'another kind has partners',
      'one-more',
      '    - text: A Deployment\n',
      '    - text: A Deployment\n      match: web\n',
      '`match` belongs to `match` only',
    ),
  ]);
});

describe('a `predict` beside a lesson', () => {
  itFinds('is refused when', [
    slip(
      'an option is wider than a narrow terminal',
      'printed',
      '        web\n        created\n',
      `        web\n        ${'c'.repeat(61)}\n`,
      'option a is 61 columns wide; at most 60 fit',
    ),
    slip(
      'an option has too many lines',
      'printed',
      '        web\n        created\n',
      `        web\n${'        created\n'.repeat(6)}`,
      'option a has 7 lines; at most 6',
    ),
    slip(
      'an option of another kind is of several lines',
      'one-more',
      '    - text: A Deployment\n',
      '    - text: |\n        A\n        Deployment\n',
      'option c is of several lines; only in a `predict` it may be',
    ),
  ]);
});

describe('a `command`', () => {
  itFinds('is refused when', [
    slip(
      'its answer is refused by kubectl',
      'list-them',
      '    - text: kubectl get pods -n shop\n',
      '    - text: kubectl get pods --namspace shop\n',
      '"kubectl get pods --namspace shop" is refused: unknown flag: --namspace',
    ),
    slip(
      'its answer is two commands',
      'list-them',
      '    - text: kubectl get pods -n shop\n',
      '    - text: kubectl get pods -n shop | grep web\n',
      '"kubectl get pods -n shop | grep web" is more than one command: leave out `| grep web`',
    ),
    slip(
      'a near miss does the same as the answer',
      'list-them',
      '    - text: kubectl ps -n shop\n',
      '    - text: k -n shop get po\n',
      '"k -n shop get po" does the same as the answer, so it is right',
    ),
  ]);

  it('is refused when its first option is not the answer', () => {
    const folder = changedContent({
      [quizFile]: (text) =>
        replacing(
          '    - text: kubectl get pods -n shop\n      correct: true\n',
          '    - text: kubectl get pods\n',
        )(text),
    });
    expect(saidOf(folder).map((line) => line.replace(/^\S+\s+/, ''))).toEqual([
      said('list-them', 'none of the options is `correct: true`'),
      said('list-them', 'the first option of a `command` is the model answer: `correct: true`'),
    ]);
  });
});

describe('a `mistake`', () => {
  itFinds('is refused when', [
    slip(
      'an option does not say where it is',
      'wrong-line',
      "    - at: 'name: web'\n      text: The name is too short\n",
      '    - text: The name is too short\n',
      'option c says `at:` which line it means',
    ),
    slip(
      'an option is nowhere in the listing',
      'wrong-line',
      "    - at: 'name: web'\n",
      "    - at: 'name: wbe'\n",
      'option c: "name: wbe" has to stand in exactly one line of the listing',
    ),
    slip(
      'an option is in two lines of the listing',
      'wrong-line',
      "    - at: 'name: web'\n",
      "    - at: 'a'\n",
      'option c: "a" has to stand in exactly one line of the listing',
    ),
    slip(
      'two options mean the same line',
      'wrong-line',
      "    - at: 'name: web'\n",
      "    - at: 'v1'\n",
      'two options mean the same line',
    ),
    slip(
      'two options are correct',
      'wrong-line',
      '      text: The name is too short\n',
      '      text: The name is too short\n      correct: true\n',
      'exactly one option is `correct: true`, here 2 are',
    ),
  ]);
});

describe('the bank as a whole', () => {
  it('lacks the questions of a lesson that has none beside it', () => {
    const folder = changedContent({});
    rmSync(join(folder, quizFile));
    expect(saidOf(folder)).toEqual(
      expect.arrayContaining([
        'lessons/01-first-pod/quiz.yaml:1  is missing',
        'lessons/course.yaml:1  the bank has 5 questions; 1 lessons need 10',
        'lessons/misconceptions.yaml:1  a-pod-is-a-container: 1 questions of 1 kinds reveal it; it needs 3 of 3 kinds',
      ]),
    );
  });

  it('is not judged when a part of it could not be read', () => {
    const folder = changedContent({ [quizFile]: replacing('  kind: mistake\n', '  kind: no\n') });
    expect(saidOf(folder)).toHaveLength(1);
  });

  it('has at most a third of one kind', () => {
    const folder = changedContent({
      [quizFile]: (text) => {
        const one = /- id: one-more\n[\s\S]*?(?=- id: )/.exec(text)?.[0] ?? '';
        const more = Array.from({ length: 6 }, (_, place) => one.replace('one-more', `one-more-${place}`));
        return text + more.join('');
      },
    });
    expect(saidOf(folder)).toEqual([
      'lessons/course.yaml:1  8 of 19 questions are of kind `one`: no kind is more than a third',
    ]);
  });
});
