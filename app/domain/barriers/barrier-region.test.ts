import { describe, expect, it } from 'vitest';
import { regionOf } from './barrier-region';

describe('the region of a barrier', () => {
  it.each([
    ['says nothing of places', 'The internet is slow.', 'NG'],
    ['names its own region too', 'In Ghana and in France there is no law.', 'GH'],
    ['tells where people leave for', 'Our engineers left for Canada.', 'NG'],
    ['tells where a model was trained', 'It was trained on data from France.', 'SN'],
    ['only compares', 'Prices are higher than in Germany.', 'KE'],
  ])('is the author’s where the text %s', (_what, text, country) => {
    expect(regionOf(text, country)).toMatchObject({ elsewhere: false });
  });

  it.each([
    ['en', 'I work with clinics in Nepal: there is no electricity there.', 'GB', '034'],
    ['fr', "Je travaille avec une école au Sénégal ; là-bas il n'y a pas de courant.", 'FR', '011'],
    ['es', 'Trabajo con un municipio en Bolivia: allí no hay internet.', 'ES', '005'],
    ['ru', 'Работаю с больницей в Узбекистане, там нет интернета.', 'RU', '143'],
  ])('is another where the text speaks of it (%s)', (_language, text, country, region) => {
    expect(regionOf(text, country)).toEqual({ region, elsewhere: true });
  });

  it('is not known without a country or a place', () => {
    expect(regionOf('The internet is slow.', null)).toEqual({ region: null, elsewhere: false });
  });

  it('does not count a place that is only quoted', () => {
    const text = '> I work in Nepal, there is no power there.\n\nSame problem.';
    expect(regionOf(text, 'GB').region).toBe('154');
  });
});
