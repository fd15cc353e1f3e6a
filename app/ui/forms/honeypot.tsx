import { useFormState } from './state';

/**
 * Hidden fields that catch programs (app/server/honeypot.ts). `started` is when the page was made (UTC
 * ms); undefined on a page that all visitors share. Of type `hidden`, because text browsers show a
 * field that only a style sheet or the attribute `hidden` hides.
 */
export function Honeypot({ started }: { started?: number }) {
  const state = useFormState();
  return (
    <>
      {started !== undefined && (
        <input type="hidden" name="started" value={state?.values.started?.[0] ?? started} />
      )}
      <input type="hidden" name="homepage" value="" />
    </>
  );
}
