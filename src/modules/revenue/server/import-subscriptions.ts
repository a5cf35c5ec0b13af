// How lists of subscriptions look: exports of billing systems, and lists that people keep by hand.
import type { EntityShape } from '../../../kernel/server/importing.ts';
import { accountFields, currencyField } from './import-fields.ts';

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
    value: 'two_years',
    words:
      'two years|2 years|biennial|biennially|every 2 years|24 months|every 24 months|2 year|zweijährlich|2 jahre|2 ans|2 años|2 anni',
  },
  {
    value: 'three_years',
    words:
      'three years|3 years|triennial|triennially|every 3 years|36 months|every 36 months|3 year|3 jahre|3 ans|3 años|3 anni',
  },
  {
    value: 'other',
    words: 'day|daily|days|week|weekly|weeks|custom|other|usage|one time|once|tag|woche|semaine|semana',
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
        'mrr|mrr amount|contract mrr|current mrr|committed mrr|mrr value|monthly mrr|mrramount|monthly recurring revenue|monthly revenue|monthly amount|monthly value|monthly price|monthly fee|monthly charge|recurring mrr|subscription mrr|charge mrr|rate plan charge mrr|net mrr|total mrr|mrr net|cmrr|contracted mrr|contracted monthly recurring revenue|mrr in cents|mrr usd|mrr eur|amount per month|price per month|revenue per month|monatsumsatz|monatliche gebühr|monatsbetrag|monatspreis|monatlicher betrag|betrag pro monat|revenu mensuel|revenu mensuel récurrent|montant mensuel|ingreso mensual|ingresos mensuales recurrentes|importe mensual|canone mensile|importo mensile|receita mensal|receita recorrente mensal|valor mensal|maandbedrag|maandomzet|miesięczny przychód|月额|月額|月費|月次収益|月收入',
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
        'amount|recurring amount|recurring total|total recurring amount|subscription amount|amount per period|billing amount|billed amount|subscription price|recurring price|recurring charge|charge|charge amount|charged amount|fee|total|total price|total amount|net amount|value|betrag|gebühr|nettobetrag|summe|montant|montant net|importe|importo|valor|bedrag|kwota|belopp|сумма|金额',
      not: 'refund amount|discount amount|tax amount|setup fee|invoice amount|paid amount|amount paid|amount due|deal amount|budget amount',
    },
    {
      key: 'unitPrice',
      label: 'Price of one for a billing period',
      type: 'money',
      exact: true,
      weight: 1.2,
      synonyms:
        'unit price|price|list price|unitprice|plan unit price|net price|net unit price|preis|prix|precio|prezzo|preço|prijs|cena|pris|цена|価格|plan amount|plan price|product price|price amount|unit amount|price per unit|price per seat|price per user|price per license|seat price|item price|plan unit amount|plan unit amount in cents|stückpreis|einzelpreis|preis pro nutzer|preis pro einheit|prix unitaire|prix par utilisateur|precio unitario|precio por usuario|prezzo unitario|preço unitário|stukprijs|cena jednostkowa',
    },
    currencyField,
    {
      key: 'billing',
      label: 'Billing period',
      type: 'choice',
      exact: true,
      weight: 1,
      synonyms:
        'billing frequency|billing cycle interval|product interval unit|billing interval unit|price interval unit|interval unit|billing period|billing period unit|billing cycle|billing interval|billing|billing term|billing schedule|billing type|interval|plan interval|plan interval unit|plan period|plan period unit|price interval|recurrence|recurring interval|frequency|payment frequency|payment interval|charge period|charge frequency|rate plan charge billing period|billing period unit|cadence|renewal interval|abrechnung|abrechnungszeitraum|abrechnungsintervall|abrechnungszyklus|zahlungsweise|zahlungsrhythmus|turnus|intervall|période de facturation|fréquence de facturation|périodicité|fréquence|periodo de facturación|frecuencia de facturación|frecuencia|periodo di fatturazione|frequenza|período de cobrança|frequência|factuurperiode|facturatiefrequentie|okres rozliczeniowy|faktureringsperiod',
      options: PERIODS,
    },
    {
      key: 'billingCount',
      label: 'Number of months or years in a billing period',
      type: 'integer',
      exact: true,
      weight: 0.3,
      synonyms:
        'plan interval length|billing cycle frequency|product interval|interval frequency|price interval count|interval length|interval count|plan interval count|billing interval count|billing period count|billing period length|billing period|period length',
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
      key: 'terminatedOn',
      label: 'Ended before its end',
      type: 'date',
      exact: true,
      weight: 0.4,
      synonyms:
        'terminated date|terminated on|termination effective date|effective termination date|early termination date|vorzeitig beendet am|résilié par anticipation le',
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
      key: 'cancelsAtEnd',
      label: 'Cancelled as of the end of the period',
      type: 'boolean',
      exact: true,
      weight: 1,
      synonyms:
        'cancel at period end|cancels at period end|cancel at end of period|cancel at end|cancelled at period end|cancel at end of term|cancel on renewal|will cancel|kündigung zum periodenende',
    },
    {
      key: 'periodEndsOn',
      label: 'End of the period that is paid',
      type: 'date',
      exact: true,
      weight: 0.5,
      synonyms:
        'current period end|current period ends at|current period ends on|current period ends|current period end at|current term end|current term ends at|current term ends on|current term end date|paid through|paid until|paid thru date|bill through date|periode bis|bezahlt bis|laufende periode bis|payé jusqu au|pagado hasta|pagato fino al',
    },
    {
      key: 'pausedOn',
      label: 'Paused on',
      type: 'date',
      exact: true,
      weight: 0.5,
      synonyms:
        'paused at|paused on|paused since|pause date|pause start|pause start date|on hold since|suspended at|suspended on|pausiert am|pausiert seit|en pause depuis|pausado el|in pausa dal',
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
            'active|live|current|paying|paid|past due|pastdue|unpaid|in dunning|dunning|open|running|valid|aktiv|laufend|actif|active subscription|activo|attivo|ativo|actief|aktywna',
        },
        // It goes on until the period that is paid ends.
        {
          value: 'running_out',
          words:
            'running out|non renewing|nonrenewing|not renewing|will not renew|cancels at period end|cancel at period end|pending cancellation|pending cancel|scheduled for cancellation|cancellation scheduled|active until end|läuft aus|auslaufend|non renouvelé|no renueva',
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
    noise: 'the|of|utc|gmt|cents|subscription|subscriptions|usd|eur|gbp|in',
    against:
      'stage|stage name|probability|close date|closed on|forecast category|invoice number|invoice no|invoice date|due date|payment date|paid on|receipt|first name|last name|email type|notice period|tenure|churn reason|reason code|usage count|ticket id|signatory|article number|sku',
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
