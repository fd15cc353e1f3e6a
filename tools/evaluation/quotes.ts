import { z } from 'zod';
import { LEXICON_KINDS } from '~/domain/barriers/kinds-in-texts';
import { LEARNED_KINDS } from '~/domain/barriers/lexicon';
import {
  readText,
  runHolding,
  standingRun,
  standsAlone,
} from '~/domain/barriers/quoting/quote-rules';
import { renderMarkdown } from '~/platform/markdown/render';
import { readLines } from './corpus';
import { accuracy } from './measures';

const quoteLine = z.object({
  id: z.string(),
  half: z.enum(['tune', 'held']),
  language: z.string(),
  country: z.string(),
  kind: z.enum(LEARNED_KINDS),
  label: z.enum(['stands', 'leans', 'nothing', 'misleads']),
  body: z.string(),
  quote: z.string(),
});

/** A quote as people judged it against its whole post. */
export type LabelledQuote = z.output<typeof quoteLine>;

export function readQuotes(file: string): LabelledQuote[] {
  return readLines(file).map((line) => quoteLine.parse(line));
}

export interface QuotesMeasured {
  quotes: number;
  /** Of the quotes that the rules let through as they are, the share that stands alone. */
  standing: number | null;
  /** Let through although they mislead. */
  misleading: number;
  /** Of those that stand alone, the share that is let through. */
  kept: number | null;
  /** Posts of which something is quoted, be it with a neighbour or whole. */
  quoted: number | null;
  /** Without rules every quote would be let through. */
  baselines: { noRules: number | null; wholeSentenceOfGoodLength: number | null };
}

/** What a sentence that "reads well" has to be, for the baseline, in UTF-16 units. */
const GOOD_LENGTH = { least: 40, most: 240 };

/** Measures the rules for quotes: on the sentences that hold each labelled quote. */
export function evaluateQuotes(quotes: readonly LabelledQuote[]): QuotesMeasured {
  const rows = quotes.map(({ body, language, country, kind, label, quote }) => {
    const text = readText({ body, html: rendered(body), language }, LEXICON_KINDS);
    const standing = { kind, named: [kind], country };
    const start = body.indexOf(quote);
    const run = runHolding(text, { start, end: start + quote.length });
    return {
      label,
      stands: label === 'stands',
      through: run !== null && standsAlone(text, run, standing),
      quoted: text.sentences.some((_, at) => standingRun(text, at, standing) !== null),
      good: quote.length >= GOOD_LENGTH.least && quote.length <= GOOD_LENGTH.most,
    };
  });
  const through = rows.filter((row) => row.through);
  return {
    quotes: rows.length,
    standing: accuracy(through.map(({ stands }) => stands)),
    misleading: through.filter(({ label }) => label === 'misleads').length,
    kept: accuracy(rows.filter(({ stands }) => stands).map((row) => row.through)),
    quoted: accuracy(rows.map((row) => row.quoted)),
    baselines: {
      noRules: accuracy(rows.map(({ stands }) => stands)),
      wholeSentenceOfGoodLength: accuracy(
        rows.filter(({ good }) => good).map(({ stands }) => stands),
      ),
    },
  };
}

function rendered(body: string): string {
  const made = renderMarkdown(body);
  if (!made.ok) throw new Error(made.reason);
  return made.html;
}
