/*
 * One of the site's few scripts, for moderators: single keys do what the access keys of a desk page
 * do, and j and k go through the list of cases. Off until it is switched on with the button here.
 */
const STORED = 'causeway:desk-keys';
const help = document.querySelector<HTMLElement>('[data-keys]');
if (help) listen(help);

function listen(help: HTMLElement): void {
  const isOn = () => localStorage.getItem(STORED) === '1';
  const button = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'link',
  });
  const show = () => {
    button.textContent = (isOn() ? help.dataset.stop : help.dataset.start) ?? '';
  };
  button.addEventListener('click', () => {
    if (isOn()) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, '1');
    show();
  });
  help.append(' ', button);
  show();

  addEventListener('keydown', (event) => {
    const { key, ctrlKey, altKey, metaKey, repeat } = event;
    if (!isOn() || ctrlKey || altKey || metaKey || repeat || isTyping(event.target)) return;
    if (key === 'j' || key === 'k') step(key === 'j' ? 1 : -1);
    else if (/^[a-z]$/.test(key)) {
      document.querySelector<HTMLElement>(`main [accesskey='${key}']`)?.click();
    }
  });
}

/** True where letters are typed or choose from a list. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.matches('textarea, select, input:not([type=radio], [type=checkbox])')
  );
}

/** Opens the next case of the list where one is open; otherwise moves the focus to it. */
function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.queue-link')];
  const open = rows.findIndex((row) => row.ariaCurrent === 'page');
  if (open >= 0) {
    rows[open + by]?.click();
    return;
  }
  const focused = rows.indexOf(document.activeElement as HTMLElement);
  const next = focused < 0 ? (by > 0 ? 0 : rows.length - 1) : focused + by;
  rows[next]?.focus();
}
