// Writes place-names.json: the ISO 3166-1 alpha-3 codes of countries, and the short, former and
// alternative names that CLDR has for them besides those that `Intl.DisplayNames` gives. Run it after
// updating cldr-core, with the same version of the names, which only this script needs:
// `npm install --no-save cldr-localenames-full && node db/seed/generate-place-names.mjs`.
// Further names, which CLDR does not have, are in place-aliases.json.
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { version } = require('cldr-localenames-full/package.json');
const { codeMappings } = require('cldr-core/supplemental/codeMappings.json').supplemental;
const { countries } = JSON.parse(await readFile(new URL('places.json', import.meta.url), 'utf8'));

const LANGUAGES = ['en', 'fr', 'es', 'pt', 'ar', 'sw', 'hi', 'id', 'zh', 'ru'];

function alternatives(code) {
  const names = LANGUAGES.flatMap((language) => {
    const { territories } = require(`cldr-localenames-full/main/${language}/territories.json`).main[
      language
    ].localeDisplayNames;
    return Object.entries(territories).flatMap(([key, name]) =>
      key.startsWith(`${code}-alt-`) && !key.endsWith('-chagos') ? [name] : [],
    );
  });
  return [...new Set(names)];
}

const named = countries.map(({ code }) => [code, alternatives(code)]);
const placeNames = {
  source: `Unicode CLDR ${version}`,
  alpha3: Object.fromEntries(countries.map(({ code }) => [code, codeMappings[code]._alpha3])),
  names: Object.fromEntries(named.filter(([, names]) => names.length > 0)),
};
await writeFile(
  new URL('place-names.json', import.meta.url),
  `${JSON.stringify(placeNames, null, 2)}\n`,
);
