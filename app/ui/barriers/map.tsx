import type { ReactNode } from 'react';
import { useI18n } from '~/ui/i18n';
import type { MapView } from './map-view';

/** A map of the smallest regions in five shades of one colour. */
export function RegionMap({ map }: { map: MapView }) {
  const { t, number } = useI18n();
  return (
    <figure className="map">
      <svg
        viewBox={`0 0 ${map.width} ${map.height}`}
        role="img"
        aria-label={t('barriers.map.title')}
      >
        {map.groups.map(({ step, d }) => (
          <path key={step} className={step} d={d} />
        ))}
      </svg>
      <ul className="map-key" aria-hidden="true">
        {map.steps.map(({ step, from, to }) => (
          <Key key={step} step={step}>
            {to === null
              ? t('barriers.map.more', { n: number(from) })
              : from === to
                ? number(from)
                : t('barriers.map.range', { from: number(from), to: number(to) })}
          </Key>
        ))}
        <Key step="s0">{t('barriers.map.none')}</Key>
      </ul>
      <figcaption className="quiet">{t('barriers.map.caption')}</figcaption>
    </figure>
  );
}

function Key({ step, children }: { step: string; children: ReactNode }) {
  return (
    <li>
      <svg className="swatch" viewBox="0 0 16 12" aria-hidden="true">
        <rect className={step} width="16" height="12" />
      </svg>
      {children}
    </li>
  );
}
