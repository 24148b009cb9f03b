import type { Item } from '../quiz/item.ts';

/** What is wrong with a question, each as a sentence for its author. */
export function lintItem(item: Item): string[] {
  const right = item.options.filter((option) => option.correct);
  const wrong = item.options.filter((option) => !option.correct);
  const complaints: string[] = [];

  if (item.kind === 'order') {
    if (right.length > 0)
      complaints.push('an `order` has no `correct`: write the options in the right order');
  } else if (item.kind === 'several') {
    if (right.length === 0) complaints.push('none of the options is `correct: true`');
    if (wrong.length === 0) complaints.push('every option is correct: that tests nothing; add a wrong one');
  } else if (right.length !== 1) {
    complaints.push(`exactly one option is \`correct: true\`, here ${right.length} are`);
  }

  const verdicts = new Set(item.options.map((option) => option.says));
  if (item.kind === 'true-false' && !(verdicts.has(true) && verdicts.has(false) && verdicts.size === 2)) {
    complaints.push('each reason of a `true-false` has `says: true` or `says: false`, and both occur');
  }
  if (item.kind !== 'true-false' && (verdicts.has(true) || verdicts.has(false))) {
    complaints.push('`says` belongs to `true-false` only');
  }

  for (const option of right) {
    if (option.misconception)
      complaints.push(`the right option "${option.text}" cannot reveal a misconception`);
  }
  if (new Set(item.options.map((option) => option.text)).size < item.options.length) {
    complaints.push('two options say the same');
  }
  if (new Set(item.options.map((option) => option.explanation)).size < item.options.length) {
    complaints.push('two options have the same explanation; each says what led to that choice');
  }
  return complaints;
}
