import { startTwin } from '@/server/models/testing/twin/twin';

/** `npm run twin`: the stand-in for model vendors, at port 4010 or the one that is given. */
async function main(given: string | undefined): Promise<void> {
  const twin = await startTwin({ port: Number(given ?? 4_010) });
  const base = twin.origin;
  console.log(`The twin answers at ${base}. Start the product with ENSEMBLE_EGRESS_ALLOW=127.0.0.1:${twin.port}
and enter any key with one of these URLs in Settings → Models:
  OpenAI, OpenAI-compatible server   ${base}/v1
  Anthropic, Google Gemini           ${base}
What it billed: ${base}/twin/bill. What it refused: ${base}/twin/refusals.`);
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
