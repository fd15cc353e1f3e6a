// Writes places.json: the UN M49 regions and the officially assigned ISO 3166-1 countries in them, and
// Kosovo. Run it after updating cldr-core: `node db/seed/generate-places.mjs`.
//
// CLDR adds a few groupings to M49, so the region tree is written out here as the
// United Nations publish it, and CLDR contributes which country lies in which of its regions.
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { territoryContainment } =
  require('cldr-core/supplemental/territoryContainment.json').supplemental;
const { codeMappings } = require('cldr-core/supplemental/codeMappings.json').supplemental;
const { territoryAlias } = require('cldr-core/supplemental/aliases.json').supplemental.metadata
  .alias;

const WORLD = '001';
const OFFICIALLY_ASSIGNED = 249;
/**
 * Kosovo has no official code, but people write from there. CLDR, the European Union and banks use this
 * one, which ISO 3166 leaves to its users. M49 does not list it; CLDR puts it into Southern Europe.
 */
const KOSOVO = 'XK';

/** M49 code → parent and level. https://unstats.un.org/unsd/methodology/m49/ */
const REGIONS = {
  [WORLD]: [null, 'world'],
  '002': [WORLD, 'region'],
  '015': ['002', 'subregion'],
  202: ['002', 'subregion'],
  '011': ['202', 'intermediate'],
  '014': ['202', 'intermediate'],
  '017': ['202', 'intermediate'],
  '018': ['202', 'intermediate'],
  '019': [WORLD, 'region'],
  '021': ['019', 'subregion'],
  419: ['019', 'subregion'],
  '005': ['419', 'intermediate'],
  '013': ['419', 'intermediate'],
  '029': ['419', 'intermediate'],
  142: [WORLD, 'region'],
  '030': ['142', 'subregion'],
  '034': ['142', 'subregion'],
  '035': ['142', 'subregion'],
  143: ['142', 'subregion'],
  145: ['142', 'subregion'],
  150: [WORLD, 'region'],
  '039': ['150', 'subregion'],
  151: ['150', 'subregion'],
  154: ['150', 'subregion'],
  155: ['150', 'subregion'],
  '009': [WORLD, 'region'],
  '053': ['009', 'subregion'],
  '054': ['009', 'subregion'],
  '057': ['009', 'subregion'],
  '061': ['009', 'subregion'],
};

/**
 * Officially assigned codes have an M49 number below 900 (from 900 on they are user-assigned) and
 * are no alias of a successor. That leaves out EU and UN, withdrawn codes such as AN, and
 * exceptionally reserved ones such as AC, IC and CQ.
 */
function isOfficiallyAssigned(code) {
  const number = codeMappings[code]?._numeric;
  return number !== undefined && Number(number) < 900 && !(code in territoryAlias);
}

/**
 * Returns the region that CLDR lists the country in. CLDR's "outlying Oceania" is not an M49
 * region, so Antarctica is assigned to the world.
 */
function regionOf(country) {
  const region = Object.keys(REGIONS).find((code) =>
    territoryContainment[code]?._contains.includes(country),
  );
  return region ?? WORLD;
}

const regions = Object.entries(REGIONS)
  .map(([code, [parent, level]]) => ({ code, parent, level }))
  .sort((a, b) => a.code.localeCompare(b.code));

const countries = Object.keys(codeMappings)
  .filter((code) => /^[A-Z]{2}$/.test(code) && (isOfficiallyAssigned(code) || code === KOSOVO))
  .sort()
  .map((code) => ({ code, region: regionOf(code) }));

if (countries.length !== OFFICIALLY_ASSIGNED + 1) {
  throw new Error(
    `expected ${OFFICIALLY_ASSIGNED} countries and Kosovo, CLDR has ${countries.length}`,
  );
}

const line = (row) =>
  `    { ${Object.entries(row)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(', ')} }`;
const list = (rows) => `[\n${rows.map(line).join(',\n')}\n  ]`;

await writeFile(
  new URL('places.json', import.meta.url),
  `{\n  "regions": ${list(regions)},\n  "countries": ${list(countries)}\n}\n`,
);
console.log(`places.json: ${regions.length} regions, ${countries.length} countries`);
