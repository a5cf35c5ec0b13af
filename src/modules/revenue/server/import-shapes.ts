// How lists of subscriptions, invoices and payments look: exports of billing and accounting systems, and lists that people keep by hand.
import type { EntityShape, FieldShape } from '../../../kernel/server/importing.ts';

const ACCOUNT_ID =
  'account id|account number|account no|account code|account key|account ref|account|customer id|customerid|customer number|customer no|customer code|customer key|customer ref|client id|client number|company id|organization id|organisation id|kundennummer|kunden nr|kunden id|debitor|debitorennummer|debitor nr|kontonummer|no client|numéro client|code client|id client|id cliente|código cliente|codice cliente|número de cliente|klantnummer|numer klienta|kundenr|account account number|customers id|customer';
const ACCOUNT_NAME =
  'account name|customer name|customer|customer company|company|company name|client|client name|organization|organisation|organization name|bill to|billed to|sold to|invoiced to|billing company|account company name|customers company|account account name|customer description|kunde|kundenname|firma|firmenname|rechnungsempfänger|nom du client|client nom|société|entreprise|cliente|nombre del cliente|nombre cliente|empresa|ragione sociale|nome cliente|nome do cliente|klant|klantnaam|klient|nazwa klienta|kund|kundenavn';
const CURRENCY =
  'currency|currency code|currencycode|currency iso code|iso currency|billing currency|ccy|cur|währung|waehrung|devise|monnaie|moneda|divisa|valuta|moeda|waluta|валюта|通貨|货币';

const accountFields: FieldShape[] = [
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
    synonyms: ACCOUNT_NAME,
    not: 'product|plan',
  },
];
/** The same, where lists call an account by still other names. */
const withNames = (names: string, not = ''): FieldShape[] =>
  accountFields.map((field) =>
    field.key === 'accountName' ? { ...field, synonyms: `${field.synonyms}|${names}` } : { ...field, not },
  );
const currencyField: FieldShape = {
  key: 'currency',
  label: 'Currency',
  type: 'currency',
  role: 'row-currency',
  exact: true,
  weight: 0.3,
  synonyms: CURRENCY,
};

const PERIODS = [
  {
    value: 'month',
    words:
      'month|monthly|months|per month|m|mo|mth|1 month|every month|p1m|monat|monatlich|mtl|mois|mensuel|mensuelle|mes|mensual|mese|mensile|mês|mensal|maand|maandelijks|miesiąc|miesięcznie|månad|måned|kuukausi|aylık|ежемесячно|月|每月|월',
  },
  {
    value: 'quarter',
    words:
      'quarter|quarterly|quarters|per quarter|q|3 months|every 3 months|p3m|quartal|quartalsweise|vierteljährlich|trimestre|trimestriel|trimestral|trimestrale|kwartaal|kwartał|kvartal|ежеквартально|季',
  },
  {
    value: 'half_year',
    words:
      'half year|half yearly|semi annual|semi annually|semiannual|semiannually|biannual|6 months|every 6 months|p6m|halbjahr|halbjährlich|semestre|semestriel|semestral|semestrale|halfjaar|halfjaarlijks|półrocze|halvår',
  },
  {
    value: 'year',
    words:
      'year|yearly|years|annual|annually|per year|y|yr|a|p a|12 months|every 12 months|1 year|p1y|p12m|jahr|jährlich|an|année|annuel|annuelle|año|anual|anno|annuale|ano|jaar|jaarlijks|rok|rocznie|år|årlig|vuosi|yıllık|ежегодно|年|每年|연',
  },
  {
    value: 'other',
    words:
      'day|daily|days|week|weekly|weeks|two years|2 years|biennial|24 months|3 years|36 months|custom|other|usage|one time|once|tag|woche|semaine|semana',
  },
];

