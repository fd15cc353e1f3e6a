import { asciiDigits } from '~/platform/text/digits';
import { fold } from '~/platform/text/fold';
import { foldedTokens } from '~/platform/text/tokens';
import { wordLanguages } from './post-words';

/** Returns the first day that a short text names, as `YYYY-MM-DD`; null if it names none. */
export function dateIn(text: string): string | null {
  const plain = asciiDigits(text);
  const iso = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(plain);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const chinese = /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日/.exec(plain);
  if (chinese) return day(Number(chinese[1]), Number(chinese[2]), Number(chinese[3]));

  const words = foldedTokens(plain);
  const month = words.map((word) => months().get(word)).find((number) => number !== undefined);
  const numbers = words.map((word) => Number(/^(\d{1,4})(?:st|nd|rd|th|er)?$/.exec(word)?.[1]));
  const year = numbers.find((number) => number >= 1900 && number < 2200);
  const date = numbers.find((number) => number >= 1 && number <= 31);
  // 12/03/2026 is a day in March or in December, depending on the country: it is not read.
  return month && year && date ? day(year, month, date) : null;
}

function day(year: number, month: number, date: number): string | null {
  const read = new Date(Date.UTC(year, month - 1, date));
  const real = read.getUTCMonth() === month - 1 && read.getUTCDate() === date;
  return real ? read.toISOString().slice(0, 10) : null;
}

let made: Map<string, number> | null = null;

/** The names of the months, folded, in every language whose words are known. */
function months(): Map<string, number> {
  made ??= new Map(
    wordLanguages().flatMap((language) =>
      (['long', 'short'] as const).flatMap((length) => {
        const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, {
          ...{ day: 'numeric', month: length, timeZone: 'UTC' },
        });
        return Array.from({ length: 12 }, (_, index): [string, number] => {
          const parts = format.formatToParts(Date.UTC(2026, index, 15));
          const name = parts.find(({ type }) => type === 'month')?.value ?? '';
          return [fold(name), index + 1];
        }).filter(([name]) => /\p{L}/u.test(name));
      }),
    ),
  );
  return made;
}
