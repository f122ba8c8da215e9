/** A secret of a command, as what a connection would be made of. */
export type CurlSecret = {
  /** What it was in the command, for people. */
  from: string;
  kind: 'bearer' | 'basic' | 'api_key';
  in: 'header' | 'query';
  name: string;
  userName: string;
  secret: string;
};

const secretName =
  /^(?:x-)?(?:api|app|access|auth|secret|session|csrf|client|private)?[-_]?(?:api)?[-_]?(?:key|token|secret|password|passwd|auth|signature|sig)$|^(?:x-)?(?:amz-security-token|shopify-access-token|goog-api-key)$|(?:api|access|auth|secret|private)[-_]?(?:key|token|secret)|password/i;

/** Whether a header or parameter of this name mostly carries a secret. */
export const isSecretName = (name: string): boolean => secretName.test(name);

/** The secret that a header carries; undefined for all other headers. */
export function headerSecret(name: string, value: string): CurlSecret | undefined {
  const lower = name.toLowerCase();
  const common = { from: `the header ${name}`, in: 'header' as const, name, userName: '' };
  if (lower !== 'authorization') {
    return isSecretName(name) && value !== ''
      ? { ...common, kind: 'api_key', secret: value }
      : undefined;
  }
  const [, scheme = '', rest = ''] = /^(\S+)\s+(.+)$/s.exec(value) ?? [];
  if (scheme.toLowerCase() === 'bearer') return { ...common, kind: 'bearer', secret: rest.trim() };
  if (scheme.toLowerCase() === 'basic') return { ...common, ...userOf(decoded(rest.trim())) };
  return value === '' ? undefined : { ...common, kind: 'api_key', secret: value };
}

/** What `-u name:password` means. */
export const userSecret = (value: string): CurlSecret => ({
  ...{ from: 'the option -u', in: 'header', name: 'Authorization' },
  ...userOf(value),
});

function userOf(value: string): Pick<CurlSecret, 'kind' | 'userName' | 'secret'> {
  const colon = value.indexOf(':');
  const [userName, secret] =
    colon < 0 ? [value, ''] : [value.slice(0, colon), value.slice(colon + 1)];
  return { kind: 'basic', userName, secret };
}

function decoded(text: string): string {
  try {
    return atob(text);
  } catch {
    return text;
  }
}