export const subscriptionsShape: EntityShape = {
  entity: 'subscriptions',
  label: 'Subscriptions',
  fields: [
    {
      key: 'externalId',
      label: 'Id in the other system',
      type: 'id',
      role: 'external-id',
      exact: true,
      weight: 1,
      maxLength: 200,
      synonyms:
        'subscription id|subscriptionid|subscription number|subscription no|subscription name|subscription key|subscription|subscription code|subscription uuid|subscription guid|subscription external id|subscription item id|contract line id|line id|charge id|rate plan charge id|rate plan charge number|rate plan charge charge number|charge number|id|uuid|record id|abo id|abonummer|abo nr|abonnement id|abonnementnummer|vertragsnummer|id abonnement|numéro abonnement|id suscripción|id abbonamento|id assinatura|numer subskrypcji',
      not: 'account id|customer id|plan id|product id|invoice id|coupon id|price id|payment id|order id',
    },
    ...accountFields,
    {
      key: 'plan',
      label: 'Product or plan',
      type: 'text',
      exact: true,
      weight: 0.6,
      maxLength: 300,
      synonyms:
        'plan name|plan|plan tier|plan id|plan code|product plan|product|product name|product family plan|rate plan|rate plan name|rate plan charge name|product rate plan|price name|price plan|tier|tariff|package|edition|service|item|item name|item price id|offer|subscribed product|tarif|produkt|produktname|paket|leistung|artikel|abonnement|formule|offre|produit|plan de suscripción|producto|piano|prodotto|plano|produto|pakket|taryfa|план|тариф|套餐|产品|プラン|요금제',
      not: 'plan type|product type|account tier',
    },
    {
      key: 'quantity',
      label: 'Quantity',
      type: 'decimal',
      exact: true,
      weight: 0.5,
      synonyms:
        'quantity|qty|rate plan charge quantity|charge quantity|seats|seat count|number of seats|licenses|licences|license count|licence count|users|user count|units|plan quantity|item quantity|anzahl|menge|stückzahl|lizenzen|plätze|nutzer|quantité|licences utilisateurs|postes|cantidad|licencias|puestos|quantità|licenze|quantidade|licenças|assentos|aantal|licenties|ilość|liczba licencji|antal|количество|数量|席位|수량',
    },
    {
      key: 'mrr',
      label: 'A month’s revenue',
      type: 'money',
      exact: true,
      weight: 3,
      synonyms:
        'mrr|mrr amount|mrramount|monthly recurring revenue|monthly revenue|monthly amount|monthly value|monthly price|monthly fee|monthly charge|recurring mrr|subscription mrr|charge mrr|rate plan charge mrr|net mrr|total mrr|mrr net|cmrr|contracted mrr|contracted monthly recurring revenue|mrr in cents|mrr usd|mrr eur|amount per month|price per month|revenue per month|monatsumsatz|monatliche gebühr|monatsbetrag|monatspreis|monatlicher betrag|betrag pro monat|revenu mensuel|revenu mensuel récurrent|montant mensuel|ingreso mensual|ingresos mensuales recurrentes|importe mensual|canone mensile|importo mensile|receita mensal|receita recorrente mensal|valor mensal|maandbedrag|maandomzet|miesięczny przychód|月额|月次収益|月收入',
      not: 'mrr change|new mrr|churned mrr|mrr delta|expansion mrr|lost mrr|monthly charges',
    },
    {
      key: 'arr',
      label: 'A year’s revenue',
      type: 'money',
      exact: true,
      weight: 2,
      synonyms:
        'arr|arr amount|arramount|annual recurring revenue|annual revenue recurring|annualized recurring revenue|annualised recurring revenue|annual run rate|annualized run rate|annual amount|annual value|annual price|annual fee|yearly amount|yearly value|yearly price|yearly fee|acv|annual contract value|carr|recurring arr|subscription arr|total arr|net arr|arr in cents|arr usd|arr eur|amount per year|price per year|revenue per year|jahresbetrag|jahrespreis|jahresgebühr|jahresvertragswert|jährlicher betrag|betrag pro jahr|revenu annuel récurrent|montant annuel|ingresos anuales recurrentes|importe anual|canone annuo|importo annuo|receita recorrente anual|valor anual|jaarbedrag|roczny przychód|年额|年收入',
      not: 'annual revenue|arr change|new arr|churned arr|expansion arr',
    },
    {
      key: 'amount',
      label: 'Amount for a billing period',
      type: 'money',
      exact: true,
      weight: 1,
      synonyms:
        'amount|recurring amount|recurring total|total recurring amount|subscription amount|plan amount|amount per period|billing amount|billed amount|price|plan price|subscription price|recurring price|recurring charge|charge|charge amount|charged amount|fee|total|total price|total amount|net amount|value|betrag|preis|gebühr|nettobetrag|summe|montant|prix|montant net|importe|precio|importo|prezzo|valor|preço|bedrag|prijs|kwota|cena|belopp|pris|сумма|цена|金额|価格',
      not: 'refund amount|discount amount|tax amount|setup fee|invoice amount|paid amount|amount paid|amount due|deal amount|budget amount',
    },
    {
      key: 'unitPrice',
      label: 'Price of one for a billing period',
      type: 'money',
      exact: true,
      weight: 1.2,
      synonyms:
        'unit price|unitprice|plan unit price|unit amount|price per unit|price per seat|price per user|price per license|seat price|item price|plan unit amount|plan unit amount in cents|stückpreis|einzelpreis|preis pro nutzer|preis pro einheit|prix unitaire|prix par utilisateur|precio unitario|precio por usuario|prezzo unitario|preço unitário|stukprijs|cena jednostkowa',
    },
    currencyField,
    {
      key: 'billing',
      label: 'Billing period',
      type: 'choice',
      exact: true,
      weight: 1,
      synonyms:
        'billing frequency|billing period|billing period unit|billing cycle|billing interval|billing|billing term|billing schedule|billing type|interval|plan interval|plan interval unit|plan period|plan period unit|price interval|recurrence|recurring interval|frequency|payment frequency|payment interval|charge period|charge frequency|rate plan charge billing period|billing period unit|cadence|renewal interval|abrechnung|abrechnungszeitraum|abrechnungsintervall|abrechnungszyklus|zahlungsweise|zahlungsrhythmus|turnus|intervall|période de facturation|fréquence de facturation|périodicité|fréquence|periodo de facturación|frecuencia de facturación|frecuencia|periodo di fatturazione|frequenza|período de cobrança|frequência|factuurperiode|facturatiefrequentie|okres rozliczeniowy|faktureringsperiod',
      options: PERIODS,
    },
    {
      key: 'billingCount',
      label: 'Number of months or years in a billing period',
      type: 'integer',
      exact: true,
      weight: 0.3,
      synonyms:
        'plan interval length|interval length|interval count|plan interval count|billing interval count|billing period count|billing period length|billing period|period length',
    },
    {
      key: 'startsOn',
      label: 'First day',
      type: 'date',
      exact: true,
      required: true,
      weight: 1,
      synonyms:
        'start date|startdate|start|starts on|starts at|started at|started on|start at|start date utc|start utc|subscription start|subscription start date|subscription started at|effective start date|effective date|effective from|rate plan charge effective start date|charge effective start|service start|service start date|term start|term start date|activated at|activated on|activation date|activation|service activation date|contract effective date|subscribed on|subscribed at|valid from|from|begin|begin date|begins on|live date|first billed at|beginn|startdatum|vertragsbeginn|gültig ab|gültig von|laufzeitbeginn|von|ab|date de début|début|date début|depuis|fecha de inicio|inicio|fecha inicio|desde|data di inizio|data inizio|inizio|data de início|início|begindatum|ingangsdatum|data rozpoczęcia|od|startdato|дата начала|开始日期|開始日|시작일',
      not: 'current term start|current period start|trial start|invoice date|created at|birth date|signup date',
    },
    {
      key: 'endsOn',
      label: 'First day without revenue',
      type: 'date',
      exact: true,
      weight: 0.8,
      synonyms:
        'end date|enddate|end|ends on|ends at|ended at|ended on|end at|ended at utc|end date utc|end utc|subscription end|subscription end date|subscription ended at|effective end date|effective to|effective until|rate plan charge effective end date|charge effective end|service end|service end date|term end date|expires at|expires on|expiry date|expiration date|expired at|terminated at|termination date|churn date|churned at|churned on|valid to|valid until|until|to|ende|enddatum|vertragsende|gültig bis|laufzeitende|bis|date de fin|fin|date fin|fecha de fin|fecha de finalización|fin fecha|hasta|data di fine|data fine|fine|data de término|data fim|fim|einddatum|data zakończenia|do|sluttdato|slutdatum|дата окончания|结束日期|終了日|종료일',
      not: 'current term end|current period end|trial end|renewal date|close date',
    },
    {
      key: 'cancelledOn',
      label: 'Cancelled on',
      type: 'date',
      exact: true,
      weight: 0.6,
      synonyms:
        'cancelled at|canceled at|cancelled on|canceled on|cancelled|canceled|cancel date|cancelled date|canceled date|cancellation date|canceled at utc|cancelled at utc|cancelled at date|kündigungsdatum|gekündigt am|gekündigt zum|kündigung zum|storniert am|date de résiliation|résilié le|date d annulation|fecha de cancelación|cancelado el|data di cancellazione|disdetta il|data de cancelamento|opgezegd op|opzegdatum|data anulowania',
      not: 'cancel at period end|cancel reason',
    },
    {
      key: 'isTrial',
      label: 'Trial',
      type: 'boolean',
      exact: true,
      weight: 1,
      synonyms:
        'is trial|trial|trial flag|istrial|on trial|in trial|is on trial|free trial|is free trial|testphase|ist testphase|testabo|probezeit|probeabo|essai|est un essai|en essai|prueba|es prueba|in prova|prova|em teste|teste|proef|proefperiode|okres próbny',
      not: 'trial start|trial end|trial days',
    },
    {
      key: 'trialEndsOn',
      label: 'Trial ends on',
      type: 'date',
      exact: true,
      weight: 0.8,
      synonyms:
        'trial end|trial end date|trial ends at|trial ends on|trial ended at|trial end at|trial end utc|end of trial|trial until|trial expires at|trial expiry|ende testphase|testphase bis|probezeit bis|fin de l essai|fin essai|fin de prueba|fine prova|fim do teste|einde proefperiode',
    },
    {
      key: 'status',
      label: 'Status',
      type: 'choice',
      exact: true,
      few: true,
      weight: 0.3,
      synonyms:
        'status|state|subscription status|subscription state|status code|abo status|vertragsstatus|zustand|statut|état|estado|estado de la suscripción|stato|estado da assinatura|stav',
      options: [
        {
          value: 'active',
          words:
            'active|live|current|paying|paid|past due|pastdue|unpaid|non renewing|nonrenewing|in dunning|dunning|open|running|valid|aktiv|laufend|actif|active subscription|activo|attivo|ativo|actief|aktywna',
        },
        {
          value: 'trial',
          words: 'trial|trialing|trialling|in trial|intrial|on trial|test|testphase|essai|prueba|prova|proef',
        },
        {
          value: 'ended',
          words:
            'cancelled|canceled|ended|expired|churned|terminated|closed|inactive|stopped|finished|deleted|unsubscribed|gekündigt|beendet|abgelaufen|inaktiv|résilié|annulé|expiré|cancelado|cancelada|finalizado|annullato|scaduto|opgezegd|beëindigd|anulowana',
        },
        {
          value: 'paused',
          words: 'paused|suspended|on hold|frozen|pausiert|ruhend|en pause|pausado|in pausa|gepauzeerd',
        },
        {
          value: 'draft',
          words:
            'draft|future|pending|pending activation|pending acceptance|incomplete|incomplete expired|not started|scheduled|quote|entwurf|brouillon|borrador|bozza|rascunho',
        },
      ],
    },
    {
      key: 'autoRenews',
      label: 'Renews by itself',
      type: 'boolean',
      exact: true,
      weight: 0.8,
      synonyms:
        'auto renew|auto renew flag|autorenew|auto renews|auto renewal|auto renewing|is auto renew|renews automatically|renewal auto|automatic renewal|automatische verlängerung|verlängert sich|auto verlängerung|renouvellement automatique|tacite reconduction|renovación automática|rinnovo automatico|renovação automática|automatisch verlengen|automatyczne odnowienie',
    },
  ],
  hints: {
    files:
      'subscription|subscriptions|abonnement|abonnements|abos|suscripciones|abbonamenti|assinaturas|mrr|recurring|ledger',
    idPrefixes: { sub: 0.5 },
    noise: 'the|of|utc|gmt|subscription|subscriptions|usd|eur|gbp|in',
    against:
      'stage|stage name|probability|close date|closed on|forecast category|invoice number|invoice no|invoice date|due date|payment date|paid on|receipt|first name|last name|email type|notice period|tenure|list price|churn reason|reason code|usage count|ticket id|signatory|article number|sku',
    needs: [
      ['startsOn', 'mrr', 'accountId'],
      ['startsOn', 'mrr', 'accountName'],
      ['startsOn', 'arr', 'accountId'],
      ['startsOn', 'arr', 'accountName'],
      ['startsOn', 'amount', 'billing', 'accountId'],
      ['startsOn', 'amount', 'billing', 'accountName'],
      ['startsOn', 'unitPrice', 'billing', 'accountId'],
      ['startsOn', 'unitPrice', 'billing', 'accountName'],
    ],
  },
};

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
        'due date|due date receive by|due on|due at|due|payment due|payment due date|due date utc|fällig am|fälligkeit|fälligkeitsdatum|zahlbar bis|date d échéance|échéance|fecha de vencimiento|vencimiento|data scadenza|scadenza|data de vencimento|vencimento|vervaldatum|termin płatności|förfallodatum|forfallsdato|срок оплаты|到期日|支払期限',
    },
    {
      key: 'amount',
      label: 'Amount',
      type: 'money',
      exact: true,
      required: true,
      weight: 1,
      synonyms:
        'net amount|amount net|montant ht|total ht|base imponible|imponibile|importe neto|netto|nettobetrag|kwota netto|netto bedrag|betrag netto|netto betrag|summe netto|gesamt netto|montant total ht|importe base|total sin iva|totale netto|imponibile totale|net total|subtotal|amount excluding tax|total excluding tax|amount without tax|total net|amount|total|invoice amount|invoice total|total amount|amount due|grand total|gross amount|sum|value|betrag|nettobetrag|rechnungsbetrag|gesamtbetrag|betrag brutto|summe|netto|montant|montant ht|total ht|montant total|importe|importe neto|importe total|base imponible|importo|imponibile|totale|valor|valor total|bedrag|netto bedrag|totaal|kwota|kwota netto|belopp|summa|сумма|金额|金額|금액',
      not: 'tax amount|vat amount|amount paid|paid amount|discount amount|refunded amount|unit price|tax',
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
        { value: 'draft', words: 'draft|pending|entwurf|brouillon|borrador|bozza|rascunho' },
        {
          value: 'open',
          words:
            'open|unpaid|due|not paid|payment due|overdue|past due|sent|issued|posted|outstanding|partially paid|partial|offen|überfällig|teilweise bezahlt|versendet|ouverte|impayée|en retard|pendiente|vencida|aperta|da pagare|aberta|openstaand|otwarta|niezapłacona',
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
        'paid on|paid at|paid date|date paid|payment date|settled on|settlement date|bezahlt am|zahlungsdatum|payée le|date de paiement|pagada el|fecha de pago|pagata il|data pagamento|data de pagamento|betaald op|betaaldatum|data zapłaty',
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
        'period start|period from|minimum line item period start|service period start|service from|service start|billing period start|period start date|covered from|leistungszeitraum von|leistung von|zeitraum von|période du|début de période|periodo desde|inicio del periodo|periodo dal|período de|periode van|okres od',
    },
    {
      key: 'periodTo',
      label: 'For the period to',
      type: 'date',
      exact: true,
      weight: 0.8,
      synonyms:
        'period end|period to|maximum line item period end|service period end|service to|service end|billing period end|period end date|covered to|leistungszeitraum bis|leistung bis|zeitraum bis|période au|fin de période|periodo hasta|fin del periodo|periodo al|período até|periode tot|okres do',
    },
    {
      key: 'plan',
      label: 'Product or plan',
      type: 'text',
      exact: true,
      weight: 0.3,
      maxLength: 300,
      synonyms:
        'product|product name|plan|plan name|item|description|line description|produkt|leistung|artikel|beschreibung|produit|désignation|producto|descripción|prodotto|descrizione|produto|omschrijving',
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
    ],
  },
};

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
        'payment date|paid on|paid at|date paid|received on|received at|date received|receipt date|transaction date|value date|booking date|settled at|zahlungsdatum|zahlungseingang|bezahlt am|eingang am|wertstellung|buchungsdatum|date de paiement|payé le|fecha de pago|fecha de cobro|data pagamento|data de pagamento|betaaldatum|data płatności|date|datum|created date|created date utc|created utc|created',
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
