// How lists of contracts and of their lines look: exports of contract management, CPQ and ERP systems, and lists that people keep by hand.
import type { EntityShape, FieldShape } from '../../../kernel/server/importing.ts';

const CONTRACT =
  'contract id|contract no|contract number|contract ref|contract reference|contract key|contract code|agreement id|agreement number|agreement no|vertragsnummer|vertrag nr|vertrags id|vertrags nr|numéro de contrat|id contrat|número de contrato|id contrato|numero contratto|contractnummer|numer umowy|avtalsnummer|n contrat|no contrat|n de contrat|contrat n|référence contrat|nº contrato|n contrato|contrato nº|vertrag nummer|vertragsnr|合同编号|契約番号';
const account: FieldShape[] = [
  {
    key: 'accountId',
    label: 'Account (id)',
    type: 'id',
    role: 'account',
    exact: true,
    weight: 0.5,
    maxLength: 200,
    synonyms:
      'account id|account number|account no|account ref|customer id|customer number|customer no|customer ref|client id|company id|kundennummer|kunden id|debitor|debitorennummer|code client|id client|id cliente|klantnummer',
  },
  {
    key: 'accountName',
    label: 'Account (name)',
    type: 'text',
    role: 'account',
    exact: true,
    weight: 0.5,
    maxLength: 300,
    synonyms:
      'account|account name|customer|customer name|client|client name|company|company name|counterparty|counterparty name|contracting party|kunde|kundenname|firma|vertragspartner|client nom|nom du client|cliente|klant',
    not: 'product|contract name',
  },
];
const name = (key: string, role?: FieldShape['role']): FieldShape => ({
  key,
  label: 'Name of the contract',
  type: 'text',
  ...(role ? { role } : {}),
  exact: true,
  weight: 1,
  maxLength: 300,
  synonyms:
    'contract name|contract title|agreement title|title|contract|agreement|agreement name|vertrag|vertragsname|vertragsbezeichnung|nom du contrat|contrat|nombre del contrato|contrato|nome contratto|contratto|objet|objet du contrat|intitulé|objeto|oggetto|subject|bezeichnung|contract description',
});
const terms: FieldShape[] = [
  {
    key: 'termMonths',
    label: 'Term in months',
    type: 'integer',
    exact: true,
    weight: 1.5,
    synonyms:
      'renewal term|renewal term months|verlängerung um|verlängerung um monate|verlängerungszeitraum|durée de renouvellement|term months|term|contract term|term in months|contract term months|laufzeit|laufzeit monate|laufzeit in monaten|vertragslaufzeit|vertragslaufzeit monate|durée|durée mois|durée en mois|durée du contrat|plazo|plazo meses|duración|duración meses|durata|durata mesi|looptijd|looptijd maanden|initial term|initial term months',
    duration: 'months',
  },
  {
    key: 'noticeDays',
    label: 'Notice period in days',
    type: 'integer',
    exact: true,
    weight: 3,
    synonyms:
      'notice days|notice period|renewal notice period|renewal notice|renewal notice days|non renewal notice|non renewal notice period|termination notice period|notice period days|notice|days of notice|cancellation notice|cancellation period|termination notice|kündigungsfrist|kündigungsfrist tage|kündigungsfrist monate|kündigungsfrist wochen|kündigungsfrist in tagen|kündigungsfrist in monaten|kündigung frist|kündigung frist monate|notice months|notice period months|notice weeks|notice period weeks|notice period in months|préavis|préavis jours|préavis mois|délai de préavis|délai de préavis jours|délai de préavis mois|délai de résiliation|preaviso|preaviso días|preaviso meses|plazo de preaviso|preavviso|preavviso giorni|termine di disdetta|disdetta|aviso prévio|opzegtermijn|opzegtermijn maanden|opzegtermijn dagen|okres wypowiedzenia|uppsägningstid',
    duration: 'days',
  },
  {
    key: 'autoRenews',
    label: 'Renews by itself',
    type: 'boolean',
    exact: true,
    weight: 1.2,
    synonyms:
      'auto renew|auto renewal|auto renews|autorenew|automatic renewal|evergreen|automatische verlängerung|verlängerung automatisch|verlängert sich automatisch|renouvellement automatique|tacite reconduction|reconduction tacite|renovación automática|rinnovo automatico|tacito rinnovo|renovação automática|automatische verlenging|stilzwijgende verlenging',
  },
  {
    key: 'upliftPercent',
    label: 'Rise at renewal in percent',
    type: 'percent',
    exact: true,
    weight: 1.5,
    synonyms:
      'uplift|uplift percent|uplift %|price uplift|indexation|annual increase|price increase|escalator|preisanpassung|indexierung',
  },
  {
    key: 'signedOn',
    label: 'Signed on',
    type: 'date',
    exact: true,
    weight: 1,
    synonyms:
      'signed|signed on|signed date|signature date|date signed|unterzeichnet am|unterschrieben am|date de signature|signé le|fecha de firma|data firma|getekend op|vertragsdatum|abgeschlossen am',
  },
];
const currency: FieldShape = {
  key: 'currency',
  label: 'Currency',
  type: 'currency',
  role: 'row-currency',
  exact: true,
  weight: 0.3,
  synonyms:
    'currency|currency code|contract currency|iso currency|wert währung|währung|waehrung|devise|moneda|valuta|moeda',
};
const { role: _, ...contractCurrency } = currency;
const status: FieldShape = {
  key: 'status',
  label: 'Status',
  type: 'choice',
  exact: true,
  weight: 0.3,
  synonyms: 'status|contract status|state|vertragsstatus|statut|estado|stato',
  options: [
    { value: 'draft', words: 'draft|in approval process|pending|entwurf|brouillon|borrador' },
    {
      value: 'active',
      words:
        'active|activated|in force|signed|live|current|in effect|aktiv|laufend|läuft|ungekündigt|actif|en cours|en vigueur|vigente|activo|en curso|attivo|in corso|ativo|actief|lopend',
    },
    {
      value: 'ended',
      words:
        'ended|expired|closed|inactive|abgelaufen|beendet|expiré|échu|terminé|vencido|finalizado|scaduto|cessato|beëindigd|verlopen',
    },
    // Notice was given: it runs until its end and does not renew. With an end in the past it is over.
    {
      value: 'notice',
      words:
        'notice|cancelled|canceled|terminated|notice given|under notice|in notice|on notice|termination pending|pending cancellation|pending termination|cancellation pending|cancelling|churned|churning|not renewing|non renewing|nonrenewing|will not renew|not renewed|do not renew|gekündigt|kündigung|kündigung erhalten|ordentlich gekündigt|läuft aus|auslaufend|résilié|résiliée|résiliation|en résiliation|dénoncé|cancelado|cancelada|rescindido|en preaviso|disdetto|disdetta|disdettato|recesso|rescindido|opgezegd|wypowiedziana|uppsagd|opsagt|irtisanottu|feshedildi|расторгнут|解約|已终止',
    },
    { value: 'cancelled', words: 'void|voided|storniert|annulliert|annulé|annulée|anulado|annullato' },
  ],
};
/** What a contract is worth in whole, from its first day to its last. */
const TOTAL =
  'tcv|total contract value|contract value|total value|value of contract|contract total|contract sum|total contract amount|contract amount|total amount|total price|total|total fees|lifetime contract value|gesamtwert|vertragswert|gesamtvertragswert|vertragssumme|vertragsvolumen|auftragswert|auftragsvolumen|gesamtbetrag|gesamtsumme|valeur totale|valeur du contrat|valeur totale du contrat|montant total|montant du contrat|montant total ht|valor total|valor del contrato|valor do contrato|importe total|importe del contrato|valore totale|valore del contratto|valore contratto|importo totale|contractwaarde|totale waarde|totale contractwaarde|wartość umowy|kontraktsvärde|kontraktverdi|сумма договора';
