/** Words spelled the American way: the course is written in British English. */
const american =
  /\b(?:colors?|behaviors?|honou?rable|honors?|honored|centers?|favorites?|labeled|labeling|canceled|canceling|neighbors?|recogniz\w+|organiz\w+|initializ\w+|serializ\w+|optimiz\w+|summariz\w+|catalogs?|analyz\w+|licensed? under|defense)\b/i;

/** What is wrong with a piece of prose, each as a sentence for its author. */
export function lintProse(text: string): string[] {
  const bare = text.replace(/`[^`]*`/g, '').replace(/\]\([^)]*\)/g, ']');
  const complaints: string[] = [];
  const word = american.exec(bare);
  if (word) complaints.push(`"${word[0]}": the course is in British spelling`);
  if (/!(?!=)/.test(bare)) complaints.push('no exclamation marks, please');
  if (/\p{Extended_Pictographic}/u.test(bare))
    complaints.push('no emoji: terminals disagree about their width');
  const belittling = /\b(?:obviously|simply|trivially|of course)\b/i.exec(bare);
  if (belittling) complaints.push(`"${belittling[0]}" tells a learner who is stuck that they should not be`);
  if ((text.match(/`/g)?.length ?? 0) % 2 === 1) complaints.push('a backtick is never closed');
  if ((bare.match(/\*\*/g)?.length ?? 0) % 2 === 1) complaints.push('a ** is never closed');
  return complaints;
}

/** Ids of the pages cited in a text, in order. */
export function citationsIn(text: string): string[] {
  return [...text.replace(/`[^`]*`/g, '').matchAll(/\[\^([^\]]+)\]/g)].map(([, id = '']) => id);
}
