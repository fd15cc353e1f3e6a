// Writes coverage.json: how many people live in each country and which languages they speak, to tell
// who is missing from a digest. Run it after updating cldr-core: `node db/seed/generate-coverage.mjs`.
//
// The source is CLDR's territory information, which takes population from the World Bank, the CIA World
// Factbook and national offices, and languages from censuses and Ethnologue. A language counts where at
// least 5 in 100 people of the country use it.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { territoryInfo } = require('cldr-core/supplemental/territoryInfo.json').supplemental;
const { version } = require('cldr-core/package.json');
const { countries } = JSON.parse(await readFile(new URL('places.json', import.meta.url), 'utf8'));

const LEAST_PERCENT = 5;
/** The year in which CLDR 48 was released. */
const YEAR = 2025;

function coverageOf(code) {
  const { _population, languagePopulation = {} } = territoryInfo[code] ?? {};
  const languages = Object.entries(languagePopulation)
    .map(([tag, { _populationPercent }]) => [tag.replaceAll('_', '-'), Number(_populationPercent)])
    // A language in another script is counted with it: `yue-Hans` with `yue`.
    .filter(([tag, percent]) => /^(?!und)[a-z]+$/.test(tag) && percent >= LEAST_PERCENT)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return { population: Number(_population ?? 0), languages: Object.fromEntries(languages) };
}

const coverage = {
  source: `Unicode CLDR ${version}`,
  year: YEAR,
  countries: Object.fromEntries(countries.map(({ code }) => [code, coverageOf(code)])),
};
await writeFile(
  new URL('coverage.json', import.meta.url),
  `${JSON.stringify(coverage, null, 2)}\n`,
);
