import { describe, expect, it } from 'vitest';
import { users } from '~db/schema';
import { useCauseway } from './support/causeway';
import { runCommand as run } from './support/command';

const create = ['user', 'create', '--email', 'Ada@Example.org', '--handle', 'admin'];

describe('causeway user', () => {
  it('creates an administrator who can log in at once', async () => {
    const causeway = await useCauseway();
    const password = 'a boat on the causeway';
    const args = [...create, '--role', 'administrator', '--password-stdin', '--json'];
    const made = await run(causeway, args, `${password}\n`);
    expect(made).toMatchObject({ code: 0, err: '' });
    const shown = JSON.parse(made.out);
    expect(shown).toMatchObject({
      handle: 'admin',
      email: 'Ada@example.org',
      role: 'administrator',
    });
    const client = causeway.client();
    const answer = await client.post('/login', { email: 'ada@example.org', password });
    expect(answer.status).toBe(303);
    expect((await client.get('/mod')).status).toBe(200);
  });

  it('grants and revokes roles, from the next request on', async () => {
    const causeway = await useCauseway();
    const password = 'a boat on the causeway';
    await run(causeway, [...create, '--password-stdin'], password);
    const client = causeway.client();
    await client.post('/login', { email: 'ada@example.org', password });
    expect((await client.get('/mod')).status).toBe(404);
    const given = await run(causeway, ['user', 'role', 'ADMIN', 'moderator']);
    expect(given).toMatchObject({ code: 0, out: 'admin is now moderator.\n', err: '' });
    expect((await client.get('/mod')).status).toBe(200);
    await run(causeway, ['user', 'role', 'admin', 'member']);
    expect((await client.get('/mod')).status).toBe(404);
  });

  it.each([
    [['--email', 'ada', '--handle', 'ada'], '', 'Enter a complete email'],
    [['--email', 'ada@example.org', '--handle', 'a b'], '', 'Use only letters'],
    [['--email', 'a@b.org', '--handle', 'ada', '--password-stdin'], 'short\n', '10 to 200'],
    [['--email', 'a@b.org', '--handle', 'ada', '--password-stdin'], '', 'Enter a password'],
    [['--email', 'a@b.org', '--handle', 'ada', '--role', 'king'], '', "argument 'king' is invalid"],
    [['--handle', 'ada'], '', "required option '--email"],
  ])('refuses to create %j in one clear line', async (args, input, words) => {
    const causeway = await useCauseway();
    const { code, out, err } = await run(causeway, ['user', 'create', ...args], input);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err.split('\n')[0]).toContain(words);
    expect(await causeway.app.db.reader.select().from(users)).toEqual([]);
  });

  it('reports taken handles and unknown people', async () => {
    const causeway = await useCauseway();
    await run(causeway, create);
    const sameAddress = await run(causeway, [...create.slice(0, 5), 'other']);
    expect(sameAddress).toMatchObject({ code: 1, out: '' });
    expect(sameAddress.err).toBe('There is already an account with this email.\n');
    const sameHandle = ['user', 'create', '--email', 'b@example.org', '--handle', 'Admin'];
    expect((await run(causeway, sameHandle)).err).toContain('This handle is taken');
    const nobody = await run(causeway, ['user', 'role', 'nobody', 'member']);
    expect(nobody).toMatchObject({ code: 1, err: 'No one has the handle nobody.\n' });
    const role = await run(causeway, ['user', 'role', 'admin', 'king']);
    expect(role.code).toBe(1);
    expect(role.err).toContain('member, moderator or administrator');
  }, 90_000);
});
