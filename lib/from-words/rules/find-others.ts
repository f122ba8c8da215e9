/** Words that begin something to do which no rule knows a step for. */
const verbs = new Set(
  `align allocate anonymise anonymize append archive arrange assign attach average backup bill block
  book build buy cancel change charge chart clean close colour color combine compress convert copy count crop
  cross-check decline decrypt delete deploy discard distribute divide draw duplicate encrypt enrich erase exclude export
  file fill filter flag format group hide highlight import include index insert install invite invoice join keep
  link list log lower map mark mask match measure merge mention mention migrate modify move multiply name normalise
  normalize number offer order organise organize paint pay pick plot print publish purchase push quote raise
  reconcile redact refund register reject release remove rename reorder replace reserve resize restart restore
  return rotate round route run save schedule score select separate set share ship show shuffle sign simulate
  split start stop store subscribe subtract sum sync synchronise synchronize tabulate test tidy total trace track
  transcribe transfer transform trim tweet unsubscribe update upgrade visualise visualize void watermark wipe zip`.split(
    /\s+/,
  ),
);

const lead =
  /^(?:please|also|then|and|finally|next|afterwards|after that|it should|should|to|i want (?:you )?to|we want to)\s+/i;

export type Other = { start: number; end: number };

type Range = {
  from: number;
  to: number;
  /** The range itself begins a piece. */
  leads: boolean;
  /** Pieces are whole sentences alone. */
  sentences: boolean;
};

/** Pieces of a text, between two separators, that begin with such a word and say what with. */
export function findOthers(text: string, { from, to, leads, sentences }: Range): Other[] {
  const found: Other[] = [];
  const separator = sentences ? /\.(?=\s|$)/g : /[;,]|\.(?=\s|$)|\b(?:and|then)\b/gi;
  const borders = [...text.slice(from, to).matchAll(separator)].map(({ index, 0: mark }) => ({
    ...{ from: from + index, to: from + index + mark.length, ends: mark === '.' },
  }));
  const all = leads ? [{ from, to: from, ends: true }, ...borders] : borders;
  for (const [at, border] of all.entries()) {
    const end = border.to + text.slice(border.to, all[at + 1]?.from ?? to).trimEnd().length;
    const start = withoutLead(text, border.to, end);
    const [verb = '', ...rest] = text.slice(start, end).split(/\s+/);
    const last = found.at(-1);
    if (verbs.has(verb.toLowerCase()) && rest.length > 0) found.push({ start, end });
    // "Highlight the largest and the smallest": what belongs to it.
    else if (last !== undefined && !border.ends && end > start) last.end = end;
  }
  return found;
}

function withoutLead(text: string, from: number, to: number): number {
  const words = text.slice(from, to).trimStart();
  const rest = words.replace(lead, '');
  return rest === words ? to - words.length : withoutLead(text, to - rest.length, to);
}
