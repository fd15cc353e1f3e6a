/*
 * Generated from app/ui/styles/tokens.css, for emails and images, which load no style sheet. After
 * a change there: npx vitest run --project unit app/ui/styles/palette.test.ts -u
 */
export const COLOURS = {
  paper: { light: '#fbf9f4', dark: '#16171a' },
  'paper-sunk': { light: '#f3efe6', dark: '#1e2024' },
  'paper-field': { light: '#ffffff', dark: '#101114' },
  ink: { light: '#1d1b18', dark: '#ece8e0' },
  'ink-soft': { light: '#57524a', dark: '#b3ada2' },
  line: { light: '#d9d2c4', dark: '#383a40' },
  'field-line': { light: '#857d70', dark: '#8b867c' },
  accent: { light: '#7a2e1d', dark: '#f0a184' },
  'accent-ink': { light: '#ffffff', dark: '#1d1310' },
  danger: { light: '#b3002d', dark: '#ff93a5' },
  warning: { light: '#7a5200', dark: '#e6b95c' },
  blue: { light: '#1c5a8a', dark: '#84bfee' },
  violet: { light: '#5f4a9a', dark: '#bcaaf5' },
  green: { light: '#0e6658', dark: '#74ceba' },
  ochre: { light: '#83500f', dark: '#e2b06a' },
  teal: { light: '#0b5f73', dark: '#7cc9dd' },
  red: { light: '#a3262e', dark: '#ff9d9d' },
  pink: { light: '#98306f', dark: '#f3a1d0' },
  brown: { light: '#6b4a33', dark: '#d6b59c' },
  olive: { light: '#555c10', dark: '#c3cb74' },
  slate: { light: '#4a5560', dark: '#b5c0cc' },
} as const;

export const FONTS = {
  sans: "system-ui, 'Segoe UI', 'Noto Sans', sans-serif",
  serif: "Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Noto Serif', serif",
  mono: "ui-monospace, 'Cascadia Mono', 'Noto Sans Mono', monospace",
} as const;
