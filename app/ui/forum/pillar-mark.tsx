import type { Pillar } from '~/domain/community/vocabularies';
import type { Community } from '~/platform/community/community';
import { pathTo } from '~/platform/paths';
import { GLYPHS, isGlyph } from '~/ui/community/looks';
import { useI18n } from '~/ui/i18n';

/** The SVG symbols of the pillars on a page, once; every icon refers to them. */
export function PillarGlyphs({ pillars }: { pillars: Iterable<Pillar> }) {
  const { community } = useI18n();
  return (
    <svg className="glyphs" aria-hidden="true">
      {[...new Set(pillars)].map((pillar) => (
        <symbol key={pillar} id={`g-${pillar}`} viewBox="0 0 16 16">
          <path d={glyphOf(community, pillar)} />
        </symbol>
      ))}
    </svg>
  );
}

/** A pillar's icon, colour and name; colour or icon alone would not be accessible. */
export function PillarMark({ pillar }: { pillar: Pillar }) {
  const { short, community } = useI18n();
  return (
    <a className={pillarClass(community, pillar)} href={pathTo('/pillars/:slug', { slug: pillar })}>
      <svg className="glyph" aria-hidden="true">
        <use href={`#g-${pillar}`} />
      </svg>
      {short('pillar', pillar)}
    </a>
  );
}

/** The class that colours a pillar's icon and name. */
export function pillarClass(community: Community, pillar: Pillar): string {
  return `pillar ${community.find('pillar', pillar)?.colour ?? ''}`.trimEnd();
}

function glyphOf(community: Community, pillar: Pillar): string {
  const glyph = community.find('pillar', pillar)?.glyph ?? null;
  return GLYPHS[isGlyph(glyph) ? glyph : 'circle'];
}
