// How lists of people at accounts (contacts) look in the exports of CRM systems and in the sheets of sales teams.
import type { EntityShape, FieldValue, RowRemark } from '../../../kernel/server/importing.ts';

export const peopleShape: EntityShape = {
  entity: 'people',
  label: 'People',
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
        'id|do not modify contact|contact id|contactid|person id|personid|record id|recordid|contact no|contact number|contact nr|people id|individual id|external id|externalid|uid|uuid|guid|contact|kontakt id|kontaktid|kontakt nr|kontaktnummer|personennummer|personen id|ansprechpartner id|ansprechpartner nr|ansprechpartnernummer|id contact|identifiant|identifiant contact|id contacto|id persona|código de contacto|id contatto|id do contato|contact id nr|contactnummer|id kontaktu|kontakt nummer|parnr|sfdc id|salesforce id|lead id|vid|hubspot id|nr',
      not: 'account id|owner id|company id|reports to id',
    },
    {
      key: 'name',
      label: 'Full name',
      type: 'text',
      role: 'name',
      exact: true,
      weight: 1,
      maxLength: 300,
      synonyms:
        'name|full name|fullname|contact name|contactname|contact full name|contact|person|person name|display name|contact person|stakeholder|stakeholder name|attendee|decision maker|kontakt|kontaktname|kontaktperson|ansprechpartner|ansprechpartnerin|ansprechpartner name|name ansprechpartner|vollständiger name|vor und nachname|name vorname|vorname nachname|person name voll|nom complet|nom du contact|interlocuteur|prénom nom|nom prénom|nom et prénom|nombre completo|nombre y apellidos|nombre del contacto|nombre de contacto|persona de contacto|contacto|persona|nome completo|nome e cognome|nome contatto|nome do contato|contato|referente|contatto|volledige naam|naam contactpersoon|contactpersoon|imię i nazwisko|osoba kontaktowa|osoba|kontaktperson namn|fullständigt namn|fulde navn|fullt navn|kontaktperson|yhteyshenkilö|koko nimi|ad soyad|yetkili kişi|ilgili kişi|jméno a příjmení|kontaktní osoba|teljes név|kapcsolattartó|nume complet|persoană de contact|фио|контактное лицо|полное имя|контакт|氏名|担当者名|联系人|姓名|이름|담당자명',
      not: 'account name|company name|owner name|user name',
    },
    {
      key: 'firstName',
      label: 'First name',
      type: 'text',
      role: 'first-name',
      exact: true,
      weight: 3,
      maxLength: 150,
      synonyms:
        'first name|firstname|given name|givenname|forename|first|fname|contact first name|vorname|vorname ansprechpartner|prénom|prenom contact|nombre de pila|primer nombre|nombre|nombres|nome|nome proprio|primeiro nome|voornaam|roepnaam|imię|förnamn|fornavn|etunimi|ad|adı|jméno|křestní jméno|keresztnév|utónév|prenume|имя|名|名字|first name kanji',
    },
    {
      key: 'lastName',
      label: 'Last name',
      type: 'text',
      role: 'last-name',
      exact: true,
      weight: 3,
      maxLength: 150,
      synonyms:
        'last name|lastname|surname|family name|familyname|last|lname|contact last name|nachname|familienname|zuname|nachname ansprechpartner|nom|nom de famille|apellido|apellidos|primer apellido|cognome|sobrenome|apelido|último nome|achternaam|familienaam|nazwisko|efternamn|etternavn|efternavn|sukunimi|soyad|soyadı|příjmení|vezetéknév|családnév|nume|nume de familie|фамилия|姓|성',
    },
    {
      key: 'middleName',
      label: 'Middle name',
      type: 'text',
      exact: true,
      weight: 1,
      synonyms:
        'middle name|middlename|second name|middle initial|zweiter vorname|deuxième prénom|segundo nombre|tussenvoegsel|отчество',
    },
    {
      key: 'salutation',
      label: 'Salutation',
      type: 'text',
      exact: true,
      weight: 2,
      maxLength: 60,
      synonyms:
        'salutation|name prefix|prefix|honorific|mr mrs|courtesy title|academic title|anrede|briefanrede|titel anrede|akademischer titel|civilité|titre de civilité|tratamiento|saludo|appellativo|titolo|tratamento|saudação|aanhef|aanspreektitel|zwrot|tytuł grzecznościowy|tilltal|tiltale|oslovení|megszólítás|обращение',
    },
    {
      key: 'suffix',
      label: 'Suffix',
      type: 'text',
      exact: true,
      weight: 0.8,
      synonyms: 'suffix|name suffix|namenszusatz|suffixe|sufijo|suffisso',
    },
    {
      key: 'email',
      label: 'E-mail',
      type: 'email',
      weight: 1.5,
      maxLength: 254,
      synonyms:
        'email|e mail|mail|email address|e mail address|emailaddress|email 1|email work|work email|business email|primary email|contact email|person email|person email work|email id|smtp addr|smtp address|e mail adresse|email adresse|mailadresse|e mail geschäftlich|e mail 1|courriel|adresse email|adresse e mail|adresse électronique|adresse mail|mél|correo|correo electrónico|dirección de correo|email de contacto|posta elettronica|indirizzo email|indirizzo e mail|correio eletrónico|endereço de email|e mailadres|emailadres|adres email|adres e mail|e post|epost|e postadress|mejl|sähköposti|sähköpostiosoite|e posta|e posta adresi|elektronická pošta|e mailová adresa|e mail cím|adresă de email|почта|электронная почта|email почта|эл почта|メール|メールアドレス|邮箱|电子邮件|이메일',
      not: 'owner email|email opt out|email bounced reason|has opted out of email|secondary email|manager email|email bounced date',
    },
    {
      key: 'mobile',
      label: 'Mobile',
      type: 'phone',
      weight: 1.5,
      maxLength: 60,
      synonyms:
        'mobile|mobile phone|mobilephone|mobile number|mobile phone number|cell|cell phone|cellphone|person phone mobile|mobil|mobiltelefon|mobilnummer|handy|handynummer|mobilfunk|mobil nr|portable|téléphone portable|tél portable|tel mobile|móvil|teléfono móvil|celular|número de móvil|cellulare|telefono cellulare|telemóvel|telefone celular|mobiel|mobiele telefoon|gsm|komórka|telefon komórkowy|mobilní telefon|matkapuhelin|cep telefonu|cep|мобильный|мобильный телефон|携帯電話|携帯|手机|휴대폰',
    },
    {
      key: 'phone',
      label: 'Phone',
      type: 'phone',
      weight: 0.3,
      maxLength: 60,
      synonyms:
        'phone|phone number|telephone|telephone number|business phone|work phone|office phone|direct phone|direct dial|direct line|desk phone|tel|tel no|phone 1|person phone|person phone work|phone work|contact phone|telefon|telefonnummer|telefon nr|tel nr|tel geschäftlich|telefon geschäftlich|durchwahl|rufnummer|telf1|téléphone|numéro de téléphone|tél|ligne directe|teléfono|número de teléfono|telefono|telefone|telefoon|telefoonnummer|numer telefonu|puhelin|puhelinnumero|telefon numarası|телефон|номер телефона|рабочий телефон|電話番号|電話|电话|전화|전화번호',
      not: 'fax|assistant phone|asst phone|home phone|other phone|company phone|account phone',
    },
    {
      key: 'title',
      label: 'Job title',
      type: 'text',
      weight: 2,
      maxLength: 200,
      synonyms:
        'job title|jobtitle|position|role|function|job|job position|job role|business title|designation|title|contact title|person job title|position im unternehmen|funktion|stelle|stellenbezeichnung|berufsbezeichnung|beruf|tätigkeit|rolle|jobtitel|pafkt|fonction|poste|intitulé du poste|rôle|titre|cargo|puesto|puesto de trabajo|función|posición|título|qualifica|ruolo|mansione|posizione|função|cargo do contato|functie|functietitel|stanowisko|funkcja|befattning|roll|stilling|titel stilling|tehtävänimike|asema|ünvan|görev|pozice|funkce|beosztás|munkakör|funcție|titel|должность|役職|肩書|职位|职务|직책|직함',
      not: 'academic title|courtesy title|account title|name prefix',
    },
    {
      key: 'department',
      label: 'Department',
      type: 'text',
      weight: 1.5,
      maxLength: 200,
      synonyms:
        'department|dept|division|business unit|team|abteilung|bereich|abtnr|service département|département|service|departamento|área|area|reparto|dipartimento|divisione|setor interno|afdeling|dział|avdelning|afdeling navn|avdeling|osasto|departman|bölüm|oddělení|részleg|osztály|отдел|подразделение|部署|部門|部门|부서',
    },
    {
      key: 'accountId',
      label: 'Account (id)',
      type: 'id',
      role: 'account',
      exact: true,
      weight: 2,
      synonyms:
        'account id|accountid|account number|account no|company id|companyid|primary company id|primary associated company id|associated company id|associated company ids|associated company ids primary|organization id|organisation id|org id|person organization id|customer id|customerid|customer number|customer no|client id|parent customer id|kunnr|business partner id|kundennummer|kundennr|kunden nr|kd nr|kunden id|firmen id|debitorennummer|id compte|code client|numéro client|id du compte|id cliente|id cuenta|código de cliente|codice cliente|id conta|id do cliente|klantnummer|klant id|id klienta|numer klienta|kundnummer|kundenummer|asiakasnumero|müşteri kodu|account external id|parent account id|accountnumber',
    },
    {
      key: 'accountName',
      label: 'Account (name)',
      type: 'text',
      role: 'account',
      exact: true,
      weight: 2,
      synonyms:
        'account|account name|accountname|account name full|company|company name|companyname|organization|organisation|organization name|organisation name|person organization|person organization name|customer|customer name|client|client name|employer|firm|business|associated company|associated company primary|primary company|primary account|primary account name|related company|business name|firma|firmenname|unternehmen|kunde|kundenname|arbeitgeber|organisationsname|entreprise|société|raison sociale|compte|nom du compte|nom de l entreprise|nom client|employeur|empresa|cuenta|nombre de la cuenta|nombre de la empresa|nombre empresa|cliente|compañía|organización|razón social|azienda|ragione sociale|nome account|società|nome azienda|conta|nome da conta|nome da empresa|organização|bedrijf|bedrijfsnaam|klant|organisatie|werkgever|firma nazwa|nazwa firmy|klient|kontrahent|företag|företagsnamn|kund|virksomhed|bedrift|selskap|yritys|asiakas|şirket|müşteri|společnost|název firmy|zákazník|cég|cégnév|companie|компания|организация|контрагент|клиент|会社名|取引先名|会社|公司|公司名称|客户名称|회사|회사명|parent customer',
    },
    {
      key: 'reportsToId',
      label: 'Reports to (id)',
      type: 'id',
      role: 'reports-to',
      exact: true,
      weight: 2,
      synonyms:
        'reports to id|reportstoid|manager id|supervisor id|reports to contact id|vorgesetzter id|id du responsable|id responsable|id superior|manager contact id|boss id',
    },
    {
      key: 'reportsToName',
      label: 'Reports to (name)',
      type: 'text',
      role: 'reports-to',
      exact: true,
      weight: 2,
      synonyms:
        'reports to|reportsto|reports to name|reports to full name|manager|manager name|supervisor|line manager|boss|direct manager|reporting to|reporting manager|vorgesetzter|vorgesetzte|vorgesetzter name|berichtet an|führungskraft|supérieur|supérieur hiérarchique|responsable hiérarchique|rattaché à|n 1|jefe|superior|supervisor directo|reporta a|informa a|responsabile diretto|riporta a|gestor direto|reporta se a|rapporteert aan|leidinggevende|przełożony|chef|rapporterar till|leder|esimies|yönetici|nadřízený|felettes|руководитель|подчиняется|上司|上级|상사',
    },
    {
      key: 'ownerId',
      label: 'Owner (id)',
      type: 'id',
      role: 'owner',
      exact: true,
      synonyms: 'owner id|ownerid|contact owner id|owner user id|hubspot owner id|record owner id|user id',
    },
    {
      key: 'ownerEmail',
      label: 'Owner (e-mail)',
      type: 'email',
      role: 'owner',
      exact: true,
      synonyms:
        'owner email|contact owner email|owner e mail|account manager email|kam email|betreuer email|betreuer e mail|sales rep email|owner|contact owner|account owner|account manager|key account manager|kam|sales rep|assigned to|responsible|betreuer|kundenbetreuer|besitzer|propriétaire|propietario|proprietario|eigenaar|opiekun|ägare',
    },
    {
      key: 'ownerName',
      label: 'Owner (name)',
      type: 'text',
      role: 'owner',
      exact: true,
      synonyms:
        'owner|contact owner|owner name|owner full name|contact owner full name|contact owner alias|person owner|record owner|lead owner|account owner|account manager|key account manager|kam|sales rep|assigned to|responsible|betreuer|kundenbetreuer|besitzer|kontaktbesitzer|verantwortlicher|propriétaire|propriétaire du contact|propietario|propietario del contacto|proprietario|proprietário|eigenaar|opiekun|ägare|ejer|eier|ответственный|担当営業|所有者',
    },
    {
      key: 'notes',
      label: 'Notes',
      type: 'longtext',
      exact: true,
      maxLength: 20_000,
      synonyms:
        'notes|note|description|comment|comments|remarks|contact description|about|notiz|notizen|bemerkung|bemerkungen|kommentar|beschreibung|anmerkung|commentaire|commentaires|remarques|notas|observaciones|comentarios|descripción|descrizione|osservazioni|observações|descrição|opmerking|opmerkingen|notities|uwagi|opis|anteckningar|notater|muistiinpanot|notlar|poznámka|megjegyzés|заметки|комментарий|описание|備考|メモ|备注|비고',
    },
    {
      key: 'language',
      label: 'Language',
      type: 'text',
      exact: true,
      maxLength: 60,
      synonyms:
        'language|preferred language|languages|language code|locale|sprache|korrespondenzsprache|spras|langue|langue préférée|idioma|idioma preferido|lingua|língua|taal|voorkeurstaal|język|språk|sprog|kieli|dil|jazyk|nyelv|limbă|язык|言語|语言|언어',
    },
    {
      key: 'doNotContact',
      label: 'Do not contact',
      type: 'boolean',
      exact: true,
      weight: 1,
      synonyms:
        'do not contact|donotcontact|do not call|donotcall|email opt out|has opted out of email|hasoptedoutofemail|opt out|opted out|unsubscribed|unsubscribed from all email|do not email|donotemail|do not allow emails|do not allow phone calls|no marketing|nicht kontaktieren|kontaktsperre|werbesperre|keine werbung|nicht anrufen|ne pas contacter|ne pas appeler|désabonné|no contactar|no llamar|baja email|non contattare|não contatar|niet contacteren|nie kontaktować|kontakta inte',
    },
    {
      key: 'deleted',
      label: 'Deleted at the source',
      type: 'boolean',
      role: 'deleted',
      exact: true,
      synonyms:
        'is deleted|isdeleted|deleted|is removed|gelöscht|löschkennzeichen|supprimé|eliminado|eliminato|excluído|verwijderd|usunięty',
    },
  ],
  hints: {
    files:
      'contact|contacts|people|person|persons|stakeholder|stakeholders|individuals|leads|kontakte|kontakt|ansprechpartner|personen|personnes|interlocuteurs|contactos|personas|contatti|referenti|contatos|pessoas|contactpersonen|contacten|kontakty|osoby|kontakter|personer|yhteyshenkilot|adressbuch|address book',
    idPrefixes: { '003': 1, '00Q': 0.7 },
    noise:
      'contact|contacts|person|people|primary|main|work|business|office|kontakt|kontaktperson|ansprechpartner|person s|geschaftlich|buro|professionnel|professionnelle|bureau|contacto|contatto|contato|trabajo|lavoro|oficina|the|of|de|del|der|des|du|c|1',
    against:
      'annual revenue|annualrevenue|number of employees|numberofemployees|employees|mitarbeiterzahl|jahresumsatz|chiffre d affaires|stage|stagename|deal stage|close date|probability|pipeline|opportunity name|deal name|invoice number|ticket id|case number|subscription id|order id|order number|product id|parent account|parent company|ticker symbol|amount refunded|converted amount|statement descriptor|captured|fee|invoice id|current period start|current period end|current period start utc|payment date',
    needs: [
      ['lastName'],
      ['name'],
      ['firstName', 'email'],
      ['email', 'title'],
      ['email', 'accountName'],
      ['email', 'accountId'],
    ],
  },
  tells: [
    {
      idPrefix: '00Q',
      text: 'These are leads, not yet people at accounts. Who works for a company that is no account yet comes without one.',
    },
  ],
  complete: nameOf,
};

