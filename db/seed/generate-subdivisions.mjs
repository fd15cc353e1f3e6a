// Writes subdivisions.json: the states, provinces and districts of countries (ISO 3166-2) by their English
// names, and their codes in the countries where people write them behind a town: "Lebanon, PA". Run it
// after updating cldr-core, with the same version of the names, which only this script needs:
// `npm install --no-save cldr-subdivisions-full && node db/seed/generate-subdivisions.mjs`.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { version } = require('cldr-subdivisions-full/package.json');
const { subdivisions } = require('cldr-subdivisions-full/subdivisions/en/en.json').subdivisions
  .localeDisplayNames;
const { countries } = JSON.parse(await readFile(new URL('places.json', import.meta.url), 'utf8'));

const CODES_WRITTEN_IN = ['AU', 'BR', 'CA', 'US'];
const known = new Set(countries.map(({ code }) => code));
const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** Territories that ISO lists both as a part of a country and as one: Guam, Hong Kong. */
function isCountryToo(code, name) {
  return known.has(code) && countryNames.of(code).startsWith(name);
}

const names = {};
const codes = {};
for (const [id, label] of Object.entries(subdivisions)) {
  const country = id.slice(0, 2).toUpperCase();
  const code = id.slice(2).toUpperCase();
  // CLDR numbers names that occur twice in a country.
  const name = label.replace(/[²³]/gu, '').trim();
  if (!known.has(country) || isCountryToo(code, name)) continue;
  names[country] = [...new Set([...(names[country] ?? []), name])].sort();
  if (CODES_WRITTEN_IN.includes(country)) codes[country] = [...(codes[country] ?? []), code].sort();
}
await writeFile(
  new URL('subdivisions.json', import.meta.url),
  `${JSON.stringify({ source: `Unicode CLDR ${version}`, names, codes }, null, 2)}\n`,
);
