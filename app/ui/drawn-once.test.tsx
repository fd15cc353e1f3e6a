import { expect, it } from 'vitest';
import { NO_COMMUNITY } from '~/platform/community/community';
import { siteTranslator } from '~/platform/community/site-translator';
import { draw, drawnOnce } from './drawn-once';
import { TranslatorProvider, useI18n } from './i18n';

let drawn = 0;

const Inner = drawnOnce(({ text }: { text: string }) => {
  drawn++;
  return <b title={useI18n().locale}>{text}</b>;
});
const Outer = drawnOnce(({ texts }: { texts: string[] }) => {
  drawn++;
  return (
    <p>
      {texts.map((text) => (
        <Inner key={text} text={text} />
      ))}
    </p>
  );
});

function page(locale: string, ...texts: string[]) {
  drawn = 0;
  const value = siteTranslator(NO_COMMUNITY, locale);
  const html = draw(
    <TranslatorProvider value={value}>
      <main>
        <Outer texts={texts} />!
      </main>
    </TranslatorProvider>,
  );
  return { html, drawn };
}

it('draws a part once for its properties and language, where it stands', () => {
  const html = '<main><p><b title="en">a &lt;</b><b title="en">$1</b></p>!</main>';
  expect(page('en', 'a <', '$1')).toEqual({ html, drawn: 3 });
  expect(page('en', 'a <', '$1')).toEqual({ html, drawn: 0 });
  expect(page('fr', 'a <')).toEqual({
    html: '<main><p><b title="fr">a &lt;</b></p>!</main>',
    drawn: 2,
  });
  // What surrounds a part has changed, the part has not.
  expect(page('en', '$1', 'new').drawn).toBe(2);
});

it('goes on after a part that failed', () => {
  const Fails = drawnOnce(({ text }: { text: string }) => {
    throw new Error(text);
  });
  expect(() => draw(<Fails text="no" />)).toThrow('no');
  expect(page('en', 'a <', '$1').html).toContain('<b title="en">a &lt;</b>');
});
