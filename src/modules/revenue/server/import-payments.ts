// How lists of payments look: exports of payment systems and of accounting, and bank lists.
import type { EntityShape } from '../../../kernel/server/importing.ts';
import { currencyField, withNames } from './import-fields.ts';

export const paymentsShape: EntityShape = {
  entity: 'payments',
  label: 'Payments',
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
        'payment id|paymentid|payment number|payment no|transaction id|transaction number|receipt number|receipt no|receipt id|charge id|payment key|zahlungs id|zahlungsnummer|transaktionsnummer|id paiement|id pago|id pagamento|betalingskenmerk|id',
      not: 'account id|customer id|invoice id|subscription id',
    },
    ...withNames('contact name|contact|payer|paid by customer|kontakt|zahler|auftraggeber'),
    {
      key: 'invoice',
      label: 'Invoice',
      type: 'id',
      exact: true,
      weight: 0.8,
      maxLength: 200,
      synonyms:
        'invoice number|invoice no|invoice|invoice id|invoice ref|applied to invoice|applied to|for invoice|rechnungsnummer|rechnung|rechnung nr|numéro de facture|facture|número de factura|factura|numero fattura|fattura|fatura|factuurnummer|numer faktury',
    },
    {
      key: 'receivedOn',
      label: 'Received on',
      type: 'date',
      exact: true,
      required: true,
      weight: 1.5,
      synonyms:
        'payment date|paid on|paid at|date paid|received on|received at|date received|receipt date|transaction date|value date|booking date|settled at|zahlungsdatum|zahlungseingang|bezahlt am|eingang am|wertstellung|wertstellungstag|valuta|valutadatum|buchungsdatum|buchungstag|booking day|posting date|date de paiement|payé le|fecha de pago|fecha de cobro|data pagamento|data de pagamento|betaaldatum|data płatności|date|datum|created date|created date utc|created utc|created',
      not: 'invoice date|due date|issue date',
    },
    {
      key: 'amount',
      label: 'Amount',
      type: 'money',
      exact: true,
      required: true,
      weight: 1,
      synonyms:
        'payment amount|amount paid|paid amount|amount received|received amount|amount|total|sum|zahlungsbetrag|gezahlter betrag|betrag|montant payé|montant|importe pagado|importe|importo pagato|importo|valor pago|valor|betaald bedrag|bedrag|kwota|belopp',
      not: 'invoice amount|invoice total|amount due|tax amount|fee amount',
    },
    currencyField,
    {
      key: 'method',
      label: 'Paid by',
      type: 'text',
      exact: true,
      few: true,
      weight: 1,
      maxLength: 100,
      synonyms:
        'payment method|method|paid by|payment type|payment method type|zahlungsart|zahlungsmethode|zahlungsmittel|moyen de paiement|mode de paiement|método de pago|forma de pago|metodo di pagamento|método de pagamento|betaalwijze|metoda płatności',
    },
    {
      key: 'state',
      label: 'State',
      type: 'choice',
      exact: true,
      few: true,
      weight: 0.3,
      synonyms: 'status|state|payment status|payment state|zahlungsstatus|statut|estado|stato',
      options: [
        {
          value: 'received',
          words:
            'paid|received|succeeded|successful|success|complete|completed|settled|captured|cleared|applied|reconciled|processed|partially refunded|bezahlt|eingegangen|verbucht|payé|encaissé|pagado|cobrado|pagato|incassato|betaald',
        },
        {
          value: 'failed',
          words:
            'failed|declined|canceled|cancelled|void|voided|error|blocked|expired|chargeback|bounced|returned|refunded|requires payment method|fehlgeschlagen|abgelehnt|storniert|rücklastschrift|échoué|refusé|fallido|rechazado|fallito|rifiutato|mislukt',
        },
        {
          value: 'pending',
          words:
            'pending|open|processing|in transit|uncaptured|requires action|incomplete|authorized|offen|ausstehend|en attente|pendiente|in attesa',
        },
      ],
    },
    {
      key: 'reference',
      label: 'Reference',
      type: 'text',
      exact: true,
      weight: 0.4,
      maxLength: 200,
      synonyms:
        'payment reference|reference|remittance|remittance information|memo|purpose|verwendungszweck|referenz|référence|referencia|riferimento|referência|omschrijving',
    },
  ],
  // A payment that failed is no money.
  complete: (values) =>
    values.state === 'failed'
      ? [{ weight: 'reject', field: 'state', code: 'not_received', message: 'The payment failed: no money came in.' }]
      : null,
  hints: {
    files:
      'payment|payments|unified payments|charges|zahlung|zahlungen|zahlungseingänge|paiements|pagos|pagamenti|pagamentos|betalingen|receipts|cash',
    idPrefixes: { pay: 0.5 },
    noise: 'the|of|utc|usd|eur|gbp',
    against:
      'stage|probability|mrr|arr|due date|issue date|invoice date|close date|seats|expense|category|list price|period start|merchant|employee',
    needs: [
      ['receivedOn', 'amount', 'accountId'],
      ['receivedOn', 'amount', 'accountName'],
      ['receivedOn', 'amount', 'invoice'],
    ],
  },
};
