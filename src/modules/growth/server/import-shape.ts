// How lists of expenses and of estimated spend look in the files of travel tools, accountants and sales teams.
import type { EntityShape, FieldShape } from '../../../kernel/server/importing.ts';

const account: FieldShape[] = [
  {
    key: 'accountId',
    label: 'Account (id)',
    type: 'id',
    role: 'account',
    exact: true,
    weight: 0.8,
    synonyms:
      'account id|accountid|account number|account no|customer id|customerid|customer number|customer no|client id|company id|cost object|kundennummer|kunden nr|kunden id|id client|code client|id cliente|código de cliente|codice cliente|klantnummer',
  },
  {
    key: 'accountName',
    label: 'Account (name)',
    type: 'text',
    role: 'account',
    exact: true,
    weight: 0.8,
    synonyms:
      'account|account name|customer|customer name|client|client name|company|company name|charged to|kunde|kundenname|firma|compte|client facturé|cliente|nombre del cliente|azienda|klant|klantnaam|klient|kund',
  },
];
const currency: FieldShape = {
  key: 'currency',
  label: 'Currency',
  type: 'currency',
  role: 'row-currency',
  exact: true,
  synonyms: 'currency|currency code|curr|währung|waehrung|devise|monnaie|moneda|divisa|valuta|moeda|waluta',
};

/** Lists of travel tools say for whom money was spent in texts, if at all. */
const WITHOUT_ACCOUNT =
  'No column names the account. Which one says for whom the money was spent? Until you choose it, an expense goes to the account whose name alone stands in its project, attendees or description, with a remark; the others are rejected.';

