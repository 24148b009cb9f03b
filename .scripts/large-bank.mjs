import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importTypeScript } from './bundle.mjs';

/**
 * Makes a copy of the built program with a bank of questions that is as large as anyone may want: every
 * question beside a lesson is there many times, under names of its own.
 *
 * @param {string} root of the project, with its dist/
 * @param {string} folder for the copy; is made
 * @param {number} size how many questions, about
 * @returns {Promise<string>} the program
 */
export async function withLargeBank(root, folder, size) {
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  const { openPack, packDocuments } = await importTypeScript('src/content/pack.ts');
  const content = join(folder, 'dist', 'content');
  const bank = JSON.parse(readFileSync(join(content, 'bank.json'), 'utf8'));
  const lessons = Object.entries(bank.lessons);
  const packs = new Map(
    lessons.map(([lesson]) => [lesson, openPack(readFileSync(join(content, `lessons/${lesson}.br`)))]),
  );
  const beside = [...packs.values()].reduce((sum, pack) => sum + pack.keys().length - 1, 0);
  const times = Math.ceil(size / beside);
  for (const [lesson, rows] of lessons) {
    const pack = packs.get(lesson);
    const documents = new Map(pack.keys().map((key) => [key, pack.get(key)]));
    const more = [];
    for (const [name, kind, difficulty, answer, ...misconceptions] of rows) {
      const item = pack.get(`${lesson}.${name}`);
      for (let copy = 0; item && copy < times; copy++) {
        more.push([`${name}-${copy}`, kind, difficulty, answer + copy * size, ...misconceptions]);
        documents.set(`${item.id}-${copy}`, { ...item, id: `${item.id}-${copy}` });
      }
    }
    rows.push(...more);
    writeFileSync(join(content, `lessons/${lesson}.br`), packDocuments(documents));
  }
  writeFileSync(join(content, 'bank.json'), JSON.stringify(bank));
  return join(folder, 'bin', 'k8s-docker-tutor.js');
}
