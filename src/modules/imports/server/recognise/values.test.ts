import { describe, expect, it } from 'vitest';
import { countryCode } from './countries.ts';
import { accountNameSimilarity, maybeSameName, normaliseAccountName } from './names.ts';
import { canonicalExternalId, canonicalSalesforceId } from './salesforce-ids.ts';
import { isNothing, isPhone, isUrl, readBoolean, readEmail } from './values.ts';
import { headerKey, isSlip } from './words.ts';

describe('what a cell looks like', () => {
  it.each([
    '',
    '  ',
    'N/A',
    'n/a',
    '-',
    '—',
    'NULL',
    '#N/A',
    'none',
    'leer',
    'k.A.',
    'Unknown',
    '(blank)',
    '0000-00-00',
    'sin datos',
  ])('%j stands for nothing', (text) => {
    expect(isNothing(text)).toBe(true);
  });

  it('people called Null, and North Carolina, are something', () => {
    expect(isNothing('Null', true)).toBe(false);
    expect(isNothing('NA', true)).toBe(false);
    expect(isNothing('N/A', true)).toBe(true);
    expect(isNothing('NC')).toBe(false);
    expect(isNothing('ND')).toBe(false);
  });

  it.each([
    ['TRUE', true],
    ['Ja', true],
    ['sí', true],
    ['WAHR', true],
    ['x', true],
    ['✓', true],
    ['1', true],
    ['falsch', false],
    ['Não', false],
    ['нет', false],
    ['0', false],
    ['vielleicht', null],
    ['2', null],
  ])('%j as a truth value is %j', (text, value) => {
    expect(readBoolean(text)).toBe(value);
  });

  it('an e-mail address is found in what people paste', () => {
    expect(readEmail('Rose <rose@edge.com>')).toEqual({ email: 'rose@edge.com', more: false });
    expect(readEmail('mailto:rose@edge.com')).toEqual({ email: 'rose@edge.com', more: false });
    expect(readEmail('a@x.com; b@y.com')).toEqual({ email: 'a@x.com', more: true });
    expect(readEmail('b.levy@expressl&t.net')).toEqual({ email: 'b.levy@expressl&t.net', more: false });
    expect(readEmail('rose(at)edge.com')).toBeNull();
    expect(readEmail('a@b')).toBeNull();
  });

  it('telephones and web addresses are told from dates, codes and companies', () => {
    for (const phone of [
      '(512) 757-6000',
      '886-2-25474189',
      '+44 191 4956203',
      '030/1234567',
      '0171 1234567',
      '555.123.4567 x12',
    ])
      expect([phone, isPhone(phone)]).toEqual([phone, true]);
    for (const other of ['27215', '139000000', 'A-1', 'Acme']) expect([other, isPhone(other)]).toEqual([other, false]);
    for (const url of ['www.acme.com', 'acme.de', 'https://a.b.org/c?d', 'müller.de'])
      expect([url, isUrl(url)]).toEqual([url, true]);
    for (const other of ['Acme Inc.', 'plan.pdf', 'Farmers Coop. of', 'a@b.com', '1.5'])
      expect([other, isUrl(other)]).toEqual([other, false]);
  });

  it('countries are known by name in many languages and by code', () => {
    expect(
      ['Deutschland', 'Allemagne', 'DEU', 'de', 'UK', 'España', 'Vereinigtes Königreich', '日本', 'U.S.A.'].map(
        countryCode,
      ),
    ).toEqual(['DE', 'DE', 'DE', 'DE', 'GB', 'ES', 'GB', 'JP', 'US']);
    expect(countryCode('Austin')).toBeNull();
  });
});

describe('ids of other systems', () => {
  it('the short and the long form of a Salesforce id are the same', () => {
    expect(canonicalSalesforceId('001bm00001ZL8U9')).toBe('001bm00001ZL8U9AAL');
    expect(canonicalSalesforceId('001bm00001ZL8U9AAL')).toBe('001bm00001ZL8U9AAL');
    expect(canonicalSalesforceId('001bm00001ZL8U9aal')).toBe('001bm00001ZL8U9AAL');
    expect(canonicalSalesforceId('001bm00001ZL8U9AAB')).toBeNull();
    expect(canonicalSalesforceId('ABCDEFGH1234567')).toBeNull();
  });

  it('an id that a spreadsheet turned into a number is the same id', () => {
    expect(canonicalExternalId(' 10001.0 ')).toBe('10001');
    expect(canonicalExternalId('00100')).toBe('00100');
    expect(canonicalExternalId('A-2e4581')).toBe('A-2e4581');
  });
});

describe('names of accounts', () => {
  it.each([
    ['United Oil & Gas Corp.', 'UNITED OIL AND GAS'],
    ['Müller GmbH & Co. KG', 'Mueller GmbH'],
    ['Société Générale S.A.', 'Societe Generale'],
    ['The Acme Company, Inc.', 'Acme'],
    ["O'Reilly Ltd", 'OReilly Limited'],
    ['Łódź Sp. z o.o.', 'Lodz'],
    ['ООО «Ромашка»', 'Ромашка'],
  ])('%s is the same as %s', (a, b) => {
    expect(normaliseAccountName(a)).toBe(normaliseAccountName(b));
    expect(accountNameSimilarity(a, b)).toBe(1);
  });

  it.each([
    ['Burlington Textiles Corp of America', 'Burlington Textile Corporation of America'],
    ['GenePoint', 'Gene Point Inc.'],
    ['Farmers Coop. of Florida', 'Farmers Cooperative of Florida'],
    ['Cadinal Inc.', 'Cardinal Inc'],
  ])('%s may be %s: a person is asked', (a, b) => {
    const similarity = accountNameSimilarity(a, b);
    expect(similarity).toBeGreaterThanOrEqual(maybeSameName);
    expect(similarity).toBeLessThan(1);
  });

  it.each([
    ['United Oil & Gas, UK', 'United Oil & Gas, Singapore'],
    ['Store 12', 'Store 13'],
    ['Acme', 'Beta'],
    ['Deutsche Bank', 'Deutsche Bahn AG'],
    ['Company_0', 'Company_1'],
  ])('%s is not %s', (a, b) => {
    expect(accountNameSimilarity(a, b)).toBeLessThan(maybeSameName);
  });

  it('a name that is only a legal form stays a name', () => {
    expect(normaliseAccountName('AG')).toBe('ag');
    expect(normaliseAccountName('Company')).toBe('company');
  });
});

describe('names of columns', () => {
  it('are compared without case, accents, underscores and camelCase', () => {
    for (const name of ['BillingPostalCode', 'billing_postal_code', 'Billing Postal Code *', 'BILLING-POSTAL-CODE'])
      expect(headerKey(name)).toBe('billing postal code');
    expect(headerKey('Active__c')).toBe('active');
    expect(headerKey('customerID')).toBe('customer id');
    expect(headerKey('Número de teléfono')).toBe('numero de telefono');
  });

  it('one slip is forgiven', () => {
    expect(isSlip('contry', 'country')).toBe(true);
    expect(isSlip('emial', 'email')).toBe(true);
    expect(isSlip('city', 'county')).toBe(false);
  });
});
