import { type Budget, boundedLength, read } from '../values/budget';

/** A part up to this long is sought by the engine itself, which may look at each of its characters at every place. */
const short = 64;

/** Index of the first occurrence of a text inside another, or -1; pays for the longest way that it can take. */
export function indexIn(text: string, part: string, budget: Budget): number {
  return placesIn(text, part, budget, 1)[0] ?? -1;
}

/**
 * Where a text occurs inside another, from left to right and not over each other; at most `most` places. Takes
 * time in proportion to the texts, whatever they hold: the engine's own search may take their product.
 */
export function placesIn(text: string, part: string, budget: Budget, most?: number): number[] {
  if (part.length > text.length) return [];
  if (part === '') return [0];
  read(budget, text.length * (part.length > short ? 4 : 1 + part.length / 8));
  const places: number[] = [];
  const found = (place: number) => {
    places.push(place);
    if (most === undefined) boundedLength(places.length);
    return places.length === most;
  };
  if (part.length > short) seek(text, part, found);
  else {
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length))
      if (found(at)) break;
  }
  return places;
}

/** Knuth, Morris and Pratt (1977): no character of the text is looked at twice. */
function seek(text: string, part: string, found: (place: number) => boolean): void {
  const back = new Int32Array(part.length);
  for (let at = 1, fits = 0; at < part.length; at += 1) {
    while (fits > 0 && part.charCodeAt(at) !== part.charCodeAt(fits)) fits = back[fits - 1] ?? 0;
    if (part.charCodeAt(at) === part.charCodeAt(fits)) fits += 1;
    back[at] = fits;
  }
  for (let at = 0, fits = 0; at < text.length; at += 1) {
    while (fits > 0 && text.charCodeAt(at) !== part.charCodeAt(fits)) fits = back[fits - 1] ?? 0;
    if (text.charCodeAt(at) === part.charCodeAt(fits)) fits += 1;
    if (fits < part.length) continue;
    if (found(at - part.length + 1)) return;
    fits = 0;
  }
}
