import { describe, expect, it } from 'vitest';
import { countriesNamed, regionOf } from './barrier-region';

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

describe('the countries that a text names', () => {
  it.each([
    ['In Chad the power goes out.', ['TD']],
    ['Mali has no law.', ['ML']],
    ['nous sommes au Tchad', ['TD']],
    ['I live in Turkey.', ['TR']],
    ['Kosovo has no law on it.', ['XK']],
    ['We work from New Jersey and from New Mexico.', ['US']],
    ['The clinics of Papua New Guinea.', ['PG']],
    ['In Kenya, AI and ID cards are new.', ['KE']],
    ['In Kenya, ID cards are new.', ['KE']],
    ['En Chile, para nosotros.', ['CL']],
    ['We work in Ghana, Kano and Togo.', ['GH', 'NG', 'TG']],
  ])('%s', (text, countries) => {
    expect([...countriesNamed(text)]).toEqual(countries);
  });

  it.each([
    'We keep guinea pigs.',
    'Guinea pigs are what we feel like.',
    'Chad from accounting says no.',
    'Michael Jordan played here.',
    'They sold us china cups.',
    'In Lebanon, PA, we have no internet.',
    'I live in Paris, Texas.',
    'Our office in Peru, Indiana, is offline.',
  ])('are none in: %s', (text) => {
    expect([...countriesNamed(text)]).toEqual([]);
  });

  it('are the author’s own where a state of theirs has the name', () => {
    const text = 'I work with clinics in Georgia: there is no electricity there.';
    expect(regionOf(text, 'US')).toEqual({ region: '021', elsewhere: false });
    expect(regionOf(text, 'GB')).toEqual({ region: '145', elsewhere: true });
  });
});
