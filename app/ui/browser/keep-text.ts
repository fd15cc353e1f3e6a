/*
 * One of the site's few scripts: it keeps typed text on the device until the server has it, and
 * offers it again if the connection, browser or device failed. It sends nothing.
 */
const place = document.querySelector<HTMLElement>('[data-keep]');
const around = place?.closest('form');
if (place && around) keep(place, around);

interface Words {
  title: string;
  body: string;
}

interface Kept extends Words {
  /** UTC ms. */
  at: number;
  /** Its key in localStorage. */
  record: string;
}

function same(one: Words, other: Words): boolean {
  return one.title === other.title && one.body === other.body;
}

function element(name: string, text: string, facts: Record<string, string> = {}): HTMLElement {
  return Object.assign(document.createElement(name), { textContent: text, ...facts });
}

function keep(offer: HTMLElement, form: HTMLFormElement): void {
  const MONTH = 30 * 24 * 60 * 60 * 1000;
  // One record per open form, so that two tabs do not overwrite each other.
  const prefix = `causeway:${offer.dataset.keep}:`;
  const field = (name: string) =>
    form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement | null;
  const typed = (): Words => ({
    title: field('title')?.value ?? '',
    body: field('body')?.value ?? '',
  });
  const key = field('key') as HTMLInputElement;
  const asOpened = typed();
  const opensAtServer = offer.dataset.kept === '1';
  let putBack: Kept | null = null;

  function save(): void {
    const now = typed();
    const atServer = opensAtServer && same(now, asOpened);
    if (atServer || !(now.title + now.body).trim()) localStorage.removeItem(prefix + key.value);
    else localStorage.setItem(prefix + key.value, JSON.stringify({ ...now, at: Date.now() }));
  }

  /** Returns the texts left by forms for this place, newest first. */
  function left(): Kept[] {
    return Object.keys(localStorage)
      .filter((record) => record.startsWith(prefix) && record !== prefix + key.value)
      .map((record): Kept => ({ ...JSON.parse(localStorage[record]), record }))
      .sort((a, b) => b.at - a.at);
  }

  function forgetWhatArrived(): void {
    const got = /(?:^|; )causeway_got=([^;]+)/.exec(document.cookie)?.[1];
    for (const record of got ? Object.keys(localStorage) : []) {
      if (record.startsWith('causeway:') && record.endsWith(`:${got}`)) {
        localStorage.removeItem(record);
      }
    }
    // biome-ignore lint/suspicious/noDocumentCookie: not every phone has the Cookie Store API
    if (got) document.cookie = 'causeway_got=; Path=/; Max-Age=0; SameSite=Lax';
    // The form that came back with this text now has another key.
    localStorage.removeItem(prefix + offer.dataset.from);
    for (const kept of left()) {
      const old = kept.at < Date.now() - MONTH;
      if (old || (opensAtServer && same(kept, asOpened))) localStorage.removeItem(kept.record);
    }
  }

  function show(): void {
    const [newest] = left().filter((kept) => !same(kept, typed()));
    offer.hidden = !newest;
    if (!newest) return;
    const { says = '', put = '', forget = '' } = offer.dataset;
    const words = `${newest.title}\n${newest.body}`.trim();
    const text = element('p', words, { dir: 'auto', className: 'typed' });
    const actions = element('p', '', { className: 'actions' });
    actions.append(
      element('button', put, { type: 'button', name: 'put' }),
      element('button', forget, { type: 'button', name: 'forget' }),
    );
    offer.replaceChildren(element('p', says), text, actions);
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(save, 300);
  });
  addEventListener('pagehide', save);

  form.addEventListener('submit', () => {
    // A text that is sent again unchanged may already have arrived: with the same key the server
    // creates it only once.
    if (putBack && same(putBack, typed())) {
      localStorage.removeItem(prefix + key.value);
      key.value = putBack.record.slice(prefix.length);
    }
    save();
  });

  offer.addEventListener('click', (event) => {
    const { name } = event.target as HTMLButtonElement;
    const [newest] = left().filter((kept) => !same(kept, typed()));
    if (!newest || (name !== 'put' && name !== 'forget')) return;
    if (name === 'forget') localStorage.removeItem(newest.record);
    else {
      for (const part of ['title', 'body'] as const) {
        const into = field(part);
        if (into) into.value = newest[part];
      }
      putBack = newest;
      field('body')?.focus();
    }
    show();
  });

  // Tells the server to set the cookie that confirms the arrival.
  form.append(
    Object.assign(document.createElement('input'), { type: 'hidden', name: 'tell', value: '1' }),
  );
  save();
  forgetWhatArrived();
  show();
}
