import { expect, test } from 'vitest';
import { corpus } from './testing/corpus';
import { questions } from './testing/questions';
import { indexTools } from './tool-index';

const index = indexTools(corpus);
const placeOf = ({ words, wanted }: (typeof questions)[number]) =>
  index.find(words, 10).findIndex((name) => name.endsWith(`_${wanted}`));

test('finds the needed tool among 400 in the first five for at least 95 of 100 questions', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(400);
  expect(questions.length).toBeGreaterThanOrEqual(200);
  const unknown = questions.filter(
    ({ wanted }) => !corpus.some(({ name }) => name.endsWith(`_${wanted}`)),
  );
  expect(unknown).toEqual([]);
  const places = questions.map(placeOf);
  const recall = (k: number) =>
    places.filter((place) => place >= 0 && place < k).length / questions.length;
  const shown = [1, 3, 5, 10].map((k) => `@${k} ${(recall(k) * 100).toFixed(1)} %`).join(', ');
  process.stdout.write(
    `tool search: ${corpus.length} tools, ${questions.length} questions: recall ${shown}\n`,
  );
  if (process.env.SHOW)
    for (const [i, q] of questions.entries())
      if ((places[i] ?? -1) < 0 || (places[i] ?? 0) > 4)
        process.stdout.write(
          `${i} ${places[i]} ${q.words} -> ${q.wanted}: ${index.find(q.words, 5).join(' ')}\n`,
        );
  expect(recall(5)).toBeGreaterThanOrEqual(0.95);
});
