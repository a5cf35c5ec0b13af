import { describe, expect, it } from 'vitest';
import type { Inspection } from '../inspect.ts';
import { inspect } from '../inspect.ts';
import { accountsShape } from '../shapes/accounts.ts';
import { peopleShape } from '../shapes/people.ts';

const shapes = [accountsShape, peopleShape];

const look = (lines: string | string[], fileName = 'export.csv'): Promise<Inspection> =>
  inspect(Buffer.from(typeof lines === 'string' ? lines : `${lines.join('\n')}\n`), fileName, {
    shapes,
    workspaceCurrency: 'EUR',
  });

function fields(inspection: Inspection): Record<string, string> {
  return Object.fromEntries(
    inspection.mapping.flatMap((one) => (one.target.kind === 'field' ? [[one.target.field, one.header]] : [])),
  );
}

/** Exports as the systems write them: header, and two rows that differ where rows differ. */
const files: {
  system: string;
  name: string;
  lines: string[];
  entity: string | null;
  expected: Record<string, string>;
}[] = [
  {
    system: 'HubSpot companies',
    name: 'hubspot-crm-exports-all-companies-2026-01-05.csv',
    lines: [
      'Record ID,Company name,Company owner,Create Date,Phone Number,Last Activity Date,City,Country/Region,Industry,Company Domain Name,Number of Employees,Annual Revenue,Parent Company,Lifecycle Stage',
      '9876543210,Acme Corp,Ann Owner,2024-03-16 14:33,+1 512 555 0100,2026-01-02 10:00,Austin,United States,COMPUTER_SOFTWARE,acme.com,250,12000000,,customer',
      '9876543211,Beta Ltd,Bob Owner,2024-04-01 09:00,+44 20 5550 0100,,London,United Kingdom,RETAIL,beta.co.uk,80,3500000,Acme Corp,opportunity',
    ],
    entity: 'accounts',
    expected: {
      externalId: 'Record ID',
      name: 'Company name',
      ownerName: 'Company owner',
      customerSince: 'Create Date',
      phone: 'Phone Number',
      city: 'City',
      country: 'Country/Region',
      industry: 'Industry',
      website: 'Company Domain Name',
      employees: 'Number of Employees',
      annualRevenue: 'Annual Revenue',
      parentName: 'Parent Company',
      status: 'Lifecycle Stage',
    },
  },
  {
    system: 'HubSpot contacts',
    name: 'hubspot-crm-exports-all-contacts.csv',
    lines: [
      'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Primary Associated Company ID,Associated Company,Job Title,Create Date,Lead Status',
      '101,Rose,Gonzalez,rose@acme.com,+1 512 555 0101,Ann Owner,9876543210,Acme Corp,CFO,2024-03-16 14:33,New',
      '102,Sean,Forbes,sean@beta.co.uk,+44 20 5550 0102,Bob Owner,9876543211,Beta Ltd,CEO,2024-04-01 09:00,Open',
    ],
    entity: 'people',
    expected: {
      externalId: 'Record ID',
      firstName: 'First Name',
      lastName: 'Last Name',
      email: 'Email',
      phone: 'Phone Number',
      ownerName: 'Contact owner',
      accountId: 'Primary Associated Company ID',
      accountName: 'Associated Company',
      title: 'Job Title',
    },
  },
  {
    system: 'Dynamics 365 accounts',
    name: 'Active Accounts 1-5-2026.csv',
    lines: [
      '(Do Not Modify) Account,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Account Name,Account Number,Main Phone,Address 1: City,Address 1: Street 1,Address 1: ZIP/Postal Code,Primary Contact,Email (Primary Contact),Parent Account,Relationship Type,Annual Revenue,No. of Employees,Owner,Website',
      '1f2e3d4c-0000-1111-2222-333344445555,abc==,2026-01-05 10:00:00,Acme Corp,A-1,+1 512 555 0100,Austin,1 Main St,78701,Rose Gonzalez,rose@acme.com,,Customer,"$1,200,000.00",250,Ann Owner,http://acme.com',
      '1f2e3d4c-0000-1111-2222-333344445556,abd==,2026-01-05 10:01:00,Beta Ltd,A-2,+1 512 555 0101,Boston,2 Main St,02101,Sean Forbes,sean@beta.com,Acme Corp,Prospect,"$900,000.00",80,Bob Owner,http://beta.com',
    ],
    entity: 'accounts',
    expected: {
      name: 'Account Name',
      externalId: '(Do Not Modify) Account',
      phone: 'Main Phone',
      city: 'Address 1: City',
      street: 'Address 1: Street 1',
      postalCode: 'Address 1: ZIP/Postal Code',
      parentName: 'Parent Account',
      annualRevenue: 'Annual Revenue',
      employees: 'No. of Employees',
      ownerName: 'Owner',
      website: 'Website',
      status: 'Relationship Type',
    },
  },
  {
    system: 'Zoho accounts',
    name: 'Accounts_2026_01_05.csv',
    lines: [
      'Record Id,Account Name,Account Owner.id,Account Owner,Parent Account.id,Parent Account,Rating,Phone,Website,Account Type,Industry,Annual Revenue,Employees,Billing Street,Billing City,Billing State,Billing Code,Billing Country,Shipping City,Created Time,Tag',
      'zcrm_4876876000000333001,Acme Corp,zcrm_1,Ann Owner,,,Active,555-0100,www.acme.com,Customer,Software,1200000,250,1 Main St,Austin,TX,78701,USA,Austin,2024-03-16 14:33:00,key',
      'zcrm_4876876000000333002,Beta Ltd,zcrm_2,Bob Owner,zcrm_4876876000000333001,Acme Corp,,555-0101,www.beta.com,Partner,Retail,900000,80,2 Main St,Boston,MA,02101,USA,Salem,2024-04-01 09:00:00,',
    ],
    entity: 'accounts',
    expected: {
      externalId: 'Record Id',
      name: 'Account Name',
      ownerId: 'Account Owner.id',
      ownerName: 'Account Owner',
      parentId: 'Parent Account.id',
      parentName: 'Parent Account',
      city: 'Billing City',
      region: 'Billing State',
      postalCode: 'Billing Code',
      country: 'Billing Country',
      street: 'Billing Street',
      customerSince: 'Created Time',
      tags: 'Tag',
      employees: 'Employees',
    },
  },
  {
    system: 'Pipedrive organizations',
    name: 'organizations-123.csv',
    lines: [
      'Organization - Name,Organization - Label,Organization - Address,Organization - ID,Organization - Owner,Organization - People,Organization - Open deals,Organization - Organization created',
      'Acme Corp,Customer,"1 Main St, Austin",1,Ann Owner,3,2,2024-03-16 14:33:00',
      'Beta Ltd,,"2 Main St, Boston",2,Bob Owner,1,0,2024-04-01 09:00:00',
    ],
    entity: 'accounts',
    expected: {
      name: 'Organization - Name',
      externalId: 'Organization - ID',
      ownerName: 'Organization - Owner',
      street: 'Organization - Address',
    },
  },
  {
    system: 'Pipedrive people',
    name: 'people-123.csv',
    lines: [
      'Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Work,Person - Phone - Mobile,Person - ID,Person - Owner',
      'Rose Gonzalez,Acme Corp,rose@acme.com,+1 512 555 0101,+1 512 555 0901,11,Ann Owner',
      'Sean Forbes,Beta Ltd,sean@beta.com,+1 512 555 0102,+1 512 555 0902,12,Bob Owner',
    ],
    entity: 'people',
    expected: {
      name: 'Person - Name',
      accountName: 'Person - Organization',
      email: 'Person - Email - Work',
      phone: 'Person - Phone - Work',
      mobile: 'Person - Phone - Mobile',
      externalId: 'Person - ID',
      ownerName: 'Person - Owner',
    },
  },
  {
    system: 'SAP customer master',
    name: 'KNA1.txt',
    lines: [
      'KUNNR\tNAME1\tLAND1\tORT01\tPSTLZ\tREGIO\tSTRAS\tTELF1\tKTOKD\tBRSCH\tERDAT\tLOEVM',
      '0000100001\tAcme GmbH\tDE\tKöln\t50667\t05\tDomplatz 1\t+49 221 1234\t0001\tM100\t20190316\t',
      '0000100002\tBeta AG\tCH\tZürich\t8001\tZH\tBahnhofstr. 2\t+41 44 1234\t0001\tM200\t20200401\tX',
    ],
    entity: 'accounts',
    expected: {
      externalId: 'KUNNR',
      name: 'NAME1',
      country: 'LAND1',
      city: 'ORT01',
      postalCode: 'PSTLZ',
      region: 'REGIO',
      street: 'STRAS',
      phone: 'TELF1',
      type: 'KTOKD',
      industry: 'BRSCH',
      customerSince: 'ERDAT',
      deleted: 'LOEVM',
    },
  },
  {
    system: 'a German sheet',
    name: 'Kundenliste 2026.csv',
    lines: [
      'Kd.-Nr.;Kunde;Straße;PLZ;Ort;Land;Branche;Betreuer;Umsatz 2025 (TEUR);Mitarbeiter;Kunde seit;ABC-Klasse;Bemerkung',
      '10001;Müller & Söhne GmbH;Hauptstr. 1;50667;Köln;Deutschland;Maschinenbau;Anna Berg;1.250,5;120;16.03.2019;A;Stammkunde',
      '10002;Bäckerei Groß KG;Am Markt 2;01067;Dresden;Deutschland;Lebensmittel;Uwe Tal;80,25;12;01.04.2020;C;',
    ],
    entity: 'accounts',
    expected: {
      externalId: 'Kd.-Nr.',
      name: 'Kunde',
      street: 'Straße',
      postalCode: 'PLZ',
      city: 'Ort',
      country: 'Land',
      industry: 'Branche',
      ownerName: 'Betreuer',
      annualRevenue: 'Umsatz 2025 (TEUR)',
      employees: 'Mitarbeiter',
      customerSince: 'Kunde seit',
      tier: 'ABC-Klasse',
      description: 'Bemerkung',
    },
  },
  {
    system: 'a German list of people',
    name: 'Ansprechpartner.csv',
    lines: [
      'Anrede;Vorname;Name;Firma;Funktion;Abteilung;E-Mail;Telefon;Mobil;Vorgesetzter',
      'Frau;Rosa;Schmidt;Müller GmbH;Einkaufsleiterin;Einkauf;rosa@mueller.example;+49 221 1234-1;+49 171 1234567;',
      'Herr;Jan;Vogel;Bäckerei Groß KG;Einkäufer;Einkauf;jan@gross.example;+49 351 1234-2;+49 172 1234567;Rosa Schmidt',
    ],
    entity: 'people',
    expected: {
      salutation: 'Anrede',
      firstName: 'Vorname',
      lastName: 'Name',
      accountName: 'Firma',
      title: 'Funktion',
      department: 'Abteilung',
      email: 'E-Mail',
      phone: 'Telefon',
      mobile: 'Mobil',
      reportsToName: 'Vorgesetzter',
    },
  },
  {
    system: 'a French sheet',
    name: 'clients.csv',
    lines: [
      "N° client;Raison sociale;Adresse;Code postal;Ville;Pays;Secteur d'activité;Chiffre d'affaires (k€);Effectif;Client depuis;Commercial;Statut",
      'C001;Société Générale de Café;1 rue de la Paix;75001;Paris;France;Agroalimentaire;1 250,5;120;16/03/2019;Anne Roche;Actif',
      'C002;Établissements Béchamel;2 place du Marché;69001;Lyon;France;Restauration;80,25;12;01/04/2020;Luc Bois;Prospect',
    ],
    entity: 'accounts',
    expected: {
      externalId: 'N° client',
      name: 'Raison sociale',
      street: 'Adresse',
      postalCode: 'Code postal',
      city: 'Ville',
      country: 'Pays',
      industry: "Secteur d'activité",
      annualRevenue: "Chiffre d'affaires (k€)",
      employees: 'Effectif',
      customerSince: 'Client depuis',
      ownerName: 'Commercial',
      status: 'Statut',
    },
  },
  {
    system: 'a French list of people',
    name: 'contacts.csv',
    lines: [
      'Civilité;Nom;Prénom;Société;Fonction;Courriel;Téléphone;Portable',
      'Mme;Roche;Anne;Café SA;Directrice;anne@cafe.example;01 23 45 67 89;06 12 34 56 78',
      'M.;Bois;Luc;Béchamel;Acheteur;luc@bechamel.example;01 23 45 67 80;06 12 34 56 79',
    ],
    entity: 'people',
    expected: {
      salutation: 'Civilité',
      lastName: 'Nom',
      firstName: 'Prénom',
      accountName: 'Société',
      title: 'Fonction',
      email: 'Courriel',
      phone: 'Téléphone',
      mobile: 'Portable',
    },
  },
  {
    system: 'a Spanish sheet',
    name: 'clientes.csv',
    lines: [
      'Código de cliente;Razón social;Dirección;Ciudad;Provincia;País;Sector;Facturación anual;Número de empleados;Fecha de alta;Comercial;Página web',
      '001;Compañía Española de Café SL;Calle Mayor 1;Madrid;Madrid;España;Alimentación;1.250.000,50;120;16/03/2019;Ana Ruiz;www.cafe.example.es',
      '002;Lácteos Añón SA;Gran Vía 2;Bilbao;Vizcaya;España;Lácteos;80.250,00;12;01/04/2020;Luis Gil;www.anon.example.es',
    ],
    entity: 'accounts',
    expected: {
      externalId: 'Código de cliente',
      name: 'Razón social',
      street: 'Dirección',
      city: 'Ciudad',
      region: 'Provincia',
      country: 'País',
      industry: 'Sector',
      annualRevenue: 'Facturación anual',
      employees: 'Número de empleados',
      customerSince: 'Fecha de alta',
      ownerName: 'Comercial',
      website: 'Página web',
    },
  },
  {
    system: 'a Spanish list of people',
    name: 'contactos.csv',
    lines: [
      'Nombre,Apellidos,Empresa,Cargo,Correo electrónico,Teléfono,Móvil',
      'Ana,Ruiz Gil,Café SL,Directora,ana@cafe.example,912345678,612345678',
      'Luis,Gil Mas,Añón SA,Comprador,luis@anon.example,942345678,622345678',
    ],
    entity: 'people',
    expected: {
      firstName: 'Nombre',
      lastName: 'Apellidos',
      accountName: 'Empresa',
      title: 'Cargo',
      email: 'Correo electrónico',
      phone: 'Teléfono',
      mobile: 'Móvil',
    },
  },
  {
    system: 'an Italian sheet',
    name: 'clienti.csv',
    lines: [
      'Codice cliente;Ragione sociale;Indirizzo;CAP;Città;Settore;Fatturato;Dipendenti;Cliente dal;Agente',
      '1;Caffè Roma SRL;Via Roma 1;00100;Roma;Alimentare;1.250.000,50;120;16/03/2019;Anna Neri',
      '2;Latte SPA;Via Po 2;10100;Torino;Latte;80.250,00;12;01/04/2020;Luca Bo',
    ],
    entity: 'accounts',
    expected: {
      externalId: 'Codice cliente',
      name: 'Ragione sociale',
      street: 'Indirizzo',
      postalCode: 'CAP',
      city: 'Città',
      industry: 'Settore',
      annualRevenue: 'Fatturato',
      employees: 'Dipendenti',
      customerSince: 'Cliente dal',
      ownerName: 'Agente',
    },
  },
  {
    system: 'a Polish sheet',
    name: 'klienci.csv',
    lines: [
      'Numer klienta;Nazwa firmy;Ulica;Kod pocztowy;Miasto;Branża;Opiekun;Przychody',
      'K1;Łódź Sp. z o.o.;Piotrkowska 1;90-001;Łódź;Budowa;Ewa Lis;1 250 000,50',
      'K2;Żabka SA;Rynek 2;61-772;Poznań;Handel;Jan Dąb;80 250,00',
    ],
    entity: 'accounts',
    expected: {
      externalId: 'Numer klienta',
      name: 'Nazwa firmy',
      street: 'Ulica',
      postalCode: 'Kod pocztowy',
      city: 'Miasto',
      industry: 'Branża',
      ownerName: 'Opiekun',
      annualRevenue: 'Przychody',
    },
  },
  {
    system: 'a Japanese sheet',
    name: 'list.csv',
    lines: [
      '顧客番号,会社名,住所,都市,業種,売上高,担当者',
      'C-1,トヨタ商事,1-2-3,名古屋,自動車,1000000,山田',
      'C-2,ソニー産業,4-5-6,東京,電機,2000000,田中',
    ],
    entity: 'accounts',
    expected: {
      externalId: '顧客番号',
      name: '会社名',
      street: '住所',
      city: '都市',
      industry: '業種',
      annualRevenue: '売上高',
      ownerName: '担当者',
    },
  },
  {
    system: 'a Salesforce report',
    name: 'report1767600000000.csv',
    lines: [
      '"Account Owner","Account Name","Account ID","Parent Account: Account Name","Billing City","Type","Rating","Annual Revenue Currency","Annual Revenue","Created Date"',
      '"Ann Owner","Acme Corp","001bm00001ZL8U9","","Austin","Customer","Hot","USD","1200000","3/16/2024"',
      '"Bob Owner","Beta Ltd","001bm00001ZL8UA","Acme Corp","Boston","Partner","","USD","900000","4/1/2024"',
    ],
    entity: 'accounts',
    expected: {
      ownerName: 'Account Owner',
      name: 'Account Name',
      externalId: 'Account ID',
      city: 'Billing City',
      type: 'Type',
      annualRevenue: 'Annual Revenue',
      customerSince: 'Created Date',
    },
  },
  {
    system: 'a sales team’s sheet with slips of the pen',
    name: 'Portfolio.csv',
    lines: [
      'Acount Name,Key Acct Mgr,Revnue,Idustry,Contry',
      'Acme Corp,Ann,1200,Software,USA',
      'Beta Ltd,Bob,900,Retail,UK',
    ],
    entity: 'accounts',
    expected: { name: 'Acount Name', industry: 'Idustry', country: 'Contry' },
  },
  {
    system: 'deals of any system',
    name: 'deals.csv',
    lines: [
      'Record ID,Deal Name,Deal Stage,Close Date,Amount,Associated Company,Deal owner',
      '1,Big deal,Won,2024-03-16,1200,Acme Corp,Ann',
      '2,Small deal,Lost,2024-04-01,900,Beta Ltd,Bob',
    ],
    entity: null,
    expected: {},
  },
  {
    system: 'invoices',
    name: 'invoices.csv',
    lines: [
      'Invoice Number,Customer ID,Invoice Date,Amount,Currency',
      'R-1,C-1,2024-03-16,1200,EUR',
      'R-2,C-1,2024-04-01,900,EUR',
      'R-3,C-2,2024-04-01,900,EUR',
    ],
    entity: null,
    expected: {},
  },
];

