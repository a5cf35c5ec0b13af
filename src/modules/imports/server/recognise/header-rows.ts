// Header rows as systems and people write them, for tests: each must be known by the names of its columns alone.

export const headerRows: { from: string; entity: 'accounts' | 'people'; header: string }[] = [
  // Exports of CRM and ERP systems ----------------------------------------------------------------------------------
  {
    from: 'Salesforce, data export of accounts',
    entity: 'accounts',
    header:
      'Id,IsDeleted,MasterRecordId,Name,Type,RecordTypeId,ParentId,BillingStreet,BillingCity,BillingState,BillingPostalCode,BillingCountry,ShippingStreet,ShippingCity,Phone,Fax,AccountNumber,Website,Sic,Industry,AnnualRevenue,NumberOfEmployees,Ownership,TickerSymbol,Description,Rating,Site,OwnerId,CreatedDate,CreatedById',
  },
  {
    from: 'Salesforce, report of accounts',
    entity: 'accounts',
    header: 'Account Owner,Account Name,Billing State/Province,Type,Rating,Last Activity,Last Modified Date',
  },
  {
    from: 'Salesforce, data export of contacts',
    entity: 'people',
    header:
      'Id,IsDeleted,AccountId,LastName,FirstName,Salutation,Name,MailingStreet,MailingCity,Phone,Fax,MobilePhone,HomePhone,ReportsToId,Email,Title,Department,LeadSource,Birthdate,Description,OwnerId',
  },
  {
    from: 'Salesforce, mailing list',
    entity: 'people',
    header: 'Salutation,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Email',
  },
  {
    from: 'HubSpot, companies',
    entity: 'accounts',
    header:
      'Record ID,Company name,Company owner,Create Date,Phone Number,Last Activity Date,City,Country/Region,Industry,Lead Status,Associated Contact IDs',
  },
  {
    from: 'HubSpot, companies with their properties’ inner names',
    entity: 'accounts',
    header:
      'hs_object_id,name,domain,industry,phone,city,state,zip,country,numberofemployees,annualrevenue,lifecyclestage,hubspot_owner_id,createdate',
  },
  {
    from: 'HubSpot, contacts',
    entity: 'people',
    header:
      'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Last Activity Date,Lead Status,Marketing contact status,Create Date,Associated Company IDs,Associated Company',
  },
  {
    from: 'Dynamics 365, accounts',
    entity: 'accounts',
    header:
      '(Do Not Modify) Account,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Account Name,Main Phone,Address 1: City,Primary Contact,Email (Primary Contact),Status',
  },
  {
    from: 'Dynamics 365, logical names',
    entity: 'accounts',
    header:
      'accountid,name,accountnumber,telephone1,address1_city,address1_country,primarycontactid,parentaccountid,revenue,numberofemployees,statecode',
  },
  {
    from: 'Dynamics 365, contacts',
    entity: 'people',
    header:
      '(Do Not Modify) Contact,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Full Name,Email,Company Name,Business Phone,Status,Job Title',
  },
  {
    from: 'Pipedrive, organizations',
    entity: 'accounts',
    header:
      'Organization - Name,Organization - People,Organization - Closed deals,Organization - Open deals,Organization - Next activity date,Organization - Owner',
  },
  {
    from: 'Pipedrive, people',
    entity: 'people',
    header:
      'Person - Name,Person - Organization,Person - Email,Person - Phone,Person - Closed deals,Person - Open deals,Person - Next activity date,Person - Owner',
  },
  {
    from: 'Zoho, accounts',
    entity: 'accounts',
    header:
      'Record Id,Account Owner.id,Account Owner,Rating,Account Name,Phone,Account Site,Parent Account.id,Parent Account,Website',
  },
  {
    from: 'Zoho, contacts',
    entity: 'people',
    header:
      'Record Id,Contact Owner.id,Contact Owner,Lead Source,First Name,Last Name,Account Name.id,Account Name,Email,Title,Department,Phone,Mobile,Reporting To',
  },
  {
    from: 'SAP S/4HANA, customers',
    entity: 'accounts',
    header:
      'Customer,Name 1,Name 2,Street,Postal Code,City,Country/Region Key,Account Group,Industry,Created On,Central Deletion Flag',
  },
  {
    from: 'SAP, KNA1',
    entity: 'accounts',
    header: 'MANDT,KUNNR,LAND1,NAME1,NAME2,ORT01,PSTLZ,REGIO,SORTL,STRAS,TELF1',
  },
  {
    from: 'SAP Business One, business partners',
    entity: 'accounts',
    header: 'BP Code,BP Name,BP Type,Group Code,Telephone 1,E-Mail,Contact Person,Account Balance',
  },
  {
    from: 'SAP Sales Cloud, accounts',
    entity: 'accounts',
    header: 'Account ID,Name,Role,Status,City,Country/Region,Owner,ABC Classification',
  },
  {
    from: 'NetSuite, customers',
    entity: 'accounts',
    header:
      'Internal ID,ID,Name,Company Name,Sales Rep,Category,Primary Contact,Status,Phone,Email,Billing Address,Territory,Date Created',
  },
  {
    from: 'NetSuite, contacts',
    entity: 'people',
    header: 'Internal ID,Name,Company,Job Title,Email,Phone,Office Phone,Mobile Phone,Category',
  },
  {
    from: 'Freshsales, accounts',
    entity: 'accounts',
    header:
      'Id,Name,Website,Phone,Number of employees,Annual revenue,Industry type,Business type,Sales owner,Territory,City,State,Country,Parent account',
  },
  {
    from: 'Freshsales, contacts',
    entity: 'people',
    header: 'Id,First name,Last name,Job title,Emails,Work,Mobile,Accounts,Sales owner,Lifecycle stage,Status',
  },
  {
    from: 'Copper, companies',
    entity: 'accounts',
    header:
      'Copper ID,Name,Email Domain,Contact Type,Owned By,Owner Id,Details,Street,City,State,Postal Code,Country,Phone Number,Website,Tags,Created At',
  },
  {
    from: 'Copper, people',
    entity: 'people',
    header:
      'Copper ID,Name,First Name,Last Name,Title,Company,Company Id,Contact Type,Owned By,Owner Id,Email,Phone Number,Street,City',
  },
  {
    from: 'SugarCRM, accounts',
    entity: 'accounts',
    header:
      'Name,ID,Website,Email Address,Office Phone,Alternate Phone,Fax,Billing Street,Billing City,Billing State,Billing Postal Code,Billing Country,Description,Type,Industry,Annual Revenue,Employees,SIC Code,Ticker Symbol,Member of,Ownership,Campaign ID,Rating,Assigned to,Assigned to User ID,Date Created,Date Modified,Deleted',
  },
  {
    from: 'SuiteCRM, contacts',
    entity: 'people',
    header:
      'First Name,Last Name,ID,Salutation,Title,Department,Account Name,Email Address,Mobile,Work,Home,Reports to,Assigned to,Do Not Call',
  },
  {
    from: 'Odoo, contacts of companies',
    entity: 'accounts',
    header:
      'External ID,Name,Company Type,Phone,Email,Salesperson,Activities,City,Country,Company,Tags,Is a Company,Number of Employees,Tax ID',
  },
  {
    from: 'Creatio, accounts',
    entity: 'accounts',
    header: 'Name,Type,Owner,Primary contact,Web,Primary phone,Category,Industry,No. of employees',
  },
  {
    from: 'Insightly, organisations',
    entity: 'accounts',
    header: 'Record Id,Organization Name,Phone,Fax,Website,Background,Billing Address City',
  },
  {
    from: 'Close, leads',
    entity: 'accounts',
    header: 'lead_id,display_name,lead_name,url,status_label,company,city,country',
  },
  {
    from: 'monday, accounts',
    entity: 'accounts',
    header: 'Name,Contacts,Deals,Domain,Industry,Headcount,Location,Priority',
  },
  {
    from: 'Gainsight, companies',
    entity: 'accounts',
    header: 'GSID,Name,CSM,Stage,ARR,Renewal Date,Customer Lifetime in Months,Industry,Status',
  },
  {
    from: 'QuickBooks, customers',
    entity: 'accounts',
    header: 'Customer,Company,Street Address,City,State,Country,Zip,Phone,Email,Open Balance',
  },
  {
    from: 'Stripe, customers',
    entity: 'accounts',
    header: 'id,Description,Email,Name,Created (UTC),Delinquent,Plan,Status,Total Spend',
  },
  {
    from: 'Outlook, contacts',
    entity: 'people',
    header:
      'Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Phone,Mobile Phone,E-mail Address',
  },
  {
    from: 'Google, contacts',
    entity: 'people',
    header:
      'First Name,Middle Name,Last Name,Organization Name,Organization Title,Organization Department,Labels,E-mail 1 - Value,Phone 1 - Value',
  },
  {
    from: 'LinkedIn, connections',
    entity: 'people',
    header: 'First Name,Last Name,URL,Email Address,Company,Position,Connected On',
  },
  // Sheets of sales teams --------------------------------------------------------------------------------------------
  { from: 'a sheet', entity: 'accounts', header: 'Id,Name,City,Hobby,Parent Id' },
  { from: 'a sheet', entity: 'accounts', header: 'Account,Owner,Tier' },
  { from: 'a sheet', entity: 'accounts', header: 'Name' },
  { from: 'a sheet', entity: 'accounts', header: 'Company' },
  { from: 'a sheet', entity: 'accounts', header: 'Key account' },
  { from: 'a sheet', entity: 'accounts', header: 'Name,Amount,Customer since' },
  { from: 'a sheet', entity: 'accounts', header: 'Company,Amount,Customer since' },
  { from: 'a sheet', entity: 'accounts', header: 'Client,Spend,Client since' },
  { from: 'a sheet', entity: 'accounts', header: 'Customer no.,Customer,Sales 2025,Sales 2024' },
  { from: 'a sheet', entity: 'accounts', header: 'Account Name,ARR,Renewal date,CSM' },
  { from: 'a sheet', entity: 'accounts', header: '#,Account,Segment,Region,ARR' },
  { from: 'a sheet', entity: 'accounts', header: 'Top customers,Country,Turnover' },
  { from: 'a sheet', entity: 'people', header: 'First name,Last name' },
  { from: 'a sheet', entity: 'people', header: 'Contact,Account' },
  { from: 'a sheet', entity: 'people', header: 'Name,Company,Role' },
  { from: 'a sheet', entity: 'people', header: 'Full name,E-mail' },
  { from: 'a sheet', entity: 'people', header: 'Stakeholder,Position,Account,Influence' },
  { from: 'a German sheet', entity: 'accounts', header: 'Kunde;Umsatz;Kunde seit' },
  { from: 'a German sheet', entity: 'accounts', header: 'Kundennummer;Kundenname;Ort' },
  { from: 'a German sheet', entity: 'accounts', header: 'Firma;PLZ;Ort;Betreuer' },
  { from: 'a German sheet', entity: 'accounts', header: 'Kunde;Betrag;Seit' },
  { from: 'a German sheet', entity: 'people', header: 'Ansprechpartner;Firma;Telefon' },
  { from: 'a German sheet', entity: 'people', header: 'Vorname;Nachname;E-Mail' },
  { from: 'a German sheet', entity: 'people', header: 'Name;Firma;Funktion' },
  { from: 'a French sheet', entity: 'accounts', header: 'Client;Ville;Chiffre d’affaires' },
  { from: 'a French sheet', entity: 'accounts', header: 'Raison sociale;SIRET;Code postal' },
  { from: 'a French sheet', entity: 'accounts', header: 'Compte;Montant;Client depuis' },
  { from: 'a French sheet', entity: 'people', header: 'Nom;Prénom;Société' },
  { from: 'a French sheet', entity: 'people', header: 'Contact;Entreprise;Fonction' },
  { from: 'a Spanish sheet', entity: 'accounts', header: 'Cliente;Importe;Cliente desde' },
  { from: 'a Spanish sheet', entity: 'accounts', header: 'Empresa;Ciudad;Sector' },
  { from: 'a Spanish sheet', entity: 'people', header: 'Nombre;Apellidos;Cargo' },
  { from: 'a Spanish sheet', entity: 'people', header: 'Persona de contacto;Empresa;Correo' },
  { from: 'an Italian sheet', entity: 'accounts', header: 'Cliente;Città;Fatturato' },
  { from: 'an Italian sheet', entity: 'people', header: 'Nome;Cognome;Azienda' },
  { from: 'a Portuguese sheet', entity: 'accounts', header: 'Cliente;Cidade;Faturamento;Cliente desde' },
  { from: 'a Portuguese sheet', entity: 'people', header: 'Nome;Sobrenome;Empresa;Cargo' },
  { from: 'a Dutch sheet', entity: 'accounts', header: 'Klant;Plaats;Omzet;Klant sinds' },
  { from: 'a Dutch sheet', entity: 'people', header: 'Voornaam;Achternaam;Functie' },
  { from: 'a Polish sheet', entity: 'accounts', header: 'Kontrahent;Miasto;Obrót' },
  { from: 'a Polish sheet', entity: 'people', header: 'Imię;Nazwisko;Stanowisko' },
  { from: 'a Swedish sheet', entity: 'accounts', header: 'Kund;Ort;Omsättning' },
  { from: 'a Czech sheet', entity: 'accounts', header: 'Zákazník;Město;Obrat' },
  { from: 'a Turkish sheet', entity: 'accounts', header: 'Müşteri;Şehir;Ciro' },
  { from: 'a Russian sheet', entity: 'accounts', header: 'Клиент;Город;Отрасль' },
  { from: 'a Russian sheet', entity: 'people', header: 'Имя;Фамилия;Компания' },
  { from: 'a Japanese sheet', entity: 'accounts', header: '会社名,住所,売上高' },
  { from: 'a Chinese sheet', entity: 'accounts', header: '客户名称,城市,行业' },
];