/** A person needs some name: the whole one, its parts, or at least an e-mail address. */
function nameOf(values: Record<string, FieldValue>, mapped: ReadonlySet<string>): RowRemark[] | null {
  const part = (key: string): string => {
    const value = values[key];
    return typeof value === 'string' ? value : '';
  };
  const whole = turned(part('name'));
  const pieces = [part('firstName'), part('middleName'), part('lastName')].filter((piece) => piece !== '').join(' ');
  const suffix = part('suffix');
  const name = pieces !== '' && part('lastName') !== '' ? (suffix ? `${pieces} ${suffix}` : pieces) : whole || pieces;
  if (name !== '') {
    values.name = name;
    return null;
  }
  const email = part('email');
  if (email !== '') {
    values.name = email;
    const message = 'There is no name, so the e-mail address stands in.';
    return [{ weight: 'warn', field: 'email', code: 'name_from_email', message, value: email }];
  }
  const message = 'The person has neither a name nor an e-mail address.';
  return [{ weight: 'reject', field: mapped.has('lastName') ? 'lastName' : 'name', code: 'missing', message }];
}

/** "Gonzalez, Rose" → "Rose Gonzalez"; "Rose Gonzalez, PhD" stays. */
function turned(name: string): string {
  if (!name.includes(',')) return name;
  const found = /^([^,]+),\s*([^,]+)$/.exec(name);
  if (!found || /^(ph\.?d|m\.?d|mba|msc|bsc|jr|sr|ii|iii|iv|esq|cpa|llm|dr|prof)\b\.?/i.test(found[2]!.trim()))
    return name;
  return `${found[2]!.trim()} ${found[1]!.trim()}`;
}
