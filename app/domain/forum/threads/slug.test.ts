import { describe, expect, it } from 'vitest';
import { slugOf } from './slug';

describe('the slug of a title', () => {
  it.each([
    ['How do we get GPUs?', 'how-do-we-get-gpus'],
    ['  «Prix» & coûts – déjà vus ', 'prix-coûts-déjà-vus'],
    ["We don't own ’em", 'we-dont-own-em'],
    ['الكهرباء تنقطع كل يوم', 'الكهرباء-تنقطع-كل-يوم'],
    ['हिन्दी में मॉडल', 'हिन्दी-में-मॉडल'],
    ['没有电网就没有模型', '没有电网就没有模型'],
    ['ＧＰＵ ①', 'gpu-1'],
    ['../../etc/passwd?x=1#y', 'etc-passwd-x-1-y'],
    ['¡¿!? …', 'thread'],
  ])('%s', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
  });

  it('is at most 60 characters long, cut between words', () => {
    const slug = slugOf(
      'What keeps people in rural clinics from using the tools they were promised?',
    );
    expect(slug).toBe('what-keeps-people-in-rural-clinics-from-using-the-tools-they');
    expect(slug).toHaveLength(60);
  });

  it('is cut between characters where there are no words', () => {
    const slug = slugOf('क्षि'.repeat(40));
    expect(slug.length).toBeLessThanOrEqual(60);
    // Only whole syllables: no mark is separated from its letter.
    expect(slug.length % 'क्षि'.length).toBe(0);
    expect(slugOf('𠮷'.repeat(70))).toBe('𠮷'.repeat(30));
  });
});
