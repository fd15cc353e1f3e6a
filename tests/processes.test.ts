import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { like } from 'drizzle-orm';
import { expect, it, vi } from 'vitest';
import { posts } from '~db/schema';
import { networkOf } from '../bench/writers';
import { useCauseway } from './support/causeway';
import { Client } from './support/client';
import { addMember, addThread, type Member } from './support/community';
import { startProgram } from './support/program';

/** Several programs are started, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 });

const ORIGIN = 'http://localhost:3000';

/** Returns the running child processes of a process. Works on Linux only. */
function childrenOf(pid = 0): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return list === '' ? [] : list.split(' ').map(Number);
}

/** Sends a text repeatedly with the same key until there is a response, as people do. */
async function writeDown(url: string, person: number, who: Member, body: string) {
  const form = new URLSearchParams({ body, key: randomUUID() });
  const cookie = [...who.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { Origin: ORIGIN, Cookie: cookie, 'X-Forwarded-For': networkOf(person) };
  for (;;) {
    const answer = await fetch(url, {
      method: 'POST',
      body: form,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
    }).catch(() => null);
    // The process at the other end has been killed.
    if (!answer) continue;
    const id = answer.headers.get('Location')?.split('#p-')[1];
    return { status: answer.status, text: await answer.text(), id, body };
  }
}

it.runIf(process.platform === 'linux')(
  'several processes take turns at writing, and one that dies is replaced',
  async () => {
    const causeway = await useCauseway({ HOLD_FIRST_POSTS: '0' });
    const program = await startProgram(causeway, {
      WEB_CONCURRENCY: '2',
      HOLD_FIRST_POSTS: '0',
      TRUST_PROXY: '1',
    });
    const workers = childrenOf(program.child.pid);
    expect(workers).toHaveLength(2);
    const old = { createdAt: 0, confirmedAt: 0 };
    const people: Member[] = [];
    for (let n = 0; n < 12; n++) people.push(await addMember(causeway, `writer${n}`, old));
    const thread = await addThread(causeway, people[0] as Member, 'Many at once');

    let answered = 0;
    const write = async (who: Member, person: number) => {
      const answers = [];
      for (let n = 0; n < 8; n++) {
        const body = `Process ${person}.${n}`;
        answers.push(await writeDown(program.url + thread.path, person, who, body));
        answered += 1;
        // One of them is killed in the middle.
        if (answered === 30) process.kill(workers[1] as number, 'SIGKILL');
      }
      return answers;
    };
    const answers = (await Promise.all(people.map(write))).flat();

    expect(answers.filter(({ status }) => status !== 303)).toEqual([]);
    const stored = await causeway.app.db.reader
      .select({ id: posts.id, body: posts.body })
      .from(posts)
      .where(like(posts.body, 'Process %'));
    const wanted = answers.map(({ id, body }) => ({ id, body }));
    const sorted = (list: { body: string }[]) =>
      list.toSorted((a, b) => (a.body < b.body ? -1 : 1));
    expect(sorted(stored)).toEqual(sorted(wanted));

    await vi.waitUntil(() => childrenOf(program.child.pid).length === 2, 60_000);
    expect(childrenOf(program.child.pid)).not.toContain(workers[1]);
    expect(program.said()).not.toContain('SQLITE_BUSY');
    for (let n = 0; n < 6; n++) {
      expect((await new Client(program.url).get(thread.path)).text).toContain('Process 0.0');
    }
  },
);
