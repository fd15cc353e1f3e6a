import { createReader } from './reader.mjs';

/** Runs tasks of several steps, including the emails in between. */
export async function journeys({ url, readers, password, product, readMails, saveAnswer }) {
  const { visitor, member, moderator } = readers;
  let step = 0;
  const record = async (name, doing) => {
    product.advance(1);
    step += 1;
    const answer = await doing.catch((error) => ({
      head: `FAILED ${error.message}`,
      type: '',
      body: '',
    }));
    saveAnswer(`journeys/${String(step).padStart(2, '0')}-${name}`, name, answer);
    return answer;
  };
  const follow = async (name, reader, { location }) => {
    if (location) await record(`${name}-then`, reader.get(location));
  };
  const mailed = async (address, pattern) => {
    await product.command(['work']);
    const mails = await readMails();
    const found = mails.filter((mail) => mail.to === address && pattern.test(mail.text)).at(-1);
    return pattern.exec(found?.text ?? '')?.[1] ?? '/no-such-mail';
  };
  const newcomer = createReader(url, { password });
  const email = 'nurse@example.org';
  const entry = { email, handle: 'nurse_wanjiru', password: 'walk the other way' };

  await record('sign-up-wrong', newcomer.fill('/signup', '/signup', { ...entry, handle: '!' }));
  await record('sign-up', newcomer.fill('/signup', '/signup', entry));
  const confirm = await mailed(email, /(\/confirm\/\S+)/);
  await record('confirm-page', newcomer.get(confirm));
  await follow('confirm', newcomer, await record('confirm', newcomer.fill(confirm, confirm)));
  await record('confirm-again', newcomer.get(confirm));

  const text = 'The clinic has **one** phone and no signal, @kofi_dev.\n\n> quoted\n\n- a list';
  const reply = { body: text, country: 'KE', barrier: ['connectivity'] };
  const thread = '/t/q1';
  await record('reply-empty', member.fill(thread, thread, { body: '' }));
  await record('reply-preview', member.fill(thread, thread, { ...reply, preview: '1' }));
  const kept = await record('reply-draft', member.fill(thread, thread, { ...reply, save: '1' }));
  await follow('reply-draft', member, kept);
  await record('drafts', member.get('/drafts'));
  const held = await record('reply-held', newcomer.fill(thread, thread, reply));
  await follow('reply-held', newcomer, held);
  const said = await record(
    'reply',
    member.fill(thread, thread, { ...reply, body: `${text}\n\nMore.` }),
  );
  await follow('reply', member, said);
  const post = `/p/${/#p-(\w+)/.exec(said.location ?? '')?.[1]}`;
  await record('edit', member.fill(`${post}/edit`, `${post}/edit`, { body: 'Less.' }));
  await record('revisions', visitor.get(`${post}/revisions`));
  await record('reply-visitor', visitor.fill('/t/q2', '/t/q2', { body: 'Without an account.' }));
  await record('face', member.fill('/p/d001/face', '/p/d001/face'));
  await record('bookmark', member.fill(thread, '/p/d001/bookmark'));
  const flag = { reason: 'spam', note: 'An offer.' };
  await record('flag', newcomer.fill('/p/d002/flag', '/p/d002/flag', flag));
  const started = { title: 'A thread of its own', body: text, pillar: 'education' };
  await record('thread', moderator.fill('/threads/new', '/threads/new', started));
  const barrier = '/barriers/new';
  await record('barrier-preview', member.fill(barrier, barrier, { ...reply, preview: '1' }));
  await record('barrier', member.fill(barrier, barrier, reply));
  const warning = { action: 'warn', reason: 'off-topic', note: 'Please say where it comes from.' };
  const warned = '/mod/people/demo_member';
  await record('warn', moderator.fill(warned, warned, warning));
  const decision = await mailed('member@demo.example', /(\/decisions\/\w+)/);
  await record('decision', member.get(decision));
  const appeal = `${decision}/appeal`;
  await record('appeal-page', member.get(appeal));
  await record('appeal', member.fill(appeal, appeal, { body: 'It came from our own clinic.' }));
  await record(
    'group',
    moderator.fill('/mod/key-points', '/mod/key-points', { 'choice.d001': 'new' }),
  );
  await record('delete', member.fill(`${post}/delete`, `${post}/delete`));
  await record('settings', member.fill('/settings', '/settings', { name: 'A member' }));

  const subscription = {
    email: 'reader@example.org',
    scope: ['world', 'NG'],
    frequency: 'monthly',
    language: 'fr',
  };
  await record(
    'subscribe-wrong',
    visitor.fill('/subscribe', '/subscribe', { ...subscription, email: 'reader@' }),
  );
  await record('subscribe', visitor.fill('/subscribe', '/subscribe', subscription));
  const managed = await mailed(subscription.email, /(\/subscriptions\/[^\s/]+)/);
  await record('subscription-page', visitor.get(managed));
  await record('subscription', visitor.fill(managed, managed, { action: 'confirm' }));
  await record('subscription-after', visitor.get(managed, 'ar'));
  await record(
    'report',
    visitor.fill('/report', '/report', {
      location: '/p/d003',
      explanation: 'It names a person.',
      name: 'A. Reader',
      email: 'legal@example.org',
      goodFaith: '1',
    }),
  );
  await record('reset', visitor.fill('/reset', '/reset', { email }));
  const reset = await mailed(email, /(\/reset\/\S+)/);
  await record('reset-page', visitor.get(reset));
  await record('reset-short', visitor.fill(reset, reset, { password: 'short' }));
  await record(
    'reset-done',
    visitor.fill(reset, reset, { password: 'another boat, another tide' }),
  );
  await record(
    'login-wrong',
    visitor.fill('/login', '/login', { email, password: 'not this one' }),
  );
  await record('code', visitor.fill('/login/code', '/login/code', { email }));
  await record('code-page', visitor.get('/login/code/enter'));
  const link = await mailed(email, /(\/login\/link\/\S+)/);
  await record('code-link', visitor.get(link));
  visitor.cookies.clear();
}
