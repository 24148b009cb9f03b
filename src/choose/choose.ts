import type { Source } from '../lesson/lesson.ts';

/** What could be recommended. */
export interface Recommendation {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly costs: readonly string[];
  readonly gains: readonly string[];
  readonly firstSteps: readonly string[];
  readonly lesson: string;
  readonly sources: readonly Source[];
}

/** What one answer says about one recommendation. */
export interface Testimony {
  /** Id of the recommendation. */
  readonly of: string;
  /** 1 hint, 2 strong, 3 decisive; negative when it speaks against. -3 rules the recommendation out. */
  readonly weight: number;
  readonly because: string;
}

export interface Question {
  readonly id: string;
  readonly prompt: string;
  /** Why this decides. */
  readonly why: string;
  readonly options: readonly {
    readonly id: string;
    readonly text: string;
    readonly speaks: readonly Testimony[];
  }[];
  readonly sources: readonly Source[];
}

/** A recommendation with what the answers said about it. */
export interface Standing {
  readonly recommendation: Recommendation;
  /** Sum of the weights. */
  readonly score: number;
  readonly ruledOut: boolean;
  /** Strongest first. */
  readonly reasonsFor: readonly string[];
  readonly reasonsAgainst: readonly string[];
}

/** Answers by question id; a question may be left open. */
export type Answers = Readonly<Record<string, string>>;

/** Thrown when an answer is none of its question's options. */
export class NoSuchOption extends Error {
  override readonly name = 'NoSuchOption';
  readonly question: Question;
  readonly given: string;

  constructor(question: Question, given: string) {
    super(`'${given}' is no answer to: ${question.prompt}`);
    this.question = question;
    this.given = given;
  }
}

const decisive = -3;

/**
 * Weighs the answers: each speaks for or against some recommendations; a decisive word against one rules
 * it out, otherwise the sum of the weights decides. Ties keep the order of `recommendations`, which goes
 * from the least to operate to the most.
 *
 * @returns every recommendation, the best first, the ruled out last
 * @throws NoSuchOption when an answer is none of its question's options
 */
export function weigh(
  questions: readonly Question[],
  recommendations: readonly Recommendation[],
  answers: Answers,
): Standing[] {
  const spoken = questions.flatMap((question) => {
    const given = answers[question.id];
    if (given === undefined) return [];
    const option = question.options.find((each) => each.id === given);
    if (!option) throw new NoSuchOption(question, given);
    return option.speaks;
  });

  return recommendations
    .map((recommendation): Standing => {
      const about = spoken
        .filter((testimony) => testimony.of === recommendation.id)
        .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
      return {
        recommendation,
        score: about.reduce((sum, { weight }) => sum + weight, 0),
        ruledOut: about.some(({ weight }) => weight <= decisive),
        reasonsFor: about.filter(({ weight }) => weight > 0).map(({ because }) => because),
        reasonsAgainst: about.filter(({ weight }) => weight < 0).map(({ because }) => because),
      };
    })
    .sort((one, other) => Number(one.ruledOut) - Number(other.ruledOut) || other.score - one.score);
}
