/**
 * `node smoke-post.mjs URL EMAIL PASSWORD`: logs in, starts a thread, and reads it as a visitor,
 * with its preview image. If a step fails, prints the response and exits with 1.
 */
const [url, email, password] = process.argv.slice(2);
const form = (fields) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  headers: { Origin: url, Cookie: cookie },
  redirect: 'manual',
});
let cookie = '';

const login = await ask('/login', 303, form({ email, password }));
cookie = login.headers
  .getSetCookie()
  .map((line) => line.split(';')[0])
  .join('; ');
const words = 'Posted **by the smoke test**.';
const posted = await ask('/threads/new', 303, form({ title: 'Is it up?', body: words }));
const path = new URL(posted.headers.get('Location'), url).pathname;
const page = await (await ask(path, 200)).text();
if (!page.includes('<strong>by the smoke test</strong>')) fail(`${path} does not show the post`);
await ask(`/t/${path.split('/')[2]}/card.png`, 200);
console.log(`Posted and read ${path}`);

async function ask(where, status, options) {
  const answer = await fetch(new URL(where, url), options);
  if (answer.status !== status) fail(`${where}: ${answer.status}\n${await answer.text()}`);
  return answer;
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
