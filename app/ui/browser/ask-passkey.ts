import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';

/*
 * One of the site's few scripts: browsers offer passkeys to scripts only. It requests the passkey
 * that the form describes, puts the response into the form and submits it like any other.
 */
const form = document.querySelector<HTMLFormElement>('form[data-passkey]');
if (form && browserSupportsWebAuthn()) offer(form);

function offer(form: HTMLFormElement): void {
  const show = (name: string, on: boolean) => {
    for (const part of document.querySelectorAll<HTMLElement>(`[data-${name}]`)) part.hidden = !on;
  };
  show('without-script', false);
  show('with-script', true);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    show('failed', false);
    try {
      const answer = await ask(form.dataset.passkey, form.dataset.options ?? '');
      const field = form.elements.namedItem('response') as HTMLInputElement;
      field.value = JSON.stringify(answer);
      form.submit();
    } catch {
      show('failed', true);
    }
  });
}

function ask(what: string | undefined, options: string) {
  const optionsJSON: unknown = JSON.parse(options);
  return what === 'create'
    ? startRegistration({ optionsJSON: optionsJSON as PublicKeyCredentialCreationOptionsJSON })
    : startAuthentication({ optionsJSON: optionsJSON as PublicKeyCredentialRequestOptionsJSON });
}
