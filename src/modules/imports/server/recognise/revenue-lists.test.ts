// Lists of revenue by their columns and one row each: to which room they go.
import { describe, expect, it } from 'vitest';
import { modules } from '../../../../app/server.ts';
import { importersOf } from '../../../../kernel/server/importing.ts';
import { inspect } from '../inspect.ts';

const shapes = importersOf(modules).map((importer) => importer.shape);

describe('lists of revenue go to the room that they are meant for', () => {
  it.each([
    [
      'subscriptions',
      'recurly.csv',
      [
        'subscription_id,account_code,plan_code,state,quantity,unit_amount_in_cents,currency,activated_at,expires_at,plan_interval',
        's1,A1,gold,active,1,10000,USD,2024-01-01,,month',
      ],
    ],
    [
      'subscriptions',
      'export.csv',
      [
        'Subscription Number,Account Number,Product,Charge Model,List Price,Quantity,Billing Period,Currency,Contract Effective Date,Term End Date,Status',
        'A-S1,A1,Gold,Flat Fee,100,1,Month,USD,2024-01-01,2025-01-01,Active',
      ],
    ],
    [
      'subscriptions',
      'ordway.csv',
      [
        'Subscription ID,Customer ID,Customer Name,Plan,Contract MRR,Start Date,End Date,Currency',
        'S1,A1,Acme,Gold,100,2024-01-01,,USD',
      ],
    ],
    [
      'subscriptions',
      'SaaSOptics.csv',
      [
        'Customer,Contract Number,Item,Start Date,End Date,Amount,MRR,Currency',
        'Acme,C1,Gold,2024-01-01,2024-12-31,1200,100,USD',
      ],
    ],
    [
      'subscriptions',
      'baremetrics.csv',
      [
        'plan_oid,plan_name,plan_currency,plan_amount,plan_interval,plan_interval_count,customer_oid,customer_name,customer_email,subscription_oid,subscription_started_at,subscription_canceled_at,subscription_quantity',
        'plan_1,SEO,USD,5000,month,1,A1,Acme,a@x.test,sub_1,2020-03-31,2020-05-04,1',
      ],
    ],
    [
      'contractLines',
      'contracts.csv',
      [
        'Contract ID,Counterparty,Title,Effective Date,Expiration Date,Auto-Renewal,Renewal Notice Period (days),Total Contract Value,Currency,Status',
        'C1,Acme,MSA,2024-01-01,2026-12-31,Yes,60,36000,USD,Active',
      ],
    ],
    [
      'contracts',
      'ironclad.csv',
      [
        'Agreement ID,Counterparty Name,Agreement Type,Agreement Name,Effective Date,Expiration Date,Auto Renew,Notice Period (Days),Status',
        'C1,Acme,MSA,Frame,2024-01-01,2026-12-31,Yes,60,Active',
      ],
    ],
    [
      'contractLines',
      'Vertraege.csv',
      [
        'Vertrag;Kunde;Produkt;Menge;Preis;Abrechnung;Beginn;Ende;Kündigungsfrist',
        'V1;Acme;Gold;2;100,00;monatlich;15.01.2024;31.12.2026;3 Monate',
      ],
    ],
    [
      'contractLines',
      'orders.csv',
      [
        'Contract Number,Account Name,Product Name,Quantity,Sales Price,Total Price,Start Date,End Date',
        'C1,Acme,Gold,2,100,200,2024-01-01,2024-12-31',
      ],
    ],
    [
      'invoices',
      'chargebee_invoices.csv',
      [
        'Invoice Number,Customer Id,Subscription Id,Invoice Date,Due Date,Paid On,Total,Currency,Status,Tax Total',
        '1,A1,s1,2024-01-01,2024-01-31,2024-01-20,100,USD,paid,0',
      ],
    ],
    [
      'invoices',
      'faktury.csv',
      [
        'Numer faktury;Nabywca;Data wystawienia;Termin płatności;Wartość netto;Wartość brutto;Waluta',
        'F1;Acme;2024-01-15;2024-02-15;100,00;123,00;PLN',
      ],
    ],
    [
      'invoices',
      'stripe line items.csv',
      [
        'Invoice ID,Invoice Number,Customer Name,Line Item Description,Quantity,Unit Amount,Amount,Currency,Invoice Date,Line Item Period Start,Line Item Period End',
        'in_1,A-1,Acme,Gold,2,50,100,usd,2024-01-01,2024-01-01,2024-02-01',
      ],
    ],
    [
      'payments',
      'stripe_payments.csv',
      [
        'id,Description,Seller Message,Created (UTC),Amount,Amount Refunded,Currency,Converted Amount,Fee,Status,Customer ID,Customer Description,Invoice ID,Card Brand',
        'ch_1,Invoice A-1,Payment complete.,2024-01-01 10:00,100.00,0.00,usd,100,3,Paid,cus_1,Acme,in_1,Visa',
      ],
    ],
    [
      'payments',
      'xero payments.csv',
      ['Date,Invoice Number,Contact,Reference,Payment Amount,Currency,Account', '2024-01-15,INV-1,Acme,x,100,USD,Bank'],
    ],
    [
      'products',
      'pricebook.csv',
      [
        'Product Name,Product Code,Product Family,Active,Price Book Name,List Price,Currency',
        'Gold,G1,SaaS,TRUE,Standard,100,USD',
      ],
    ],
    [
      'products',
      'materials.csv',
      ['Material;Materialkurztext;Warengruppe;Basismengeneinheit;Preis;Währung', '1;Gold;SaaS;ST;100,00;EUR'],
    ],
    [
      'products',
      'plans.csv',
      ['Plan ID,Plan Name,Billing Period,Price (USD),Price (EUR),Trial Period', 'p1,Gold,month,100,90,14'],
    ],
    ['exchange-rates', 'rates.csv', ['Currency,Rate,Date', 'USD,1.1,2024-01-01', 'GBP,0.9,2024-01-01']],
    ['exchange-rates', 'fx.csv', ['Date,From Currency,To Currency,Exchange Rate', '2024-01-01,EUR,USD,1.1']],
    [
      'opportunities',
      'monday.csv',
      ['Name,Account,Stage,Deal Value,Expected Close Date,Owner', 'Deal,Acme,Won,100,2024-01-01,Ann'],
    ],
    ['opportunity_history', 'history.csv', ['Deal ID,Stage,Date entered', '1,Won,2024-01-01', '1,Open,2023-01-01']],
    [
      'opportunity_history',
      'deal_changes.csv',
      ['Deal ID,Property,Old value,New value,Changed at', '1,dealstage,Open,Won,2024-01-01', '1,amount,5,6,2024-01-02'],
    ],
    ['expenses', 'travel.csv', ['Employee,Date,Customer,Category,Amount,Currency', 'Ann,2024-01-01,Acme,Travel,5,EUR']],
    ['wallet-estimates', 'spend.csv', ['Account,Category,Annual spend,Source,Confidence', 'Acme,Cloud,5,x,low']],
  ])('%s: %s', async (entity, name, lines) => {
    const seen = await inspect(Buffer.from(`${lines.join('\n')}\n`), name, { shapes, workspaceCurrency: 'EUR' });
    expect(seen.recognition.entity).toBe(entity);
  });

  it.each([
    ['Vertrag', 'V1', 'contractName'],
    ['Vertrag', 'Wartung 2024', 'contractName'],
    ['Contract', 'V1', 'contract'],
    ['Contract', 'Maintenance 2024', 'contractName'],
  ])('a column called %s with “%s” in it says which contract', async (header, value, field) => {
    const text = `${header};Kunde;Menge;Preis;Abrechnung;Beginn\n${value};Acme;2;100,00;monatlich;15.01.2024\n`;
    const seen = await inspect(Buffer.from(text), 'list.csv', { shapes, workspaceCurrency: 'EUR' });
    expect(seen.mapping[0]!.target).toEqual({ kind: 'field', field });
  });
});
