import { readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversations, threads } from '~db/schema';
import { startTestCauseway, type TestCauseway } from './support/causeway';
import { addMember, type Member } from './support/community';
import { fieldsOf } from './support/form-fields';

let causeway: TestCauseway;
let keeper: Member;
let member: Member;

beforeAll(async () => {
  causeway = await startTestCauseway({ HOLD_FIRST_POSTS: '0' });
  keeper = await addMember(causeway, 'keeper', { role: 'administrator' });
  member = await addMember(causeway, 'member', { country: 'KE' });
});
afterAll(() => causeway.close());

const PATH = '/admin/conversations';

const stored = async () => {
  const { reader } = causeway.app.db;
  return [
    (await reader.select().from(conversations)).length,
    (await reader.select().from(threads)).length,
  ];
};

const FORM = `main form[action="${PATH}"]`;

const paste = (article: string) => keeper.client.post(PATH, { action: 'read', article });

describe('an article in a file', () => {
  const send = (bytes: Uint8Array<ArrayBuffer> | string) => {
    const body = new FormData();
    body.set('file', new Blob([bytes]), 'article');
    const cookie = [...keeper.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { Cookie: cookie, Origin: causeway.url };
    return fetch(new URL(PATH, causeway.url), { method: 'POST', body, headers });
  };

  it.each(['md', 'html', 'txt'])('is read as if it were pasted: %s', async (ending) => {
    const bytes = readFileSync(`tests/fixtures/post-own.${ending}`);
    const pasted = fieldsOf(await paste(bytes.toString('utf8')), FORM);
    const sent = await send(new Uint8Array(bytes));
    expect(sent.status).toBe(200);
    expect(fieldsOf({ $: load(await sent.text()) }, FORM)).toEqual(pasted);
    expect(await stored()).toEqual([0, 0]);
  });

  it.each([
    ['', 'Paste the article, or choose its file: nothing was sent.'],
    [new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 1, 2, 3]), 'This is not text.'],
  ])('is refused beside its field if it cannot be read', async (bytes, reason) => {
    const { status, text } = await send(bytes).then(async (answer) => ({
      status: answer.status,
      text: await answer.text(),
    }));
    expect(status).toBe(400);
    expect(load(text)('#file-error').text()).toContain(reason);
  });
});

