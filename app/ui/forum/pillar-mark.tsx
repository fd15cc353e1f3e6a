import type { Pillar } from '~/domain/community/vocabularies';
import type { Community } from '~/platform/community/community';
import { GLYPHS, isGlyph } from '~/platform/community/glyphs';
import { pathTo } from '~/platform/paths';
import { useI18n } from '~/ui/i18n';

/** A pillar's icon. Repeated, it costs a compressed page less than a reference to one drawing. */
export function PillarGlyph({ pillar }: { pillar: Pillar }) {
  const { community } = useI18n();
  return (
    <svg className="glyph" viewBox="0 0 16 16" aria-hidden="true">
      <path d={glyphOf(community, pillar)} />
    </svg>
  );
}

/** A pillar's icon, colour and name; colour or icon alone would not be accessible. */
export function PillarMark({ pillar }: { pillar: Pillar }) {
  const { short, community } = useI18n();
  return (
    <a className={pillarClass(community, pillar)} href={pathTo('/pillars/:slug', { slug: pillar })}>
      <PillarGlyph pillar={pillar} />
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