/** Amounts that do not say what they are for. */
const VALUE = 'value|amount|wert|betrag|summe|valeur|montant|valor|importe|valore|importo|waarde|bedrag|wartość|kwota';

const AGAINST =
  'mrr|stage|probability|invoice|invoice number|trial|is trial|churn|email|subscription id|opportunity id|close date|list price|price list';

export const contractsShape: EntityShape = {
  entity: 'contracts',
  label: 'Contracts',
  fields: [
    {
      key: 'externalId',
      label: 'Contract id',
      type: 'id',
      role: 'external-id',
      exact: true,
      weight: 1.5,
      maxLength: 200,
      synonyms: `${CONTRACT}|id`,
    },
    {
      key: 'number',
      label: 'Number',
      type: 'text',
      exact: true,
      weight: 0.6,
      maxLength: 100,
      synonyms: 'number|document number|aktenzeichen|our reference',
    },
    name('name', 'name'),
    ...account,
    status,
    {
      key: 'startsOn',
      label: 'First day',
      type: 'date',
      exact: true,
      required: true,
      weight: 1,
      synonyms:
        'start|start date|starts on|contract start|contract start date|effective date|valid from|begin|beginn|vertragsbeginn|gültig ab|date de début|date d effet|date début|début|fecha de inicio|fecha inicio|data inizio|decorrenza|startdatum|ingangsdatum|laufzeitbeginn|laufzeit beginn|laufzeit von',
    },
    {
      key: 'endsOn',
      label: 'Last day',
      type: 'date',
      exact: true,
      weight: 1,
      synonyms:
        'end|end date|ends on|contract end|contract end date|expiry|expiry date|expiration date|valid to|valid until|ende|vertragsende|gültig bis|date de fin|fin|date d échéance|échéance|date fin|fecha de fin|fecha fin|vencimiento|fecha de vencimiento|data fine|scadenza|data scadenza|einddatum|laufzeitende|laufzeit ende|laufzeit bis',
    },
    ...terms,
    {
      key: 'notes',
      label: 'Notes',
      type: 'longtext',
      exact: true,
      maxLength: 20_000,
      synonyms: 'notes|note|comment|comments|description|special terms|bemerkung|bemerkungen|anmerkungen',
    },
    // A value of its own here: there is no amount in the row.
    contractCurrency,
  ],
  hints: {
    files: 'contract|contracts|agreement|agreements|vertrag|verträge|vertraege|contrats|contratos|contratti',
    idPrefixes: { '800': 3 },
    noise: 'the|of|contract',
    against: `${AGAINST}|unit price|quantity|product|acv|arr|annual contract value|annual value|annual amount|jahreswert|montant annuel|montant annuel ht|importe anual|valor anual|valore annuo|${TOTAL}|${VALUE}`,
    needs: [
      ['externalId', 'startsOn'],
      ['name', 'startsOn'],
      ['accountName', 'startsOn', 'noticeDays'],
      ['number', 'startsOn', 'noticeDays'],
    ],
  },
};

