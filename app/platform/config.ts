import { z } from 'zod';
import { DEFAULT_SETTINGS, SETTING_NAMES, type SiteSettings } from './site-settings';
import { singleLine } from './text/visible';

const count = (fallback: number, least: number, most = Number.MAX_SAFE_INTEGER) =>
  z.coerce.number().int().min(least).max(most).default(fallback);

const line = (longest: number) =>
  z.string().transform(singleLine).pipe(z.string().min(1).max(longest)).optional();

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

const environment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT: count(3000, 0, 65_535),
  HOST: z.string().min(1).default('127.0.0.1'),
  ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.string().default('file:./data/causeway.db'),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().min(3).default('Causeway <causeway@localhost>'),
  /** Emails per second over SMTP; 0 sets no limit. */
  MAIL_PER_SECOND: z.coerce.number().min(0).max(1000).default(10),
  OUTBOX_DIR: z.string().min(1).default('./data/outbox'),
  TRUST_PROXY: count(0, 0, 10),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  SITE_NAME: line(60),
  OPERATOR_NAME: line(120),
  OPERATOR_PLACE: line(120),
  /** People with their roles, separated by semicolons. */
  OPERATOR_PEOPLE: line(1000),
  OPERATOR_FUNDING: line(500),
  ARTICLE_URL: z.url({ protocol: /^https?$/ }).optional(),
  DIGEST_MIN_AUTHORS: count(DEFAULT_SETTINGS.digestMinAuthors, 1),
  DIGEST_OBJECTION_HOURS: count(DEFAULT_SETTINGS.digestObjectionHours, 0, 168),
  HOLD_FIRST_POSTS: count(DEFAULT_SETTINGS.holdFirstPosts, 0),
  WEB_CONCURRENCY: count(1, 1, 64),
  CASE_REMINDER_HOURS: count(24, 1),
  METRICS_TOKEN: z.string().min(16).optional(),
  AKISMET_URL: z.url({ protocol: /^https?$/ }).optional(),
  AKISMET_KEY: z.string().min(1).max(200).optional(),
  AKISMET_TIMEOUT: count(2000, 50, 10_000),
  LLM_URL: z.url({ protocol: /^https?$/ }).optional(),
  LLM_MODEL: z.string().min(1).max(100).optional(),
  LLM_KEY: z.string().min(1).max(400).optional(),
  LLM_TIMEOUT: count(15_000, 50, 120_000),
  TRANSLATE_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRANSLATE_KEY: z.string().min(1).max(400).optional(),
  TRANSLATE_NAME: z.string().min(1).max(60).default('LibreTranslate'),
  TRANSLATE_TIMEOUT: count(15_000, 50, 120_000),
  TRANSLATE_PER_DAY: count(200, 0, 100_000),
});

/**
 * What the environment says about the machine, and the site's settings: in `readConfig`'s result the
 * defaults, in `AppContext` the current ones.
 */
export interface Config extends SiteSettings {
  production: boolean;
  port: number;
  host: string;
  /** Public base URL without a trailing slash. */
  origin: string;
  databaseUrl: string;
  smtpUrl: string | null;
  mailFrom: string;
  /** Maximum emails per second that one process passes to the SMTP server; 0 sets no limit. */
  mailPerSecond: number;
  outboxDir: string;
  trustProxy: number;
  logLevel: string;
  /** Number of processes that serve the site on this machine. */
  webConcurrency: number;
  /** Hours after which moderators are emailed that a case is waiting. */
  caseReminderHours: number;
  metricsToken: string | null;
  /** The spam check service; null (the default) sends no text to any service. */
  akismet: { url: string; key: string /** In ms. */; timeout: number } | null;
  /** The language model that proposes wording and translations for digests; null for none. */
  llm: { url: string; model: string; key: string | null /** In ms. */; timeout: number } | null;
  /** The server that translates posts; null for none. A language model can take its place. */
  translate: {
    url: string;
    key: string | null;
    name: string /** In ms. */;
    timeout: number;
  } | null;
  /** How many posts are translated by a machine in a day at most. */
  translatePerDay: number;
  /** True for a demo; every page then says so. */
  demo: boolean;
}

/** Returns the settings in a configuration, without what it says about the machine. */
export function settingsIn(config: Config): SiteSettings {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, config[name]])) as SiteSettings;
}

/** Returns a configuration whose settings are always the current ones. */
export function withSettings(config: Config, current: () => SiteSettings): Config {
  const getters = SETTING_NAMES.map((name) => [
    name,
    { get: () => current()[name], enumerable: true },
  ]);
  return Object.create(config, Object.fromEntries(getters));
}

/** Thrown if the environment is invalid; the message is one line for the operator. */
export class ConfigError extends Error {}

/**
 * Reads and validates the environment.
 * @throws ConfigError naming every variable that is wrong.
 */
