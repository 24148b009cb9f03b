// Says what is wrong under lessons/: `npm run lint:content [lesson or file …]`.
import { importTypeScript } from './bundle.mjs';

const { lintContent } = await importTypeScript('src/content/lint-content.ts');
const { describeFinding } = await importTypeScript('src/content/finding.ts');

const wanted = process.argv.slice(2);
const findings = lintContent('lessons').findings.filter(
  (finding) => wanted.length === 0 || wanted.some((word) => finding.file.includes(word)),
);
for (const finding of findings) console.log(describeFinding(finding));
console.log(findings.length === 0 ? 'Nothing to mend.' : `\n${findings.length} to mend.`);
process.exitCode = findings.length === 0 ? 0 : 1;
