// Writes towns.json: the towns that name time zones, each with its country (ISO 3166-1 alpha-2). The
// source is zone.tab of the time zone database, which is in the public domain. Run it after an update
// of Debian's package tzdata: `node db/seed/generate-towns.mjs`.
import { readFile, writeFile } from 'node:fs/promises';

const FOLDER = '/usr/share/zoneinfo';

/** Zones of three parts, such as "America/Indiana/Knox", are named after small places of one country. */
const PARTS = 2;

const [, version] = /^# version (\S+)/.exec(await readFile(`${FOLDER}/tzdata.zi`, 'utf8'));
const rows = (await readFile(`${FOLDER}/zone.tab`, 'utf8'))
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => line.split('\t'));
const { countries } = JSON.parse(await readFile(new URL('places.json', import.meta.url), 'utf8'));
const known = new Set(countries.map(({ code }) => code));

const towns = {};
for (const [country, , zone] of rows) {
  const parts = zone.split('/');
  if (parts.length !== PARTS || !known.has(country)) continue;
  const town = parts[1].replaceAll('_', ' ');
  towns[country] = [...(towns[country] ?? []), town].sort();
}
const sorted = Object.fromEntries(Object.entries(towns).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(
  new URL('towns.json', import.meta.url),
  `${JSON.stringify({ source: `Time zone database ${version}`, towns: sorted }, null, 2)}\n`,
);
