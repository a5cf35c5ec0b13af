// Pure rules of custom fields: the key that a label gives.

/** A key from a label: `Größe (m²)` → `groesse_m2`; numbered where it is taken. Never empty. */
export function keyFrom(label: string, taken: ReadonlySet<string>): string {
  const plain = label
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[äöü]/g, (c) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[c]!)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const word = (/^[a-z]/.test(plain) ? plain : plain ? `field_${plain}` : 'field').slice(0, 50).replace(/_+$/, '');
  if (!taken.has(word)) return word;
  for (let n = 2; ; n++) if (!taken.has(`${word}_${n}`)) return `${word}_${n}`;
}
