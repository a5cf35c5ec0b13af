// The currencies that money fields offer: the opportunity's or workspace's first, then the usual ones.
const USUAL =
  'EUR USD GBP CHF JPY CNY INR AUD CAD SEK NOK DKK PLN CZK HUF RON SGD HKD NZD ZAR BRL MXN TRY ILS KRW AED SAR'.split(
    ' ',
  );

export const currencyChoices = (first: string): string[] => [first, ...USUAL.filter((code) => code !== first)];
