import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config';

describe('the environment', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      origin: 'http://localhost:3000',
      databaseUrl: 'file:./data/causeway.db',
      smtpUrl: null,
      trustProxy: 0,
      siteName: 'Causeway',
      digestMinAuthors: 5,
      digestObjectionHours: 48,
      holdFirstPosts: 1,
      demo: false,
    });
  });

  it('treats an empty variable as not set', () => {
    expect(readConfig({ PORT: '', SMTP_URL: '' }).port).toBe(3000);
  });

  it.each([
    [{ PORT: 'many' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ ORIGIN: 'forum.example' }, 'ORIGIN'],
    [{ ORIGIN: 'https://forum.example/path' }, 'ORIGIN'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'],
    [{ SMTP_URL: 'http://mail.example' }, 'SMTP_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ DIGEST_MIN_AUTHORS: '0' }, 'DIGEST_MIN_AUTHORS'],
    [{ DIGEST_OBJECTION_HOURS: '169' }, 'DIGEST_OBJECTION_HOURS'],
    [{ DIGEST_OBJECTION_HOURS: '-1' }, 'DIGEST_OBJECTION_HOURS'],
    [{ HOLD_FIRST_POSTS: '-1' }, 'HOLD_FIRST_POSTS'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY'],
    [{ AKISMET_URL: 'https://spam.example/check' }, 'AKISMET_URL and AKISMET_KEY'],
    [{ AKISMET_KEY: 'k' }, 'AKISMET_URL and AKISMET_KEY'],
    [{ AKISMET_URL: 'http://spam.example/', AKISMET_KEY: 'k' }, 'AKISMET_URL must be https'],
    [{ AKISMET_TIMEOUT: '20000' }, 'AKISMET_TIMEOUT'],
    [{ TRANSLATE_URL: 'http://translate.example' }, 'TRANSLATE_URL must be https'],
    [{ TRANSLATE_PER_DAY: '-1' }, 'TRANSLATE_PER_DAY'],
    [{ LLM_URL: 'https://llm.example/v1' }, 'LLM_URL and LLM_MODEL'],
    [{ LLM_URL: 'http://llm.example/v1', LLM_MODEL: 'm' }, 'LLM_URL must be https'],
    [{ ARTICLE_URL: 'javascript:alert(1)' }, 'ARTICLE_URL'],
    [{ NODE_ENV: 'production' }, 'ORIGIN is required in production'],
    [{ NODE_ENV: 'production', ORIGIN: 'http://forum.example' }, 'ORIGIN must be https'],
  ])('refuses %j with one line that names the error', (env, fault) => {
    const read = () => readConfig(env);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(fault);
    expect(read).not.toThrow('\n');
  });

  it('names all errors at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT.*LOG_LEVEL/);
  });

  it('allows http in production on loopback only', () => {
    const env = { NODE_ENV: 'production', ORIGIN: 'http://localhost:3000' };
    expect(readConfig(env).origin).toBe('http://localhost:3000');
  });

  it('gives a demo its own database and no SMTP server', () => {
    const env = { DATABASE_URL: 'file:./real.db', SMTP_URL: 'smtp://mail.example' };
    expect(readConfig(env, true)).toMatchObject({
      databaseUrl: 'file:./data/demo.db',
      smtpUrl: null,
      outboxDir: './data/demo-outbox',
      demo: true,
    });
  });
});
