import { describe, expect, it } from 'vitest';
import { reportsImprovement } from './improvements';

const says = (text: string, language: string) =>
  reportsImprovement({ start: 0, end: text.length, text }, language);

describe('a sentence reports an improvement', () => {
  it.each([
    ['Paying is better for us since the spring.', 'en'],
    ['The connection has improved.', 'en'],
    ['L’électricité n’est plus un problème.', 'fr'],
    ['La conexión ha mejorado mucho.', 'es'],
    ['تحسن الاتصال هذا العام.', 'ar'],
    ['网络现在好多了。', 'zh'],
    ['Связь заметно улучшилась.', 'ru'],
  ])('%s', (text, language) => {
    expect(says(text, language)).toBe(true);
  });

  it.each([
    ['He is better than the machine.', 'en'],
    ['A better model would help.', 'en'],
    ['Nothing works.', 'en'],
    ['Il faudrait mieux payer les gens.', 'fr'],
    ['Paying is better for us since the spring.', 'xx'],
  ])('not in: %s', (text, language) => {
    expect(says(text, language)).toBe(false);
  });
});