describe('what a file is', () => {
  it.each(files)('$system', async ({ name, lines, entity, expected }) => {
    const inspection = await look(lines, name);
    expect(inspection.recognition.entity).toBe(entity);
    expect(fields(inspection)).toMatchObject(expected);
  });

  it('is named with reasons and other possibilities', async () => {
    const { recognition } = await look(files[0]!.lines, files[0]!.name);
    expect(recognition.confidence).toBeGreaterThan(0.8);
    expect(recognition.reason).toContain('Accounts, by the columns');
    expect(recognition.guesses.map((guess) => guess.entity)).toEqual(['accounts', 'people']);
  });

  it('opportunities of Salesforce are known by their ids and not taken for accounts', async () => {
    const { recognition } = await look([
      'Id,AccountId,Name,StageName',
      '006bm00000LKJNNAA5,001bm00001ZL8UCAA1,Deal,Won',
      '006bm00000LKJNOAA5,001bm00001ZL8UEAA1,Deal 2,Won',
    ]);
    expect(recognition.entity).toBeNull();
    expect(recognition.reason).toContain('opportunities');
  });

  it('columns without a field become fields of the workspace’s own, with a type by their content', async () => {
    const { mapping } = await look([
      'Account Name,Score,Active,NPS date,Plan',
      ...Array.from(
        { length: 12 },
        (_, i) => `Acme ${i},${i}.5,${i % 2 ? 'yes' : 'no'},2024-01-${10 + i},${i % 2 ? 'Basic' : 'Pro'}`,
      ),
    ]);
    expect(mapping.map((one) => (one.target.kind === 'custom' ? one.target.type : one.target.kind))).toEqual([
      'field',
      'decimal',
      'boolean',
      'date',
      'choice',
    ]);
  });

  it('a column with the right name and the wrong content is not forced into the field', async () => {
    const { mapping } = await look([
      'Account Name,Website,Employees,Status',
      'Acme,yes,51-200,Purple',
      'Beta,no,201-500,Green',
      'Gamma,yes,11-50,Blue',
    ]);
    expect(mapping.map((one) => one.target.kind)).toEqual(['field', 'custom', 'custom', 'custom']);
  });
});
