import type { HookAuth } from '@/lib/triggers/hook-auth';
import { addressScheme, basicScheme, headerScheme } from './plain-schemes';
import type { Head, Scheme } from './scheme';
import { standardScheme } from './signature';
import { githubScheme, shopifyScheme, slackScheme, stripeScheme } from './signed-schemes';

export type Verdict = { ok: true; body: Uint8Array } | { ok: false; why: string };

/**
 * Whether a request comes from who knows one of a webhook's secrets, and its body. What the head alone tells is looked at
 * first, so that most of what strangers send is never read. `secrets` opens them; none: nobody has entered one yet.
 */
export async function verifyHook(
  auth: HookAuth,
  secrets: () => readonly string[],
  head: Head,
  read: () => Promise<Uint8Array>,
): Promise<Verdict> {
  const scheme = schemeOf(auth);
  const why = scheme.refuse(head) ?? strayToken(auth, head);
  if (why !== undefined) return { ok: false, why };
  const opened = secrets();
  if (opened.length === 0) {
    return { ok: false, why: 'No secret was entered yet, so nothing can be verified.' };
  }
  const signed = scheme.signsBody ? await read() : new Uint8Array(0);
  // All of them are tried, so that the time tells nothing.
  if (!opened.map((secret) => scheme.proves(secret, head, signed)).includes(true)) {
    return { ok: false, why: scheme.wrong };
  }
  return { ok: true, body: scheme.signsBody ? signed : await read() };
}

function strayToken({ kind }: HookAuth, { token }: Head): string | undefined {
  if (kind === 'none' || token === undefined) return undefined;
  return 'The address has a secret end, which this webhook no longer uses.';
}

function schemeOf(auth: HookAuth): Scheme {
  switch (auth.kind) {
    case 'none':
      return addressScheme;
    case 'header':
      return headerScheme(auth);
    case 'basic':
      return basicScheme(auth);
    case 'github':
      return githubScheme;
    case 'stripe':
      return stripeScheme;
    case 'shopify':
      return shopifyScheme;
    case 'slack':
      return slackScheme;
    case 'standard':
      return standardScheme;
  }
}
