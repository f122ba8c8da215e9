import { StepError } from '@/lib/nodes/node-type/define-node';
import { at } from '@/lib/values/unknown';

const textAt = (value: unknown, name: string): string => {
  const found = at(value, name);
  return typeof found === 'string' ? found : '';
};

/** What a failure of an IMAP session means for people, and whether another try may help. Those of ours stay as they are. */
export function mailboxFailure(error: unknown, host: string): unknown {
  if (StepError.isInstance(error)) return error;
  const code = textAt(error, 'code');
  const said = textAt(error, 'responseText')
    .replace(/ \([\d.+ ]+ secs\)/, '')
    .replace(/\s+/g, ' ')
    .slice(0, 300)
    .replace(/\.$/, '');
  if (at(error, 'authenticationFailed') === true) {
    const message = `${host} rejected the user name or password${said && `: ${said}`}. Many providers want an app password here.`;
    return new StepError('mail_sign_in', message, { noEffect: true });
  }
  if (tooMuch.has(code) || code.startsWith('ParserError')) {
    const message = `${host} did not answer as a mail server does, or with more than is taken. Nothing was changed.`;
    return new StepError('mail_refused', message, { cause: error });
  }
  if (said !== '') {
    const message = `${host} refused: ${said}.`;
    return new StepError('mail_refused', message, {
      retryable: textAt(error, 'responseStatus') === 'BYE',
    });
  }
  const message = `${host} ${reasonOf(code, error)}.`;
  return new StepError('network_failed', message, { retryable: true, cause: error });
}

const tooMuch: ReadonlySet<string> = new Set([
  ...['LineTooLarge', 'LiteralTooLarge', 'ResponseTooLarge', 'TooManyTokens', 'TooManyResponses'],
  ...['MAX_IMAP_NESTING_REACHED', 'InvalidResponse', 'UnexpectedTag', 'MissingTag'],
  'STARTTLS_INJECTION',
]);

function reasonOf(code: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/certificate|self[- ]signed|\bTLS\b|\bSSL\b|STARTTLS/i.test(`${code} ${message}`)) {
    return `could not be reached by an encrypted connection (${message.slice(0, 200)})`;
  }
  if (/TIMEOUT/i.test(code)) return 'did not respond in time';
  return 'broke the connection';
}
