import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Diagram } from '../lesson/lesson.ts';
import type { Finding } from './finding.ts';
import { commandRowsSchema, kubectlRowsSchema } from './mapping-schema.ts';
import { type DiagramText, readDiagram } from './read-diagram.ts';
import { type LabText, readLab } from './read-lab.ts';
import { type LessonText, readLesson } from './read-lesson.ts';
import { type QuizText, readQuiz } from './read-quiz.ts';
import { chooseSchema, courseSchema, glossarySchema, misconceptionsSchema, sourcesSchema } from './schema.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** Everything under lessons/, read and well-formed; whether it hangs together is the linter's question. */
export interface ContentText {
  readonly course: YamlSource<z.infer<typeof courseSchema>>;
  readonly lessons: readonly LessonText[];
  /** The questions that stand beside the lessons. */
  readonly quizzes: readonly QuizText[];
  readonly labs: readonly LabText[];
  readonly sources: YamlSource<z.infer<typeof sourcesSchema>>;
  readonly diagrams: readonly DiagramText[];
  readonly misconceptions: YamlSource<z.infer<typeof misconceptionsSchema>>;
  readonly glossary: YamlSource<z.infer<typeof glossarySchema>>;
  readonly choose: YamlSource<z.infer<typeof chooseSchema>>;
  /** The files of lessons/mapping/ that say what docker commands are in Kubernetes. */
  readonly mapping: readonly RowsText[];
  /** The way back: what kubectl commands are in Docker. */
  readonly kubectl: YamlSource<z.infer<typeof kubectlRowsSchema>>;
}

const kubectlFile = 'kubectl.yaml';
const noKubectlRows = { globals: [], common: [], rows: [] };

/** One file of rows. */
export interface RowsText extends YamlSource<z.infer<typeof commandRowsSchema>> {
  readonly file: string;
}

/**
 * Reads a lessons folder.
 *
 * @returns what could be read, and what could not be understood; a file that could not is left out, and the
 *   content is not whole, or at least not its bank of questions
 */
export function loadContent(folder: string): {
  content: ContentText;
  findings: Finding[];
  isWhole: boolean;
  isBankWhole: boolean;
} {
  const findings: Finding[] = [];
  let isWhole = true;
  let isBankWhole = true;

  function readPart<T>(file: string, schema: z.ZodType<T>, empty: T): YamlSource<T> {
    const path = join(folder, file);
    const read = existsSync(path)
      ? readYaml(readText(path), schema, file)
      : [{ file, line: 1, message: 'is missing' }];
    if (!Array.isArray(read)) return read;
    findings.push(...read);
    isWhole = false;
    return { value: empty, lineOf: () => 1 };
  }

  const drawings = new Map<string, Diagram>();
  const drawn = listFolder(join(folder, 'diagrams')).filter((name) => name.endsWith('.txt'));
  const diagrams = drawn.flatMap((name) => {
    const file = `diagrams/${name}`;
    const id = name.replace(/\.txt$/, '');
    const { drawing, findings: found } = readDiagram(readText(join(folder, file)), file, id);
    findings.push(...found);
    isWhole &&= drawing !== undefined;
    // One that could not be read is there all the same for the lessons that show it.
    drawings.set(id, drawing?.diagram ?? { id, title: '', description: '', lines: [] });
    return drawing ?? [];
  });

  const lessons = listFolder(folder)
    .map((name) => `${name}/lesson.md`)
    .filter((file) => existsSync(join(folder, file)))
    .flatMap((file) => {
      const { lesson, findings: found } = readLesson(readText(join(folder, file)), file, drawings);
      findings.push(...found);
      isWhole &&= lesson !== undefined;
      return lesson ?? [];
    });

  const quizzes = listFolder(folder)
    .map((name) => `${name}/quiz.yaml`)
    .filter((file) => existsSync(join(folder, file)))
    .flatMap((file) => {
      const { quiz, findings: found } = readQuiz(readText(join(folder, file)), file);
      findings.push(...found);
      isBankWhole &&= quiz !== undefined;
      return quiz ?? [];
    });

  const labs = listFolder(join(folder, 'labs'))
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => {
      const { lab, findings: found } = readLab(readText(join(folder, 'labs', name)), `labs/${name}`);
      findings.push(...found);
      // What only a lab cites would seem to be cited nowhere.
      isBankWhole &&= lab !== undefined;
      return lab ?? [];
    });

  const rowFiles = listFolder(join(folder, 'mapping'));
  const mapping = rowFiles
    .filter((name) => name !== kubectlFile)
    .map((name) => `mapping/${name}`)
    .map((file): RowsText => ({ file, ...readPart(file, commandRowsSchema, []) }));

  const content: ContentText = {
    course: readPart('course.yaml', courseSchema, { units: [] }),
    sources: readPart('sources.yaml', sourcesSchema, {}),
    misconceptions: readPart('misconceptions.yaml', misconceptionsSchema, []),
    glossary: readPart('glossary.yaml', glossarySchema, []),
    choose: readPart('choose.yaml', chooseSchema, { recommendations: [], questions: [] }),
    lessons,
    quizzes,
    labs,
    diagrams,
    mapping,
    kubectl: rowFiles.includes(kubectlFile)
      ? readPart(`mapping/${kubectlFile}`, kubectlRowsSchema, noKubectlRows)
      : { value: noKubectlRows, lineOf: () => 1 },
  };
  return { content, findings, isWhole, isBankWhole };
}

/** A file's text with the line ends every rule expects, whatever the author's editor wrote. */
function readText(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n');
}

function listFolder(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
