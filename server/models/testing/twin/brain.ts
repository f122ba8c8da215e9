import type { Json, Reply } from './parts';

export type Question = {
  tools: readonly string[];
  /** `none`, or that one has to be called. */
  choice: 'auto' | 'none' | 'required';
  /** How often tools were called since the last question. */
  rounds: number;
  thinks: boolean;
};

const words = ['Paris', 'zwölf', 'a "quoted" word', '\\ and \n', '漢字', '{', '0'];

/** What the twin's model says: it calls up to three tools at once, up to three times, and then answers. */
export function think(question: Question, random: () => number): Reply {
  const { tools, choice, rounds, thinks } = question;
  const word = () => words[Math.floor(random() * words.length)] ?? '';
  const thought = thinks && random() < 0.7 ? `Let me see about ${word()}.` : '';
  const calls = tools.length > 0 && choice !== 'none' && rounds < 3;
  if (!calls || (choice !== 'required' && random() < 0.3)) {
    return { thought, text: `The answer is ${word()}.`, calls: [] };
  }
  const count = 1 + Math.floor(random() * 3);
  return {
    thought,
    text: random() < 0.3 ? 'I look it up.' : '',
    calls: Array.from({ length: count }, () => ({
      name: tools[Math.floor(random() * tools.length)] ?? '',
      args: argsOf(word, random),
    })),
  };
}

function argsOf(word: () => string, random: () => number): Json {
  if (random() < 0.2) return {};
  return { q: word(), n: Math.floor(random() * 100), deep: { list: [word(), null, true] } };
}
