// How lists of opportunities look in the exports of CRM systems and in sheets of sales teams.
import type { EntityShape, FieldShape } from '../../../kernel/server/importing.ts';

const WON =
  'won|closed won|closedwon|is won|gewonnen|auftrag|gagné|gagnée|ganado|ganada|vinto|vinta|ganho|ganha|gewonnen deal|wygrana|vunnen|vundet|выиграна|выиграно|受注|赢单|성공';
const LOST =
  'lost|closed lost|closedlost|cancelled|canceled|abandoned|rejected|verloren|abgesagt|perdu|perdue|perdido|perdida|perso|persa|przegrana|förlorad|tabt|проиграна|проиграно|失注|输单|실패|disqualified|no decision';

export const text = (key: string, label: string, synonyms: string, more: Partial<FieldShape> = {}): FieldShape => ({
  key,
  label,
  type: 'text',
  exact: true,
  synonyms,
  ...more,
});

export const stageWords =
  'stage|stage name|stagename|deal stage|dealstage|opportunity stage|sales stage|salesstage|pipeline stage|pipeline phase|phase|sales phase|step name|stepname|sales process stage|verkaufsphase|phase der verkaufschance|vertriebsphase|verkaufsstufe|vertriebsstufe|stufe|étape|etape|étape de vente|phase de vente|etapa|etapa de venta|fase|fase di vendita|etapa de vendas|verkoopfase|etap|säljfas|salgsfase|этап|стадия|стадия сделки|商談ステージ|フェーズ|阶段|销售阶段|단계';
export const probability = text(
  'probability',
  'Probability',
  'probability|probability percent|win probability|close probability|deal probability|chance|likelihood|win likelihood|wahrscheinlichkeit|abschlusswahrscheinlichkeit|probabilité|probabilidad|probabilità|probabilidade|kans|slagingskans|prawdopodobieństwo|sannolikhet|sandsynlighed|вероятность|確度|可能性|확률',
  { type: 'percent', weight: 1 },
);
export const category = text(
  'category',
  'Forecast category',
  'forecast category|forecastcategory|forecast category name|forecastcategoryname|forecast|prognosekategorie|prognose|catégorie de prévision|categoría de pronóstico|categoria di previsione',
  {
    type: 'choice',
    weight: 1,
    options: [
      { value: 'omitted', words: 'omitted|not forecasted|none|excluded|dont forecast|don t forecast|ausgelassen' },
      { value: 'pipeline', words: 'pipeline|funnel|offen' },
      { value: 'best_case', words: 'best case|bestcase|upside|best|most likely|mostlikely' },
      { value: 'commit', words: 'commit|committed|forecast|sicher|verbindlich' },
      { value: 'closed', words: 'closed|closed won|won|gewonnen|abgeschlossen' },
    ],
  },
);
export const closesOn = text(
  'closesOn',
  'Close date',
  'close date|closedate|closing date|expected close date|expected close|est close date|estimated close date|expected closing date|deal close date|deal expected close date|target close date|forecast date|abschlussdatum|voraussichtliches abschlussdatum|geschätztes abschlussdatum|erwarteter abschluss|date de clôture|date de cloture|date de clôture prévue|fecha de cierre|fecha de cierre prevista|fecha prevista de cierre|data di chiusura|data chiusura|data prevista di chiusura|data de fechamento|data prevista de fechamento|sluitingsdatum|verwachte sluitingsdatum|data zamknięcia|slutdatum|lukkedato|дата закрытия|предполагаемая дата закрытия|完了予定日|成交日期|마감일',
  { type: 'date', weight: 1.5 },
);
export const amount = text(
  'amount',
  'Amount',
  'amount|deal amount|deal value|dealvalue|value|opportunity amount|opportunity value|est revenue|estimated revenue|est value|estimated value|contract value|acv|tcv|annual contract value|total contract value|betrag|wert|auftragswert|geschätzter umsatz|verkaufswert|montant|valeur|importe|valor|valor estimado|importo|valore|bedrag|waarde|kwota|wartość|belopp|värde|beløb|сумма|бюджет|金額|金额|금액|close value',
  {
    type: 'money',
    weight: 0.8,
    exact: true,
    not: 'expected revenue|weighted amount|discount amount|amount in company currency',
  },
);
export const deleted = text(
  'deleted',
  'Deleted at the source',
  'is deleted|isdeleted|deleted|gelöscht|supprimé|eliminado',
  {
    type: 'boolean',
    role: 'deleted',
  },
);

