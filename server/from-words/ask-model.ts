import type { Drafted } from '@/lib/from-words/drafted';
import { missed } from '@/lib/from-words/model/missed';
import { draftRun } from '@/lib/from-words/model/plan-draft';
import { instructions, problemLine, question } from '@/lib/from-words/model/question';
import { readAnswer } from '@/lib/from-words/model/read-answer';
import type { Known } from '@/lib/from-words/rules/weave';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import type { Definition, Problem } from '@/lib/workflows/schema';
import type { Services } from '@/server/services';
import { answerOf } from './answer-of';

/** The first draft, and one that mends it. */
const rounds = 2;

type Asked = {
  description: string;
  name?: string | undefined;
  known: Known;
  idOf: (part: string) => string;
  problems: (definition: Definition) => Promise<Problem[]>;
  signal: AbortSignal;
};
type Draft =
  | {
      ok: true;
      drafted: Drafted;
      definition: Definition;
      made: { by: 'model'; model: string; template: null; note: string; runs: string[] };
    }
  | { ok: false; why: string; runs: string[] };

/**
 * A draft by the model that this workspace would use, checked; what is wrong with a first one is told to it once. Each
 * question is a run: it has a budget, a record and a cost. Why there is none is a sentence for people.
 */
export async function askModel(services: Services, actor: Actor, asked: Asked): Promise<Draft> {
  const { description, name, known, idOf } = asked;
  const chosen = await services.models.choose(actor.workspaceId, 'auto');
  if (chosen === undefined || chosen.provider === 'rehearsal') {
    return { ok: false, why: 'No model is set up here, so none was asked.', runs: [] };
  }
  const runs: string[] = [];
  let before: { answer: string; problems: string[] } | undefined;
  for (let round = 0; round < rounds; round += 1) {
    const runId = idOf(`run${round}`);
    runs.push(runId);
    const given = {
      instructions: instructions(catalogue, known, description),
      question: question(description, before),
    };
    const definition = draftRun();
    const asking = { runId, definition, input: given, signal: asked.signal };
    const answer = await answerOf(services, actor, asking);
    if (!answer.ok) return { ...answer, runs };
    const read = readAnswer(answer.value, { description, name, catalogue, known });
    const problems = read.ok
      ? (await asked.problems(read.definition)).map(problemLine)
      : read.problems;
    const left = read.ok ? missed(description, read.drafted, known) : [];
    const isLast = round === rounds - 1;
    if (read.ok && problems.length === 0 && (left.length === 0 || isLast)) {
      const { definition } = read;
      const drafted = { ...read.drafted, assumptions: [...read.drafted.assumptions, ...left] };
      const mended = round === 0 ? '' : ' Its first draft had problems, which it mended.';
      const note = `${answer.model} drafted it.${mended} Read it before you use it.`;
      return {
        ...{ ok: true, drafted, definition },
        made: { by: 'model', model: answer.model, template: null, note, runs },
      };
    }
    before = { answer: answer.text, problems: [...problems, ...left].slice(0, 30) };
  }
  const first = before?.problems[0] ?? '';
  return {
    ok: false,
    why: `The model’s draft had problems twice, so it was not taken (${first})`,
    runs,
  };
}