/** Lists of other things, which must never be taken for accounts or people. */
export const otherLists: string[] = [
  'Invoice,Customer,Amount,Date\nR1,Acme,5,2024-01-01\nR2,Acme,6,2024-01-02\nR3,Beta,6,2024-01-02',
  'Invoice No,Customer,Invoice Date,Amount\nR1,Acme,2024-01-01,5\nR2,Beta,2024-01-02,6',
  'SKU,Name,Price\nA1,Widget,5\nA2,Gadget,6',
  'Product Code,Product Name,List Price,Currency\nA1,Widget,5,EUR\nA2,Gadget,6,EUR',
  'Opportunity Name,Account Name,Stage,Amount,Close Date\nDeal,Acme,Won,5,2024-01-01\nOther,Beta,Lost,5,2024-01-01',
  'Id,Account Id,Name,Stage,Amount,Close Date\n1,1,Deal,Won,5,2024-01-01\n2,2,Other,Lost,5,2024-01-01',
  'subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,arr_amount\nS1,A1,23-12-2023,,Pro,5,6,72\nS2,A2,24-12-2023,,Pro,5,6,72',
  'Contract Number,Account Name,Start Date,End Date,Value\n1,Acme,2024-01-01,2025-01-01,5\n2,Beta,2024-01-01,2025-01-01,5',
  'Date,Account,Category,Amount,Currency\n2024-01-01,Acme,Travel,5,EUR\n2024-01-02,Acme,Meal,5,EUR',
  'Payment ID,Invoice ID,Amount,Paid On\n1,R1,5,2024-01-01',
  'Month,Account Id,Revenue\n2024-01,1,5\n2024-02,1,5\n2024-01,2,5\n2024-02,2,5',
  'Date,Currency,Rate\n2024-01-01,USD,1.1\n2024-01-01,GBP,0.9',
  'Account,Product,Potential,Competitor\nAcme,X,5,Foo\nAcme,Y,5,Foo\nBeta,X,5,Bar\nBeta,Y,4,Bar',
  'Task,Due Date,Owner\nCall,2024-01-01,Ann',
];
