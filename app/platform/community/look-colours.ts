/** Names of colours in tokens.css, each legible on the page in light and dark. */
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
