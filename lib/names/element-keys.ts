/** A key that expressions can use, from a name that people read; `fallback` where the name has no Latin letter or digit. */
export function keyFromName(name: string, fallback = 'step'): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const safe = /^[a-z]/.test(plain) ? plain : plain === '' ? fallback : `${fallback}_${plain}`;
  return safe.slice(0, 56).replace(/_+$/, '');
}

/** A key that expressions can use, made from a name or an id, unlike all in `taken`. */
export function uniqueKey(name: string, taken: readonly string[]): string {
  const base = keyFromName(name);
  let key = base;
  for (let count = 2; taken.includes(key); count++) key = `${base}_${count}`;
  return key;
}
