// How lists of invoices look: exports of billing and accounting systems, a row an invoice or a row a line of one.
import type { EntityShape } from '../../../kernel/server/importing.ts';
import { currencyField, withNames } from './import-fields.ts';

export const invoicesShape: EntityShape = {
  entity: 'invoices',
  label: 'Invoices',
  fields: [
    {
      key: 'externalId',
      label: 'Id in the other system',
      type: 'id',
      role: 'external-id',
      exact: true,
      weight: 0.8,
      maxLength: 200,
      synonyms:
        'invoice id|invoiceid|invoice key|invoice uuid|document id|bill id|rechnung id|rechnungs id|id facture|id factura|id fattura|id fatura|id',
      not: 'account id|customer id|subscription id|payment id|order id|charge id',
    },
    {
      key: 'number',
      label: 'Number',
      type: 'id',
      role: 'name',
      exact: true,
      weight: 2,
      maxLength: 100,
      synonyms:
        'invoice number|invoice no|invoice nr|invoicenumber|invoice|invoice ref|invoice reference|invoice num|num|rechnungs nr|re nr|bill number|bill no|document number|document no|doc number|number|rechnungsnummer|rechnungsnr|rechnung nr|rechnung|belegnummer|beleg nr|numéro de facture|n° facture|no facture|facture|número de factura|núm factura|num factura|nº factura|factura nº|factura|numero fattura|n fattura|fattura|número da fatura|fatura|nota fiscal|factuurnummer|factuur|numer faktury|faktura|fakturanummer|номер счета|发票号|請求書番号|송장 번호',
      not: 'account number|customer number|order number|po number|payment number|phone number',
    },
    // The code of an account of the ledger, beside the customer.
    ...withNames('contact name|contact|name|kontakt', 'account code'),
    {
      key: 'issuedOn',
      label: 'Issued on',
      type: 'date',
      exact: true,
      required: true,
      weight: 1.2,
      synonyms:
        'invoice date|issued on|issue date|issued at|issued|date issued|date of issue|date of invoice|bill date|billed on|document date|posted date|posting date|finalized at|date|created|created at|created utc|rechnungsdatum|belegdatum|ausgestellt am|datum|date de facture|date de facturation|date d émission|fecha de factura|fecha de emisión|fecha|data fattura|data emissione|data da fatura|data de emissão|factuurdatum|data faktury|data wystawienia|fakturadatum|дата счета|发票日期|請求日',
      not: 'due date|paid date|payment date|birth date|start date|end date',
    },
    {
      key: 'dueOn',
      label: 'Due on',
      type: 'date',
      exact: true,
      weight: 1.5,
      synonyms:
        'due date|net due date|net due|nettofälligkeit|netto fälligkeit|due date receive by|due on|due at|due|payment due|payment due date|due date utc|fällig am|fälligkeit|fälligkeitsdatum|zahlbar bis|date d échéance|échéance|fecha de vencimiento|vencimiento|data scadenza|scadenza|data de vencimento|vencimento|vervaldatum|termin płatności|förfallodatum|forfallsdato|срок оплаты|到期日|支払期限',
    },
    {
      key: 'amount',
      label: 'Amount',
      type: 'money',
      exact: true,
      weight: 1,
      synonyms:
        'net amount|amount net|wartość netto|nettowert|montant ht|total ht|base imponible|imponibile|importe neto|netto|nettobetrag|kwota netto|netto bedrag|betrag netto|netto betrag|summe netto|gesamt netto|montant total ht|importe base|total sin iva|totale netto|imponibile totale|net total|subtotal|amount excluding tax|total excluding tax|amount without tax|total net|amount|total|amount in document currency|amount in doc curr|amount in doc currency|amount in local currency|amount in local cur|document amount|betrag in belegwährung|betrag in hauswährung|invoice amount|invoice total|total amount|amount due|grand total|gross amount|sum|value|betrag|nettobetrag|rechnungsbetrag|gesamtbetrag|betrag brutto|summe|netto|montant|montant ht|total ht|montant total|importe|importe neto|importe total|base imponible|importo|imponibile|totale|valor|valor total|bedrag|netto bedrag|totaal|kwota|kwota netto|wartość brutto|belopp|summa|сумма|金额|金額|금액',
      not: 'tax amount|vat amount|amount paid|paid amount|discount amount|refunded amount|unit price|tax',
    },
    {
      key: 'lineAmount',
      label: 'Amount of the line',
      type: 'money',
      exact: true,
      weight: 1.2,
      synonyms:
        'line amount|line total|line net amount|line net|net line amount|line subtotal|line value|line item amount|line item total|item amount|item total|item net amount|item subtotal|amount line|extended amount|extended price|extension|ext price|position total|positionsbetrag|positionssumme|position netto|zeilenbetrag|zeilensumme|gesamtpreis position|montant ligne|montant de la ligne|total ligne|total ligne ht|montant ligne ht|importe línea|importe de línea|total línea|importo riga|totale riga|valor da linha|total da linha|regelbedrag|regeltotaal|wartość pozycji|kwota pozycji',
    },
    {
      key: 'quantity',
      label: 'Quantity of the line',
      type: 'decimal',
      exact: true,
      weight: 0.2,
      synonyms:
        'quantity|qty|item quantity|line quantity|line item quantity|item qty|units|hours|menge|anzahl|stück|quantité|qté|cantidad|quantità|quantidade|aantal|ilość|antal|数量',
    },
    {
      key: 'unitPrice',
      label: 'Price of one in the line',
      type: 'money',
      exact: true,
      weight: 0.2,
      synonyms:
        'unit amount|unit price|unit cost|rate|item rate|item price|line rate|line item price|sales price|price|price each|unit net price|einzelpreis|stückpreis|preis|prix unitaire|prix unitaire ht|p u ht|pu ht|precio unitario|precio|prezzo unitario|prezzo|preço unitário|stukprijs|prijs|cena jednostkowa|à pris|単価',
    },
    currencyField,
    {
      key: 'status',
      label: 'Status',
      type: 'choice',
      exact: true,
      few: true,
      weight: 0.4,
      synonyms: 'status|state|invoice status|payment status|rechnungsstatus|zahlungsstatus|statut|estado|stato|stav',
      options: [
        {
          value: 'draft',
          words: 'draft|pending|submitted|awaiting approval|entwurf|brouillon|borrador|bozza|rascunho',
        },
        {
          value: 'open',
          words:
            'open|unpaid|awaiting payment|authorised|authorized|approved|due|not paid|payment due|overdue|past due|sent|issued|posted|outstanding|partially paid|partial|offen|überfällig|teilweise bezahlt|versendet|ouverte|impayée|en retard|pendiente|vencida|aperta|da pagare|aberta|openstaand|otwarta|niezapłacona',
        },
        {
          value: 'paid',
          words:
            'paid|settled|closed|complete|completed|paid in full|bezahlt|beglichen|ausgeglichen|payée|réglée|pagada|pagata|paga|betaald|zapłacona|betald',
        },
        {
          value: 'void',
          words:
            'void|voided|cancelled|canceled|reversed|deleted|storniert|annulliert|annulée|anulada|annullata|cancelada|geannuleerd|anulowana',
        },
        {
          value: 'uncollectible',
          words:
            'uncollectible|written off|write off|bad debt|failed|not collectible|uneinbringlich|ausgebucht|irrécouvrable|incobrable|inesigibile',
        },
      ],
    },
    {
      key: 'paidOn',
      label: 'Paid on',
      type: 'date',
      exact: true,
      weight: 0.8,
      synonyms:
        'paid on|clearing date|cleared on|ausgleichsdatum|ausgleich|paid at|paid date|date paid|payment date|settled on|settlement date|bezahlt am|zahlungsdatum|payée le|date de paiement|pagada el|fecha de pago|pagata il|data pagamento|data de pagamento|betaald op|betaaldatum|data zapłaty',
    },
    {
      key: 'recurring',
      label: 'Recurring',
      type: 'boolean',
      exact: true,
      weight: 0.8,
      synonyms:
        'recurring|is recurring|recurring invoice|subscription invoice|is subscription|wiederkehrend|abo rechnung|récurrent|recurrente|ricorrente|recorrente|terugkerend|cykliczna',
    },
    {
      key: 'periodFrom',
      label: 'For the period from',
      type: 'date',
      exact: true,
      weight: 0.8,
      synonyms:
        'period start|line item period start|line period start|period from|minimum line item period start|service period start|service from|service start|billing period start|period start date|covered from|leistungszeitraum von|leistung von|zeitraum von|période du|début de période|periodo desde|inicio del periodo|periodo dal|período de|periode van|okres od',
    },
    {
      key: 'periodTo',
      label: 'For the period to',
      type: 'date',
      exact: true,
      weight: 0.8,
      synonyms:
        'period end|line item period end|line period end|period to|maximum line item period end|service period end|service to|service end|billing period end|period end date|covered to|leistungszeitraum bis|leistung bis|zeitraum bis|période au|fin de période|periodo hasta|fin del periodo|periodo al|período até|periode tot|okres do',
    },
    {
      key: 'plan',
      label: 'Product or plan',
      type: 'text',
      exact: true,
      weight: 0.3,
      maxLength: 300,
      synonyms:
        'product|product name|plan|plan name|item|product service|item product service|product service name|product or service|item name|inventory item|line item|line item name|description|item description|memo description|line description|line item description|produkt|leistung|artikel|beschreibung|produit|désignation|producto|descripción|prodotto|descrizione|produto|omschrijving',
    },
  ],
  hints: {
    files: 'invoice|invoices|rechnung|rechnungen|factures|facturas|fatture|faturas|facturen|faktury|billing',
    idPrefixes: { in_: 0.5 },
    noise: 'the|of|utc|invoice|net|gross|usd|eur|gbp|excl|incl',
    against:
      'stage|probability|mrr|arr|close date|first name|last name|list price|notice period|payment id|payment method|expense|seats',
    needs: [
      ['number', 'issuedOn', 'amount', 'accountId'],
      ['number', 'issuedOn', 'amount', 'accountName'],
      ['number', 'issuedOn', 'lineAmount', 'accountId'],
      ['number', 'issuedOn', 'lineAmount', 'accountName'],
      ['number', 'issuedOn', 'quantity', 'unitPrice', 'accountId'],
      ['number', 'issuedOn', 'quantity', 'unitPrice', 'accountName'],
    ],
  },
};
