/** A key that expressions can use, made from a name or an id, unlike all in `taken`. */
export function uniqueKey(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const base = (/^[a-z]/.test(plain) ? plain : plain ? `step_${plain}` : 'step')
    .slice(0, 56)
    .replace(/_+$/, '');
  let key = base;
  for (let count = 2; taken.includes(key); count++) key = `${base}_${count}`;
  return key;
}