export const expensesShape: EntityShape = {
  entity: 'expenses',
  label: 'Expenses',
  fields: [
    {
      key: 'externalId',
      label: 'Id in the other system',
      type: 'id',
      role: 'external-id',
      exact: true,
      weight: 2,
      maxLength: 200,
      synonyms:
        'expense id|expenseid|expense no|receipt no|receipt number|receipt id|voucher no|report line id|belegnummer|beleg nr|spesen id|n° de reçu|número de recibo|numero ricevuta|bonnummer',
    },
    ...account,
    {
      key: 'spentOn',
      label: 'Day',
      type: 'date',
      exact: true,
      required: true,
      weight: 1,
      synonyms:
        'spent on|expense date|timestamp|date of expense|transaction date|receipt date|date|day|posting date|datum|belegdatum|buchungsdatum|ausgabedatum|date de la dépense|date de dépense|fecha|fecha del gasto|data|data spesa|data della spesa|datum uitgave',
    },
    {
      key: 'amount',
      label: 'Amount',
      type: 'money',
      required: true,
      signed: true,
      weight: 1.2,
      synonyms:
        'amount|expense amount|cost|costs|spent|total|gross amount|net amount|sum|betrag|ausgabe|ausgaben|kosten|summe|montant|dépense|coût|importe|gasto|coste|importo|spesa|costo|valor|despesa|bedrag|uitgave|kwota|belopp',
      not: 'deal amount|opportunity amount|invoice amount|mrr amount|arr amount',
    },
    currency,
    {
      key: 'kind',
      label: 'Kind',
      type: 'choice',
      exact: true,
      weight: 1,
      synonyms:
        'kind|expense type|expense category|category|type|cost type|spend category|kategorie|art|ausgabenart|kostenart|spesenart|catégorie|type de dépense|categoría|tipo de gasto|categoria|tipo di spesa|categorie|soort',
      options: [
        {
          value: 'travel',
          words:
            'travel|flight|flights|airfare|hotel|lodging|train|taxi|mileage|car|rental car|parking|transport|accommodation|reise|reisekosten|flug|bahn|hotelkosten|fahrt|kilometer|voyage|déplacement|train avion|viaje|viajes|vuelo|viaggio|trasferta|volo|viagem|reis|reiskosten|podróż',
        },
        {
          value: 'entertainment',
          words:
            'entertainment|meals|meal|dinner|lunch|hospitality|gift|gifts|event|events|catering|bewirtung|essen|geschenk|geschenke|veranstaltung|repas|invitation|cadeau|comida|comidas|regalo|representación|pasti|pranzo|cena|omaggi|representação|diner|representatie',
        },
        {
          value: 'time',
          words:
            'time|hours|labour|labor|staff|working time|support hours|consulting hours|arbeitszeit|stunden|personal|personalkosten|heures|temps|horas|tiempo|ore|tempo|uren|tijd',
        },
        {
          value: 'concession',
          words:
            'concession|concessions|credit|goodwill|rebate|discount|kulanz|gutschrift|rabatt|nachlass|geste commercial|remise|avoir|concesión|bonificación|descuento|concessione|sconto|abbuono|concessão|korting',
        },
        {
          value: 'marketing',
          words:
            'marketing|advertising|sponsoring|sponsorship|campaign|werbung|messe|publicité|publicidad|pubblicità|reclame',
        },
        {
          value: 'other',
          words: 'other|misc|miscellaneous|sonstiges|andere|autre|autres|divers|otros|altro|altri|outros|overig|inne',
        },
      ],
    },
    {
      key: 'description',
      label: 'Description',
      type: 'text',
      exact: true,
      maxLength: 1000,
      synonyms:
        'description|purpose|business purpose|report purpose|reason|note|notes|comment|details|text|business purpose|beschreibung|zweck|anlass|verwendungszweck|bemerkung|motif|objet|descripción|motivo|concepto|descrizione|causale|descrição|omschrijving|opis',
    },
    {
      key: 'project',
      label: 'Project or tag',
      type: 'text',
      exact: true,
      weight: 0.6,
      maxLength: 300,
      synonyms:
        'project|project name|projekt|projektname|tag|tags|charge code|engagement|job|matter|custom 1|projet|proyecto|progetto|projeto|zlecenie',
    },
    {
      key: 'attendees',
      label: 'Attendees',
      type: 'longtext',
      exact: true,
      weight: 0.8,
      maxLength: 2000,
      synonyms:
        'attendees|attendee|attendee names|attendee name|attendee company|attendee details|guests|guest|participants|teilnehmer|bewirtete personen|gäste|invités|convives|asistentes|invitados|partecipanti|convidados|aanwezigen|uczestnicy',
    },
    {
      key: 'merchant',
      label: 'Paid to',
      type: 'text',
      exact: true,
      weight: 0.6,
      maxLength: 300,
      synonyms:
        'merchant|merchant name|vendor|vendor name|vendor description|supplier|payee|paid to|händler|lieferant|empfänger|commerçant|fournisseur|proveedor|comercio|fornitore|esercente|leverancier',
    },
    {
      key: 'memberEmail',
      label: 'Who spent it (e-mail)',
      type: 'email',
      role: 'member',
      exact: true,
      weight: 0.5,
      synonyms:
        'employee email|member email|spent by email|user email|traveller email|traveler email|e mail mitarbeiter|email employé|email empleado',
    },
    {
      key: 'memberName',
      label: 'Who spent it (name)',
      type: 'text',
      role: 'member',
      exact: true,
      weight: 0.6,
      maxLength: 200,
      synonyms:
        'employee|employee name|member|spent by|paid by|traveller|traveler|submitted by|claimant|mitarbeiter|mitarbeitername|reisender|employé|collaborateur|empleado|dipendente|funcionário|medewerker|pracownik',
    },
  ],
  hints: {
    files:
      'expense|expenses|spesen|reisekosten|travel|costs|expense report|kosten|ausgaben|dépenses|frais|notes de frais|gastos|spese|despesas|onkosten|declaraties|wydatki',
    idPrefixes: {},
    noise: 'expense|the|of|de|del|der|des|du|in|report',
    against:
      'stage|deal stage|close date|probability|mrr|mrr amount|arr|arr amount|seats|plan tier|subscription id|invoice number|invoice id|due date|contract number|list price|sales price|website|industry|first name|last name|title|billing frequency|end date|estimated spend|wallet',
    needs: [
      ['amount', 'accountId', 'spentOn'],
      ['amount', 'accountName', 'spentOn'],
      ['amount', 'spentOn', 'kind', 'project'],
      ['amount', 'spentOn', 'kind', 'attendees'],
      ['amount', 'spentOn', 'kind', 'merchant'],
      ['amount', 'spentOn', 'kind', 'memberName'],
    ],
  },
  tells: [{ without: 'accountName', text: WITHOUT_ACCOUNT }],
};

