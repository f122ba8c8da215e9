import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the product said to who asked it, written down at that moment, outside of every database. */
export type ChaosLedger = {
  note(line: { what: string; run: string; [more: string]: unknown }): void;
};

export function openLedger(path: string): ChaosLedger {
  return {
    note: (line) => appendFileSync(path, `${JSON.stringify({ ...line, at: Date.now() })}\n`),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
export type Answer = { status: number; body: any };
export type Client = {
  /** Asks until there is an answer that is not about trouble on the way. */
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
};

const patienceMs = 120_000;
/** Where the product is, and when nobody waits for it any more, in milliseconds since 1970. */
export type Asking = { origin: () => string; giveUpAt: () => number };

/** Asks the REST interface, as a program would that knows what a retry is. */
export function createClient(
  { origin, giveUpAt }: Asking,
  credentials: Record<string, string>,
): Client {
  return {
    async ask(method, path, body, headers = {}) {
      const began = Date.now();
      const isLate = () => Date.now() > Math.min(began + patienceMs, giveUpAt());
      for (;;) {
        try {
          const answer = await fetch(`${origin()}/api/v2${path}`, {
            method,
            headers: {
              ...credentials,
              ...headers,
              ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            signal: AbortSignal.timeout(6000),
          });
          const text = await answer.text();
          if (answer.status < 500 && answer.status !== 429) {
            return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
          }
          if (isLate()) return { status: answer.status, body: text };
        } catch (error) {
          if (isLate()) throw error;
        }
        await sleep(100);
      }
    },
  };
}

/** The first person of a new product, as a program with a key of its own. */
export async function signUp(asking: Asking): Promise<Client> {
  const { origin } = asking;
  const visitor = createClient(asking, { origin: origin() });
  const password = 'correct horse battery';
  const person = { name: 'Olga', email: 'olga@example.com', password, workspaceName: 'Chaos' };
  const made = await visitor.ask('POST', '/setup', person);
  // 409: an earlier request was done, but its answer came too late to be heard.
  if (made.status !== 201 && made.status !== 409) {
    throw new Error(`set-up failed: ${JSON.stringify(made)}`);
  }
  const signed = await fetch(`${origin()}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: origin() },
    body: JSON.stringify({ email: person.email, password }),
  });
  if (!signed.ok) throw new Error(`sign-in failed: ${signed.status} ${await signed.text()}`);
  const cookie = signed.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const owner = createClient(asking, { origin: origin(), cookie });
  const key = await owner.ask('POST', '/api-keys', { name: 'chaos' });
  if (key.status !== 201) throw new Error(`no key: ${JSON.stringify(key)}`);
  return createClient(asking, { authorization: `Bearer ${key.body.key}` });
}
