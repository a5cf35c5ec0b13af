// How lists of exchange rates look: a column for each currency, as the European Central Bank writes them, or a row for each rate.
import type { EntityShape, FieldShape } from '../../../kernel/server/importing.ts';

/** The currencies that may have a column of their own. */
export const COLUMNS =
  'EUR USD JPY BGN CYP CZK DKK EEK GBP HUF LTL LVL MTL PLN ROL RON SEK SIT SKK CHF ISK NOK HRK RUB TRL TRY AUD BRL CAD CNY HKD IDR ILS INR KRW MXN MYR NZD PHP SGD THB ZAR AED ARS CLP COP EGP MAD NGN PEN QAR SAR TWD UAH VND'.split(
    ' ',
  );

const wide = COLUMNS.map(
  (code): FieldShape => ({
    key: code.toLowerCase(),
    label: code,
    type: 'decimal',
    exact: true,
    weight: 0.6,
    synonyms: code,
  }),
);

export const ratesShape: EntityShape = {
  entity: 'exchange-rates',
  label: 'Exchange rates',
  fields: [
    {
      key: 'onDate',
      label: 'Day',
      type: 'date',
      required: true,
      exact: true,
      weight: 0.5,
      synonyms:
        'date|day|on|rate date|time period|observation date|end date|trade date|as of date|as of|period|valid on|valid from|datum|tag|kursdatum|date du taux|jour|fecha|data|dag|dato',
    },
    {
      key: 'base',
      label: 'One unit of',
      type: 'currency',
      exact: true,
      weight: 0.8,
      synonyms:
        'base|base currency|currency denom|base ccy|unit currency|from|from currency|source currency|basis|basiswährung|von|devise de base|de|moneda base',
    },
    {
      key: 'currency',
      label: 'Currency',
      type: 'currency',
      exact: true,
      weight: 0.8,
      synonyms:
        'currency|to|to currency|quote|quoted currency|counter currency|term currency|target currency|quote currency|currency code|iso|iso code|währung|zielwährung|nach|devise|monnaie|moneda|divisa|valuta',
    },
    {
      key: 'rate',
      label: 'Rate',
      type: 'decimal',
      exact: true,
      unless: 'pairs',
      weight: 2.5,
      synonyms:
        'rate|exchange rate|fx rate|conversion rate|kurs|wechselkurs|taux|taux de change|tipo de cambio|cambio|koers|obs value|value',
    },
    // Put together by the import room where a list says its pairs above the rows, in its name or in the names of its columns.
    {
      key: 'pairs',
      label: 'Rates of pairs',
      type: 'longtext',
      exact: true,
      weight: 5,
      synonyms: 'rates of pairs',
    },
    ...wide,
  ],
  hints: {
    files: 'rate|rates|eurofxref|fx|exchange|currencies|wechselkurse|kurse|taux|cambio|koersen',
    idPrefixes: {},
    noise: 'the|of|ecb|daily|reference',
    against:
      'account|account id|account name|customer|customer id|kunde|company|amount|betrag|category|product|product name|invoice|invoice number|stage|name|description|price|list price|quantity|mrr',
    needs: [
      ['onDate', 'currency', 'rate'],
      ['onDate', 'pairs'],
      ...COLUMNS.map((code) => ['onDate', code.toLowerCase()]),
    ],
  },
};
