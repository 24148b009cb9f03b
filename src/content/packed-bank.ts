import type { Bank, BankEntry } from '../quiz/bank.ts';
import type { ItemKind } from '../quiz/item.ts';

const kinds: readonly ItemKind[] = [
  ...(['one', 'several', 'true-false', 'order'] as const),
  ...(['match', 'predict', 'command', 'mistake'] as const),
];

/** The bank's index as it stands in its file: it is read at every start, so it is short. */
export interface PackedBank {
  readonly misconceptions: readonly string[];
  /** For each lesson, in the order of the course: name, kind, difficulty, answer, and its misconceptions, by place. */
  readonly lessons: Readonly<
    Record<string, readonly (readonly [string, number, number, number, ...number[]])[]>
  >;
}

/** Packs an index. @param entries ids are `lesson.name` */
export function packBank(entries: readonly BankEntry[]): PackedBank {
  const misconceptions = [...new Set(entries.flatMap((entry) => entry.misconceptions))];
  const lessons: Record<string, [string, number, number, number, ...number[]][]> = {};
  for (const { id, kind, lesson, difficulty, answer, misconceptions: own } of entries) {
    lessons[lesson] ??= [];
    lessons[lesson].push([
      id.slice(lesson.length + 1),
      kinds.indexOf(kind),
      difficulty,
      answer,
      ...own.map((each) => misconceptions.indexOf(each)),
    ]);
  }
  return { misconceptions, lessons };
}

/** The index that was packed, in the order of the lessons. */
export function unpackBank({ misconceptions, lessons }: PackedBank): Bank {
  const unpacked = new Map<string, readonly BankEntry[]>();
  const unpack = (lesson: string): readonly BankEntry[] =>
    (Object.hasOwn(lessons, lesson) ? (lessons[lesson] ?? []) : []).map((row) => ({
      id: `${lesson}.${row[0]}`,
      kind: kinds[row[1]] ?? 'one',
      lesson,
      difficulty: row[2] as BankEntry['difficulty'],
      answer: row[3],
      misconceptions: row.slice(4).map((place) => misconceptions[Number(place)] ?? ''),
    }));
  return {
    lessons: Object.keys(lessons).filter((lesson) => lessons[lesson]?.length),
    size: Object.values(lessons).reduce((sum, rows) => sum + rows.length, 0),
    ofLesson(lesson) {
      const known = unpacked.get(lesson) ?? unpack(lesson);
      unpacked.set(lesson, known);
      return known;
    },
  };
}