export const walletShape: EntityShape = {
  entity: 'wallet-estimates',
  label: 'Wallet estimates',
  fields: [
    {
      key: 'externalId',
      label: 'Id in the other system',
      type: 'id',
      role: 'external-id',
      exact: true,
      weight: 1,
      maxLength: 200,
      synonyms: 'estimate id|wallet id|wallet estimate id|schätzung id|id estimation|id estimación',
    },
    ...account,
    {
      key: 'series',
      label: 'Category (series)',
      type: 'text',
      exact: true,
      weight: 0.8,
      maxLength: 200,
      synonyms:
        'category|spend category|series|product series|product line|product group|kategorie|warengruppe|produktgruppe|catégorie|gamme|categoría|categoria|linea|categorie',
    },
    {
      key: 'spend',
      label: 'Spend in a year',
      type: 'money',
      required: true,
      weight: 2,
      synonyms:
        'spend|annual spend|yearly spend|total spend|wallet|wallet size|total wallet|estimated spend|estimated wallet|category spend|budget for category|addressable spend|external spend|einkaufsvolumen|jahresbedarf|ausgaben im jahr|gesamtausgaben|bedarf|geschätzte ausgaben|dépense annuelle|budget annuel|gasto anual|gasto total|spesa annua|spesa totale|gasto estimado|jaarlijkse uitgaven',
      not: 'our revenue|our share|amount spent with us',
    },
    currency,
    {
      key: 'estimatedOn',
      label: 'Estimated on',
      type: 'date',
      exact: true,
      weight: 0.8,
      synonyms:
        'estimated on|estimate date|as of|as of date|date|date of estimate|stand|geschätzt am|stichtag|datum|date de l estimation|estimé le|fecha|fecha de estimación|data stima|data|datum schatting',
    },
    {
      key: 'source',
      label: 'Source',
      type: 'text',
      exact: true,
      weight: 1,
      maxLength: 500,
      synonyms:
        'source|source of estimate|basis|evidence|reference|quelle|grundlage|beleg|origine|fuente|fonte|bron|źródło',
    },
    {
      key: 'confidence',
      label: 'Confidence',
      type: 'choice',
      exact: true,
      weight: 1.2,
      synonyms:
        'confidence|confidence level|certainty|reliability|sicherheit|vertrauen|güte|confiance|fiabilité|confianza|fiabilidad|affidabilità|confiança|betrouwbaarheid',
      options: [
        {
          value: 'low',
          words: 'low|guess|weak|1|niedrig|gering|schätzung|faible|baja|bajo|bassa|basso|baixa|laag|niska',
        },
        {
          value: 'medium',
          words: 'medium|mid|moderate|fair|2|mittel|moyenne|moyen|media|medio|média|gemiddeld|średnia',
        },
        {
          value: 'high',
          words: 'high|sure|certain|confirmed|strong|3|hoch|sicher|élevée|haute|fort|alta|alto|elevata|hoog|wysoka',
        },
      ],
    },
    {
      key: 'note',
      label: 'Note',
      type: 'longtext',
      exact: true,
      maxLength: 5000,
      synonyms: 'note|notes|comment|comments|remark|notiz|bemerkung|kommentar|commentaire|nota|notas|opmerking',
    },
  ],
  hints: {
    files: 'wallet|share of wallet|wallets|spend|spend analysis|estimates|potenziale|einkaufsvolumen|bedarf',
    idPrefixes: {},
    noise: 'the|of|estimate|estimated|in|per|year|a|de|der|des',
    against:
      'stage|close date|probability|mrr|arr|subscription id|invoice number|receipt number|expense type|employee|list price|sales price|website|first name|last name|email|end date|start date|contract number',
    needs: [
      ['spend', 'accountId'],
      ['spend', 'accountName'],
    ],
  },
};