export const linesShape: EntityShape = {
  entity: 'contractLines',
  label: 'Contract lines',
  fields: [
    {
      key: 'externalId',
      label: 'Line id',
      type: 'id',
      role: 'external-id',
      exact: true,
      weight: 1.5,
      maxLength: 200,
      synonyms:
        'contract line id|contract line|line id|line item id|contract item id|position id|contract position|vertragsposition|positionsnummer',
    },
    {
      key: 'contract',
      label: 'Contract (id or number)',
      type: 'id',
      exact: true,
      weight: 2,
      maxLength: 200,
      synonyms: CONTRACT,
    },
    name('contractName'),
    ...account,
    {
      key: 'product',
      label: 'Product',
      type: 'text',
      exact: true,
      weight: 0.8,
      maxLength: 300,
      synonyms:
        'product|product name|product code|product id|sku|item|item name|article|service|module|produkt|artikel|artikelnummer|leistung|produit|producto|prodotto',
    },
    {
      key: 'description',
      label: 'Description',
      type: 'text',
      exact: true,
      weight: 0.3,
      maxLength: 2000,
      synonyms: 'description|line description|item description|text|bezeichnung|beschreibung|libellé|descripción',
    },
    {
      key: 'quantity',
      label: 'Quantity',
      type: 'decimal',
      exact: true,
      weight: 0.6,
      synonyms: 'quantity|qty|seats|units|licenses|licences|menge|anzahl|quantité|cantidad|quantità',
    },
    {
      key: 'unitPrice',
      label: 'Price of a unit',
      type: 'money',
      exact: true,
      weight: 1.2,
      synonyms:
        'unit price|price per unit|price|sales price|net price|contract price|einzelpreis|stückpreis|preis|prix unitaire|precio unitario|prezzo unitario',
    },
    {
      key: 'yearly',
      label: 'Value of a year',
      type: 'money',
      exact: true,
      weight: 3,
      synonyms:
        'annual value|arr|wert acv|annualized value|annual amount|annual contract value|acv|yearly value|yearly amount|value per year|contract value per year|annual fee|jahreswert|jahresbetrag|jahresvertragswert|wert pro jahr|jährlicher wert|vertragswert pro jahr|valeur annuelle|montant annuel|montant annuel ht|valor anual|importe anual|valore annuo|importo annuo|canone annuo|jaarwaarde|jaarbedrag',
    },
    {
      key: 'total',
      label: 'Value of the whole term',
      type: 'money',
      exact: true,
      weight: 2.5,
      synonyms: TOTAL,
      not: 'annual total|total per year',
    },
    {
      key: 'value',
      label: 'Value, of the year or the whole term',
      type: 'money',
      exact: true,
      weight: 1,
      synonyms: VALUE,
    },
    {
      key: 'discount',
      label: 'Discount in percent',
      type: 'percent',
      exact: true,
      weight: 0.8,
      synonyms: 'discount|discount %|discount percent|rebate|rabatt|rabatt %|remise|descuento|sconto',
    },
    {
      key: 'billing',
      label: 'Billed by',
      type: 'choice',
      exact: true,
      weight: 0.8,
      synonyms:
        'billing|billing period|billing frequency|billing cycle|billed|unit of billing|abrechnung|abrechnungszeitraum|facturation|facturación',
      options: [
        { value: 'month', words: 'month|monthly|per month|monat|monatlich|mensuel|mensual|mensile' },
        { value: 'quarter', words: 'quarter|quarterly|per quarter|quartal|vierteljährlich|trimestriel|trimestral' },
        {
          value: 'half_year',
          words: 'half year|half yearly|semi annual|semiannual|biannual|halbjährlich|semestriel|semestral',
        },
        { value: 'year', words: 'year|yearly|annual|annually|per year|jahr|jährlich|annuel|anual|annuale' },
        { value: 'once', words: 'once|one off|one time|one-off|one-time|single|einmalig|unique|único' },
      ],
    },
    {
      key: 'startsOn',
      label: 'First day',
      type: 'date',
      exact: true,
      required: true,
      weight: 0.8,
      synonyms:
        'start|start date|starts on|line start|service start|contract start|contract start date|valid from|beginn|vertragsbeginn|gültig ab|date de début|date d effet|date début|début|effective date|contract effective date|begin|fecha de inicio|fecha inicio|data inizio|decorrenza|ingangsdatum|laufzeitbeginn|laufzeit beginn|laufzeit von',
    },
    {
      key: 'endsOn',
      label: 'Last day',
      type: 'date',
      exact: true,
      weight: 0.8,
      synonyms:
        'end|end date|ends on|line end|service end|contract end|contract end date|expiry date|valid to|valid until|ende|vertragsende|gültig bis|date de fin|fin|date d échéance|échéance|date fin|expiration date|expiry|fecha de fin|fecha fin|vencimiento|fecha de vencimiento|data fine|scadenza|data scadenza|einddatum|laufzeitende|laufzeit ende|laufzeit bis',
    },
    status,
    ...terms,
    currency,
  ],
  hints: {
    files:
      'contract|contracts|contract line|contract lines|contract items|contract products|vertrag|verträge|vertragspositionen',
    idPrefixes: { '810': 3 },
    noise: 'the|of|line|contract|vertrag|contrat|contrato',
    against: AGAINST,
    needs: [
      ['contract', 'unitPrice'],
      ['contract', 'yearly'],
      ['contractName', 'unitPrice'],
      ['contractName', 'yearly'],
      ['contract', 'total'],
      ['contractName', 'total'],
      ['contract', 'value', 'startsOn'],
      ['contractName', 'value', 'startsOn', 'endsOn'],
      ['accountName', 'yearly', 'startsOn', 'noticeDays'],
      ['accountName', 'total', 'startsOn', 'noticeDays'],
      ['accountId', 'yearly', 'startsOn', 'noticeDays'],
      ['accountId', 'total', 'startsOn', 'noticeDays'],
    ],
  },
};
