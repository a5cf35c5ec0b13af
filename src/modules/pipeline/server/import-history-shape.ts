// How histories of opportunities look: a row a state, with its stage and amount, or a row a change of one field, with the old and the new value.
import type { EntityShape, FieldValue, RowRemark } from '../../../kernel/server/importing.ts';
import { amount, category, closesOn, deleted, probability, stageWords, text } from './import-shape.ts';

/** What the changes of fields are kept of; `created` is the beginning. */
const KINDS: Record<string, readonly string[]> = {
  stage: [...stageWords.split('|'), 'dealstage', 'status'],
  amount: ['amount', 'deal amount', 'value', 'deal value', 'betrag', 'montant', 'importe', 'importo', 'valor'],
  closesOn: closesOn.synonyms.split('|'),
  probability: probability.synonyms.split('|').map((word) => word.replace('%', '').trim()),
  category: category.synonyms.split('|'),
  created: ['created', 'opportunity created', 'deal created', 'erstellt', 'créé', 'creado', 'creato', 'criado'],
};
const plain = (name: string): string =>
  name
    .replace(/__c$/i, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
const kindOf = new Map(Object.entries(KINDS).flatMap(([kind, names]) => names.map((name) => [plain(name), kind])));
const categories = new Map(
  (category.options ?? []).flatMap(({ value, words }) =>
    [value, ...words.split('|')].map((word) => [plain(word), value]),
  ),
);

/** "USD 12,500.00", "12.500,00 €", "12500.0" → "12500.00"; null where there is no number. */
function numberIn(text: string): string | null {
  const found = /-?\d[\d.,'’\s\u00a0\u202f]*/
    .exec(text)?.[0]
    .replace(/['’\s\u00a0\u202f]/g, '')
    .replace(/[.,]$/, '');
  if (!found) return null;
  const mark = Math.max(found.lastIndexOf('.'), found.lastIndexOf(','));
  const grouped = mark >= 0 && found.length - mark - 1 === 3 && /^-?\d{1,3}([.,]\d{3})+$/.test(found);
  const [whole, rest] = mark < 0 || grouped ? [found, ''] : [found.slice(0, mark), found.slice(mark + 1)];
  return `${whole.replace(/[.,]/g, '')}${rest === '' ? '' : `.${rest}`}`;
}

/** ISO and dotted dates, and slashed ones that can be read in one way only. */
function dayIn(text: string): string | null {
  const iso = /^(\d{4})-(\d\d)-(\d\d)/.exec(text);
  if (iso) return `${iso[1]}-${iso[2]}-${iso[3]}`;
  const parts = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})/.exec(text);
  if (!parts) return null;
  const [one, other] = [Number(parts[1]), Number(parts[3])];
  const dayFirst = parts[2] === '.' || one > 12 || one === other;
  if (!dayFirst && other <= 12) return null;
  const [day, month] = dayFirst ? [one, other] : [other, one];
  return day < 1 || day > 31 || month < 1 || month > 12
    ? null
    : `${parts[4]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function valueIn(kind: string, text: string): string | null {
  if (kind === 'amount' || kind === 'probability') return numberIn(text);
  if (kind === 'closesOn') return dayIn(text);
  return kind === 'category' ? (categories.get(plain(text)) ?? null) : text;
}

/** What a change is of, and its values as they are kept; what is nothing of ours is passed over with a remark. */
function readChange(values: Record<string, FieldValue>): RowRemark[] | null {
  if (typeof values.change !== 'string') return null;
  const kind = kindOf.get(plain(values.change));
  const remarks: RowRemark[] = [];
  if (!kind)
    remarks.push({
      weight: 'warn',
      field: 'change',
      code: 'not_kept',
      message: 'Changes of this field are not kept in the history: the row is passed over.',
      value: values.change,
    });
  for (const key of ['was', 'becomes'] as const) {
    const text = values[key];
    if (typeof text !== 'string') continue;
    const read = kind ? valueIn(kind, text.trim()) : null;
    if (kind && read === null)
      remarks.push({
        weight: 'warn',
        field: key,
        code: 'unreadable_value',
        message: 'This value cannot be read for certain; it is left out. Dates are sure as 2026-02-28.',
        value: text,
      });
    values[key] = read;
  }
  values.change = kind ?? 'other';
  return remarks.length ? remarks : null;
}

export const historyShape: EntityShape = {
  entity: 'opportunity_history',
  label: 'History of opportunities',
  fields: [
    text('externalId', 'Id in the other system', 'id|history id|opportunity history id|record id', {
      type: 'id',
      role: 'external-id',
      weight: 0.8,
      maxLength: 200,
      not: 'opportunity id|opportunityid|deal id|account id|created by id|opportunity history key',
    }),
    text(
      'opportunityId',
      'Opportunity (id)',
      'opportunity id|opportunityid|deal id|dealid|opportunity|deal|verkaufschance id|chance id|id opportunité|id oportunidad|id opportunità|id сделки',
      {
        type: 'id',
        weight: 2,
        required: true,
        maxLength: 200,
      },
    ),
    text(
      'change',
      'Which field changed',
      'field event|field|event|changed field|field name|field changed|property|property name|attribute|feld|feld ereignis|geändertes feld|champ|champ modifié|champ événement|campo|campo evento|campo modificado|campo modificato|veld|pole',
      {
        weight: 1.2,
        maxLength: 100,
        few: true,
      },
    ),
    text(
      'was',
      'What it was',
      'old value|previous value|value before|from|from value|before|alter wert|vorher|ancienne valeur|valor anterior|valore precedente|oude waarde|stara wartość',
      {
        type: 'longtext',
        weight: 0.8,
        maxLength: 1000,
      },
    ),
    text(
      'becomes',
      'What it became',
      'new value|value after|value|to|to value|after|neuer wert|nachher|nouvelle valeur|nuevo valor|valor nuevo|nuovo valore|novo valor|nieuwe waarde|nowa wartość',
      {
        type: 'longtext',
        weight: 0.8,
        maxLength: 1000,
      },
    ),
    text('stage', 'Stage', `${stageWords}|to stage|stage to|new stage|to stage name|neue phase`, {
      weight: 1,
      maxLength: 100,
      few: true,
      not: 'from stage|stage from|old stage|previous stage',
    }),
    text(
      'enteredAt',
      'Since',
      'created date|createddate|entered at|entered on|entered stage|date entered|stage entered|changed at|changed on|change date|edit date|edited on|edited at|edit time|change time|last stage change date|stage change date|timestamp|date|since|created at|created time|modified date|geändert am|eingetreten am|erstellt am|date de modification|date de création|fecha de cambio|fecha de creación|data di modifica|data de criação',
      { type: 'instant', weight: 1, required: true },
    ),
    amount,
    probability,
    category,
    closesOn,
    deleted,
  ],
  hints: {
    files:
      'opportunity history|opportunity field history|opportunityfieldhistory|field history|opportunityhistory|deal history|stage history|deal stage history|opportunity stage history|pipeline history|verlauf|phasenverlauf|historique|historial',
    idPrefixes: { '008': 1, '017': 1 },
    noise: 'the|of|opportunity history|deal',
    against:
      'account id|account name|company|next step|lead source|is closed|is won|owner|type|description|first name|last name|website',
    needs: [
      ['opportunityId', 'stage', 'enteredAt'],
      ['opportunityId', 'change', 'becomes', 'enteredAt'],
    ],
  },
  complete: readChange,
};
