// How lists of accounts look in the exports of CRM and ERP systems and in the sheets of sales teams.
import type { EntityShape } from '../../../kernel/server/importing.ts';

export const accountsShape: EntityShape = {
  entity: 'accounts',
  label: 'Accounts',
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
        'id|do not modify account|account #|customer #|client #|cust #|acct #|company #|account id|accountid|account no|account nr|account number|accountnumber|acct id|acct no|customer id|customerid|customer no|customer nr|customer number|customer code|customer|cust id|custid|cust no|client id|client no|client number|client code|company id|companyid|organization id|organisation id|org id|record id|recordid|record identifier|external id|externalid|ext id|legacy id|uid|uuid|guid|key|business partner|business partner id|business partner number|bp number|bp no|bp id|sold to party|sold to|debtor|debtor no|debtor number|debitor|kunnr|partner|partner number|kundennummer|kundennr|kunden nr|kunden nummer|kd nr|kdnr|kd nummer|kunde nr|kunden id|kundenid|kundenkonto|debitorennummer|debitoren nr|debitorennr|debitornr|firmen id|firmennummer|nr|konto nr|kontonummer|geschäftspartner|geschäftspartnernummer|numéro client|numéro de client|n client|no client|num client|code client|id client|identifiant|identifiant client|numéro de compte|code tiers|id compte|número de cliente|numero cliente|num cliente|n cliente|código de cliente|codigo cliente|cod cliente|id cliente|código|codice cliente|codice|numero conto|código do cliente|id do cliente|klantnummer|klantnr|klant nr|klantcode|klant id|debiteurnummer|relatienummer|numer klienta|nr klienta|id klienta|kod klienta|kundnummer|kundnr|kund id|kundenummer|kundenr|asiakasnumero|asiakas id|müşteri no|müşteri kodu|číslo zákazníka|vevőkód|код клиента|номер клиента|顧客番号|顧客id|客户编号|客户id|고객번호|org no|entity id|sfdc id|salesforce id|crm id|sf id|hubspot id|erp id|sap id|sap number|sap nr|navision id',
      not: 'owner id|parent id|industry id|contact id|user id|lead id|deal id|price list id',
    },
    {
      key: 'name',
      label: 'Name',
      type: 'text',
      role: 'name',
      exact: true,
      weight: 3,
      maxLength: 300,
      synonyms:
        'name|account name|accountname|account|account title|customer name|customername|customer|company name|companyname|company|client name|client|organization name|organisation name|organization|organisation|org name|business name|businessname|legal name|full legal name|registered name|trading name|trade name|business partner name|business partner full name|bp name|partner name|name 1|name1|title|firm|firm name|corporate name|key account|key account name|kunde|kundenname|kunden name|kundenbezeichnung|firma|firmenname|firmenbezeichnung|firma name|unternehmen|unternehmensname|name des unternehmens|name der firma|bezeichnung|organisationsname|geschäftspartnername|konto|kontoname|raison sociale|nom|nom du compte|compte|nom client|nom du client|nom de l entreprise|nom entreprise|entreprise|société|nom société|nom de la société|dénomination|dénomination sociale|nombre|nombre de la cuenta|nombre de cuenta|cuenta|nombre cliente|nombre del cliente|cliente|empresa|nombre empresa|nombre de la empresa|nombre de empresa|razón social|nombre fiscal|nombre comercial|denominación|organización|compañía|nome|nome account|nome cliente|ragione sociale|azienda|nome azienda|società|denominazione|nome da empresa|nome do cliente|razão social|nome da conta|conta|organização|naam|klant|klantnaam|bedrijf|bedrijfsnaam|naam bedrijf|relatie|organisatie|accountnaam|nazwa|nazwa klienta|klient|nazwa firmy|kontrahent|kund|kundnamn|företag|företagsnamn|namn|bolag|kundenavn|virksomhed|firmanavn|navn|bedrift|selskap|yritys|yrityksen nimi|asiakas|asiakkaan nimi|nimi|müşteri|müşteri adı|firma adı|şirket|ünvan|název|název firmy|zákazník|společnost|cégnév|vevő|cég|denumire|nume client|companie|название|наименование|клиент|компания|организация|контрагент|会社名|取引先名|取引先|顧客名|企業名|客户名称|公司名称|公司|客户|회사명|고객명|account full name|accounts|customers|clients|companies|organizations|organisations|key accounts|kunden|firmen|unternehmen name|comptes|clientes|empresas|cuentas|clienti|aziende|klanten|kunder',
      not: 'owner name|contact name|user name|industry name',
    },
    {
      key: 'parentId',
      label: 'Parent account (id)',
      type: 'id',
      role: 'parent',
      exact: true,
      weight: 1.5,
      synonyms:
        'parent id|parentid|parent account id|parent company id|parent customer id|parent customer|parent account number|parent organization id|parent number|ultimate parent id|hq id|headquarter id|parent record id|mutter id|muttergesellschaft id|übergeordnete kundennummer|konzern id|konzernnummer|id compte parent|id du compte parent|id cuenta principal|id casa matriz|id padre|parent code|parent key',
    },
    {
      key: 'parentName',
      label: 'Parent account (name)',
      type: 'text',
      role: 'parent',
      exact: true,
      weight: 1.5,
      synonyms:
        'parent|parent account|parent account name|parent company|parent company name|parent organization|parent organisation|parent name|parent customer name|parent business|holding|group|group name|corporate group|headquarters|mother company|ultimate parent|related company|part of|belongs to|muttergesellschaft|mutterfirma|mutterkonzern|mutterunternehmen|mutter|konzern|konzernmutter|konzernname|übergeordneter account|übergeordnete firma|übergeordnetes unternehmen|übergeordneter kunde|hauptkunde|compte parent|compte principal|nom du compte parent|société mère|maison mère|groupe|cuenta principal|cuenta padre|empresa matriz|casa matriz|matriz|grupo|empresa padre|account padre|società madre|casa madre|capogruppo|gruppo|conta pai|conta principal|empresa mãe|moederbedrijf|moedermaatschappij|hoofdaccount|firma matka|spółka matka|moderbolag|koncern|moderselskab|konsern|emoyhtiö|ana şirket|mateřská společnost|головная компания|親会社|母公司|모회사',
    },
    {
      key: 'ownerId',
      label: 'Owner (id)',
      type: 'id',
      role: 'owner',
      exact: true,
      synonyms:
        'owner id|ownerid|account owner id|owner user id|company owner id|record owner id|user id|sales rep id|employee responsible id|hubspot owner id|owner record id|verantwortlicher id|besitzer id|id propriétaire|id propietario|rep id',
      not: 'last modified by id|created by id',
    },
    {
      key: 'ownerEmail',
      label: 'Owner (e-mail)',
      type: 'email',
      role: 'owner',
      exact: true,
      synonyms:
        'owner email|account owner email|owner e mail|owner mail|account manager email|kam email|sales rep email|company owner email|owner email address|rep email|e mail besitzer|e mail betreuer|betreuer email|betreuer e mail|email du propriétaire|email propietario|email responsable|responsible email|assigned to email|username|owner|account owner|company owner|account manager|key account manager|kam|am|sales rep|sales representative|sales person|salesperson|csm|assigned to|responsible|betreuer|kundenbetreuer|besitzer|verantwortlicher|zuständig|vertrieb|propriétaire|commercial|responsable|propietario|comercial|vendedor|proprietario|responsabile|responsável|eigenaar|accountmanager|opiekun|ägare|ejer|eier',
    },
    {
      key: 'ownerName',
      label: 'Owner (name)',
      type: 'text',
      role: 'owner',
      exact: true,
      weight: 0.5,
      synonyms:
        'owner|account owner|accountowner|account owner name|account owner full name|account owner alias|owner name|owner full name|company owner|record owner|organization owner|account manager|key account manager|kam|kam name|am|sales rep|salesrep|sales representative|sales person|salesperson|sales owner|rep|rep name|sales executive|account executive|ae|csm|customer success manager|relationship manager|assigned to|assigned user|assignee|responsible|responsible person|employee responsible|person responsible|managed by|sales manager|territory manager|lead owner|betreuer|kundenbetreuer|account betreuer|besitzer|inhaber|datensatzbesitzer|verantwortlich|verantwortlicher|zuständig|zuständiger|vertriebler|vertriebsmitarbeiter|verkäufer|vertreter|außendienst|außendienstmitarbeiter|sachbearbeiter|ansprechpartner intern|interner ansprechpartner|propriétaire|propriétaire du compte|commercial|responsable|responsable commercial|responsable de compte|gestionnaire|chargé de compte|chargé d affaires|attribué à|propietario|propietario de la cuenta|propietario de cuenta|comercial|responsable de cuenta|vendedor|gestor|gestor de cuenta|ejecutivo de cuenta|asignado a|agente|proprietario|titolare account|responsabile|commerciale|venditore|proprietário|proprietário da conta|responsável|gerente de conta|eigenaar|accounteigenaar|accountmanager|verkoper|relatiebeheerder|opiekun|opiekun klienta|właściciel|handlowiec|ägare|kontoägare|säljare|kundansvarig|ejer|sælger|kundeansvarlig|eier|selger|omistaja|myyjä|asiakasvastaava|sahip|müşteri temsilcisi|vlastník|obchodník|ответственный|менеджер|владелец|担当者|営業担当|所有者|负责人|客户经理|담당자',
    },
    {
      key: 'sponsorName',
      label: 'Executive sponsor',
      type: 'text',
      role: 'member',
      exact: true,
      synonyms:
        'sponsor|executive sponsor|exec sponsor|sponsor name|internal sponsor|sponsor intern|management sponsor|parrain|patrocinador',
    },
    {
      key: 'status',
      label: 'Status',
      type: 'choice',
      exact: true,
      synonyms:
        'status|account status|customer status|company status|client status|lifecycle stage|lifecycle|relationship status|relationship type|customer state|account stage|kundenstatus|statut|statut client|statut du compte|estado|estado cliente|estado de la cuenta|stato|stato cliente|situação|status do cliente|klantstatus|kundestatus|stan|durum|stav|статус|ステータス|状态|상태',
      options: [
        {
          value: 'prospect',
          words:
            'prospect|prospective|lead|target|suspect|potential|potential customer|open|new|opportunity|marketingqualifiedlead|salesqualifiedlead|marketing qualified lead|sales qualified lead|subscriber|interessent|neukunde|potenziell|zielkunde|potentiel|cible|potencial|interesado|potenziale|prospetto|lead kalt|lead warm|trial|evaluating|pipeline|prospectar|потенциальный',
        },
        {
          value: 'active',
          words:
            'active|customer|client|current|existing|existing customer|live|won|key account|evangelist|partner|aktiv|kunde|bestandskunde|aktiver kunde|actif|client actif|activo|cliente|cliente activo|attivo|ativo|cliente ativo|actief|klant|aktywny|klient|aktív|aktivní|etkin|aktif|активен|активный|клиент|enabled|yes|customer direct|customer channel|渠道|客户|顧客|有効',
        },
        {
          value: 'paused',
          words:
            'paused|on hold|hold|suspended|dormant|frozen|blocked|sleeping|pausiert|ruhend|gesperrt|inaktiv temporär|en pause|suspendu|bloqué|suspendido|en pausa|bloqueado|sospeso|bloccato|suspenso|pauze|geblokkeerd|wstrzymany|pausad|приостановлен',
        },
        {
          value: 'former',
          words:
            'former|inactive|churned|churn|lost|ex customer|former customer|ended|closed|terminated|cancelled|canceled|archived|inaktiv|ehemalig|ehemaliger kunde|verloren|gekündigt|exkunde|inactif|ancien|ancien client|perdu|résilié|inactivo|antiguo|ex cliente|perdido|baja|inattivo|cessato|inativo|encerrado|inactief|oud klant|nieaktywny|były|tidligere|passiv|pasif|неактивен|бывший|no|disabled|deactivated',
        },
      ],
    },
    {
      key: 'tier',
      label: 'Tier',
      type: 'text',
      few: true,
      exact: true,
      weight: 0.6,
      maxLength: 60,
      synonyms:
        'tier|account tier|customer tier|client tier|segment tier|key account tier|classification|account classification|customer classification|class|account class|abc|abc class|abc classification|abc analysis|priority|account priority|customer priority|abc klasse|abc klassifizierung|abc kunde|abc analyse|kundenklasse|klasse|kategorie abc|klassifizierung|einstufung|kundenklassifizierung|kukla|kundenwert|priorität|niveau|classe|classement|classe abc|catégorie abc|nivel|clase|clasificación|categoría abc|livello|classificazione|nível|classificação|niveau klant|klasse klant|klasa|poziom|sınıf|úroveň|класс|категория abc|ランク|等级|등급',
      not: 'plan tier|plan|subscription tier|pricing tier|price tier',
    },
    {
      key: 'type',
      label: 'Type',
      type: 'text',
      exact: true,
      maxLength: 100,
      synonyms:
        'type|account type|accounttype|customer type|company type|client type|organization type|record type|kundentyp|kundenart|kontoart|firmentyp|typ|art|ktokd|type de client|type client|type de compte|type d entreprise|tipo|tipo de cliente|tipo cliente|tipo de cuenta|tipo di cliente|tipo de conta|soort|klanttype|type klant|rodzaj|typ klienta|kundtyp|kundetype|tyyppi|tür|müşteri tipi|typ zákazníka|тип|тип клиента|種別|类型|유형',
    },
    {
      key: 'industry',
      label: 'Industry',
      type: 'text',
      weight: 1.5,
      maxLength: 200,
      synonyms:
        'industry|industry name|sector|vertical|industry sector|industry type|line of business|business sector|market segment|market|sub industry|sic description|naics description|industry code|branche|industriezweig|branch|wirtschaftszweig|sparte|brsch|industrie|marktsegment|secteur|secteur d activité|activité|domaine d activité|industria|sector industrial|sector de actividad|actividad|rubro|giro|settore|settore industriale|setor|setor de atividade|ramo|ramo de atividade|bedrijfstak|branża|sektor|bransch|bransje|toimiala|sektör|odvětví|obor|iparág|ágazat|отрасль|сфера деятельности|業種|行业|업종|산업',
      not: 'sic code|naics code',
    },
    {
      key: 'street',
      label: 'Street',
      type: 'text',
      maxLength: 300,
      synonyms:
        'street|street address|address|address line 1|address 1|address1|street 1|billing street|billing address|billing address line 1|billing address 1 line|mailing street|postal address|full address|address street|straße|strasse|straße und hausnummer|straße nr|straße hausnr|anschrift|adresse|rechnungsadresse|stras|rue|adresse 1|adresse de facturation|adresse postale|voie|calle|dirección|direccion 1|domicilio|dirección de facturación|indirizzo|via|endereço|rua|logradouro|morada|adres|straat|ulica|adress|gata|gatuadress|vej|gade|gate|osoite|katuosoite|sokak|ulice|cím|utca|адрес|улица|住所|地址|주소',
      not: 'email address|e mail address|ip address|web address|shipping street|shipping address|address 2|address line 2|mail address',
    },
    {
      key: 'postalCode',
      label: 'Postal code',
      type: 'text',
      maxLength: 30,
      synonyms:
        'postal code|postalcode|post code|postcode|zip|zip code|zipcode|zip postal code|billing postal code|billing zip|billing zip postal code|billing code|plz|postleitzahl|pstlz|code postal|cp|código postal|codigo postal|c p|cap|codice postale|cep|kod pocztowy|postnummer|postnr|postinumero|posta kodu|psč|irányítószám|cod postal|почтовый индекс|индекс|郵便番号|邮编|우편번호|eircode|pin code|pincode',
      not: 'shipping postal code',
    },
    {
      key: 'city',
      label: 'City',
      type: 'text',
      weight: 0.5,
      maxLength: 100,
      synonyms:
        'city|town|billing city|city town|location|hq city|headquarters city|ort|ort01|stadt|ortschaft|wohnort|sitz|firmensitz|standort|ville|commune|localité|ciudad|población|localidad|municipio|città|comune|località|cidade|município|localidade|plaats|woonplaats|stad|vestigingsplaats|miasto|miejscowość|ort stad|by|poststed|kaupunki|postitoimipaikka|şehir|město|város|oraș|город|населенный пункт|市区町村|都市|城市|도시',
      not: 'shipping city',
    },
    {
      key: 'region',
      label: 'State or region',
      type: 'text',
      maxLength: 100,
      synonyms:
        'state|state province|state region|state or province|province|region|billing state|billing state province|state code|county|territory|sales region|regio|bundesland|land kanton|kanton|verkaufsgebiet|vertriebsgebiet|gebiet|région|département|état|canton|provincia|estado provincia|comunidad autónoma|departamento|región|regione|distrito|uf|estado uf|provincie|województwo|län|fylke|kommune|maakunta|bölge|il|kraj|megye|județ|регион|область|都道府県|省|省份|지역|estado',
      not: 'shipping state|status',
    },
    {
      key: 'country',
      label: 'Country',
      type: 'country',
      weight: 0.5,
      maxLength: 100,
      synonyms:
        'country|country code|country name|country region|billing country|billing country code|country iso|nation|hq country|land|land1|länderkennzeichen|landeskennzeichen|länderschlüssel|lkz|staat|pays|code pays|país|pais|código de país|paese|nazione|stato paese|kraj|państwo|landcode|maa|ülke|země|stát|ország|țara|страна|国|国名|国家|국가',
      not: 'shipping country',
    },
    {
      key: 'website',
      label: 'Website',
      type: 'url',
      weight: 1,
      maxLength: 500,
      synonyms:
        'website|web site|web|url|website url|homepage|home page|domain|domain name|company domain|company domain name|company domains|web address|web page|internet|internetseite|internetadresse|webseite|webadresse|site|site web|site internet|página web|sitio web|pagina web|sito|sito web|sito internet|site do cliente|webpagina|strona www|www|strona internetowa|webbplats|hemsida|hjemmeside|nettside|verkkosivu|kotisivu|web sitesi|webové stránky|weboldal|сайт|веб сайт|ウェブサイト|网站|网址|웹사이트',
    },
    {
      key: 'phone',
      label: 'Phone',
      type: 'phone',
      maxLength: 60,
      synonyms:
        'phone|phone number|telephone|telephone number|main phone|business phone|company phone|tel|tel no|phone 1|office phone|telefon|telefonnummer|telefon nr|tel nr|telf1|rufnummer|zentrale|téléphone|numéro de téléphone|tél|teléfono|número de teléfono|telefono|numero di telefono|telefone|número de telefone|telefoon|telefoonnummer|numer telefonu|telefonnummer firma|puhelin|puhelinnumero|telefon numarası|телефон|номер телефона|電話番号|電話|电话|전화|전화번호',
      not: 'fax|mobile|mobile phone',
    },
    {
      key: 'employees',
      label: 'Employees',
      type: 'integer',
      weight: 1.5,
      synonyms:
        'employees|number of employees|numberofemployees|no of employees|num employees|employee count|employeecount|headcount|company size|staff|staff count|fte|total employees|of employees|# employees|# of employees|mitarbeiter|mitarbeiterzahl|anzahl mitarbeiter|anzahl der mitarbeiter|mitarbeiteranzahl|beschäftigte|anzahl beschäftigte|ma anzahl|belegschaft|effectif|effectifs|nombre d employés|nombre de salariés|salariés|employés|empleados|número de empleados|num empleados|cantidad de empleados|nº empleados|plantilla|dipendenti|numero di dipendenti|numero dipendenti|addetti|funcionários|número de funcionários|nº de funcionários|colaboradores|trabalhadores|medewerkers|aantal medewerkers|aantal werknemers|pracownicy|liczba pracowników|anställda|antal anställda|medarbejdere|antal medarbejdere|ansatte|antall ansatte|henkilöstömäärä|çalışan sayısı|počet zaměstnanců|zaměstnanci|alkalmazottak|angajați|сотрудники|количество сотрудников|従業員数|员工数|员工人数|직원수',
    },
    {
      key: 'annualRevenue',
      label: 'Annual revenue',
      type: 'money',
      weight: 1.5,
      synonyms:
        'annual revenue|annualrevenue|revenue|ca ht|chiffre d affaires ht|ca annuel ht|yearly revenue|company revenue|total revenue|annual sales|annual turnover|turnover|sales|sales volume|gross revenue|annual revenue currency|estimated revenue|umsatz|jahresumsatz|umsatz pro jahr|umsatz gesamt|gesamtumsatz|umsatz jahr|firmenumsatz|chiffre d affaires|chiffre d affaires annuel|ca|ca annuel|revenu annuel|revenus annuels|facturación|facturación anual|ingresos|ingresos anuales|ventas|ventas anuales|volumen de negocio|fatturato|fatturato annuo|ricavi|ricavi annui|faturamento|faturamento anual|receita|receita anual|volume de negócios|omzet|jaaromzet|przychód|przychody|obrót|obroty|roczny przychód|omsättning|årsomsättning|omsætning|omsetning|liikevaihto|ciro|yıllık gelir|yıllık ciro|obrat|roční obrat|tržby|árbevétel|cifra de afaceri|выручка|годовой доход|оборот|売上|売上高|年商|年收入|营业额|매출|연매출',
      not: 'recurring revenue|annual recurring revenue|revenue potential',
    },
    {
      key: 'arr',
      label: 'ARR',
      type: 'money',
      weight: 1,
      synonyms:
        'arr|arr amount|annual recurring revenue|current arr|contract value|acv|annual contract value|total arr|account arr|recurring revenue|arr current|vertragswert|jahresvertragswert|wiederkehrender umsatz|jährlich wiederkehrender umsatz|revenu récurrent annuel|ingresos recurrentes anuales|umsatz mit uns|revenue with us|our revenue|spend|annual spend',
    },
    {
      key: 'potential',
      label: 'Potential',
      type: 'money',
      weight: 0.8,
      synonyms:
        'potential|revenue potential|sales potential|account potential|growth potential|upsell potential|expansion potential|potenzial|umsatzpotenzial|umsatzpotential|kundenpotenzial|potentiel|potentiel de chiffre d affaires|potencial|potencial de ventas|potenziale|white space|whitespace',
    },
    {
      key: 'currency',
      label: 'Currency of the amounts',
      type: 'currency',
      role: 'row-currency',
      synonyms:
        'currency|currency code|currencyisocode|currency iso code|account currency|transaction currency|curr|ccy|währung|währungsschlüssel|waers|devise|code devise|moneda|divisa|valuta|moeda|waluta|para birimi|měna|pénznem|валюта|通貨|货币|통화',
    },
    {
      key: 'customerSince',
      label: 'Customer since',
      type: 'date',
      weight: 0.8,
      synonyms:
        'customer since|customersince|data inserimento|data creazione|became a customer date|became a customer|client since|account since|since|partner since|signup date|sign up date|signed up|signup|signed up at|registration date|registered|registered on|start date|customer start date|contract start|contract start date|onboarding date|onboarded|first purchase|first purchase date|first order|first order date|first invoice date|became a customer date|became customer|date became customer|close date first deal|date of first contract|relationship start|created date|createddate|create date|created|created at|created on|created time|creation date|date created|date added|add time|organization created|erdat|kunde seit|kundeseit|kunde ab|kundenbeginn|seit|vertragsbeginn|erstellt am|erstellungsdatum|angelegt am|anlagedatum|eröffnungsdatum|client depuis|depuis|date de création|date d entrée|date d inscription|créé le|date début contrat|cliente desde|desde|fecha de alta|fecha alta|fecha de creación|fecha de registro|fecha creación|fecha de inicio|cliente dal|dal|data di creazione|data creazione|data inizio|cliente desde a|data de criação|data de cadastro|data de início|klant sinds|sinds|aanmaakdatum|datum aangemaakt|klient od|data utworzenia|data założenia|kund sedan|skapad|kunde siden|oprettet|opprettet|asiakas alkaen|luotu|müşteri başlangıç|oluşturma tarihi|zákazník od|vytvořeno|datum vytvoření|ügyfél mióta|létrehozva|клиент с|дата создания|дата регистрации|顧客開始日|作成日|创建日期|客户自|생성일',
      not: 'last modified date|last activity date|end date',
    },
    {
      key: 'renewalOn',
      label: 'Renewal',
      type: 'date',
      weight: 1,
      synonyms:
        'renewal date|renewal|next renewal|next renewal date|contract end|contract end date|contract expiry|contract expiration|expiry date|expiration date|subscription end|subscription end date|renews on|vertragsende|vertragsverlängerung|verlängerung|verlängerungsdatum|laufzeitende|laufzeit bis|date de renouvellement|renouvellement|fin de contrat|date de fin de contrat|fecha de renovación|renovación|fin de contrato|vencimiento|data rinnovo|rinnovo|scadenza contratto|data de renovação|renovação|verlengingsdatum|contract einddatum|data odnowienia|koniec umowy',
    },
    {
      key: 'description',
      label: 'Description',
      type: 'longtext',
      exact: true,
      maxLength: 20_000,
      synonyms:
        'description|account description|about|about us|notes|note|comment|comments|remarks|remark|company description|beschreibung|notiz|notizen|bemerkung|bemerkungen|kommentar|anmerkung|anmerkungen|freitext|commentaire|commentaires|remarques|descripción|notas|observaciones|comentarios|descrizione|note aziendali|osservazioni|descrição|observações|omschrijving|opmerking|opmerkingen|notities|opis|uwagi|beskrivning|anteckningar|beskrivelse|kuvaus|muistiinpanot|açıklama|notlar|popis|poznámka|leírás|megjegyzés|описание|комментарий|примечание|説明|備考|描述|备注|설명|비고',
    },
    {
      key: 'tags',
      label: 'Tags',
      type: 'tags',
      synonyms:
        'tags|tag|labels|label|organization label|keywords|schlagwörter|schlagworte|stichworte|etikett|mots clés|étiquettes|etiquetas|etichette|palavras chave|trefwoorden|tagi|etikety|метки|теги|タグ|标签|태그',
    },
    {
      key: 'deleted',
      label: 'Deleted at the source',
      type: 'boolean',
      role: 'deleted',
      exact: true,
      synonyms:
        'is deleted|isdeleted|deleted|is removed|gelöscht|löschkennzeichen|löschvormerkung|loevm|supprimé|eliminado|eliminato|excluído|verwijderd|usunięty',
    },
  ],
  hints: {
    files:
      'account|accounts|customer|customers|company|companies|organization|organizations|organisation|organisations|client|clients|kunden|kunde|kundenliste|firmen|unternehmen|debitoren|stammdaten|comptes|compte|societes|entreprises|clientes|cuentas|empresas|clienti|aziende|contas|klanten|bedrijven|relaties|klienci|firmy|kontrahenci|kunder|foretag|asiakkaat|kna1|business partners|portfolio',
    idPrefixes: { '001': 1 },
    noise:
      'top|our|unsere|adresse|anschrift|dirección|indirizzo|endereço|account|accounts|customer|company|organization|organisation|org|client|business|billing|bill|invoice|main|primary|default|hq|headquarters|legal|address|1|01|kunde|kunden|firma|firmen|unternehmens|rechnungs|rechnung|haupt|hauptsitz|sitz|compte|client|entreprise|societe|facturation|principal|principale|cuenta|cliente|empresa|facturacion|azienda|fatturazione|de|del|della|der|des|du|la|le|el|of|the|c|bp|sf|crm|postal|mailing|sales|geschafts',
    against:
      'stage|stagename|deal stage|sales stage|close date|closedate|probability|pipeline|opportunity name|deal name|deal amount|amount|invoice number|invoice date|ticket id|ticket number|case number|subject|priority ticket|product id|product code|sku|quantity|unit price|usage date|order id|order number|order date|event id|subscription id|campaign id|activity date|due date|first name|firstname|last name|lastname|vorname|nachname|prénom|apellido|apellidos|cognome|salutation|anrede|job title|reports to id|mobile phone|department|abteilung|birthdate|employee id|date|month|period|invoice|invoice no|product|product name|product code|competitor|price|list price|unit price|title|titel|position|role|funktion|fonction|cargo|contact name|person|ansprechpartner|item|rechnung|rechnungsnummer|rechnungsdatum|betrag|produkt|preis|contract number|expense type|payment date|notice period|kündigungsfrist|préavis|preaviso|preavviso|tacite reconduction|n contrat|numéro de contrat|vertragsnummer|agreement id|variant sku|variant price|cost per item|body html|vendor|amount refunded|statement descriptor|transaction type|num|rechnungsnr|núm factura|numéro de facture|numero fattura|invoice #|due date|fälligkeitsdatum|vencimiento|date d échéance|betrag netto|betrag brutto|base imponible',
    needs: [['name'], ['externalId']],
  },
  tells: [
    {
      without: 'name',
      text: 'No column holds names of accounts, so each account is named by its id. Choose a column for the name if there is one.',
    },
  ],
  complete(values, mapped) {
    if (!mapped.has('name')) values.name = values.externalId ?? null;
    if (values.name !== null && values.name !== undefined) return null;
    const field = mapped.has('name') ? 'name' : 'externalId';
    const message = mapped.has('name') ? 'The account has no name.' : 'The account has neither a name nor an id.';
    return [{ weight: 'reject', field, code: 'missing', message }];
  },
};