export const opportunitiesShape: EntityShape = {
  entity: 'opportunities',
  label: 'Opportunities',
  fields: [
    text(
      'externalId',
      'Id in the other system',
      'opportunity id|opportunityid|deal id|dealid|record id|recordid|id|opportunity number|opportunity no|do not modify opportunity|verkaufschance id|chance id|id opportunité|id opportunité de vente|id oportunidad|id del negocio|id opportunità|id сделки|商談 id',
      {
        type: 'id',
        role: 'external-id',
        weight: 1.5,
        maxLength: 200,
        not: 'account id|customer id|owner id|contact id|company id|organization id|product id|user id|campaign id|lead id',
      },
    ),
    text(
      'name',
      'Name',
      'opportunity name|opportunityname|opportunity|deal name|dealname|deal|deal title|title|topic|name|subject of deal|potential name|name der verkaufschance|verkaufschance|chance|thema|bezeichnung|nom de l opportunité|opportunité|nom de la transaction|transaction|nombre de la oportunidad|oportunidad|nombre del negocio|negocio|tema|nome opportunità|opportunità|trattativa|nome da oportunidade|oportunidade|nome do negócio|kans|onderwerp|nazwa szansy|szansa|affär|salgsmulighed|название сделки|сделка|название|商談名|业务机会名称|商机名称|영업 기회 이름',
      {
        role: 'name',
        weight: 1.2,
        required: true,
        maxLength: 300,
        not: 'account name|company name|contact name|owner name|product name|stage name',
      },
    ),
    text(
      'accountId',
      'Account (id)',
      'account id|accountid|associated company id|associated company ids|company id|organization id|organisation id|deal organization id|customer id|customer no|customer number|account number|account name id|potential customer id|kunden id|kundennummer|kundennr|firmen id|id compte|numéro client|id de cuenta|id cliente|id account|id da conta',
      { type: 'id', role: 'account', weight: 0.6, not: 'contact id|owner id' },
    ),
    text(
      'accountName',
      'Account (name)',
      'account name|account|lead name|associated company|associated companies|primary associated company|company|company name|organization|organisation|organization name|deal organization|potential customer|customer|customer name|client|parent account|kunde|kundenname|firma|firmenname|potenzieller kunde|unternehmen|société|entreprise|compte|nom du compte|client potentiel|cuenta|empresa|nombre de la cuenta|cliente|cliente potencial|azienda|conta|klant|organisatie|bedrijf|klient|kund|företag|kunde navn|компания|контрагент|клиент|取引先|取引先名|客户|客户名称|고객사',
      { role: 'account', weight: 0.4 },
    ),
    text(
      'ownerName',
      'Owner (name)',
      'owner|deal owner|opportunity owner|owner name|account manager|sales rep|sales representative|salesperson|sales agent|responsible|assigned to|besitzer|verkäufer|verantwortlich|zuständig|propriétaire|propriétaire de l opportunité|commercial|propietario|comercial|proprietario|proprietário|vendedor|eigenaar|właściciel|handlowiec|ägare|ansvarig|ejer|ответственный|所有者|担当者|负责人|소유자',
      { role: 'owner', weight: 0.3 },
    ),
    text('ownerEmail', 'Owner (e-mail)', 'owner email|owner e mail|deal owner email|sales rep email|besitzer e mail', {
      type: 'email',
      role: 'owner',
    }),
    text(
      'type',
      'Type',
      'type|deal type|dealtype|opportunity type|kind of business|typ|art|geschäftsart|art der verkaufschance|type d opportunité|type de transaction|tipo|tipo de negocio|tipo di opportunità|tipo de oportunidade|soort|тип|種別|类型|유형',
      {
        type: 'choice',
        weight: 0.3,
        options: [
          {
            value: 'renewal',
            words:
              'renewal|renew|extension|contract renewal|existing customer renewal|existing business renewal|verlängerung|vertragsverlängerung|renouvellement|renovación|rinnovo|renovação|verlenging|odnowienie',
          },
          {
            value: 'upsell',
            words:
              'upsell|up sell|upgrade|expansion|add on|addon|existing business|existingbusiness|existing customer|existing customer upgrade|existing customer replacement|bestandskunde|bestandsgeschäft|erweiterung|client existant|affaire existante|cliente existente|negocio existente|cliente esistente|bestaande klant',
          },
          {
            value: 'cross_sell',
            words: 'cross sell|crosssell|cross selling|new product|additional product|neues produkt',
          },
          {
            value: 'new_unit',
            words:
              'new unit|new site|new business unit|new location|new plant|land and expand|neuer standort|neue einheit',
          },
          {
            value: 'new_business',
            words:
              'new business|newbusiness|new customer|new logo|new|new account|existing customer new|neukunde|neugeschäft|nouveau client|nouvelle affaire|nuevo cliente|negocio nuevo|nuevo negocio|nuovo cliente|novo negócio|nieuwe klant|nowy klient',
          },
        ],
      },
    ),
    text('stage', 'Stage', stageWords, {
      weight: 1.5,
      maxLength: 100,
      few: true,
      not: 'lead stage|lifecycle stage|stage duration|previous stage',
    }),
    text(
      'state',
      'Open, won or lost',
      'status|state|deal status|opportunity status|statecode|outcome|result|ergebnis|statut|estado|stato|situação|stan|статус|ステータス',
      {
        type: 'choice',
        weight: 0.3,
        options: [
          {
            value: 'open',
            words:
              'open|in progress|active|on hold|new|offen|in bearbeitung|aktiv|ouvert|en cours|abierto|abierta|en curso|aperto|aperta|in corso|aberto|aberta|em andamento|otwarta|öppen|åben|открыта|в работе',
          },
          { value: 'won', words: WON },
          { value: 'lost', words: LOST },
        ],
      },
    ),
    text('isClosed', 'Closed', 'is closed|isclosed|closed|is deal closed|ist geschlossen|geschlossen', {
      type: 'boolean',
      weight: 0.5,
    }),
    text('isWon', 'Won', 'is won|iswon|won|is closed won|is deal closed won|gewonnen|ist gewonnen', {
      type: 'boolean',
      weight: 0.5,
    }),
    amount,
    text(
      'currency',
      'Currency',
      'currency|deal currency|currency of value|value currency|currency code|currency iso code|currencyisocode|transaction currency|währung|devise|moneda|divisa|valuta|moeda|waluta|валюта|通貨|币种|통화',
      { type: 'currency', role: 'row-currency' },
    ),
    probability,
    category,
    closesOn,
    text(
      'closedOn',
      'Closed on',
      'actual close date|actual closing date|closed on|closed date|date closed|deal closed on|deal closed date|won time|deal won time|won date|won on|gewonnen am|tatsächliches abschlussdatum|geschlossen am|date de clôture réelle|fecha de cierre real',
      { type: 'date', weight: 0.6 },
    ),
    text('lostOn', 'Lost on', 'lost time|deal lost time|lost date|lost on|date lost|verloren am|perdu le|perdido el', {
      type: 'date',
      weight: 0.4,
    }),
    text(
      'createdAt',
      'Created',
      'created date|createddate|create date|created|created at|created on|created time|date created|deal created|add time|deal created on|creation date|engage date|erstellt am|erstelldatum|angelegt am|date de création|créé le|fecha de creación|fecha creación|data di creazione|data de criação|aanmaakdatum|data utworzenia|skapad|дата создания|作成日|创建日期|생성일',
      { type: 'instant', weight: 0.2 },
    ),
    text(
      'nextStep',
      'Next step',
      'next step|nextstep|next steps|next activity|nächster schritt|prochaine étape|próximo paso|prossimo passo|próxima etapa|volgende stap',
      {
        maxLength: 2000,
      },
    ),
    text(
      'competitor',
      'Competitor',
      'competitor|competitors|main competitor|maincompetitors|wettbewerber|mitbewerber|konkurrent|concurrent|competidor|concorrente',
      {
        maxLength: 200,
      },
    ),
    text(
      'lostNote',
      'Why lost',
      'lost reason|loss reason|reason lost|reason for loss|closed lost reason|deal lost reason|status reason|verlustgrund|raison de la perte|motivo de pérdida|motivo da perda|motivo della perdita',
      { type: 'longtext', maxLength: 5000 },
    ),
    text(
      'description',
      'Description',
      'description|deal description|details|notes|beschreibung|notiz|descripción|descrizione|descrição|omschrijving|opis',
      {
        type: 'longtext',
        maxLength: 20_000,
      },
    ),
    deleted,
  ],
  hints: {
    files:
      'opportunity|opportunities|deal|deals|pipeline|sales pipeline|verkaufschancen|verkaufschance|opportunités|affaires|oportunidades|negocios|opportunità|trattative|negócios|kansen|szanse|affärer|сделки|商談|商机',
    idPrefixes: { '006': 1 },
    noise: 'deal|opportunity|the|of|hs|opp|sales|des|der|de|del|da',
    against:
      'opportunity history key|opportunityhistorykey|old value|new value|number of employees|annual revenue|first name|last name|phone|mrr|mrr amount|subscription id|invoice number|invoice date|ticket id|contract number|quantity|unit price|list price|billing cycle|billing city|website',
    needs: [
      ['name', 'stage'],
      ['name', 'state', 'amount'],
      ['name', 'closesOn', 'amount'],
      ['name', 'closesOn', 'probability'],
      ['externalId', 'stage', 'closesOn'],
    ],
  },
};
