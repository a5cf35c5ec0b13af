// How catalogues and price lists look in the exports of CRM and ERP systems and in the sheets of sales teams.
import type { EntityShape, FieldShape } from '../../../kernel/server/importing.ts';

/** Price lists have a column a currency: "Price EUR", "List price (USD)", or only "EUR". */
const CURRENCIES =
  'eur|usd|gbp|chf|sek|nok|dkk|isk|pln|czk|huf|ron|bgn|try|cad|aud|nzd|jpy|cny|hkd|sgd|krw|inr|brl|mxn|clp|cop|ars|zar|ils|aed|sar|thb|myr|idr|php|twd';
const price: FieldShape = {
  key: 'price',
  label: 'List price',
  type: 'money',
  weight: 1.5,
  synonyms: `list price|listprice|price|variant price|sales price|salesprice|unit price|unitprice|standard price|catalogue price|catalog price|base price|selling price|retail price|msrp|rrp|price per unit|amount per unit|listenpreis|preis|verkaufspreis|stückpreis|einzelpreis|grundpreis|vk preis|prix|prix de vente|prix unitaire|prix catalogue|tarif|precio|precio de venta|precio unitario|precio de lista|prezzo|prezzo di listino|prezzo unitario|preço|preço de venda|preço unitário|prijs|verkoopprijs|cena|cena katalogowa|pris|listpris|hinta|fiyat|ár|preț|цена|価格|定价|价格|가격|${CURRENCIES}`,
  not: 'total price|purchase price|cost price|order value|deal value',
};
/** The fields that hold prices: one, and more where a list has several currencies. */
export const PRICES = ['price', ...[2, 3, 4, 5, 6, 7, 8].map((n) => `price${n}`)];
const morePrices = PRICES.slice(1).map(
  (key, i): FieldShape => ({
    ...price,
    key,
    label: `List price in currency ${i + 2}`,
    exact: true,
    weight: 0.5,
    another: 'price',
  }),
);

