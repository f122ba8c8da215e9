import type { ToldKind } from '@/lib/models/failing/reactions';
import type { Facts } from './failure-facts';

type Rule = readonly [kind: ToldKind, holds: (facts: Facts) => boolean];

const status =
  (...all: number[]) =>
  (facts: Facts) =>
    facts.status !== undefined && all.includes(facts.status);
const says = (pattern: RegExp) => (facts: Facts) => pattern.test(facts.words);
const below = (facts: Facts) => (facts.status ?? 500) < 500;

const region =
  /(?:region|country|territory|location)\b.{0,40}(?:not |un)(?:supported|available|allowed)|not (?:supported|available) in your (?:country|region|location)|user location is not supported/i;
const key =
  /api[_ ]?key|access token|credentials?\b.{0,30}(?:invalid|expired|revoked)|(?:invalid|expired|revoked|disabled|deactivated)\b.{0,30}(?:key|token|account)|authenticat/i;
const noModel =
  /model[_ ]not[_ ]found|model_not_available|model_deprecated|(?:model|deployment|engine)\b.{0,80}(?:does not exist|not exist|not found|is not available|no longer|decommissioned|deprecated|retired|not supported|unknown)|no such model|unknown model|invalid model|not a valid model/i;
const filtered =
  /content[_ ]?(?:filter|policy|management)|responsible ?ai|safety system|flagged|moderation|prohibited_content|usage polic/i;

/** What a provider's failure is, by what can be known of it: the first rule that holds counts. */
export const failureRules: readonly Rule[] = [
  ['transient', (facts) => facts.status === undefined],
  ['access', (facts) => below(facts) && region.test(facts.words)],
  ['credential', (facts) => status(401)(facts) || facts.about === 'key'],
  ['quota', (facts) => facts.about === 'credit' || status(402)(facts)],
  ['rate', status(429)],
  ['long', (facts) => facts.about === 'length' || status(413)(facts)],
  [
    'access',
    (facts) =>
      status(404, 410)(facts) || (status(400, 403, 422)(facts) && noModel.test(facts.words)),
  ],
  ['refused', (facts) => status(400, 403, 422)(facts) && filtered.test(facts.words)],
  ['credential', (facts) => status(403)(facts) && key.test(facts.words)],
  ['access', status(403, 451)],
  ['transient', (facts) => status(408, 409, 425)(facts) || !below(facts)],
  ['caller', says(/^/)],
];

export function classOf(facts: Facts): ToldKind {
  return failureRules.find(([, holds]) => holds(facts))?.[0] ?? 'caller';
}
