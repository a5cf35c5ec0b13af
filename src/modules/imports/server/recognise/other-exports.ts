// Exports of billing, accounting and contract systems and of shops, for tests: header, rows, what they are and where their columns go.

export type OtherExport = {
  system: string;
  name: string;
  lines: string[];
  entity: string;
  expected: Record<string, string>;
};

export const otherExports: OtherExport[] = [
  {
    system: 'Stripe subscriptions',
    name: 'subscriptions.csv',
    lines: [
      'id,Customer ID,Customer Description,Customer Email,Plan,Product,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start (UTC),Current Period Start (UTC),Current Period End (UTC),Trial Start (UTC),Trial End (UTC),Canceled At (UTC),Cancel At Period End,Ended At (UTC)',
      'sub_1PabcA1,cus_A1,Brightwater,ap@brightwater.example,price_1,prod_TMS,1,usd,month,"1,250.00",active,2025-01-05 10:11,2025-01-05 10:11,2026-11-05 10:11,2026-12-05 10:11,,,,FALSE,',
      'sub_1PabcA2,cus_A2,Kestrel,ap@kestrel.example,price_2,prod_TMS,1,usd,year,"9,600.00",canceled,2024-02-10 08:00,2024-02-24 08:00,2025-02-24 08:00,2026-02-24 08:00,2024-02-10 08:00,2024-02-24 08:00,2025-12-01 09:30,TRUE,2026-02-24 08:00',
    ],
    entity: 'subscriptions',
    expected: {
      externalId: 'id',
      accountId: 'Customer ID',
      amount: 'Amount',
      currency: 'Currency',
      billing: 'Interval',
      startsOn: 'Start (UTC)',
      endsOn: 'Ended At (UTC)',
    },
  },
  {
    system: 'Stripe invoices',
    name: 'invoices.csv',
    lines: [
      'id,Amount Due,Billing,Closed,Currency,Customer,Date (UTC),Due Date (UTC),Number,Paid,Subscription,Subtotal,Tax,Total,Amount Paid,Status,Minimum Line Item Period Start (UTC),Maximum Line Item Period End (UTC),Customer Name',
      'in_1A,1250.00,charge_automatically,TRUE,usd,cus_A1,2026-10-05 10:11,,BW-0001,TRUE,sub_1,1200.00,50.00,1250.00,1250.00,paid,2026-10-05 10:11,2026-11-05 10:11,Brightwater',
      'in_1C,9600.00,send_invoice,FALSE,usd,cus_A2,2025-02-24 08:00,2025-03-26 08:00,KE-0001,FALSE,sub_2,9600.00,0.00,9600.00,0.00,open,2025-02-24 08:00,2026-02-24 08:00,Kestrel',
    ],
    entity: 'invoices',
    expected: {
      externalId: 'id',
      number: 'Number',
      accountId: 'Customer',
      accountName: 'Customer Name',
      amount: 'Subtotal',
      currency: 'Currency',
      periodFrom: 'Minimum Line Item Period Start (UTC)',
      periodTo: 'Maximum Line Item Period End (UTC)',
    },
  },
  {
    system: 'Stripe payments',
    name: 'unified_payments.csv',
    lines: [
      'id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Currency,Description,Fee,Statement Descriptor,Status,Card ID,Customer ID,Customer Description,Customer Email,Invoice ID',
      'ch_3A,2026-10-05 10:12:00,1250.00,0.00,usd,true,1250.00,usd,Subscription update,36.55,BRIGHT,Paid,card_1,cus_A1,Brightwater,ap@brightwater.example,in_1A',
      'ch_3B,2026-11-05 10:12:00,1250.00,0.00,usd,true,1250.00,usd,Subscription update,36.55,BRIGHT,Failed,card_1,cus_A1,Brightwater,ap@brightwater.example,in_1B',
    ],
    entity: 'payments',
    expected: {
      externalId: 'id',
      receivedOn: 'Created date (UTC)',
      amount: 'Amount',
      currency: 'Currency',
      accountId: 'Customer ID',
      invoice: 'Invoice ID',
      state: 'Status',
    },
  },
  {
    system: 'Chargebee subscriptions',
    name: 'Chargebee-Subscriptions.csv',
    lines: [
      'subscriptions.id,customers.id,customers.company,subscriptions.plan_id,subscriptions.plan_quantity,subscriptions.plan_unit_price,subscriptions.status,subscriptions.currency_code,subscriptions.mrr,subscriptions.billing_period,subscriptions.billing_period_unit,subscriptions.started_at,subscriptions.current_term_end,subscriptions.cancelled_at',
      '16BjmSSabc,cb_1,Brightwater,enterprise-monthly,10,99.00,active,USD,990.00,1,month,05-Jan-2025 10:11:12,05-Dec-2026 10:11:12,',
      '16BjmSSabd,cb_2,Kestrel,pro-yearly,1,4800.00,cancelled,USD,0.00,1,year,10-Feb-2024 10:11:12,10-Feb-2026 10:11:12,10-Feb-2026 10:11:12',
    ],
    entity: 'subscriptions',
    expected: {
      accountId: 'customers.id',
      accountName: 'customers.company',
      plan: 'subscriptions.plan_id',
      quantity: 'subscriptions.plan_quantity',
      unitPrice: 'subscriptions.plan_unit_price',
      currency: 'subscriptions.currency_code',
      mrr: 'subscriptions.mrr',
      billing: 'subscriptions.billing_period_unit',
      billingCount: 'subscriptions.billing_period',
      cancelledOn: 'subscriptions.cancelled_at',
    },
  },
  {
    system: 'Recurly subscriptions',
    name: 'recurly_subscriptions_export.csv',
    lines: [
      'uuid,account_code,account_company_name,state,plan_code,plan_name,quantity,unit_amount,subscription_currency,total_recurring_amount,plan_interval_length,plan_interval_unit,activated_at,canceled_at,expires_at',
      '5a1f,bw-1,Brightwater,active,gold,Gold,4,250.0,USD,1000.0,1,months,2025-03-01 00:00:00 UTC,,',
      '5a20,kf-1,Kestrel,expired,silver,Silver,1,1200.0,USD,1200.0,12,months,2024-03-01 00:00:00 UTC,2025-02-01 00:00:00 UTC,2025-03-01 00:00:00 UTC',
    ],
    entity: 'subscriptions',
    expected: {
      accountName: 'account_company_name',
      currency: 'subscription_currency',
      amount: 'total_recurring_amount',
      billing: 'plan_interval_unit',
      billingCount: 'plan_interval_length',
    },
  },
  {
    system: 'Zuora rate plan charges',
    name: 'zuora-export.csv',
    lines: [
      'Account: Account Number,Account: Name,Account: Currency,Subscription: Name,Subscription: Status,Rate Plan Charge: Charge Number,Rate Plan Charge: Effective Start Date,Rate Plan Charge: Effective End Date,Rate Plan Charge: MRR,Rate Plan Charge: Quantity',
      'A00000101,Brightwater,USD,A-S00000201,Active,C-00000301,2026-01-01,,4166.666667,1',
      'A00000101,Brightwater,USD,A-S00000201,Active,C-00000302,2026-03-01,,500,1',
      'A00000102,Kestrel,USD,A-S00000202,Cancelled,C-00000303,2024-01-01,2025-01-01,833.33,1',
    ],
    entity: 'subscriptions',
    expected: {
      externalId: 'Rate Plan Charge: Charge Number',
      accountId: 'Account: Account Number',
      currency: 'Account: Currency',
      quantity: 'Rate Plan Charge: Quantity',
    },
  },
  {
    system: 'QuickBooks, list of invoices',
    name: 'Northwind_Invoice List.csv',
    lines: [
      'Northwind Software Inc,,,,,,,',
      'Invoice List,,,,,,,',
      ',,,,,,,',
      'Date,Transaction type,Num,Name,Memo/Description,Due date,Amount,Open balance',
      '01/15/2026,Invoice,1001,Brightwater,Annual licence,02/14/2026,"12,000.00",0.00',
      '02/03/2026,Invoice,1002,Kestrel,Support,03/05/2026,"1,500.50","1,500.50"',
      'TOTAL,,,,,,"$13,500.50","$1,500.50"',
    ],
    entity: 'invoices',
    expected: { issuedOn: 'Date', number: 'Num', accountName: 'Name', dueOn: 'Due date', amount: 'Amount' },
  },
  {
    system: 'Xero, invoices',
    name: 'SalesInvoices-20261120.csv',
    lines: [
      '*ContactName,EmailAddress,*InvoiceNumber,Reference,*InvoiceDate,*DueDate,Total,TaxTotal,InvoiceAmountPaid,InvoiceAmountDue,*Description,*Quantity,*UnitAmount,LineAmount,*AccountCode,*TaxType,Currency,Type,Status',
      'Brightwater UK,ap@uk.example,INV-0001,PO 77,13/01/2026,12/02/2026,1440.00,240.00,1440.00,0.00,Licence,1,1200.00,1200.00,200,20% (VAT on Income),GBP,Sales invoice,Paid',
      'Helvetia GmbH,ap@hp.example,INV-0002,,20/01/2026,19/02/2026,600.00,100.00,0.00,600.00,Support,1,500.00,500.00,200,20% (VAT on Income),GBP,Sales invoice,Awaiting Payment',
    ],
    entity: 'invoices',
    expected: { accountName: '*ContactName', number: '*InvoiceNumber', issuedOn: '*InvoiceDate', currency: 'Currency' },
  },
  {
    system: 'Xero, receipts',
    name: 'Receipts.csv',
    lines: [
      'Payment Date,Contact,Invoice Number,Reference,Payment Amount,Currency,Bank Account',
      '14/02/2026,Brightwater UK,INV-0001,BACS,1440.00,GBP,Barclays',
      '25/02/2026,Helvetia GmbH,INV-0002,SEPA,300.00,GBP,Barclays',
    ],
    entity: 'payments',
    expected: { accountName: 'Contact', invoice: 'Invoice Number', amount: 'Payment Amount' },
  },
  {
    system: 'a German list of contracts',
    name: 'Vertragsliste.csv',
    lines: [
      'Vertragsnummer;Kunde;Bezeichnung;Vertragsbeginn;Vertragsende;Kündigungsfrist;Automatische Verlängerung;Verlängerung um (Monate);Jahreswert (EUR);Status',
      'V-1001;Müller GmbH;Wartung;01.01.2024;31.12.2026;3 Monate zum Vertragsende;ja;12;48.000,00;aktiv',
      'V-1002;Hydraulik AG;Lizenz;15.07.2025;14.07.2027;6 Wochen;nein;;12.600,50;aktiv',
    ],
    entity: 'contractLines',
    expected: {
      contract: 'Vertragsnummer',
      accountName: 'Kunde',
      noticeDays: 'Kündigungsfrist',
      termMonths: 'Verlängerung um (Monate)',
      autoRenews: 'Automatische Verlängerung',
      yearly: 'Jahreswert (EUR)',
      status: 'Status',
    },
  },
  {
    system: 'a French list of contracts',
    name: 'liste_contrats_2026.csv',
    lines: [
      "N° contrat;Client;Objet;Date de début;Date d'échéance;Durée (mois);Préavis (jours);Tacite reconduction;Montant annuel HT;Devise;Statut",
      'CT-01;Eaux;Maintenance;01/01/2025;31/12/2026;24;90;Oui;120 000,00;EUR;En cours',
      'CT-02;Frérot;Abonnement;15/03/2026;14/03/2027;12;30;Non;6 500,50;EUR;En cours',
    ],
    entity: 'contractLines',
    expected: {
      contract: 'N° contrat',
      contractName: 'Objet',
      endsOn: "Date d'échéance",
      noticeDays: 'Préavis (jours)',
      autoRenews: 'Tacite reconduction',
      yearly: 'Montant annuel HT',
    },
  },
  {
    system: 'a register of agreements without values',
    name: 'register.csv',
    lines: [
      'Agreement ID,Customer,Agreement name,Effective date,Expiration date,Initial term,Notice period,Auto-renewal,Renewal term,Status',
      'AG-1,Brightwater,Master services,2024-01-01,2026-12-31,3 years,90 days,Yes,1 year,Active',
      'AG-2,Kestrel,Pilot,2026-02-15,2027-02-14,12 months,60 days,No,,Active',
    ],
    entity: 'contracts',
    expected: { externalId: 'Agreement ID', noticeDays: 'Notice period', termMonths: 'Renewal term' },
  },
  {
    system: 'Shopify, products',
    name: 'products_export_1.csv',
    lines: [
      'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Variant SKU,Variant Price,Cost per item,Status',
      'tms-base,TMS base,<p>Base</p>,Northwind,Software,core,TRUE,TMS-01,2500.00,400.00,active',
      'tms-more,TMS more,<p>More</p>,Northwind,Software,addon,TRUE,TMS-02,55.00,5.00,active',
    ],
    entity: 'products',
    expected: { name: 'Title', code: 'Variant SKU', price: 'Variant Price', deliveryCost: 'Cost per item' },
  },
  {
    system: 'a price list that describes its items',
    name: 'prices.csv',
    lines: [
      'Item no.,Description,Category,Unit,List price EUR,Valid from',
      'TMS-01,TMS base,Software,month,2500,2027-01-01',
      'TMS-02,TMS more,Software,month,55,2027-01-01',
    ],
    entity: 'products',
    expected: { code: 'Item no.', name: 'Description', price: 'List price EUR' },
  },
  {
    system: 'Salesforce, report of opportunities in several currencies',
    name: 'report1763629011223.csv',
    lines: [
      'Opportunity Owner,Account Name,Opportunity Name,Stage,Amount Currency,Amount,Expected Revenue Currency,Expected Revenue,Close Date',
      'Ann,Brightwater,Telematics,Proposal,USD,150000.00,USD,112500.00,12/18/2026',
      'Bob,Kestrel,Cold chain,Prospecting,GBP,80000.00,GBP,8000.00,1/29/2027',
      'Grand Totals,,,,USD,230000.00,USD,120500.00,',
    ],
    entity: 'opportunities',
    expected: { amount: 'Amount', currency: 'Amount Currency' },
  },
  {
    system: 'Pipedrive, deals',
    name: 'deals-7654321-12.csv',
    lines: [
      'Deal - ID,Deal - Title,Deal - Organization,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Status,Deal - Expected close date',
      '11,Nordwind more,Nordwind AG,85000,EUR,Proposal Made,Open,2026-12-20',
      '12,Helvetia kit,Helvetia GmbH,40000,CHF,Qualified,Lost,2026-04-01',
    ],
    entity: 'opportunities',
    expected: { amount: 'Deal - Value', currency: 'Deal - Currency of Value' },
  },
  {
    system: 'a Spanish list of customers with two names',
    name: 'listado_clientes.csv',
    lines: [
      'Código;Nombre fiscal;Nombre comercial;NIF;Población;Fecha alta;Facturación 2025',
      '430001;Aceites del Sur S.A.;Olisur;A12345678;Córdoba;14/03/2008;2.345.678,10',
      '430002;Transportes Peña S.L.;;B87654321;Valencia;02/05/2019;456.000,00',
    ],
    entity: 'accounts',
    expected: { externalId: 'Código', name: 'Nombre fiscal', customerSince: 'Fecha alta' },
  },
  {
    system: 'HubSpot, companies with the day they became customers',
    name: 'companies.csv',
    lines: [
      'Record ID,Company name,Create Date,Became a Customer Date',
      '9876543210,Brightwater,2021-03-16 14:33,2021-05-04 09:12',
      '9876543211,Kestrel,2022-04-01 09:00,2022-06-30 11:00',
    ],
    entity: 'accounts',
    expected: { customerSince: 'Became a Customer Date' },
  },
  {
    system: 'a German list of people with academic titles',
    name: 'Ansprechpartner.csv',
    lines: [
      'Anrede;Titel;Vorname;Nachname;Firma;Funktion;E-Mail',
      'Herr;Dr.;Jürgen;Groß;Müller GmbH;Einkaufsleiter;j.gross@mueller.example',
      'Frau;;Zoe;Klein;Hydraulik AG;Geschäftsführerin;z.klein@sh.example',
    ],
    entity: 'people',
    expected: { title: 'Funktion', salutation: 'Anrede' },
  },
  {
    system: 'sevDesk, invoices',
    name: 'rechnungen.csv',
    lines: [
      'Rechnungsnr.;Rechnungsdatum;Kunde;Kundennummer;Betrag netto;Betrag brutto;Währung;Status;Fälligkeitsdatum',
      '1001;15.01.2026;Müller;K1;1.000,00 €;1.190,00 €;EUR;Bezahlt;29.01.2026',
      '1002;31.01.2026;Hydraulik;K2;500,50 €;595,60 €;EUR;Offen;14.02.2026',
    ],
    entity: 'invoices',
    expected: { number: 'Rechnungsnr.', amount: 'Betrag netto', accountId: 'Kundennummer', dueOn: 'Fälligkeitsdatum' },
  },
  {
    system: 'Holded, invoices',
    name: 'listado.csv',
    lines: [
      'Núm. factura;Fecha;Vencimiento;Cliente;NIF;Base imponible;IVA;Total;Moneda;Estado',
      'F2026-1;13/01/2026;12/02/2026;Aceites;A1;1.000,00;210,00;1.210,00;EUR;Pagada',
      'F2026-2;20/01/2026;19/02/2026;Peña;B2;250,50;52,61;303,11;EUR;Pendiente',
    ],
    entity: 'invoices',
    expected: { number: 'Núm. factura', amount: 'Base imponible', dueOn: 'Vencimiento', accountName: 'Cliente' },
  },
  {
    system: 'Pipedrive, stages of deals',
    name: 'export.csv',
    lines: [
      'Deal ID,Deal title,Stage from,Stage to,Changed on,User',
      '11,Nordwind,Qualified,Proposal Made,2026-08-01 10:00:00,Ann',
      '11,Nordwind,Proposal Made,Won,2026-09-01 10:00:00,Ann',
    ],
    entity: 'opportunity_history',
    expected: { opportunityId: 'Deal ID', stage: 'Stage to', enteredAt: 'Changed on' },
  },
  {
    system: 'an American list with numbers of accounts',
    name: 'customers.csv',
    lines: [
      'Account #,Account Name,State,YTD Sales,Prior Year Sales,% Change,First Order',
      '10001,Orchard Supply,CA,"$1,234,567.89 ","$1,100,000.00 ",12.2%,3/16/2019',
      '10002,Prairie Foods,NE,"($2,500.00)",$0.00 ,-100%,11/2/2020',
    ],
    entity: 'accounts',
    expected: { externalId: 'Account #', annualRevenue: 'YTD Sales', customerSince: 'First Order' },
  },
];
