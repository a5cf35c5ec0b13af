// Recognises names and codes of countries in many languages, to know a column of countries by its content.
import { foldText } from './words.ts';

const languages = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'pl',
  'sv',
  'da',
  'nb',
  'fi',
  'cs',
  'tr',
  'hu',
  'ro',
  'ru',
  'ja',
  'zh',
];
const alpha3 =
  'USA US GBR GB DEU DE FRA FR ESP ES ITA IT PRT PT NLD NL BEL BE CHE CH AUT AT POL PL SWE SE NOR NO DNK DK FIN FI IRL IE CAN CA MEX MX BRA BR ARG AR CHL CL COL CO AUS AU NZL NZ JPN JP CHN CN KOR KR IND IN SGP SG ZAF ZA ARE AE SAU SA TUR TR RUS RU UKR UA CZE CZ HUN HU ROU RO BGR BG GRC GR LUX LU'.split(
    ' ',
  );
const others =
  "uk GB|u.k. GB|great britain GB|england GB|scotland GB|wales GB|grossbritannien GB|u.s. US|u.s.a. US|united states of america US|vereinigte staaten von amerika US|etats-unis d'amerique US|ee.uu. US|eeuu US|holland NL|south korea KR|korea KR|russia RU|czech republic CZ|tschechische republik CZ|brd DE|d DE|turkey TR|uae AE|vae AE|taiwan TW|hong kong HK|macedonia MK|ivory coast CI";

let byName: Map<string, string> | null = null;

function load(): Map<string, string> {
  if (byName) return byName;
  byName = new Map();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const language of languages) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const a of letters) {
      for (const b of letters) {
        const code = a + b;
        if (/^(EU|EZ|UN|XA|XB|ZZ|QO|UK)$/.test(code)) continue;
        const name = names.of(code);
        // Codes of states that are gone answer with the name of their successor.
        if (!name || new Intl.Locale(`und-${code}`).region !== code) continue;
        byName.set(foldText(name), byName.get(foldText(name)) ?? code);
        byName.set(code.toLowerCase(), code);
      }
    }
  }
  for (let i = 0; i < alpha3.length; i += 2) byName.set(alpha3[i]!.toLowerCase(), alpha3[i + 1]!);
  for (const pair of others.split('|'))
    byName.set(pair.slice(0, pair.lastIndexOf(' ')), pair.slice(pair.lastIndexOf(' ') + 1));
  return byName;
}

/** "Deutschland", "Germany", "DEU", "de" → "DE"; null when the text is no country. */
export function countryCode(text: string): string | null {
  const bare = text.trim();
  return bare.length < 1 || bare.length > 60 ? null : (load().get(foldText(bare)) ?? null);
}
