// What lists of subscriptions, invoices and payments have in common: how they name the account and the currency.
import type { FieldShape } from '../../../kernel/server/importing.ts';

const ACCOUNT_ID =
  'account id|account number|account no|account code|account key|account ref|account|customer id|customerid|customer number|customer no|customer code|customer key|customer ref|client id|client number|company id|organization id|organisation id|kundennummer|kunden nr|kunden id|debitor|debitorennummer|debitor nr|kontonummer|no client|numéro client|code client|id client|id cliente|código cliente|codice cliente|número de cliente|klantnummer|numer klienta|kundenr|account account number|customers id|customer';
const ACCOUNT_NAME =
  'account name|customer name|customer|customer company|customer organization|customer organisation|company|company name|client|client name|organization|organisation|organization name|bill to|billed to|sold to|invoiced to|billing company|account company name|customers company|account account name|customer description|kunde|kundenname|firma|firmenname|rechnungsempfänger|nom du client|client nom|société|entreprise|cliente|nombre del cliente|nombre cliente|empresa|ragione sociale|nome cliente|nome do cliente|klant|klantnaam|klient|nazwa klienta|kund|kundenavn|nabywca|kontrahent|odbiorca|köpare|køber|vevő|odběratel|asiakas|müşteri|zákazník|ügyfél|πελάτης|клиент|заказчик|顧客|顧客名|取引先|取引先名|会社名|客户|客户名称|公司名称|고객|고객명';
const CURRENCY =
  'currency|document currency|doc currency|belegwährung|currency code|currencycode|currency iso code|iso currency|billing currency|ccy|cur|währung|waehrung|devise|monnaie|moneda|divisa|valuta|moeda|waluta|валюта|通貨|货币';

export const accountFields: FieldShape[] = [
  {
    key: 'accountId',
    label: 'Account (id)',
    type: 'id',
    role: 'account',
    exact: true,
    weight: 0.5,
    maxLength: 200,
    synonyms: ACCOUNT_ID,
  },
  {
    key: 'accountName',
    label: 'Account (name)',
    type: 'text',
    role: 'account',
    exact: true,
    weight: 0.5,
    maxLength: 300,
    // A bare “account” may be that of a ledger or a bank: every other name goes before it.
    synonyms: `${ACCOUNT_NAME}|account`,
    not: 'product|plan',
  },
];
/** The same, where lists call an account by still other names. */
export const withNames = (names: string, not = ''): FieldShape[] =>
  accountFields.map((field) =>
    field.key === 'accountName' ? { ...field, synonyms: `${ACCOUNT_NAME}|${names}|account` } : { ...field, not },
  );
export const currencyField: FieldShape = {
  key: 'currency',
  label: 'Currency',
  type: 'currency',
  role: 'row-currency',
  exact: true,
  weight: 0.3,
  synonyms: CURRENCY,
};