export const productsShape: EntityShape = {
  entity: 'products',
  label: 'Products and prices',
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
        'product id|productid|product2 id|product2id|item id|itemid|article id|pricebook entry id|price book entry id|sku id|record id|id|produkt id|produktid|artikel id|artikelid|id produit|identifiant produit|id producto|id prodotto|id do produto|product guid',
      not: 'account id|customer id|owner id|order id|opportunity id|subscription id|invoice id',
    },
    {
      key: 'name',
      label: 'Name',
      type: 'text',
      role: 'name',
      exact: true,
      weight: 1.5,
      maxLength: 300,
      synonyms:
        'product|product name|productname|item|item name|article|article name|article description|name of product|service|service name|offering|material description|produkt|produktname|produktbezeichnung|artikel|artikelname|artikelbezeichnung|bezeichnung|leistung|produit|nom du produit|nom produit|article libellé|désignation|libellé|producto|nombre del producto|nombre producto|artículo|prodotto|nome prodotto|articolo|produto|nome do produto|artikelnaam|productnaam|nazwa produktu|produktnavn|produktnamn|tuote|ürün|ürün adı|výrobek|termék|продукт|товар|наименование товара|製品名|商品名|产品名称|产品|제품명|name|title|description|product title|variant title|plan name|plan|plan title|add on name|materialkurztext|material short text',
      not: 'account name|customer name|owner name|sales agent|company',
    },
    {
      key: 'code',
      label: 'Code',
      type: 'id',
      exact: true,
      weight: 1.5,
      maxLength: 100,
      synonyms:
        'product code|plan id|plan code|productcode|sku|variant sku|item number|item no|item code|article number|article no|article code|part number|part no|stock code|material|material number|stock keeping unit|ean|gtin|produktnummer|produktcode|artikelnummer|artikelnr|artikel nr|art nr|materialnummer|code produit|code article|référence|référence produit|código de producto|código producto|referencia|codice prodotto|codice articolo|código do produto|artikelcode|kod produktu|артикул',
    },
    {
      key: 'series',
      label: 'Series',
      type: 'text',
      exact: true,
      weight: 1.5,
      maxLength: 200,
      synonyms:
        'series|product series|product line|productline|product family|family|product group|product category|category|range|produktserie|serie|produktlinie|produktgruppe|warengruppe|produktfamilie|sortiment|gamme|famille|famille de produits|ligne de produits|catégorie|serie de productos|familia|línea de producto|categoría|linea di prodotto|famiglia|categoria|família|productgroep|productlijn|grupa produktów|produktgrupp|серия|категория',
    },
    {
      key: 'description',
      label: 'Description',
      type: 'longtext',
      exact: true,
      maxLength: 20_000,
      synonyms:
        'description|product description|long description|details|notes|comment|beschreibung|produktbeschreibung|beschreibungstext|notiz|description du produit|descripción|descripción del producto|descrizione|descrição|omschrijving|opis|beskrivning',
    },
    {
      key: 'unitName',
      label: 'Unit',
      type: 'text',
      exact: true,
      weight: 0.6,
      maxLength: 60,
      synonyms:
        'unit|unit of measure|uom|quantity unit|quantity unit of measure|sales unit|einheit|mengeneinheit|verkaufseinheit|unité|unité de mesure|unidad|unidad de medida|unità|unidade|eenheid|jednostka|enhet',
    },
    {
      key: 'kind',
      label: 'Recurring or one-off',
      type: 'choice',
      exact: true,
      weight: 0.6,
      synonyms:
        'kind|revenue type|charge type|product type|pricing model|price type|umsatzart|preisart|type de revenu|tipo de ingreso',
      options: [
        {
          value: 'recurring',
          words:
            'recurring|subscription|saas|licence|license|maintenance|support|monthly|yearly|annual|wiederkehrend|abo|abonnement|wartung|récurrent|suscripción|ricorrente|recorrente|abonament',
        },
        {
          value: 'one_off',
          words:
            'one off|one time|onetime|once|perpetual|hardware|service|services|setup|set up|project|einmalig|einmal|projekt|dienstleistung|unique|ponctuel|único|una tantum|eenmalig|jednorazowy',
        },
      ],
    },
    price,
    ...morePrices,
    {
      key: 'currency',
      label: 'Currency',
      type: 'currency',
      role: 'row-currency',
      exact: true,
      weight: 0.4,
      synonyms:
        'currency|currency code|currency iso code|currencyisocode|price currency|iso currency|währung|waehrung|devise|monnaie|moneda|divisa|valuta|moeda|waluta|валюта|通貨|货币|통화',
    },
    {
      key: 'billing',
      label: 'Billed per',
      type: 'choice',
      exact: true,
      weight: 0.8,
      synonyms:
        'billing|billed per|billing period|billing frequency|billing cycle|billing interval|charge period|price per|per|period|term of price|abrechnung|abrechnungszeitraum|abrechnungsintervall|zahlungsrhythmus|periode|périodicité|facturation|période de facturation|facturación|periodo de facturación|fatturazione|faturamento|facturatie|okres rozliczeniowy',
      options: [
        {
          value: 'month',
          words:
            'month|monthly|per month|m|mo|monat|monatlich|mois|mensuel|mes|mensual|mese|mensile|mês|mensal|maand|maandelijks|miesiąc',
        },
        {
          value: 'quarter',
          words:
            'quarter|quarterly|q|3 months|quartal|quartalsweise|vierteljährlich|trimestre|trimestriel|trimestral|trimestrale|kwartaal|kwartał',
        },
        {
          value: 'half_year',
          words:
            'half year|half yearly|semi annual|semiannual|6 months|halbjahr|halbjährlich|semestre|semestriel|semestral|semestrale|halfjaar',
        },
        {
          value: 'year',
          words:
            'year|yearly|annual|annually|per year|y|12 months|jahr|jährlich|an|annuel|année|año|anual|anno|annuale|ano|jaar|jaarlijks|rok',
        },
        {
          value: 'once',
          words:
            'once|one off|one time|onetime|single|einmalig|einmal|unique|única vez|una tantum|eenmalig|jednorazowo',
        },
      ],
    },
    {
      key: 'startsOn',
      label: 'Price from',
      type: 'date',
      exact: true,
      weight: 0.8,
      synonyms:
        'valid from|price valid from|effective from|effective date|price from|price date|from|start date|gültig ab|gültig von|preis ab|valable à partir du|valable du|válido desde|vigente desde|valido dal|válido a partir de|geldig vanaf|ważny od',
    },
    {
      key: 'endsOn',
      label: 'Price until',
      type: 'date',
      exact: true,
      weight: 0.8,
      synonyms:
        'valid to|valid until|valid through|price valid to|effective to|effective until|price until|to|end date|gültig bis|preis bis|valable jusqu au|válido hasta|vigente hasta|valido fino al|válido até|geldig tot|ważny do',
    },
    {
      key: 'deliveryCostShare',
      label: 'Cost of delivery (percent)',
      type: 'percent',
      exact: true,
      weight: 0.6,
      synonyms:
        'cost of delivery percent|delivery cost percent|cost percent|cost share|cogs percent|cogs share|cost of revenue percent|kostenanteil|lieferkosten prozent|kosten prozent|coût en pourcent|coste porcentaje',
    },
    {
      key: 'deliveryCost',
      label: 'Cost of delivery (amount)',
      type: 'money',
      exact: true,
      weight: 0.6,
      synonyms:
        'cost of delivery|delivery cost|cost per item|unit cost|cost per unit|cost price|standard cost|cogs|cost|lieferkosten|selbstkosten|herstellkosten|stückkosten|einstandspreis|kosten|coût|coût unitaire|prix de revient|coste|coste unitario|costo|costo unitario|custo|kostprijs|koszt',
    },
    {
      key: 'deleted',
      label: 'Deleted at the source',
      type: 'boolean',
      role: 'deleted',
      exact: true,
      synonyms:
        'is deleted|isdeleted|deleted|is removed|gelöscht|löschkennzeichen|supprimé|eliminado|eliminato|excluído|verwijderd',
    },
  ],
  hints: {
    files:
      'product|products|produkte|produkt|catalogue|catalog|price list|pricelist|prices|pricebook|price book|items|articles|artikel|katalog|preisliste|preise|sku|produits|tarifs|productos|precios|prodotti|listino|produtos|producten|prijslijst|produkty',
    idPrefixes: { '01t': 1, '01u': 0.9 },
    noise: `product|item|article|list|standard|produkt|artikel|the|of|de|del|der|des|du|per|c|in|net|${CURRENCIES}`,
    against:
      'account|account id|account name|customer|customer id|customer name|sales agent|owner|email|phone|first name|last name|website|industry|annual revenue|number of employees|stage|deal stage|close date|close value|engage date|probability|opportunity id|opportunity name|invoice number|ticket id|subscription id|contract number|contract id|mrr amount|quantity|seats|status|city|country|merchant|reimbursable|receipt|expense type|timestamp|amount|employee',
    needs: [
      ['name', 'price'],
      ['name', 'code'],
      ['name', 'series'],
      ['code', 'price'],
      ['externalId', 'price'],
      ['name', 'deliveryCost'],
      ['name', 'deliveryCostShare'],
      ['name', 'unitName'],
      ['name', 'billing'],
    ],
  },
};
