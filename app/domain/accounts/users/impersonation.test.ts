import { expect, it } from 'vitest';
import { speaksForSite } from './impersonation';
import { readName } from './user-settings';

const app = { config: { siteName: 'Causeway' } } as Parameters<typeof speaksForSite>[0];

it.each([
  ...[
    'admin',
    'ADMlN',
    'adm1n',
    'OFFlClAL',
    'Causeway-Team',
    'CausewayTeam',
    'Causeway',
    'Cаuseway',
  ],
  ...[
    'Moderator',
    'M0derat0r',
    'Ada (moderator)',
    'The Moderators',
    'admin_2026',
    'Causeway Support',
  ],
  ...['Official Ada', 'Modératrice', 'Модератор', 'المشرف', 'team', '1admin1', 'Kofi, staff'],
])('%s would speak for the site', (name) => {
  expect(speaksForSite(app, name)).toBe(true);
});

it.each([
  ...['Ada Lovelace', 'Amina', 'Maud', 'Modou Ndiaye', 'Badmin', 'Administrasi', 'Helpful Kofi'],
  ...['अमित', 'فاطمة', 'Team Kenya', 'Press Officer', 'Osei', 'Ida'],
])('%s does not impersonate anyone', (name) => {
  expect(speaksForSite(app, name)).toBe(false);
});

it.each([
  '\u3164',
  '\u2800',
  '\uffa0',
  '\u200b',
  '...',
  'Ada ✓',
  'Ada @moderator',
  '★ Ada',
  'A\u202eda',
])('%j is not a valid name', (name) => {
  expect(readName(name)).toBeNull();
});