export function readConfig(env: Record<string, string | undefined>, demo = false): Config {
  const filled = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(filled);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`wrong environment: ${faults.join('; ')}`);
  }
  const e = parsed.data;
  if (!/^(file:|postgres(ql)?:\/\/)./.test(e.DATABASE_URL)) {
    throw new ConfigError('wrong environment: DATABASE_URL must be a file: or postgres:// URL');
  }
  const production = e.NODE_ENV === 'production';
  const origin = publicOrigin(e.ORIGIN, e.PORT, production);
  return {
    production,
    port: e.PORT,
    host: e.HOST,
    origin,
    // A demo has its own database and never sends email.
    databaseUrl: demo ? 'file:./data/demo.db' : e.DATABASE_URL,
    smtpUrl: demo ? null : (e.SMTP_URL ?? null),
    mailFrom: e.MAIL_FROM,
    mailPerSecond: e.MAIL_PER_SECOND,
    outboxDir: demo ? './data/demo-outbox' : e.OUTBOX_DIR,
    trustProxy: e.TRUST_PROXY,
    logLevel: e.LOG_LEVEL,
    ...DEFAULT_SETTINGS,
    siteName: e.SITE_NAME ?? DEFAULT_SETTINGS.siteName,
    operatorName: e.OPERATOR_NAME ?? null,
    operatorPlace: e.OPERATOR_PLACE ?? null,
    operatorPeople: (e.OPERATOR_PEOPLE ?? '').split(';').flatMap((one) => one.trim() || []),
    operatorFunding: e.OPERATOR_FUNDING ?? null,
    articleUrl: e.ARTICLE_URL ?? null,
    digestMinAuthors: e.DIGEST_MIN_AUTHORS,
    digestObjectionHours: e.DIGEST_OBJECTION_HOURS,
    holdFirstPosts: e.HOLD_FIRST_POSTS,
    webConcurrency: e.WEB_CONCURRENCY,
    caseReminderHours: e.CASE_REMINDER_HOURS,
    metricsToken: e.METRICS_TOKEN ?? null,
    akismet: demo ? null : spamService(e.AKISMET_URL, e.AKISMET_KEY, e.AKISMET_TIMEOUT),
    llm: demo ? null : languageModel(e),
    translate: demo ? null : translationServer(e),
    translatePerDay: e.TRANSLATE_PER_DAY,
    demo,
  };
}

function publicOrigin(given: string | undefined, port: number, production: boolean): string {
  if (!given) {
    if (production) throw new ConfigError('wrong environment: ORIGIN is required in production');
    return `http://localhost:${port}`;
  }
  const url = new URL(given);
  if (url.pathname !== '/' || url.search || url.hash) {
    throw new ConfigError('wrong environment: ORIGIN must be a URL without a path');
  }
  if (production && url.protocol !== 'https:' && !LOOPBACK.has(url.hostname)) {
    throw new ConfigError('wrong environment: ORIGIN must be https in production');
  }
  return url.origin;
}

/** Null unless both URL and model are set. Drafts are only ever sent over https. */
function languageModel(e: z.output<typeof environment>): Config['llm'] {
  if (!e.LLM_URL && !e.LLM_MODEL) return null;
  if (!e.LLM_URL || !e.LLM_MODEL) {
    throw new ConfigError('wrong environment: LLM_URL and LLM_MODEL are set together');
  }
  const { protocol, hostname } = new URL(e.LLM_URL);
  if (protocol !== 'https:' && !LOOPBACK.has(hostname)) {
    throw new ConfigError('wrong environment: LLM_URL must be https unless loopback');
  }
  const url = e.LLM_URL.replace(/\/+$/, '');
  return { url, model: e.LLM_MODEL, key: e.LLM_KEY ?? null, timeout: e.LLM_TIMEOUT };
}

/** Null unless its URL is set. Texts are only ever sent over https. */
function translationServer(e: z.output<typeof environment>): Config['translate'] {
  if (!e.TRANSLATE_URL) return null;
  const { protocol, hostname } = new URL(e.TRANSLATE_URL);
  if (protocol !== 'https:' && !LOOPBACK.has(hostname)) {
    throw new ConfigError('wrong environment: TRANSLATE_URL must be https unless loopback');
  }
  return {
    url: e.TRANSLATE_URL.replace(/\/+$/, ''),
    key: e.TRANSLATE_KEY ?? null,
    name: e.TRANSLATE_NAME,
    timeout: e.TRANSLATE_TIMEOUT,
  };
}

/** Null unless both URL and key are set. Texts are only ever sent over https. */
function spamService(url: string | undefined, key: string | undefined, timeout: number) {
  if (!url && !key) return null;
  if (!url || !key) {
    throw new ConfigError('wrong environment: AKISMET_URL and AKISMET_KEY are set together');
  }
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !LOOPBACK.has(hostname)) {
    throw new ConfigError('wrong environment: AKISMET_URL must be https unless loopback');
  }
  return { url, key, timeout };
}
