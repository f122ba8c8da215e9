import { cleanName } from '@/lib/names/name-problem';
import { handleOf } from '../handle-of';

const opening =
  /^(please\s+)?((i|we)\s+(need|want|would like)\s+)?((make|create|build|hire|give)\s+(me|us)?\s*)?(an?\s+)?((ai\s+)?(agent|assistant|bot|helper)\s*)?((that|who|which|to|for|can|should)\s+)*/i;
/** What it does with something: the name is that something. */
const doing =
  /^(reads?|writes?|answers?|summari[sz]es?|checks?|finds?|collects?|drafts?|translates?|reviews?|watch(es)?|sends?|sorts?|classif(y|ies)|prepares?|explains?|handles?|monitors?|analy[sz]es?|extracts?)\s+((the|all|an?|new|our|my|incoming)\s+)*/i;
const most = 5;

/** A name out of a sentence: its first few words without “I need an agent that”. */
export function draftName(
  sentence: string,
  role: string | undefined,
): { name: string; handle: string } {
  const rest = sentence.replace(opening, '');
  const whole = (rest.split(/[.,;:!?(]/)[0] ?? '').trim();
  const clause = whole.replace(doing, '') || whole;
  // What else it does, and how, is no part of a name.
  const [subject = ''] = clause.split(/\s+(?:and|or|against|before|after|when|if|so)\s+/i);
  const words = subject.split(' ').filter(Boolean).slice(0, most);
  while (
    words.length > 1 &&
    /^(and|or|the|a|an|of|for|in|to|with|from|our|every|each)$/i.test(words.at(-1) ?? '')
  ) {
    words.pop();
  }
  const text = cleanName(words.join(' ')).slice(0, 60).trim();
  const fallback = role ?? 'New agent';
  const name = text.length < 3 ? fallback : text.charAt(0).toUpperCase() + text.slice(1);
  return { name, handle: handleOf(name) || handleOf(fallback) };
}
