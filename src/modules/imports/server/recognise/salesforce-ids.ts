// Salesforce ids: 15 characters that distinguish case, or 18 with three more that make up for tools which do not.

const suffixLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

function suffixOf(id15: string): string {
  let suffix = '';
  for (let part = 0; part < 3; part++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      const code = id15.charCodeAt(part * 5 + i);
      if (code >= 65 && code <= 90) bits |= 1 << i;
    }
    suffix += suffixLetters[bits];
  }
  return suffix;
}

/** What the first three characters of an id say it is. */
export const salesforceKinds: Record<string, string> = {
  '001': 'accounts',
  '003': 'people',
  '005': 'users',
  '006': 'opportunities',
  '00Q': 'leads',
  '500': 'cases',
  '00T': 'tasks',
  '00U': 'events',
  '701': 'campaigns',
  '800': 'contracts',
  '01t': 'products',
  '008': 'opportunity history',
};

/** The 18-character form of an id of either length; null when the text is none. So both forms of one id are equal. */
export function canonicalSalesforceId(text: string): string | null {
  const id = text.trim();
  if ((id.length !== 15 && id.length !== 18) || !/^[a-zA-Z0-9]+$/.test(id)) return null;
  const suffix = suffixOf(id.slice(0, 15));
  if (id.length === 18) return /\d/.test(id) && id.slice(15).toUpperCase() === suffix ? id.slice(0, 15) + suffix : null;
  // Fifteen letters and digits may be any code, so the kind of record has to be a known one.
  return salesforceKinds[id.slice(0, 3)] !== undefined && /[a-zA-Z]/.test(id.slice(3)) ? id + suffix : null;
}

/**
 * The form in which ids of other systems are compared: Salesforce ids in their long form, a whole number without the ".0" that
 * spreadsheets add, anything else as written without blanks around it.
 */
export function canonicalExternalId(text: string): string {
  const id = text.trim();
  return canonicalSalesforceId(id) ?? (/^\d+\.0+$/.test(id) ? id.slice(0, id.indexOf('.')) : id);
}
