import { z } from 'zod';
import bundle from '~db/seed/community.json';
import { LOOK_COLOURS } from './community/look-colours';
import { LOCALE_TAGS } from './i18n/locales';
import { logoField } from './logo';
import { singleLine, visibleText } from './text/visible';

/*
 * The settings of a site: what its administrators decide. The environment only gives the defaults
 * with which a site starts for the first time; after that they are in the database, one row each.
 */

const line = (longest: number) =>
  z.string().transform(singleLine).pipe(z.string().max(longest, 'admin.settings.error.long'));

const lineOrNull = (longest: number) =>
  line(longest)
    .nullable()
    .transform((text) => text || null);

/** A form's field for a whole number in these bounds; `message` is the error in all cases. */
export const wholeNumber = (least: number, most: number, message: string) =>
  z.coerce.number(message).int(message).min(least, message).max(most, message);

const localeTag = z.enum(LOCALE_TAGS, 'admin.settings.error.languages');

/** An origin of the web, as browsers name it: `https://blog.example.org`. */
const origin = z.string().transform(readOrigin).pipe(z.string('admin.settings.error.origin'));

const origins = z
  .array(origin)
  .max(50, 'admin.settings.error.long')
  .transform((all) => [...new Set(all)]);

/** Every setting, with what is valid for it. Error texts are message keys. */
export const SETTINGS = {
  siteName: line(60).pipe(z.string().min(1, 'admin.settings.error.siteName')),
  /** Who runs the site. */
  operatorName: lineOrNull(120),
  operatorPlace: lineOrNull(120),
  /** Each with a role: "Ada Obi, editor". */
  operatorPeople: z.array(line(120).pipe(z.string().min(1))).max(30, 'admin.settings.error.long'),
  operatorFunding: lineOrNull(500),
  /** Where readers write to; null for the address that sends email. */
  contactEmail: z.email('people.error.email').max(254, 'admin.settings.error.long').nullable(),
  /** The article that asks the questions; null for none. */
  articleTitle: lineOrNull(160),
  articleUrl: z.url({ protocol: /^https?$/, error: 'admin.settings.error.url' }).nullable(),
  /** The colour of links, buttons and lines; null for that of the style sheet. */
  accent: z.enum(LOOK_COLOURS, 'admin.settings.error.accent').nullable(),
  /** Beside the name, at the top of every page; null for none. */
  logo: logoField.nullable(),
  /** With fewer people, no rank, share or trend is claimed. */
  digestMinAuthors: wholeNumber(1, 1000, 'admin.settings.error.minAuthors'),
  /** Hours in which quoted authors can object before a digest is emailed. */
  digestObjectionHours: wholeNumber(0, 168, 'admin.settings.error.hours'),
  /** The languages in which pages and emails are offered. */
  languages: z
    .array(localeTag)
    .min(1, 'admin.settings.error.languages')
    .transform((chosen) => LOCALE_TAGS.filter((tag) => chosen.includes(tag))),
  /** For visitors who ask for none of them; one of them. */
  defaultLanguage: localeTag,
  /** How many first posts of a new member wait for a moderator. */
  holdFirstPosts: wholeNumber(0, 100, 'admin.settings.error.firstPosts'),
  /** The sites that may show embedded pages; empty for all. Those of `answerOrigins` always may. */
  frameOrigins: origins,
  /** The sites on which people may answer in an embedded page. */
  answerOrigins: origins,
};

export const siteSettings = z.object(SETTINGS);

export type SiteSettings = z.output<typeof siteSettings>;
export type SettingName = keyof SiteSettings;

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The settings of a new site, where the environment says nothing else. */
export const DEFAULT_SETTINGS: SiteSettings = siteSettings.parse(bundle.settings);

/** The languages as ticked in a form, where none may be. */
export const languagesField = z
  .array(z.string(), 'admin.settings.error.languages')
  .pipe(SETTINGS.languages);

/** True if the default language is among those offered. */
export function offersDefault({
  languages,
  defaultLanguage,
}: Pick<SiteSettings, 'languages' | 'defaultLanguage'>): boolean {
  return languages.includes(defaultLanguage);
}

/** The error of a form where it is not. */
export const DEFAULT_NOT_OFFERED = {
  path: ['defaultLanguage'],
  error: 'admin.settings.error.default',
};

/** Reads one entry per line; empty lines are left out. */
export function readLines(text: string): string[] {
  return visibleText(text)
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean);
}

/**
 * Returns the origin of a web address, which may lack its scheme; null if it is none. It becomes part of
 * a header, so nothing but a plain host name is accepted.
 */
function readOrigin(text: string): string | null {
  const url = text.includes('://') ? text.trim() : `https://${text.trim()}`;
  if (!URL.canParse(url)) return null;
  const { origin } = new URL(url);
  return /^https?:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin) ? origin : null;
}