describe('a pasted article', () => {
  it('is shown in parts, and stored only when they are sent', async () => {
    const before = await stored();
    const preview = await paste(readFileSync('tests/fixtures/post-own.md', 'utf8'));
    expect(preview.status).toBe(200);
    expect(await stored()).toEqual(before);
    const fields = fieldsOf(preview, FORM);
    const questions = (fields.questions?.[0] ?? '').split('\n');
    expect(questions.length).toBeGreaterThan(2);
    expect(preview.$('select[name=pillar]').length).toBeGreaterThan(1);

    const wrong = await keeper.client.post(PATH, { ...fields, title: [''], link: ['ftp://x'] });
    expect(wrong.status).toBe(400);
    expect(wrong.$('.field-error').length).toBe(2);
    expect(wrong.$('textarea[name=questions]').text()).toBe(fields.questions?.[0]);
    expect(await stored()).toEqual(before);

    const kept = questions.slice(0, 2);
    const made = await keeper.client.post(PATH, {
      ...fields,
      title: ['Another title'],
      questions: [kept.join('\n')],
      pillar: (fields.pillar ?? []).map((_, at) => (at === 0 ? '+' : '-')),
    });
    expect(made.status).toBe(303);
    const [row] = await causeway.app.db.reader.select().from(conversations);
    expect(row).toMatchObject({ title: 'Another title', state: 'draft' });
    expect(row?.pillars.map(({ slug }) => slug === null)).toEqual([false, true, true, true]);
    const { community } = causeway.app;
    expect(community.name('pillar', row?.pillars[0]?.slug ?? '', 'en')).toBe(row?.pillars[0]?.name);
    const asked = await causeway.app.db.reader
      .select({ title: threads.title, state: threads.state })
      .from(threads)
      .orderBy(threads.questionNumber);
    expect(asked).toEqual(kept.map((title) => ({ title, state: 'draft' })));

    const again = await keeper.client.post(PATH, {
      ...fields,
      title: ['Another title'],
      questions: [kept.join('\n')],
    });
    expect(again.location).toBe(made.location);
    expect(await stored()).toEqual([1, kept.length]);
  });

  it('adds its terms to the glossary of the site where that is chosen, and none twice', async () => {
    const article = (n: number, terms: string) =>
      `# Wells of the hill ${n}\n\nWe dug.\n\n## Glossary\n\n${terms}\n\n## Join the Conversation\n\n- Who digs ${n}?`;
    const names = () => {
      const { community } = causeway.app;
      return community.glossary.map((slug) => community.name('glossary', slug, 'en'));
    };
    const send = async (n: number, terms: string, chosen: string[]) => {
      const preview = await paste(article(n, terms));
      expect(preview.$('input[name=terms]').is('[checked]')).toBe(names().length === 0);
      const { terms: _, ...others } = fieldsOf(preview, FORM);
      const made = await keeper.client.post(PATH, { ...others, terms: chosen });
      expect(made.status).toBe(303);
      await causeway.app.refreshCommunity();
    };
    const before = names();
    await send(1, '- **Adit**: A way into a hill.', []);
    expect(names()).toEqual(before);
    await send(2, '- **Adit**: A way into a hill.\n- **Berm**: A low wall.', ['add']);
    await send(3, '- **berm**: A wall.\n- **Cistern**: A tank.', ['add']);
    expect(names().filter((name) => !before.includes(name))).toEqual(['Adit', 'Berm', 'Cistern']);
  });

  it('takes topics that were not found: those of the site by name, and new ones', async () => {
    const preview = await paste('# Sheds of the hill\n\nThey are dry.\n\nWho mends yours?');
    const { community } = causeway.app;
    const [known = ''] = community.pillars;
    const topics = `${community.name('pillar', known, 'en')}\nRoofs: What keeps rain out`;
    const made = await keeper.client.post(PATH, { ...fieldsOf(preview, FORM), topics: [topics] });
    expect(made.status).toBe(303);
    const [row] = await causeway.app.db.reader
      .select()
      .from(conversations)
      .where(eq(conversations.title, 'Sheds of the hill'));
    const added = await causeway.app.refreshCommunity();
    const slugs = row?.pillars.map(({ slug }) => slug ?? '') ?? [];
    expect(slugs[0]).toBe(known);
    expect(added.text('pillar', slugs[1] ?? '', 'en')).toMatchObject({
      name: 'Roofs',
      description: 'What keeps rain out',
    });
    expect(added.pillars.length).toBe(community.pillars.length + 1);
  });

  it('makes nothing twice when the form is sent twice, its new topics and terms included', async () => {
    const preview = await paste(
      '# Pumps of the hill\n\nWe pumped.\n\n## Four pillars\n\n- **Gaskets**: Rings.\n- **Belts**: Bands.\n\n## Glossary\n\n- **Impeller**: A wheel.\n\n## Join the Conversation\n\n- Who pumps at night?',
    );
    const fields = { ...fieldsOf(preview, FORM), pillar: ['+', '+'], terms: ['add'] };
    const named = () => {
      const { community } = causeway.app;
      return [
        ...community.pillars.map((slug) => community.name('pillar', slug, 'en')),
        ...community.glossary.map((slug) => community.name('glossary', slug, 'en')),
      ].filter((name) => ['Gaskets', 'Belts', 'Impeller'].includes(name));
    };
    const sent = await Promise.all([1, 2].map(() => keeper.client.post(PATH, fields)));
    const after = await keeper.client.post(PATH, fields);
    expect([...sent, after].map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(new Set([...sent, after].map(({ location }) => location)).size).toBe(1);
    await causeway.app.refreshCommunity();
    expect(named()).toEqual(['Gaskets', 'Belts', 'Impeller']);
    const rows = await causeway.app.db.reader.select().from(conversations);
    const made = rows.find(({ title }) => title === 'Pumps of the hill');
    expect(made?.pillars.map(({ slug }) => slug)).toEqual(['gaskets', 'belts']);
  });

  it('of a public conversation changes nothing, and shows what it says otherwise', async () => {
    const article = (point: string, question: string) =>
      `# Valves of the hill\n\nWe turned.\n\n## Key points\n\n- ${point}\n\n## Four pillars\n\n- **Brass**: It lasts.\n- **Washers**: They wear.\n\n## Join the Conversation\n\n- Who turns the valves at night?\n- ${question}`;
    const said = ({ $ }: Awaited<ReturnType<typeof paste>>, mark: string) =>
      $('section[aria-labelledby=differs-title]')
        .find(mark)
        .toArray()
        .map((one) => $(one).text())
        .join();
    const send = async (text: string) =>
      keeper.client.post(PATH, fieldsOf(await paste(text), FORM));
    const first = article('Valves rust.', 'Which valve leaks most?');
    expect((await paste(first)).$(`${FORM} [type=submit]`).text()).toBe('Make the draft');
    const made = await send(first);
    const page = made.location ?? '';
    const changedDraft = await paste(article('Valves rust.', 'Which valve drips?'));
    expect(changedDraft.$(`${FORM} [type=submit]`).text()).toBe('Update the draft');
    expect(changedDraft.$(FORM).text()).toContain('This article already has a draft');
    expect(said(changedDraft, 'ins')).toContain('Which valve drips?');
    await keeper.client.post(page, { action: 'publish' });
    expect((await send(first)).location).toBe(page);

    const before = await stored();
    const pillars = causeway.app.community.pillars;
    const changedText = article('Valves rust in winter.', 'What would you pay for a key?');
    const preview = await paste(changedText);
    const fields = { ...fieldsOf(preview, FORM), pillar: ['+', '+'] };
    const failed = await keeper.client.post(PATH, { ...fields, title: [''] });
    for (const shown of [preview, failed]) {
      expect(shown.$(`${FORM} [type=submit]`).text()).toBe('Add what is missing');
      expect(shown.$(FORM).text()).toContain('already has a public conversation');
    }
    const changed = await keeper.client.post(PATH, fields);
    expect([failed.status, changed.status]).toEqual([400, 200]);
    for (const shown of [preview, changed]) {
      const section = shown.$('section[aria-labelledby=differs-title]');
      expect(section.find('h2').text()).toBe('The article differs from the public conversation');
      expect(said(shown, 'del')).toContain('Which valve leaks most?');
      expect(said(shown, 'del')).toContain('Valves rust.');
      expect(said(shown, 'ins')).toContain('What would you pay for a key?');
      expect(said(shown, 'ins')).toContain('Valves rust in winter.');
      expect(section.find(`a[href="${page}"]`).text()).toBe('Valves of the hill');
    }
    expect(changed.$('textarea[name=article]').length).toBe(1);
    // New topics would have no conversation that names them.
    expect((await causeway.app.refreshCommunity()).pillars).toEqual(pillars);
    expect(await stored()).toEqual(before);
    expect((await keeper.client.get(page)).text).not.toContain('What would you pay for a key?');
  });

  it('without questions shows what was looked for, and takes those that are marked', async () => {
    const preview = await paste(
      '# Gardens of our street\n\nWe dug in the sun.\n\nTell us of your garden.\n\nThe end came late.',
    );
    expect(preview.$('fieldset#passage').text()).toContain('Tell us of your garden.');
    expect(preview.$('#passage-hint').text()).toContain('Join the Conversation');
    const fields = fieldsOf(preview, FORM);
    const none = await keeper.client.post(PATH, fields);
    expect(none.status).toBe(400);
    expect(none.$('#questions-error').length).toBe(1);
    const made = await keeper.client.post(PATH, {
      ...fields,
      passage: ['Tell us of your garden.'],
    });
    expect(made.status).toBe(303);
    const page = await keeper.client.get(made.location ?? '');
    expect(page.$('.questions h3').text()).toBe('Tell us of your garden.');
  });

  it('may name one topic twice and a question in two ways, in any spelling of its language', async () => {
    const preview = await paste(
      '# Tools for all\n\nWe lend what we own.\n\n## Pillars\n\n- Room: A dry bench.\n- Care: Thanks.\n\n## Your turn\n\n- Which tool would you lend?',
    );
    const made = await keeper.client.post(PATH, {
      ...fieldsOf(preview, FORM),
      questions: ['Which tool would you lend?\nWhich tool would you lend, if any?'],
      passage: ['– Which tool would you lend ?'],
      pillar: ['education', 'education'],
      language: ['pt-br'],
    });
    expect(made.status).toBe(303);
    const page = await keeper.client.get(made.location ?? '');
    expect(page.$('.questions h3').length).toBe(2);
    expect(page.$('h1').attr('lang')).toBe('pt-BR');
  });

  it.each([
    ['title', { title: ['!!!'] }],
    ['questions', { questions: ['????\n…'] }],
    ['questions', { questions: [Array.from({ length: 61 }, (_, n) => `Why ${n}?`).join('\n')] }],
  ])('is not made with signs alone, or too much, as its %s', async (field, typed) => {
    const fields = fieldsOf(await paste('# A week\n\n## Your turn\n\n- What then?'), FORM);
    const before = await stored();
    const wrong = await keeper.client.post(PATH, { ...fields, ...typed });
    expect(wrong.status).toBe(400);
    expect(wrong.$(`#${field}-error`).text()).toMatch(/Enter|Shorten/);
    expect(await stored()).toEqual(before);
  });

  it.each(['2026-02-30', '2026-13-45'])('is not from the day %s', async (date) => {
    const fields = fieldsOf(
      await paste('# A day\n\n## Your turn\n\n- What did you do then?'),
      FORM,
    );
    const before = await stored();
    const wrong = await keeper.client.post(PATH, { ...fields, date: [date] });
    expect(wrong.status).toBe(400);
    expect(wrong.$('#date-error').length).toBe(1);
    expect(await stored()).toEqual(before);
  });

  it('that cannot be read says why', async () => {
    const empty = await paste('   ');
    expect(empty.status).toBe(400);
    expect(empty.$('#article-error').length).toBe(1);
  });
});

describe('the keeper of a conversation', () => {
  it('publishes, closes and reopens it', async () => {
    const preview = await paste(
      '# Water in the hills\n\nWe walked along the pipes.\n\n## Join the Conversation\n\n- When did you have water last week?',
    );
    const { location } = await keeper.client.post(PATH, fieldsOf(preview, FORM));
    const here = location ?? '';
    const draft = await keeper.client.get(here);
    const path = draft.$('main a[href^="/c/"]').attr('href') ?? '';
    const thread = draft.$('.questions a').attr('href') ?? '';
    expect((await causeway.client().get(path)).status).toBe(404);

    const press = async (action: string, fields = {}) => {
      const { status, location: next } = await keeper.client.post(here, { action, ...fields });
      expect(status).toBe(303);
      return keeper.client.get(next ?? '');
    };
    expect((await press('publish')).$('[role=status]').text()).toBe('Published.');
    expect((await causeway.client().get(path)).status).toBe(200);
    const reply = { body: 'Only on Tuesdays, before dawn.', country: 'KE' };
    expect((await member.client.post(thread, reply)).status).toBe(303);

    for (const closes of ['2026-11-01', '2026-13-45', '2027-02-29']) {
      const past = await keeper.client.post(here, { action: 'window', closes });
      expect(past.status).toBe(400);
      expect(past.$('#closes-error').length).toBe(1);
    }
    await press('window', { opens: '', closes: '2026-11-05' });
    expect((await causeway.client().get(path)).$('.page-head').text()).toContain(
      'Closes on 5 November 2026.',
    );

    await press('close');
    const late = await member.client.post(thread, { ...reply, body: 'One more thing to say.' });
    expect(late.status).toBe(422);
    await press('reopen');
    const then = await member.client.post(thread, { ...reply, body: 'One more thing to say.' });
    expect(then.status).toBe(303);
  });

  /** Makes a draft of an article, and returns its page with ways to press its buttons. */
  const make = async (title: string, questions: string[]) => {
    const list = questions.map((question) => `- ${question}`).join('\n');
    const article = `# ${title}\n\nWe walked.\n\n## Join the Conversation\n\n${list}`;
    const { location } = await keeper.client.post(PATH, fieldsOf(await paste(article), FORM));
    const here = location ?? '';
    const page = () => keeper.client.get(here);
    const press = (action: string, fields = {}) => keeper.client.post(here, { action, ...fields });
    /** Presses the button that undoes the newest change. */
    const undo = async () => {
      const { $ } = await page();
      return press('undo', { change: $('#changes + .rows [name=change]').attr('value') ?? '' });
    };
    const titles = async () => {
      const { $ } = await page();
      return $('.questions h3')
        .toArray()
        .map((one) => $(one).text());
    };
    return { here, page, press, undo, titles };
  };

  it('takes back each step, with who made it and when, until someone else has posted', async () => {
    const question = 'Which well dries up first?';
    const { page, press, undo } = await make('Wells of the ridge', [question]);
    const draft = await page();
    const path = draft.$('main a[href^="/c/"]').attr('href') ?? '';
    const thread = draft.$('.questions a').attr('href') ?? '';
    const seenBy = async (client = causeway.client()) =>
      Promise.all([path, thread].map(async (one) => (await client.get(one)).status));
    expect(await seenBy()).toEqual([404, 404]);
    const recorded = async () => {
      const { $ } = await keeper.client.get('/mod/people/causeway/record');
      const rows = $('.rows li').filter((_, one) => $(one).text().includes(question));
      return rows.first().find('.meta span').first().text();
    };
    expect(await recorded()).toBe('Draft');

    await press('publish');
    expect(await recorded()).toBe('Public');
    const listed = (await page()).$('#changes + .rows li').first().text();
    expect(listed).toMatch(/keeper.*2 November 2026.*State.*Draft Open/s);
    expect(await seenBy()).toEqual([200, 200]);
    expect((await undo()).status).toBe(303);
    expect(await seenBy()).toEqual([404, 404]);
    // Undoing that publishes it again.
    expect((await undo()).status).toBe(303);
    expect(await seenBy()).toEqual([200, 200]);
    expect((await press('withdraw')).status).toBe(303);
    expect(await seenBy()).toEqual([404, 404]);

    const [change] = (await page()).$('#changes + .rows [name=change]').toArray();
    const same = { change: (await page()).$(change).attr('value') ?? '' };
    expect((await press('undo', same)).status).toBe(303);
    const twice = await press('undo', same);
    expect(twice.status).toBe(422);
    expect(twice.$('.error-summary a').attr('href')).toMatch(/#changes$/);

    await press('window', { opens: '', closes: '2026-11-09' });
    await press('window', { opens: '', closes: '2026-11-10' });
    expect((await undo()).status).toBe(303);
    expect((await page()).$('#closes').attr('value')).toBe('2026-11-09');
    await press('close');
    expect((await press('close')).status).toBe(422);
    expect((await undo()).status).toBe(303);

    expect((await page()).$('[value=withdraw]').length).toBe(1);
    const reply = { body: 'The one below the school, every August.', country: 'KE' };
    expect((await member.client.post(thread, reply)).status).toBe(303);
    const answered = await page();
    expect(answered.$('[value=withdraw]').length).toBe(0);
    const { $ } = answered;
    const published = $('#changes + .rows li')
      .toArray()
      .find((one) => /Draft Open/.test($(one).text()) && $(one).find('[name=change]').length > 0);
    const late = { change: $(published).find('[name=change]').attr('value') ?? '' };
    for (const refused of [await press('withdraw'), await press('undo', late)]) {
      expect(refused.status).toBe(422);
      expect(refused.$('.error-summary').text()).toContain('Someone has posted in it');
    }
    expect(await seenBy()).toEqual([200, 200]);
  });

  it('deletes a draft, and brings it back with its questions', async () => {
    const title = 'Taps of the market';
    const { here, page, press, undo, titles } = await make(title, ['Who pays for the taps?']);
    const draft = await page();
    const path = draft.$('main a[href^="/c/"]').attr('href') ?? '';
    const moderator = await addMember(causeway, 'modera', { role: 'moderator' });
    expect((await moderator.client.get(path)).status).toBe(200);
    expect((await press('delete')).status).toBe(303);
    expect((await moderator.client.get(path)).status).toBe(404);
    const deleted = await page();
    expect(deleted.$('.error-summary, [value=publish], [value=delete]').length).toBe(0);
    const row = (await keeper.client.get(PATH)).$('.rows li').last().text();
    expect(row).toMatch(/Taps of the market.*Deleted draft/s);
    expect((await press('publish')).status).toBe(422);

    // The same article makes another draft.
    const again = await make(title, ['Who pays for the taps?']);
    expect(again.here).not.toBe(here);
    expect((await again.press('delete')).status).toBe(303);

    expect((await undo()).status).toBe(303);
    expect((await moderator.client.get(path)).status).toBe(200);
    expect(await titles()).toEqual(['Who pays for the taps?']);
    // Its making can be undone, too.
    const { $ } = await page();
    const first = $('#changes + .rows li').last();
    expect(first.text()).toMatch(/State.*– Draft/s);
    const made = first.find('[name=change]').attr('value') ?? '';
    expect((await press('undo', { change: made })).status).toBe(303);
    expect((await moderator.client.get(path)).status).toBe(404);
  });

  it('takes back what a changed article changed in a draft', async () => {
    const title = 'Pipes of the coast';
    const first = ['Which pipe leaks most?', 'Who repairs the pipes?'];
    const { titles, undo } = await make(title, first);
    const next = ['Who repairs the pipes?', 'Which pipe leaks most of all?', 'What does it cost?'];
    await make(title, next);
    expect(await titles()).toEqual(next);
    const [, threadsBefore] = await stored();
    expect((await undo()).status).toBe(303);
    expect(await titles()).toEqual(first);
    expect((await undo()).status).toBe(303);
    expect(await titles()).toEqual(next);
    expect((await stored())[1]).toBe(threadsBefore);
  });

  it('does not overwrite days that another administrator set meanwhile', async () => {
    const { here, page } = await make('Dams of the north', ['Which dam is full?']);
    const days = 'form:has([value=window])';
    const form = fieldsOf(await page(), days);
    const other = await addMember(causeway, 'other', { role: 'administrator' });
    const theirs = { ...form, opens: ['2026-11-02'], closes: ['2026-11-20'] };
    expect((await other.client.post(here, theirs)).status).toBe(303);
    const refused = await keeper.client.post(here, { ...form, closes: ['2026-11-25'] });
    expect(refused.status).toBe(422);
    expect(refused.$('#closes-error').text()).toContain('Changed meanwhile to: 2026-11-20');
    expect(refused.$('#closes').attr('value')).toBe('2026-11-25');
    expect(refused.$('#opens').attr('value')).toBe('2026-11-02');
    expect((await keeper.client.post(here, fieldsOf(refused, days))).status).toBe(303);
    const now = await page();
    expect([now.$('#opens').attr('value'), now.$('#closes').attr('value')]).toEqual([
      '2026-11-02',
      '2026-11-25',
    ]);
  });

  it('is an administrator', async () => {
    const moderator = await addMember(causeway, 'moderator', { role: 'moderator' });
    for (const { client } of [member, moderator]) {
      expect((await client.get(PATH)).status).toBe(404);
      expect((await client.post(PATH, { action: 'read', article: '# A' })).status).toBe(404);
    }
  });
});
