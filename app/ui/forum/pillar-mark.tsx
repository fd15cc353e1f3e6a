import type { Pillar } from '~/domain/community/vocabularies';
import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';

/** The icons, drawn on 16 by 16: a fork, an open book, linked nodes, balanced scales. */
const GLYPHS: Record<string, string> = {
  'open-source':
    'M4 5v1c0 1.5.7 2 2 2h4c1.3 0 2-.5 2-2V5M8 8v3M5.5 3.5a1.5 1.5 0 1 1-3 0a1.5 1.5 0 0 1 3 0M13.5 3.5a1.5 1.5 0 1 1-3 0a1.5 1.5 0 0 1 3 0M9.5 12.5a1.5 1.5 0 1 1-3 0a1.5 1.5 0 0 1 3 0',
  education:
    'M8 4.5C6.5 3.3 4.3 2.9 1.5 3v9.5c2.8-.1 5 .3 6.5 1.5c1.5-1.2 3.7-1.6 6.5-1.5V3C11.7 2.9 9.5 3.3 8 4.5zV14',
  infrastructure:
    'M7 5.3L4.3 10M9 5.3L11.7 10M5.3 12h5.4M10 3.5a2 2 0 1 1-4 0a2 2 0 0 1 4 0M5.3 12a2 2 0 1 1-4 0a2 2 0 0 1 4 0M14.7 12a2 2 0 1 1-4 0a2 2 0 0 1 4 0',
  policy:
    'M8 2v11.5M5 13.5h6M2.5 4.5h11M3.5 4.5L1.5 9.5a2 2 0 0 0 4 0zM12.5 4.5L10.5 9.5a2 2 0 0 0 4 0z',
};

/** The SVG symbols of the pillars on a page, once; every icon refers to them. */
export function PillarGlyphs({ pillars }: { pillars: Iterable<Pillar> }) {
  return (
    <svg className="glyphs" aria-hidden="true">
      {[...new Set(pillars)].map((pillar) => (
        <symbol key={pillar} id={`g-${pillar}`} viewBox="0 0 16 16">
          <path d={GLYPHS[pillar]} />
        </symbol>
      ))}
    </svg>
  );
}

/** A pillar's icon, colour and name; colour or icon alone would not be accessible. */
export function PillarMark({ pillar }: { pillar: Pillar }) {
  const { short } = useI18n();
  return (
    <a className={`pillar ${pillar}`} href={pathTo('/pillars/:slug', { slug: pillar })}>
      <svg className="glyph" aria-hidden="true">
        <use href={`#g-${pillar}`} />
      </svg>
      {short('pillar', pillar)}
    </a>
  );
}
