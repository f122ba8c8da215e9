import {
  type HookAuth,
  type HookAuthKind,
  hookAuthSchema,
  hookSecretSchema,
  takesSecret,
} from '@/lib/triggers/hook-auth';

/** How a webhook verifies, as it stands in a form: texts, whatever the kind. */
export type HookAuthDraft = {
  kind: HookAuthKind;
  header: string;
  user: string;
  /** Empty: made by us, or entered later. */
  secret: string;
};

export function authDraftOf(auth?: HookAuth): HookAuthDraft {
  return {
    kind: auth?.kind ?? 'none',
    header: auth?.kind === 'header' ? auth.name : 'X-Token',
    user: auth?.kind === 'basic' ? auth.user : 'webhook',
    secret: '',
  };
}

function settingsOf({ kind, header, user }: HookAuthDraft): HookAuth {
  if (kind === 'header') return { kind, name: header };
  if (kind === 'basic') return { kind, user };
  return { kind };
}

type Read =
  | { ok: true; auth: HookAuth; secret?: string }
  | { ok: false; field: 'name' | 'user' | 'secret'; problem: string };

/** What to send of a draft, or what is wrong with it. */
export function readAuthDraft(draft: HookAuthDraft): Read {
  const auth = hookAuthSchema.safeParse(settingsOf(draft));
  if (!auth.success) {
    const field = draft.kind === 'basic' ? 'user' : 'name';
    return { ok: false, field, problem: auth.error.issues[0]?.message ?? '' };
  }
  if (draft.secret.trim() === '' || !takesSecret(draft.kind)) return { ok: true, auth: auth.data };
  const secret = hookSecretSchema.safeParse(draft.secret);
  if (secret.success) return { ok: true, auth: auth.data, secret: secret.data };
  return { ok: false, field: 'secret', problem: secret.error.issues[0]?.message ?? '' };
}
