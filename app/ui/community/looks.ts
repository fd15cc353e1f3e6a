/*
 * What a pillar can look like. Administrators choose by name; `terms.glyph` and `terms.colour` hold
 * the names. Pages have only the glyphs that they use.
 */

/** SVG paths, drawn on 16 by 16 with a stroke of 1.4 and no fill. */
export const GLYPHS = {
  fork: 'M4 5v1c0 1.5.7 2 2 2h4c1.3 0 2-.5 2-2V5M8 8v3M5.5 3.5a1.5 1.5 0 1 1-3 0a1.5 1.5 0 0 1 3 0M13.5 3.5a1.5 1.5 0 1 1-3 0a1.5 1.5 0 0 1 3 0M9.5 12.5a1.5 1.5 0 1 1-3 0a1.5 1.5 0 0 1 3 0',
  book: 'M8 4.5C6.5 3.3 4.3 2.9 1.5 3v9.5c2.8-.1 5 .3 6.5 1.5c1.5-1.2 3.7-1.6 6.5-1.5V3C11.7 2.9 9.5 3.3 8 4.5zV14',
  network:
    'M7 5.3L4.3 10M9 5.3L11.7 10M5.3 12h5.4M10 3.5a2 2 0 1 1-4 0a2 2 0 0 1 4 0M5.3 12a2 2 0 1 1-4 0a2 2 0 0 1 4 0M14.7 12a2 2 0 1 1-4 0a2 2 0 0 1 4 0',
  scales:
    'M8 2v11.5M5 13.5h6M2.5 4.5h11M3.5 4.5L1.5 9.5a2 2 0 0 0 4 0zM12.5 4.5L10.5 9.5a2 2 0 0 0 4 0z',
  drop: 'M8 1.8C8 1.8 3.5 6.6 3.5 10a4.5 4.5 0 0 0 9 0C12.5 6.6 8 1.8 8 1.8z',
  leaf: 'M13.5 2.5C7 2.5 3 5.5 3 10c0 1 .3 2 .8 2.6c.7.3 1.5.4 2.7.4c4.4 0 7-3.9 7-10.5zM2 14.5C3.5 11 6 8.3 9.5 6.5',
  sun: 'M11 8a3 3 0 1 1-6 0a3 3 0 0 1 6 0M8 1.5v1.7M8 12.8v1.7M1.5 8h1.7M12.8 8h1.7M3.4 3.4l1.2 1.2M11.4 11.4l1.2 1.2M12.6 3.4l-1.2 1.2M4.6 11.4l-1.2 1.2',
  house: 'M2 7.5L8 2.2l6 5.3M3.8 6.2v7.3h8.4V6.2M6.6 13.5v-4h2.8v4',
  heart: 'M8 13.5C4 10.5 2 8.2 2 5.8a3 3 0 0 1 6-1.2a3 3 0 0 1 6 1.2c0 2.4-2 4.7-6 7.7z',
  shield: 'M8 1.8l5 1.8v4c0 3.2-2 5.4-5 6.6c-3-1.2-5-3.4-5-6.6v-4z',
  people:
    'M7.8 5a2.3 2.3 0 1 1-4.6 0a2.3 2.3 0 0 1 4.6 0M1.5 13.5c0-3 1.6-4.5 4-4.5s4 1.5 4 4.5M10.2 3a2.2 2.2 0 0 1 0 4.2M11.3 9.2c2 .4 3.2 1.9 3.2 4.3',
  speech: 'M2 3h12v8H8l-3.5 3v-3H2z',
  globe:
    'M14.2 8a6.2 6.2 0 1 1-12.4 0a6.2 6.2 0 0 1 12.4 0M1.8 8h12.4M8 1.8c2 1.8 2.8 3.9 2.8 6.2S10 12.4 8 14.2C6 12.4 5.2 10.3 5.2 8S6 3.6 8 1.8z',
  coin: 'M14.2 8a6.2 6.2 0 1 1-12.4 0a6.2 6.2 0 0 1 12.4 0M10 6C9.6 5.2 8.9 5 8 5C6.8 5 6 5.6 6 6.5c0 2 4 1 4 3c0 .9-.8 1.5-2 1.5c-.9 0-1.6-.3-2-1.1M8 3.8V5M8 11v1.2',
  wrench:
    'M10.6 1.9a3.5 3.5 0 0 0-4.2 4.7L2.3 10.7a2.1 2.1 0 0 0 3 3l4.1-4.1a3.5 3.5 0 0 0 4.7-4.2l-2.2 2.1l-2.7-.7l-.7-2.7z',
  chip: 'M4.5 4.5h7v7h-7zM6 2v2.5M10 2v2.5M6 11.5V14M10 11.5V14M2 6h2.5M2 10h2.5M11.5 6H14M11.5 10H14',
  bolt: 'M9 1.5L3.5 9H8l-1 5.5L12.5 7H8z',
  signal: 'M3 13.5v-2M6.3 13.5V9M9.7 13.5V6M13 13.5v-11',
  road: 'M4.5 2L2 14M11.5 2L14 14M8 2.5v2M8 7v2M8 11.5v2',
  health: 'M6 2h4v4h4v4h-4v4H6v-4H2V6h4z',
  bowl: 'M1.8 7.5h12.4c0 3.5-2.6 5.7-6.2 5.7s-6.2-2.2-6.2-5.7zM5.5 5c-.8-1 .6-1.6 0-2.8M9 5c-.8-1 .6-1.6 0-2.8',
  key: 'M7.5 5.5a3 3 0 1 1-6 0a3 3 0 0 1 6 0M6.7 7.6l6.8 5.9M10.5 11l1.5-1.7',
  eye: 'M1.5 8C3.2 5 5.4 3.5 8 3.5S12.8 5 14.5 8c-1.7 3-3.9 4.5-6.5 4.5S3.2 11 1.5 8zM10 8a2 2 0 1 1-4 0a2 2 0 0 1 4 0',
  pin: 'M8 14.5C5 11 3.5 8.6 3.5 6.3a4.5 4.5 0 0 1 9 0c0 2.3-1.5 4.7-4.5 8.2zM9.6 6.3a1.6 1.6 0 1 1-3.2 0a1.6 1.6 0 0 1 3.2 0',
  clock: 'M14.2 8a6.2 6.2 0 1 1-12.4 0a6.2 6.2 0 0 1 12.4 0M8 4.2V8l2.8 1.8',
  star: 'M8 1.8l1.9 4.1l4.4.5l-3.3 3l.9 4.4L8 11.6l-3.9 2.2l.9-4.4l-3.3-3l4.4-.5z',
  circle: 'M13 8a5 5 0 1 1-10 0a5 5 0 0 1 10 0',
} as const;

export type Glyph = keyof typeof GLYPHS;

/** Names of colours in tokens.css and forum.css, each legible on the page in light and dark. */
export const LOOK_COLOURS = [
  'blue',
  'violet',
  'green',
  'ochre',
  'teal',
  'red',
  'pink',
  'brown',
  'olive',
  'slate',
] as const;

export function isGlyph(name: string | null): name is Glyph {
  return name !== null && Object.hasOwn(GLYPHS, name);
}
