import {
  listRecorded,
  namesChanged,
  type RecordedValues,
  recordChange,
  undoRecorded,
} from '~/domain/community/recorded-changes';
import { nameSiteAccount } from '~/domain/import-export/site-account';
import type { Clock } from '~/platform/clock';
import { pathTo } from '~/platform/paths';
import {
  DEFAULT_SETTINGS,
  SETTING_NAMES,
  type SettingName,
  type SiteSettings,
} from '~/platform/site-settings';
import { type SentFrom, type Values, withoutStale } from '~/platform/stale-form';
import type { Db } from '~db/client';
import { siteSettings } from '~db/schema';

const RECORDED: RecordedValues = {
  subject: null,
  read: storedSettings,
  store: storeSettings,
  listedAt: `${pathTo('/admin/settings')}#changes`,
};

/**
 * Stores settings, and records what changed with who changed it. Returns false if nothing did.
 * @param wanted valid values, as `SETTINGS` reads them; settings that are missing stay as they are
 * @throws DomainError `refused` if another change since the form was made clashes with this one
 */
export async function changeSettings(
  tx: Db,
  clock: Clock,
  personId: string,
  wanted: Partial<SiteSettings>,
  sent: SentFrom = {},
): Promise<boolean> {
  const before = await storedSettings(tx);
  // A form may lack a setting, which then has no value.
  const given = Object.fromEntries(
    Object.entries(wanted).filter(([, value]) => value !== undefined),
  );
  const after = { ...before, ...withoutStale(given, before, sent) };
  const changed = namesChanged(before, after).map((name) => [name, after[name]]);
  await storeSettings(tx, Object.fromEntries(changed));
  return recordChange(tx, clock, { personId, subject: null }, before, after);
}

/** Stores valid settings without a record of what they were. */
export async function storeSettings(tx: Db, wanted: Values): Promise<void> {
  for (const [name, value] of Object.entries(wanted)) {
    await tx
      .insert(siteSettings)
      .values({ name, value })
      .onConflictDoUpdate({ target: siteSettings.name, set: { value } });
  }
  if (typeof wanted.siteName === 'string') await nameSiteAccount(tx, wanted.siteName);
}

/** Puts back the settings that a change changed, as `undoRecorded` does. */
export function undoSettings(
  tx: Db,
  clock: Clock,
  personId: string,
  changeId: string,
): Promise<void> {
  return undoRecorded(tx, clock, personId, changeId, RECORDED);
}

/** Returns the newest changes, newest first, as `listRecorded` does. */
export function settingChangesIn(db: Db) {
  return listRecorded(db, null);
}

/** Returns the names of settings that this version of the program knows. */
export function namesIn(values: Values): SettingName[] {
  return SETTING_NAMES.filter((name) => name in values);
}

/** Returns the settings as they are stored, also those that this version does not know. */
export async function storedSettings(db: Db): Promise<Values> {
  const rows = await db.select().from(siteSettings);
  return {
    ...DEFAULT_SETTINGS,
    ...Object.fromEntries(rows.map(({ name, value }) => [name, value])),
  };
}
