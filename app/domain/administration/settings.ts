import { desc, eq } from 'drizzle-orm';
import type { Clock } from '~/platform/clock';
import { DomainError } from '~/platform/errors';
import { newId } from '~/platform/ids';
import { SETTING_NAMES, type SettingName, type SiteSettings } from '~/platform/site-settings';
import type { Db } from '~db/client';
import { alias } from '~db/dialect';
import { settingChanges, siteSettings, users } from '~db/schema';

const LISTED = 50;

/** Values of some settings. */
type Values = Partial<Record<SettingName, unknown>>;

/**
 * Stores settings, and records what changed with who changed it. Returns false if nothing did.
 * @param wanted valid values, as `SETTINGS` reads them; settings that are missing stay as they are
 */
export async function changeSettings(
  tx: Db,
  clock: Clock,
  personId: string,
  wanted: Partial<SiteSettings>,
  undoesId: string | null = null,
): Promise<boolean> {
  const stored = await storedValues(tx);
  const changed = SETTING_NAMES.filter(
    (name) => name in wanted && !isSame(wanted[name], stored[name]),
  );
  if (changed.length === 0) return false;
  const pick = (values: Values) =>
    Object.fromEntries(changed.map((name) => [name, values[name] ?? null]));
  const after = pick(wanted);
  await storeSettings(tx, after);
  const now = clock.now();
  await tx.insert(settingChanges).values({
    id: newId(now),
    ...{ personId, undoesId, after },
    before: pick(stored),
    createdAt: now,
  });
  return true;
}

/** Stores valid settings without a record of what they were. */
export async function storeSettings(tx: Db, wanted: Values): Promise<void> {
  for (const [name, value] of Object.entries(wanted)) {
    await tx
      .insert(siteSettings)
      .values({ name, value })
      .onConflictDoUpdate({ target: siteSettings.name, set: { value } });
  }
}

/**
 * Puts back the settings that a change changed.
 * @throws DomainError `missing` if there is no such change, or it was undone already; `refused` if
 * one of these settings was changed again since.
 */
export async function undoSettings(
  tx: Db,
  clock: Clock,
  personId: string,
  changeId: string,
): Promise<void> {
  const change = (await settingChangesIn(tx)).find(({ id }) => id === changeId);
  if (!change || change.undone) throw new DomainError('missing', 'site.problem.404.title');
  const stored = await storedValues(tx);
  const names = namesIn(change.after);
  if (names.some((name) => !isSame(stored[name], change.after[name]))) {
    throw new DomainError('refused', 'admin.settings.error.changed');
  }
  await changeSettings(tx, clock, personId, change.before as Partial<SiteSettings>, change.id);
}

/** Returns the newest changes, each with who made it and whether it was undone. */
export async function settingChangesIn(db: Db) {
  const undoing = alias(settingChanges, 'undoing_change');
  const rows = await db
    .select({ change: settingChanges, by: users.handle, undoneBy: undoing.id })
    .from(settingChanges)
    .innerJoin(users, eq(users.id, settingChanges.personId))
    .leftJoin(undoing, eq(undoing.undoesId, settingChanges.id))
    .orderBy(desc(settingChanges.createdAt), desc(settingChanges.id))
    .limit(LISTED);
  return rows.map(({ change, by, undoneBy }) => ({
    id: change.id,
    by,
    createdAt: change.createdAt,
    before: change.before as Values,
    after: change.after as Values,
    isUndo: change.undoesId !== null,
    undone: undoneBy !== null,
  }));
}

/** Returns the names of settings that this version of the program knows. */
export function namesIn(values: Values): SettingName[] {
  return SETTING_NAMES.filter((name) => name in values);
}

async function storedValues(db: Db): Promise<Values> {
  const rows = await db.select().from(siteSettings);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
