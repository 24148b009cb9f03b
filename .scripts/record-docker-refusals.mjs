// What the docker client says of lines that it refuses: runs the real client on those that record-docker-requests.mjs
// found to be refused, and keeps all it printed.
//
//   node .scripts/record-docker-refusals.mjs [client]      `docker` without one
//
// reads tests/fixtures/docker/requests.json and writes tests/fixtures/docker/refusals.json.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { forEach, startRecorder, versionOf } from './record-docker-requests.mjs';

const fixtures = fileURLToPath(new URL('../tests/fixtures/docker/', import.meta.url));
const [client = 'docker'] = process.argv.slice(2);

/** Compose and BuildKit refuse in words of their own. */
const ofPlugins = /^docker (compose|buildx|builder|build|bake|image build)\b/;

const { cases } = JSON.parse(readFileSync(`${fixtures}requests.json`, 'utf8'));
const refused = cases.filter(
  ({ outcome, argv, line }) => outcome === 'refused' && argv[0] === 'docker' && !ofPlugins.test(line),
);
const recorder = await startRecorder(client);
const rows = await forEach(refused, async ({ line, argv }) => {
  const { code, stdout, stderr, directory } = await recorder.run(argv.slice(1));
  return { line, argv, code, stdout, stderr: stderr.replaceAll(directory, '/home/you') };
});
recorder.close();

const about = `What docker ${versionOf(client)} printed for lines that it refuses; made by .scripts/record-docker-refusals.mjs`;
const text = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
writeFileSync(
  `${fixtures}refusals.json`,
  `{\n  "about": ${JSON.stringify(about)},\n  "cases": [\n${text}\n  ]\n}\n`,
);
console.log(`${rows.length} lines`);
