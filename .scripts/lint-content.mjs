// Says what is wrong under lessons/: `npm run lint:content [lesson or file …]`. Of a lesson that is named, it also
// says where the sandbox prints something else than the lesson shows; the tests do so for all.
import { importTypeScript } from './bundle.mjs';

const { lintContent } = await importTypeScript('src/content/lint-content.ts');
const { describeFinding } = await importTypeScript('src/content/finding.ts');

const wanted = process.argv.slice(2);
const isWanted = ({ file }) => wanted.length === 0 || wanted.some((word) => file.includes(word));
const { content, findings: all } = lintContent('lessons');
const findings = all.filter(isWanted);
if (wanted.length > 0 && findings.length === 0) {
  const { replayLesson } = await importTypeScript('src/content/replay-lesson.ts');
  for (const lesson of content.lessons.filter(isWanted)) findings.push(...(await replayLesson(lesson)));
}
for (const finding of findings) console.log(describeFinding(finding));
console.log(findings.length === 0 ? 'Nothing to mend.' : `\n${findings.length} to mend.`);
process.exitCode = findings.length === 0 ? 0 : 1;
