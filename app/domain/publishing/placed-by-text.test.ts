import { describe, expect, it } from 'vitest';
import * as rule from './placed-by-text';

const post = (body: string, language = 'en', country: string | null = 'DE') => ({
  ...{ body, language, country, region: country && '155', isOpening: false },
  writtenFrom: null as string | null,
});
const placedByText = (one: ReturnType<typeof post>) => rule.placedByText(one, one);
const placedByChange = (one: ReturnType<typeof post>, former: string) =>
  rule.placedByChange(one, one, former);
const LAGOS = 'My brother in Lagos cannot get his papers because the tool does not understand him.';

describe('the place of a post that speaks of another one', () => {
  it.each([
    ['en', LAGOS],
    ['en', 'I work with clinics in Nepal: there is no electricity there.'],
    ['fr', 'Ma cousine vit au Sénégal, là-bas l’outil ne comprend pas le wolof.'],
    ['es', 'Trabajo con un municipio en Bolivia: allí no hay internet.'],
    ['en', 'My sister in Lyon waits for a graphics card. Here in Berlin we rent one by the hour.'],
    ['pt', 'O meu primo em Maputo não tem internet. Aqui em Berlim temos fibra.'],
    ['fr', 'Mon frère à Lyon attend trois semaines. Ici nous louons à l’heure.'],
    ['ru', 'Племянник учится в Таджикистане и рассказывает, что там нет света.'],
  ])('is withheld, in %s', (language, body) => {
    const placed = placedByText(post(body, language));
    expect(placed).toMatchObject({ country: null, region: null, writtenFrom: 'DE' });
  });

  it.each([
    'The tool does not understand Hausa.',
    'The clinics in Berlin have no data.',
    'My brother in Hamburg cannot get his papers.',
    'Prices are higher than in Nigeria.',
    'My sister in the village has no signal. Here in Berlin we have fibre.',
    'My brother in Lyon has fibre. Here the network drops every hour.',
    'Our engineers left for Canada.',
  ])('stays with: %s', (body) => {
    expect(placedByText(post(body))).toEqual(post(body));
  });

  it('stays where its author gave none, in the opening of a thread, and in the region named', () => {
    expect(placedByText(post(LAGOS, 'en', null)).writtenFrom).toBeNull();
    expect(placedByText({ ...post(LAGOS), isOpening: true }).writtenFrom).toBeNull();
    const west = { ...post(LAGOS, 'en', null), region: '011' };
    expect(placedByText(west)).toEqual(west);
    expect(placedByText({ ...west, region: '002' }).region).toBe('002');
    expect(placedByText({ ...west, region: '155' }).writtenFrom).toBe('155');
  });

  it('is asked again only for a text that did not speak of another place before', () => {
    expect(placedByChange(post(LAGOS), 'The tool is deaf.').writtenFrom).toBe('DE');
    expect(placedByChange(post(LAGOS), LAGOS.replace('papers', 'paper')).country).toBe('DE');
  });
});
