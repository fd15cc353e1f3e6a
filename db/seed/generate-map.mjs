/*
 * Writes app/domain/barriers/world-map.json: the outlines of the smallest M49 regions in one SVG
 * coordinate system, small enough to be included in a page.
 *
 *   node db/seed/generate-map.mjs
 *
 * Source: Natural Earth 1:110m, from world-atlas (public domain). Arcs are simplified once for both
 * sides of a border (Visvalingam and Whyatt, 1993). Countries are merged into regions, projected with
 * Equal Earth (Šavrič, Patterson and Jenny, 2018), which preserves areas, and rounded to whole units.
 * Very small islands are left out; the table beside the map has every place.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoEqualEarth, geoPath } from 'd3-geo';
import { merge } from 'topojson-client';

const WIDTH = 640;
const SMALLEST_TRIANGLE = 1.2; // square degrees
const SMALLEST_LAND = 7; // square units of the drawing

const require = createRequire(import.meta.url);
const atlas = require('world-atlas/countries-110m.json');
const { codeMappings } = require('cldr-core/supplemental/codeMappings.json').supplemental;
const places = JSON.parse(readFileSync(new URL('places.json', import.meta.url), 'utf8'));

const regionOf = new Map(places.countries.map(({ code, region }) => [code, region]));
const alpha2 = new Map(
  Object.entries(codeMappings).flatMap(([code, { _numeric }]) =>
    _numeric && regionOf.has(code) ? [[_numeric, code]] : [],
  ),
);

const { scale, translate } = atlas.transform;
const byRegion = new Map();
for (const country of atlas.objects.countries.geometries.flatMap(withoutGuiana)) {
  const region = regionOf.get(alpha2.get(country.id));
  // Antarctica belongs to no region; two disputed territories in the source have no code.
  if (!region || region === '001') continue;
  byRegion.set(region, [...(byRegion.get(region) ?? []), country]);
}

const topology = { ...atlas, transform: undefined, arcs: atlas.arcs.map(decoded).map(simplified) };
const shapes = new Map(
  [...byRegion].sort().map(([region, list]) => [region, merge(topology, list)]),
);
const all = { type: 'GeometryCollection', geometries: [...shapes.values()] };
const projection = geoEqualEarth().rotate([-11, 0]).fitWidth(WIDTH, all);
const path = geoPath(projection);
const height = Math.ceil(path.bounds(all)[1][1]);
const regions = Object.fromEntries(
  [...shapes].map(([region, shape]) => [region, compact(path(shape))]),
);
const target = new URL('../../app/domain/barriers/world-map.json', import.meta.url);
writeFileSync(target, `${JSON.stringify({ width: WIDTH, height, regions }, null, 2)}\n`);

/** The source draws French Guiana as part of France; M49 counts it to South America. */
function withoutGuiana(country) {
  if (alpha2.get(country.id) !== 'FR') return [country];
  const isGuiana = ([[arc]]) => decoded(atlas.arcs[arc < 0 ? ~arc : arc])[0][0] < -30;
  const [home, guiana] = [false, true].map((wanted) =>
    country.arcs.filter((polygon) => isGuiana(polygon) === wanted),
  );
  const guianaCode = codeMappings.GF._numeric;
  return [
    { ...country, arcs: home },
    { ...country, id: guianaCode, arcs: guiana },
  ];
}

function decoded(arc) {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
}

/**
 * Returns the arc without its least important points; its end points, where arcs meet, are kept.
 */
function simplified(arc) {
  const points = [...arc];
  for (;;) {
    let least = SMALLEST_TRIANGLE;
    let at = -1;
    for (let i = 1; i < points.length - 1; i += 1) {
      const area = triangle(points[i - 1], points[i], points[i + 1]);
      if (area < least) [least, at] = [area, i];
    }
    if (at < 0) return points;
    points.splice(at, 1);
  }
}

function triangle([ax, ay], [bx, by], [cx, cy]) {
  return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
}

/** Writes the rings as an SVG path in whole units, with relative coordinates. */
function compact(drawn) {
  let [x, y] = [0, 0];
  return drawn
    .split('M')
    .slice(1)
    .map((ring) =>
      ring
        .replace('Z', '')
        .split('L')
        .map((point) => point.split(',').map(Math.round)),
    )
    .filter((ring) => Math.abs(areaOf(ring)) >= SMALLEST_LAND)
    .map((ring) => {
      const steps = ring
        .map(([px, py]) => {
          const step = [px - x, py - y];
          [x, y] = [px, py];
          return step;
        })
        .filter(([dx, dy], at) => at === 0 || dx !== 0 || dy !== 0);
      [x, y] = ring[0];
      return `m${steps.map(pair).join(' ')}z`;
    })
    .join('');
}

function pair([dx, dy]) {
  return dy < 0 ? `${dx}${dy}` : `${dx} ${dy}`;
}

function areaOf(ring) {
  return ring.reduce((sum, [x, y], at) => {
    const [nx, ny] = ring[(at + 1) % ring.length];
    return sum + (x * ny - nx * y) / 2;
  }, 0);
}
